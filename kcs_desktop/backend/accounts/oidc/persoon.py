"""From claims to an account: issuer and sub are who it is; name, department and roles are what the claims say now."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from sqlalchemy import select

from kcs_desktop.backend.accounts.oidc import fouten
from kcs_desktop.backend.accounts.oidc.idtoken import Claims
from kcs_desktop.backend.accounts.oidc.instellingen import OidcSettings
from kcs_desktop.backend.accounts.tables import AccountRij, IdentiteitRij
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.domain.tekst import normalise
from kcs_desktop.domain.uuid7 import new_id

_MAX_NAME = 200
_OTHER = re.compile(r"[^a-z0-9._-]+")


def rollen_of(claims: Claims, settings: OidcSettings) -> tuple[str, ...]:
    """The roles that the mapping gives. Without the claim none: so a provider tells that the last was taken."""
    value = _claim(claims, settings.rolclaim)
    values = value if isinstance(value, list) else [value]
    mapped = (rol for one in values if isinstance(one, str) for rol in settings.rolmap.get(one, ()))
    return tuple(dict.fromkeys(mapped))


async def account_of(unit: UnitOfWork, claims: Claims, settings: OidcSettings) -> AccountRij:
    """The account of who signed in, made at the first time. Raises HttpProblem 403 without a role, 423 when blocked."""
    rollen = rollen_of(claims, settings)
    if not rollen:
        raise fouten.no_role()
    issuer, sub = str(claims["iss"]), str(claims["sub"])
    await unit.in_turn(f"oidc:{issuer}:{sub}")  # two first sign-ins at once make one account
    identiteit = await unit.session.get(IdentiteitRij, (issuer, sub))
    account = await unit.session.get(AccountRij, identiteit.account_id) if identiteit else None
    if account is None:
        account = await _make(unit, claims, issuer, sub)
    if account.geblokkeerd:
        raise fouten.blocked()
    account.naam = _text(claims.get("name")) or account.naam
    account.afdeling = _text(_claim(claims, settings.afdelingclaim))
    account.rollen = list(rollen)
    return account


async def _make(unit: UnitOfWork, claims: Claims, issuer: str, sub: str) -> AccountRij:
    await unit.in_turn("oidc:gebruikersnaam")  # and two people of one name get two names
    gebruikersnaam = await _free_name(unit, _text(claims.get("preferred_username")), f"{issuer} {sub}")
    account = AccountRij(
        id=new_id(unit.now),
        gebruikersnaam=gebruikersnaam,
        naam=_text(claims.get("name")) or _text(claims.get("preferred_username")) or gebruikersnaam,
        wachtwoord_hash="",  # no password is right
        rollen=[],
        gemaakt_op=unit.now,
    )
    unit.session.add(account)
    await unit.session.flush()
    unit.session.add(IdentiteitRij(issuer=issuer, sub=sub, account_id=account.id, gemaakt_op=unit.now))
    await unit.session.flush()
    return account


async def _free_name(unit: UnitOfWork, wanted: str, identity: str) -> str:
    """A name for the account. One that is taken stays its owner's: a name never links two accounts."""
    plain = normalise("NFKD", wanted.partition("@")[0]).encode("ascii", "ignore").decode().lower()
    base = _OTHER.sub("-", plain).strip("._-")[:80]
    mark = hashlib.sha256(identity.encode()).hexdigest()[:10]
    name = base if len(base) >= 2 else f"medewerker-{mark}"
    if await unit.session.scalar(select(AccountRij.id).where(AccountRij.gebruikersnaam == name)):
        return f"{name}-{mark}"
    return name


def _claim(claims: Claims, name: str) -> Any:
    """A claim by its own name, or by a path of names with dots."""
    if not name or name in claims:
        return claims.get(name)
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def _text(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    return "".join(sign for sign in value if sign.isprintable()).strip()[:_MAX_NAME]
