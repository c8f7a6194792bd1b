"""What is kept about zaaktypen beside the standard: stored whole, read whole, with the knip as it was loaded last."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence

import msgspec
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.catalogus.laden import ONLY
from kcs_desktop.backend.catalogus.tables import CatalogusRow, ZaaktypekenmerkRow
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.domain.catalogus import Catalogus
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.zaaktype import Zaaktypekenmerk, Zaaktypekenmerken


class _Bestand(msgspec.Struct, forbid_unknown_fields=True):
    zaaktype: tuple[Zaaktypekenmerk, ...]


def parse_kenmerken(text: str) -> tuple[Zaaktypekenmerk, ...]:
    """From TOML: `[[zaaktype]]` with the names of `Zaaktypekenmerk`. Raises InvalidInput with what is wrong."""
    try:
        found = msgspec.convert(tomllib.loads(text), _Bestand).zaaktype
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InvalidInput(f"Het bestand met kenmerken klopt niet: {error}.", field="kenmerken") from None
    seen: set[str] = set()
    for one in found:
        if not one.identificatie or one.identificatie in seen:
            raise InvalidInput(
                f"Zaaktype {one.identificatie!r} heeft geen naam of staat er twee keer.", field="kenmerken"
            )
        seen.add(one.identificatie)
    return found


async def store_kenmerken(unit: UnitOfWork, kenmerken: Sequence[Zaaktypekenmerk]) -> None:
    """In place of those before."""
    await unit.session.execute(delete(ZaaktypekenmerkRow))
    rows = [{"identificatie": one.identificatie, "inhoud": msgspec.to_builtins(one)} for one in kenmerken]
    if rows:
        await unit.session.execute(insert(ZaaktypekenmerkRow), rows)


async def read_kenmerk(session: AsyncSession, identificatie: str) -> Zaaktypekenmerk:
    """Of one zaaktype as it was loaded; of an unknown one nothing is known."""
    row = await session.get(ZaaktypekenmerkRow, identificatie)
    return Zaaktypekenmerk(identificatie) if row is None else msgspec.convert(row.inhoud, Zaaktypekenmerk)


async def read_kenmerken(session: AsyncSession) -> Zaaktypekenmerken:
    """By identificatie. Afdeling and process of the knip are those of the first product, unless they say their own."""
    rows = (await session.scalars(select(ZaaktypekenmerkRow.inhoud).order_by(ZaaktypekenmerkRow.identificatie))).all()
    row = await session.get(CatalogusRow, ONLY)
    catalogus = Catalogus() if row is None else msgspec.convert(row.inhoud, Catalogus)
    producten = {product.naam: product for product in catalogus.producten}
    made = []
    for kenmerk in msgspec.convert(rows, list[Zaaktypekenmerk]):
        product = next((producten[naam] for naam in kenmerk.producten if naam in producten), None)
        if product is None:
            made.append(kenmerk)
            continue
        proces = kenmerk.knipproces or product.knipproces
        knip = next((one.knip for one in catalogus.producten if proces and one.knipproces == proces), ())
        made.append(
            msgspec.structs.replace(
                kenmerk, afdeling=kenmerk.afdeling or product.afdeling, knipproces=proces, knip=knip
            )
        )
    return Zaaktypekenmerken(tuple(made))
