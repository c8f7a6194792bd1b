"""What the catalogue says of a zaaktype, as far as a zaak depends on it. Read nowhere else in this register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.standards.catalogi.adres import PREFIX
from kcs_desktop.backend.standards.catalogi.steps import EIGENSCHAP, RESULTAATTYPE, ROLTYPE, STATUSTYPE, ZAAKTYPE
from kcs_desktop.backend.standards.objecten.urls import Urls


class Zaaktype(msgspec.Struct, frozen=True):
    concept: bool
    vertrouwelijkheidaanduiding: str
    doorlooptijd: str


class Statustype(msgspec.Struct, frozen=True):
    """`is_eindstatus`: the last step of its zaaktype."""

    zaaktype: str
    is_eindstatus: bool


class Roltype(msgspec.Struct, frozen=True):
    zaaktype: str
    omschrijving: str
    omschrijving_generiek: str


class Resultaattype(msgspec.Struct, frozen=True):
    zaaktype: str
    archiefnominatie: str
    archiefactietermijn: str | None
    afleidingswijze: str


class Eigenschap(msgspec.Struct, frozen=True):
    zaaktype: str
    naam: str
    specificatie: Mapping[str, Any]


def url(urls: Urls, resource: str, uuid: str) -> str:
    """The address of something in the catalogue."""
    return urls.under(PREFIX).of(resource, uuid)


async def zaaktype(session: AsyncSession, uuid: str) -> Zaaktype:
    """Raises NoResultFound, as do the others: a reference is checked before it is followed."""
    query = select(ZAAKTYPE.concept, ZAAKTYPE.vertrouwelijkheidaanduiding, ZAAKTYPE.doorlooptijd)
    return Zaaktype(*(await session.execute(query.where(ZAAKTYPE.uuid == uuid))).one())


async def statustype(session: AsyncSession, uuid: str) -> Statustype:
    other = STATUSTYPE.uuid.table.alias("other").c
    later = exists(select(1).where(other.zaaktype == STATUSTYPE.zaaktype, other.volgnummer > STATUSTYPE.volgnummer))
    query = select(STATUSTYPE.zaaktype, ~later).where(STATUSTYPE.uuid == uuid)
    zaaktype_uuid, is_last = (await session.execute(query)).one()
    return Statustype(zaaktype_uuid, bool(is_last))


async def roltype(session: AsyncSession, uuid: str) -> Roltype:
    query = select(ROLTYPE.zaaktype, ROLTYPE.omschrijving, ROLTYPE.omschrijving_generiek)
    return Roltype(*(await session.execute(query.where(ROLTYPE.uuid == uuid))).one())


async def resultaattype(session: AsyncSession, uuid: str) -> Resultaattype:
    one = RESULTAATTYPE
    query = select(one.zaaktype, one.archiefnominatie, one.archiefactietermijn, one.brondatum_archiefprocedure)
    of_type, nominatie, termijn, brondatum = (await session.execute(query.where(one.uuid == uuid))).one()
    return Resultaattype(of_type, nominatie, termijn, (brondatum or {}).get("afleidingswijze") or "")


async def eigenschap(session: AsyncSession, uuid: str) -> Eigenschap | None:
    """None where the catalogue has it no more."""
    one = EIGENSCHAP
    query = select(
        one.zaaktype,
        one.naam,
        one.specificatie_formaat,
        one.specificatie_lengte,
        one.specificatie_kardinaliteit,
        one.specificatie_waardenverzameling,
    )
    row = (await session.execute(query.where(one.uuid == uuid))).first()
    if row is None:
        return None
    of_type, naam, *rest = row
    names = ("formaat", "lengte", "kardinaliteit", "waardenverzameling")
    return Eigenschap(of_type, naam, dict(zip(names, rest, strict=True)))
