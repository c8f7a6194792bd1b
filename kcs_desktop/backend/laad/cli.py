"""`kcs-backend laad brp|kvk|kenmerken BESTAND` and `laad catalogus --producten F --knip F`: load files and print the
report."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kcs_desktop.backend.catalogus.kenmerken import parse_kenmerken, store_kenmerken
from kcs_desktop.backend.catalogus.laden import load_catalogus
from kcs_desktop.backend.catalogus.lezen import STAPPEN
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.laad import brp, kvk
from kcs_desktop.backend.settings import Settings, load_settings
from kcs_desktop.backend.zoeken.projection import rebuild_when_behind
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.zaaktype import Zaaktypekenmerk


def add_parser(subparsers: Any) -> None:
    """Add `laad` to the command line."""
    parser = subparsers.add_parser("laad", help="laad personen, bedrijven of de catalogus uit bestanden")
    kinds = parser.add_subparsers(required=True, metavar="WAT", dest="register")
    for register, hulp in (("brp", "personen"), ("kvk", "bedrijven")):
        kind = kinds.add_parser(register, help=hulp)
        kind.add_argument("bestand", type=Path, help="JSON-bestand met een lijst")
        kind.add_argument("--database", metavar="URL", dest="database_url")
    kind = kinds.add_parser("catalogus", help="producten en de knip, in plaats van wat er was")
    kind.add_argument("--producten", type=Path, required=True, metavar="BESTAND", help="CSV met de producten")
    kind.add_argument("--knip", type=Path, required=True, metavar="BESTAND", help="CSV met de verdeling van stappen")
    kind.add_argument("--afdelingen", type=Path, metavar="BESTAND", help="CSV met coördinatoren en groepen")
    kind.add_argument("--vragensets", type=Path, metavar="BESTAND", help="CSV met de vragen per afdeling")
    kind.add_argument("--database", metavar="URL", dest="database_url")
    kind = kinds.add_parser("kenmerken", help="wat u bij zaaktypen bijhoudt, in plaats van wat er was")
    kind.add_argument("bestand", type=Path, help="TOML-bestand met [[zaaktype]]")
    kind.add_argument("--database", metavar="URL", dest="database_url")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Load and report. Raises KcsError with what to do."""
    settings = load_settings(os.environ, {"database_url": arguments.database_url})
    if arguments.register == "catalogus":
        texts = {
            f"{naam}_csv": _text(path)
            for naam in ("producten", "knip", "afdelingen", "vragensets")
            if (path := getattr(arguments, naam)) is not None
        }
        aantal = asyncio.run(_load_catalogus(settings, texts))
        sys.stdout.write(f"{aantal} producten staan in de catalogus.\n")
        return 0
    if arguments.register == "kenmerken":
        kenmerken = parse_kenmerken(_text(arguments.bestand))
        asyncio.run(_load_kenmerken(settings.database_url, kenmerken))
        sys.stdout.write(f"Kenmerken van {len(kenmerken)} zaaktypen zijn geladen.\n")
        return 0
    verslag = asyncio.run(_load(settings.database_url, arguments.register, arguments.bestand))
    for regel in verslag.lines():
        sys.stdout.write(regel + "\n")
    return 0


async def _load(url: str, register: str, bestand: Path) -> brp.Verslag | kvk.Verslag:
    db = Database(url)
    try:
        verslag = await (brp.load(db, bestand) if register == "brp" else kvk.load(db, bestand))
        await rebuild_when_behind(db)
        return verslag
    finally:
        await db.close()


async def _load_catalogus(settings: Settings, texts: dict[str, str]) -> int:
    stappen = tuple(naam.strip() for naam in settings.knip_stappen.split(",") if naam.strip()) or STAPPEN
    db = Database(settings.database_url)
    try:
        async with db.write() as unit:
            return await load_catalogus(unit, **texts, stappen=stappen)
    finally:
        await db.close()


async def _load_kenmerken(url: str, kenmerken: Sequence[Zaaktypekenmerk]) -> None:
    db = Database(url)
    try:
        async with db.write() as unit:
            await store_kenmerken(unit, kenmerken)
    finally:
        await db.close()


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path.name} kan niet worden gelezen als UTF-8-tekst.") from error
