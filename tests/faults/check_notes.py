"""The callback notes stand as the commands about them say, each attempt once, and nothing of anybody else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from kcs_desktop.domain.opdracht import (
    OverTerugbelnotitie,
    TerugbelnotitieAfhandelen,
    TerugbelnotitieClaimen,
    TerugbelnotitiePoging,
    TerugbelnotitieTeruggeven,
)
from tests.faults.registers import Notitie, Registers
from tests.faults.script import ACCOUNTS
from tests.faults.told import Given

Gesprek = TerugbelnotitiePoging | TerugbelnotitieAfhandelen
_STATE = ("is_klaar", "door", "resultaat")


def check(before: Registers, after: Registers, effective: Sequence[Given]) -> Iterable[str]:
    """`effective`: the commands that had effect, in the order of each seat; no two seats have a note in common."""
    for uuid in set(before.notities) - set(after.notities):
        yield f"terugbelnotitie {uuid} is weg"
    for uuid, found in after.notities.items():
        if not found.klantcontact:
            yield f"terugbelnotitie {uuid}: het register heeft de taak niet"
            continue
        wanted = before.notities.get(uuid) or Notitie(found.klantcontact, is_klaar=False)
        for one in effective:
            gegevens = one.opdracht.gegevens
            if isinstance(gegevens, OverTerugbelnotitie) and gegevens.notitie == uuid:
                wanted = _after(wanted, gegevens, ACCOUNTS[one.seat])
        for field in _STATE:
            if getattr(found, field) != getattr(wanted, field):
                yield f"terugbelnotitie {uuid}: {field} is {getattr(found, field)}, moest zijn {getattr(wanted, field)}"
        tried, meant = _told(found), _told(wanted)
        if tried != meant:
            yield f"terugbelnotitie {uuid}: pogingen zijn {tried}, moesten zijn {meant}"
    yield from _contacts(before, after, effective)


def calls(effective: Sequence[Given]) -> list[Gesprek]:
    """Those that make a klantcontact."""
    return [one.opdracht.gegevens for one in effective if isinstance(one.opdracht.gegevens, Gesprek)]


def involved(after: Registers, effective: Sequence[Given]) -> int:
    """How many betrokkenen these made."""
    return sum(bool(_partij(after, call)) for call in calls(effective))


def _after(note: Notitie, gegevens: OverTerugbelnotitie, account: str) -> Notitie:
    match gegevens:
        case TerugbelnotitieClaimen():
            return msgspec.structs.replace(note, door=account)
        case TerugbelnotitieTeruggeven():
            return msgspec.structs.replace(note, door="")
        case TerugbelnotitiePoging():
            tried = [*note.pogingen, (gegevens.resultaat.value, gegevens.toelichting, "")]
            return msgspec.structs.replace(note, door=note.door or account, pogingen=tried)
        case TerugbelnotitieAfhandelen():
            tried = [*note.pogingen, (gegevens.resultaat.value, gegevens.toelichting, "")]
            return msgspec.structs.replace(note, is_klaar=True, resultaat=gegevens.resultaat.value, pogingen=tried)
        case _:
            raise AssertionError(f"no seat gives {type(gegevens).__name__}")


def _told(note: Notitie) -> list[tuple[str, str]]:
    return [(resultaat, text) for resultaat, text, _ in note.pogingen]


def _contacts(before: Registers, after: Registers, effective: Sequence[Given]) -> Iterable[str]:
    """One klantcontact per call, with the customer, who called, and what it goes back to."""
    new = {uuid: one for uuid, one in after.contacten.items() if uuid not in before.contacten and one.notitie}
    kept = {contact: uuid for uuid, note in after.notities.items() for *_, contact in note.pogingen}
    for call in calls(effective):
        rows = [uuid for uuid, one in new.items() if (one.notitie, one.inhoud) == (call.notitie, call.toelichting)]
        if len(rows) != 1:
            yield f"terugbelpoging {call.toelichting}: {len(rows)} keer in het register"
        for uuid in rows:
            row, note = new.pop(uuid), after.notities.get(call.notitie)
            partij = _partij(after, call)
            wanted = {
                "betrokkenen": [partij] if partij else [],
                "actoren": 1,
                "over": [note.klantcontact] if note else [],
                "resultaat": f"terugbellen_{call.resultaat.value}",
                "notitie": kept.get(uuid, "geen"),
                "nummers": [],
                "taken": [],
            }
            has = {name: getattr(row, name) for name in wanted} | {"betrokkenen": [one for _, one in row.betrokkenen]}
            for name, value in wanted.items():
                if has[name] != value:
                    yield f"terugbelpoging {call.toelichting}: {name} is {has[name]}, moest zijn {value}"
    for row in new.values():
        yield f"terugbelpoging {row.inhoud} staat in het register, maar niemand heeft die geregistreerd"


def _partij(after: Registers, call: Gesprek) -> str:
    note = after.notities.get(call.notitie)
    return note.partij if note is not None else ""
