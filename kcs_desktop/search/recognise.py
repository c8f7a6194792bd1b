"""From one line of text to a question: what was typed, what is wrong with it, and which register can answer it.

Reads no register. Standard library and domain rules only, so the window may use it at every keystroke.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from kcs_desktop.domain.datum import parse_datum
from kcs_desktop.domain.emailadres import parse_emailadres
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.naam import parse_naam
from kcs_desktop.domain.postcode import display_postcode, parse_huisnummer, parse_postcode, split_postcode
from kcs_desktop.domain.tekst import clean
from kcs_desktop.domain.weergave import datum as display_datum
from kcs_desktop.domain.zoeken import Soortvraag, Zoekvraag
from kcs_desktop.search.herkend_adres import split_address
from kcs_desktop.search.herkend_datum import is_datum, split_date, without_born
from kcs_desktop.search.herkend_nummer import is_number, recognise_number

MAX_LENGTH = 200
_REMEMBERED = 4  # of one key the window, the seat and its search ask the same
_PARTIAL_POSTCODE = re.compile(r"[1-9]\d{3} ?[A-Za-z]", re.ASCII)

NAAM_UITLEG = "Naam · Enter zoekt in het Handelsregister. Voor de BRP is ook een geboortedatum nodig, of de gemeente."
NAAM_EN_DATUM = "Naam en geboortedatum · Enter zoekt in de BRP. Met een tikfout vindt de BRP niets."


@lru_cache(maxsize=_REMEMBERED)
def recognise(text: str, today: date) -> Zoekvraag:
    """Read the text. Never raises: what cannot be right is said in `fout`, and what can be searched still is."""
    if len(text) > MAX_LENGTH:
        begin = clean(text[:MAX_LENGTH])
        return Zoekvraag(begin, Soortvraag.NAAM, naam=begin, fout="Deze tekst is te lang om op te zoeken.")
    tekst = clean(text)
    if not tekst:
        return Zoekvraag(tekst, Soortvraag.LEEG)
    if "@" in tekst:
        return _email(tekst)
    if is_datum(tekst):
        return _date(tekst, today)
    if is_number(tekst):
        return recognise_number(tekst, today)
    if _PARTIAL_POSTCODE.fullmatch(tekst):
        begin = tekst.replace(" ", "").upper()
        return Zoekvraag(tekst, Soortvraag.POSTCODE, postcode=begin, uitleg="Postcode · typ verder.")
    if postcode := split_postcode(tekst):
        return _postcode(tekst, *postcode)
    return _words(tekst, today)


def _email(tekst: str) -> Zoekvraag:
    uitleg = "E-mailadres · de BRP en het Handelsregister kunnen niet zoeken op e-mailadres."
    try:
        return Zoekvraag(tekst, Soortvraag.EMAIL, email=parse_emailadres(tekst), uitleg=uitleg)
    except InvalidInput:
        return Zoekvraag(tekst, Soortvraag.EMAIL, uitleg=uitleg)  # still being typed


def _date(tekst: str, today: date) -> Zoekvraag:
    try:
        iso = parse_datum(without_born(tekst), today).iso
    except InvalidInput as error:
        return Zoekvraag(tekst, Soortvraag.GEBOORTEDATUM, fout=" ".join((error.message, error.advice)).strip())
    return Zoekvraag(
        tekst,
        Soortvraag.GEBOORTEDATUM,
        geboortedatum=iso,
        uitleg=f"Geboortedatum {display_datum(iso)} · typ ook de achternaam om in de BRP te zoeken.",
    )


def _postcode(tekst: str, postcode: str, rest: str) -> Zoekvraag:
    try:
        code = parse_postcode(postcode)
    except InvalidInput as error:
        return Zoekvraag(tekst, Soortvraag.POSTCODE, fout=error.message)
    if not rest:
        uitleg = f"Postcode {display_postcode(code)} · typ ook het huisnummer om in de BRP te zoeken."
        return Zoekvraag(tekst, Soortvraag.POSTCODE, postcode=code, uitleg=uitleg)
    if not rest[0].isdigit() and not rest.lower().startswith("n"):
        return Zoekvraag(
            tekst, Soortvraag.POSTCODE, postcode=code, naam=rest, uitleg="Postcode en naam · typ ook het huisnummer."
        )
    try:
        huis = parse_huisnummer(rest)
    except InvalidInput as error:
        return Zoekvraag(tekst, Soortvraag.POSTCODE, postcode=code, fout=error.message)
    return Zoekvraag(
        tekst,
        Soortvraag.POSTCODE,
        postcode=code,
        huisnummer=huis.nummer,
        huisletter=huis.letter,
        toevoeging=huis.toevoeging,
        is_volledig=True,
        uitleg="Postcode en huisnummer · Enter zoekt in de BRP en het Handelsregister.",
    )


def _words(tekst: str, today: date) -> Zoekvraag:
    found = split_date(tekst, today)
    if found is not None:
        return _name_and_date(tekst, found.rest, found.iso, found.fout)
    adres = split_address(tekst)
    if adres is not None:
        volledig = bool(adres.plaats)
        vervolg = "Enter zoekt in de BRP." if volledig else "typ ook de plaats om in de BRP te zoeken."
        return Zoekvraag(
            tekst,
            Soortvraag.ADRES,
            straat=adres.straat,
            huisnummer=adres.huis.nummer,
            huisletter=adres.huis.letter,
            toevoeging=adres.huis.toevoeging,
            postcode=adres.postcode,
            plaats=adres.plaats,
            naam="" if adres.plaats or adres.postcode else tekst,
            is_volledig=volledig or bool(adres.postcode),
            uitleg=f"Adres · {vervolg}",
        )
    return _name(tekst)


def _name(tekst: str) -> Zoekvraag:
    naam = parse_naam(tekst)
    letters = sum(1 for teken in tekst if teken.isalnum())
    return Zoekvraag(
        tekst,
        Soortvraag.NAAM,
        naam=tekst,
        voornamen=naam.voornamen,
        voorvoegsel=naam.voorvoegsel,
        geslachtsnaam=naam.geslachtsnaam,
        is_volledig=letters >= 2,
        uitleg=NAAM_UITLEG if letters >= 2 else "Typ verder.",
    )


def _name_and_date(tekst: str, rest: str, iso: str, fout: str) -> Zoekvraag:
    naam = parse_naam(rest)
    volledig = len(iso) == 10 and not fout and bool(naam.geslachtsnaam)
    return Zoekvraag(
        tekst,
        Soortvraag.NAAM_EN_GEBOORTEDATUM,
        naam=rest,
        voornamen=naam.voornamen,
        voorvoegsel=naam.voorvoegsel,
        geslachtsnaam=naam.geslachtsnaam,
        geboortedatum=iso,
        fout=fout,
        is_volledig=volledig,
        uitleg=NAAM_EN_DATUM if volledig or fout else "Naam en geboortejaar · de BRP vraagt de hele geboortedatum.",
    )
