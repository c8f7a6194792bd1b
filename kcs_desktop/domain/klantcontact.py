"""A klantcontact in the making: the spine that every tab reads and writes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from kcs_desktop.domain.klant import DigitaalAdres, Klantverwijzing
from kcs_desktop.domain.telefoonnummer import written_telefoonnummer
from kcs_desktop.domain.zaak import Zaakverwijzing

# Limits of Klantinteracties 0.9.0.
MAX_ONDERWERP = 200
MAX_INHOUD = 1000
MAX_TOELICHTING = 1000
MAX_GEVRAAGDE_HANDELING = 200
MAX_KANAAL = 50


class Kanaal(StrEnum):
    """The channel of a contact, as written in `kanaal` of the klantcontact."""

    BALIE = "balie"
    TELEFOON = "telefoon"
    EMAIL = "email"
    CHAT = "chat"
    SOCIAL = "social"
    POST = "post"


KANAALNAMEN = {
    Kanaal.BALIE: "Balie",
    Kanaal.TELEFOON: "Telefoon",
    Kanaal.EMAIL: "E-mail",
    Kanaal.CHAT: "Chat",
    Kanaal.SOCIAL: "Social media",
    Kanaal.POST: "Post",
}


class Resultaat(StrEnum):
    """How a vraag ended; kept in the klantcontact's `metadata`."""

    BEANTWOORD = "beantwoord"
    DOORVERWEZEN = "doorverwezen"
    CONTACTVERZOEK = "contactverzoek"
    NIET_BEANTWOORD = "niet_beantwoord"


class GeraadpleegdeBron(msgspec.Struct, frozen=True, omit_defaults=True):
    """A source that was opened while the vraag was active; tracked by itself, never typed."""

    soort: str  # brp, kvk, klant, zaak, kennis …
    titel: str
    verwijzing: str = ""
    meegenomen: bool = True


class Antwoord(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was answered to a question of the department's question list."""

    vraag: str
    antwoord: str


class Terugbelverzoek(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a callback note needs. `afdeling`, `groep` or `medewerker` receives it."""

    gevraagde_handeling: str = ""
    afdeling: str = ""
    medewerker: str = ""  # account name of a colleague
    telefoonnummer: str = ""
    voorkeursmoment: str = ""
    toelichting: str = ""
    groep: str = ""
    antwoorden: tuple[Antwoord, ...] = ()
    hoge_prioriteit: bool = False


class Vraag(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question of a contact: becomes one klantcontact.

    `herkomst` maps a field to where its value came from ("product", "artikel"); typed fields are absent.
    """

    id: str
    onderwerp: str = ""
    notitie: str = ""
    product: str = ""
    afdeling: str = ""
    resultaat: Resultaat = Resultaat.BEANTWOORD
    bronnen: tuple[GeraadpleegdeBron, ...] = ()
    terugbelverzoek: Terugbelverzoek | None = None
    zaak: Zaakverwijzing | None = None  # what it is about
    herkomst: dict[str, str] = {}


class Contactstand(StrEnum):
    OPEN = "open"
    AFGEROND = "afgerond"
    GEANNULEERD = "geannuleerd"


class Contact(msgspec.Struct, frozen=True, omit_defaults=True):
    """One open contact. `id` is a UUIDv7; `opdracht` is the id under which it will be registered, fixed at the start.

    `actieve_tab` is "" until a window shows it. `scherm` holds per tab what that tab needs to restore itself (JSON-able
    text), keyed by plugin id.
    """

    id: str
    opdracht: str
    kanaal: Kanaal
    begonnen_op: datetime
    vragen: tuple[Vraag, ...]
    actieve_vraag: int = 0
    klant: Klantverwijzing | None = None
    namens: Klantverwijzing | None = None
    digitale_adressen: tuple[DigitaalAdres, ...] = ()
    beller: str = ""  # number that called, in its normal form; registered with the contact
    stand: Contactstand = Contactstand.OPEN
    beeindigd_op: datetime | None = None
    actieve_tab: str = ""
    scherm: dict[str, str] = {}

    @property
    def vraag(self) -> Vraag:
        return self.vragen[self.actieve_vraag]

    @property
    def titel(self) -> str:
        """What the strip shows: the customer's name, what the contact came from, or "Onbekend"."""
        return self.klant.naam if self.klant is not None else self.afzender or "Onbekend"

    @property
    def afzender(self) -> str:
        """The number that called as people write it, else the address that wrote; "" when neither is known."""
        if self.beller:
            return written_telefoonnummer(self.beller)
        return next((adres.adres for adres in self.digitale_adressen), "")
