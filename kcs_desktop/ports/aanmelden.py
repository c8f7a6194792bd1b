"""Sign-in at a werkplek in one or more roles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from kcs_desktop.domain.sessie import Aanmelding, Sessie
from kcs_desktop.domain.sleutelvraag import Sleutelvraag


class Aanmelden(Protocol):
    """Sign-in at a werkplek, in the order the page asks."""

    async def proefgemeente(self) -> Mapping[str, Any]:
        """{"accounts": [...], "wachtwoord": ...} on a loopback proefgemeente, and everywhere how one signs in:
        {"gemeenteaccount": bool, "alleen_gemeenteaccount": bool}."""
        ...

    async def sign_in(self, gebruikersnaam: str, wachtwoord: str, code: str = "") -> Aanmelding: ...

    async def sign_in_in_browser(self, open_url: Callable[[str], bool], *, opnieuw: bool = False) -> Aanmelding:
        """At the municipality, in the browser; cancel it to stop waiting. `opnieuw` asks for credentials even where
        the browser still knows somebody. Raises InvalidInput for what went wrong there.
        """
        ...

    async def storage_question(self, aanmelding: Aanmelding) -> Sleutelvraag | None:
        """What must be asked before this employee's store can be opened; None when nothing needs to be."""
        ...

    async def unlock_keyring(self) -> None:
        """Let the desktop ask for the keyring's password; raises UserError when it stays locked."""
        ...

    async def use_passphrase(self, aanmelding: Aanmelding, wachtzin: str) -> None:
        """Open the store with it at `choose`, or choose it; raises InvalidInput for a wrong or weak one."""
        ...

    async def forget_passphrase(self, aanmelding: Aanmelding) -> None:
        """Set aside what only the forgotten passphrase opens."""
        ...

    def keep_nothing(self, aanmelding: Aanmelding) -> None:
        """Go on without anything being kept; the window says so."""
        ...

    async def choose(self, aanmelding: Aanmelding, werkplek: str, rollen: Sequence[str]) -> Sessie: ...

    async def resume(self) -> Sessie | None:
        """The remembered session from the keyring, refreshed; None when there is none or it ended."""
        ...

    async def unlock(self, wachtwoord: str) -> Sessie:
        """End the automatic lock of the current session."""
        ...

    async def unlock_in_browser(self, open_url: Callable[[str], bool]) -> Sessie:
        """The same for a gemeente-account, which has no password here."""
        ...

    async def sign_out(self) -> None: ...

    def sign_out_warning(self) -> str:
        """What the employee must know when signing out now: what was not sent yet; "" when nothing waits."""
        ...

    def last_choice(self) -> tuple[str, str]:
        """(gebruikersnaam, werkplek) of the last sign-in at this seat, for prefilling."""
        ...

    def last_rollen(self, gebruikersnaam: str) -> tuple[str, ...]:
        """The roles this employee last worked in at this seat; () when there are none."""
        ...
