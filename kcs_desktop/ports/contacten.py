"""The employee's own work: the contacts under way, and everything that is still to be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.klant import DigitaalAdres, Klantverwijzing
from kcs_desktop.domain.klantcontact import Contact, GeraadpleegdeBron, Kanaal
from kcs_desktop.domain.opdracht import Opdracht
from kcs_desktop.domain.schermtoestand import Getypt
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.wachtrij import Wachtrij


class Contacten(Protocol):
    """The open contacts of this employee: the contact strip and the contact panel read and write here."""

    changed: Signal[Contact]  # any field of any contact, a start, a finish, a cancel
    activated: Signal[Contact | None]
    returned: Signal[None]  # a store that could not be read is back, with what stood in it: `kept_screen(s)`

    @property
    def open(self) -> tuple[Contact, ...]: ...

    @property
    def active(self) -> Contact | None: ...

    @property
    def kanaal(self) -> Kanaal:
        """The channel of a contact that starts now: the last one used in this sign-in, else of the role or werkplek."""

    def start(
        self,
        kanaal: Kanaal | None = None,
        *,
        klant: Klantverwijzing | None = None,
        beller: str = "",
        digitale_adressen: tuple[DigitaalAdres, ...] = (),
    ) -> Contact:
        """Start a contact and make it the active one; without `kanaal` over the channel in use."""
        ...

    def activate(self, contact: str) -> Contact: ...

    def change(self, contact: str, **velden: Any) -> Contact:
        """Replace fields of a contact (klant, namens, kanaal, actieve_tab, beller, digitale_adressen …)."""
        ...

    def remember_screen(self, contact: str, tab: str, toestand: str) -> None:
        """Keep what `tab` needs to restore itself; emits nothing. `contact` "" is for while there is no contact.

        Without a contact a tab may keep more than one, each under a name that begins with its own: what is kept under
        one name is replaced as a whole, also by what the file holds of before.
        What in it was typed and stands nowhere else, it says as `Schermtoestand` does.
        """
        ...

    def kept_screen(self, tab: str) -> str:
        """What was kept of `tab` for while there is no contact; "" for nothing."""
        ...

    def kept_screens(self, begin: str) -> Mapping[str, str]:
        """All that is kept for while there is no contact under names that begin so."""
        ...

    @property
    def typed(self) -> Sequence[Getypt]:
        """What was typed while there was no contact and is not registered: work like an open contact."""

    def change_vraag(
        self, contact: str, vraag: str, *, herkomst: Mapping[str, str] | None = None, **velden: Any
    ) -> Contact:
        """Replace fields of one vraag; a field without `herkomst` is typed, and typed text is never prefilled over."""
        ...

    def add_vraag(self, contact: str) -> Contact:
        """Add a vraag and make it the active one."""
        ...

    def activate_vraag(self, contact: str, index: int) -> Contact: ...

    def remove_vraag(self, contact: str, vraag: str) -> Contact: ...

    def consulted(self, bron: GeraadpleegdeBron, *, vraag: str = "") -> None:
        """Note a source with this vraag of the active contact, by default its active one; once."""
        ...

    def problems(self, contact: str) -> Sequence[InvalidInput]:
        """What keeps this contact from being finished, in the order of the panel; `field` is "vragen.0.onderwerp"."""
        ...

    def finish(self, contact: str) -> Opdracht:
        """Queue the registration under the contact's own command id; a second call returns the same command."""
        ...

    def cancel(self, contact: str) -> None: ...

    def undo_cancel(self) -> Contact | None: ...


class Outbox(Protocol):
    """Every write, and what became of it."""

    changed: Signal[Wachtrij]

    def waiting(self) -> Sequence[Wachtrij]: ...

    def retry(self, opdracht: str) -> None:
        """Hand the same command in again, now. What was done under its id is never done a second time."""
        ...

    async def withdraw(self, opdracht: str) -> bool:
        """Take back a command that was not sent yet, or was refused for the role; False for any other, which may have
        been done. Until the store let go of it, its row says so and it is not sent. Raises UserError where the store
        does not let go."""
        ...

    def remove(self, opdracht: str) -> bool:
        """Let go of a command that was refused or set apart; False for any other, and for one that cannot be read. Of
        what was set apart nobody knows whether it was carried out: `changed` tells that it was let go of as a refusal,
        from where it can be done anew under another id."""
        ...

    def unreadable_drafts(self) -> int:
        """How many open contacts, drafts of zaken and documents of before cannot be read; they are kept, and exported
        with the rest."""
        ...

    async def export(self, path: Path) -> None:
        """Write everything that has not succeeded to a new file; raises UserError where that cannot be done."""
        ...
