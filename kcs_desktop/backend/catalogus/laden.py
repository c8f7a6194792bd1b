"""Store a municipality's catalogue, in place of the one before."""

from __future__ import annotations

from importlib.resources import files

import msgspec

from kcs_desktop.backend.catalogus.lezen import STAPPEN, parse_catalogus, parse_gemeenten
from kcs_desktop.backend.catalogus.tables import CatalogusRow
from kcs_desktop.backend.db.unit import UnitOfWork

ONLY = 1


async def load_catalogus(
    unit: UnitOfWork,
    producten_csv: str | None = None,
    knip_csv: str | None = None,
    gemeenten_csv: str | None = None,
    *,
    stappen: tuple[str, ...] = STAPPEN,
) -> int:
    """Load from the text of the files, by default the proefgemeente's. Returns how many products there are now."""
    shipped = files("resources.proefgemeente")
    catalogus = parse_catalogus(
        shipped.joinpath("producten.csv").read_text("utf-8") if producten_csv is None else producten_csv,
        shipped.joinpath("knip.csv").read_text("utf-8") if knip_csv is None else knip_csv,
        stappen,
    )
    row = await unit.session.get(CatalogusRow, ONLY)
    if row is None:
        row = CatalogusRow(id=ONLY)
        unit.session.add(row)
        row.inhoud = {}
    if gemeenten_csv is None and producten_csv is None:
        gemeenten_csv = shipped.joinpath("gemeenten.csv").read_text("utf-8")
    # Without a file of its own a municipality keeps the codes that it loaded before.
    gemeenten = row.inhoud.get("gemeenten", {}) if gemeenten_csv is None else parse_gemeenten(gemeenten_csv)
    row.inhoud = msgspec.to_builtins(msgspec.structs.replace(catalogus, gemeenten=gemeenten))
    row.geladen_op = unit.now
    await unit.session.flush()
    return len(catalogus.producten)
