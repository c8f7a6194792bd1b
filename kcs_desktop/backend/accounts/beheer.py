"""Making and changing accounts, werkplekken and application tokens, within a unit of work of the caller.

Used by the `account` command and by the proefgemeente. Signing in is `aanmelden`.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from kcs_desktop.backend.accounts.tables import AccountRij, SessieRij, ToepassingRij, WerkplekRij
from kcs_desktop.backend.accounts.wachtwoord import check_policy, hash_password
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.domain.errors import InvalidInput, NotFound
from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.rechten import Recht, default_rechtentabel
from kcs_desktop.domain.sessie import Werkplek
from kcs_desktop.domain.uuid7 import new_id

_GEBRUIKERSNAAM = re.compile(r"[a-z0-9][a-z0-9._-]{1,99}")

INGETROKKEN = "ingetrokken"  # why a session ended: an administrator wants the seat to erase its cache


def normal_name(gebruikersnaam: str) -> str:
    """Account names are compared in lower case, without surrounding space."""
    return gebruikersnaam.strip().lower()


def is_name(gebruikersnaam: str) -> bool:
    """Whether an account can have this (normal) name at all."""
    return _GEBRUIKERSNAAM.fullmatch(gebruikersnaam) is not None


async def create_account(
    unit: UnitOfWork,
    gebruikersnaam: str,
    naam: str,
    wachtwoord: str,
    rollen: Sequence[str],
    afdeling: str = "",
    *,
    proef: bool = False,
) -> str:
    """Make a local account and return its id. `proef` marks one with a published password: usable on loopback only.

    Raises InvalidInput for a name that is taken or malformed, an unknown role, or a password against the policy.
    """
    account = normal_name(gebruikersnaam)
    if not is_name(account):
        raise InvalidInput(
            "Kies een gebruikersnaam van kleine letters, cijfers, punt of streepje.", field="gebruikersnaam"
        )
    if not naam.strip() or len(naam) > 200:
        raise InvalidInput("Vul een naam in van ten hoogste 200 tekens.", field="naam")
    _check_roles(rollen)
    check_policy(wachtwoord, account, naam)
    taken = await unit.session.scalar(select(AccountRij.id).where(AccountRij.gebruikersnaam == account))
    if taken:
        raise InvalidInput("Deze gebruikersnaam bestaat al.", field="gebruikersnaam", code="bestaat-al")
    rij = AccountRij(
        id=new_id(unit.now),
        gebruikersnaam=account,
        naam=naam.strip(),
        wachtwoord_hash=await hash_password(wachtwoord),
        rollen=list(rollen),
        afdeling=afdeling,
        proef=proef,
        gemaakt_op=unit.now,
    )
    unit.session.add(rij)
    await unit.session.flush()
    return rij.id


def _check_roles(rollen: Sequence[str]) -> None:
    known = default_rechtentabel().rollen
    if not rollen:
        raise InvalidInput("Geef ten minste een rol op.", field="rollen")
    for rol in rollen:
        if rol not in known:
            raise InvalidInput(f"Deze rol bestaat niet. Kies uit: {', '.join(known)}.", field="rollen")


async def create_werkplek(unit: UnitOfWork, werkplek: Werkplek) -> None:
    """Add a werkplek, or rename the one with this id."""
    await unit.session.merge(WerkplekRij(id=werkplek.id, naam=werkplek.naam, soort=werkplek.soort))


async def find_account(unit: UnitOfWork, gebruikersnaam: str) -> AccountRij:
    """The account of this name. Raises NotFound."""
    rij = await unit.session.scalar(select(AccountRij).where(AccountRij.gebruikersnaam == normal_name(gebruikersnaam)))
    if rij is None:
        raise NotFound("Deze gebruikersnaam bestaat niet.")
    return rij


async def set_password(unit: UnitOfWork, gebruikersnaam: str, wachtwoord: str) -> None:
    """Replace the password and end every session of the account."""
    rij = await find_account(unit, gebruikersnaam)
    check_policy(wachtwoord, rij.gebruikersnaam, rij.naam)
    rij.wachtwoord_hash = await hash_password(wachtwoord)
    rij.proef = False
    await end_sessions(unit, rij.id, "wachtwoord")


async def set_blocked(unit: UnitOfWork, gebruikersnaam: str, geblokkeerd: bool) -> None:
    """Block or unblock; blocking ends every session of the account at once."""
    rij = await find_account(unit, gebruikersnaam)
    rij.geblokkeerd = geblokkeerd
    if geblokkeerd:
        await end_sessions(unit, rij.id)


async def set_totp(unit: UnitOfWork, gebruikersnaam: str, geheim: str | None) -> None:
    """Ask for a code at sign-in from now on (base32 secret), or no longer (None)."""
    rij = await find_account(unit, gebruikersnaam)
    rij.totp_geheim = geheim
    rij.totp_teller = 0


async def withdraw_sessions(unit: UnitOfWork, gebruikersnaam: str) -> None:
    """End every session of an account, those of before included: each seat erases its cache at its next contact."""
    rij = await find_account(unit, gebruikersnaam)
    await end_sessions(unit, rij.id)
    for sessie in await unit.session.scalars(select(SessieRij).where(SessieRij.account_id == rij.id)):
        sessie.beeindigd_om = INGETROKKEN


async def end_sessions(unit: UnitOfWork, account_id: str, reden: str = INGETROKKEN) -> None:
    """End every session of an account, with effect on the next request."""
    open_sessions = select(SessieRij).where(SessieRij.account_id == account_id, SessieRij.beeindigd_op.is_(None))
    for sessie in await unit.session.scalars(open_sessions):
        end_session(unit, sessie, reden)


def end_session(unit: UnitOfWork, sessie: SessieRij, reden: str) -> None:
    """End one session. The announcement has no functie, so no seat hears it: it closes the session's own streams."""
    sessie.beeindigd_op = unit.now
    sessie.beeindigd_om = reden
    sessie.idp = None
    unit.emit(Wijziging("sessie", sessie.id, "verwijderd", functie=""))


def hash_token(token: str) -> str:
    """How a random token is kept; it has enough entropy to need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


async def create_toepassing(unit: UnitOfWork, naam: str, rechten: Mapping[str, Recht]) -> str:
    """Make an application and return its token, which is shown this once and kept as a hash."""
    unknown = [functie for functie in rechten if functie not in default_rechtentabel().functies]
    if unknown:
        raise InvalidInput(f"Deze functie bestaat niet: {unknown[0]}.", field="rechten")
    if await unit.session.scalar(select(ToepassingRij.id).where(ToepassingRij.naam == naam)):
        raise InvalidInput("Er is al een toepassing met deze naam.", field="naam", code="bestaat-al")
    token = f"kcs_{secrets.token_urlsafe(32)}"
    unit.session.add(
        ToepassingRij(
            id=new_id(unit.now),
            naam=naam,
            token_hash=hash_token(token),
            rechten={functie: int(recht) for functie, recht in rechten.items()},
            gemaakt_op=unit.now,
        )
    )
    await unit.session.flush()
    return token


async def withdraw_toepassing(unit: UnitOfWork, naam: str) -> None:
    """The token of this application is refused from the next request on. Raises NotFound."""
    rij = await unit.session.scalar(select(ToepassingRij).where(ToepassingRij.naam == naam))
    if rij is None:
        raise NotFound("Deze toepassing bestaat niet.")
    rij.ingetrokken_op = rij.ingetrokken_op or unit.now
