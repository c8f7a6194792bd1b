"""From a document to the keys and the terms it is found by.

A key is a kind and a text in one B-tree, read by prefix. The name keys hold two words ("jansen jan", "jan jansen"), so
that two typed words, the last one unfinished, are one range of the tree. A term is a word of the full text, for
whatever stands together in one customer and in no key: surname and street, three words, a name and a year.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.naam import VOORVOEGSELS, is_voorvoegsel
from kcs_desktop.domain.tekst import fold
from kcs_desktop.domain.telefoonnummer import parse_telefoonnummer
from kcs_desktop.search.document import Document
from kcs_desktop.search.klank import klank
from kcs_desktop.search.volletekst import SHORT, begin_terms, sound_term

MAX_KEY = 80
_REMEMBERED = 4096  # texts whose words are kept: streets, places and given names come again and again
_MAX_PARTS = 3  # words of each side that are combined
_MAX_NAME_WORDS = 8
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"(?<=\w)['’`](?=\w)")
_STREET_ENDS = (
    (re.compile(r"str\b\.?"), "straat"),
    (re.compile(r"(?<=\w)ln\b\.?"), "laan"),
    (re.compile(r"\bburg\b\.?"), "burgemeester"),
)
_LEGAL_FORMS = frozenset({"bv", "nv", "vof", "b", "v", "n", "cv", "holding", "stichting", "vereniging"})


class Soort(StrEnum):
    """Kind of key; one character, because it is stored with every key."""

    ACHTERNAAM = "a"  # "jansen jan"
    VOORNAAM = "v"  # "jan jansen"
    BEDRIJF = "o"  # from each word of the name on
    BSN = "b"
    KVK = "k"
    VESTIGING = "w"
    RSIN = "r"
    TELEFOON = "t"
    EMAIL = "e"
    POSTCODE = "p"  # "9999zz 12/a": the slash ends the number, so that 12 does not begin 120
    STRAAT = "s"  # "kerkstraat 12/a"
    GEBOORTEDATUM = "d"


Sleutel = tuple[str, str]


@lru_cache(maxsize=_REMEMBERED)
def words(tekst: str) -> tuple[str, ...]:
    """The folded words of a text; an apostrophe within a word joins ("d'hondt" is one)."""
    return tuple(_WORD.findall(_APOSTROPHE.sub("", fold(tekst))))


@lru_cache(maxsize=_REMEMBERED)
def name_words(tekst: str) -> tuple[str, ...]:
    """The words that carry a name, without van, de, der; all of them where nothing else is left."""
    dragers = " ".join(deel for deel in tekst.split() if not is_voorvoegsel(deel))
    return words(dragers) or words(tekst)


def phone_key(nummer: str) -> str:
    """The number as it is dialled in the Netherlands, digits only; foreign numbers keep their +."""
    try:
        normaal = str(parse_telefoonnummer(nummer))
    except InvalidInput:
        normaal = re.sub(r"[^\d+]", "", nummer)
    return "0" + normaal[3:] if normaal.startswith("+31") else normaal


@lru_cache(maxsize=_REMEMBERED)
def street_key(straat: str) -> str:
    """The street without blanks and with its usual abbreviations written out."""
    plain = fold(straat)
    for pattern, whole in _STREET_ENDS:
        plain = pattern.sub(whole, plain)
    return "".join(_WORD.findall(plain))


def house_key(huisnummer: int | None, letter: str, toevoeging: str) -> str:
    """The number, a slash, then what comes behind it."""
    return f"{huisnummer or ''}/{letter}{toevoeging}".lower()


def date_terms(iso: str) -> list[str]:
    """Year, month and day of a date that may be known in part; a question asks the last one."""
    delen = iso.split("-")
    return [f"d{''.join(delen[:aantal])}" for aantal in range(1, len(delen) + 1)] if iso else []


def surname_words(geslachtsnaam: str) -> tuple[str, ...]:
    """The words of a surname; of none, none."""
    return name_words(geslachtsnaam)[:_MAX_PARTS] if geslachtsnaam else ()


def company_names(document: Document) -> list[str]:
    """Every name under which a company is known; a person shown under one name only is found by it as well."""
    if document.geslachtsnaam:
        return list(document.handelsnamen)
    return list(dict.fromkeys((document.naam, *document.handelsnamen)))


def keys(document: Document) -> set[Sleutel]:
    """All keys of a document. Derived from it alone, so that old keys can be found again to remove them."""
    found: set[Sleutel] = set()
    _person_keys(document, found)
    for naam in company_names(document):
        _company_keys(naam, found)
    for soort, waarde in (
        (Soort.BSN, document.bsn),
        (Soort.KVK, document.kvk_nummer),
        (Soort.VESTIGING, document.vestigingsnummer),
        (Soort.RSIN, document.rsin),
        (Soort.GEBOORTEDATUM, document.geboortedatum),
        *((Soort.TELEFOON, phone_key(nummer)) for nummer in document.telefoonnummers),
        *((Soort.EMAIL, fold(email.strip())) for email in document.emails),
    ):
        if waarde:
            found.add((soort, waarde))
    huis = house_key(document.huisnummer, document.huisletter, document.toevoeging)
    if document.postcode:
        found.add((Soort.POSTCODE, f"{document.postcode.replace(' ', '').lower()} {huis}"))
    if document.straat:
        found.add((Soort.STRAAT, f"{street_key(document.straat)} {huis}"))
    return {(soort, waarde[:MAX_KEY]) for soort, waarde in found}


def terms(document: Document) -> list[str]:
    """The terms of the full text, in a fixed order. Derived from the document alone, as the keys are."""
    namen = [*surname_words(document.geslachtsnaam), *words(document.voornamen)[:_MAX_PARTS]]
    for naam in company_names(document):
        namen += words(naam)[:_MAX_NAME_WORDS]
    straat = street_key(document.straat)
    overal = [*namen, *words(document.straat), straat, *name_words(document.plaats)]
    found = dict.fromkeys(term for woord in overal if woord for term in _begins(woord))
    found.update(dict.fromkeys(_sound(woord) for woord in (*namen, straat) if len(woord) >= SHORT))
    found.update(dict.fromkeys(date_terms(document.geboortedatum)))
    if document.huisnummer is not None:
        found[str(document.huisnummer)] = None
    if document.postcode:
        found[document.postcode.replace(" ", "").lower()] = None
    return list(found)


def vocabulary(document: Document) -> set[str]:
    """The words in which a typing error is looked for."""
    found = {*surname_words(document.geslachtsnaam), *words(document.voornamen)[:_MAX_PARTS]}
    for naam in company_names(document):
        found.update(name_words(naam)[:_MAX_NAME_WORDS])
    if document.straat:
        found.add(street_key(document.straat))
    return {woord for woord in found if 3 < len(woord) <= 40}


def variants(woord: str) -> list[str]:
    """The word and everything it becomes by leaving out one letter: two words one error apart share a variant."""
    kort = woord[:14]
    return list(dict.fromkeys((kort, *(kort[:i] + kort[i + 1 :] for i in range(len(kort))))))


@lru_cache(maxsize=_REMEMBERED)
def _begins(woord: str) -> tuple[str, ...]:
    return (woord,) if woord.isdigit() else tuple(begin_terms(woord))


@lru_cache(maxsize=_REMEMBERED)
def _sound(woord: str) -> str:
    return sound_term(klank(woord))


def _person_keys(document: Document, found: set[Sleutel]) -> None:
    achternamen = surname_words(document.geslachtsnaam)
    voornamen = words(document.voornamen)[:_MAX_PARTS]
    if len(achternamen) > 1:
        found.add((Soort.ACHTERNAAM, " ".join(achternamen)))
    for achter in achternamen:
        for voor in voornamen or ("",):
            found.add((Soort.ACHTERNAAM, f"{achter} {voor}"))
            if voor:
                found.add((Soort.VOORNAAM, f"{voor} {achter}"))
    if not achternamen:
        for voor in voornamen:
            found.add((Soort.VOORNAAM, f"{voor} "))


def _company_keys(naam: str, found: set[Sleutel]) -> None:
    alle = words(naam)[:_MAX_NAME_WORDS]
    for plaats, woord in islice(enumerate(alle), _MAX_NAME_WORDS):
        if plaats and (woord in VOORVOEGSELS or woord in _LEGAL_FORMS):
            continue
        found.add((Soort.BEDRIJF, " ".join(alle[plaats:]) + " "))
