"""Sign-in at a werkplek, taking up a remembered session, the lock, switching person, and signing out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import msgspec

from kcs_desktop.api.kcs import Kcs
from kcs_desktop.domain.errors import Forbidden, InvalidInput, KcsError, RetryableError, SignedOut
from kcs_desktop.domain.sessie import Aanmelding, Sessie
from kcs_desktop.domain.sleutelvraag import Sleutelvraag
from kcs_desktop.domain.zitplaats import REMEMBERED, Zitplaats, sessienaam
from kcs_desktop.security.pogingen import Pogingen
from kcs_desktop.security.sessie import OnthoudenSessie, Sessiehouder
from kcs_desktop.security.sleutelbos import KeyringFault, Sleutelbos
from kcs_desktop.security.wachtwoord import make_verifier, matches
from kcs_desktop.services.gemeenteaccount import OpenUrl, through_browser
from kcs_desktop.services.intrekking import Intrekking, is_withdrawn
from kcs_desktop.services.opslag import Opslag
from kcs_desktop.services.winkels import Winkels
from kcs_desktop.services.zitplaatsbestand import Zitplaatsbestand


class AanmeldenService:
    """Implements `sdk.Aanmelden`. `begin` and `end` are the seat's: what happens around a session is its concern."""

    def __init__(
        self,
        kcs: Kcs,
        houder: Sessiehouder,
        opslag: Opslag,
        bos: Sleutelbos,
        bestand: Zitplaatsbestand,
        intrekking: Intrekking,
        winkels: Winkels,
        *,
        begin: Callable[[Sessie], Awaitable[None]],
        end: Callable[[], Awaitable[None]],
        unsent: Callable[[], int],
        ready: Callable[[], Awaitable[None]],
        clock: Callable[[], datetime],
    ) -> None:
        self._kcs = kcs
        self._houder = houder
        self._opslag = opslag
        self._bos = bos
        self._bestand = bestand
        self._intrekking = intrekking
        self._winkels = winkels
        self._pogingen = Pogingen(bos, clock)
        self._begin = begin
        self._end = end
        self._unsent = unsent
        self._ready = ready
        self._clock = clock
        self._verifier = ""

    # sdk.Aanmelden

    async def proefgemeente(self) -> Mapping[str, Any]:
        await self._ready()
        return await self._kcs.proefgemeente()

    async def sign_in(self, gebruikersnaam: str, wachtwoord: str, code: str = "") -> Aanmelding:
        await self._ready()
        aanmelding = await self._kcs.sign_in(gebruikersnaam, wachtwoord, code)
        self._verifier = await self._opslag.sleutelwerker.run(make_verifier, wachtwoord)
        return aanmelding

    async def sign_in_in_browser(self, open_url: OpenUrl, *, opnieuw: bool = False) -> Aanmelding:
        await self._ready()
        aanmelding = await self._kcs.sign_in_at_gemeente(await through_browser(self._kcs, open_url, opnieuw=opnieuw))
        self._verifier = ""  # no password here ends its lock
        return aanmelding

    async def storage_question(self, aanmelding: Aanmelding) -> Sleutelvraag | None:
        winkel = await self._winkel(aanmelding)
        return await self._opslag.sleutelwerker.run(self._opslag.sleutel.question, winkel)

    async def unlock_keyring(self) -> None:
        try:
            await self._opslag.sleutelwerker.run(self._opslag.sleutel.unlock_keyring)
        except KeyringFault as fout:
            raise InvalidInput(
                str(fout), advice="U kunt ook verdergaan zonder sleutelbos.", code="sleutelbos"
            ) from fout

    async def use_passphrase(self, aanmelding: Aanmelding, wachtzin: str) -> None:
        opslag = self._opslag
        winkel = await self._winkel(aanmelding)
        await opslag.sleutelwerker.run(opslag.sleutel.use_passphrase, winkel, wachtzin)

    async def forget_passphrase(self, aanmelding: Aanmelding) -> None:
        winkel = await self._winkel(aanmelding)
        await self._opslag.sleutelwerker.run(self._opslag.sleutel.forget_passphrase, winkel)

    def keep_nothing(self, aanmelding: Aanmelding) -> None:
        self._opslag.sleutel.keep_nothing(self._winkels.name(aanmelding.medewerker.gebruikersnaam))

    async def choose(self, aanmelding: Aanmelding, werkplek: str, rollen: Sequence[str]) -> Sessie:
        antwoord = await self._kcs.start_session(aanmelding.keuzetoken, werkplek, rollen)
        if self._houder.sessie is not None:
            await self._leave(is_told=False)
        sessie = antwoord.sessie
        opslag, gebruikersnaam = self._opslag, sessie.medewerker.gebruikersnaam
        winkel = await opslag.sleutelwerker.run(self._winkels.settle, gebruikersnaam)
        await self._intrekking.check_before(winkel, self._clock())
        await opslag.open(winkel, await opslag.sleutelwerker.run(self._winkels.elsewhere, winkel, gebruikersnaam))
        await self._houder.take(antwoord)
        await self._settle_in(sessie, winkel, self._clock() + opslag.termijnen.sessie, self._verifier)
        return sessie

    async def resume(self) -> Sessie | None:
        vorige, nu = self._bestand.value, self._clock()
        if not vorige.winkel or vorige.sessie_tot is None or vorige.sessie_tot <= nu:
            return None
        opslag = self._opslag
        winkel = await opslag.sleutelwerker.run(self._winkels.settle, vorige.gebruikersnaam)
        if winkel != self._bestand.value.winkel:
            return None  # a session of another backend: its token is for nobody else
        onthouden = await self._remembered(winkel)
        if onthouden is None or onthouden.tot <= self._clock():
            return None
        elders = await opslag.sleutelwerker.run(self._winkels.elsewhere, winkel, vorige.gebruikersnaam)
        await opslag.open(winkel, elders)
        bekend = await opslag.werker.run(opslag.toegang.sessie)
        # Before anything is asked: a window closed meanwhile must not count as one that was at work.
        self._houder.is_locked = vorige.is_locked_at(nu)
        sessie = await self._renewed(bekend, onthouden)
        if sessie is None:
            self._houder.drop()
            await opslag.close_stores()
            return None
        await self._settle_in(sessie, winkel, vorige.sessie_tot)
        return sessie

    async def unlock(self, wachtwoord: str) -> Sessie:
        sessie = self._houder.sessie
        if sessie is None:
            raise SignedOut
        try:
            await self._kcs.unlock(wachtwoord)
        except Forbidden as fout:
            raise InvalidInput(fout.message, field="wachtwoord", code=fout.code) from fout
        except RetryableError as fout:
            if fout.code == "te-veel-pogingen":
                raise
            await self._unlock_offline(wachtwoord)
        await self._opslag.sleutelwerker.run(self._pogingen.succeed, self._opslag.winkel)
        self._set_locked(is_locked=False)
        return sessie

    async def unlock_in_browser(self, open_url: OpenUrl) -> Sessie:
        sessie = self._houder.sessie
        if sessie is None:
            raise SignedOut
        try:
            await self._kcs.unlock_at_gemeente(await through_browser(self._kcs, open_url, opnieuw=True))
        except Forbidden as fout:
            raise InvalidInput(fout.message, code=fout.code) from fout
        self._set_locked(is_locked=False)
        return sessie

    async def sign_out(self) -> None:
        """End the session here and at the backend. Unsent work stays, for this employee's next sign-in."""
        if self._houder.sessie is None:
            return
        await self.forget(is_told=False)  # first: whatever happens next, nothing that can be used stays here
        is_told = False
        with suppress(KcsError):
            await self._kcs.end_session()
            is_told = True
        await self._leave(is_told=is_told)

    def last_choice(self) -> tuple[str, str]:
        vorige = self._bestand.value
        return vorige.gebruikersnaam, vorige.werkplek

    def last_rollen(self, gebruikersnaam: str) -> tuple[str, ...]:
        return self._bestand.value.rollen_of(self._winkels.name(gebruikersnaam))

    @property
    def is_locked(self) -> bool:
        return self._houder.is_locked

    def lock(self) -> None:
        """Until `unlock`; it stays so over a restart of the window."""
        if self._houder.sessie is not None:
            self._set_locked(is_locked=True)

    def note_busy(self, moment: datetime, slot_minuten: int) -> None:
        """Somebody last touched this seat at `moment`: its silence counts from there, over a restart too."""
        if self._houder.sessie is not None and not self._houder.is_locked:
            self._bestand.note_busy(moment, slot_minuten)

    def sign_out_warning(self) -> str:
        """What the employee must know before signing out; "" when nothing waits."""
        aantal = self._unsent()
        if not aantal:
            return ""
        wat = "Er wacht nog 1 opdracht" if aantal == 1 else f"Er wachten nog {aantal} opdrachten"
        if self._opslag.is_in_memory:
            return (
                f"{wat} op verzending, alleen in het geheugen van dit venster. Laat het venster open, en meld u hier"
                " weer aan om te verzenden."
            )
        return f"{wat} op verzending. Die blijft bewaard en gaat pas weg als u zich hier weer aanmeldt."

    # for the seat

    async def remember(self, onthouden: OnthoudenSessie) -> None:
        """Keep the newest refresh token; a keyring that refuses only means signing in again next time.

        Beside it, also where there is no keyring, what the backend can be asked with later.
        """
        winkel = self._opslag.winkel
        if not winkel:
            return
        geheim = msgspec.json.encode(onthouden).decode()
        with suppress(KeyringFault):
            await self._opslag.sleutelwerker.run(self._bos.write, sessienaam(winkel), geheim)
        await self._intrekking.begun(winkel, onthouden.verversing)

    async def forget(self, *, is_told: bool = True) -> None:
        """The session ended: nothing of it may be taken up again. `is_told`: the backend knows that it ended."""
        winkel = self._bestand.value.winkel
        self._bestand.change(sessie_tot=None, vergrendeld=False)
        if self._opslag.is_open:
            await self._opslag.werker.run(self._opslag.toegang.forget)
        await self._intrekking.end(winkel, is_told=is_told)

    async def check_withdrawn(self) -> None:
        """Erase the cache of whoever was withdrawn since they worked here; who works now hears it by their session."""
        await self._ready()
        await self._intrekking.check(self._clock())

    async def wipe(self) -> bool:
        """Erase what this employee's cache holds; the session itself goes on. False where the disk refuses."""
        return await self._opslag.wipe()

    # inside

    async def _winkel(self, aanmelding: Aanmelding) -> str:
        return await self._opslag.sleutelwerker.run(self._winkels.settle, aanmelding.medewerker.gebruikersnaam)

    async def _settle_in(self, sessie: Sessie, winkel: str, tot: datetime, verifier: str | None = None) -> None:
        opslag = self._opslag
        await opslag.werker.run(opslag.toegang.keep, sessie, verifier)
        await opslag.sleutelwerker.run(self._winkels.note, winkel, sessie.medewerker.gebruikersnaam)
        eerder = {naam: rollen for naam, rollen in self._bestand.value.rollen_per.items() if naam != winkel}
        rollen_per = dict([*eerder.items(), (winkel, sessie.rollen)][-REMEMBERED:])
        zitplaats = Zitplaats(
            sessie.medewerker.gebruikersnaam,
            sessie.medewerker.naam,
            sessie.werkplek.id,
            sessie.rollen,
            winkel,
            min(sessie.verloopt_op, tot),
            self._houder.is_locked,
            self._clock(),
            self._bestand.value.slot_minuten,
            sessie.mag("crm"),
            sessie.mag("basisregistraties"),
            tuple(sorted(functie for functie in sessie.rechten if sessie.mag(functie))),
            rollen_per,
        )
        await self._opslag.werker.run(self._bestand.write, zitplaats)
        await self._begin(sessie)

    async def _leave(self, *, is_told: bool) -> None:
        await self.forget(is_told=is_told)
        await self._end()

    async def _remembered(self, winkel: str) -> OnthoudenSessie | None:
        try:
            geheim = await self._opslag.sleutelwerker.run(self._bos.read, sessienaam(winkel))
            return msgspec.json.decode(geheim, type=OnthoudenSessie) if geheim else None
        except (KeyringFault, msgspec.DecodeError):
            return None

    async def _renewed(self, bekend: Sessie | None, onthouden: OnthoudenSessie) -> Sessie | None:
        """The session with a fresh token; as it was, where the backend cannot be reached; None when it ended."""
        if bekend is not None:
            self._houder.take_offline(bekend, onthouden)
        try:
            antwoord = await self._kcs.renew_session(onthouden.verversing)
        except RetryableError:
            return bekend
        except KcsError as fout:
            if is_withdrawn(fout):
                await self._opslag.wipe()
            await self.forget()
            return None
        await self._houder.take(antwoord)
        return antwoord.sessie

    async def _unlock_offline(self, wachtwoord: str) -> None:
        opslag = self._opslag
        await opslag.sleutelwerker.run(self._pogingen.begin, opslag.winkel)
        verifier = await opslag.werker.run(opslag.toegang.verifier)
        if not await asyncio.shield(opslag.sleutelwerker.run(matches, verifier, wachtwoord)):
            raise InvalidInput("Het wachtwoord klopt niet.", field="wachtwoord", code="ontgrendelen-mislukt")

    def _set_locked(self, *, is_locked: bool) -> None:
        self._houder.is_locked = is_locked
        self._bestand.change(vergrendeld=is_locked, laatst_bezig=self._clock())
