"""Which kinds of query cannot find a person, and why: the load tells it, because an employee will meet it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.standards.brp.datum import whole_date
from kcs_desktop.backend.standards.brp.tables import BrpPersoon as P
from kcs_desktop.backend.standards.brp.vraag import MAX_OP_ADRES, MAX_OP_NAAM, PATRONEN, VOORNAMEN_VERPLICHT

NAAM_DATUM = "ZoekMetGeslachtsnaamEnGeboortedatum"
NAAM_GEMEENTE = "ZoekMetNaamEnGemeenteVanInschrijving"
POSTCODE = "ZoekMetPostcodeEnHuisnummer"
STRAAT = "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving"
NUMMERAANDUIDING = "ZoekMetNummeraanduidingIdentificatie"
OBJECT = "ZoekMetAdresseerbaarObjectIdentificatie"

# What several persons share makes a query give too many: its columns, and how many it may give.
_SAMEN: dict[str, tuple[tuple[Any, ...], int]] = {
    NAAM_DATUM: ((P.geslachtsnaam_zoek, P.geboortedatum), MAX_OP_NAAM),
    NAAM_GEMEENTE: ((P.geslachtsnaam_zoek, P.voornamen_zoek, P.gemeente), MAX_OP_NAAM),
    POSTCODE: ((P.postcode, P.huisnummer), MAX_OP_ADRES),
    STRAAT: ((P.straat_zoek, P.huisnummer, P.gemeente), MAX_OP_ADRES),
    NUMMERAANDUIDING: ((P.nummeraanduiding,), MAX_OP_ADRES),
    OBJECT: ((P.adresseerbaar_object,), MAX_OP_ADRES),
}


class Onbereikbaar(msgspec.Struct, frozen=True, order=True):
    """One person whom one kind of query cannot find. `reden` is Dutch."""

    bsn: str
    zoektype: str
    reden: str


def by_record(bron: Mapping[str, Any]) -> Iterator[Onbereikbaar]:
    """What follows from the record alone."""
    bsn = bron["burgerservicenummer"]
    naam = _reden("geslachtsnaam", "geslachtsnaam", (bron.get("naam") or {}).get("geslachtsnaam"))
    voornamen = _reden_patroon("voornamen", VOORNAMEN_VERPLICHT, (bron.get("naam") or {}).get("voornamen"))
    gemeente = _reden("gemeenteVanInschrijving", "gemeente", (bron.get("gemeenteVanInschrijving") or {}).get("code"))
    v = bron.get("verblijfplaats") or {}
    adres = "" if v.get("straat") or v.get("postcode") else _zonder_adres(v)
    huisnummer = "" if int(v.get("huisnummer") or 0) else "huisnummer ontbreekt"
    redenen = {
        NAAM_DATUM: naam or _datum((bron.get("geboorte") or {}).get("datum")),
        NAAM_GEMEENTE: naam or voornamen or gemeente,
        POSTCODE: adres or _reden("postcode", "postcode", v.get("postcode")) or huisnummer,
        STRAAT: adres or _reden("straat", "straat", v.get("straat")) or huisnummer or gemeente,
        NUMMERAANDUIDING: adres
        or _reden("nummeraanduidingIdentificatie", "nummeraanduiding", v.get("nummeraanduidingIdentificatie")),
        OBJECT: adres
        or _reden(
            "adresseerbaarObjectIdentificatie", "adresseerbaar object", v.get("adresseerbaarObjectIdentificatie")
        ),
    }
    yield from (Onbereikbaar(bsn, zoektype, reden) for zoektype, reden in redenen.items() if reden)


async def by_crowd(session: AsyncSession, bekend: set[tuple[str, str]]) -> list[Onbereikbaar]:
    """Persons whom a query cannot show because it finds too many; `bekend` holds what `by_record` told already."""
    gevonden: list[Onbereikbaar] = []
    for zoektype, (kolommen, maximum) in _SAMEN.items():
        druk = (
            select(
                *kolommen,
                func.count().label("allen"),
                func.sum(case((P.overleden, 0), else_=1)).label("levenden"),
            )
            .where(*(_filled(kolom) for kolom in kolommen))
            .group_by(*kolommen)
            .having(func.count() > maximum)
            .subquery()
        )
        gelijk = [kolom == druk.c[kolom.key] for kolom in kolommen]
        aantal = case((P.overleden, druk.c.allen), else_=druk.c.levenden)
        vraag = select(P.bsn, aantal).where(*gelijk, aantal > maximum)
        for bsn, hoeveel in await session.execute(vraag):
            if (bsn, zoektype) not in bekend:
                gevonden.append(Onbereikbaar(bsn, zoektype, f"te veel personen: {hoeveel}, hooguit {maximum}"))
    return gevonden


def _filled(kolom: Any) -> ColumnElement[bool]:
    vol: ColumnElement[bool] = kolom != (0 if kolom is P.huisnummer else "")
    return vol


def _reden(veld: str, woord: str, waarde: str | None) -> str:
    return _reden_patroon(woord, PATRONEN[veld], waarde)


def _reden_patroon(woord: str, patroon: str, waarde: str | None) -> str:
    waarde = " ".join((waarde or "").split())
    if not waarde:
        return f"{woord} ontbreekt"
    return "" if re.fullmatch(patroon, waarde) else f"{woord} bevat tekens die de vraag niet toestaat of is te lang"


def _datum(bron: str | None) -> str:
    if not bron:
        return "geboortedatum ontbreekt"
    return "" if whole_date(bron) else "geboortedatum is onvolledig"


def _zonder_adres(v: Mapping[str, Any]) -> str:
    if v.get("land"):
        return "geen adres in Nederland"
    return "alleen een locatiebeschrijving" if v.get("locatiebeschrijving") else "adres ontbreekt"
