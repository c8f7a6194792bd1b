"""The form of a zaaktype: what is asked, what is filled in already, and what is wrong with an answer. Pure.

A value is written as the Zaken API wants it: 20261224 for a date, 20261224140500 for a moment, 12,5 for a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum

import msgspec

from kcs_desktop.domain.datum import parse_datum
from kcs_desktop.domain.eigenschap import objection_to
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.klant import Bronstand
from kcs_desktop.domain.tekst import clean, clean_lines, fold
from kcs_desktop.domain.zaakconcept import Zaakconcept
from kcs_desktop.domain.zaakgegevens import MAX_OMSCHRIJVING, MAX_TOELICHTING
from kcs_desktop.domain.zaaktype import Documenttype, Eigenschap, Zaaktypekenmerk, Zaaktypevorm


class Veldsoort(StrEnum):
    """How a field is asked."""

    TEKST = "tekst"
    TEKSTVAK = "tekstvak"  # text of more than one line
    GETAL = "getal"
    DATUM = "datum"
    DATUM_TIJD = "datum_tijd"
    KEUZE = "keuze"


class Formulierveld(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question. `id` is the uuid of its eigenschap; `problems` names it `eigenschappen.<id>`.

    `lengte` is in characters, or digits before the comma (0: no bound); `meer`: it may be answered more than once.
    """

    id: str
    naam: str
    vraag: str
    soort: Veldsoort = Veldsoort.TEKST
    uitleg: str = ""
    groep: str = ""
    verplicht: bool = False
    lengte: int = 0
    decimalen: int = 0
    keuzes: tuple[str, ...] = ()
    meer: bool = False
    opmerking: str = ""  # of a format that is not known: it is asked as plain text


class Zaakformulier(msgspec.Struct, frozen=True, omit_defaults=True):
    """`stand` is LAADT while the catalogue is being read, and FOUT with `melding` where that failed."""

    zaaktype: str
    naam: str = ""
    velden: tuple[Formulierveld, ...] = ()
    met_locatie: bool = False
    documenttypen: tuple[Documenttype, ...] = ()
    eerste_status: str = ""  # what the citizen reads then
    doorlooptijd: str = ""  # ISO duration by law
    formeel_verzoek: bool = False  # a confirmation of receipt is made by itself
    stand: Bronstand = Bronstand.KLAAR
    melding: str = ""

    def veld(self, naam: str) -> Formulierveld | None:
        """By its id, or by the name of its eigenschap in any case."""
        klein = naam.lower()
        return next((veld for veld in self.velden if veld.id == naam or veld.naam.lower() == klein), None)


_VAK = 255  # characters from which text is asked in more than one line
_TIJD = re.compile(r"(.*?)[T ,]\s*(?:om\s+)?([0-9]{1,2})[:.]([0-9]{2})(?::([0-9]{2}))?(?:\s*uur)?")
_GESCHREVEN = re.compile(r"([0-9]{8})([0-9]{2})([0-9]{2})([0-9]{2})")
_DUIZENDEN = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+)(,[0-9]+)?")
_GETAL = re.compile(r"[0-9]+(?:,[0-9]+)?")
_DAG = re.compile(r"[0-9]{8}")
_EEUW = date(2000, 1, 1)  # any day will do where it is asked only whether something is a day
_VOORBEELD = {
    Veldsoort.DATUM: "Dit is geen geldige datum, zoals 24-11-2026.",
    Veldsoort.DATUM_TIJD: "Dit is geen geldige datum met tijd, zoals 24-11-2026 14:05.",
}
_SOORT = {
    "tekst": Veldsoort.TEKST,
    "getal": Veldsoort.GETAL,
    "datum": Veldsoort.DATUM,
    "datum_tijd": Veldsoort.DATUM_TIJD,
}


def form_of(vorm: Zaaktypevorm, kenmerk: Zaaktypekenmerk) -> Zaakformulier:
    """What is asked for this zaaktype, in the order of the catalogue."""
    eerste = vorm.statustypen[0] if vorm.statustypen else None
    return Zaakformulier(
        vorm.zaaktype.uuid,
        vorm.zaaktype.omschrijving,
        tuple(field_of(eigenschap) for eigenschap in vorm.eigenschappen),
        met_locatie=kenmerk.locatie,
        documenttypen=vorm.documenttypen,
        eerste_status=(eerste.statustekst or eerste.omschrijving) if eerste is not None else "",
        doorlooptijd=vorm.zaaktype.doorlooptijd,
        formeel_verzoek=kenmerk.formeel_verzoek,
    )


def field_of(eigenschap: Eigenschap) -> Formulierveld:
    """One eigenschap as a question. A format that nobody knows is asked as text of any length."""
    soort, opmerking, lengte = _SOORT.get(eigenschap.formaat), "", eigenschap.lengte
    if soort is None:
        soort, lengte = Veldsoort.TEKST, 0
        opmerking = f"De catalogus vraagt hier om “{eigenschap.formaat}”. Vul het in als gewone tekst."
    elif soort is Veldsoort.TEKST and lengte > _VAK:
        soort = Veldsoort.TEKSTVAK
    return Formulierveld(
        eigenschap.uuid,
        eigenschap.naam,
        eigenschap.definitie or eigenschap.naam,
        Veldsoort.KEUZE if eigenschap.waarden else soort,
        uitleg=eigenschap.toelichting,
        groep=eigenschap.groep,
        verplicht=eigenschap.is_verplicht,
        lengte=lengte,
        decimalen=eigenschap.decimalen,
        keuzes=eigenschap.waarden,
        meer=eigenschap.hoogstens is None or eigenschap.hoogstens > 1,
        opmerking=opmerking,
    )


