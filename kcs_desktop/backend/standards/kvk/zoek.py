"""Searching the Handelsregister: names by the beginnings of their words in any order, the rest exactly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.standards.brp.zoekvorm import begins_with, fold, words
from kcs_desktop.backend.standards.kvk.tables import KvkNaamwoord as W
from kcs_desktop.backend.standards.kvk.tables import KvkZoekregel as Z
from kcs_desktop.backend.standards.kvk.vraag import Zoekvraag

MAX_WOORDEN = 12


async def search(session: AsyncSession, vraag: Zoekvraag) -> tuple[int, list[dict[str, Any]]]:
    """How many hits there are, and those of the asked page, active ones first, then by name."""
    voorwaarden = [VOORWAARDEN[naam](waarde) for naam, waarde in vraag.waarden.items() if naam in VOORWAARDEN]
    voorwaarden.append(Z.soort.in_(vraag.soorten))
    if vraag.waarden.get("inclusiefInactieveRegistraties") != "true":
        voorwaarden.append(Z.actief.is_(True))
    totaal = await session.scalar(select(func.count()).select_from(Z).where(*voorwaarden)) or 0
    bladzijde = (
        select(Z.resultaat)
        .where(*voorwaarden)
        .order_by(Z.actief.desc(), Z.naam_zoek, Z.id)
        .limit(vraag.per_pagina)
        .offset((vraag.pagina - 1) * vraag.per_pagina)
    )
    return totaal, list(await session.scalars(bladzijde))


def _naam(waarde: str) -> ColumnElement[bool]:
    gezocht = words(waarde)[:MAX_WOORDEN]
    if not gezocht:
        return false()
    return and_(*(Z.id.in_(select(W.regel).where(begins_with(W.woord, woord))) for woord in gezocht))


VOORWAARDEN: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "naam": _naam,
    "kvkNummer": lambda w: Z.kvk_nummer == w,
    "rsin": lambda w: Z.rsin == w,
    "vestigingsnummer": lambda w: Z.vestigingsnummer == w,
    "postcode": lambda w: Z.postcode == w.replace(" ", "").upper(),
    "huisnummer": lambda w: Z.huisnummer == w,
    "huisletter": lambda w: Z.huisletter == w.upper(),
    "straatnaam": lambda w: Z.straat_zoek == fold(w),
    "plaats": lambda w: Z.plaats_zoek == fold(w),
}
