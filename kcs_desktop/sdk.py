"""The face of the core for plugins and for the window: domain words and the use cases, as protocols.

Nothing here imports a heavy library: the window shows this face before the services behind it are loaded.
All methods are called on the seat's one event loop; none blocks it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from kcs_desktop.domain.audit import (
    Auditantwoord,
    Auditonderwerp,
    Auditperiode,
    Auditregel,
    parse_auditonderwerp,
    parse_auditperiode,
)
from kcs_desktop.domain.catalogus import Catalogus, Knipstap, Product
from kcs_desktop.domain.datum import MAANDEN
from kcs_desktop.domain.emailadres import parse_emailadres
from kcs_desktop.domain.errors import (
    Conflict,
    Forbidden,
    InvalidInput,
    KcsError,
    NotFound,
    RetryableError,
    ServerFault,
    SignedOut,
    TimedOut,
    Unreachable,
    UserError,
)
from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.klant import (
    Bedrijfsgegevens,
    Bron,
    Bronstand,
    Contactregel,
    DigitaalAdres,
    Klantbeeld,
    KlantSleutel,
    Klantverwijzing,
    Persoonsgegevens,
    Relatie,
    Relatiesoort,
    SoortDigitaalAdres,
    SoortKlant,
    Terugbelnotitie,
)
from kcs_desktop.domain.klantcontact import (
    KANAALNAMEN,
    MAX_GEVRAAGDE_HANDELING,
    MAX_INHOUD,
    MAX_ONDERWERP,
    MAX_TOELICHTING,
    Contact,
    Contactstand,
    GeraadpleegdeBron,
    Kanaal,
    Resultaat,
    Terugbelverzoek,
    Vraag,
)
from kcs_desktop.domain.meekijker import Bezigheid, Meekijker
from kcs_desktop.domain.opdracht import (
    AdresWijziging,
    Gegevens,
    KlantRegistreren,
    KlantWijzigen,
    Opdracht,
    Uitkomst,
    VeldWijziging,
)
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.sessie import Aanmelding, Medewerker, Sessie, Werkplek
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.sleutelvraag import Sleutelvraag
from kcs_desktop.domain.tekst import clean, clean_lines, has_unwanted, shorten
from kcs_desktop.domain.telefoonnummer import (
    display_telefoonnummer,
    parse_telefoonnummer,
    unbroken_numbers,
    written_telefoonnummer,
)
from kcs_desktop.domain.terugbelverzoek import room_for_toelichting, toelichting_from
from kcs_desktop.domain.verbinding import Verbinding
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.domain.weergave import bsn as display_bsn
from kcs_desktop.domain.weergave import local
from kcs_desktop.domain.zoeken import Soortvraag, Treffer, Zoekresultaat, Zoekvraag


class Zoeken(Protocol):
    """Find a customer by anything."""

    def recognise(self, text: str) -> Zoekvraag:
        """What was typed; pure and fast, for the line under the field."""
        ...

    def while_typing(self, text: str) -> AsyncIterator[Zoekresultaat]:
        """Results from the seat's own store and the backend's CRM index only; one item per answering source."""
        ...

    def on_enter(self, text: str) -> AsyncIterator[Zoekresultaat]:
        """The same, and BRP and KvK where the question is complete and the role may; each source at its own speed."""
        ...

    def retry(self, text: str, bron: str) -> AsyncIterator[Zoekresultaat]:
        """Ask one source again."""
        ...


class Klanten(Protocol):
    """The customer picture and changes to it."""

    changed: Signal[
        Klantbeeld
    ]  # a shown picture got new parts: a source answered, a colleague changed, a command waits

    def recent(self) -> Sequence[Klantbeeld]:
        """The last opened customers of this employee, from the encrypted store, newest first."""
        ...

    def known(self, klant: Klantverwijzing) -> Klantbeeld | None:
        """The picture that is in memory, to be drawn at once; None where nothing of it was read yet."""

    def open(self, klant: Klantverwijzing) -> AsyncIterator[Klantbeeld]:
        """The picture from the cache at once if there is one, then again with every part that arrives.

        Ends when every source answered or failed. Live changes come through `changed` while `watch` is held.
        """
        ...

    def watch(self, klant: Klantverwijzing) -> Watch:
        """Keep this customer live until the returned watch is closed."""
        ...

    async def more_contacten(self, klant: Klantverwijzing) -> Klantbeeld:
        """The picture with the next page of contacts."""
        ...

    def change(self, wijziging: KlantWijzigen) -> Opdracht:
        """Queue a change; it shows as pending until the register confirmed it."""
        ...

    def register(self, registratie: KlantRegistreren) -> Opdracht:
        """Queue a customer unknown to the registers."""
        ...


class Watch(Protocol):
    """A held subscription."""

    def close(self) -> None: ...


class Vastgezet(Protocol):
    """Customers that this employee keeps at hand, to be read without a connection too."""

    changed: Signal[KlantSleutel]

    def holds(self, klant: Klantverwijzing) -> bool: ...

    def pin(self, klant: Klantverwijzing, *, vastgezet: bool) -> None:
        """Keep this customer longer and fresh, or no longer."""
        ...


class Meekijkers(Protocol):
    """Colleagues who are at the same customer at this moment. Nothing of it is kept."""

    changed: Signal[KlantSleutel]  # who is at this customer, or what they do there

    def of(self, klant: Klantverwijzing) -> tuple[Meekijker, ...]:
        """Who else is at this customer; nobody where it was not joined."""
        ...

    def join(self, klant: Klantverwijzing) -> Watch:
        """This customer is on screen here, until the returned watch is closed."""
        ...

    def typing(self, klant: Klantverwijzing) -> None:
        """Something is typed about this customer; typing in a contact is noticed by itself."""
        ...


class Contacten(Protocol):
    """The open contacts of this employee: the contact strip and the contact panel read and write here."""

    changed: Signal[Contact]  # any field of any contact, a start, a finish, a cancel
    activated: Signal[Contact | None]

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
        """Keep what `tab` needs to restore itself; emits nothing. `contact` "" is for while there is no contact."""
        ...

    def kept_screen(self, tab: str) -> str:
        """What was kept of `tab` for while there is no contact; "" for nothing."""
        ...

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

    def retry(self, opdracht: str) -> None: ...

    async def withdraw(self, opdracht: str) -> bool:
        """Take back a command that was not sent yet; False when it was. Until the store let go of it, its row says so
        and it is not sent. Raises UserError where the store does not let go."""
        ...

    def remove(self, opdracht: str) -> bool:
        """Let go of a command that was refused or set apart; False for any other, and for one that cannot be read."""
        ...

    def unreadable_drafts(self) -> int:
        """How many open contacts of before cannot be read; they are kept, and exported with the rest."""
        ...

    async def export(self, path: Path) -> None:
        """Write everything that has not succeeded to a new file; raises UserError where that cannot be done."""
        ...


class Audit(Protocol):
    """Who looked at a person or company, for the auditor role alone; the asking itself is part of the trail."""

    async def ask(
        self, soort: str, waarde: str, van: datetime | None = None, tot: datetime | None = None, pagina: int = 1
    ) -> Auditantwoord:
        """A page of the trail; `van` included, `tot` not. Pages count from 1."""
        ...


class Seat(Protocol):
    """The one context that is handed down: everything a tab may use."""

    @property
    def sessie(self) -> Sessie | None: ...

    @property
    def verbinding(self) -> Verbinding: ...

    verbinding_changed: Signal[Verbinding]
    sessie_changed: Signal[Sessie | None]
    wijziging: Signal[Wijziging]  # live change of anything, after permission filtering

    @property
    def catalogus(self) -> Catalogus: ...

    @property
    def zoeken(self) -> Zoeken: ...

    @property
    def klanten(self) -> Klanten: ...

    @property
    def meekijkers(self) -> Meekijkers: ...

    @property
    def vastgezet(self) -> Vastgezet: ...

    @property
    def contacten(self) -> Contacten: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def audit(self) -> Audit: ...

    def now(self) -> datetime:
        """Aware UTC; the one clock, so that tests can hold it."""
        ...

    async def wipe(self) -> None:
        """Erase what was kept of customers on this seat for this employee. Drafts and outbox stay."""
        ...

    bewaart_changed: Signal[str]  # with what `bewaart` says now

    @property
    def bewaart(self) -> str:
        """ "" when the encrypted store works, else the Dutch warning to keep on screen."""
        ...


class Aanmelden(Protocol):
    """Sign-in at a werkplek, in the order the page asks."""

    async def proefgemeente(self) -> Mapping[str, Any]:
        """{"accounts": [...], "wachtwoord": ...} on a loopback proefgemeente, else {}."""
        ...

    async def sign_in(self, gebruikersnaam: str, wachtwoord: str, code: str = "") -> Aanmelding: ...

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

    async def sign_out(self) -> None: ...

    def sign_out_warning(self) -> str:
        """What the employee must know when signing out now: what was not sent yet; "" when nothing waits."""
        ...

    def last_choice(self) -> tuple[str, str, tuple[str, ...]]:
        """(gebruikersnaam, werkplek, rollen) of the last sign-in at this seat, for prefilling."""
        ...


__all__ = [
    "KANAALNAMEN",
    "MAANDEN",
    "MAX_GEVRAAGDE_HANDELING",
    "MAX_INHOUD",
    "MAX_ONDERWERP",
    "MAX_TOELICHTING",
    "Aanmelden",
    "Aanmelding",
    "AdresWijziging",
    "Audit",
    "Auditantwoord",
    "Auditonderwerp",
    "Auditperiode",
    "Auditregel",
    "Bedrijfsgegevens",
    "Bezigheid",
    "Bron",
    "Bronstand",
    "Catalogus",
    "Conflict",
    "Contact",
    "Contacten",
    "Contactregel",
    "Contactstand",
    "DigitaalAdres",
    "Forbidden",
    "Gegevens",
    "GeraadpleegdeBron",
    "InvalidInput",
    "Kanaal",
    "KcsError",
    "KlantRegistreren",
    "KlantSleutel",
    "KlantWijzigen",
    "Klantbeeld",
    "Klanten",
    "Klantverwijzing",
    "Knipstap",
    "Medewerker",
    "Meekijker",
    "Meekijkers",
    "NotFound",
    "Opdracht",
    "Outbox",
    "Persoonsgegevens",
    "Product",
    "Recht",
    "Relatie",
    "Relatiesoort",
    "Resultaat",
    "RetryableError",
    "Seat",
    "ServerFault",
    "Sessie",
    "Signal",
    "SignedOut",
    "Sleutelvraag",
    "SoortDigitaalAdres",
    "SoortKlant",
    "Soortvraag",
    "Terugbelnotitie",
    "Terugbelverzoek",
    "TimedOut",
    "Treffer",
    "Uitkomst",
    "Unreachable",
    "UserError",
    "Vastgezet",
    "VeldWijziging",
    "Verbinding",
    "Vraag",
    "Wachtrij",
    "Wachtstand",
    "Watch",
    "Werkplek",
    "Wijziging",
    "Zoeken",
    "Zoekresultaat",
    "Zoekvraag",
    "clean",
    "clean_lines",
    "display_bsn",
    "display_telefoonnummer",
    "has_unwanted",
    "local",
    "parse_auditonderwerp",
    "parse_auditperiode",
    "parse_emailadres",
    "parse_telefoonnummer",
    "room_for_toelichting",
    "shorten",
    "toelichting_from",
    "unbroken_numbers",
    "written_telefoonnummer",
]
