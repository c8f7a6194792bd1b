"""Digital addresses of a partij: compare what was seen with what stands, then add, change, remove and prefer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from kcs_desktop.backend.opdrachten.controle import seat_names
from kcs_desktop.backend.opdrachten.tables import KlantVoorkeur
from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.backend.standards.port import Resource
from kcs_desktop.domain.digitaaladres import kind_from_register, kind_in_register
from kcs_desktop.domain.klant import DigitaalAdres
from kcs_desktop.domain.opdracht import AdresWijziging

_SOORT_OF_KANAAL = {"telefoon": "telefoonnummer", "email": "email"}


class Stap(msgspec.Struct, frozen=True):
    """One change to carry out: `huidig` None adds, `wordt` None removes. `field` is the seat's name for it."""

    field: str
    huidig: DigitaalAdres | None
    wordt: DigitaalAdres | None


def as_struct(resource: Resource) -> DigitaalAdres:
    """The register's address in our words."""
    return DigitaalAdres(
        kind_from_register(str(resource["soortDigitaalAdres"]), str(resource["adres"])),
        str(resource["adres"]),
        uuid=str(resource["uuid"]),
        omschrijving=str(resource.get("omschrijving") or ""),
        standaard=bool(resource.get("isStandaardAdres")),
    )


def compare(
    wijzigingen: Sequence[AdresWijziging], current: Sequence[Resource]
) -> tuple[list[Stap], dict[str, Any], dict[str, Any]]:
    """(what to do, seen, current): the last two are filled, per field, where a colleague was first."""
    standing = [as_struct(resource) for resource in current]
    stappen: list[Stap] = []
    seen: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for index, wijziging in enumerate(wijzigingen):
        field = f"adressen.{index}"
        wordt = wijziging.wordt
        if wijziging.gezien is None:
            same = next((adres for adres in standing if wordt is not None and _same_place(adres, wordt)), None)
            if same is None or (wordt is not None and not _equal(same, wordt)):
                stappen.append(Stap(f"{field}.wordt", same, wordt))
            continue
        huidig = _find(standing, wijziging.gezien)
        if huidig is None and wordt is None:
            continue  # a colleague removed it already
        if huidig is not None and wordt is not None and _equal(huidig, wordt):
            continue  # a colleague made the same change already
        if huidig is None or not _equal(huidig, wijziging.gezien):
            seen[field] = _shown(wijziging.gezien)
            now[field] = None if huidig is None else _shown(huidig)
            continue
        stappen.append(Stap(f"{field}.wordt", huidig, wordt))
    return stappen, seen, now


async def write(werk: Werk, partij: str, stappen: Sequence[Stap], current: Sequence[Resource]) -> None:
    """Removals first, then changes, then what becomes the standard: the register knows one standard per kind."""
    order = sorted(stappen, key=lambda stap: (stap.wordt is not None, stap.wordt is not None and stap.wordt.standaard))
    for stap in order:
        names = {name: f"{stap.field}.{ours}" for name, ours in _FIELDS.items()}
        async with seat_names(names, stap.field):
            if stap.wordt is None:
                if stap.huidig is not None:
                    await werk.register.delete(werk.unit, "digitaleadressen", stap.huidig.uuid)
            elif stap.huidig is None:
                await werk.register.create(
                    werk.unit,
                    "digitaleadressen",
                    {
                        "verstrektDoorBetrokkene": None,
                        "verstrektDoorPartij": {"uuid": partij},
                        **_body(stap.wordt),
                    },
                )
            else:
                before, after = _body(stap.huidig), _body(stap.wordt)
                changed = {key: value for key, value in after.items() if before[key] != value}
                if "adres" in changed:  # the register may have it under another kind than it takes this one under
                    changed["soortDigitaalAdres"] = after["soortDigitaalAdres"]
                await werk.register.change(werk.unit, "digitaleadressen", stap.huidig.uuid, changed)


async def prefer(werk: Werk, partij: str) -> None:
    """Let the partij's one preferred address be the standard one of its preferred channel, else any standard one."""
    adressen = [
        as_struct(resource)
        for resource in await werk.register.find(
            werk.unit, "digitaleadressen", {"verstrektDoorPartij__uuid": partij, "isStandaardAdres": "true"}
        )
    ]
    voorkeur = await werk.unit.session.get(KlantVoorkeur, partij)
    soort = _SOORT_OF_KANAAL.get(voorkeur.voorkeurskanaal if voorkeur is not None else "", "")
    wanted = next((adres for adres in adressen if adres.soort.value == soort), None)
    known = (await werk.register.get(werk.unit, "partijen", partij)).get("voorkeursDigitaalAdres")
    if wanted is None and known is None:
        wanted = next(iter(adressen), None)
    if wanted is not None and (known is None or known["uuid"] != wanted.uuid):
        await werk.register.change(werk.unit, "partijen", partij, {"voorkeursDigitaalAdres": {"uuid": wanted.uuid}})


_FIELDS = {
    "adres": "adres",
    "omschrijving": "omschrijving",
    "soortDigitaalAdres": "soort",
    "isStandaardAdres": "standaard",
}


def _body(adres: DigitaalAdres) -> dict[str, Any]:
    return {
        "adres": adres.adres,
        "soortDigitaalAdres": kind_in_register(adres),
        "omschrijving": adres.omschrijving,
        "isStandaardAdres": adres.standaard,
    }


def _find(standing: Sequence[DigitaalAdres], gezien: DigitaalAdres) -> DigitaalAdres | None:
    if gezien.uuid:
        return next((adres for adres in standing if adres.uuid == gezien.uuid), None)
    return next((adres for adres in standing if _same_place(adres, gezien)), None)


def _same_place(one: DigitaalAdres, other: DigitaalAdres) -> bool:
    return (one.soort, one.adres.casefold()) == (other.soort, other.adres.casefold())


def _equal(one: DigitaalAdres, other: DigitaalAdres) -> bool:
    return _body(one) == _body(other)


def _shown(adres: DigitaalAdres) -> dict[str, Any]:
    shown: dict[str, Any] = msgspec.to_builtins(adres)
    return shown
