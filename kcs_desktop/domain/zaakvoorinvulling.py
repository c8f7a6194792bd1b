"""What is known already when a zaak is begun: from the customer, the contact, the product, the place. Pure.

What was typed is never filled over; what came from one of these is, when it changes, and goes where it has nothing more
for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

import msgspec

from kcs_desktop.domain.datum import parse_iso
from kcs_desktop.domain.klant import Klantbeeld, SoortDigitaalAdres
from kcs_desktop.domain.klantcontact import Vraag
from kcs_desktop.domain.tekst import clean, fold, shorten
from kcs_desktop.domain.zaakcatalogus import Zaaktypekeuze
from kcs_desktop.domain.zaakconcept import Zaakconcept
from kcs_desktop.domain.zaakformulier import Veldsoort, Zaakformulier, objection
from kcs_desktop.domain.zaakgegevens import MAX_OMSCHRIJVING, MAX_TOELICHTING, Eigenschapwaarde, Locatie

KLANT, CONTACT, PRODUCT, LOCATIE = "klant", "contact", "product", "locatie"
ZAAKTYPE = "zaaktype"  # the same of a vraag
_WOORD = re.compile(r"[a-z0-9]+")
_WHOLE = frozenset({"omschrijving", "toelichting"})  # of the draft itself, not of its form
_VANZELF = frozenset({PRODUCT, ZAAKTYPE})  # an onderwerp from these says nothing that the zaak does not say
_ONDERWERP = ("product", "onderwerp", "afdeling")  # what a vraag is about
_LEESBAAR = 4  # letters from which a word says something
_replace = msgspec.structs.replace


class Bekend(msgspec.Struct, frozen=True):
    """What there is to fill in from."""

    klant: Klantbeeld | None = None
    vraag: Vraag | None = None
    product: str = ""


def prefilled(concept: Zaakconcept, formulier: Zaakformulier, bekend: Bekend) -> Zaakconcept:
    """The draft with everything in it that is known and was not typed."""
    for naam, waarde, herkomst in (*_known_fields(concept, formulier, bekend), *_known_whole(formulier, bekend)):
        concept = _put(concept, naam, waarde, herkomst)
    return concept


def subject_of(keuze: Zaaktypekeuze | None, naam: str, product: str) -> dict[str, str]:
    """What a vraag is about that a zaak of this zaaktype is begun in, by the fields of the vraag."""
    afdeling = keuze.kenmerk.afdeling if keuze is not None else ""
    known = {"product": product, "onderwerp": product or naam, "afdeling": afdeling}
    return {veld: waarde for veld, waarde in known.items() if waarde}


def said_product(vraag: Vraag) -> str:
    """The product that somebody named and that no zaak was made of yet; "" for that of a zaak which is begun."""
    is_of_zaak = vraag.zaak is not None or vraag.herkomst.get("product") == ZAAKTYPE
    return "" if is_of_zaak else vraag.product


def renewed_subject(vraag: Vraag, voorstel: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The fields of the vraag that a zaak which takes the place of another renews, and their herkomst: those that
    nobody said. What the other brought and this one does not have becomes empty."""
    velden = {
        veld: voorstel.get(veld, "")
        for veld in _ONDERWERP
        if not getattr(vraag, veld) or vraag.herkomst.get(veld) == ZAAKTYPE
    }
    velden = {veld: waarde for veld, waarde in velden.items() if waarde != getattr(vraag, veld)}
    return velden, {veld: ZAAKTYPE for veld, waarde in velden.items() if waarde}


def with_typed(concept: Zaakconcept, eigenschap: str, waarden: tuple[str, ...]) -> Zaakconcept:
    """The draft with this answer of the employee."""
    herkomst = {naam: bron for naam, bron in concept.herkomst.items() if naam != eigenschap}
    return _replace(_with_values(concept, eigenschap, waarden), herkomst=herkomst)


def without(concept: Zaakconcept, bronnen: Collection[str]) -> Zaakconcept:
    """The draft without what came from these: the number of one customer must not go with the zaak of another."""
    weg = {naam for naam, bron in concept.herkomst.items() if bron in bronnen}
    return _replace(
        concept,
        eigenschappen=tuple(al for al in concept.eigenschappen if al.eigenschap not in weg),
        herkomst={naam: bron for naam, bron in concept.herkomst.items() if naam not in weg},
        **dict.fromkeys(weg & _WHOLE, ""),
    )


def _put(concept: Zaakconcept, naam: str, waarde: str, herkomst: str) -> Zaakconcept:
    is_whole = naam in _WHOLE
    nu = getattr(concept, naam) if is_whole else "".join(concept.waarden(naam))
    if (nu and naam not in concept.herkomst) or nu == waarde:
        return concept
    concept = _replace(concept, **{naam: waarde}) if is_whole else _with_values(concept, naam, (waarde,))
    return _replace(concept, herkomst={**concept.herkomst, naam: herkomst})


