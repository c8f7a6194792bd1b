"""The words of the page on which a zaak is made. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from kcs_desktop.sdk import (
    Conceptstand,
    Doorverwijzing,
    Formulierveld,
    Klantverwijzing,
    Locatie,
    Nummerstand,
    Veldsoort,
    Zaakconcept,
    Zaakregel,
    Zaaktypekeuze,
    display_day,
    display_full_day,
    locatie_from,
    one_line,
)

HERKOMST = {"klant": "uit klant", "contact": "uit contact", "product": "uit product", "locatie": "uit plaats"}
LOCATIE = "locatie"
GEEN_KLANT = "Zonder klant"
MEE = "Kies in de lijst welk zaaktype het nu is. Wat u invulde gaat mee, en het nummer blijft hetzelfde."
APART = (
    "Met Opnieuw versturen gaat precies hetzelfde nog een keer: er komt geen tweede zaak. Is de zaak er al? Dan haalt u"
    " dit weg bij Uitgaand (F8)."
)
_DOORVERWEZEN = "Doorverwezen naar"
_DUUR = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T.*)?")
_EENHEDEN = (("jaar", "jaar"), ("maand", "maanden"), ("week", "weken"), ("dag", "dagen"))
_HINTS = {
    Veldsoort.DATUM: "Bijvoorbeeld 4-3-2026",
    Veldsoort.DATUM_TIJD: "Bijvoorbeeld 4-3-2026 14:05",
    Veldsoort.GETAL: "Een getal",
}


def begun_for(klant: Klantverwijzing | None) -> str:
    """Beside the list of what can be begun; a blank keeps its line, so that nothing moves."""
    return f"Voor {one_line(klant.naam, 60) or 'de klant op het scherm'}" if klant is not None else " "


def number_line(concept: Zaakconcept) -> tuple[str, str]:
    """The number as it is told, or what stands in its place; and what to do with it."""
    if concept.nummer:
        if concept.stand is Conceptstand.GEMAAKT:
            return concept.nummer, "Dit is het zaaknummer van de klant."
        return concept.nummer, "Gereserveerd: noem dit nummer nu aan de klant."
    match concept.nummerstand:
        case Nummerstand.VOLGT:
            return "Nummer volgt", "Er is geen verbinding. Het nummer komt vanzelf zodra die er is."
        case Nummerstand.GEWEIGERD:
            return "Nummer volgt", "Er kon geen nummer worden gereserveerd. De zaak krijgt er een als die is gemaakt."
        case _:
            return "Nummer komt", "Het nummer wordt gereserveerd."


def knip_line(keuze: Zaaktypekeuze) -> str:
    """Who does which steps, and who does the work and where."""
    return " · ".join(filter(None, (keuze.knip.samenvatting, keuze.knip.uitvoerder)))


def norm_line(keuze: Zaaktypekeuze, eerste_status: str = "") -> str:
    """How soon it is done as a rule, and at most by law."""
    zaaktype = keuze.zaaktype
    norm, wet = duration(zaaktype.servicenorm), duration(zaaktype.doorlooptijd)
    delen = [f"Meestal klaar binnen {norm}" if norm else "", f"wettelijk hoogstens {wet}" if wet else ""]
    zin = ", ".join(filter(None, delen))
    return f"{zin[:1].upper()}{zin[1:]}." if zin else one_line(eerste_status)


def duration(iso: str) -> str:
    """ "8 weken", "1 jaar en 6 maanden"; "" for none."""
    gevonden = _DUUR.fullmatch(iso)
    if gevonden is None:
        return ""
    delen = [
        f"{aantal} {een if int(aantal) == 1 else meer}"
        for aantal, (een, meer) in zip(gevonden.groups(), _EENHEDEN, strict=True)
        if aantal and int(aantal)
    ]
    return " en ".join(delen)


def field_label(veld: Formulierveld) -> str:
    """The question; one that may stay empty says so, which is shorter than a mark that must be explained."""
    vraag = one_line(veld.vraag, 200).replace("&", "&&")
    return vraag if veld.verplicht else f"{vraag} (mag leeg)"


def field_hint(veld: Formulierveld) -> str:
    if veld.meer:
        return "Eén antwoord per regel"
    return _HINTS.get(veld.soort, "")


def below_field(veld: Formulierveld) -> str:
    """What stands under a question: why it is asked as text, or what the catalogue says about it."""
    return " ".join(filter(None, (one_line(veld.opmerking, 300), one_line(veld.uitleg, 300))))


def duplicate_words(dubbel: Sequence[Zaakregel], vandaag: date) -> tuple[str, str]:
    """What is suspected, and how to go on."""
    eerste = dubbel[0]
    wanneer = display_day(eerste.startdatum, vandaag)
    nummer = f" {eerste.verwijzing.identificatie}" if eerste.verwijzing.identificatie else ""
    meer = f" en nog {len(dubbel) - 1}" if len(dubbel) > 1 else ""
    wat = one_line(eerste.omschrijving, 80) or eerste.verwijzing.zaaktype
    return (
        f"Misschien al gemeld: {wat}{nummer} van {wanneer}{meer}.",
        "Kijk eerst of dit dezelfde is. Zo niet, dan gaat u hier gewoon verder.",
    )


def refusal_words(concept: Zaakconcept) -> str:
    """Why the backend did not make it."""
    delen = [one_line(concept.reden, 400), *(one_line(al.reden, 200) for al in concept.bezwaren if not al.veld)]
    return " ".join(dict.fromkeys(filter(None, delen))) or "De server heeft deze zaak niet aangenomen."


def apart_words(concept: Zaakconcept) -> tuple[str, str]:
    """What is not known, and why and what to do."""
    return "Het is niet bekend of de zaak is aangemaakt.", " ".join(filter(None, (one_line(concept.reden, 400), APART)))


def draft_state(concept: Zaakconcept, *, is_online: bool) -> str:
    """How a draft stands, in a row of the list."""
    match concept.stand:
        case Conceptstand.VERSTUURD:
            return "Wordt aangemaakt" if is_online else "Wordt aangemaakt zodra er verbinding is"
        case Conceptstand.GEWEIGERD:
            return "Niet aangemaakt: kijk wat er moet veranderen"
        case _:
            return "Nog niet af"


def referral_advice(naar: Doorverwijzing) -> str:
    """What may be passed on."""
    wat = [one_line(al, 60) for al in naar.doorgeven]
    if not wat:
        return "Geef niets over de klant door: de klant regelt dit daar zelf."
    reeks = wat[0] if len(wat) == 1 else f"{', '.join(wat[:-1])} en {wat[-1]}"
    return f"Geef alleen {reeks} door, verder niets."


def referral_note(naar: Doorverwijzing) -> str:
    """What the contact keeps: to which loket, and what was passed on."""
    wat = [one_line(al, 60) for al in naar.doorgeven]
    return " ".join(
        (
            f"{_DOORVERWEZEN} {one_line(naar.loket, 100)}.",
            f"Doorgegeven: {' en '.join(wat)}." if wat else "Niets over de klant doorgegeven.",
        )
    )


def is_referred(notitie: str) -> bool:
    """Whether a line of the note says to which loket."""
    return any(regel.startswith(_DOORVERWEZEN) for regel in notitie.splitlines())


def started_on(concept: Zaakconcept, vandaag: date) -> str:
    dag = concept.startdatum or vandaag
    return "vandaag" if dag == vandaag else display_full_day(dag, vandaag)


def place_texts(locatie: Locatie | None) -> tuple[str, str]:
    """The address as it stands in its field, and the remark on the spot."""
    if locatie is None:
        return "", ""
    if not locatie.straat:
        return locatie.toelichting, ""
    nummer = f"{locatie.huisnummer or ''}{locatie.huisletter}{f'-{locatie.toevoeging}' if locatie.toevoeging else ''}"
    straat = " ".join(filter(None, (locatie.straat, nummer)))
    return ", ".join(filter(None, (straat, locatie.woonplaats))), locatie.toelichting


def place_from(typed: str, opmerking: str, gekozen: Locatie | None) -> Locatie | None:
    """What stands in the two fields as a location; None for nothing. `gekozen` is the address that was chosen for this
    text, with all that the BAG knows of it."""
    tekst, erbij = one_line(typed, 400), one_line(opmerking, 400)
    if not tekst and not erbij:
        return None
    locatie = gekozen if gekozen is not None and place_texts(gekozen)[0] == tekst else locatie_from(tekst)
    delen = (erbij,) if locatie.straat else (locatie.toelichting, erbij)
    return msgspec.structs.replace(locatie, toelichting=", ".join(filter(None, delen)))
