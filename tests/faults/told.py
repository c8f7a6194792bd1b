"""From the journals: which commands must have had effect, which may have had it, and which may not.

A command or a withdrawal of the last second before a kill is in nobody's promise; everything older is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from kcs_desktop.domain.opdracht import Opdracht
from tests.faults.journal import ALIVE, TICK, Entry

WITHOUT_KEY = "niets bewaard"  # what the window says while the keyring gives no key
IN_MEMORY = (WITHOUT_KEY, "in het geheugen")  # while nothing reaches the disk
PROMISED = 1.0  # seconds in which a key press, and so a finished contact, is on disk

FROM_STORE = "werkplek"  # in the audit trail: the source of a look that a seat told of later


class Kill(msgspec.Struct, frozen=True):
    """The seat died at `op`; what was done up to `until` was promised to be kept."""

    op: float
    until: float


def kills_of(entries: Sequence[Entry], moments: Iterable[float]) -> list[Kill]:
    """The promised second is one of the seat's own: a seat that the machine does not let run can keep nothing."""
    ticks = [entry.op for entry in entries if entry.wat == ALIVE]
    needed = round(PROMISED / TICK) + 1
    kills = []
    for moment in moments:
        before = [tick for tick in ticks if tick <= moment][-needed:]
        kills.append(Kill(moment, min(moment - PROMISED, before[0] if len(before) == needed else 0.0)))
    return kills


class Given(msgspec.Struct):
    """One command as the employee gave it. `op` is when the window took it."""

    opdracht: Opdracht
    op: float
    seat: int
    is_promised: bool  # no kill came within the second
    registered: bool = False  # the window said so
    refused: str = ""  # the reason the window gave
    withdrawn: bool = False  # the window took it back, and no kill came within the second
    may_be_withdrawn: bool = False
    is_given_twice: bool = False  # whichever of the two was carried out
    is_blind: bool = False  # without the key: what waits from before can be neither read nor sent first


class Told(msgspec.Struct):
    """Everything one seat did, in order. `intended` are ids that a kill may have cut off just before the telling."""

    seat: int
    given: dict[str, Given] = {}
    intended: set[str] = set()
    looked: list[tuple[float, str, str]] = []  # (moment, bsn, register or FROM_STORE), as told
    looking: list[tuple[float, str]] = []
    files: dict[str, int] = {}  # command → size of the document that it adds
    required: set[str] = set()  # commands that the window promised to give
    lists: list[tuple[float, str]] = []  # (moment, list of callback notes that the backend gave)
    faults: list[str] = []
    unkept: str = ""  # why, in the words of the window, where it once kept its work in memory alone


def told_by(seat: int, entries: Sequence[Entry], kills: Sequence[Kill]) -> Told:
    """Read one seat's journal; `kills` are those of its process."""
    told = Told(seat)
    is_blind, is_kept = False, True
    for entry in entries:
        feiten = entry.feiten
        match entry.wat:
            case "bewaart":
                is_kept, is_blind = _note_store(told, feiten["melding"])
            case "terug":
                is_kept, is_blind = _note_store(told, feiten["bewaart"])
            case "afgerond" | "aangemaakt" | "gewijzigd":
                opdracht = msgspec.convert(feiten["opdracht"], Opdracht)
                known = told.given.get(opdracht.id)
                if known is None:
                    given = Given(opdracht, entry.op, seat, is_safe(entry.op, kills), is_blind=is_blind)
                    told.given[opdracht.id] = given
                else:
                    # Finished again: after it was taken back, from when on it has its place; or after a kill.
                    if known.withdrawn:
                        told.given[opdracht.id] = told.given.pop(opdracht.id)
                    else:
                        known.is_given_twice = True
                    known.is_promised = known.is_promised or is_safe(entry.op, kills)
                    known.withdrawn = known.may_be_withdrawn = False
            case "voegt toe":
                told.intended.add(feiten["opdracht"])
                told.files[feiten["opdracht"]] = feiten["omvang"]
            case "toegevoegd" if is_kept and is_safe(entry.op, kills):
                told.required.add(feiten["opdracht"])
            case "rondt af" | "maakt aan":
                told.intended.add(feiten["opdracht"])
            case "trekt in" if feiten["opdracht"] in told.given:
                told.given[feiten["opdracht"]].may_be_withdrawn = True
            case "ingetrokken":
                told.given[feiten["opdracht"]].withdrawn = is_safe(entry.op, kills)
            case "geregistreerd" if feiten["opdracht"] in told.given:
                told.given[feiten["opdracht"]].registered = True
            case "geweigerd" if feiten["opdracht"] in told.given:
                told.given[feiten["opdracht"]].refused = f"{feiten['code']}: {feiten['reden']}"
            case "gezien":
                told.looked.append((entry.op, feiten["bsn"], feiten["bron"]))
            case "lijst gezien":
                told.lists.append((entry.op, feiten["lijst"]))
            case "gaat openen":
                told.looking.append((entry.op, feiten["bsn"]))
            case "fout":
                told.faults.append(f"stoel {seat}: achtergrondtaak brak: {feiten['soort']}: {feiten['tekst']}")
            case "niet leeg":
                told.faults.append(f"stoel {seat}: de uitgaande opdrachten raakten niet leeg: {feiten['rijen']}")
    return told


def _note_store(told: Told, melding: str) -> tuple[bool, bool]:
    """Whether work is kept on disk, and whether the seat is without the key of what it kept before."""
    is_kept = is_on_disk(melding)
    told.unkept = told.unkept or ("" if is_kept else melding)
    return is_kept, WITHOUT_KEY in melding


def is_on_disk(melding: str) -> bool:
    """Whether work is kept, by what the window says."""
    return not any(text in melding for text in IN_MEMORY)


def is_safe(op: float, kills: Iterable[Kill]) -> bool:
    """No kill within the promised second."""
    return not any(kill.until < op <= kill.op for kill in kills)
