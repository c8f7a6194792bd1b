"""The `account` command: employees and applications. Passwords and secrets come from a prompt or stdin, never argv."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import select

from kcs_desktop.backend.accounts import beheer
from kcs_desktop.backend.accounts.sleutels import rotate, withdraw_others
from kcs_desktop.backend.accounts.tables import AccountRij, ToepassingRij
from kcs_desktop.backend.accounts.totp import new_secret, provisioning_uri
from kcs_desktop.backend.db.migratie import stand
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.settings import load_settings
from kcs_desktop.domain.errors import InvalidInput, KcsError
from kcs_desktop.domain.rechten import Recht, default_rechtentabel
from kcs_desktop.domain.sessie import Werkplek

Handler = Callable[[UnitOfWork, argparse.Namespace], Awaitable[list[str]]]


def add_parser(subparsers: Any) -> None:
    """Add `account` and what is under it to the command line."""
    parser = subparsers.add_parser("account", help="beheer medewerkers, werkplekken en toepassingen")
    parser.add_argument("--database", metavar="URL", dest="database_url")
    actions = parser.add_subparsers(required=True, metavar="HANDELING")
    rollen = default_rechtentabel().rollen

    make = _action(
        actions, "maak", _make, "maak een account; het wachtwoord wordt gevraagd of gelezen", "gebruikersnaam"
    )
    make.add_argument("--naam", required=True)
    make.add_argument("--afdeling", default="")
    make.add_argument("--rol", action="append", required=True, choices=rollen, dest="rollen")
    _action(actions, "lijst", _list, "toon accounts en toepassingen")
    _action(actions, "wachtwoord", _password, "geef een nieuw wachtwoord; lopende sessies eindigen", "gebruikersnaam")
    totp = _action(actions, "totp", _totp, "vraag voortaan een code bij het aanmelden", "gebruikersnaam")
    totp.add_argument("--uit", action="store_true", help="vraag geen code meer")
    block = _action(actions, "blokkeer", _block, "blokkeer; lopende sessies eindigen meteen", "gebruikersnaam")
    block.add_argument("--op", action="store_false", dest="geblokkeerd", help="hef de blokkade op")
    _action(
        actions,
        "intrekken",
        _withdraw,
        "beëindig alle sessies; elke werkplek wist dan wat zij van klanten bewaart",
        "gebruikersnaam",
    )
    place = _action(actions, "werkplek", _werkplek, "voeg een werkplek toe of hernoem die", "id")
    place.add_argument("--naam", required=True)
    place.add_argument("--soort", default="balie", choices=("balie", "telefoon", "spreekkamer", "kantoor"))
    application = _action(
        actions, "toepassing", _toepassing, "maak een toepassing; het token wordt een keer getoond", "naam"
    )
    application.add_argument("--recht", action="append", default=[], metavar="FUNCTIE=r|m|b", dest="rechten")
    application.add_argument("--intrekken", action="store_true", help="weiger het token voortaan")
    _action(actions, "sleutel", _sleutel, "vervang de sleutel van de tokens; iedereen meldt zich opnieuw aan")


def _action(actions: Any, name: str, handler: Handler, hulp: str, *positional: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = actions.add_parser(name, help=hulp)
    for argument in positional:
        parser.add_argument(argument)
    parser.set_defaults(run=_run, handler=handler)
    return parser


def _run(arguments: argparse.Namespace) -> int:
    settings = load_settings(os.environ, {"database_url": arguments.database_url})
    current = stand(settings.database_url)
    if not current.is_current:
        raise KcsError(current.description, code="migratie-nodig", advice="Voer eerst uit: kcs-backend migrate.")
    for line in asyncio.run(_in_unit(settings.database_url, arguments)):
        sys.stdout.write(f"{line}\n")
    return 0


async def _in_unit(url: str, arguments: argparse.Namespace) -> list[str]:
    from kcs_desktop.backend.app import hooks

    db = Database(url)
    db.before_commit = hooks()
    try:
        async with db.write() as unit:
            lines: list[str] = await arguments.handler(unit, arguments)
            return lines
    finally:
        await db.close()


async def _make(unit: UnitOfWork, arguments: argparse.Namespace) -> list[str]:
    await beheer.create_account(
        unit, arguments.gebruikersnaam, arguments.naam, _ask_password(), arguments.rollen, arguments.afdeling
    )
    return [f"Account {beheer.normal_name(arguments.gebruikersnaam)} is gemaakt."]


async def _list(unit: UnitOfWork, _arguments: argparse.Namespace) -> list[str]:
    lines = []
    for rij in await unit.session.scalars(select(AccountRij).order_by(AccountRij.gebruikersnaam)):
        marks = [word for word, on in (("geblokkeerd", rij.geblokkeerd), ("code", rij.totp_geheim)) if on]
        lines.append("\t".join([rij.gebruikersnaam, rij.naam, ",".join(rij.rollen), rij.afdeling, ",".join(marks)]))
    for toepassing in await unit.session.scalars(select(ToepassingRij).order_by(ToepassingRij.naam)):
        rights = ",".join(f"{functie}={Recht(recht).name.lower()}" for functie, recht in toepassing.rechten.items())
        lines.append(
            "\t".join([f"toepassing {toepassing.naam}", rights, "ingetrokken" * bool(toepassing.ingetrokken_op)])
        )
    return lines


async def _password(unit: UnitOfWork, arguments: argparse.Namespace) -> list[str]:
    await beheer.set_password(unit, arguments.gebruikersnaam, _ask_password())
    return ["Het wachtwoord is gewijzigd. Lopende sessies zijn beëindigd."]


async def _totp(unit: UnitOfWork, arguments: argparse.Namespace) -> list[str]:
    if arguments.uit:
        await beheer.set_totp(unit, arguments.gebruikersnaam, None)
        return ["Bij het aanmelden wordt geen code meer gevraagd."]
    geheim = new_secret()
    await beheer.set_totp(unit, arguments.gebruikersnaam, geheim)
    return ["Zet dit in de app van de medewerker:", provisioning_uri(geheim, arguments.gebruikersnaam)]


async def _block(unit: UnitOfWork, arguments: argparse.Namespace) -> list[str]:
    await beheer.set_blocked(unit, arguments.gebruikersnaam, geblokkeerd=arguments.geblokkeerd)
    return ["Het account is geblokkeerd." if arguments.geblokkeerd else "De blokkade is opgeheven."]


async def _withdraw(unit: UnitOfWork, arguments: argparse.Namespace) -> list[str]:
    await beheer.withdraw_sessions(unit, arguments.gebruikersnaam)
    return [
        "De sessies zijn ingetrokken. Elke werkplek wist bij het eerstvolgende contact wat zij van klanten bewaart;",
        "niet-afgeronde contacten en niet-verzonden opdrachten van de medewerker blijven staan.",
    ]


async def _werkplek(unit: UnitOfWork, arguments: argparse.Namespace) -> list[str]:
    await beheer.create_werkplek(unit, Werkplek(arguments.id, arguments.naam, arguments.soort))
    return [f"Werkplek {arguments.naam} staat in de lijst."]


async def _toepassing(unit: UnitOfWork, arguments: argparse.Namespace) -> list[str]:
    if arguments.intrekken:
        await beheer.withdraw_toepassing(unit, arguments.naam)
        return ["Het token wordt voortaan geweigerd."]
    letters = {"r": Recht.RAADPLEGEN, "m": Recht.WIJZIGEN, "b": Recht.BEHEREN}
    rechten: dict[str, Recht] = {}
    for given in arguments.rechten:
        functie, _, letter = given.partition("=")
        if letter not in letters:
            raise InvalidInput(f"Schrijf een recht als crm=r, crm=m of crm=b, niet als {given}.", field="recht")
        rechten[functie] = letters[letter]
    return [
        "Token (bewaar dit, het wordt niet meer getoond):",
        await beheer.create_toepassing(unit, arguments.naam, rechten),
    ]


async def _sleutel(unit: UnitOfWork, _arguments: argparse.Namespace) -> list[str]:
    fresh = await rotate(unit)
    await withdraw_others(unit, behalve=fresh.id)
    return ["Er is een nieuwe sleutel. Iedereen moet zich opnieuw aanmelden."]


def _ask_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Wachtwoord: ")
    if getpass.getpass("Nog een keer: ") != first:
        raise InvalidInput("De wachtwoorden zijn niet gelijk.", field="wachtwoord")
    return first
