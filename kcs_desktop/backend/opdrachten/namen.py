"""The name of a customer of whom a command brings only a key: as BRP or Handelsregister have it here.

A partij without a name is shown as nobody. Where the register is upstream, the seat sends the name with the key.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.standards.brp.tables import BrpPersoon
from kcs_desktop.backend.standards.kvk.tables import KvkBedrijf, KvkVestiging, KvkZoekregel
from kcs_desktop.domain.klant import KlantSleutel


class Bekend:
    """What the embedded registers say of one key; every field may be empty."""

    def __init__(self, naam: str = "", rsin: str = "") -> None:
        self.naam = naam
        self.rsin = rsin


async def known(session: AsyncSession, sleutel: KlantSleutel) -> Bekend:
    """Look a person or company up by its narrowest key."""
    if sleutel.bsn:
        gegevens = await session.scalar(select(BrpPersoon.gegevens).where(BrpPersoon.bsn == sleutel.bsn))
        naam = (gegevens or {}).get("naam", {})
        parts = (naam.get("voornamen", ""), naam.get("voorvoegsel", ""), naam.get("geslachtsnaam", ""))
        return Bekend(" ".join(part for part in parts if part))
    kvk = sleutel.kvk_nummer
    if sleutel.vestigingsnummer:
        kvk = (
            await session.scalar(
                select(KvkVestiging.kvk_nummer).where(KvkVestiging.vestigingsnummer == sleutel.vestigingsnummer)
            )
            or kvk
        )
    elif not kvk and sleutel.rsin:
        kvk = (
            await session.scalar(select(KvkZoekregel.kvk_nummer).where(KvkZoekregel.rsin == sleutel.rsin).limit(1))
            or ""
        )
    gegevens = await session.scalar(select(KvkBedrijf.gegevens).where(KvkBedrijf.kvk_nummer == kvk)) if kvk else None
    if gegevens is None:
        return Bekend()
    rsin = str(gegevens.get("rsin") or "")
    if sleutel.vestigingsnummer:
        for vestiging in gegevens.get("vestigingen", ()):
            if vestiging.get("vestigingsnummer") == sleutel.vestigingsnummer:
                return Bekend(str(vestiging.get("eersteHandelsnaam") or gegevens.get("naam") or ""))
    return Bekend(str(gegevens.get("naam") or ""), rsin)
