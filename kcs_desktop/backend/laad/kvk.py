"""`laad kvk`: companies with their establishments into the embedded Handelsregister, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.laad.bestand import LaadFout, records
from kcs_desktop.backend.standards.kvk.bron import Bedrijf
from kcs_desktop.backend.standards.kvk.opslag import store
from kcs_desktop.domain.bsn import passes_elfproef

BATCH = 200


class Verslag(msgspec.Struct):
    """What a load did. `afgekeurd` holds the KvK numbers whose RSIN fails the elfproef."""

    geladen: int = 0
    afgekeurd: list[str] = []

    def lines(self) -> Iterator[str]:
        yield f"{self.geladen} bedrijven geladen, {len(self.afgekeurd)} niet geladen."
        for nummer in self.afgekeurd:
            yield f"{nummer}: niet geladen, het RSIN voldoet niet aan de elfproef."


async def load(db: Database, pad: Path) -> Verslag:
    """Load the file; a company that is there already is replaced. Raises LaadFout, and then nothing was loaded."""
    verslag = Verslag()
    async with db.write() as unit:
        bedrijven = _checked(pad, verslag)
        while deel := list(islice(bedrijven, BATCH)):
            await store(unit.session, deel)
            verslag.geladen += len(deel)
    return verslag


def _checked(pad: Path, verslag: Verslag) -> Iterator[Bedrijf]:
    gezien: set[str] = set()
    for nummer, record in enumerate(records(pad), start=1):
        try:
            bedrijf = msgspec.convert(record, Bedrijf)
            tekst = msgspec.json.encode(record)
        except msgspec.ValidationError as fout:
            plaats = str(fout).partition(" - at ")[2].strip("`$.") or "geheel"
            raise LaadFout(f"Record {nummer} heeft niet de vorm van een bedrijf ({plaats}).") from None
        except (UnicodeEncodeError, RecursionError):
            raise LaadFout(f"Record {nummer} bevat tekens die geen tekst zijn.") from None
        sleutels = {bedrijf.kvkNummer, *(v.vestigingsnummer for v in bedrijf.vestigingen)}
        if rb"\u0000" in tekst:
            raise LaadFout(f"Record {nummer} bevat tekens die geen tekst zijn.")
        if gezien & sleutels or len(sleutels) != 1 + len(bedrijf.vestigingen):
            raise LaadFout(f"Record {nummer} heeft een nummer dat al voorkomt. Er is niets geladen.")
        gezien |= sleutels
        if bedrijf.rsin and not passes_elfproef(bedrijf.rsin):
            verslag.afgekeurd.append(bedrijf.kvkNummer)
            continue
        yield bedrijf
