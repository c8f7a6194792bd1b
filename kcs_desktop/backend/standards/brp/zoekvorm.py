"""The form in which names and streets are compared: without case, diacritics and double spaces."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import InstrumentedAttribute

from kcs_desktop.domain.tekst import normalise

_WORD = re.compile(r"[^\W_]+")
_LAST = chr(0x10FFFF)  # sorts after everything that may follow a prefix
# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ŋ": "n", "ı": "i", "ĸ": "k", "ſ": "s",
        "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ŉ": "'n", "ĳ": "ij", "’": "'", "‘": "'",
    }
)  # fmt: skip


def fold(text: str) -> str:
    """The comparable form of a name; folding a folded text changes nothing."""
    vorm = _fold_once(text)
    while (verder := _fold_once(vorm)) != vorm:  # taking a letter apart may give a capital or another such letter
        vorm = verder
    return vorm


def words(text: str) -> list[str]:
    """Its words in that form: letters and digits only."""
    return _WORD.findall(fold(text))


def begins_with(column: InstrumentedAttribute[str], begin: str) -> ColumnElement[bool]:
    """Both in one form, the column in the order of its bytes: its index answers this."""
    return and_(column >= begin, column < begin + _LAST)


def _fold_once(text: str) -> str:
    decomposed = normalise("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)
    return " ".join(bare.split())
