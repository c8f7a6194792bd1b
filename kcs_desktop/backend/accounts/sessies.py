"""The course of a sign-in: proof of who it is, a choice of werkplek and roles, refreshing, unlocking, signing out."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from kcs_desktop.backend.accounts import pogingen
from kcs_desktop.backend.accounts.beheer import INGETROKKEN, end_session, hash_token, normal_name
from kcs_desktop.backend.accounts.bron import Bewijs, Identiteitsbron
from kcs_desktop.backend.accounts.oidc import fouten, persoon
from kcs_desktop.backend.accounts.oidc.gemeente import Gemeente, Terugkomst
from kcs_desktop.backend.accounts.oidc.hercontrole import GEMEENTE, WITHOUT_REFRESH, Hercontrole, Herzien, Uitkomst
from kcs_desktop.backend.accounts.sleutels import Sleutels
from kcs_desktop.backend.accounts.tables import AccountRij, IdentiteitRij, KeuzeRij, SessieRij, WerkplekRij
from kcs_desktop.backend.accounts.tokens import (
    InvalidToken,
    expiry,
    is_refresh,
    parse_refresh,
    refresh_token,
    sign_access,
)
from kcs_desktop.backend.accounts.wachtwoord import matches
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.principal import Principal
from kcs_desktop.backend.problem import HttpProblem, InvalidBody, InvalidParam
from kcs_desktop.backend.verzoek import not_signed_in
from kcs_desktop.domain.rechten import Rechtentabel
from kcs_desktop.domain.sessie import Aanmelding, Medewerker, Sessie, SessieAntwoord, Sessiestand, Tokens, Werkplek
from kcs_desktop.domain.uuid7 import new_id

SESSION_LIFETIME = timedelta(hours=12)
CHOICE_LIFETIME = timedelta(minutes=5)
REPEAT_WINDOW = timedelta(seconds=30)


class Sessies:
    """Everything that begins, extends or ends a session."""

    def __init__(
        self,
        db: Database,
        rechtentabel: Rechtentabel,
        sleutels: Sleutels,
        bron: Identiteitsbron,
        gemeente: Gemeente | None = None,
    ) -> None:
        self._db = db
        self._rechtentabel = rechtentabel
        self._sleutels = sleutels
        self._bron = bron
        self._gemeente = gemeente
        self._hercontrole = Hercontrole(db, gemeente, sleutels) if gemeente else None

    async def sign_in(self, bewijs: Bewijs, address: str) -> Aanmelding:
        """Prove who it is; what follows is a choice, with a token that lives five minutes and works once."""
        if self._gemeente is not None and self._gemeente.settings.alleen:
            raise fouten.password_refused()
        name = normal_name(bewijs.gebruikersnaam)
        async with self._db.write() as unit:
            await pogingen.claim(unit, pogingen.ADDRESS, address)
            await pogingen.claim(unit, pogingen.ACCOUNT, name)
        try:
            account = await self._bron.establish(bewijs)
        except HttpProblem as problem:
            if problem.code == "code-nodig":  # the password was right: asking for the code is no failed attempt
                async with self._db.write() as unit:
                    await pogingen.forget_last(unit, pogingen.ADDRESS, address)
                    await pogingen.forget_last(unit, pogingen.ACCOUNT, name)
            raise
        async with self._db.write() as unit:
            await pogingen.forget(unit, pogingen.ACCOUNT, name)
            await pogingen.forget_last(unit, pogingen.ADDRESS, address)
            return await self._offer(unit, account)

    async def sign_in_at_gemeente(self, terugkomst: Terugkomst, address: str) -> Aanmelding:
        """The provider tells who it is; the choice that follows is the same."""
        gemeente = self.gemeente()
        async with self._db.write() as unit:
            await pogingen.claim(unit, pogingen.ADDRESS, address)
        try:
            found = await gemeente.establish(terugkomst)
        except HttpProblem as problem:
            await self._forget_if_away(problem, pogingen.ADDRESS, address)
            raise
        async with self._db.write() as unit:
            await pogingen.forget_last(unit, pogingen.ADDRESS, address)
            account = await persoon.account_of(unit, found.claims, gemeente.settings)
            return await self._offer(unit, account, found.zegel or None, unit.now)

    async def _forget_if_away(self, problem: HttpProblem, limit: pogingen.Limit, waarde: str) -> None:
        """A provider that gives no answer has judged nothing, so nobody guessed."""
        if problem.status == 503:
            async with self._db.write() as unit:
                await pogingen.forget_last(unit, limit, waarde)

    def gemeente(self) -> Gemeente:
        """Raises HttpProblem 404 where the provider is not set up."""
        if self._gemeente is None:
            raise fouten.not_offered()
        return self._gemeente

    async def _offer(
        self, unit: UnitOfWork, account: AccountRij, idp: str | None = None, confirmed: datetime | None = None
    ) -> Aanmelding:
        token = secrets.token_urlsafe(32)
        await unit.session.execute(delete(KeuzeRij).where(KeuzeRij.verloopt_op <= unit.now))
        unit.session.add(
            KeuzeRij(
                token_hash=hash_token(token),
                account_id=account.id,
                verloopt_op=unit.now + CHOICE_LIFETIME,
                idp=idp,
                idp_bevestigd_op=confirmed,
            )
        )
        werkplekken = await unit.session.scalars(select(WerkplekRij).order_by(WerkplekRij.id))
        return Aanmelding(
            token, _medewerker(account), tuple(Werkplek(rij.id, rij.naam, rij.soort) for rij in werkplekken)
        )

    async def begin(self, keuzetoken: str, werkplek_id: str, rollen: Sequence[str]) -> SessieAntwoord:
        """Use up the choice and begin the session. A wrong choice leaves the token usable."""
        async with self._db.write() as unit:
            # Deleting is what makes it single-use: of two requests at once only one gets the row.
            keuze = (
                await unit.session.execute(
                    delete(KeuzeRij)
                    .where(KeuzeRij.token_hash == hash_token(keuzetoken), KeuzeRij.verloopt_op > unit.now)
                    .returning(KeuzeRij.account_id, KeuzeRij.idp, KeuzeRij.idp_bevestigd_op)
                )
            ).one_or_none()
            account = await unit.session.get(AccountRij, keuze.account_id) if keuze else None
            if keuze is None or account is None or account.geblokkeerd:
                raise not_signed_in("keuze-verlopen", "Meld u opnieuw aan.")
            werkplek = await self._chosen_werkplek(unit, account, werkplek_id, rollen)
            sleutel_id, key = await self._sleutels.current(unit)
            cannot_be_asked = keuze.idp_bevestigd_op is not None and keuze.idp is None
            sessie = SessieRij(
                id=new_id(unit.now),
                account_id=account.id,
                werkplek_id=werkplek.id,
                werkplek_naam=werkplek.naam,
                werkplek_soort=werkplek.soort,
                rollen=list(dict.fromkeys(rollen)),
                sleutel_id=sleutel_id,
                verversing_nr=1,
                ververst_op=unit.now,
                begonnen_op=unit.now,
                verloopt_op=unit.now + (WITHOUT_REFRESH if cannot_be_asked else SESSION_LIFETIME),
                idp=keuze.idp,
                idp_bevestigd_op=keuze.idp_bevestigd_op,
            )
            unit.session.add(sessie)
            await unit.session.flush()
            return self._answer(unit, account, sessie, key)

    async def _chosen_werkplek(
        self, unit: UnitOfWork, account: AccountRij, werkplek_id: str, rollen: Sequence[str]
    ) -> WerkplekRij:
        wrong: list[InvalidParam] = []
        if not rollen:
            wrong.append(InvalidParam("rollen", "required", "Kies ten minste een rol."))
        if not set(rollen) <= set(account.rollen):
            wrong.append(InvalidParam("rollen", "invalid", "U hebt een van deze rollen niet."))
        werkplek = await unit.session.get(WerkplekRij, werkplek_id)
        if werkplek is None:
            wrong.append(InvalidParam("werkplek", "does_not_exist", "Deze werkplek bestaat niet."))
        if wrong or werkplek is None:
            raise InvalidBody(wrong, "Kies een werkplek en een rol uit de lijst.")
        return werkplek

    async def refresh(self, verversing: str) -> SessieAntwoord:
        """The successor of a refresh token. Using an old one again ends the whole session."""
        try:
            sessie_id, nr = parse_refresh(verversing)
        except InvalidToken as error:
            raise not_signed_in(error.code, "Meld u opnieuw aan.") from error
        herzien = await self._ask_gemeente(verversing, sessie_id, nr)
        async with self._db.write() as unit:
            sessie, account, key = await self._proven(unit, verversing, sessie_id, nr)
            if account.geblokkeerd or sessie.beeindigd_om == INGETROKKEN:
                # Only to who holds the token: the seat erases what it kept of customers.
                raise not_signed_in("sessie-ingetrokken", "De beheerder heeft uw sessie beëindigd. Uw werk is bewaard.")
            if sessie.beeindigd_op is not None or sessie.verloopt_op <= unit.now:
                raise not_signed_in("sessie-beeindigd", "Meld u opnieuw aan. Uw werk is bewaard.")
            is_current = nr == sessie.verversing_nr
            # The answer got lost on the way: the same successor again, because its number does not change. What the
            # provider told the one of two that came last counts all the same.
            is_repeat = nr == sessie.verversing_nr - 1 and unit.now - sessie.ververst_op <= REPEAT_WINDOW
            if not is_current and not is_repeat:
                end_session(unit, sessie, "hergebruik")
                code = "verversing-hergebruikt"
                detail = "Uw sessie is voor de zekerheid beëindigd. Meld u opnieuw aan."
            elif not self._still_holds(unit, account, sessie, herzien):
                end_session(unit, sessie, GEMEENTE)
                code, detail = "sessie-beeindigd", "Uw gemeente-account geeft geen toegang meer. Meld u opnieuw aan."
            else:
                if is_current:
                    sessie.verversing_nr = nr + 1
                    sessie.ververst_op = unit.now
                return self._answer(unit, account, sessie, key)
        raise not_signed_in(code, detail)

    async def _proven(
        self, unit: UnitOfWork, verversing: str, sessie_id: str, nr: int
    ) -> tuple[SessieRij, AccountRij, bytes]:
        """The session that this refresh token is of, locked. Raises 401 for one that we did not make."""
        found = (
            await unit.session.execute(
                select(SessieRij, AccountRij)
                .join(AccountRij, AccountRij.id == SessieRij.account_id)
                .where(SessieRij.id == sessie_id)
                .with_for_update(of=SessieRij)
            )
        ).one_or_none()
        key = await self._sleutels.find(unit.session, found[0].sleutel_id) if found else None
        if found is None or key is None or not is_refresh(verversing, key, sessie_id, nr):
            raise not_signed_in("ongeldig-token", "Meld u opnieuw aan.")
        return found[0], found[1], key

    async def _ask_gemeente(self, verversing: str, sessie_id: str, nr: int) -> Herzien | None:
        """What the provider says of who holds this token; None where it need not be asked."""
        async with self._db.read() as session:
            sessie = await session.get(SessieRij, sessie_id)
            key = await self._sleutels.find(session, sessie.sleutel_id) if sessie and sessie.idp else None
        if sessie is None or key is None or nr != sessie.verversing_nr or sessie.verloopt_op <= self._db.clock():
            return None
        if self._hercontrole is None:
            return Herzien(Uitkomst.INGETROKKEN)  # the provider is no longer set up here
        return await self._hercontrole.ask(sessie_id, nr) if is_refresh(verversing, key, sessie_id, nr) else None

    def _still_holds(self, unit: UnitOfWork, account: AccountRij, sessie: SessieRij, herzien: Herzien | None) -> bool:
        if herzien is None:
            return True
        return self._hercontrole is not None and self._hercontrole.holds(unit, account, sessie, herzien)

    async def look_into(self, kenmerk: str, afdruk: str, *, ends: bool) -> Sessiestand:
        """How it stands with a session, for a seat that kept only a hash of one of its tokens; `ends` ends it.

        A key that was withdrawn still tells whose it was: else nobody would hear of a block after a change of key.
        """
        try:
            sessie_id, nr = parse_refresh(f"{kenmerk}.")
        except InvalidToken:
            return Sessiestand.ONBEKEND
        async with self._db.write() as unit:
            sessie = await unit.session.get(SessieRij, sessie_id)
            key = await self._sleutels.any(unit.session, sessie.sleutel_id) if sessie else None
            if sessie is None or key is None or nr > sessie.verversing_nr:
                return Sessiestand.ONBEKEND
            if not hmac.compare_digest(hash_token(refresh_token(key, sessie_id, nr)).encode(), afdruk.encode()):
                return Sessiestand.ONBEKEND
            account = await unit.session.get(AccountRij, sessie.account_id)
            if account is None or account.geblokkeerd or sessie.beeindigd_om == INGETROKKEN:
                return Sessiestand.INGETROKKEN
            if sessie.beeindigd_op is not None or sessie.verloopt_op <= unit.now:
                return Sessiestand.BEEINDIGD
            if ends:
                end_session(unit, sessie, "afgemeld")
            return Sessiestand.BEEINDIGD if ends else Sessiestand.LOOPT

    async def unlock(self, wie: Principal, wachtwoord: str) -> None:
        """The employee is still the one who signed in. After five wrong passwords there is a wait."""
        async with self._db.write() as unit:
            await pogingen.claim(unit, pogingen.UNLOCK, wie.sessie)
        async with self._db.read() as session:
            account = await session.get(AccountRij, wie.id)
        if account is None or not await matches(account.wachtwoord_hash, wachtwoord):
            raise HttpProblem(403, "ontgrendelen-mislukt", "Ontgrendelen is niet gelukt.", "Het wachtwoord klopt niet.")
        async with self._db.write() as unit:
            await pogingen.forget(unit, pogingen.UNLOCK, wie.sessie)

    async def unlock_at_gemeente(self, wie: Principal, terugkomst: Terugkomst) -> None:
        """The same, by proving it again at the provider. Raises HttpProblem 403."""
        async with self._db.write() as unit:
            await pogingen.claim(unit, pogingen.UNLOCK, wie.sessie)
        try:
            found = await self.gemeente().establish(terugkomst)
        except HttpProblem as problem:
            await self._forget_if_away(problem, pogingen.UNLOCK, wie.sessie)
            if problem.status == 401:  # the session itself is in order
                raise HttpProblem(403, problem.code, problem.title, problem.detail) from problem
            raise
        async with self._db.write() as unit:
            identiteit = await unit.session.get(IdentiteitRij, (found.claims["iss"], found.claims["sub"]))
            if not found.opnieuw or identiteit is None or identiteit.account_id != wie.id:
                refused = fouten.refused("oidc-ander-account" if found.opnieuw else "oidc-niet-opnieuw")
                raise HttpProblem(403, refused.code, "Ontgrendelen is niet gelukt.", refused.detail)
            await pogingen.forget(unit, pogingen.UNLOCK, wie.sessie)

    async def end(self, wie: Principal) -> None:
        """Sign out: access and refresh tokens of this session are refused from now on."""
        async with self._db.write() as unit:
            sessie = await unit.session.get(SessieRij, wie.sessie)
            if sessie is not None and sessie.beeindigd_op is None:
                end_session(unit, sessie, "afgemeld")

    async def current(self, wie: Principal) -> Sessie:
        """The session of this request."""
        async with self._db.read() as session:
            sessie = await session.get(SessieRij, wie.sessie)
            account = await session.get(AccountRij, wie.id)
        if sessie is None or account is None:
            raise not_signed_in()
        return self._sessie(account, sessie)

    def _answer(self, unit: UnitOfWork, account: AccountRij, sessie: SessieRij, key: bytes) -> SessieAntwoord:
        tokens = Tokens(
            sign_access(sessie.sleutel_id, key, account.id, sessie.id, tuple(sessie.rollen), unit.now),
            refresh_token(key, sessie.id, sessie.verversing_nr),
            expiry(unit.now),
        )
        return SessieAntwoord(self._sessie(account, sessie), tokens)

    def _sessie(self, account: AccountRij, sessie: SessieRij) -> Sessie:
        rechten = {functie: int(recht) for functie, recht in self._rechtentabel.rechten(sessie.rollen).items()}
        return Sessie(
            sessie.id,
            _medewerker(account),
            Werkplek(sessie.werkplek_id, sessie.werkplek_naam, sessie.werkplek_soort),
            tuple(sessie.rollen),
            rechten,
            sessie.verloopt_op,
            gemeenteaccount=sessie.idp_bevestigd_op is not None,
        )


def _medewerker(account: AccountRij) -> Medewerker:
    return Medewerker(account.gebruikersnaam, account.naam, tuple(account.rollen), account.afdeling)
