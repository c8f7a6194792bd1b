"""Which documents a zaak has, seen from the documents. Zaken keeps this in step, in its own transactions.

It knows only tables, so that Zaken can call it.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.documenten import tables
from kcs_desktop.backend.standards.documenten.steps import KOPPELING
from kcs_desktop.backend.standards.objecten.resource import table_of
from kcs_desktop.domain.uuid7 import new_id

ZAAK = "zaak"
_KOPPELING = table_of(tables.Objectinformatieobject)


async def link(unit: UnitOfWork, document: str, zaak: str) -> None:
    """This document is in that zaak; again is fine."""
    dialect = postgresql if unit.dialect == "postgresql" else sqlite
    values = {"uuid": new_id(unit.now), "informatieobject": document, "object": zaak, "object_type": ZAAK}
    await unit.session.execute(dialect.insert(_KOPPELING).values(values).on_conflict_do_nothing())


async def unlink(unit: UnitOfWork, document: str, zaak: str) -> None:
    await unit.session.execute(
        delete(_KOPPELING).where(
            KOPPELING.informatieobject == document, KOPPELING.object == zaak, KOPPELING.object_type == ZAAK
        )
    )


async def unlink_all(unit: UnitOfWork, zaken: Collection[str]) -> None:
    """These zaken are gone; their documents stay."""
    await unit.session.execute(
        delete(_KOPPELING).where(KOPPELING.object.in_(sorted(zaken)), KOPPELING.object_type == ZAAK)
    )


async def zaken_of(session: AsyncSession, documents: Collection[str]) -> dict[str, list[str]]:
    """Per document, the zaken it is in."""
    found: dict[str, list[str]] = {}
    query = select(KOPPELING.informatieobject, KOPPELING.object).where(
        KOPPELING.informatieobject.in_(sorted(documents)), KOPPELING.object_type == ZAAK
    )
    for document, zaak in await session.execute(query.order_by(KOPPELING.uuid)):
        found.setdefault(document, []).append(zaak)
    return found
