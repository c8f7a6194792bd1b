"""Lays the commands about callback notes that still wait over what the backend confirmed. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec

from kcs_desktop.domain.opdracht import (
    OverTerugbelnotitie,
    TerugbelnotitieAfhandelen,
    TerugbelnotitieClaimen,
    TerugbelnotitiePoging,
    TerugbelnotitieTeruggeven,
    TerugbelnotitieToewijzen,
    TerugbelnotitieVerzetten,
)
from kcs_desktop.domain.terugbeltaak import Poging, Taaklijst, Taakstand, Terugbeltaak
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand

_replace = msgspec.structs.replace


class Ik(msgspec.Struct, frozen=True):
    """Who is signed in: account name and name."""

    account: str
    naam: str


def about(rij: Wachtrij) -> OverTerugbelnotitie | None:
    """What this command says of a note; None for a command about something else."""
    gegevens = rij.opdracht.gegevens
    return gegevens if isinstance(gegevens, OverTerugbelnotitie) else None


def overlaid(lijst: Taaklijst, rijen: Iterable[Wachtrij], ik: Ik, still_unread: Callable[[str], bool]) -> Taaklijst:
    """`still_unread(opdracht)`: it succeeded, but the list was not read since."""
    taken = {taak.uuid: taak for taak in lijst.taken}
    wacht: list[str] = []
    geweigerd: dict[str, str] = {}
    apart: dict[str, str] = {}
    for rij in rijen:
        gegevens = about(rij)
        if gegevens is None or gegevens.notitie not in taken:
            continue
        uuid = gegevens.notitie
        for vorige in (geweigerd, apart):
            vorige.pop(uuid, None)  # the last command about a note counts
        if rij.stand in {Wachtstand.GEWEIGERD, Wachtstand.APART}:
            geweigerd[uuid] = rij.reden
            if rij.stand is Wachtstand.APART:
                apart[uuid] = rij.opdracht.id
            continue
        if rij.stand is Wachtstand.GESLAAGD and not still_unread(rij.opdracht.id):
            continue
        taken[uuid] = _with(taken[uuid], gegevens, ik, rij.sinds)
        if rij.stand is not Wachtstand.GESLAAGD and uuid not in wacht:
            wacht.append(uuid)
    return _replace(lijst, taken=tuple(taken.values()), wacht=tuple(wacht), geweigerd=geweigerd, apart=apart)


def _with(taak: Terugbeltaak, gegevens: OverTerugbelnotitie, ik: Ik, op: datetime) -> Terugbeltaak:
    match gegevens:
        case TerugbelnotitieClaimen():
            return _replace(taak, door=ik.account, door_naam=ik.naam, opgepakt_op=op)
        case TerugbelnotitieTeruggeven():
            return _replace(taak, door="", door_naam="", opgepakt_op=None)
        case TerugbelnotitieToewijzen(afdeling=afdeling, groep=groep, medewerker=medewerker):
            wie = tuple(naam for naam in (medewerker, afdeling, groep) if naam)
            return _replace(taak, door="", door_naam="", opgepakt_op=None, toegewezen_aan=wie)
        case TerugbelnotitieVerzetten(moment=moment, uiterlijk=uiterlijk):
            return _replace(taak, moment=moment or taak.moment, deadline=uiterlijk or taak.deadline)
        case TerugbelnotitiePoging(op=gebeld_op, resultaat=resultaat, toelichting=toelichting):
            poging = Poging(gebeld_op, ik.naam, resultaat.value, toelichting)
            door = {"door": taak.door or ik.account, "door_naam": taak.door_naam or ik.naam}
            return _replace(taak, pogingen=(*taak.pogingen, poging), **door)
        case TerugbelnotitieAfhandelen(op=gebeld_op, resultaat=resultaat):
            return _replace(
                taak,
                stand=Taakstand.KLAAR,
                afgehandeld_op=gebeld_op,
                afgehandeld_door=ik.naam,
                resultaat=resultaat.value,
            )
