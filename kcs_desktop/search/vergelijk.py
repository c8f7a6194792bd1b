"""How well the words that were typed fit the words of one customer, and in which words to say so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec
from rapidfuzz.distance import OSA

from kcs_desktop.search.document import Document
from kcs_desktop.search.klank import klank
from kcs_desktop.search.sleutels import company_names, name_words, street_key, surname_words, words

# What a whole, equal word is worth per part of the customer.
_SURNAME, _COMPANY, _GIVEN, _PLACE, _PART = 100.0, 96.0, 92.0, 60.0, 55.0
_PREFIX, _SOUND, _ERROR, _TWO_ERRORS = 0.86, 0.74, 0.68, 0.5
_MIN_FUZZY = 4
_MIN_TWO_ERRORS = 8
_MIN_SOUND = 3
_MAX_SOUND_LETTERS = 4  # by which words that sound alike differ in length
# First letters that may sound the same: Claes and Klaas, Fisser and Visser, Ouwens and Auwens.
_OPENINGS = {letter: klasse[0] for klasse in ("ckqszxg", "fvp", "aeiouyj") for letter in klasse}
_WHOLE = "precies"
_WHOLE_ONLY = frozenset({"huisnummer", "geboortejaar"})
_REMEMBERED = 4096  # names, streets and places whose words are kept
_TYPED, _COMPARED = 16, 4096  # typed words, and with how many words of customers each


class Naamwoord(NamedTuple):
    """A word of the customer, the part it belongs to, what it is worth, and how it is shown where it is not a word."""

    woord: str
    deel: str
    waarde: float
    toon: str = ""


class Passing(NamedTuple):
    """How one typed word fits one word of the customer; of two that are worth as much the larger is the first word."""

    score: float
    voorrang: int  # the place of the word, counted down
    hoe: str


class Overeenkomst(msgspec.Struct, frozen=True):
    """How all typed words fit. `waarom` says it per word; `achternaam`: a surname was typed in full."""

    score: float
    waarom: list[str]
    achternaam: bool


def allowed_errors(woord: str) -> int:
    """How many typing errors a word of this length may hold; a number holds none."""
    return 0 if len(woord) < _MIN_FUZZY or woord.isdigit() else 1 if len(woord) < _MIN_TWO_ERRORS else 2


def document_words(document: Document, *, with_numbers: bool = True) -> list[Naamwoord]:
    """The words by which a customer is named, then street and place; the numbers last, where one was typed."""
    found = [*_surname(document.geslachtsnaam), *_given(document.voornamen)]
    if document.handelsnamen or not document.geslachtsnaam:
        found += _company(tuple(company_names(document)))
    found += _street(document.straat)
    found += _place(document.plaats)
    if with_numbers:
        if document.huisnummer is not None:
            found.append(Naamwoord(str(document.huisnummer), "huisnummer", _PLACE))
        if document.geboortedatum:
            found.append(Naamwoord(document.geboortedatum[:4], "geboortejaar", _PLACE))
        if document.postcode:
            postcode = document.postcode.replace(" ", "")
            found.append(Naamwoord(postcode.lower(), "postcode", _PLACE, postcode))
    return found


@lru_cache(maxsize=_REMEMBERED)
def _surname(geslachtsnaam: str) -> tuple[Naamwoord, ...]:
    return tuple(Naamwoord(woord, "achternaam", _SURNAME) for woord in surname_words(geslachtsnaam))


@lru_cache(maxsize=_REMEMBERED)
def _given(voornamen: str) -> tuple[Naamwoord, ...]:
    return tuple(Naamwoord(woord, "voornaam", _GIVEN) for woord in words(voornamen))


@lru_cache(maxsize=_REMEMBERED)
def _company(namen: tuple[str, ...]) -> tuple[Naamwoord, ...]:
    return tuple(
        Naamwoord(woord, "naam", _COMPANY) for woord in dict.fromkeys(w for naam in namen for w in words(naam))
    )


@lru_cache(maxsize=_REMEMBERED)
def _street(straat: str) -> tuple[Naamwoord, ...]:
    if not straat:
        return ()
    delen = words(straat)
    losse = tuple(Naamwoord(woord, "straat", _PART, straat) for woord in delen) if len(delen) > 1 else ()
    return Naamwoord(street_key(straat), "straat", _PLACE, straat), *losse


@lru_cache(maxsize=_REMEMBERED)
def _place(plaats: str) -> tuple[Naamwoord, ...]:
    return tuple(Naamwoord(woord, "plaats", _PLACE) for woord in name_words(plaats))


def match_words(typed: Sequence[str], available: Sequence[Naamwoord]) -> Overeenkomst | None:
    """The mean worth and the reasons, or None where a typed word fits nothing. Each word is used once."""
    order = sorted(typed, key=len, reverse=True)
    fitting = []
    for woord in reversed(order):  # the shortest first: that is the unfinished one, which most candidates fall by
        fits = _fits(woord, available)
        if not fits:
            return None
        fitting.append(fits)
    total = 0.0
    reasons: dict[str, None] = {}
    is_whole = False
    used: set[int] = set()
    for woord, fits in zip(order, reversed(fitting), strict=True):
        best = max((fit for fit in fits if fit.voorrang not in used), default=None)
        if best is None:
            return None
        used.add(best.voorrang)
        passend = available[-best.voorrang]
        total += best.score
        reasons[_reason(woord, passend, best.hoe)] = None
        is_whole = is_whole or (passend.deel == "achternaam" and best.hoe == _WHOLE)
    unused = sum(
        1
        for plaats, left in enumerate(available)
        if left.waarde > _PLACE and left.deel != "voornaam" and -plaats not in used
    )
    return Overeenkomst(max(1.0, total / len(typed) - min(4.0, unused * 0.8)), list(reasons), is_whole)


def _fits(typed: str, available: Sequence[Naamwoord]) -> list[Passing]:
    known = _comparisons(typed)
    found = []
    for plaats, (woord, deel, waarde, _) in enumerate(available):
        fit = known[woord]
        # 12 is not the beginning of house number 120.
        if fit is not None and (typed == woord or deel not in _WHOLE_ONLY):
            found.append(Passing(waarde * fit[0], -plaats, fit[1]))
    return found


@lru_cache(maxsize=_TYPED)
def _comparisons(typed: str) -> _Comparisons:
    return _Comparisons(typed)


class _Comparisons(dict[str, tuple[float, str] | None]):
    """How a typed word fits the words it was compared with: they come again with every candidate and every key.

    Forgets everything rather than grow without end.
    """

    def __init__(self, typed: str) -> None:
        super().__init__()
        self._typed = typed
        self._length = len(typed)
        self._errors = allowed_errors(typed)
        self._opening = _OPENINGS.get(typed[:1], typed[:1])

    def __missing__(self, woord: str) -> tuple[float, str] | None:
        if len(self) >= _COMPARED:
            self.clear()
        fit = self[woord] = self._compared(woord)
        return fit

    def _compared(self, woord: str) -> tuple[float, str] | None:
        typed, length = self._typed, len(woord)
        if woord.startswith(typed):
            return (1.0, _WHOLE) if typed == woord else (_PREFIX + 0.1 * self._length / length, "begint met")
        difference = abs(self._length - length)
        # A cheap look first: most words of a customer have nothing in common with what was typed.
        if (
            difference <= _MAX_SOUND_LETTERS
            and min(self._length, length) >= _MIN_SOUND
            and _OPENINGS.get(woord[0], woord[0]) == self._opening
            and klank(typed) == klank(woord)
        ):
            return _SOUND, "klinkt als"
        if self._errors and difference <= self._errors:
            distance = OSA.distance(typed, woord, score_cutoff=self._errors)
            if distance <= self._errors:
                return (_ERROR, "met 1 tikfout in") if distance == 1 else (_TWO_ERRORS, f"met {distance} tikfouten in")
        return None


def _reason(typed: str, passend: Naamwoord, hoe: str) -> str:
    """ "achternaam Meijer klinkt als “meyer”"."""
    wat = f"{passend.deel} {passend.toon or passend.woord.capitalize()}"
    return f"{wat} precies" if hoe == _WHOLE else f"{wat} {hoe} “{typed}”"
