"""Locking a document, unlocking it, and sending its content in parts in between."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.bestanden import opslag
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.backend.standards.documenten import tables
from kcs_desktop.backend.standards.documenten.informatieobjecten import (
    Informatieobjecten,
    check_lock,
    make_lock,
    represent_part,
)
from kcs_desktop.backend.standards.documenten.inhoud import expected, forget_parts, refuse_program
from kcs_desktop.backend.standards.documenten.steps import DEEL, DOCUMENT
from kcs_desktop.backend.standards.objecten.resource import Json, refuse, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.domain.bestand import Oordeel, judge
from kcs_desktop.domain.bestandsoverdracht import Bestandstand as Stand
from kcs_desktop.domain.errors import NotFound

_DOCUMENT, _DEEL = table_of(tables.Informatieobject), table_of(tables.Bestandsdeel)


async def lock(unit: UnitOfWork, kind: Informatieobjecten, uuid: str) -> str:
    """The key to change this document with. 400 where somebody has it."""
    row = await kind.row(unit.session, uuid, lock=True)
    if row.lock:
        raise refuse("nonFieldErrors", "existing-lock", "Dit document is al op slot.")
    made = make_lock()
    await _change(unit, row, lock=made)
    await _announce(unit, kind, row)
    return made


async def unlock(
    unit: UnitOfWork,
    kind: Informatieobjecten,
    uuid: str,
    given: str | None,
    known: Mapping[str, opslag.Digest],
    *,
    forced: bool,
) -> None:
    """Content that was sent in parts is whole from here on; what it is stands in `known` where it was read before. 400
    with another key, while parts are missing, and for a program; `forced` throws what was sent away then."""
    row = await kind.row(unit.session, uuid, lock=True)
    if not forced:
        check_lock(row, given)
    under_way = await expected(unit.session, row.uuid)
    values: Json = {"lock": ""}
    if under_way is not None:
        content, is_whole = under_way
        if not is_whole and not forced:
            raise refuse("nonFieldErrors", "incomplete-upload", "Nog niet alle delen van het bestand zijn ontvangen.")
        kept = await _complete(unit, kind, content, known.get(content)) if is_whole else None
        if kept is not None and not forced:
            refuse_program(kept)
        if kept is None or kept.geweigerd:
            await forget_parts(unit, row.uuid, content=content)
        else:
            values |= {} if row.formaat else {"formaat": kept.mediatype}
            await forget_parts(unit, row.uuid)
    await _change(unit, row, **values)
    await _announce(unit, kind, row)


async def _complete(unit: UnitOfWork, kind: Informatieobjecten, content: str, made: opslag.Digest | None) -> Oordeel:
    bestand = await opslag.find(unit.session, content)
    if bestand is None:
        raise NotFound("De inhoud van dit document is er niet meer.")
    made = made or await opslag.digest(opslag.pieces(unit.session, bestand))
    oordeel = judge(bestand.naam, made.begin, bestand.mediatype)
    await opslag.complete(unit, bestand, made.sha256, oordeel.mediatype, kind.stand)
    return oordeel


async def document_of(session: AsyncSession, deel: str) -> str:
    """The document that a bestandsdeel is of. Raises NotFound."""
    found = await session.scalar(select(DEEL.informatieobject).where(DEEL.uuid == deel))
    if found is None:
        raise NotFound("Dit bestandsdeel bestaat niet.")
    return str(found)


async def put_part(
    unit: UnitOfWork, kind: Informatieobjecten, uuid: str, given: str | None, inhoud: bytes, urls: Urls
) -> Json:
    """Keep the content of this part; the same again is fine. Raises InvalidBody and NotFound."""
    document = await kind.row(unit.session, await document_of(unit.session, uuid), lock=True)
    deel = (await unit.session.execute(select(_DEEL).where(DEEL.uuid == uuid))).first()
    if deel is None:
        raise NotFound("Dit bestandsdeel bestaat niet.")
    check_lock(document, given)
    if len(inhoud) != deel.omvang:
        reden = f"Dit deel moet {deel.omvang} bytes zijn en is {len(inhoud)}."
        raise refuse("nonFieldErrors", "file-size", reden)
    bestand = await opslag.find(unit.session, deel.bestand)
    if bestand is None or bestand.stand != Stand.ONTVANGEN:
        raise NotFound("Dit bestandsdeel bestaat niet.")
    try:
        await opslag.put_piece(unit, bestand, deel.volgnummer, inhoud)
    except HttpProblem as error:  # the standard has no 422
        raise refuse("inhoud", error.code, error.title) from error
    await unit.session.execute(update(_DEEL).where(DEEL.uuid == deel.uuid).values(voltooid=True))
    whole = (await unit.session.execute(select(_DEEL).where(DEEL.uuid == deel.uuid))).one()
    return represent_part(whole, urls, document.lock)


async def _change(unit: UnitOfWork, row: Row[Any], **values: Any) -> None:
    await unit.session.execute(update(_DOCUMENT).where(DOCUMENT.uuid == row.uuid).values(**values))


async def _announce(unit: UnitOfWork, kind: Informatieobjecten, row: Row[Any]) -> None:
    await kind.tell(unit, row, "gewijzigd")
