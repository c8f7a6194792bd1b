"""Postcode and house number in any spelling. Whether the address exists is for the registers to say."""

from __future__ import annotations

import re
from typing import NewType

import msgspec

from kcs_desktop.domain.errors import InvalidInput

Postcode = NewType("Postcode", str)

MAX_HUISNUMMER = 99_999
MAX_TOEVOEGING = 4
_POSTCODE = re.compile(r"\s*([1-9]\d{3})[\s\-.]{0,3}([A-Za-z]{2})\s*", re.ASCII)
_NEVER_GIVEN = frozenset({"SA", "SD", "SS"})
_HUISNUMMER = re.compile(
    r"\s*(?:nr\.?|nummer|no\.?)?\s*(\d{1,6})"  # 12
    r"(?:[\s\-/]*([a-z])(?![a-z]))?"  # 12a, 12-a, 12 a
    r"(?:[\s\-/]*([a-z0-9]{1,4}(?:[\s\-][a-z0-9]{1,3})?))?\s*",  # 12 bis, 12a-2, 12-2hg
    re.ASCII | re.IGNORECASE,
)


class Huisnummer(msgspec.Struct, frozen=True):
    """As the BAG has it: number, one capital letter, addition."""

    nummer: int
    letter: str = ""
    toevoeging: str = ""

    @property
    def display(self) -> str:
        """ "12", "12A", "12A-bis"."""
        return f"{self.nummer}{self.letter}" + (f"-{self.toevoeging}" if self.toevoeging else "")


def parse_postcode(tekst: str, *, field: str = "postcode") -> Postcode:
    """Four digits and two letters: "9999 zz" becomes "9999ZZ"."""
    if not tekst.strip():
        raise InvalidInput("Vul een postcode in.", field=field, code="postcode-leeg")
    gevonden = _POSTCODE.fullmatch(tekst[:40]) if len(tekst) <= 40 else None
    if gevonden is None:
        raise InvalidInput(
            "Dit is geen postcode.", field=field, code="postcode-vorm", advice="Schrijf een postcode zo: 9999 ZZ."
        )
    letters = gevonden[2].upper()
    if letters in _NEVER_GIVEN:
        raise InvalidInput(
            f"Deze postcode bestaat niet: de letters {letters} worden niet gebruikt.",
            field=field,
            code="postcode-bestaat-niet",
        )
    return Postcode(gevonden[1] + letters)


def parse_huisnummer(tekst: str, *, field: str = "huisnummer") -> Huisnummer:
    """Number with letter and addition: "12-a", "12 bis", "12a2"."""
    if not tekst.strip():
        raise InvalidInput("Vul een huisnummer in.", field=field, code="huisnummer-leeg")
    gevonden = _HUISNUMMER.fullmatch(tekst) if len(tekst) <= 40 else None
    if gevonden is None:
        raise InvalidInput(
            "Een huisnummer begint met een cijfer: 12, 12a of 12-2.", field=field, code="huisnummer-vorm"
        )
    nummer = int(gevonden[1])
    if not 1 <= nummer <= MAX_HUISNUMMER:
        raise InvalidInput(
            f"Een huisnummer ligt tussen 1 en {MAX_HUISNUMMER}.", field=field, code="huisnummer-bestaat-niet"
        )
    toevoeging = re.sub(r"[\s\-]", "", gevonden[3] or "")
    if len(toevoeging) > MAX_TOEVOEGING:
        raise InvalidInput(
            f"Een toevoeging heeft hoogstens {MAX_TOEVOEGING} tekens.", field=field, code="huisnummer-toevoeging"
        )
    return Huisnummer(nummer, (gevonden[2] or "").upper(), toevoeging)


def split_postcode(tekst: str) -> tuple[str, str] | None:
    """("9999zz", "12-a") where the text begins with the shape of a postcode; the rest may be empty."""
    if gevonden := re.match(r"\s*([1-9]\d{3}\s{0,2}[a-z]{2})(?![a-z])[\s,]*(.*)", tekst[:80], re.ASCII | re.IGNORECASE):
        return gevonden[1], gevonden[2].strip()
    return None


def display_postcode(postcode: str) -> str:
    """ "9999 ZZ"."""
    return f"{postcode[:4]} {postcode[4:]}" if len(postcode) == 6 else postcode
