"""The `migrate` command."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from kcs_desktop.backend.db.migratie import migrate, stand
from kcs_desktop.backend.settings import load_settings


def add_parser(subparsers: Any) -> None:
    """Add `migrate` to the command line."""
    parser = subparsers.add_parser("migrate", help="breng de database op de versie van dit programma")
    parser.add_argument("--database", metavar="URL", dest="database_url")
    parser.add_argument("--backup", metavar="MAP", type=Path, help="waar de back-up vooraf komt")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Migrate and say what was done."""
    settings = load_settings(os.environ, {"database_url": arguments.database_url})
    if stand(settings.database_url).is_current:
        sys.stdout.write("De database is al bij.\n")
        return 0
    backup = migrate(settings.database_url, arguments.backup)
    if backup:
        sys.stdout.write(f"Back-up vooraf: {backup}\n")
    sys.stdout.write("De database is bij.\n")
    return 0
