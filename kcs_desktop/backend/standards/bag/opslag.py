"""Addresses into the tables; what is stored again is replaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec
from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.standards.bag.tables import BagAdres, BagOpenbareRuimte, BagStraatwoord
from kcs_desktop.backend.standards.brp.zoekvorm import fold, words

Identificatie = Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{16}\Z")]
Naam = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]


class Adres(msgspec.Struct, frozen=True, omit_defaults=True):
    """A nummeraanduiding. `x` and `y` are metres of the Rijksdriehoek."""

    identificatie: Identificatie
    huisnummer: Annotated[int, msgspec.Meta(ge=1, le=99999)]
    postcode: Annotated[str, msgspec.Meta(pattern=r"\A([1-9][0-9]{3}[A-Z]{2})?\Z")]
    object: Identificatie
    x: float
    y: float
    huisletter: Annotated[str, msgspec.Meta(pattern=r"\A[A-Z]?\Z")] = ""
    toevoeging: Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9]{0,4}\Z")] = ""


class Straat(msgspec.Struct, frozen=True):
    """An openbare ruimte with its addresses."""

    identificatie: Identificatie
    naam: Naam
    woonplaats: Naam
    woonplaats_identificatie: Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{4}\Z")]
    x: float
    y: float
    adressen: tuple[Adres, ...] = ()


async def store(session: AsyncSession, straten: Sequence[Straat]) -> None:
    """Insert or replace, each street as a whole."""
    oud = [straat.identificatie for straat in straten]
    await session.execute(delete(BagAdres).where(BagAdres.openbare_ruimte.in_(oud)))
    await session.execute(delete(BagStraatwoord).where(BagStraatwoord.openbare_ruimte.in_(oud)))
    await session.execute(delete(BagOpenbareRuimte).where(BagOpenbareRuimte.identificatie.in_(oud)))
    await session.execute(insert(BagOpenbareRuimte), [_street(straat) for straat in straten])
    await session.execute(
        insert(BagStraatwoord),
        [
            {"woord": woord, "openbare_ruimte": straat.identificatie}
            for straat in straten
            for woord in dict.fromkeys(words(f"{straat.naam} {straat.woonplaats}"))
        ],
    )
    adressen = [
        {**msgspec.structs.asdict(adres), "openbare_ruimte": straat.identificatie}
        for straat in straten
        for adres in straat.adressen
    ]
    if adressen:
        await session.execute(insert(BagAdres), adressen)


def _street(straat: Straat) -> dict[str, object]:
    velden = msgspec.structs.asdict(straat)
    del velden["adressen"]
    return {**velden, "naam_zoek": fold(straat.naam), "woonplaats_zoek": fold(straat.woonplaats)}
