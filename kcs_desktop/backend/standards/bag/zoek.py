"""Finding addresses: exactly by their parts, or while somebody types one."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from sqlalchemy import ColumnElement, Row, Select, and_, case, false, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.standards.bag.tables import BagAdres as A
from kcs_desktop.backend.standards.bag.tables import BagOpenbareRuimte as R
from kcs_desktop.backend.standards.bag.tables import BagStraatwoord as W
from kcs_desktop.backend.standards.bag.vraag import Vraag
from kcs_desktop.backend.standards.brp.zoekvorm import begins_with, fold, words

_NUMMER = re.compile(r"([0-9]{1,5})([a-z])?")
_POSTCODE = re.compile(r"\s*([1-9][0-9]{3})\s?([a-z]{0,2})(?![a-z0-9])", re.IGNORECASE | re.ASCII)
_MAX_WOORDEN = 8
_STEPS = (10, 100, 1000, 10_000)
Gevonden = Row[A, R]


class Getypt(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was typed of an address so far."""

    woorden: tuple[str, ...] = ()
    postcode: str = ""
    huisnummer: int = 0
    achter: str = ""  # what follows the number: letter or addition, as far as typed


def read(tekst: str) -> Getypt:
    """Words of street and place, a postcode or its beginning, a number with what follows it."""
    postcode = ""
    if gevonden := _POSTCODE.match(tekst):
        postcode, tekst = (gevonden[1] + gevonden[2]).upper(), tekst[gevonden.end() :]
    woorden: list[str] = []
    huisnummer, achter = 0, ""
    for woord in words(tekst)[:_MAX_WOORDEN]:
        nummer = _NUMMER.fullmatch(woord)
        if not huisnummer and nummer is not None and (woorden or postcode):  # "1e Dwarsstraat" begins with a word
            huisnummer, achter = int(nummer[1]), nummer[2] or ""
        elif huisnummer and not achter and len(woord) == 1:
            achter = woord
        else:
            woorden.append(woord)
    return Getypt(tuple(woorden), postcode, huisnummer, achter)


async def search(session: AsyncSession, vraag: Vraag) -> Sequence[Gevonden]:
    """While somebody types; the number as typed first, then those that begin with it."""
    getypt = read(vraag.waarden["zoek"])
    voorwaarden = _of_typed(getypt)
    exact = case((A.huisnummer == getypt.huisnummer, 0), else_=1)
    gezocht = _all().where(*voorwaarden).order_by(exact, R.naam_zoek, A.huisnummer, A.huisletter, A.toevoeging)
    return await _page(session, gezocht, vraag)


async def find(session: AsyncSession, vraag: Vraag) -> Sequence[Gevonden]:
    """By its parts or an id."""
    waarden = vraag.waarden
    voorwaarden: list[ColumnElement[bool]] = []
    if nummer := waarden.get("huisnummer"):
        voorwaarden.append(A.huisnummer == nummer)
    if postcode := waarden.get("postcode"):
        voorwaarden.append(A.postcode == postcode.replace(" ", "").upper())
    for naam, column in (
        ("zoekresultaatIdentificatie", A.identificatie),
        ("adresseerbaarObjectIdentificatie", A.object),
    ):
        if waarde := waarden.get(naam):
            voorwaarden.append(column == waarde)
    for naam, folded in (("woonplaatsNaam", R.woonplaats_zoek), ("openbareRuimteNaam", R.naam_zoek)):
        if waarde := waarden.get(naam):
            voorwaarden.append(folded == fold(waarde))
    is_exact = waarden.get("exacteMatch") == "true"
    for naam, part in (("huisletter", A.huisletter), ("huisnummertoevoeging", A.toevoeging)):
        if naam in waarden or is_exact:
            voorwaarden.append(part == _as_kept(naam, waarden.get(naam, "")))
    gezocht = _all().where(*voorwaarden).order_by(A.huisnummer, A.huisletter, A.toevoeging, A.identificatie)
    return await _page(session, gezocht, vraag)


def _all() -> Select[A, R]:
    return select(A, R).join(R, R.identificatie == A.openbare_ruimte)


async def _page(session: AsyncSession, gezocht: Select[A, R], vraag: Vraag) -> Sequence[Gevonden]:
    """One row more than the page holds says that there is a next one."""
    bladzijde = gezocht.limit(vraag.per_pagina + 1).offset((vraag.pagina - 1) * vraag.per_pagina)
    return (await session.execute(bladzijde)).all()


def _of_typed(getypt: Getypt) -> list[ColumnElement[bool]]:
    voorwaarden: list[ColumnElement[bool]] = []
    if getypt.postcode:
        voorwaarden.append(begins_with(A.postcode, getypt.postcode))
    for woord in getypt.woorden:
        straten = select(W.openbare_ruimte).where(begins_with(W.woord, woord))
        voorwaarden.append(A.openbare_ruimte.in_(straten))
    if nummer := getypt.huisnummer:
        begint = [and_(A.huisnummer >= nummer * step, A.huisnummer < (nummer + 1) * step) for step in _STEPS]
        voorwaarden.append(A.huisnummer == nummer if getypt.achter else or_(A.huisnummer == nummer, *begint))
    if getypt.achter:
        voorwaarden.append(
            or_(A.huisletter == getypt.achter.upper(), A.toevoeging.in_((getypt.achter, getypt.achter.upper())))
        )
    return voorwaarden or [false()]


def _as_kept(naam: str, waarde: str) -> str:
    return waarde.upper() if naam == "huisletter" else waarde
