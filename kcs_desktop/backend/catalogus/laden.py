"""Store a municipality's catalogue, in place of the one before."""

from __future__ import annotations

from importlib.resources import files

import msgspec

from kcs_desktop.backend.catalogus.lezen import (
    STAPPEN,
    parse_afdelingen,
    parse_catalogus,
    parse_gemeenten,
    parse_vragensets,
)
from kcs_desktop.backend.catalogus.tables import CatalogusRow
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.domain.catalogus import Catalogus

ONLY = 1


async def load_catalogus(
    unit: UnitOfWork,
    producten_csv: str | None = None,
    knip_csv: str | None = None,
    gemeenten_csv: str | None = None,
    *,
    afdelingen_csv: str | None = None,
    vragensets_csv: str | None = None,
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
    if producten_csv is None:
        afdelingen_csv = afdelingen_csv or shipped.joinpath("afdelingen.csv").read_text("utf-8")
        vragensets_csv = vragensets_csv or shipped.joinpath("vragensets.csv").read_text("utf-8")
    # Without a file of its own a municipality keeps what it loaded before.
    known = msgspec.convert(row.inhoud, Catalogus)
    groepen, coordinatoren = known.groepen, known.coordinatoren
    if afdelingen_csv is not None:
        groepen, coordinatoren = parse_afdelingen(afdelingen_csv)
    whole = msgspec.structs.replace(
        catalogus,
        gemeenten=known.gemeenten if gemeenten_csv is None else parse_gemeenten(gemeenten_csv),
        groepen=groepen,
        coordinatoren=coordinatoren,
        vragensets=known.vragensets if vragensets_csv is None else parse_vragensets(vragensets_csv),
    )
    row.inhoud = msgspec.to_builtins(whole)
    row.geladen_op = unit.now
    await unit.session.flush()
    return len(catalogus.producten)
