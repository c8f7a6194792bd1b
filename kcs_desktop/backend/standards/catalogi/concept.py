"""What is published stays as it is: only a concept, or something of a concept, can be made, changed or deleted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.problem import InvalidBody
from kcs_desktop.backend.standards.catalogi.steps import ZAAKTYPE
from kcs_desktop.backend.standards.objecten.fields import Parsed
from kcs_desktop.backend.standards.objecten.resource import Resource, refuse

_END = "einde_geldigheid"


def refuse_published(current: Row[Any] | None, parsed: Parsed | None = None) -> None:
    """Raises InvalidBody for a published object, unless all that is changed is its end."""
    if current is None or current.concept:
        return
    if parsed is not None and parsed.values and set(parsed.values) <= {_END}:
        return
    raise refuse("nonFieldErrors", "non-concept-object", "Dit is gepubliceerd en kan niet meer worden gewijzigd.")


def check_period(parsed: Parsed, current: Row[Any] | None) -> None:
    """The end is not before the beginning."""
    begin = parsed.values.get("begin_geldigheid", getattr(current, "begin_geldigheid", None))
    einde = parsed.values.get(_END, getattr(current, _END, None))
    if begin is not None and einde is not None and einde < begin:
        raise refuse("eindeGeldigheid", "invalid", "De einddatum mag niet voor de begindatum liggen.")


class PartOfZaaktype(Resource):
    """A resource with a `zaaktype`, which must be a concept for every change."""

    functie = "zaken"

    async def apply_rules(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None) -> None:
        check_period(parsed, current)
        now = getattr(current, "zaaktype", None)
        await _refuse_parts_of_published(unit, {now, parsed.values.get("zaaktype", now)} - {None})

    async def delete(self, unit: UnitOfWork, uuid: str) -> None:
        row = await self.row(unit.session, uuid)
        await _refuse_parts_of_published(unit, {row.zaaktype})
        await super().delete(unit, uuid)


async def _refuse_parts_of_published(unit: UnitOfWork, zaaktypen: set[Any]) -> None:
    query = select(ZAAKTYPE.uuid).where(ZAAKTYPE.uuid.in_(sorted(zaaktypen)), ~ZAAKTYPE.concept).limit(1)
    if await unit.session.scalar(query) is not None:
        raise non_concept_zaaktype()


def non_concept_zaaktype() -> InvalidBody:
    return refuse("nonFieldErrors", "non-concept-zaaktype", "Het zaaktype is gepubliceerd en ligt vast.")
