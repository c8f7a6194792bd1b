"""Reads of Catalogi 1.3.1: the zaaktypen, and all that hangs under one. Pages are followed to the end.

What is published only, unless a single zaaktype is asked for: a zaak of before may be of one that was ended since.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

import msgspec

from kcs_desktop.api import catalogi_vormen as vorm
from kcs_desktop.api.bladeren import Pagina, read_all
from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.lezen import as_day, as_text, uuid_of
from kcs_desktop.domain.zaaktype import (
    Documenttype,
    Eigenschap,
    Resultaattype,
    Roltype,
    Statustype,
    Zaaktype,
    Zaaktypevorm,
)

ROOT = "/catalogi/api/v1"
_COMES_IN = "inkomend"
_LARGE = {"pageSize": "500"}  # as many as the standard allows: a whole catalogue is a few thousand rows
WHOLE = 400  # pages of a list of the whole catalogue: it holds what was ended too
_KARDINALITEIT = re.compile(r"(?:([0-9]+)\s*(?:-|\.\.)\s*)?([0-9]+|[Nn*])")

_zaaktype = msgspec.json.Decoder(vorm.Zaaktype)
_zaaktypen = msgspec.json.Decoder(Pagina[vorm.Zaaktype])
_statustypen = msgspec.json.Decoder(Pagina[vorm.Statustype])
_roltypen = msgspec.json.Decoder(Pagina[vorm.Roltype])
_resultaattypen = msgspec.json.Decoder(Pagina[vorm.Resultaattype])
_eigenschappen = msgspec.json.Decoder(Pagina[vorm.Eigenschap])
_documenttypen = msgspec.json.Decoder(Pagina[vorm.Informatieobjecttype])
_koppelingen = msgspec.json.Decoder(Pagina[vorm.Koppeling])


async def read_zaaktypen(client: Client, dag: date, doel: Doel | None = None) -> tuple[Zaaktype, ...]:
    """Every zaaktype of which a zaak may be started on that day, by name. One without address is left out."""
    asked = {"status": "definitief", "datumGeldigheid": dag.isoformat(), **_LARGE}
    rows = await read_all(client, f"{ROOT}/zaaktypen", asked, _zaaktypen, doel)
    made = [zaaktype_from(row) for row in rows if row.url]
    return tuple(sorted(made, key=lambda one: (one.omschrijving.lower(), one.identificatie)))


async def read_zaaktype(client: Client, uuid: str, doel: Doel | None = None) -> Zaaktype:
    """One zaaktype, also one that was ended. Raises NotFound."""
    return zaaktype_from((await client.call("GET", f"{ROOT}/zaaktypen/{uuid}", doel=doel)).decode(_zaaktype))


async def read_statustypen(client: Client, zaaktype: str, doel: Doel | None = None) -> tuple[Statustype, ...]:
    """The steps of the zaaktype at this address, in their order."""
    of = {"zaaktype": zaaktype, "status": "alles"}
    rows = await read_all(client, f"{ROOT}/statustypen", of, _statustypen, doel)
    return tuple(sorted((statustype_from(row) for row in _named(rows)), key=lambda one: one.volgnummer))


async def read_vorm(client: Client, zaaktype: Zaaktype, doel: Doel | None = None) -> Zaaktypevorm:
    """All of one zaaktype, asked for at once. Raises what any of the six answers raises."""
    of = {"zaaktype": zaaktype.url, "status": "alles"}
    statussen, rollen, resultaten, eigenschappen, documenten, koppelingen = await asyncio.gather(
        read_all(client, f"{ROOT}/statustypen", of, _statustypen, doel),
        read_all(client, f"{ROOT}/roltypen", of, _roltypen, doel),
        read_all(client, f"{ROOT}/resultaattypen", of, _resultaattypen, doel),
        read_all(client, f"{ROOT}/eigenschappen", of, _eigenschappen, doel),
        read_all(client, f"{ROOT}/informatieobjecttypen", of, _documenttypen, doel),
        read_all(client, f"{ROOT}/zaaktype-informatieobjecttypen", of, _koppelingen, doel),
    )
    return Zaaktypevorm(
        zaaktype,
        statustypen=_steps(statussen),
        roltypen=_roles(rollen),
        resultaattypen=tuple(
            Resultaattype(uuid_of(row.url), row.url or "", row.omschrijving or "", row.toelichting or "")
            for row in _named(resultaten)
        ),
        eigenschappen=tuple(eigenschap_from(row) for row in _named(eigenschappen)),
        documenttypen=documenttypen_from(documenten, koppelingen),
    )


async def read_vormen(client: Client, dag: date, doel: Doel | None = None) -> tuple[Zaaktypevorm, ...]:
    """Every zaaktype of which a zaak may be started on that day, with all that its form needs, by name.

    Whole lists, not one per zaaktype: a catalogue of hundreds is a few dozen pages. How a zaak can end is not read.
    """
    zaaktypen, statussen, rollen, eigenschappen, documenten, koppelingen = await asyncio.gather(
        read_zaaktypen(client, dag, doel),
        read_all(client, f"{ROOT}/statustypen", _LARGE, _statustypen, doel, WHOLE),
        read_all(client, f"{ROOT}/roltypen", _LARGE, _roltypen, doel, WHOLE),
        read_all(client, f"{ROOT}/eigenschappen", _LARGE, _eigenschappen, doel, WHOLE),
        read_all(client, f"{ROOT}/informatieobjecttypen", _LARGE, _documenttypen, doel, WHOLE),
        read_all(client, f"{ROOT}/zaaktype-informatieobjecttypen", _LARGE, _koppelingen, doel, WHOLE),
    )
    stappen, delen, vragen, links = (
        _per_zaaktype(statussen), _per_zaaktype(rollen), _per_zaaktype(eigenschappen), _per_zaaktype(koppelingen),
    )  # fmt: skip
    soorten = {uuid_of(row.url): row for row in documenten}

    def whole(zaaktype: Zaaktype) -> Zaaktypevorm:
        own = links.get(zaaktype.uuid, [])
        named = [soorten[uuid] for link in own if (uuid := uuid_of(link.informatieobjecttype)) in soorten]
        return Zaaktypevorm(
            zaaktype,
            statustypen=_steps(stappen.get(zaaktype.uuid, [])),
            roltypen=_roles(delen.get(zaaktype.uuid, [])),
            eigenschappen=tuple(eigenschap_from(row) for row in _named(vragen.get(zaaktype.uuid, []))),
            documenttypen=documenttypen_from(named, own),
        )

    return tuple(whole(zaaktype) for zaaktype in zaaktypen)


async def read_documenttypen(client: Client, zaaktype: str, doel: Doel | None = None) -> tuple[Documenttype, ...]:
    """The kinds of document of the zaaktype with this address."""
    of = {"zaaktype": zaaktype, "status": "alles"}
    documenten, koppelingen = await asyncio.gather(
        read_all(client, f"{ROOT}/informatieobjecttypen", of, _documenttypen, doel),
        read_all(client, f"{ROOT}/zaaktype-informatieobjecttypen", of, _koppelingen, doel),
    )
    return documenttypen_from(documenten, koppelingen)


def zaaktype_from(row: vorm.Zaaktype) -> Zaaktype:
    """A zaaktype of the wire as a seat knows one."""
    return Zaaktype(
        uuid=uuid_of(row.url),
        url=row.url or "",
        identificatie=as_text(row.identificatie),
        omschrijving=row.omschrijving or as_text(row.identificatie),
        vertrouwelijkheidaanduiding=row.vertrouwelijkheidaanduiding or "",
        doorlooptijd=row.doorlooptijd or "",
        servicenorm=row.servicenorm or "",
        verlengingstermijn=row.verlengingstermijn or "",
        mag_verlengen=bool(row.verlengingMogelijk),
        mag_opschorten=bool(row.opschortingEnAanhoudingMogelijk),
        onderwerp=row.onderwerp or "",
        doel=row.doel or "",
        toelichting=row.toelichting or "",
        verantwoordelijke=row.verantwoordelijke or "",
        trefwoorden=tuple(word for word in row.trefwoorden or () if word),
        begin_geldigheid=as_day(row.beginGeldigheid),
        einde_geldigheid=as_day(row.eindeGeldigheid),
        is_concept=bool(row.concept),
    )


def statustype_from(row: vorm.Statustype) -> Statustype:
    """A statustype of the wire."""
    return Statustype(
        uuid=uuid_of(row.url),
        url=row.url or "",
        omschrijving=row.omschrijving or "",
        volgnummer=row.volgnummer or 0,
        statustekst=row.statustekst or "",
        is_eindstatus=bool(row.isEindstatus),
        informeren=bool(row.informeren),
    )


def eigenschap_from(row: vorm.Eigenschap) -> Eigenschap:
    """An eigenschap of the wire. What its specificatie says that cannot be read, is no bound."""
    specificatie = row.specificatie or vorm.Specificatie()
    lengte, _, decimalen = as_text(specificatie.lengte).replace(".", ",").partition(",")
    minstens, hoogstens = _kardinaliteit(as_text(specificatie.kardinaliteit))
    return Eigenschap(
        uuid=uuid_of(row.url),
        url=row.url or "",
        naam=row.naam or "",
        definitie=row.definitie or "",
        toelichting=row.toelichting or "",
        groep=specificatie.groep or "",
        formaat=specificatie.formaat or "tekst",
        lengte=_number(lengte),
        decimalen=_number(decimalen),
        minstens=minstens,
        hoogstens=hoogstens,
        waarden=tuple(as_text(waarde) for waarde in specificatie.waardenverzameling or () if waarde is not None),
        statustype=uuid_of(row.statustype),
    )


def _steps(rows: Iterable[vorm.Statustype]) -> tuple[Statustype, ...]:
    return tuple(sorted((statustype_from(row) for row in _named(rows)), key=lambda one: one.volgnummer))


def _roles(rows: Iterable[vorm.Roltype]) -> tuple[Roltype, ...]:
    return tuple(
        Roltype(uuid_of(row.url), row.url or "", row.omschrijving or "", row.omschrijvingGeneriek or "")
        for row in _named(rows)
    )


_Part = TypeVar("_Part", vorm.Statustype, vorm.Roltype, vorm.Eigenschap, vorm.Koppeling)


def _per_zaaktype(rows: Iterable[_Part]) -> dict[str, list[_Part]]:
    found: dict[str, list[_Part]] = {}
    for row in rows:
        found.setdefault(uuid_of(row.zaaktype), []).append(row)
    return found


def documenttypen_from(
    documenten: Iterable[vorm.Informatieobjecttype], koppelingen: Iterable[vorm.Koppeling]
) -> tuple[Documenttype, ...]:
    """Every kind of document of the zaaktype once, in the order of the links; one without a link comes last. One with
    several, which a register then lists as often, has that by which it comes in."""
    links: dict[str, vorm.Koppeling] = {}
    for link in sorted(koppelingen, key=lambda one: (one.richting == _COMES_IN, -(one.volgnummer or 0))):
        links[uuid_of(link.informatieobjecttype)] = link
    made = []
    for row in {uuid_of(row.url): row for row in documenten if row.url}.values():
        link = links.get(uuid_of(row.url), vorm.Koppeling())
        made.append(
            Documenttype(
                uuid_of(row.url),
                row.url or "",
                row.omschrijving or "",
                row.vertrouwelijkheidaanduiding or "",
                link.richting or "",
                link.volgnummer or 0,
            )
        )
    return tuple(sorted(made, key=lambda one: (one.volgnummer == 0, one.volgnummer, one.omschrijving)))


_Row = TypeVar("_Row", vorm.Statustype, vorm.Roltype, vorm.Resultaattype, vorm.Eigenschap)


def _named(rows: Iterable[_Row]) -> list[_Row]:
    """Those with an address, oldest first: the register gives the newest first."""
    return [row for row in rows if row.url][::-1]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _kardinaliteit(text: str) -> tuple[int, int | None]:
    """(at least, at most) of 1, 0-1, N, 1-N or 1..N; N alone is any number, and what cannot be read is asked once at
    most."""
    found = _KARDINALITEIT.fullmatch(text.strip())
    if found is None:
        return 0, 1
    most = None if found[2] in {"N", "n", "*"} else _number(found[2])
    if found[1] is not None:
        return _number(found[1]), most
    return (0, None) if most is None else (most, most)
