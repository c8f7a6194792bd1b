"""The face of the core for plugins and for the window: domain words and the use cases, as protocols.

Nothing here imports a heavy library: the window shows this face before the services behind it are loaded.
All methods are called on the seat's one event loop; none blocks it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from kcs_desktop.domain.adresvoorstel import Adresantwoord, Adresvoorstel, locatie_from
from kcs_desktop.domain.audit import (
    Auditantwoord,
    Auditonderwerp,
    Auditperiode,
    Auditregel,
    parse_auditonderwerp,
    parse_auditperiode,
)
from kcs_desktop.domain.bestand import save_name
from kcs_desktop.domain.catalogus import Catalogus, Knipstap, Lijstvraag, Product
from kcs_desktop.domain.datum import MAANDEN, parse_datum
from kcs_desktop.domain.doorverwijzing import is_warm, spoken
from kcs_desktop.domain.eformulier import Eformulier, Eformulierlijst, Eformulierregels
from kcs_desktop.domain.eigenschap import aligned as aligned_numbers
from kcs_desktop.domain.eigenschap import shown as shown_value
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
    Antwoord,
    Contact,
    Contactstand,
    GeraadpleegdeBron,
    Kanaal,
    Resultaat,
    Terugbelverzoek,
    Vraag,
)
from kcs_desktop.domain.klantidentiteit import is_same
from kcs_desktop.domain.knip import Knipbeeld, Knipdeel
from kcs_desktop.domain.meekijker import Bezigheid, Meekijker
from kcs_desktop.domain.naam import parse_naam
from kcs_desktop.domain.opdracht import (
    AdresWijziging,
    Gegevens,
    KlantcontactRegistreren,
    KlantRegistreren,
    KlantWijzigen,
    Opdracht,
    Uitkomst,
    VeldWijziging,
    ZaakAanmaken,
)
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.schermtoestand import Getypt, Schermtoestand, typed_in
from kcs_desktop.domain.sessie import Aanmelding, Medewerker, Sessie, Werkplek
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.sleutelvraag import Sleutelvraag
from kcs_desktop.domain.tekst import clean, clean_lines, has_unwanted, one_line, shorten
from kcs_desktop.domain.telefoonnummer import (
    display_telefoonnummer,
    parse_telefoonnummer,
    unbroken_numbers,
    written_telefoonnummer,
)
from kcs_desktop.domain.termijn import Termijn, Termijnstand, first_ending_at
from kcs_desktop.domain.terugbeltaak import (
    Belresultaat,
    Escalatie,
    Lijst,
    Poging,
    Taaklijst,
    Taakstand,
    Terugbelnieuws,
    Terugbeltaak,
)
from kcs_desktop.domain.terugbelverzoek import (
    answer_to,
    asked_only,
    promised_by,
    questions_for,
    room_for_toelichting,
    toelichting_from,
    with_answer,
)
from kcs_desktop.domain.toevoeging import (
    ENDED,
    UNDER_WAY,
    Toevoeging,
    Toevoegstand,
    incoming_first,
    missing_in,
    type_for,
)
from kcs_desktop.domain.verbinding import Verbinding
from kcs_desktop.domain.voorbeeld import Blad
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.domain.wachtzin import SHORTEST_PASSPHRASE, check_passphrase
from kcs_desktop.domain.weergave import bsn as display_bsn
from kcs_desktop.domain.weergave import dagen as display_days
from kcs_desktop.domain.weergave import kort as display_moment
from kcs_desktop.domain.weergave import korte_dag as display_day
from kcs_desktop.domain.weergave import local
from kcs_desktop.domain.weergave import sinds as display_since
from kcs_desktop.domain.weergave import termijn as display_term
from kcs_desktop.domain.weergave import tijd as display_time
from kcs_desktop.domain.weergave import volle_dag as display_full_day
from kcs_desktop.domain.werkdagen import Dienstkalender
from kcs_desktop.domain.zaak import Statusstap, Zaak, Zaakeigenschap, Zaakregel, Zaakrol, Zaakverwijzing
from kcs_desktop.domain.zaakbeeld import (
    CONTACTEN,
    DOCUMENTEN,
    ZAKEN,
    Zaakbeeld,
    Zaakdocument,
    Zaakpagina,
    Zaaktreffers,
    Zaakvraag,
)
from kcs_desktop.domain.zaakcatalogus import Zaaktypekeuze, Zaaktypenlijst
from kcs_desktop.domain.zaakconcept import Bezwaar, Conceptstand, Nummerstand, Zaakconcept
from kcs_desktop.domain.zaakformulier import Formulierveld, Veldsoort, Zaakformulier
from kcs_desktop.domain.zaakformulier import shown as display_answer
from kcs_desktop.domain.zaakgegevens import DocumentGegevens, Eigenschapwaarde, Locatie
from kcs_desktop.domain.zaakklant import aanvrager_of
from kcs_desktop.domain.zaaknummer import LEAST as LEAST_OF_NUMBER
from kcs_desktop.domain.zaaknummer import has_form_of_number, is_part_of_number, is_written_number
from kcs_desktop.domain.zaaktype import Documenttype, Doorverwijzing, Statustype, Zaaktype, Zaaktypekenmerk
from kcs_desktop.domain.zaakvoorinvulling import renewed_subject, subject_of
from kcs_desktop.domain.zoeken import Soortvraag, Treffer, Zoekresultaat, Zoekvraag
from kcs_desktop.ports.aanmelden import Aanmelden
from kcs_desktop.ports.adressen import Adressen
from kcs_desktop.ports.contacten import Contacten, Outbox
from kcs_desktop.ports.dossier import Dossier, Voorbeeld, Voortgang
from kcs_desktop.ports.eformulieren import Eformulieren
from kcs_desktop.ports.klanten import Klanten, Meekijkers, Vastgezet, Watch, Zoeken
from kcs_desktop.ports.terugbelnotities import Terugbelnotities
from kcs_desktop.ports.zaakaanmaken import Zaakaanmaken
from kcs_desktop.ports.zaken import PAGE_ROWS, Zaken


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
    def zaken(self) -> Zaken: ...

    @property
    def zaakaanmaken(self) -> Zaakaanmaken: ...

    @property
    def eformulieren(self) -> Eformulieren: ...

    @property
    def adressen(self) -> Adressen: ...

    @property
    def dossier(self) -> Dossier: ...

    @property
    def meekijkers(self) -> Meekijkers: ...

    @property
    def terugbelnotities(self) -> Terugbelnotities: ...

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


__all__ = [
    "CONTACTEN",
    "DOCUMENTEN",
    "ENDED",
    "KANAALNAMEN",
    "LEAST_OF_NUMBER",
    "MAANDEN",
    "MAX_GEVRAAGDE_HANDELING",
    "MAX_INHOUD",
    "MAX_ONDERWERP",
    "MAX_TOELICHTING",
    "PAGE_ROWS",
    "SHORTEST_PASSPHRASE",
    "UNDER_WAY",
    "ZAKEN",
    "Aanmelden",
    "Aanmelding",
    "AdresWijziging",
    "Adresantwoord",
    "Adressen",
    "Adresvoorstel",
    "Antwoord",
    "Audit",
    "Auditantwoord",
    "Auditonderwerp",
    "Auditperiode",
    "Auditregel",
    "Bedrijfsgegevens",
    "Belresultaat",
    "Bezigheid",
    "Bezwaar",
    "Blad",
    "Bron",
    "Bronstand",
    "Catalogus",
    "Conceptstand",
    "Conflict",
    "Contact",
    "Contacten",
    "Contactregel",
    "Contactstand",
    "Dienstkalender",
    "DigitaalAdres",
    "DocumentGegevens",
    "Documenttype",
    "Doorverwijzing",
    "Dossier",
    "Eformulier",
    "Eformulieren",
    "Eformulierlijst",
    "Eformulierregels",
    "Eigenschapwaarde",
    "Escalatie",
    "Forbidden",
    "Formulierveld",
    "Gegevens",
    "GeraadpleegdeBron",
    "Getypt",
    "InvalidInput",
    "Kanaal",
    "KcsError",
    "KlantRegistreren",
    "KlantSleutel",
    "KlantWijzigen",
    "Klantbeeld",
    "KlantcontactRegistreren",
    "Klanten",
    "Klantverwijzing",
    "Knipbeeld",
    "Knipdeel",
    "Knipstap",
    "Lijst",
    "Lijstvraag",
    "Locatie",
    "Medewerker",
    "Meekijker",
    "Meekijkers",
    "NotFound",
    "Nummerstand",
    "Opdracht",
    "Outbox",
    "Persoonsgegevens",
    "Poging",
    "Product",
    "Recht",
    "Relatie",
    "Relatiesoort",
    "Resultaat",
    "RetryableError",
    "Schermtoestand",
    "Seat",
    "ServerFault",
    "Sessie",
    "Signal",
    "SignedOut",
    "Sleutelvraag",
    "SoortDigitaalAdres",
    "SoortKlant",
    "Soortvraag",
    "Statusstap",
    "Statustype",
    "Taaklijst",
    "Taakstand",
    "Termijn",
    "Termijnstand",
    "Terugbelnieuws",
    "Terugbelnotitie",
    "Terugbelnotities",
    "Terugbeltaak",
    "Terugbelverzoek",
    "TimedOut",
    "Toevoeging",
    "Toevoegstand",
    "Treffer",
    "Uitkomst",
    "Unreachable",
    "UserError",
    "Vastgezet",
    "VeldWijziging",
    "Veldsoort",
    "Verbinding",
    "Voorbeeld",
    "Voortgang",
    "Vraag",
    "Wachtrij",
    "Wachtstand",
    "Watch",
    "Werkplek",
    "Wijziging",
    "Zaak",
    "ZaakAanmaken",
    "Zaakaanmaken",
    "Zaakbeeld",
    "Zaakconcept",
    "Zaakdocument",
    "Zaakeigenschap",
    "Zaakformulier",
    "Zaakpagina",
    "Zaakregel",
    "Zaakrol",
    "Zaaktreffers",
    "Zaaktype",
    "Zaaktypekenmerk",
    "Zaaktypekeuze",
    "Zaaktypenlijst",
    "Zaakverwijzing",
    "Zaakvraag",
    "Zaken",
    "Zoeken",
    "Zoekresultaat",
    "Zoekvraag",
    "aanvrager_of",
    "aligned_numbers",
    "answer_to",
    "asked_only",
    "check_passphrase",
    "clean",
    "clean_lines",
    "display_answer",
    "display_bsn",
    "display_day",
    "display_days",
    "display_full_day",
    "display_moment",
    "display_since",
    "display_telefoonnummer",
    "display_term",
    "display_time",
    "first_ending_at",
    "has_form_of_number",
    "has_unwanted",
    "incoming_first",
    "is_part_of_number",
    "is_same",
    "is_warm",
    "is_written_number",
    "local",
    "locatie_from",
    "missing_in",
    "one_line",
    "parse_auditonderwerp",
    "parse_auditperiode",
    "parse_datum",
    "parse_emailadres",
    "parse_naam",
    "parse_telefoonnummer",
    "promised_by",
    "questions_for",
    "renewed_subject",
    "room_for_toelichting",
    "save_name",
    "shorten",
    "shown_value",
    "spoken",
    "subject_of",
    "toelichting_from",
    "type_for",
    "typed_in",
    "unbroken_numbers",
    "with_answer",
    "written_telefoonnummer",
]
