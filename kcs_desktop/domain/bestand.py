"""What a file really is, judged by its first bytes and never by its name alone; and what may be done with it.

Nothing is ever unpacked or opened here: a zip bomb stays a zip.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum

import msgspec

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.tekst import normalise

BEGIN = 4096  # bytes that are looked at
# With which a text may begin, and the spelling that it then has.
MARKS: Mapping[bytes, str] = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
MAX_NAAM = 200
MAX_BEWAARD = 240  # bytes of a name on disk, of which file systems take 255
_NAAMLOOS = "naamloos"
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# What no file system or mail program takes; the path signs are dealt with before.
_REFUSED = frozenset('<>:"|?*')


class Soort(StrEnum):
    """The kinds that are told apart."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"
    TIFF = "tiff"
    TEKST = "tekst"
    MAIL = "mail"
    WORD = "word"
    EXCEL = "excel"
    OPENDOCUMENT = "opendocument"
    OUD_OFFICE = "oud-office"
    ZIP = "zip"
    HTML = "html"
    SVG = "svg"
    PROGRAMMA = "programma"
    LEEG = "leeg"
    ONBEKEND = "onbekend"


_NAMEN: Mapping[Soort, str] = {
    Soort.PDF: "PDF",
    Soort.PNG: "PNG-afbeelding",
    Soort.JPEG: "JPEG-foto",
    Soort.GIF: "GIF-afbeelding",
    Soort.WEBP: "WebP-afbeelding",
    Soort.TIFF: "TIFF-afbeelding",
    Soort.TEKST: "tekst",
    Soort.MAIL: "e-mailbericht",
    Soort.WORD: "Word-document",
    Soort.EXCEL: "Excel-bestand",
    Soort.OPENDOCUMENT: "OpenDocument-bestand",
    Soort.OUD_OFFICE: "Office-bestand",
    Soort.ZIP: "zip-bestand",
    Soort.HTML: "webpagina",
    Soort.SVG: "SVG-tekening",
    Soort.PROGRAMMA: "programma",
}
_TOONBAAR = frozenset({Soort.PDF, Soort.PNG, Soort.JPEG, Soort.GIF, Soort.WEBP, Soort.TIFF, Soort.TEKST})
_ACTIEF = frozenset(
    {
        Soort.WORD,
        Soort.EXCEL,
        Soort.OPENDOCUMENT,
        Soort.OUD_OFFICE,
        Soort.ZIP,
        Soort.HTML,
        Soort.SVG,
        Soort.PROGRAMMA,
        Soort.MAIL,
    }
)
_OOXML = "application/vnd.openxmlformats-officedocument."
# Extension: what it should be inside, and the media type it is known by.
_KINDS: Mapping[str, tuple[Soort, str]] = {
    "pdf": (Soort.PDF, "application/pdf"),
    "png": (Soort.PNG, "image/png"),
    "jpg": (Soort.JPEG, "image/jpeg"),
    "jpeg": (Soort.JPEG, "image/jpeg"),
    "gif": (Soort.GIF, "image/gif"),
    "webp": (Soort.WEBP, "image/webp"),
    "tif": (Soort.TIFF, "image/tiff"),
    "tiff": (Soort.TIFF, "image/tiff"),
    "txt": (Soort.TEKST, "text/plain"),
    "csv": (Soort.TEKST, "text/csv"),
    "eml": (Soort.MAIL, "message/rfc822"),
    "docx": (Soort.WORD, _OOXML + "wordprocessingml.document"),
    "docm": (Soort.WORD, "application/vnd.ms-word.document.macroEnabled.12"),
    "xlsx": (Soort.EXCEL, _OOXML + "spreadsheetml.sheet"),
    "xlsm": (Soort.EXCEL, "application/vnd.ms-excel.sheet.macroEnabled.12"),
    "odt": (Soort.OPENDOCUMENT, "application/vnd.oasis.opendocument.text"),
    "ods": (Soort.OPENDOCUMENT, "application/vnd.oasis.opendocument.spreadsheet"),
    "doc": (Soort.OUD_OFFICE, "application/msword"),
    "xls": (Soort.OUD_OFFICE, "application/vnd.ms-excel"),
    "msg": (Soort.OUD_OFFICE, "application/vnd.ms-outlook"),
    "zip": (Soort.ZIP, "application/zip"),
    "html": (Soort.HTML, "text/html"),
    "htm": (Soort.HTML, "text/html"),
    "svg": (Soort.SVG, "image/svg+xml"),
    "exe": (Soort.PROGRAMMA, "application/vnd.microsoft.portable-executable"),
}
# Of programs, and of what starts or brings one when it is opened: a shortcut, a console, a help file, a disk.
_PROGRAMMA_EXTENSIES = frozenset(
    {
        "application",
        "appref-ms",
        "bat",
        "chm",
        "cmd",
        "com",
        "cpl",
        "desktop",
        "dll",
        "exe",
        "hta",
        "img",
        "iso",
        "jar",
        "js",
        "jse",
        "lnk",
        "msc",
        "msi",
        "pif",
        "ps1",
        "reg",
        "scr",
        "sh",
        "url",
        "vb",
        "vbe",
        "vbs",
        "vhd",
        "vhdx",
        "wsf",
        "wsh",
    }
)
# A text may begin with these letters too; the header of a program has bytes that stand in no text.
_DOS = b"MZ"
_MEDIATYPES: Mapping[Soort, str] = dict(reversed(tuple(_KINDS.values())))
_MEDIATYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127}")
_MAIL = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?"
    rb"(?:from|received|return-path|message-id|mime-version|delivered-to):",
    re.IGNORECASE,
)
_WEB = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|iframe|meta)\b", re.IGNORECASE)
_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)


