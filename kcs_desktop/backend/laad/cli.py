"""`kcs-backend laad brp|kvk BESTAND`: loads a file and prints the report."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from pathlib import Path
from typing import Any

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.laad import brp, kvk
from kcs_desktop.backend.settings import load_settings


def add_parser(subparsers: Any) -> None:
    """Add `laad` to the command line."""
    parser = subparsers.add_parser("laad", help="laad personen of bedrijven uit een bestand")
    parser.add_argument("register", choices=("brp", "kvk"), help="welk register")
    parser.add_argument("bestand", type=Path, help="JSON-bestand met een lijst")
    parser.add_argument("--database", metavar="URL", dest="database_url")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Load and report. Raises KcsError with what to do."""
    settings = load_settings(os.environ, {"database_url": arguments.database_url})
    verslag = asyncio.run(_load(settings.database_url, arguments.register, arguments.bestand))
    for regel in verslag.lines():
        sys.stdout.write(regel + "\n")
    return 0


async def _load(url: str, register: str, bestand: Path) -> brp.Verslag | kvk.Verslag:
    db = Database(url)
    try:
        return await (brp.load(db, bestand) if register == "brp" else kvk.load(db, bestand))
    finally:
        await db.close()
