"""Fields of a partij: what the register holds now, whether a colleague changed it, and how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from kcs_desktop.backend.opdrachten.controle import MAX_ADRES, MAX_NAAM, Controle, seat_names
from kcs_desktop.backend.opdrachten.partijen import naming
from kcs_desktop.backend.opdrachten.tables import KlantVoorkeur
from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.backend.standards.port import Resource
from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.opdracht import VeldWijziging
from kcs_desktop.domain.tekst import clean as clean_text

VELDEN = ("voorkeurskanaal", "voorkeurstaal", "interneNotitie", "naam", "bezoekadres")
MAX_NOTITIE = 1000
MAX_REGELS = 3


def clean(controle: Controle, wijziging: VeldWijziging, field: str) -> VeldWijziging:
    """The new value fit to store."""
    field = f"{field}.wordt"
    wordt = wijziging.wordt
    if wijziging.veld == "voorkeurskanaal":
        if wordt and wordt not in {kanaal.value for kanaal in Kanaal}:
            controle.wrong(field, "invalid_choice", "Dit kanaal bestaat niet.")
    elif wijziging.veld == "voorkeurstaal":
        wordt = controle.line(wordt, field, 3).lower()
        if wordt and not (len(wordt) == 3 and wordt.isascii() and wordt.isalpha()):
            controle.wrong(field, "invalid", "Gebruik een taalcode van drie letters, zoals nld of eng.")
    elif wijziging.veld == "interneNotitie":
        wordt = controle.lines(wordt, field, MAX_NOTITIE)
    elif wijziging.veld == "naam":
        wordt = controle.line(wordt, field, MAX_NAAM, required=True)
    elif wijziging.veld == "bezoekadres":
        regels = split_lines(wordt)
        if len(regels) > MAX_REGELS:
            controle.wrong(field, "max_length", f"Geef hoogstens {MAX_REGELS} adresregels.")
        wordt = "\n".join(controle.line(regel, field, MAX_ADRES) for regel in regels)
    else:
        controle.wrong(f"{field.removesuffix('.wordt')}.veld", "invalid_choice", f"Kies uit: {', '.join(VELDEN)}.")
    return msgspec.structs.replace(wijziging, wordt=wordt)


async def compare(
    werk: Werk, partij: Resource, wijzigingen: Sequence[VeldWijziging], *, is_new: bool
) -> tuple[list[VeldWijziging], dict[str, Any], dict[str, Any]]:
    """(what to write, seen, current): the last two are filled where a colleague was first."""
    todo: list[VeldWijziging] = []
    seen: dict[str, Any] = {}
    now: dict[str, Any] = {}
    for wijziging in wijzigingen:
        huidig = await current(werk, partij, wijziging.veld)
        if _plain(huidig) == _plain(wijziging.wordt):
            continue
        if not is_new and _plain(huidig) != _plain(wijziging.gezien):
            seen[wijziging.veld], now[wijziging.veld] = wijziging.gezien, huidig
            continue
        todo.append(wijziging)
    return todo, seen, now


async def current(werk: Werk, partij: Resource, veld: str) -> str:
    """What stands now."""
    if veld == "voorkeurskanaal":
        row = await werk.unit.session.get(KlantVoorkeur, str(partij["uuid"]))
        return row.voorkeurskanaal if row is not None else ""
    if veld == "naam":
        identificatie = partij.get("partijIdentificatie") or {}
        return str(identificatie.get("naam") or identificatie.get("volledigeNaam") or "")
    if veld == "bezoekadres":
        return "\n".join(address_lines(partij.get("bezoekadres") or {}))
    return str(partij.get(veld) or "")


async def write(werk: Werk, partij: Resource, wijzigingen: Sequence[VeldWijziging]) -> None:
    """Changed fields only, in one call."""
    body: dict[str, Any] = {}
    for wijziging in wijzigingen:
        if wijziging.veld == "voorkeurskanaal":
            await _write_voorkeur(werk, str(partij["uuid"]), wijziging.wordt)
        elif wijziging.veld == "naam":
            body |= _named(partij, wijziging.wordt)
        elif wijziging.veld == "bezoekadres":
            regels = split_lines(wijziging.wordt)
            adres = {f"adresregel{i}": regel for i, regel in enumerate(regels, start=1)}
            if land := (partij.get("bezoekadres") or {}).get("land"):  # of a group, what is not sent is emptied
                adres["land"] = land
            body["bezoekadres"] = adres if regels else None
        else:
            body[wijziging.veld] = wijziging.wordt
    if body:
        async with seat_names({}, "velden"):
            await werk.register.change(werk.unit, "partijen", str(partij["uuid"]), body)


def _named(partij: Resource, naam: str) -> dict[str, Any]:
    """Another name. It goes with the soortPartij, without which a register does not look at it, and with the employer,
    whom it would lose."""
    soort = str(partij["soortPartij"])
    made: dict[str, Any] = naming("" if soort == "organisatie" else "bsn", naam)["partijIdentificatie"]
    if employer := (partij.get("partijIdentificatie") or {}).get("werkteVoorPartij"):
        made["werkteVoorPartij"] = {"uuid": employer["uuid"]}
    return {"soortPartij": soort, "partijIdentificatie": made}


async def _write_voorkeur(werk: Werk, partij: str, kanaal: str) -> None:
    row = await werk.unit.session.get(KlantVoorkeur, partij)
    if row is None:
        row = KlantVoorkeur(partij=partij)
        werk.unit.session.add(row)
    row.voorkeurskanaal = kanaal
    row.gewijzigd_op = werk.unit.now
    row.gewijzigd_door = werk.verzoek.wie.id
    await werk.unit.session.flush()
    werk.unit.emit(Wijziging("partij", partij, "gewijzigd", "crm", (partij,)))


def address_lines(adres: dict[str, Any]) -> list[str]:
    """A bezoekadres in lines: its own lines, else composed of its parts."""
    lines = [str(adres.get(f"adresregel{nummer}") or "") for nummer in (1, 2, 3)]
    if any(lines):
        return [line for line in lines if line]
    number = f"{adres.get('huisnummer') or ''}{adres.get('huisnummertoevoeging') or ''}"
    composed = (
        f"{adres.get('straatnaam') or ''} {number}".strip(),
        f"{adres.get('postcode') or ''} {adres.get('stad') or ''}".strip(),
    )
    return [line for line in composed if line]


def split_lines(text: str) -> list[str]:
    """The filled lines of an address as the seat sends it."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _plain(text: str) -> str:
    return "\n".join(clean_text(line) for line in text.splitlines() if line.strip())
