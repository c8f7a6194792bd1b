"""The port behind which passwords are checked. Beside it stands the municipality's OpenID provider (`oidc`)."""

from __future__ import annotations

from typing import Protocol

import msgspec
from sqlalchemy import select, update

from kcs_desktop.backend.accounts.beheer import is_name, normal_name
from kcs_desktop.backend.accounts.tables import AccountRij
from kcs_desktop.backend.accounts.totp import matching_counter
from kcs_desktop.backend.accounts.wachtwoord import matches
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.problem import HttpProblem


class Bewijs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the employee proves an identity with."""

    gebruikersnaam: str
    wachtwoord: str
    code: str = ""


class Identiteitsbron(Protocol):
    """Tells whose account it is. Sessions and werkplekken are the same whatever the source."""

    async def establish(self, bewijs: Bewijs) -> AccountRij:
        """The account that is proven. Raises HttpProblem 401 (wrong, or a code is asked for) or 423 (blocked)."""
        ...


def _wrong(bewijs: Bewijs) -> HttpProblem:
    """Names what was given, and never which of it is wrong."""
    wat = "De gebruikersnaam, het wachtwoord of de code" if bewijs.code else "De gebruikersnaam of het wachtwoord"
    return HttpProblem(401, "aanmelden-mislukt", "Aanmelden is niet gelukt.", f"{wat} klopt niet.")


class LokaleAccounts:
    """Accounts with an argon2id password and an optional code."""

    def __init__(self, db: Database, *, proef_allowed: bool) -> None:
        self._db = db
        self._proef_allowed = proef_allowed

    async def establish(self, bewijs: Bewijs) -> AccountRij:
        account = await self._find(normal_name(bewijs.gebruikersnaam))
        hashed = account.wachtwoord_hash if account else ""
        if not await matches(hashed, bewijs.wachtwoord) or account is None:
            raise _wrong(bewijs)
        if account.proef and not self._proef_allowed:
            raise HttpProblem(
                401,
                "proefaccount-geweigerd",
                "Aanmelden is niet gelukt.",
                "Accounts van de proefgemeente werken alleen op deze computer zelf.",
            )
        if account.geblokkeerd:
            raise HttpProblem(423, "geblokkeerd", "Uw account is geblokkeerd.", "Neem contact op met uw beheerder.")
        if account.totp_geheim:
            await self._check_code(account, account.totp_geheim, bewijs)
        return account

    async def _find(self, naam: str) -> AccountRij | None:
        if not is_name(naam):
            return None
        async with self._db.read() as session:
            account: AccountRij | None = await session.scalar(
                select(AccountRij).where(AccountRij.gebruikersnaam == naam)
            )
            return account

    async def _check_code(self, account: AccountRij, geheim: str, bewijs: Bewijs) -> None:
        if not bewijs.code:
            raise HttpProblem(
                401, "code-nodig", "Vul ook uw code in.", "Open uw app en neem de code van zes cijfers over."
            )
        counter = matching_counter(geheim, bewijs.code, self._db.clock(), account.totp_teller)
        if counter is None:
            raise _wrong(bewijs)
        async with self._db.write() as unit:
            # Of two requests with the same code one moves the counter; the other finds it moved.
            moved = await unit.session.execute(
                update(AccountRij)
                .where(AccountRij.id == account.id, AccountRij.totp_teller < counter)
                .values(totp_teller=counter)
                .returning(AccountRij.id)
            )
            if moved.scalar() is None:
                raise _wrong(bewijs)