def _with_values(concept: Zaakconcept, eigenschap: str, waarden: tuple[str, ...]) -> Zaakconcept:
    others = tuple(al for al in concept.eigenschappen if al.eigenschap != eigenschap)
    own = tuple(Eigenschapwaarde(eigenschap, waarde) for waarde in waarden if waarde)
    return _replace(concept, eigenschappen=(*others, *own))


def _known_fields(concept: Zaakconcept, formulier: Zaakformulier, bekend: Bekend) -> Iterator[tuple[str, str, str]]:
    facts = {**_of_klant(bekend.klant), **_of_vraag(bekend.vraag), **_of_locatie(concept.locatie)}
    for veld in formulier.velden:
        waarde, herkomst = facts.get(fold(veld.naam), ("", ""))
        if veld.soort is Veldsoort.KEUZE and not waarde:
            waarde, herkomst = _meant(veld.keuzes, bekend.product), PRODUCT
        if waarde and veld.lengte and veld.soort in (Veldsoort.TEKST, Veldsoort.TEKSTVAK):
            waarde = shorten(waarde, veld.lengte)
        if waarde and not objection(veld, waarde):
            yield veld.id, waarde, herkomst


def _known_whole(formulier: Zaakformulier, bekend: Bekend) -> Iterator[tuple[str, str, str]]:
    vraag = bekend.vraag
    onderwerp = _said_onderwerp(vraag) if vraag is not None else ""
    if onderwerp or bekend.product:
        herkomst = CONTACT if onderwerp else PRODUCT
        yield "omschrijving", shorten(onderwerp or bekend.product, MAX_OMSCHRIJVING), herkomst
    if vraag is not None and vraag.notitie and formulier.veld("omschrijving") is None:
        yield "toelichting", shorten(vraag.notitie.strip(), MAX_TOELICHTING), CONTACT


def _of_vraag(vraag: Vraag | None) -> Mapping[str, tuple[str, str]]:
    if vraag is None:
        return {}
    own = "" if vraag.herkomst.get("onderwerp") in _VANZELF else clean(vraag.onderwerp)
    tekst = vraag.notitie.strip() or own
    return {"omschrijving": (tekst, CONTACT), "onderwerp": (_said_onderwerp(vraag), CONTACT)}


def _said_onderwerp(vraag: Vraag) -> str:
    """ "" where a zaak brought it: this one, or another that was begun in its place."""
    return "" if vraag.herkomst.get("onderwerp") == ZAAKTYPE else clean(vraag.onderwerp)


def _of_locatie(locatie: Locatie | None) -> Mapping[str, tuple[str, str]]:
    return {} if locatie is None else {"locatie": (locatie.tekst, LOCATIE)}


def _of_klant(beeld: Klantbeeld | None) -> Mapping[str, tuple[str, str]]:
    """By the names that catalogues give such properties."""
    if beeld is None:
        return {}
    persoon, bedrijf = beeld.persoon, beeld.bedrijf
    adresregels = persoon.adresregels if persoon else bedrijf.adresregels if bedrijf else beeld.bezoekadres
    telefoon, email = (
        _address(beeld, soort) for soort in (SoortDigitaalAdres.TELEFOONNUMMER, SoortDigitaalAdres.EMAIL)
    )
    facts = {
        "naam": beeld.naam,
        "naam aanvrager": beeld.naam,
        "adres": ", ".join(adresregels),
        "telefoon": telefoon,
        "telefoonnummer": telefoon,
        "e-mail": email,
        "e-mailadres": email,
        "emailadres": email,
        "geboortedatum": _birth(persoon.geboortedatum) if persoon else "",
        "kvk-nummer": bedrijf.kvk_nummer if bedrijf else "",
        "bedrijfsnaam": bedrijf.naam if bedrijf else "",
        "organisatie": bedrijf.naam if bedrijf else "",
    }
    return {naam: (waarde, KLANT) for naam, waarde in facts.items() if waarde}


def _address(beeld: Klantbeeld, soort: SoortDigitaalAdres) -> str:
    """The preferred one of this kind, else the first."""
    own = [adres for adres in beeld.digitale_adressen if adres.soort is soort]
    return next((adres.adres for adres in own if adres.standaard), own[0].adres if own else "")


def _birth(iso: str) -> str:
    try:
        datum = parse_iso(iso)
    except ValueError:
        return ""
    return datum.iso.replace("-", "") if datum.is_volledig else ""


def _meant(keuzes: tuple[str, ...], product: str) -> str:
    """The one choice that the product names ("Fietswrak melden" is about "fietswrak"); "" for none, or several."""
    woorden = _words(product)
    gevonden = [keuze for keuze in keuzes if any(w.startswith(deel) for deel in _words(keuze) for w in woorden)]
    return gevonden[0] if len(gevonden) == 1 else ""


def _words(tekst: str) -> set[str]:
    return {woord for woord in _WOORD.findall(fold(tekst)) if len(woord) >= _LEESBAAR}
