"""The `serve` command: refuses what cannot be right before it opens a port."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from contextlib import suppress
from ipaddress import ip_network
from typing import Any

import msgspec
from sqlalchemy.exc import SQLAlchemyError

from kcs_desktop.backend import proefgemeente, server
from kcs_desktop.backend.bestanden.scanner import read_scanner
from kcs_desktop.backend.db.migratie import is_own_file, migrate, stand
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.opdrachten.claim import release_all
from kcs_desktop.backend.settings import Settings, load_settings
from kcs_desktop.backend.zoeken.projection import rebuild_when_behind
from kcs_desktop.domain.errors import InvalidInput, KcsError


class Geheim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the seat tells its embedded backend first."""

    geheim: str


def add_parser(subparsers: Any) -> None:
    """Add `serve` to the command line."""
    parser = subparsers.add_parser("serve", help="start de server")
    parser.add_argument("--database", metavar="URL", dest="database_url")
    parser.add_argument("--host", metavar="ADRES")
    parser.add_argument("--port", type=int, metavar="N")
    parser.add_argument("--workers", type=int, metavar="N")
    parser.add_argument("--proefgemeente", action="store_true", default=None, help="met een verzonnen gemeente")
    parser.add_argument("--certificaat", metavar="BESTAND")
    parser.add_argument("--sleutel", metavar="BESTAND")
    parser.add_argument("--achter-proxy", action="store_true", default=None, help="een proxy op deze machine doet TLS")
    parser.add_argument("--ingebed", action="store_true", default=None, help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check, prepare, serve. Raises KcsError with what to do."""
    names = ("database_url", "host", "port", "workers", "proefgemeente", "certificaat", "sleutel", "achter_proxy")
    settings = load_settings(os.environ, {name: getattr(arguments, name) for name in names})
    if arguments.ingebed:
        settings = embedded(settings, sys.stdin.buffer.readline())
    check(settings)
    prepare(settings)
    try:
        listener = server.bind(settings)
    except OSError as error:
        raise KcsError(f"Op {settings.host} poort {settings.port} kan de server niet luisteren.") from error
    with listener:
        if settings.workers > 1:
            return server.run_many(settings, listener)
        server.run_one(settings, listener, ends_with_stdin=settings.ingebed)
    return 0


def embedded(settings: Settings, line: bytes) -> Settings:
    """The settings of a backend that a seat started, with the secret from its first line."""
    try:
        secret = msgspec.json.decode(line, type=Geheim).geheim
    except msgspec.MsgspecError as error:
        raise InvalidInput("Op de eerste regel van de invoer hoort het geheim van de zitplaats.") from error
    if len(secret) < 32 or not secret.isascii():
        raise InvalidInput("Het geheim van de zitplaats is te kort.")
    return msgspec.structs.replace(settings, ingebed=True, seat_secret=secret, host="127.0.0.1", workers=1)


def check(settings: Settings) -> None:
    """Refuse settings that cannot be meant. Raises InvalidInput."""
    dialect = Database.dialect_of(settings.database_url)
    if settings.workers < 1:
        raise InvalidInput("Met minder dan een worker is er geen server.", field="workers")
    if settings.workers > 1 and dialect == "sqlite":
        raise InvalidInput(
            "SQLite werkt met precies een worker.", field="workers", advice="Gebruik PostgreSQL voor meer workers."
        )
    for name in ("hartslag", "bewaren_gebeurtenissen", "bewaren_audit", "bewaren_sessies"):
        if getattr(settings, name) < 1:
            raise InvalidInput(f"Instelling {name}: ten minste 1.", field=name, code="instelling")
    for part in filter(None, (part.strip() for part in settings.metrics_van.split(","))):
        try:
            ip_network(part, strict=False)
        except ValueError as error:
            raise InvalidInput(
                f"Instelling metrics_van: {part} is geen adres of netwerk.", field="metrics_van", code="instelling"
            ) from error
    if min(settings.bestand_maximum, settings.bestanden_per_medewerker) < 1 or settings.virusscanner_tijd <= 0:
        raise InvalidInput(
            "Instelling bestand_maximum, bestanden_per_medewerker en virusscanner_tijd: meer dan 0.", code="instelling"
        )
    read_scanner(settings.virusscanner, settings.virusscanner_tijd)
    if bool(settings.certificaat) != bool(settings.sleutel):
        raise InvalidInput("Geef het certificaat en de sleutel samen op.", field="certificaat")
    if not settings.is_loopback and not settings.certificaat and not settings.achter_proxy:
        raise InvalidInput(
            f"Op {settings.host} is de server bereikbaar voor anderen, dus alleen met een beveiligde verbinding.",
            field="host",
            advice="Geef --certificaat en --sleutel op, of --achter-proxy als een proxy op deze machine dat doet.",
        )


def prepare(settings: Settings) -> None:
    """See to the schema and the proefgemeente. Raises KcsError for a schema that someone must migrate."""
    current = stand(settings.database_url)
    if not current.is_current:
        if not (is_own_file(settings.database_url) and (settings.proefgemeente or settings.ingebed)):
            raise KcsError(
                current.description,
                code="migratie-nodig",
                advice="Voer eerst uit: kcs-backend migrate (maakt vooraf een back-up).",
            )
        migrate(settings.database_url)
    asyncio.run(_fill(settings))


async def _fill(settings: Settings) -> None:
    db = Database(settings.database_url)
    try:
        if settings.proefgemeente:
            await proefgemeente.fill(db)
        await rebuild_when_behind(db)
        with suppress(SQLAlchemyError):  # a full disk: their leases run out by themselves
            await release_all(db)
    finally:
        await db.close()
