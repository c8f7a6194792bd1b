"""Store a municipality's catalogue, in place of the one before."""

from __future__ import annotations

from importlib.resources import files

import msgspec

from kcs_desktop.backend.catalogus.lezen import parse_catalogus
from kcs_desktop.backend.catalogus.tables import CatalogusRow
from kcs_desktop.backend.db.unit import UnitOfWork

ONLY = 1


async def load_catalogus(unit: UnitOfWork, producten_csv: str | None = None, knip_csv: str | None = None) -> int:
    """Load from the text of both files, by default the proefgemeente's. Returns how many products there are now."""
    shipped = files("resources.proefgemeente")
    catalogus = parse_catalogus(
        shipped.joinpath("producten.csv").read_text("utf-8") if producten_csv is None else producten_csv,
        shipped.joinpath("knip.csv").read_text("utf-8") if knip_csv is None else knip_csv,
    )
    row = await unit.session.get(CatalogusRow, ONLY)
    if row is None:
        row = CatalogusRow(id=ONLY)
        unit.session.add(row)
    row.inhoud = msgspec.to_builtins(catalogus)
    row.geladen_op = unit.now
    await unit.session.flush()
    return len(catalogus.producten)
