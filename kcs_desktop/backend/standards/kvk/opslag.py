"""Companies in and out of the tables. A company that is stored again is replaced with everything that hangs on it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.standards.kvk.bron import Bedrijf, search_rows
from kcs_desktop.backend.standards.kvk.tables import KvkBedrijf, KvkNaamwoord, KvkVestiging, KvkZoekregel


async def store(session: AsyncSession, bedrijven: Sequence[Bedrijf]) -> None:
    """Insert or replace; at most a few hundred at a time."""
    nummers = [b.kvkNummer for b in bedrijven]
    oude = select(KvkZoekregel.id).where(KvkZoekregel.kvk_nummer.in_(nummers))
    await session.execute(delete(KvkNaamwoord).where(KvkNaamwoord.regel.in_(oude)))
    for tabel in (KvkZoekregel, KvkVestiging, KvkBedrijf):
        await session.execute(delete(tabel).where(tabel.kvk_nummer.in_(nummers)))
    rijen = [rij for b in bedrijven for rij in search_rows(b)]
    vestigingen = [
        {"vestigingsnummer": v.vestigingsnummer, "kvk_nummer": b.kvkNummer} for b in bedrijven for v in b.vestigingen
    ]
    bron = [{"kvk_nummer": b.kvkNummer, "gegevens": msgspec.to_builtins(b)} for b in bedrijven]
    await session.execute(insert(KvkBedrijf), bron)
    if vestigingen:
        await session.execute(insert(KvkVestiging), vestigingen)
    if rijen:
        await session.execute(insert(KvkZoekregel), [rij for rij, _ in rijen])
    woorden = [{"woord": w, "regel": rij["id"]} for rij, gezocht in rijen for w in gezocht]
    if woorden:
        await session.execute(insert(KvkNaamwoord), woorden)


async def by_kvk(session: AsyncSession, kvk_nummer: str) -> Bedrijf | None:
    gegevens = await session.scalar(select(KvkBedrijf.gegevens).where(KvkBedrijf.kvk_nummer == kvk_nummer))
    return None if gegevens is None else msgspec.convert(gegevens, Bedrijf)


async def by_vestiging(session: AsyncSession, vestigingsnummer: str) -> Bedrijf | None:
    """The company of an establishment."""
    kvk = await session.scalar(select(KvkVestiging.kvk_nummer).where(KvkVestiging.vestigingsnummer == vestigingsnummer))
    return None if kvk is None else await by_kvk(session, kvk)
