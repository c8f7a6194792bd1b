"""Whether the provider still knows the employee, asked each time our own refresh token is used.

Who is withdrawn there is out within one life of an access token. A provider that is away throws nobody out before the
grace of the settings is over, and then refuses without ending the session.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from enum import Enum

import msgspec
import structlog
from sqlalchemy import or_, select, update

from kcs_desktop.backend.accounts.oidc import fouten, persoon
from kcs_desktop.backend.accounts.oidc.aanbieder import Away, Refused
from kcs_desktop.backend.accounts.oidc.gemeente import Gemeente, seal_key
from kcs_desktop.backend.accounts.oidc.idtoken import Claims
from kcs_desktop.backend.accounts.sleutels import Sleutels
from kcs_desktop.backend.accounts.tables import AccountRij, IdentiteitRij, SessieRij
from kcs_desktop.backend.db.unit import Database, UnitOfWork

log = structlog.get_logger(__name__)
LEASE = timedelta(seconds=20)  # a provider that changes refresh tokens takes two at once for theft
LIMIT = 8.0  # seconds; a seat waits ten for its own refresh
WITHOUT_REFRESH = timedelta(hours=1)  # how long a session lives that cannot be asked after
GEMEENTE = "gemeenteaccount"  # why a session ended


class Uitkomst(Enum):
    """What the provider said."""

    BEVESTIGD = "bevestigd"
    INGETROKKEN = "ingetrokken"
    ONBEKEND = "onbekend"


class Herzien(msgspec.Struct, frozen=True):
    """`verder` is the seal to keep from now on."""

    uitkomst: Uitkomst
    verder: str = ""
    claims: Claims | None = None


class Hercontrole:
    """Asks outside any transaction, because an answer may take seconds; applies within the caller's."""

    def __init__(self, db: Database, gemeente: Gemeente, sleutels: Sleutels) -> None:
        self._db = db
        self._gemeente = gemeente
        self._sleutels = sleutels

    async def ask(self, sessie_id: str, nr: int) -> Herzien:
        """Ask after the employee of this session, for its refresh token `nr`; ONBEKEND too while another request asks
        or has asked."""
        async with self._db.write() as unit:
            sealed = await unit.session.scalar(
                update(SessieRij)
                .where(SessieRij.id == sessie_id, SessieRij.verversing_nr == nr, SessieRij.idp.is_not(None))
                .where(or_(SessieRij.idp_bezig_tot.is_(None), SessieRij.idp_bezig_tot <= unit.now))
                .values(idp_bezig_tot=unit.now + LEASE)
                .returning(SessieRij.idp)
            )
            who = (
                await unit.session.execute(
                    select(IdentiteitRij.issuer, IdentiteitRij.sub)
                    .join(SessieRij, SessieRij.account_id == IdentiteitRij.account_id)
                    .where(SessieRij.id == sessie_id)
                )
            ).first()
            key = await self._sleutels.find(unit.session, seal_key(sealed)) if sealed else None
        if not sealed or who is None:
            return Herzien(Uitkomst.ONBEKEND)
        bewaard = self._gemeente.unseal(sealed, key) if key else None
        if bewaard is None or key is None or who.issuer != self._gemeente.settings.issuer:
            return Herzien(Uitkomst.INGETROKKEN)  # other secrets or another provider: nobody can ask after this one
        try:
            async with asyncio.timeout(LIMIT):
                verder, claims = await self._gemeente.renew(bewaard, who.issuer, who.sub)
        except Refused:
            log.info("oidc.withdrawn")
            return Herzien(Uitkomst.INGETROKKEN)
        except (Away, TimeoutError) as error:
            log.warning("oidc.away", stap="verversen", reden=str(error))
            return Herzien(Uitkomst.ONBEKEND)
        return Herzien(Uitkomst.BEVESTIGD, self._gemeente.seal(verder, seal_key(sealed), key), claims)

    def holds(self, unit: UnitOfWork, account: AccountRij, sessie: SessieRij, herzien: Herzien) -> bool:
        """Take over what was heard; False when the session is over. Raises HttpProblem 503 after the grace."""
        if herzien.uitkomst is Uitkomst.INGETROKKEN:
            return False
        if herzien.uitkomst is Uitkomst.ONBEKEND:
            self._check_grace(unit, sessie)
            return True
        sessie.idp, sessie.idp_bevestigd_op, sessie.idp_bezig_tot = herzien.verder, unit.now, None
        if herzien.claims is None:
            return True  # confirmed, and nothing told of roles
        rollen = persoon.rollen_of(herzien.claims, self._gemeente.settings)
        account.rollen = list(rollen)
        return set(sessie.rollen) <= set(rollen)

    def _check_grace(self, unit: UnitOfWork, sessie: SessieRij) -> None:
        since = sessie.idp_bevestigd_op or sessie.begonnen_op
        if unit.now - since > timedelta(minutes=self._gemeente.settings.respijt):
            raise fouten.unconfirmed()
