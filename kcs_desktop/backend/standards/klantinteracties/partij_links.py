"""What a partij's body says about objects that are stored in tables of their own.

Lists replace: an address or account that is not in the list is let go (it stays, without partij); an identificator that
is not in the list is deleted, one with a uuid is changed, one without is made. That is how the standard describes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table, delete, select, update

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.backend.standards.klantinteracties import tables
from kcs_desktop.backend.standards.klantinteracties.identificatoren import PartijIdentificatoren
from kcs_desktop.backend.standards.klantinteracties.steps import IDENTIFICATOR
from kcs_desktop.backend.standards.objecten.fields import NOT_A_LIST, Mention, Parsed
from kcs_desktop.backend.standards.objecten.groups import NOT_AN_OBJECT, read_reference
from kcs_desktop.backend.standards.objecten.resource import refuse, table_of
from kcs_desktop.domain.errors import NotFound

_FIELD = "partijIdentificatoren"
_identificatoren = PartijIdentificatoren()


def read_identificatoren(body: Mapping[str, Any], parsed: Parsed) -> None:
    """Look at the shape of the nested identificatoren; their own rules are applied when they are stored."""
    if _FIELD not in body:
        return
    given = body[_FIELD]
    if given is None:
        parsed.links[_FIELD] = []
        return
    if not isinstance(given, list):
        parsed.wrong(_FIELD, "not_a_list", NOT_A_LIST)
        return
    for index, item in enumerate(given):
        if not isinstance(item, Mapping):
            parsed.wrong(f"{_FIELD}.{index}", "invalid", NOT_AN_OBJECT)
        elif item.get("uuid") is not None:
            uuid = read_reference({"uuid": item["uuid"]}, f"{_FIELD}.{index}", parsed)
            if uuid is not None:
                parsed.mentions.append(Mention("ki_partij_identificator", uuid, f"{_FIELD}.{index}.uuid"))
    parsed.links[_FIELD] = given


async def store(unit: UnitOfWork, partij: str, parsed: Parsed) -> None:
    """Store the lists and preferences that the body gave."""
    adres, nummer = table_of(tables.DigitaalAdres), table_of(tables.Rekeningnummer)
    await _attach(unit, adres, partij, parsed, "digitaleAdressen")
    await _prefer(unit, adres, partij, parsed, "voorkeursDigitaalAdres")
    await _attach(unit, nummer, partij, parsed, "rekeningnummers")
    await _prefer(unit, nummer, partij, parsed, "voorkeursRekeningnummer")
    if _FIELD in parsed.links:
        await _store_identificatoren(unit, partij, parsed.links[_FIELD])


async def _attach(unit: UnitOfWork, table: Table, partij: str, parsed: Parsed, wire: str) -> None:
    if wire not in parsed.links:
        return
    wanted: list[str] = parsed.links[wire]
    loose = {"partij": None, "is_voorkeur": False}
    if "is_standaard_adres" in table.c:
        loose["is_standaard_adres"] = False
    mine = table.c.partij == partij
    await unit.session.execute(update(table).where(mine, table.c.uuid.not_in(wanted)).values(**loose))
    if wanted:
        # What was another partij's standard address or preference is not that of this one.
        others = table.c.partij.is_distinct_from(partij)
        moved = update(table).where(table.c.uuid.in_(wanted), others)
        await unit.session.execute(moved.values(**{**loose, "partij": partij}))


async def _prefer(unit: UnitOfWork, table: Table, partij: str, parsed: Parsed, wire: str) -> None:
    if wire not in parsed.links:
        return
    preferred: str | None = parsed.links[wire]
    mine = table.c.partij == partij
    if preferred is not None:
        linked = select(table.c.uuid).where(mine, table.c.uuid == preferred)
        if (await unit.session.scalar(linked)) is None:
            raise refuse(wire, "invalid", "De voorkeur moet een van de gekoppelde objecten van deze partij zijn.")
    await unit.session.execute(update(table).where(mine).values(is_voorkeur=table.c.uuid == (preferred or "")))


async def _store_identificatoren(unit: UnitOfWork, partij: str, given: list[Any]) -> None:
    kept = [str(item["uuid"]).lower() for item in given if item.get("uuid") is not None]
    gone = select(IDENTIFICATOR.uuid).where(IDENTIFICATOR.partij == partij, IDENTIFICATOR.uuid.not_in(kept))
    uuids = (await unit.session.scalars(gone)).all()
    if uuids:
        under = select(IDENTIFICATOR.uuid).where(
            IDENTIFICATOR.sub_identificator_van.in_(uuids), IDENTIFICATOR.uuid.not_in(uuids)
        )
        if (await unit.session.scalar(under.limit(1))) is not None:
            raise refuse(_FIELD, "pending-relations", "Onder een van de identificatoren hangen nog andere.")
        await unit.session.execute(delete(_identificatoren.table).where(IDENTIFICATOR.uuid.in_(uuids)))
    silent = _Silent(unit)
    for index, item in enumerate(given):
        body = {**item, "identificeerdePartij": {"uuid": partij}}
        try:
            if item.get("uuid") is not None:
                await _identificatoren.change(silent, str(item["uuid"]), body, partial=True)
            else:
                await _identificatoren.create(silent, body)
        except InvalidBody as error:
            raise InvalidBody([_nested(param, index) for param in error.params]) from None
        except NotFound:
            raise refuse(f"{_FIELD}.{index}.uuid", "does_not_exist", "Dit object bestaat niet.") from None


def _nested(param: InvalidParam, index: int) -> InvalidParam:
    return InvalidParam(f"{_FIELD}.{index}.{param.name}", param.code, param.reason)


class _Silent(UnitOfWork):
    """The same transaction without announcements: the partij itself is announced once."""

    def __init__(self, unit: UnitOfWork) -> None:
        super().__init__(unit.session, unit.dialect, unit.now)
