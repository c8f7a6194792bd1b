"""A row that no longer parses, for whatever reason, is kept and keeps nobody out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kcs_desktop.cache.cachebestand import Cachebestand
from kcs_desktop.cache.werkbestand import LOS, TOEVOEGING, ZAAKCONCEPT, Werkbestand
from kcs_desktop.cache.zaakconcepten import read_concepten, unreadable_concepten

KEY = b"k" * 32
NU = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DEEP = b"[" * 100_000
DAMAGED: tuple[object, ...] = (5, 1.5, "[[[", b"\xff", DEEP, b'{"x":' + DEEP)
CONTACT = (
    b'{"id":"c-1","opdracht":"o-9","kanaal":"balie","begonnen_op":"2026-03-02T09:00:00Z",'
    b'"vragen":[{"id":"v-1"}],"van_later":' + DEEP
)


@pytest.mark.parametrize("inhoud", DAMAGED)
def test_work_with_any_damaged_value_opens(inhoud: object, tmp_path: Path) -> None:
    werk = Werkbestand(tmp_path / "werk.db", KEY, lambda: NU)
    werk.open()
    namen = ["actief", "epoch", f"{LOS}klant", f"{ZAAKCONCEPT}x", f"{TOEVOEGING}x"]
    werk.bestand.db.executemany("INSERT INTO waarde VALUES (?, ?)", [(naam, inhoud) for naam in namen])
    assert (werk.active_contact(), werk.epoch(), werk.loose_screen()) == ("", "", {})
    assert (read_concepten(werk), len(unreadable_concepten(werk))) == ([], 1)
    assert werk.holds_work()
    werk.close()
    werk.open()
    assert len(werk.bestand.db.execute("SELECT naam FROM waarde").fetchall()) == len(namen)
    werk.close()


@pytest.mark.parametrize("inhoud", [*DAMAGED, CONTACT])
def test_a_damaged_draft_command_or_look_is_told_apart(inhoud: object, tmp_path: Path) -> None:
    werk = Werkbestand(tmp_path / "werk.db", KEY, lambda: NU)
    werk.open()
    db = werk.bestand.db
    db.execute("INSERT INTO concept VALUES ('c-1', 0, ?, '')", (inhoud,))
    db.execute(
        "INSERT INTO uitgaand (id, groep, titel, opdracht, stand, sinds, uitkomst)"
        " VALUES ('o', 'g', 't', ?, 'wacht', ?, ?)",
        (inhoud, NU.isoformat(), inhoud),
    )
    db.execute("INSERT INTO inzage (inhoud) VALUES (?)", (inhoud,))
    assert (werk.contacten(), werk.unreadable_contacten()) == ([], 1)
    (rij,) = werk.outbox()
    assert (rij.opdracht, rij.uitkomst) == (None, None)
    assert rij.ruw
    assert werk.inzagen() == []
    werk.close()


@pytest.mark.parametrize("inhoud", DAMAGED)
def test_a_cache_with_any_damaged_row_opens(inhoud: object, tmp_path: Path) -> None:
    cache = Cachebestand(tmp_path / "cache.db", KEY, lambda: NU)
    cache.open()
    cache.db.execute("INSERT INTO waarde VALUES ('catalogus', ?, ?)", (inhoud, NU.isoformat()))
    cache.db.execute("INSERT INTO zaak (uuid, gezien_op, beeld) VALUES ('z', ?, ?)", (NU.isoformat(), inhoud))
    assert cache.read_value("catalogus", str) is None
    assert cache.read_zaak("z") is None
    assert cache.zaakregels() == {}
    cache.close()
