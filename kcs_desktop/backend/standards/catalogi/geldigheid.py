"""When something of the catalogue counts: its concept or published state, its days, and those of all its versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.schema import Column

from kcs_desktop.backend.standards.catalogi.steps import ZAAKTYPE
from kcs_desktop.backend.standards.objecten.conditions import Filter, Via, among, exact
from kcs_desktop.backend.standards.objecten.fields import Day, Field, parse_day
from kcs_desktop.backend.standards.objecten.groups import Address
from kcs_desktop.backend.standards.objecten.related import Related, portions
from kcs_desktop.backend.standards.objecten.represent import day
from kcs_desktop.backend.standards.objecten.urls import Urls

STATUS = {"status": "definitief"}  # what a list shows when nothing is asked
NO_END = date(9999, 12, 31)  # the standard wants a date for `eindeObject`, also where no end is known

PERIOD: tuple[Field, ...] = (
    Day(wire="beginGeldigheid", column="begin_geldigheid", nullable=True),
    Day(wire="eindeGeldigheid", column="einde_geldigheid", nullable=True),
)


class Owner(msgspec.Struct, frozen=True):
    """The zaaktype that something is of, as its parts repeat it."""

    identificatie: str
    catalogus: str
    begin: date
    einde: date


async def owners(related: Related, zaaktypen: Iterable[str]) -> dict[str, Owner]:
    """Per zaaktype what its parts repeat; the days are those of all versions together."""
    one, version = ZAAKTYPE, _VERSION.c
    query = (
        select(
            one.uuid,
            one.identificatie,
            one.catalogus,
            func.min(version.begin_geldigheid),
            func.max(func.coalesce(version.einde_geldigheid, NO_END)),
        )
        .join_from(
            one.uuid.table,
            _VERSION,
            and_(version.catalogus == one.catalogus, version.identificatie == one.identificatie),
        )
        .group_by(one.uuid, one.identificatie, one.catalogus)
    )
    found: dict[str, Owner] = {}
    for some in portions(sorted(set(zaaktypen))):
        for uuid, *rest in (await related.session.execute(query.where(one.uuid.in_(some)))).all():
            found[uuid] = Owner(*rest)
    return found


_VERSION = ZAAKTYPE.uuid.table.alias("version")


def zaaktype_field() -> Address:
    """The zaaktype that something is part of."""
    return Address(wire="zaaktype", column="zaaktype", table="cat_zaaktype", resource="zaaktypen", required=True)


def repeated(row: Any, owner: Owner, urls: Urls) -> dict[str, str | None]:
    """What a part of a zaaktype says of that zaaktype."""
    return {
        "zaaktype": urls.of("zaaktypen", row.zaaktype),
        "zaaktypeIdentificatie": owner.identificatie,
        "catalogus": urls.of("catalogussen", owner.catalogus),
        **object_period(owner.begin, owner.einde),
    }


def object_period(begin: date, einde: date) -> dict[str, str | None]:
    return {"beginObject": day(begin), "eindeObject": day(einde)}


def own_period(row: Any) -> dict[str, str | None]:
    return {"beginGeldigheid": day(row.begin_geldigheid), "eindeGeldigheid": day(row.einde_geldigheid)}


def status_filter(concept: ColumnElement[bool]) -> Filter:
    """`status`: the published ones, the concepts or all."""
    conditions: Mapping[str, ColumnElement[bool]] = {"alles": true(), "concept": concept, "definitief": ~concept}
    return Filter(among(tuple(conditions)), lambda value: conditions[value], None, "invalid_choice")


def valid_on(begin: Column[Any], einde: Column[Any]) -> Filter:
    """`datumGeldigheid`: what counts on that day."""
    return Filter(parse_day, lambda value: _counts(begin, einde, value))


def part_filters(zaaktype: Column[Any], begin: Column[Any], einde: Column[Any]) -> dict[str, Filter]:
    """The filters of whatever is part of a zaaktype, by that zaaktype."""

    def counts(value: date) -> ColumnElement[bool]:
        of = select(ZAAKTYPE.uuid).where(_counts(ZAAKTYPE.begin_geldigheid, ZAAKTYPE.einde_geldigheid, value))
        return and_(_counts(begin, einde, value), zaaktype.in_(of))

    return {
        "datumGeldigheid": Filter(parse_day, counts),
        "status": status_filter(zaaktype.in_(select(ZAAKTYPE.uuid).where(ZAAKTYPE.concept))),
        "zaaktypeIdentificatie": exact(ZAAKTYPE.identificatie, Via(zaaktype, ZAAKTYPE.uuid)),
    }


def _counts(begin: Column[Any], einde: Column[Any], value: date) -> ColumnElement[bool]:
    """On that day; without a beginning always before, without an end always after."""
    return and_(or_(begin.is_(None), begin <= value), or_(einde.is_(None), einde >= value))
