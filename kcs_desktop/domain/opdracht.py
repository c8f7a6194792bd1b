"""Commands: what a seat asks the backend to carry out, once.

`POST /kcs/api/v1/opdrachten` takes an `Opdracht`; its `id` is a UUIDv7 made by the seat and is the whole of the
"exactly once": a known id returns the stored `Uitkomst`, the same id with another payload is refused with 422.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec

from kcs_desktop.domain.klant import DigitaalAdres, KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.klantcontact import GeraadpleegdeBron, Kanaal, Resultaat, Terugbelverzoek
from kcs_desktop.domain.terugbeltaak import Belresultaat
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.domain.zaakgegevens import DocumentGegevens, Eigenschapwaarde, Locatie


class VraagGegevens(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One vraag as it is registered: becomes a klantcontact and, with `terugbelverzoek`, an internetaak."""

    onderwerp: str
    inhoud: str = ""
    product: str = ""
    afdeling: str = ""
    resultaat: Resultaat = Resultaat.BEANTWOORD
    bronnen: tuple[GeraadpleegdeBron, ...] = ()
    terugbelverzoek: Terugbelverzoek | None = None
    zaak: Zaakverwijzing | None = None


class KlantcontactRegistreren(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag="klantcontact.registreren"
):
    """A whole contact. Outcome: {"klantcontacten": [uuid], "internetaken": [uuid], "partij": uuid or ""}; with
    "zonder_zaak" {command that was to make its zaak: klantcontact}, where that zaak was not there."""

    contact: str
    kanaal: Kanaal
    begonnen_op: datetime
    beeindigd_op: datetime
    vragen: tuple[VraagGegevens, ...]
    klant: Klantverwijzing | None = None
    namens: Klantverwijzing | None = None
    digitale_adressen: tuple[DigitaalAdres, ...] = ()  # of this contact: the number that called, the mail address


