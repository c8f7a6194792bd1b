"""Which partijen a change concerns: the subjects of an event, so that only seats that show them look again."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.standards.klantinteracties.steps import BETROKKENE
from kcs_desktop.backend.standards.objecten.related import distinct_values


async def of_klantcontact(session: AsyncSession, *klantcontacten: str | None) -> tuple[str, ...]:
    """The partijen that took part in these klantcontacten."""
    known = [uuid for uuid in klantcontacten if uuid]
    return await distinct_values(session, BETROKKENE.partij, BETROKKENE.klantcontact.in_(known)) if known else ()


async def of_betrokkene(session: AsyncSession, betrokkene: str | None) -> tuple[str, ...]:
    """The partij that this betrokkene was."""
    return await distinct_values(session, BETROKKENE.partij, BETROKKENE.uuid == betrokkene) if betrokkene else ()
