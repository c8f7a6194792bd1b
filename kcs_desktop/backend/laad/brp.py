"""`laad brp`: persons in the notation of the national test set into the embedded BRP, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy.dialects import postgresql, sqlite

from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.laad.bereik import Onbereikbaar, by_crowd, by_record
from kcs_desktop.backend.laad.bestand import LaadFout, records
from kcs_desktop.backend.laad.bron_brp import check
from kcs_desktop.backend.standards.brp.rij import persoon_rij
from kcs_desktop.backend.standards.brp.tables import BrpPersoon
from kcs_desktop.domain.bsn import passes_elfproef

BATCH = 500


class Verslag(msgspec.Struct):
    """What a load did. `afgekeurd` holds the numbers that fail the elfproef."""

    geladen: int = 0
    afgekeurd: list[str] = []
    onbereikbaar: list[Onbereikbaar] = []

    def lines(self) -> Iterator[str]:
        """The report, in Dutch, a line per person that some query cannot find."""
        yield f"{self.geladen} personen geladen, {len(self.afgekeurd)} niet geladen."
        for bsn in self.afgekeurd:
            yield f"{bsn}: niet geladen, het BSN voldoet niet aan de elfproef."
        per_bsn: dict[str, list[Onbereikbaar]] = {}
        for regel in sorted(self.onbereikbaar):
            per_bsn.setdefault(regel.bsn, []).append(regel)
        if per_bsn:
            yield f"{len(per_bsn)} personen zijn niet met elke vraag te vinden:"
        for bsn, regels in per_bsn.items():
            yield f"{bsn}: " + "; ".join(f"niet met {r.zoektype} ({r.reden})" for r in regels)


async def load(db: Database, pad: Path) -> Verslag:
    """Load the file; a person who is there already is replaced. Raises LaadFout, and then nothing was loaded."""
    async with db.write() as unit:
        return await store(unit, records(pad))


async def store(unit: UnitOfWork, bronnen: Iterable[dict[str, Any]]) -> Verslag:
    """Store persons within a unit of work and say whom a query cannot find."""
    verslag = Verslag()
    gezien: set[str] = set()
    for deel in _batches(_checked(bronnen, verslag, gezien), BATCH):
        await _upsert(unit, deel)
        verslag.geladen += len(deel)
    bekend = {(r.bsn, r.zoektype) for r in verslag.onbereikbaar}
    verslag.onbereikbaar.extend(r for r in await by_crowd(unit.session, bekend) if r.bsn in gezien)
    return verslag


def _checked(bronnen: Iterable[dict[str, Any]], verslag: Verslag, gezien: set[str]) -> Iterator[dict[str, Any]]:
    for nummer, bron in enumerate(bronnen, start=1):
        check(nummer, bron)
        bsn = bron["burgerservicenummer"]
        if not passes_elfproef(bsn):
            verslag.afgekeurd.append(bsn[:20])
            continue
        if bsn in gezien:
            raise LaadFout(f"Record {nummer} heeft hetzelfde BSN als een eerder record. Er is niets geladen.")
        gezien.add(bsn)
        verslag.onbereikbaar.extend(by_record(bron))
        yield persoon_rij(bron)


def _batches(rijen: Iterator[dict[str, Any]], grootte: int) -> Iterator[list[dict[str, Any]]]:
    while deel := list(islice(rijen, grootte)):
        yield deel


async def _upsert(unit: UnitOfWork, rijen: list[dict[str, Any]]) -> None:
    """Insert or replace; the statement is the same on both databases, its class is not."""
    insert = sqlite.insert if unit.dialect == "sqlite" else postgresql.insert
    opdracht = insert(BrpPersoon)
    nieuw = {kolom.name: opdracht.excluded[kolom.name] for kolom in BrpPersoon.__table__.columns if kolom.name != "bsn"}
    await unit.session.execute(opdracht.on_conflict_do_update(index_elements=["bsn"], set_=nieuw), rijen)