def written(veld: Formulierveld, getypt: str, vandaag: date) -> str:
    """What was typed as the register wants it; as it was typed where it is not, or not wholly, what the field asks.
    Written twice is written once."""
    match veld.soort:
        case Veldsoort.TEKSTVAK:
            return clean_lines(getypt)
        case Veldsoort.DATUM:
            return _day(clean(getypt), vandaag)
        case Veldsoort.DATUM_TIJD:
            return _moment(clean(getypt), vandaag)
        case Veldsoort.GETAL:
            return _number(clean(getypt))
        case Veldsoort.KEUZE:
            gevouwen = fold(clean(getypt))
            return next((keuze for keuze in veld.keuzes if fold(keuze) == gevouwen), clean(getypt))
        case _:
            return clean(getypt)


def shown(veld: Formulierveld, waarde: str) -> str:
    """The other way: 24-12-2026 and 24-12-2026 14:05 for what is written as digits. Digits that are no day or moment
    were typed so."""
    is_time = veld.soort is Veldsoort.DATUM_TIJD
    has_day = is_time or veld.soort is Veldsoort.DATUM
    if has_day and _DAG.fullmatch(waarde) and not objection_to(waarde, {"formaat": "datum"}):
        return f"{waarde[6:]}-{waarde[4:6]}-{waarde[:4]}"
    al = _GESCHREVEN.fullmatch(waarde) if is_time else None
    if al is not None and not objection_to(waarde, {"formaat": "datum_tijd"}):
        seconden = "" if al[4] == "00" else f":{al[4]}"
        return f"{al[1][6:]}-{al[1][4:6]}-{al[1][:4]} {al[2]}:{al[3]}{seconden}"
    return waarde


def objection(veld: Formulierveld, waarde: str) -> str:
    """Why this value cannot be given, in Dutch; "" where it can."""
    if veld.soort is Veldsoort.DATUM_TIJD and _is_day(waarde):
        return "Vul ook de tijd in, zoals 24-11-2026 14:05."
    if veld.soort in _VOORBEELD and objection_to(waarde, {"formaat": veld.soort.value}):
        return _VOORBEELD[veld.soort]
    formaat = {Veldsoort.TEKSTVAK: "tekst", Veldsoort.KEUZE: ""}.get(veld.soort, veld.soort.value)
    lengte = f"{veld.lengte},{veld.decimalen}" if veld.decimalen else str(veld.lengte or "")
    return objection_to(waarde, {"formaat": formaat, "lengte": lengte, "waardenverzameling": veld.keuzes})


def problems_of(formulier: Zaakformulier, concept: Zaakconcept) -> list[InvalidInput]:
    """What keeps this draft from becoming a zaak, in the order of the form."""
    return [*_whole(formulier, concept), *(p for veld in formulier.velden for p in _field(veld, concept))]


def _whole(formulier: Zaakformulier, concept: Zaakconcept) -> Iterator[InvalidInput]:
    if formulier.formeel_verzoek and concept.klant is None:
        yield InvalidInput("Kies eerst voor wie deze zaak is.", field="klant", code="verplicht")
    if formulier.met_locatie and (concept.locatie is None or not concept.locatie.tekst):
        yield InvalidInput("Vul in waar het is.", field="locatie", code="verplicht")
    for naam, tekst, maximum in (
        ("omschrijving", concept.omschrijving, MAX_OMSCHRIJVING),
        ("toelichting", concept.toelichting, MAX_TOELICHTING),
    ):
        if len(tekst) > maximum:
            teveel = len(tekst) - maximum
            reden = f"Dit is {teveel} tekens te lang (ten hoogste {maximum})."
            yield InvalidInput(reden, field=naam, code="max_length")


def _field(veld: Formulierveld, concept: Zaakconcept) -> Iterator[InvalidInput]:
    naam = f"eigenschappen.{veld.id}"
    waarden = [waarde for waarde in concept.waarden(veld.id) if waarde]
    if veld.verplicht and not waarden:
        yield InvalidInput("Vul dit in.", field=naam, code="verplicht")
    if len(waarden) > 1 and not veld.meer:
        yield InvalidInput("Geef hier één antwoord.", field=naam, code="te-veel")
    for waarde in waarden:
        if reden := objection(veld, waarde):
            yield InvalidInput(reden, field=naam, code="waarde")


def _day(getypt: str, vandaag: date) -> str:
    try:
        datum = parse_datum(getypt, vandaag, mag_toekomst=True)
    except InvalidInput:
        return getypt
    return f"{datum.jaar:04d}{datum.maand:02d}{datum.dag:02d}" if datum.is_volledig else getypt


def _is_day(waarde: str) -> bool:
    """As the register wants it, or as people write it."""
    return not objection_to(_day(waarde, _EEUW), {"formaat": "datum"})


def _moment(getypt: str, vandaag: date) -> str:
    if _GESCHREVEN.fullmatch(getypt) or not (gevonden := _TIJD.fullmatch(getypt)):
        return getypt
    dag = _day(gevonden[1].strip(), vandaag)
    if not _DAG.fullmatch(dag) or int(gevonden[2]) > 23 or int(gevonden[3]) > 59 or int(gevonden[4] or 0) > 59:
        return getypt
    return f"{dag}{int(gevonden[2]):02d}{gevonden[3]}{gevonden[4] or '00'}"


def _number(getypt: str) -> str:
    kaal = getypt.removeprefix("€").replace(" ", "")
    if gevonden := _DUIZENDEN.fullmatch(kaal):
        return gevonden[1].replace(".", "") + (gevonden[2] or "")
    kaal = kaal.replace(".", ",") if kaal.count(".") == 1 and "," not in kaal else kaal
    return kaal if _GETAL.fullmatch(kaal) else getypt
