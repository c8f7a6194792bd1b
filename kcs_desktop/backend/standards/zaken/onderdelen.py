"""What everything that is part of a zaak shares: it belongs to one zaak, and a change of it is a change of the zaak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import msgspec
from sqlalchemy import Row, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.audit.links import PARTIJ, linked_keys
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.catalogi.steps import ZAAKTYPE
from kcs_desktop.backend.standards.objecten.fields import Parsed
from kcs_desktop.backend.standards.objecten.groups import Address
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import Resource, refuse, table_of
from kcs_desktop.backend.standards.zaken import tables
from kcs_desktop.backend.standards.zaken.adres import PREFIX
from kcs_desktop.backend.standards.zaken.betrokkene import SOORT_SLEUTEL
from kcs_desktop.backend.standards.zaken.steps import ROL, ZAAK
from kcs_desktop.domain.gebeurtenis import Kring, Wijziging

OF_ZAAK = Address(wire="zaak", column="zaak", table="zk_zaak", resource="zaken", required=True)
MANY = 10_000  # nobody pages through more; to count a million takes longer than to show one page of them
_ZAKEN = table_of(tables.Zaak)
_KEYS = tuple(ROL[name] for name in SOORT_SLEUTEL)


async def keys_of(session: AsyncSession, zaken: list[str]) -> dict[str, set[tuple[str, str]]]:
    """Per zaak, the numbers of the people and organisations that have a rol in it."""
    rollen = await Related(session).children(ROL.zaak, zaken, _KEYS)
    soorten = tuple(SOORT_SLEUTEL.values())
    return {
        zaak: {key for _, *values in rows for key in zip(soorten, values, strict=True) if key[1]}
        for zaak, rows in rollen.items()
    }


async def partijen_of(session: AsyncSession, zaak: str) -> tuple[str, ...]:
    """The partijen that the customer register knows of them: whom a change of this zaak concerns."""
    keys = (await keys_of(session, [zaak])).get(zaak, set())
    linked = await linked_keys(session, keys) if keys else {}
    return tuple(sorted({value for some in linked.values() for soort, value in some if soort == PARTIJ}))


async def kringen_of(session: AsyncSession, zaken: Sequence[str]) -> dict[str, Kring]:
    """Per zaak, who may see it."""
    of_type = select(ZAAK.uuid, ZAAKTYPE.identificatie, ZAAK.vertrouwelijkheidaanduiding).join_from(
        _ZAKEN, ZAAKTYPE.uuid.table, ZAAKTYPE.uuid == ZAAK.zaaktype, isouter=True
    )
    found = await session.execute(of_type.where(ZAAK.uuid.in_(zaken)))
    return {uuid: Kring(zaaktype or "", aanduiding) for uuid, zaaktype, aanduiding in found}


async def touch(unit: UnitOfWork, zaak: str) -> None:
    """The zaak has changed; from here to the end of the unit nobody else changes it or its parts."""
    await unit.session.execute(update(_ZAKEN).where(ZAAK.uuid == zaak).values(laatst_gemuteerd=unit.now))


async def zaak_row(session: AsyncSession, uuid: str) -> Row[Any]:
    """The zaak that a part names. Raises InvalidBody when it is gone."""
    row = (await session.execute(select(_ZAKEN).where(ZAAK.uuid == uuid))).first()
    if row is None:
        raise refuse("zaak", "does_not_exist", "Deze zaak bestaat niet.")
    return row


class Onderdeel(Resource):
    """A resource whose objects belong to a zaak for good."""

    functie: ClassVar[str] = "zaken"
    prefix: ClassVar[str] = PREFIX
    counts_to: ClassVar[int] = MANY
    immutable: ClassVar[Mapping[str, str]] = {"zaak": "zaak"}  # column and wire name of what stays as it was made

    async def apply_rules(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None) -> None:
        refuse_changes(self.immutable, parsed, current)
        zaak = current.zaak if current is not None else parsed.values["zaak"]
        await touch(unit, zaak)
        await self.check(unit, parsed, current, await zaak_row(unit.session, zaak))

    async def check(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None, zaak: Row[Any]) -> None:
        """The rules of this part. Raises InvalidBody."""
        return

    async def delete(self, unit: UnitOfWork, uuid: str) -> None:
        await touch(unit, (await self.row(unit.session, uuid)).zaak)
        await super().delete(unit, uuid)

    async def concerned(self, session: AsyncSession, row: Row[Any]) -> tuple[str, ...]:
        return await partijen_of(session, row.zaak)

    async def kringen(self, session: AsyncSession, row: Row[Any]) -> tuple[Kring, ...]:
        return tuple((await kringen_of(session, [row.zaak])).values())

    def announce(
        self,
        unit: UnitOfWork,
        row: Row[Any],
        handeling: str,
        onderwerpen: tuple[str, ...],
        kringen: tuple[Kring, ...] = (),
    ) -> None:
        super().announce(unit, row, handeling, onderwerpen, kringen)
        announce_zaak(unit, row.zaak, onderwerpen, kringen)


def announce_zaak(unit: UnitOfWork, zaak: str, onderwerpen: tuple[str, ...], kringen: tuple[Kring, ...] = ()) -> None:
    """Its parts changed, so it did; once per unit, however many parts, and to whomever any of them concerns."""
    for index, change in enumerate(unit.wijzigingen):
        if change.soort == "zaak" and change.id == zaak:
            concerned = tuple(sorted({*change.onderwerpen, *onderwerpen}))
            see = tuple(sorted({*change.kringen, *kringen}))
            unit.wijzigingen[index] = msgspec.structs.replace(change, onderwerpen=concerned, kringen=see)
            return
    unit.emit(Wijziging("zaak", zaak, "gewijzigd", "zaken", onderwerpen, kringen))


def refuse_changes(immutable: Mapping[str, str], parsed: Parsed, current: Row[Any] | None) -> None:
    """400 where the body gives another value to what stays as it was made."""
    for column, wire in immutable.items():
        if current is not None and column in parsed.values and parsed.values[column] != getattr(current, column):
            raise refuse(wire, "wijzigen-niet-toegelaten", "Dit veld kan niet worden gewijzigd.")
