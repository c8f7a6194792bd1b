"""Which ranges of the key tree a question is looked up in. A range is a kind of key and what it begins with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from kcs_desktop.search.rangschikking import Vraagdelen
from kcs_desktop.search.sleutels import Soort, house_key

Bereik = tuple[Soort, str]

END = "\U0010ffff"
NAMES = (Soort.ACHTERNAAM, Soort.VOORNAAM, Soort.BEDRIJF)
_NUMBERS = (Soort.BSN, Soort.KVK, Soort.RSIN, Soort.TELEFOON, Soort.VESTIGING, Soort.POSTCODE)
_MAX_WORDS = 3  # words that are paired


def typed_ranges(delen: Vraagdelen) -> Iterator[Bereik]:
    """What was typed, taken at its word."""
    vraag = delen.vraag
    for soort, waarde in (
        (Soort.BSN, vraag.bsn),
        (Soort.RSIN, vraag.rsin),
        (Soort.KVK, vraag.kvk_nummer),
        (Soort.VESTIGING, vraag.vestigingsnummer),
        (Soort.TELEFOON, delen.telefoon),
        (Soort.EMAIL, delen.email),
    ):
        if waarde:
            yield soort, waarde
    if delen.cijfers:
        yield from ((soort, delen.cijfers) for soort in _NUMBERS)
    if vraag.postcode:
        huis = f" {house_key(vraag.huisnummer, '', '')}" if vraag.huisnummer else ""
        yield Soort.POSTCODE, vraag.postcode.lower() + huis
    if delen.straat:
        yield street_range(delen.straat, vraag.huisnummer)
    if vraag.geboortedatum and (len(vraag.geboortedatum) == 10 or not delen.woorden):
        yield Soort.GEBOORTEDATUM, vraag.geboortedatum
    if len(vraag.postcode) < 6:  # else the postcode has everybody who can be meant
        yield from name_ranges([[woord] for woord in delen.woorden])
    if delen.losse_straat:
        yield Soort.STRAAT, delen.losse_straat


def street_range(straat: str, huisnummer: int | None) -> Bereik:
    """A street, with its number where that is known."""
    return Soort.STRAAT, f"{straat} {house_key(huisnummer, '', '')}" if huisnummer else straat


def name_ranges(spellings: Sequence[Sequence[str]]) -> Iterator[Bereik]:
    """Names with these words, of each word one of its spellings: alone, or two by two in either order."""
    if len(spellings) == 1:
        yield from ((soort, woord) for woord in spellings[0] for soort in NAMES)
        return
    for first, second in permutations(spellings[:_MAX_WORDS], 2):
        for left in first:
            yield from ((soort, f"{left} {right}") for right in second for soort in NAMES)
