"""How well the words that were typed fit the words of one customer, and in which words to say so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec
from rapidfuzz.distance import OSA

from kcs_desktop.search.document import Document
from kcs_desktop.search.klank import klank
from kcs_desktop.search.sleutels import company_names, name_words, street_key, surname_words, words

# What a whole, equal word is worth per part of the customer.
_SURNAME, _COMPANY, _GIVEN, _PLACE = 100.0, 96.0, 92.0, 60.0
_PREFIX, _SOUND, _ERROR, _TWO_ERRORS = 0.86, 0.74, 0.68, 0.5
_MIN_FUZZY = 4
_MIN_TWO_ERRORS = 8
_MIN_SOUND = 3


class Passing(msgspec.Struct, frozen=True):
    """How one typed word fits one word of the customer."""

    score: float
    waarom: str
    plaats: int


class Naamwoord(msgspec.Struct, frozen=True):
    """A word of the customer, the part it belongs to and what it is worth."""

    woord: str
    deel: str
    waarde: float


def allowed_errors(woord: str) -> int:
    """How many typing errors a word of this length may hold."""
    return 0 if len(woord) < _MIN_FUZZY else 1 if len(woord) < _MIN_TWO_ERRORS else 2


def document_words(document: Document) -> list[Naamwoord]:
    """The words by which a customer is named, then street and place."""
    found = [Naamwoord(woord, "achternaam", _SURNAME) for woord in surname_words(document)]
    found += [Naamwoord(woord, "voornaam", _GIVEN) for woord in words(document.voornamen)]
    seen: set[str] = set()
    for naam in company_names(document):
        for woord in words(naam):
            if woord not in seen:
                seen.add(woord)
                found.append(Naamwoord(woord, "naam", _COMPANY))
    if document.straat:
        found.append(Naamwoord(street_key(document.straat), "straat", _PLACE))
    found += [Naamwoord(woord, "plaats", _PLACE) for woord in name_words(document.plaats)]
    return found


def match_words(typed: Sequence[str], available: Sequence[Naamwoord]) -> tuple[float, list[str]] | None:
    """The mean worth and the reasons, or None where a typed word fits nothing. Each word is used once."""
    free = dict(enumerate(available))
    total = 0.0
    reasons: dict[str, None] = {}
    for woord in sorted(typed, key=len, reverse=True):
        best = _best(woord, free)
        if best is None:
            return None
        total += best.score
        reasons[best.waarom] = None
        del free[best.plaats]
    unused = sum(1 for left in free.values() if left.deel != "voornaam" and left.waarde > _PLACE)
    return max(1.0, total / len(typed) - min(4.0, unused * 0.8)), list(reasons)


def _best(typed: str, free: dict[int, Naamwoord]) -> Passing | None:
    best: Passing | None = None
    for plaats, available in free.items():
        fit = _compare(typed, available.woord)
        if fit is None:
            continue
        factor, how = fit
        score = available.waarde * factor
        if best is None or score > best.score:
            best = Passing(score, _reason(available, how), plaats)
    return best


def _reason(available: Naamwoord, how: str) -> str:
    if how == "klinkt":
        return f"{available.deel} klinkt als {available.woord.capitalize()}"
    return f"{how} in {available.deel}" if "tikfout" in how else f"{available.deel} {how}"


@lru_cache(maxsize=50_000)
def _compare(typed: str, woord: str) -> tuple[float, str] | None:
    if typed == woord:
        return 1.0, "precies"
    if woord.startswith(typed):
        return _PREFIX + 0.1 * len(typed) / len(woord), "begint met"
    if min(len(typed), len(woord)) >= _MIN_SOUND and klank(typed) == klank(woord):
        return _SOUND, "klinkt"
    errors = allowed_errors(typed)
    if errors and abs(len(typed) - len(woord)) <= errors:
        distance = OSA.distance(typed, woord, score_cutoff=errors)
        if distance <= errors:
            return (_ERROR, "1 tikfout") if distance == 1 else (_TWO_ERRORS, f"{distance} tikfouten")
    return None
