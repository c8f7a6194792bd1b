"""The checker notices what is wrong with a document that was added, planted in the registers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest

from kcs_desktop.domain.opdracht import DocumentToevoegen, Opdracht
from tests.faults import check_audit, check_effects
from tests.faults.journal import Entry
from tests.faults.registers import Auditfeit, Document, Registers, Uitgevoerd, Zaak
from tests.faults.script import ACCOUNTS
from tests.faults.told import Kill, Told, told_by

NU = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
GIVEN = Opdracht("o-1", DocumentToevoegen("z-1", "f-1", "A.txt", "A", "t-1"), NU)
ADDED = Entry(2.0, "toegevoegd", {"opdracht": "o-1", "omvang": 320})


def _told() -> Told:
    entries = [
        Entry(1.9, "voegt toe", {"opdracht": "o-1", "omvang": 320}),
        ADDED,
        Entry(2.5, "gewijzigd", {"opdracht": msgspec.to_builtins(GIVEN)}),
        Entry(3.0, "geregistreerd", {"opdracht": "o-1"}),
    ]
    return told_by(0, entries, [])


def _registers(*documenten: str) -> Registers:
    zaken = {name: Zaak(name, name, name, "t", 1, documenten=[]) for name in ("z-1", "z-2")}
    zaken["z-1"].documenten.extend(documenten)
    return Registers({}, 0, 0, 0, {}, {}, {}, {}, [], zaken=zaken, documenten={"d-0": Document("Oud", 9)})


def _after() -> Registers:
    after = _registers("d-0", "d-1")
    after.documenten["d-1"] = Document("A", 320)
    after.opdrachten["o-1"] = Uitgevoerd("o-1", "geslaagd", "", "", "", NU, {"document": "d-1"})
    keys = frozenset({("zaak", "z-1"), ("informatieobject", "d-1")})
    after.audit.append(Auditfeit(ACCOUNTS[0], "geregistreerd", "documenten", True, keys))
    return after


def _lose(after: Registers) -> None:
    del after.documenten["d-1"]


def _double(after: Registers) -> None:
    after.documenten["d-2"] = after.documenten["d-1"]


def _cut_off(after: Registers) -> None:
    after.documenten["d-1"] = Document("A", 300)


def _unlink(after: Registers) -> None:
    after.zaken["z-1"].documenten.remove("d-1")


def _link_twice(after: Registers) -> None:
    after.zaken["z-2"].documenten.append("d-1")


def _lose_old(after: Registers) -> None:
    after.zaken["z-1"].documenten.remove("d-0")


def _lose_command(after: Registers) -> None:
    del after.opdrachten["o-1"]
    _lose(after)
    _unlink(after)


@pytest.mark.parametrize(
    ("plant", "says"),
    [
        (_lose, "document A: [] in het register"),
        (_double, "document A: ['d-1', 'd-2'] in het register"),
        (_cut_off, "document A: 300 bytes, moesten er 320 zijn"),
        (_unlink, "dossier van zaak z-1"),
        (_link_twice, "dossier van zaak z-2"),
        (_lose_old, "dossier van zaak z-1"),
        (_lose_command, "heette geregistreerd"),
    ],
)
def test_what_is_wrong_with_a_document_is_told(plant: Callable[[Registers], None], says: str) -> None:
    after = _after()
    assert check_effects.check(_registers("d-0"), after, [_told()], ()) == []
    plant(after)
    assert says in " ".join(check_effects.check(_registers("d-0"), after, [_told()], ()))


@pytest.mark.parametrize(
    ("before_it", "kill", "is_lost"),
    [
        ([], [], True),
        ([], [Kill(2.5, until=1.0)], False),  # within the promised second
        ([Entry(1.0, "bewaart", {"melding": "Uw werk staat in het geheugen."})], [], False),
    ],
)
def test_a_document_that_was_promised_and_never_handed_in_is_told(
    before_it: list[Entry], kill: list[Kill], is_lost: bool
) -> None:
    told = told_by(0, [*before_it, ADDED], kill)
    found = check_effects.check(_registers(), _registers(), [told], ())
    assert ("o-1 moest er zijn" in " ".join(found)) is is_lost


def test_each_document_has_its_line() -> None:
    after = _after()
    assert list(check_audit.check(after, [_told()], kills=[[]], backup=None)) == []
    after.audit.clear()
    assert list(check_audit.check(after, [_told()], kills=[[]], backup=None)) != []