class Oordeel(msgspec.Struct, frozen=True):
    """What a file is. `melding` is Dutch and empty where name and content agree."""

    soort: Soort
    mediatype: str
    melding: str = ""
    geweigerd: bool = False  # a program, whatever it calls itself

    @property
    def toonbaar(self) -> bool:
        """Whether it may be shown inside the window."""
        return self.soort in _TOONBAAR and not self.geweigerd

    @property
    def actief(self) -> bool:
        """Whether it can do something when it is opened; such a file is never opened inside."""
        return self.soort in _ACTIEF


def kind_name(soort: Soort) -> str:
    """As it is said: "een Word-document"."""
    return f"een {_NAMEN.get(soort, 'bestand van een onbekende soort')}"


def clean_naam(naam: str) -> str:
    """The name of a file as it may be shown and stored: no path, no signs that hide or reverse, at most 200 long.

    The extension stays, because that is what people recognise a file by.
    """
    composed = normalise("NFC", naam)
    last = re.split(r"[/\\]", composed)[-1]
    kept = "".join(
        " " if sign in _REFUSED else sign
        for sign in last
        if sign not in _BIDI and unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    )
    kept = " ".join(kept.split()).strip(". ")
    return _cut(kept, MAX_NAAM, len) or _NAAMLOOS


def save_name(naam: str, most: int = MAX_BEWAARD) -> str:
    """Under which a file may be saved: as `clean_naam`, and no longer than any file system takes. `most` in bytes."""
    return _cut(clean_naam(naam), most, lambda text: len(text.encode()))


def _cut(naam: str, most: int, size: Callable[[str], int]) -> str:
    if size(naam) <= most:
        return naam
    stam, dot, extensie = naam.rpartition(".")
    ending = f"{dot}{extensie}" if dot and len(extensie) <= 20 else ""
    room = most - size(ending)
    stam = naam.removesuffix(ending)[:room]
    while size(stam) > room:
        stam = stam[:-1]
    return stam.rstrip() + ending


def extension_of(naam: str) -> str:
    """In lower case and without the dot; empty where there is none. A system may drop dots and spaces at the end."""
    stam, _, extensie = naam.rstrip(". ").rpartition(".")
    return extensie.lower() if stam else ""


def check_mediatype(mediatype: str) -> str:
    """The media type without its parameters. Raises InvalidInput for what is none; empty is not known."""
    kind = mediatype.partition(";")[0].strip().lower()
    if kind and not _MEDIATYPE.fullmatch(kind):
        raise InvalidInput("Dit is geen soort bestand, zoals application/pdf.", field="mediatype")
    return kind


def mediatype_of(naam: str) -> str:
    """What the extension says; a guess to begin with, empty where it says nothing."""
    return _KINDS.get(extension_of(naam), (None, ""))[1]


