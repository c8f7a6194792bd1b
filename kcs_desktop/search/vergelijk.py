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


class Naamwoord(msgspec.Struct, frozen=True):
    """A word of the customer, the part it belongs to, what it is worth, and how it is shown where it is not a word."""

    woord: str
    deel: str
    waarde: float
    toon: str = ""


class Passing(msgspec.Struct, frozen=True):
    """How one typed word fits one word of the customer."""

    score: float
    plaats: int
    woord: Naamwoord
    hoe: str


class Overeenkomst(msgspec.Struct, frozen=True):
    """How all typed words fit. `waarom` says it per word; `achternaam`: a surname was typed in full."""

    score: float
    waarom: list[str]
    achternaam: bool


def allowed_errors(woord: str) -> int:
    """How many typing errors a word of this length may hold; a number holds none."""
    return 0 if len(woord) < _MIN_FUZZY or woord.isdigit() else 1 if len(woord) < _MIN_TWO_ERRORS else 2


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
        found.append(Naamwoord(street_key(document.straat), "straat", _PLACE, document.straat))
        delen = words(document.straat)
        if len(delen) > 1:
            found += [Naamwoord(woord, "straat", _PART, document.straat) for woord in delen]
    found += [Naamwoord(woord, "plaats", _PLACE) for woord in name_words(document.plaats)]
    if document.huisnummer is not None:
        found.append(Naamwoord(str(document.huisnummer), "huisnummer", _PLACE))
    if document.geboortedatum:
        found.append(Naamwoord(document.geboortedatum[:4], "geboortejaar", _PLACE))
    if document.postcode:
        postcode = document.postcode.replace(" ", "")
        found.append(Naamwoord(postcode.lower(), "postcode", _PLACE, postcode))
    return found


def match_words(typed: Sequence[str], available: Sequence[Naamwoord]) -> Overeenkomst | None:
    """The mean worth and the reasons, or None where a typed word fits nothing. Each word is used once."""
    free = dict(enumerate(available))
    total = 0.0
    reasons: dict[str, None] = {}
    is_whole = False
    for woord in sorted(typed, key=len, reverse=True):
        best = _best(woord, free)
        if best is None:
            return None
        total += best.score
        reasons[_reason(woord, best)] = None
        is_whole = is_whole or (best.woord.deel == "achternaam" and best.hoe == _WHOLE)
        del free[best.plaats]
    unused = sum(1 for left in free.values() if left.deel != "voornaam" and left.waarde > _PLACE)
    return Overeenkomst(max(1.0, total / len(typed) - min(4.0, unused * 0.8)), list(reasons), is_whole)


def _best(typed: str, free: dict[int, Naamwoord]) -> Passing | None:
    best: Passing | None = None
    for plaats, available in free.items():
        # 12 is not the beginning of house number 120.
        is_other = available.deel in _WHOLE_ONLY and typed != available.woord
        fit = None if is_other else _compare(typed, available.woord)
        if fit is None:
            continue
        factor, how = fit
        score = available.waarde * factor
        if best is None or score > best.score:
            best = Passing(score, plaats, available, how)
    return best


def _reason(typed: str, passing: Passing) -> str:
    """ "achternaam Meijer klinkt als “meyer”"."""
    wat = f"{passing.woord.deel} {passing.woord.toon or passing.woord.woord.capitalize()}"
    return f"{wat} precies" if passing.hoe == _WHOLE else f"{wat} {passing.hoe} “{typed}”"


def _may_sound_alike(typed: str, woord: str) -> bool:
    """A cheap look first: most words of a customer have nothing in common with what was typed."""
    is_near = min(len(typed), len(woord)) >= _MIN_SOUND and abs(len(typed) - len(woord)) <= _MAX_SOUND_LETTERS
    return is_near and _OPENINGS.get(typed[0], typed[0]) == _OPENINGS.get(woord[0], woord[0])


@lru_cache(maxsize=50_000)
def _compare(typed: str, woord: str) -> tuple[float, str] | None:
    if typed == woord:
        return 1.0, _WHOLE
    if woord.startswith(typed):
        return _PREFIX + 0.1 * len(typed) / len(woord), "begint met"
    if _may_sound_alike(typed, woord) and klank(typed) == klank(woord):
        return _SOUND, "klinkt als"
    errors = allowed_errors(typed)
    if errors and abs(len(typed) - len(woord)) <= errors:
        distance = OSA.distance(typed, woord, score_cutoff=errors)
        if distance <= errors:
            return (_ERROR, "met 1 tikfout in") if distance == 1 else (_TWO_ERRORS, f"met {distance} tikfouten in")
    return None
