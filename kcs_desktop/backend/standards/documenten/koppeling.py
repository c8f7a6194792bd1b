"""Which documents a zaak has, seen from the documents. Zaken keeps this in step, in its own transactions.

It knows only tables, so that Zaken can call it.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.documenten import tables
from kcs_desktop.backend.standards.documenten.steps import DOCUMENT, KOPPELING
from kcs_desktop.backend.standards.objecten.resource import table_of
from kcs_desktop.domain.uuid7 import new_id

ZAAK = "zaak"
_DOCUMENT = table_of(tables.Informatieobject)
_KOPPELING = table_of(tables.Objectinformatieobject)


async def link(unit: UnitOfWork, document: str, zaak: str) -> None:
    """This document is in that zaak; again is fine."""
    dialect = postgresql if unit.dialect == "postgresql" else sqlite
    values = {"uuid": new_id(unit.now), "informatieobject": document, "object": zaak, "object_type": ZAAK}
    await unit.session.execute(dialect.insert(_KOPPELING).values(values).on_conflict_do_nothing())


async def unlink(unit: UnitOfWork, document: str, zaak: str) -> None:
    await _let_go(unit, and_(KOPPELING.informatieobject == document, KOPPELING.object == zaak))


async def unlink_all(unit: UnitOfWork, zaken: Collection[str]) -> None:
    """These zaken are gone; their documents stay."""
    await _let_go(unit, KOPPELING.object.in_(sorted(zaken)))


async def _let_go(unit: UnitOfWork, such: ColumnElement[bool]) -> None:
    """The documents know it afterwards, because the zaak said who may see them."""
    of_zaken = and_(such, KOPPELING.object_type == ZAAK)
    documents = select(KOPPELING.informatieobject).where(of_zaken)
    await unit.session.execute(update(_DOCUMENT).where(DOCUMENT.uuid.in_(documents)).values(uit_zaak=True))
    await unit.session.execute(delete(_KOPPELING).where(of_zaken))


async def zaken_of(session: AsyncSession, documents: Collection[str]) -> dict[str, list[str]]:
    """Per document, the zaken it is in."""
    found: dict[str, list[str]] = {}
    query = select(KOPPELING.informatieobject, KOPPELING.object).where(
        KOPPELING.informatieobject.in_(sorted(documents)), KOPPELING.object_type == ZAAK
    )
    for document, zaak in await session.execute(query.order_by(KOPPELING.uuid)):
        found.setdefault(document, []).append(zaak)
    return found
