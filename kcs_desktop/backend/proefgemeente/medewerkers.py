"""The employees and werkplekken of Proefdam. Their password is published, so their accounts work on loopback only."""

from __future__ import annotations

from sqlalchemy import insert

from kcs_desktop.backend.accounts.proef import WACHTWOORD
from kcs_desktop.backend.accounts.tables import AccountRij, WerkplekRij
from kcs_desktop.backend.accounts.wachtwoord import hash_password
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.proefgemeente.lot import Lot, table


async def store(unit: UnitOfWork) -> None:
    """Write accounts and werkplekken. One hash serves all: the password is the same and known."""
    gehasht = await hash_password(WACHTWOORD)
    lot = Lot("medewerkers van Proefdam")
    accounts = [
        {
            "id": lot.uuid(unit.now),
            "gebruikersnaam": rij["gebruikersnaam"],
            "naam": rij["naam"],
            "wachtwoord_hash": gehasht,
            "rollen": rij["rollen"].split(),
            "afdeling": rij["afdeling"],
            "proef": True,
            "gemaakt_op": unit.now,
        }
        for rij in table("medewerkers")
    ]
    await unit.session.execute(insert(AccountRij), accounts)
    await unit.session.execute(insert(WerkplekRij), table("werkplekken"))
