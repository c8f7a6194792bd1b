"""Keeps the search index equal to the partijen: in the transaction of each change, or wholly after a bulk load."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.standards.klantinteracties.tables import Partij
from kcs_desktop.backend.zoeken.feiten import partij_documents
from kcs_desktop.backend.zoeken.tables import ZOEKTABELLEN
from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.search.index import CHUNK, Index

_index = Index(ZOEKTABELLEN)
_document = ZOEKTABELLEN.document


async def apply(unit: UnitOfWork) -> None:
    """Hook before the commit: index again every partij that this transaction announced a change of."""
    await reindex(unit.session, _changed(unit.wijzigingen))


async def reindex(session: AsyncSession, uuids: Iterable[str]) -> None:
    """Make the index equal to the register for these partijen; those that are gone leave it."""
    known = sorted(set(uuids))
    if not known:
        return
    documents = await partij_documents(session, known)
    gone = set(known) - {document.id for document in documents}
    connection = await session.connection()
    if documents:
        await connection.run_sync(_index.upsert, documents)
    if gone:
        await connection.run_sync(_index.delete, sorted(gone))


async def rebuild(db: Database) -> int:
    """Index every partij, after a bulk load or a change of the keys. Returns how many there are.

    In short transactions, so that work goes on; what changes meanwhile is indexed by its own transaction.
    """
    async with db.write() as unit:
        await (await unit.session.connection()).run_sync(_index.clear)
    aantal, laatste = 0, ""
    while True:
        async with db.write() as unit:
            page = list(
                await unit.session.scalars(
                    select(Partij.uuid).where(Partij.uuid > laatste).order_by(Partij.uuid).limit(CHUNK)
                )
            )
            await reindex(unit.session, page)
        if not page:
            return aantal
        aantal, laatste = aantal + len(page), page[-1]


async def is_behind(db: Database) -> bool:
    """Whether there are partijen and none of them is indexed: somebody loaded around the projection."""
    async with db.read() as session:
        indexed = await session.scalar(select(_document.c.nr).limit(1))
        return indexed is None and await session.scalar(select(Partij.uuid).limit(1)) is not None


async def rebuild_when_behind(db: Database) -> int:
    """Rebuild where it is needed; at start and after a load. Returns how many partijen were indexed."""
    return await rebuild(db) if await is_behind(db) else 0


def _changed(wijzigingen: Iterable[Wijziging]) -> set[str]:
    found: set[str] = set()
    for wijziging in wijzigingen:
        if wijziging.soort == "partij":
            found.add(wijziging.id)
        elif wijziging.soort in ("digitaaladres", "partijidentificator"):
            found.update(wijziging.onderwerpen)
    return found
