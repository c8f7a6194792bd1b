"""The command line of `kcs-backend`. Each part adds its own commands; here errors become one line and an exit code."""

from __future__ import annotations

import argparse
import errno
import sqlite3
import sys
from collections.abc import Callable, Sequence

import psycopg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from kcs_desktop import __version__
from kcs_desktop.backend import serve
from kcs_desktop.backend.accounts import cli as accounts
from kcs_desktop.backend.beheer import cli as beheer
from kcs_desktop.backend.db import cli as db
from kcs_desktop.backend.laad import cli as laad
from kcs_desktop.domain.errors import KcsError

_FULL = "De schijf is vol. Maak ruimte vrij en doe het opnieuw; wat er al stond, is niet gewijzigd."


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
        sys.stderr.write(f"{_of_database(error)}\n")
    except (sqlite3.Error, psycopg.Error) as error:
        sys.stderr.write(f"{_of_database(error)}\n")
    except OSError as error:
        sys.stderr.write(f"{_of_system(error)}\n")
    except KeyboardInterrupt:
        sys.stderr.write("Afgebroken.\n")
    return 1


def _of_database(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error) and getattr(cause, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL:
        return _FULL
    return f"De database weigert of antwoordt niet ({type(error).__name__})."


def _of_system(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _FULL
    path = error.filename2 or error.filename  # of a move the target
    where = f" {path}" if path else ""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"Dit account mag hier niet bij:{where}. Geef het toegang of kies een andere plaats."
    if isinstance(error, FileNotFoundError):
        return f"Dit bestand of deze map is er niet:{where}."
    if isinstance(error, IsADirectoryError):
        return f"Hier hoort een bestand, en dit is een map:{where}."
    return f"Het systeem weigert dit ({type(error).__name__}):{where}."
