"""The commands `backup`, `herstel` and `doctor`."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from pathlib import Path
from typing import Any

from kcs_desktop.backend.beheer.backup import backup, restore
from kcs_desktop.backend.beheer.doctor import examine
from kcs_desktop.backend.settings import load_settings


def add_parser(subparsers: Any) -> None:
    """Add them to the command line."""
    for name, helptext, command in (
        ("backup", "maak een back-up in één bestand, ook terwijl er gewerkt wordt", _backup),
        ("herstel", "zet een back-up terug; er mag geen server draaien", _restore),
        ("doctor", "kijk of alles in orde is", _doctor),
    ):
        parser = subparsers.add_parser(name, help=helptext)
        parser.add_argument("--database", metavar="URL", dest="database_url")
        if command is not _doctor:
            parser.add_argument("bestand", type=Path, metavar="BESTAND")
        parser.set_defaults(run=command)


def _url(arguments: argparse.Namespace) -> str:
    return load_settings(os.environ, {"database_url": arguments.database_url}).database_url


def _backup(arguments: argparse.Namespace) -> int:
    backup(_url(arguments), arguments.bestand)
    sys.stdout.write(f"De back-up staat in {arguments.bestand}.\n")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    manifest = restore(_url(arguments), arguments.bestand)
    made = manifest.gemaakt_op.strftime("%d-%m-%Y %H:%M UTC")
    sys.stdout.write(f"De database is teruggezet naar {made}. Werkplekken halen alles opnieuw op.\n")
    return 0


def _doctor(arguments: argparse.Namespace) -> int:
    settings = load_settings(os.environ, {"database_url": arguments.database_url})
    found = asyncio.run(examine(settings))
    for bevinding in found:
        sys.stdout.write(f"{bevinding}\n")
    return 0 if all(bevinding.in_orde for bevinding in found) else 1
