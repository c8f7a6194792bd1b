"""What an earlier command of the same person made: a command may name another one that was still under way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from kcs_desktop.backend.opdrachten.tables import OpdrachtRow
from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.domain.opdracht import Uitkomststand


async def made_by(werk: Werk, opdracht: str) -> Mapping[str, Any]:
    """The `resultaat` of a command that had succeeded when this one came in; nothing for any other, so that every run
    of a handler finds the same."""
    row = await werk.unit.session.get(OpdrachtRow, opdracht) if opdracht else None
    if row is None or row.account != werk.verzoek.wie.id or row.stand != Uitkomststand.GESLAAGD:
        return {}
    was_before = row.afgehandeld_op is not None and row.afgehandeld_op <= werk.nu
    return (row.resultaat or {}) if was_before else {}


async def made_instead(werk: Werk, soort: str, opdracht: str) -> Mapping[str, Any]:
    """The `resultaat` of the command that was given again in the place of this one; its ids follow each other."""
    if not opdracht:
        return {}
    query = (
        select(OpdrachtRow.resultaat)
        .where(OpdrachtRow.id > opdracht, OpdrachtRow.account == werk.verzoek.wie.id, OpdrachtRow.soort == soort)
        .where(OpdrachtRow.stand == Uitkomststand.GESLAAGD, OpdrachtRow.afgehandeld_op <= werk.nu)
        .order_by(OpdrachtRow.id)
    )
    found = (await werk.unit.session.scalars(query)).all()
    return next((made for made in found if made and opdracht in made.get("eerdere", ())), {})