def judge(naam: str, begin: bytes, mediatype: str = "") -> Oordeel:
    """What this file is, by its first bytes (`BEGIN` of them are enough) and then by its name.

    `mediatype` is what the sender says; it counts only where neither tells anything.
    """
    extensie = extension_of(naam)
    expected, by_name = _KINDS.get(extensie, (None, ""))
    soort = _soort_of(begin[:BEGIN], expected)
    if soort is Soort.PROGRAMMA or extensie in _PROGRAMMA_EXTENSIES:
        shown = "" if extensie in _PROGRAMMA_EXTENSIES or not extensie else f", ook al heet het .{extensie}"
        return Oordeel(
            Soort.PROGRAMMA,
            "application/octet-stream",
            f"Dit is een programma{shown}. Programma’s worden niet aangenomen.",
            geweigerd=True,
        )
    if expected is None or expected is soort:
        known = by_name or _MEDIATYPES.get(soort, "")
        return Oordeel(soort, known or check_mediatype(mediatype) or "application/octet-stream")
    return Oordeel(
        soort, _MEDIATYPES.get(soort, "application/octet-stream"), f"Dit lijkt geen {_NAMEN[expected]}{_rather(soort)}."
    )


def _rather(soort: Soort) -> str:
    if soort is Soort.LEEG:
        return ", het bestand is leeg"
    return f", maar een {_NAMEN[soort]}" if soort in _NAMEN else ""


def _soort_of(begin: bytes, expected: Soort | None) -> Soort:
    if not begin:
        return Soort.LEEG
    for is_it, soort in _SIGNS:
        if is_it(begin):
            if soort is Soort.ZIP:
                return _zipped(begin, expected)
            return soort
    text = _text_in(begin)
    if text is None:
        return Soort.PROGRAMMA if begin.startswith(_DOS) else Soort.ONBEKEND
    start = text.lstrip()
    if start.startswith(b"#!"):
        return Soort.PROGRAMMA
    if _SVG.search(start) and start.startswith(b"<"):
        return Soort.SVG
    if _WEB.search(start) and start.startswith(b"<"):
        return Soort.HTML
    if expected is not Soort.TEKST and _MAIL.match(start):
        return Soort.MAIL
    return Soort.TEKST


def _zipped(begin: bytes, expected: Soort | None) -> Soort:
    """By the name of the first thing in it, which stands open; it is not unpacked."""
    first = begin[30:200]
    if first.startswith(b"mimetypeapplication/vnd.oasis.opendocument"):
        return Soort.OPENDOCUMENT
    if first.startswith((b"[Content_Types].xml", b"_rels/", b"word/", b"xl/", b"docProps/")):
        return expected if expected in {Soort.WORD, Soort.EXCEL} else Soort.WORD
    return Soort.ZIP


def _text_in(begin: bytes) -> bytes | None:
    """Without its mark, and in UTF-8 where that mark says UTF-16. None for bytes that stand in no text."""
    mark, spelling = next((known for known in MARKS.items() if begin.startswith(known[0])), (b"", "utf-8"))
    text = begin.removeprefix(mark)
    if spelling != "utf-8":
        try:  # the end may be in the middle of a sign
            text = codecs.getincrementaldecoder(spelling)().decode(text).encode()
        except UnicodeError:
            return None
    allowed = {9, 10, 12, 13, 27}
    return text if all(byte >= 32 or byte in allowed for byte in text) and b"\x7f" not in text else None


def _starts(*signs: bytes) -> Callable[[bytes], bool]:
    return lambda begin: begin.startswith(signs)


def _is_webp(begin: bytes) -> bool:
    return begin[:4] == b"RIFF" and begin[8:12] == b"WEBP"


_SIGNS: tuple[tuple[Callable[[bytes], bool], Soort], ...] = (
    (_starts(b"%PDF-"), Soort.PDF),
    (_starts(b"\x89PNG\r\n\x1a\n"), Soort.PNG),
    (_starts(b"\xff\xd8\xff"), Soort.JPEG),
    (_starts(b"GIF87a", b"GIF89a"), Soort.GIF),
    (_is_webp, Soort.WEBP),
    (_starts(b"II*\x00", b"MM\x00*"), Soort.TIFF),
    (_starts(b"PK\x03\x04", b"PK\x05\x06"), Soort.ZIP),
    (_starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Soort.OUD_OFFICE),
    (_starts(b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"), Soort.PROGRAMMA),
)
