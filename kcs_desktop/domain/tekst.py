"""Cleaning of what people type or paste: what may be kept, and the plain form that comparing needs.

Nothing here escapes for a medium (HTML, a spreadsheet): that belongs where the medium is written.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

# Controls, characters that reorder or hide the text around them, lone surrogates and non-characters. The two joiners
# (U+200C, U+200D) stay: names in other scripts and emoji are spelled with them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u206a-\u206f"
    "\ufeff\ufff0-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
MARKS = 30  # on one letter, as many as the stream-safe text format of Unicode (UAX 15) has
# Signs among which more marks than that may be: one comes apart into three at the most, and there is none before U+0300
# or among the letters of Greek and Cyrillic.
_MAYBE_MARKS = re.compile(f"[\u0300-\u036f\u0483-\U0010ffff]{{{MARKS // 3},}}")
_MOST = 4000  # characters on a line: a register that answers megabytes must not stall the window
_LINE_END = re.compile("\r\n|\r|\x85|\u2028|\u2029|\x0b|\x0c")
_BLANK = re.compile(r"[^\S\n]+")
_NOT_DECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)


def clean(tekst: str) -> str:
    """One line: composed (NFC), without control and direction characters, single blanks, none at the ends."""
    return _BLANK.sub(" ", _composed(tekst).replace("\n", " ")).strip()


def clean_lines(tekst: str) -> str:
    """Like `clean`, but line ends stay (as \\n), and blanks within a line as they were typed."""
    return "\n".join(regel.rstrip() for regel in _composed(tekst).replace("\t", "    ").split("\n")).strip("\n")


def has_unwanted(tekst: str) -> bool:
    """Whether the text holds a character that `clean_lines` would remove."""
    return _UNWANTED.search(_LINE_END.sub("\n", tekst)) is not None


def shorten(tekst: str, maximum: int) -> str:
    """At most `maximum` characters, the last being an ellipsis where something was cut."""
    return tekst if len(tekst) <= maximum else tekst[: maximum - 1].rstrip() + "…"


def one_line(tekst: str, maximum: int = 0) -> str:
    """The text on one line, clean; longer than `maximum` characters (when given) ends in an ellipsis."""
    regel = clean(tekst[:_MOST])
    return shorten(regel, maximum) if maximum else regel


def fold(tekst: str) -> str:
    """The form in which words are compared: lower case, without accents, ligatures taken apart."""
    if tekst.isascii():
        return tekst.lower()
    parts = unicodedata.normalize("NFKD", normalise("NFKD", tekst).casefold())
    return "".join(teken for teken in parts if not unicodedata.combining(teken)).translate(_NOT_DECOMPOSED)


def normalise(form: Literal["NFC", "NFKC", "NFKD"], tekst: str) -> str:
    """The text in this form of Unicode, with at most `MARKS` marks on a letter: they are put in order, which takes ever
    longer the more there are, and would hold up everybody."""
    if _MAYBE_MARKS.search(tekst):
        # Again once it is taken apart: a mark may be several.
        tekst = _MAYBE_MARKS.sub(_bound, unicodedata.normalize("NFD", _MAYBE_MARKS.sub(_bound, tekst)))
    return unicodedata.normalize(form, tekst)


def _bound(found: re.Match[str]) -> str:
    kept, marks = [], 0
    for teken in found[0]:
        # Some are letters by themselves and marks once they are taken apart.
        marks = marks + 1 if unicodedata.combining(unicodedata.normalize("NFKD", teken)[0]) else 0
        if marks <= MARKS:
            kept.append(teken)
    return "".join(kept)


def _composed(tekst: str) -> str:
    if tekst.isascii() and tekst.isprintable():
        return tekst
    return normalise("NFC", _UNWANTED.sub("", _LINE_END.sub("\n", tekst)))
