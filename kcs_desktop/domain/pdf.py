"""A letter as PDF: one column of text on A4, the same bytes for the same text. Pure.

Only what a letter needs: the standard fonts that every reader has, so nothing is embedded; and the language and the
title, by which a screen reader says what it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from enum import StrEnum

import msgspec

_BREED, _HOOG = 595, 842  # A4 in points
_MARGE = 71  # 2.5 cm
_ONDER = 71
# Widths of Helvetica per 1000, from the blank on; what is not in it is as wide as a capital.
_WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BOLD = 1.08  # as much wider


class Stijl(StrEnum):
    """How a paragraph is set."""

    KOP = "kop"
    TEKST = "tekst"
    FEIT = "feit"  # close to the one before it


_SETTING = {Stijl.KOP: ("F2", 18, 26, 20), Stijl.TEKST: ("F1", 11, 16, 12), Stijl.FEIT: ("F1", 11, 16, 0)}


class Alinea(msgspec.Struct, frozen=True):
    """One paragraph."""

    tekst: str
    stijl: Stijl = Stijl.TEKST


def letter(titel: str, alineas: Sequence[Alinea]) -> bytes:
    """The document. A character that the standard fonts do not have is written without its accent, else as ?."""
    pages = [b"\n".join(page) for page in _pages(alineas)] or [b""]
    first = 6  # after catalogue, pages, info and two fonts
    kids = " ".join(f"{first + 2 * index} 0 R" for index in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (nl-NL) /ViewerPreferences << /DisplayDocTitle true >> >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Title (" + _escaped(titel) + b") >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for index, content in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_BREED} {_HOOG}] /Contents {first + 2 * index + 1} 0 R"
            " /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream")
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    made, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{len(made)}\n%%EOF\n".encode()
    return made + f"xref\n0 {size}\n".encode() + b"0000000000 65535 f \n" + table + trailer


def _pages(alineas: Sequence[Alinea]) -> Iterator[list[bytes]]:
    page: list[bytes] = []
    y = _HOOG - _MARGE
    for alinea in alineas:
        font, size, step, gap = _SETTING[alinea.stijl]
        y -= gap
        for line in _lines(alinea.tekst, size, is_bold=font == "F2"):
            y -= step
            if y < _ONDER:
                yield page
                page, y = [], _HOOG - _MARGE - step
            page.append(f"BT /{font} {size} Tf {_MARGE} {y} Td (".encode() + _escaped(line) + b") Tj ET")
    if page:
        yield page


def _lines(tekst: str, size: int, *, is_bold: bool) -> Iterator[str]:
    """Broken between words, and within one that no line holds."""
    room = (_BREED - 2 * _MARGE) * 1000 / size / (_BOLD if is_bold else 1)
    for part in tekst.split("\n"):
        line = ""
        for word in part.split():
            while _width(word) > room:
                cut = next(n for n in range(len(word), 0, -1) if _width(word[:n]) <= room)
                if line:
                    yield line
                    line = ""
                yield word[:cut]
                word = word[cut:]  # noqa: PLW2901 -- what is left of it
            longer = f"{line} {word}" if line else word
            if _width(longer) > room:
                yield line
                line = word
            else:
                line = longer
        yield line


def _width(tekst: str) -> int:
    return sum(_WIDTHS[code - 32] if 32 <= (code := ord(char)) < 127 else 722 for char in tekst)


def _escaped(tekst: str) -> bytes:
    known = b"".join(_encoded(char) for char in tekst)
    return known.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _encoded(char: str) -> bytes:
    """In the encoding of the fonts; controls are blanks."""
    if not char.isprintable():
        return b" "
    for attempt in (char, unicodedata.normalize("NFKD", char)):
        made = attempt.encode("cp1252", "ignore")
        if made:
            return made
    return b"?"
