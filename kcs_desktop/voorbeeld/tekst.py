"""Plain text of a file as it may be shown: read in whatever it was written in, without signs that hide or reverse."""

from __future__ import annotations

import codecs

import msgspec

from kcs_desktop.domain.bestand import MARKS
from kcs_desktop.domain.tekst import clean_lines

MAX_BYTES = 400_000
MAX_REGEL = 2_000  # characters; a longer line would hold up the window that lays it out


class Tekst(msgspec.Struct, frozen=True):
    """`is_afgekapt` where the file has more."""

    tekst: str
    is_afgekapt: bool = False


def read_tekst(inhoud: bytes) -> Tekst:
    """Never fails: what is no text in any spelling comes out with marks of unknown signs."""
    begin = inhoud[:MAX_BYTES]
    regels = clean_lines(_decoded(begin)).split("\n")
    gebroken = (regel[at : at + MAX_REGEL] for regel in regels for at in range(0, max(1, len(regel)), MAX_REGEL))
    return Tekst("\n".join(gebroken), is_afgekapt=len(inhoud) > MAX_BYTES)


def _decoded(begin: bytes) -> str:
    for mark, spelling in MARKS.items():
        if begin.startswith(mark):
            return begin[len(mark) :].decode(spelling, "replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(begin)  # the end may be in the middle of a sign
    except UnicodeDecodeError:
        return begin.decode("cp1252", "replace")
