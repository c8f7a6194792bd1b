"""The checker notices what is wrong with a callback note, planted in the registers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest

from kcs_desktop.domain.opdracht import (
    Opdracht,
    OverTerugbelnotitie,
    TerugbelnotitieAfhandelen,
    TerugbelnotitieClaimen,
    TerugbelnotitiePoging,
    TerugbelnotitieTeruggeven,
)
from kcs_desktop.domain.terugbeltaak import Belresultaat
from tests.faults import check_audit, check_effects
from tests.faults.journal import Entry
from tests.faults.registers import Auditfeit, Geregistreerd, Notitie, Registers, Uitgevoerd
from tests.faults.script import ACCOUNTS
from tests.faults.told import Told, told_by

NU = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NOOT, ANDER, PARTIJ, EERST = "n-1", "n-2", "p-1", "k-0"
GIVEN: tuple[OverTerugbelnotitie, ...] = (
    TerugbelnotitieClaimen(NOOT),
    TerugbelnotitiePoging(NOOT, Belresultaat.NIET_BEREIKT, NU, "een"),
    TerugbelnotitieAfhandelen(NOOT, Belresultaat.GESPROKEN, NU, "klaar"),
    TerugbelnotitieClaimen(ANDER),
    TerugbelnotitieTeruggeven(ANDER),
)
CALLS = {"k-1": ("niet_bereikt", "een"), "k-2": ("gesproken", "klaar")}


def _told() -> Told:
    entries = [Entry(0.0, "lijst gezien", {"lijst": "alle"})]
    for nr, gegevens in enumerate(GIVEN):
        opdracht = Opdracht(f"o-{nr}", gegevens, NU)
        entries.append(Entry(float(nr), "gewijzigd", {"opdracht": msgspec.to_builtins(opdracht)}))
        entries.append(Entry(nr + 0.5, "geregistreerd", {"opdracht": opdracht.id}))
    return told_by(0, entries, [])


def _before() -> Registers:
    notes = {NOOT: Notitie(EERST, is_klaar=False), ANDER: Notitie(EERST, is_klaar=False)}
    return Registers({}, 2, 0, 0, {}, {}, {}, {}, [], notes)


def _after() -> Registers:
    contacten = {
        uuid: Geregistreerd(
            uuid, 0, "Over", text, "", [("b", PARTIJ)], [], [], 1, [EERST], NOOT, f"terugbellen_{resultaat}"
        )
        for uuid, (resultaat, text) in CALLS.items()
    }
    tried = [(resultaat, text, uuid) for uuid, (resultaat, text) in CALLS.items()]
    notes = {
        NOOT: Notitie(EERST, is_klaar=True, door=ACCOUNTS[0], partij=PARTIJ, resultaat="gesproken", pogingen=tried),
        ANDER: Notitie(EERST, is_klaar=False, partij=PARTIJ),
    }
    done = {f"o-{nr}": Uitgevoerd(f"o-{nr}", "geslaagd", "", "", "", NU) for nr in range(len(GIVEN))}
    audit = [
        Auditfeit(ACCOUNTS[0], "gewijzigd", "", True, frozenset({("internetaak", one.notitie), ("bsn", "1")}))
        for one in GIVEN
    ]
    audit.append(Auditfeit(ACCOUNTS[0], "geraadpleegd", "kcs", True, frozenset({("terugbelnotities", "alle")})))
    return Registers(contacten, 2, 0, 2, {}, {}, {}, done, audit, notes)


def _lose_attempt(after: Registers) -> None:
    after.notities[NOOT].pogingen.pop(0)


def _double_attempt(after: Registers) -> None:
    after.notities[NOOT].pogingen.append(after.notities[NOOT].pogingen[0])


def _swap_attempts(after: Registers) -> None:
    after.notities[NOOT].pogingen.reverse()


def _reopen(after: Registers) -> None:
    after.notities[NOOT].is_klaar = False


def _keep_claim(after: Registers) -> None:
    after.notities[ANDER].door = ACCOUNTS[0]


def _take_by_another(after: Registers) -> None:
    after.notities[NOOT].door = ACCOUNTS[1]


def _lose_task(after: Registers) -> None:
    after.notities[ANDER].klantcontact = ""


def _lose_note(after: Registers) -> None:
    del after.notities[ANDER]


def _lose_contact(after: Registers) -> None:
    del after.contacten["k-1"]


def _double_contact(after: Registers) -> None:
    after.contacten["k-3"] = msgspec.structs.replace(after.contacten["k-1"], uuid="k-3")


def _contact_of_nobody(after: Registers) -> None:
    after.contacten["k-3"] = msgspec.structs.replace(after.contacten["k-1"], uuid="k-3", inhoud="vreemd")


def _double_involved(after: Registers) -> None:
    after.contacten["k-1"].betrokkenen *= 2


def _lose_link(after: Registers) -> None:
    after.contacten["k-2"].over = []


@pytest.mark.parametrize(
    ("plant", "says"),
    [
        (_lose_attempt, "n-1: pogingen zijn"),
        (_double_attempt, "n-1: pogingen zijn"),
        (_swap_attempts, "n-1: pogingen zijn"),
        (_reopen, "n-1: is_klaar is False"),
        (_keep_claim, f"n-2: door is {ACCOUNTS[0]}"),
        (_take_by_another, f"n-1: door is {ACCOUNTS[1]}"),
        (_lose_task, "n-2: het register heeft de taak niet"),
        (_lose_note, "n-2 is weg"),
        (_lose_contact, "een: 0 keer"),
        (_double_contact, "een: 2 keer"),
        (_contact_of_nobody, "vreemd staat in het register"),
        (_double_involved, "een: betrokkenen"),
        (_lose_link, "klaar: over is []"),
    ],
)
def test_what_is_wrong_with_a_note_is_told(plant: Callable[[Registers], None], says: str) -> None:
    after = _after()
    assert check_effects.check(_before(), after, [_told()], ()) == []
    plant(after)
    assert says in " ".join(check_effects.check(_before(), after, [_told()], ()))


def test_each_command_about_a_note_and_each_look_at_the_list_has_its_line() -> None:
    after = _after()
    whole = after.audit
    assert list(check_audit.check(after, [_told()], kills=[[]], backup=None)) == []
    for missing in range(len(whole)):
        after.audit = [fact for nr, fact in enumerate(whole) if nr != missing]
        assert list(check_audit.check(after, [_told()], kills=[[]], backup=None)) != []
