"""From a valid question to the source records that answer it. Comparing is on folded forms; `*` is a wildcard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from kcs_desktop.backend.standards.brp.problem import too_many
from kcs_desktop.backend.standards.brp.tables import BrpPersoon as P
from kcs_desktop.backend.standards.brp.vraag import Vraag
from kcs_desktop.backend.standards.brp.zoekvorm import begins_with, fold

Tekstkolom = InstrumentedAttribute[str]


async def find(session: AsyncSession, vraag: Vraag) -> list[Mapping[str, Any]]:
    """The records, by BSN. Raises BrpProblem (400) when there are more than the standard allows."""
    rijen = (await session.scalars(statement(vraag).limit(vraag.maximum + 1))).all()
    if len(rijen) > vraag.maximum:
        raise too_many(vraag.maximum)
    return list(rijen)


def statement(vraag: Vraag) -> Select[tuple[dict[str, Any]]]:
    """The query; every kind begins with a column that has an index."""
    voorwaarden = [VOORWAARDEN[naam](waarde) for naam, waarde in vraag.waarden.items() if naam in VOORWAARDEN]
    if not vraag.is_raadpleging and not vraag.waarden.get("inclusiefOverledenPersonen"):
        voorwaarden.append(P.overleden.is_(False))
    return select(P.gegevens).where(and_(*voorwaarden)).order_by(P.bsn)


def _naam(kolom: Tekstkolom) -> Callable[[str], ColumnElement[bool]]:
    def voorwaarde(waarde: str) -> ColumnElement[bool]:
        vorm = fold(waarde.removesuffix("*"))
        if not vorm:
            return false()
        return begins_with(kolom, vorm) if waarde.endswith("*") else kolom == vorm

    return voorwaarde


def _straat(waarde: str) -> ColumnElement[bool]:
    if waarde.startswith("*"):
        einde = fold(waarde.removeprefix("*"))
        return or_(
            P.straat_zoek.endswith(einde, autoescape=True), P.officiele_straat_zoek.endswith(einde, autoescape=True)
        )
    return or_(_naam(P.straat_zoek)(waarde), _naam(P.officiele_straat_zoek)(waarde))


VOORWAARDEN: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "burgerservicenummer": lambda w: P.bsn.in_(sorted(set(w))),
    "geslachtsnaam": _naam(P.geslachtsnaam_zoek),
    "voornamen": _naam(P.voornamen_zoek),
    "voorvoegsel": lambda w: P.voorvoegsel_zoek == fold(w),
    "geslacht": lambda w: P.geslacht == w.upper(),
    "geboortedatum": lambda w: P.geboortedatum == w.replace("-", ""),
    "postcode": lambda w: P.postcode == w.replace(" ", "").upper(),
    "huisnummer": lambda w: P.huisnummer == int(w),
    "huisletter": lambda w: P.huisletter == w.upper(),
    "huisnummertoevoeging": lambda w: P.huisnummertoevoeging == w.upper(),
    "straat": _straat,
    "gemeenteVanInschrijving": lambda w: P.gemeente == w,
    "nummeraanduidingIdentificatie": lambda w: P.nummeraanduiding == w,
    "adresseerbaarObjectIdentificatie": lambda w: P.adresseerbaar_object == w,
}
