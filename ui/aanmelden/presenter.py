"""The steps of signing in, without Qt: password or browser, then werkplek and roles; the lock and the switch of person.

A password passes through and is never kept.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from enum import StrEnum

import msgspec

from kcs_desktop.sdk import (
    Aanmelden,
    Aanmelding,
    InvalidInput,
    KcsError,
    RetryableError,
    Sessie,
    Signal,
    SignedOut,
    Sleutelvraag,
    UserError,
    Werkplek,
    check_passphrase,
)
from ui.aanmelden.proefaccount import Proefaccount, few

ASK_AGAIN = 1.0  # seconds until a backend that did not answer is asked again


class Stap(StrEnum):
    """Which page is shown."""

    WACHTWOORD = "wachtwoord"
    WERKPLEK = "werkplek"
    BROWSER = "browser"
    WACHTZIN = "wachtzin"
    VERGRENDELD = "vergrendeld"
    KLAAR = "klaar"


def lacking(wachtzin: str) -> str:
    """What a passphrase that is being chosen still lacks; "" for one that will do."""
    try:
        check_passphrase(wachtzin)
    except InvalidInput as fout:
        return fout.message
    return ""


class AanmeldPresenter:
    """`changed` fires when the page must be drawn again; `signed_in` when the window may open.

    `refused` carries the field that is to be filled in otherwise, or at all; "" is the button that tries again.
    """

    def __init__(self, aanmelden: Aanmelden, open_url: Callable[[str], bool] = lambda _url: False) -> None:
        self._aanmelden = aanmelden
        self._open_url = open_url
        self._opened = ""  # where the browser went
        self._is_known_wrong = False  # the browser signed in who was not meant: credentials are asked
        self.gemeenteaccount = False
        self.alleen_gemeenteaccount = False
        self.changed: Signal[None] = Signal()
        self.signed_in: Signal[Sessie] = Signal()
        self.refused: Signal[str] = Signal()
        self.stap = Stap.WACHTWOORD
        self.bezig = False
        self.melding = ""
        self.afgewezen = False  # what was typed was refused: it is overtyped, not added to
        self.beurt = 0  # how many people stood up from this seat
        self.code_nodig = False
        self.aanmelding: Aanmelding | None = None
        self.proefaccounts: tuple[Proefaccount, ...] = ()
        self.proefwachtwoord = ""
        self.vraag: Sleutelvraag | None = None  # what is asked about the store, on its page
        self.is_vergeten = False  # "forgotten" was pressed; what that means is on screen
        self._keuze: tuple[str, tuple[str, ...]] = ("", ())
        self._sessie: Sessie | None = None

    @property
    def werkplekken(self) -> Sequence[Werkplek]:
        return self.aanmelding.werkplekken if self.aanmelding else ()

    @property
    def sessie(self) -> Sessie | None:
        return self._sessie

    def last_gebruikersnaam(self) -> str:
        return self._aanmelden.last_choice()[0]

    def proposed_werkplek(self) -> str:
        """The werkplek of the last sign-in at this seat, else the first."""
        _naam, werkplek = self._aanmelden.last_choice()
        ids = [plek.id for plek in self.werkplekken]
        return werkplek if werkplek in ids else (ids[0] if ids else "")

    def proposed_rollen(self) -> tuple[str, ...]:
        """The roles this employee last worked in at this seat, else the first of the account: never another's."""
        if self.aanmelding is None:
            return ()
        wie = self.aanmelding.medewerker
        rollen = wie.rollen
        vorige = tuple(rol for rol in self._aanmelden.last_rollen(wie.gebruikersnaam) if rol in rollen)
        return vorige or rollen[:1]

    async def load(self) -> None:
        """What the page shows beside the fields: on a proefgemeente its accounts. Asks until the backend answers."""
        gezegd = ""
        while True:
            try:
                gegevens = await self._aanmelden.proefgemeente()
                break
            except KcsError as fout:
                if not self.bezig and self.melding == gezegd:  # what a sign-in said meanwhile stays
                    self._say(fout)
                    gezegd = self.melding
                if not isinstance(fout, RetryableError):
                    return
            await asyncio.sleep(ASK_AGAIN)
        if self.melding == gezegd:
            self.melding = ""
        self.proefaccounts = few(
            [msgspec.convert(account, Proefaccount, strict=False) for account in gegevens.get("accounts", ())]
        )
        self.proefwachtwoord = str(gegevens.get("wachtwoord", ""))
        self.gemeenteaccount = bool(gegevens.get("gemeenteaccount"))
        self.alleen_gemeenteaccount = bool(gegevens.get("alleen_gemeenteaccount"))
        self.changed.emit(None)

    async def resume(self) -> bool:
        """Go on with the remembered session; False when there is none."""
        sessie = await self._aanmelden.resume()
        if sessie is None:
            return False
        self._finish(sessie)
        return True

    async def submit(self, gebruikersnaam: str, wachtwoord: str, code: str = "") -> None:
        """Check the password; the next page asks werkplek and roles."""
        if not gebruikersnaam.strip() or not wachtwoord:
            self._refuse(
                "Vul uw gebruikersnaam en uw wachtwoord in.",
                "wachtwoord" if gebruikersnaam.strip() else "gebruikersnaam",
            )
            return
        self._busy()
        try:
            self.aanmelding = await self._aanmelden.sign_in(gebruikersnaam.strip(), wachtwoord, code.strip())
        except KcsError as fout:
            self.code_nodig = self.code_nodig or fout.code == "code-nodig"
            # "Sign in again, your work is kept" is advice for who was at work; here everyone is signing in.
            self._say(fout, advice="" if isinstance(fout, SignedOut) else None)
            # A code is asked of who gave the right password.
            self.refused.emit("code" if self.code_nodig else "wachtwoord")
            return
        self.bezig = False
        self.code_nodig = False
        self.stap = Stap.WERKPLEK
        self.changed.emit(None)

    @property
    def can_reopen(self) -> bool:
        """Whether the browser was opened and did not come back yet."""
        return bool(self._opened)

    async def sign_in_in_browser(self) -> None:
        """At the municipality; the next page asks werkplek and roles."""
        self._to_browser()
        try:
            aanmelding = await self._aanmelden.sign_in_in_browser(
                self._open, opnieuw=self._is_known_wrong or self.beurt > 0
            )
        except KcsError as fout:
            self._from_browser(Stap.WACHTWOORD, fout)
            return
        self.aanmelding = aanmelding
        self._from_browser(Stap.WERKPLEK)

    async def unlock_in_browser(self) -> None:
        """End the lock of a gemeente-account."""
        self._to_browser()
        try:
            sessie = await self._aanmelden.unlock_in_browser(self._open)
        except KcsError as fout:
            if fout.code == "afgemeld":
                self._sessie = None
            self._from_browser(Stap.VERGRENDELD if self._sessie else Stap.WACHTWOORD, fout)
            return
        self._opened = ""
        self._finish(sessie)

    def reopen_browser(self) -> None:
        """It was closed, or nobody sees it."""
        if self._opened:
            self._open_url(self._opened)

    def cancel_browser(self) -> None:
        """Its task was stopped: back to the page that it began from."""
        self._from_browser(Stap.VERGRENDELD if self._sessie else Stap.WACHTWOORD)

    def _to_browser(self) -> None:
        self._opened = ""
        self.stap = Stap.BROWSER
        self._busy()

    def _from_browser(self, stap: Stap, fout: KcsError | None = None) -> None:
        self._opened = ""
        self.bezig = False
        self.stap = stap
        self.melding = ""
        if fout is None:
            self.changed.emit(None)
        elif isinstance(fout, SignedOut):
            self._say(fout, advice="")
        else:
            self._say(fout)

    def _open(self, url: str) -> bool:
        is_opened = self._open_url(url)
        self._opened = url if is_opened else ""
        self.changed.emit(None)
        return is_opened

    async def choose(self, werkplek: str, rollen: Sequence[str]) -> None:
        """Open the session at this werkplek in these roles."""
        if self.aanmelding is None:
            return
        if not werkplek or not rollen:
            self._refuse("Kies een werkplek en minstens één rol.", "rollen" if werkplek else "werkplek")
            return
        self._keuze = (werkplek, tuple(rollen))
        await self._ask_or_open()

    async def give_passphrase(self, wachtzin: str, herhaling: str = "") -> None:
        """Open the store with the passphrase, or choose this one, and begin."""
        if self.aanmelding is None or self.vraag is None:
            return
        if not self.vraag.bekend and (gebrek := lacking(wachtzin)):
            self._refuse(gebrek, "wachtzin")
            return
        if not self.vraag.bekend and wachtzin != herhaling:
            self._refuse("De twee wachtzinnen zijn niet gelijk. Typ hem nog een keer.", "herhaling")
            return
        self._busy()
        try:
            await self._aanmelden.use_passphrase(self.aanmelding, wachtzin)
        except KcsError as fout:
            self._say(fout)
            self.refused.emit("wachtzin")
            return
        await self._begin()

    async def try_keyring(self) -> None:
        """The employee unlocked the keyring, or will when the desktop asks."""
        self._busy()
        try:
            await self._aanmelden.unlock_keyring()
        except KcsError as fout:
            self._say(fout)
            self.refused.emit("")
            return
        await self._ask_or_open()

    async def forget_passphrase(self) -> None:
        """First what that means, then do it and ask for a new one."""
        if self.aanmelding is None:
            return
        if not self.is_vergeten:
            self.is_vergeten = True
            self.changed.emit(None)
            return
        self._busy()
        await self._aanmelden.forget_passphrase(self.aanmelding)
        self.is_vergeten = False
        await self._ask_or_open()

    async def keep_nothing(self) -> None:
        """Begin without anything being kept."""
        if self.aanmelding is not None:
            self._aanmelden.keep_nothing(self.aanmelding)
            await self._begin()

    async def _ask_or_open(self) -> None:
        if self.aanmelding is None:
            return
        self._busy()
        self.vraag = await self._aanmelden.storage_question(self.aanmelding)
        if self.vraag is None:
            await self._begin()
            return
        self.bezig = False
        self.stap = Stap.WACHTZIN
        self.changed.emit(None)

    async def _begin(self) -> None:
        if self.aanmelding is None:
            return
        self._busy()
        try:
            sessie = await self._aanmelden.choose(self.aanmelding, *self._keuze)
        except KcsError as fout:
            if fout.code in {"afgemeld", "keuze-verlopen"}:
                self.back()
            self._say(fout)
            self.refused.emit("")
            return
        self._finish(sessie)

    def back(self) -> None:
        """To the password page, for this or another person."""
        self._is_known_wrong = self.aanmelding is not None
        self.aanmelding = self.vraag = None
        self.bezig = self.is_vergeten = False
        self.melding = ""
        self.stap = Stap.WACHTWOORD
        self.changed.emit(None)

    def lock(self) -> None:
        """Cover the window; the session and everything on it stays."""
        if self._sessie is not None:
            self.melding = ""
            self.stap = Stap.VERGRENDELD
            self.changed.emit(None)

    async def unlock(self, wachtwoord: str) -> None:
        if not wachtwoord:
            self._refuse("Vul uw wachtwoord in.", "wachtwoord")
            return
        self._busy()
        try:
            sessie = await self._aanmelden.unlock(wachtwoord)
        except KcsError as fout:
            if fout.code == "afgemeld":
                self._sessie = None
                self.back()
            self._say(fout)
            self.refused.emit("wachtwoord")
            return
        self._finish(sessie)

    async def switch_person(self) -> None:
        """Sign out and ask for the next person; the werkplek stays proposed."""
        self._busy()
        unsent = self._aanmelden.sign_out_warning()
        try:
            await self._aanmelden.sign_out()
        except KcsError as fout:
            self._say(fout)
            return
        self._sessie = None
        self.beurt += 1
        self.back()
        if unsent:
            self.melding = unsent
            self.changed.emit(None)

    def signed_out(self) -> None:
        """The session ended elsewhere (revoked, expired): back to the password, with the reason."""
        self._sessie = None
        self.back()
        self.melding = "Uw sessie is beëindigd. Meld u opnieuw aan. Uw werk is bewaard."
        self.changed.emit(None)

    def _busy(self) -> None:
        self.bezig = True
        self.afgewezen = False
        self.melding = ""
        self.changed.emit(None)

    def _refuse(self, melding: str, veld: str) -> None:
        """What need not be asked of anybody."""
        self.afgewezen = True
        self.melding = melding
        self.changed.emit(None)
        self.refused.emit(veld)

    def _say(self, fout: KcsError, advice: str | None = None) -> None:
        self.bezig = False
        self.afgewezen = isinstance(fout, UserError)
        self.melding = f"{fout.message} {fout.advice if advice is None else advice}".strip()
        self.changed.emit(None)

    def _finish(self, sessie: Sessie) -> None:
        self.bezig = False
        self.melding = ""
        self.aanmelding = self.vraag = None
        self.is_vergeten = False
        self._sessie = sessie
        self.stap = Stap.KLAAR
        self.changed.emit(None)
        self.signed_in.emit(sessie)