class AdresWijziging(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One digital address as it was seen and as it must be. `gezien` None: new; `wordt` None: removed."""

    gezien: DigitaalAdres | None = None
    wordt: DigitaalAdres | None = None


class VeldWijziging(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One field of a partij: `veld` is voorkeurskanaal, voorkeurstaal, interneNotitie, naam or bezoekadres."""

    veld: str
    gezien: str
    wordt: str


class KlantWijzigen(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag="klant.wijzigen"):
    """Contact data of a person or company. A difference between `gezien` and the register is a conflict, not a write.

    Outcome: {"partij": uuid}. Refusal with code "conflict" carries {"gezien": {...}, "huidig": {...}} per field.
    """

    klant: Klantverwijzing
    adressen: tuple[AdresWijziging, ...] = ()
    velden: tuple[VeldWijziging, ...] = ()


class KlantRegistreren(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag="klant.registreren"
):
    """A person, company or contact person no register knows. Outcome: {"partij": uuid}."""

    soort: SoortKlant
    naam: str = ""  # organisation
    voornaam: str = ""
    voorvoegsel: str = ""
    achternaam: str = ""
    adresregels: tuple[str, ...] = ()
    digitale_adressen: tuple[DigitaalAdres, ...] = ()
    werkt_voor: KlantSleutel | None = None
    vertegenwoordigt: KlantSleutel | None = None


class TerugbelnotitieClaimen(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag="terugbelnotitie.claimen"
):
    """Take a note on: one at a time. Claimed by another: refused with code "conflict" and `huidig.door`.

    `overnemen`: the coordinator takes it from whoever has it. Outcome of all of these: {"notitie": uuid}.
    """

    notitie: str
    overnemen: bool = False


class TerugbelnotitieTeruggeven(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag="terugbelnotitie.teruggeven"
):
    """Back to whom it is assigned to; by who claimed it, or the coordinator."""

    notitie: str


class TerugbelnotitieToewijzen(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag="terugbelnotitie.toewijzen"
):
    """To another department, group or colleague; the claim ends, the deadline stays: it was promised to a customer."""

    notitie: str
    afdeling: str = ""
    groep: str = ""
    medewerker: str = ""  # account name


class TerugbelnotitieVerzetten(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag="terugbelnotitie.verzetten"
):
    """Another moment, as agreed with the customer. `uiterlijk` is the new deadline; None leaves it."""

    notitie: str
    moment: str = ""
    uiterlijk: datetime | None = None


class TerugbelnotitiePoging(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag="terugbelnotitie.poging"
):
    """An attempt to reach the customer: becomes a klantcontact. Outcome: {"notitie": uuid, "klantcontact": uuid}."""

    notitie: str
    resultaat: Belresultaat
    op: datetime
    toelichting: str = ""


class TerugbelnotitieAfhandelen(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag="terugbelnotitie.afhandelen"
):
    """Done: the internetaak is closed, with the klantcontact in which it was, which is that of an attempt where the
    same call was recorded as one. A colleague did so already: refused with
    code "conflict" and in `huidig` what the first one did. Outcome as of an attempt."""

    notitie: str
    resultaat: Belresultaat
    op: datetime
    toelichting: str = ""


class DocumentToevoegen(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag="document.toevoegen"
):
    """A document of a file that the backend has, in the dossier of a zaak. Outcome: {"document": uuid}.

    Refused with code "bestand-besmet" where the virus scanner found something; the outbox is asked again while it has
    not looked. `aanmaking` is the command with which the same employee made this zaak: what is handed over for a new
    zaak may be added by whoever may start one.
    """

    zaak: str  # uuid
    bestand: str
    naam: str
    titel: str
    informatieobjecttype: str  # uuid
    vertrouwelijkheidaanduiding: str = ""
    beschrijving: str = ""
    ontvangstdatum: date | None = None
    aanmaking: str = ""


class ZaaknummerReserveren(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag="zaak.nummer-reserveren"
):
    """A number for a zaak that is going to be made, to be told to the customer now. Outcome: {"nummer"}."""

    zaaktype: str  # uuid


class ZaakAanmaken(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag="zaak.aanmaken"):
    """A zaak with everything that belongs to it. Outcome: {"zaak": uuid, "nummer", "documenten": [uuid]}; with
    "ontvangstbevestiging" the uuid of that document, for a formal request; and with "nummer_bezet" the number that was
    reserved, where somebody had given it to another zaak. A klantcontact that was registered without it, as it named
    this command or one of `eerdere`, is linked.

    `reservering` is the command that reserved the number, for when its outcome is not known yet. A refusal names
    `zaaktype`, `klant`, `omschrijving`, `locatie`, `eigenschappen.<uuid>`, `documenten.0.titel` …; a zaaktype that may
    not be started any more has code "zaaktype-ingetrokken".
    """

    zaaktype: str  # uuid
    startdatum: date
    nummer: str = ""
    reservering: str = ""
    naam: str = ""  # of the zaaktype, for who reads what waits
    omschrijving: str = ""
    toelichting: str = ""
    communicatiekanaal: str = ""
    klant: Klantverwijzing | None = None
    namens: Klantverwijzing | None = None
    eigenschappen: tuple[Eigenschapwaarde, ...] = ()
    locatie: Locatie | None = None
    documenten: tuple[DocumentGegevens, ...] = ()
    contact: str = ""
    vraag: str = ""
    eerdere: tuple[str, ...] = ()  # commands that were to make it and did not
    contactopdracht: str = ""  # the command that registers its contact, which may name this one or one of those


OverZaak = ZaaknummerReserveren | ZaakAanmaken
OverTerugbelnotitie = (
    TerugbelnotitieClaimen
    | TerugbelnotitieTeruggeven
    | TerugbelnotitieToewijzen
    | TerugbelnotitieVerzetten
    | TerugbelnotitiePoging
    | TerugbelnotitieAfhandelen
)
Gegevens = (
    KlantcontactRegistreren | KlantWijzigen | KlantRegistreren | OverTerugbelnotitie | OverZaak | DocumentToevoegen
)


def klant_of(gegevens: Gegevens) -> Klantverwijzing | None:
    """The customer that a command is about, where it names one that is known already."""
    if isinstance(gegevens, KlantcontactRegistreren | KlantWijzigen | ZaakAanmaken):
        return gegevens.klant
    return None


def order_of(gegevens: Gegevens) -> str:
    """What must keep its order beside a customer: the commands about one callback note. "" for the others."""
    return f"terugbelnotitie:{gegevens.notitie}" if isinstance(gegevens, OverTerugbelnotitie) else ""


def needed_by(gegevens: Gegevens) -> tuple[str, ...]:
    """The commands that must have their outcome before this one goes: it names what they make."""
    if isinstance(gegevens, ZaakAanmaken):
        return (gegevens.reservering,) if gegevens.reservering and not gegevens.nummer else ()
    if isinstance(gegevens, KlantcontactRegistreren):
        zaken = (vraag.zaak for vraag in gegevens.vragen)
        return tuple(dict.fromkeys(zaak.opdracht for zaak in zaken if zaak is not None and zaak.opdracht))
    return ()


class Opdracht(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """`gemaakt_op` is the seat's clock and only informative. `product` and `kanaal` feed the doelbinding."""

    id: str
    gegevens: Gegevens
    gemaakt_op: datetime
    contact: str = ""
    product: str = ""
    kanaal: str = ""


class Uitkomststand(StrEnum):
    GESLAAGD = "geslaagd"
    GEWEIGERD = "geweigerd"
    BEZIG = "bezig"


class Uitkomst(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of a command. `fout` is a problem body (code, title, detail, invalidParams, gezien, huidig)."""

    id: str
    stand: Uitkomststand
    resultaat: dict[str, Any] = {}
    fout: dict[str, Any] = {}
    afgehandeld_op: datetime | None = None
