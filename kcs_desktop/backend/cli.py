"""The command line of `kcs-backend`. Each part adds its own commands; here errors become one line and an exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from kcs_desktop import __version__
from kcs_desktop.backend import serve
from kcs_desktop.backend.accounts import cli as accounts
from kcs_desktop.backend.beheer import cli as beheer
from kcs_desktop.backend.db import cli as db
from kcs_desktop.backend.laad import cli as laad
from kcs_desktop.domain.errors import KcsError


def build_parser() -> argparse.ArgumentParser:
    """All commands."""
    parser = argparse.ArgumentParser(prog="kcs-backend", description="De server van KCS Desktop.")
    parser.add_argument("--version", action="version", version=__version__)
    subparsers = parser.add_subparsers(required=True, metavar="OPDRACHT")
    for part in (serve, db, accounts, laad, beheer):
        part.add_parser(subparsers)
    return parser


def run(argv: Sequence[str]) -> int:
    """Carry out one command. 0 when done, 1 when refused (with what to do on stderr), 2 for wrong use."""
    arguments = build_parser().parse_args(argv)
    command: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return command(arguments)
    except KcsError as error:
        sys.stderr.write(f"{error.message} {error.advice}".strip() + "\n")
    except SQLAlchemyError as error:
        # The text may quote values; what kind of error it was is enough to go on.
        sys.stderr.write(f"De database weigert of antwoordt niet ({type(error).__name__}).\n")
    except KeyboardInterrupt:
        sys.stderr.write("Afgebroken.\n")
    return 1
