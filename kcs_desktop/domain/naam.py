"""Names of persons: their parts in whatever order they were typed, and how they are written."""

from __future__ import annotations

import re

import msgspec

from kcs_desktop.domain.tekst import clean, fold

# The words of which the voorvoegsels of BRP table 36 are made. Those of the second group are also given names or
# initials ("Ben", "Al", "S"), so they count only after another word.
_CERTAIN = (
    "van de der den het 't 's ten ter te in op aan bij uit over onder voor von vom vander vanden zu zum zur la le el"
)
_AFTER_A_WORD = "t s tot toe les al du des da das do dos del della di d' l' los las af bin ben ibn v v."
VOORVOEGSELS = frozenset(_CERTAIN.split()) | {"v.d.", "v/d", "vd", "v.d"}
_SOMETIMES = frozenset(_AFTER_A_WORD.split())
_ABBREVIATED = {"v.d.": "van der", "v/d": "van der", "vd": "van der", "v.": "van", "v": "van", "v.d": "van der"}
_MAX_WORDS = 20
_INITIAL = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?|[^\W\d_]\.?")


class Naam(msgspec.Struct, frozen=True):
    """`voornamen` may be initials. Where the order gives no certainty the last word is taken as the geslachtsnaam."""

    geslachtsnaam: str
    voornamen: str = ""
    voorvoegsel: str = ""

    @property
    def volledig(self) -> str:
        """ "Jan de Vries"."""
        return " ".join(deel for deel in (self.voornamen, self.voorvoegsel, self.geslachtsnaam) if deel)

    @property
    def sorteernaam(self) -> str:
        """ "Vries, Jan de"."""
        achter = " ".join(deel for deel in (self.voornamen, self.voorvoegsel) if deel)
        return f"{self.geslachtsnaam}, {achter}" if achter else self.geslachtsnaam

    @property
    def initialen(self) -> str:
        """ "JV": what an avatar shows."""
        return "".join(deel[0].upper() for deel in (self.voornamen, self.geslachtsnaam) if deel)

    @property
    def aanschrijf(self) -> str:
        """ "J. de Vries"."""
        letters = "".join(f"{woord[0].upper()}." for woord in self.voornamen.replace(".", " ").split())
        return " ".join(deel for deel in (letters, self.voorvoegsel, self.geslachtsnaam) if deel)


def parse_naam(tekst: str) -> Naam:
    """Read "Jan de Vries", "de Vries", "Vries, Jan de", "de Vries, J.", "Vries J. de", "J.P. v.d. Berg"."""
    getypt = clean(tekst)
    voor, komma, na = getypt.partition(",")
    if komma and voor.strip():
        voorvoegsel, achter = _leading(voor.split()[:_MAX_WORDS])
        achternaam = " ".join(achter)
        voornamen, los = _trailing(na.split()[:_MAX_WORDS])
        if not achternaam:
            voorvoegsel, achternaam = "", voor.strip()
        return Naam(achternaam, voornamen, voorvoegsel or los)
    woorden = _with_double_names(getypt.replace(",", " ").split()[:_MAX_WORDS])
    if not woorden:
        return Naam("")
    if achteraan := _initials_behind(woorden):
        return achteraan
    begin = next((i for i, woord in enumerate(woorden[:-1]) if _is_part(woord, after=i > 0)), None)
    if begin is None:
        return Naam(woorden[-1], " ".join(woorden[:-1]))
    voorvoegsel, achter = _leading(woorden[begin:], after=begin > 0)
    if begin == 0:
        return Naam(achter[0], " ".join(achter[1:]), voorvoegsel)
    return Naam(" ".join(achter), " ".join(woorden[:begin]), voorvoegsel)


def readings(naam: Naam) -> tuple[Naam, ...]:
    """Whose surname a hyphenated one may be: as it stands, or only its first or its last part.

    A partner's name stands behind or before one's own, and registers find a person by the own name alone.
    """
    eerste, streep, laatste = naam.geslachtsnaam.partition("-")
    if not (streep and eerste.strip() and laatste.strip()):
        return (naam,)
    voorvoegsel, achter = _leading(laatste.split())
    return (
        naam,
        Naam(eerste.strip(), naam.voornamen, naam.voorvoegsel),
        Naam(" ".join(achter), naam.voornamen, voorvoegsel),
    )


def is_voorvoegsel(woord: str) -> bool:
    """Whether a word is a voorvoegsel wherever it stands, also abbreviated."""
    return _plain(woord) in VOORVOEGSELS


def without_voorvoegsels(woorden: list[str]) -> list[str]:
    """The words that carry a name; all of them where nothing else would be left."""
    rest = [woord for woord in woorden if not is_voorvoegsel(woord)]
    return rest or woorden


def is_initial(woord: str) -> bool:
    """ "J", "J." or "J.P."."""
    return _INITIAL.fullmatch(woord) is not None


def _plain(woord: str) -> str:
    return fold(woord).replace("’", "'").replace("`", "'")


def _is_part(woord: str, *, after: bool) -> bool:
    return is_voorvoegsel(woord) or (after and _plain(woord) in _SOMETIMES)


def _with_double_names(woorden: list[str]) -> list[str]:
    """ "Duinrode-de" and "Proef" are one name: its hyphen is followed by a voorvoegsel, and that by a name."""
    samen: list[str] = []
    is_open = False
    for woord in woorden:
        if is_open:
            samen[-1] = f"{samen[-1]} {woord}"
        else:
            samen.append(woord)
        eerste, streep, laatste = woord.rpartition("-")
        is_open = is_voorvoegsel(woord) if is_open else bool(streep and eerste) and is_voorvoegsel(laatste)
    return samen


def _initials_behind(woorden: list[str]) -> Naam | None:
    """A surname with its initials behind it, as lists write it: "Duinrode J.", "Vries J. de", "Vries de J."."""
    einde = len(woorden)
    while einde and (is_initial(woorden[einde - 1]) or is_voorvoegsel(woorden[einde - 1])):
        einde -= 1
    voorletters = [woord for woord in woorden[einde:] if is_initial(woord)]
    if not einde or not voorletters or is_initial(woorden[0]):
        return None
    delen = [woord for woord in woorden[einde:] if not is_initial(woord)]
    voorvoegsel, achter = _leading([*delen, *woorden[:einde]])
    return Naam(" ".join(achter), " ".join(voorletters), voorvoegsel)


def _leading(woorden: list[str], *, after: bool = False) -> tuple[str, list[str]]:
    """(voorvoegsel, other words) with abbreviations written out; the last word is always a name."""
    einde = 0
    while einde < len(woorden) - 1 and _is_part(woorden[einde], after=after or einde > 0):
        einde += 1
    return " ".join(_written_out(w) for w in woorden[:einde]), woorden[einde:]


def _trailing(woorden: list[str]) -> tuple[str, str]:
    """(voornamen, voorvoegsel) of what stands after the comma."""
    begin = len(woorden)
    while begin and _is_part(woorden[begin - 1], after=begin > 1):
        begin -= 1
    return " ".join(woorden[:begin]), " ".join(_written_out(w) for w in woorden[begin:])


def _written_out(woord: str) -> str:
    plain = _plain(woord)
    return _ABBREVIATED.get(plain, plain)
