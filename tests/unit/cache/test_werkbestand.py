"""A row of the outbox that was damaged holds up no other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from kcs_desktop.cache.werkbestand import Werkbestand
from kcs_desktop.domain.klant import SoortKlant
from kcs_desktop.domain.opdracht import KlantRegistreren, Opdracht

NU = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LAST = 2**63 - 1  # after which SQLite gives no number


@pytest.fixture
def werk() -> Iterator[Werkbestand]:
    store = Werkbestand(None, b"", lambda: NU)
    store.open()
    yield store
    store.close()


def add(werk: Werkbestand, naam: str) -> int:
    return werk.add(Opdracht(naam, KlantRegistreren(SoortKlant.PERSOON), NU), "groep", f"Titel {naam}")


def damage(werk: Werkbestand, change: str) -> None:
    with werk.bestand.transaction() as db:
        db.execute(change)


@pytest.mark.parametrize("value", ["'abc'", "x'00ff'", "-3", "9223372036854775807", "1.5"])
def test_a_count_that_cannot_be_passes_for_one_attempt(werk: Werkbestand, value: str) -> None:
    add(werk, "een")
    damage(werk, f"UPDATE uitgaand SET pogingen = {value}, titel = x'ff', reden = x'ff'")
    (rij,) = werk.outbox()
    assert rij.opdracht is not None
    assert (rij.pogingen, rij.titel, rij.reden) == (1, "", "")


def test_a_number_that_none_can_follow_is_brought_back_in_its_order(werk: Werkbestand) -> None:
    for naam in ("een", "twee", "drie"):
        add(werk, naam)
    damage(werk, f"UPDATE uitgaand SET nr = {LAST} WHERE id = 'een'")
    damage(werk, f"UPDATE uitgaand SET nr = {LAST - 1} WHERE id = 'drie'")
    assert [(rij.id, rij.nr) for rij in werk.outbox()] == [("twee", 2), ("drie", 3), ("een", 4)]
    assert add(werk, "vier") == 5


def test_a_counter_at_its_end_begins_behind_what_is_there(werk: Werkbestand) -> None:
    add(werk, "een")
    damage(werk, f"UPDATE sqlite_sequence SET seq = {LAST}")
    assert [rij.nr for rij in werk.outbox()] == [1]
    assert add(werk, "twee") == 2
