"""What the end of a zaak means for keeping it: as its resultaattype says, where that counts from the end."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.standards.zaken import catalogue
from kcs_desktop.backend.standards.zaken.steps import RESULTAAT
from kcs_desktop.domain.termijn import parse_duur


async def has_resultaat(session: AsyncSession, zaak: str) -> bool:
    return await session.scalar(select(RESULTAAT.uuid).where(RESULTAAT.zaak == zaak)) is not None


async def archived(session: AsyncSession, zaak: str, ended: date) -> dict[str, Any]:
    """The archiving columns of a zaak that ended on this day; only the ones that its resultaattype decides."""
    uuid = await session.scalar(select(RESULTAAT.resultaattype).where(RESULTAAT.zaak == zaak))
    if uuid is None:
        return {}
    found = await catalogue.resultaattype(session, uuid)
    made: dict[str, Any] = {"startdatum_bewaartermijn": ended}
    if found.archiefnominatie:
        made["archiefnominatie"] = found.archiefnominatie
    termijn = parse_duur(found.archiefactietermijn or "")
    if termijn is not None and found.afleidingswijze in ("", "afgehandeld"):
        made["archiefactiedatum"] = termijn.after(ended)
    return made
