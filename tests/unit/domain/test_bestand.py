"""What a file is, by its bytes and not by its name; and a name that is safe to show and keep."""

from __future__ import annotations

import io
import zipfile

import pytest

from kcs_desktop.domain.bestand import (
    MAX_BEWAARD,
    MAX_NAAM,
    Soort,
    check_mediatype,
    clean_naam,
    judge,
    mediatype_of,
    save_name,
)
from kcs_desktop.domain.errors import InvalidInput

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
MZ = b"MZ\x90\x00\x03\x00\x00\x00"


def zipped(*names: str, inhoud: bytes = b"x") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, inhoud)
    return made.getvalue()


def odt() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return made.getvalue()


@pytest.mark.parametrize(
    ("naam", "begin", "soort", "mediatype", "toonbaar", "actief"),
    [
        ("brief.pdf", PDF, Soort.PDF, "application/pdf", True, False),
        ("foto.PNG", PNG, Soort.PNG, "image/png", True, False),
        ("foto.jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF", Soort.JPEG, "image/jpeg", True, False),
        ("plaatje.gif", b"GIF89a\x01\x00", Soort.GIF, "image/gif", True, False),
        ("plaatje.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", Soort.WEBP, "image/webp", True, False),
        ("scan.tif", b"II*\x00\x08\x00", Soort.TIFF, "image/tiff", True, False),
        ("notitie.txt", "Beste meneer, één ding.".encode(), Soort.TEKST, "text/plain", True, False),
        ("lijst.csv", b"a;b\r\n1;2\r\n", Soort.TEKST, "text/csv", True, False),
        ("bericht.eml", b"Received: x\r\n by y\r\nFrom: a@b.nl\r\n\r\nDag", Soort.MAIL, "message/rfc822", False, True),
        ("brief.docx", zipped("[Content_Types].xml", "word/document.xml"), Soort.WORD, "", False, True),
        ("lijst.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), Soort.EXCEL, "", False, True),
        ("macro.docm", zipped("[Content_Types].xml"), Soort.WORD, "", False, True),
        ("brief.odt", odt(), Soort.OPENDOCUMENT, "application/vnd.oasis.opendocument.text", False, True),
        ("oud.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", Soort.OUD_OFFICE, "application/msword", False, True),
        ("archief.zip", zipped("a.txt"), Soort.ZIP, "application/zip", False, True),
        ("pagina.html", b"<!DOCTYPE html><html>", Soort.HTML, "text/html", False, True),
        ("tekening.svg", b'<?xml version="1.0"?>\n<svg xmlns="x">', Soort.SVG, "image/svg+xml", False, True),
        ("notitie.txt", b"MZ-nummer 12 van de heer X", Soort.TEKST, "text/plain", True, False),
        ("notitie.txt", "\ufeffHallo, één".encode("utf-16-le"), Soort.TEKST, "text/plain", True, False),
        ("notitie.txt", "\ufeffHallo, één".encode("utf-16-be"), Soort.TEKST, "text/plain", True, False),
        ("lang.txt", ("\ufeff" + "👩é" * 2000).encode("utf-16-le"), Soort.TEKST, "text/plain", True, False),
        ("iets.xyz", b"\xff\xfe\x00\x00H\x00\x00\x00", Soort.ONBEKEND, "application/octet-stream", False, False),
        ("iets.xyz", b"\xff\xfe\x00\xd8\x00\xd8ab", Soort.ONBEKEND, "application/octet-stream", False, False),
        ("zonder", PDF, Soort.PDF, "application/pdf", True, False),
        ("iets.xyz", b"\x00\x01\x02", Soort.ONBEKEND, "application/octet-stream", False, False),
        ("iets.xyz", b"gewone tekst", Soort.TEKST, "text/plain", True, False),
    ],
)
def test_name_and_content_agree(
    naam: str, begin: bytes, soort: Soort, mediatype: str, toonbaar: bool, actief: bool
) -> None:
    found = judge(naam, begin)
    assert (found.soort, found.melding, found.geweigerd) == (soort, "", False)
    assert (found.toonbaar, found.actief) == (toonbaar, actief)
    assert found.mediatype == (mediatype or mediatype_of(naam))


@pytest.mark.parametrize(
    ("naam", "begin", "soort", "melding"),
    [
        ("brief.pdf", b"dit is tekst", Soort.TEKST, "Dit lijkt geen PDF, maar een tekst."),
        ("brief.pdf", b"<html><script>alert(1)</script>" + PDF, Soort.HTML, "Dit lijkt geen PDF, maar een webpagina."),
        ("brief.pdf", b"\x00" * 20 + PDF, Soort.ONBEKEND, "Dit lijkt geen PDF."),
        ("brief.pdf", b"", Soort.LEEG, "Dit lijkt geen PDF, het bestand is leeg."),
        ("foto.png", b"\xff\xd8\xff\xe0", Soort.JPEG, "Dit lijkt geen PNG-afbeelding, maar een JPEG-foto."),
        ("foto.png", b"<svg onload=alert(1)>", Soort.SVG, "Dit lijkt geen PNG-afbeelding, maar een SVG-tekening."),
        ("notitie.txt", b"<script>alert(1)</script>", Soort.HTML, "Dit lijkt geen tekst, maar een webpagina."),
        ("notitie.txt", "\ufeff<script>x".encode("utf-16-le"), Soort.HTML, "Dit lijkt geen tekst, maar een webpagina."),
        ("brief.docx", zipped("a.txt"), Soort.ZIP, "Dit lijkt geen Word-document, maar een zip-bestand."),
    ],
)
def test_name_and_content_differ(naam: str, begin: bytes, soort: Soort, melding: str) -> None:
    found = judge(naam, begin)
    assert (found.soort, found.melding, found.geweigerd) == (soort, melding, False)


@pytest.mark.parametrize(
    ("naam", "begin"),
    [
        ("brief.pdf", MZ),
        ("brief.pdf", b"\x7fELF\x02"),
        ("setup.exe", MZ),
        ("setup.exe", PDF),
        ("brief.pdf.js", b"alert(1)"),
        ("foto.png", b"#!/bin/sh\nrm -r /\n"),
        ("snel.lnk", b"L\x00\x00\x00"),
        ("brief.txt", b"MZ" + b" " * 58 + b"\x80\x00\x00\x00" + b" " * 64 + b"PE\x00\x00"),
        ("site.url", b"[InternetShortcut]\r\nURL=file://elders/x"),
        ("site.url ", b"[InternetShortcut]\r\nURL=file://elders/x"),
        ("site.desktop", b"[Desktop Entry]\nExec=x"),
        ("beheer.msc", b"<?xml version='1.0'?><MMC_ConsoleFile>"),
        ("app.appref-ms", "\ufeffhttp://elders/x.application".encode("utf-16-le")),
        ("app.application", b"<?xml version='1.0'?>"),
        ("macro.vb", b"MsgBox 1"),
        ("schijf.iso", bytes(4096)),
        ("schijf.img", bytes(4096)),
        ("schijf.vhdx", b"vhdxfile"),
        ("hulp.chm", b"ITSF\x03\x00\x00\x00"),
    ],
)
def test_a_program_is_refused_whatever_it_calls_itself(naam: str, begin: bytes) -> None:
    found = judge(naam, begin)
    assert found.geweigerd
    assert not found.toonbaar
    assert "programma" in found.melding


def test_a_zip_bomb_is_a_zip_and_is_not_unpacked() -> None:
    bomb = zipped("a.txt", inhoud=bytes(50_000_000))
    assert len(bomb) < 100_000
    assert judge("bom.zip", bomb).soort is Soort.ZIP


def test_what_the_sender_says_counts_only_where_nothing_else_does() -> None:
    assert judge("iets.xyz", b"\x00\x01", "application/x-iets").mediatype == "application/x-iets"
    assert judge("brief.pdf", PDF, "text/html").mediatype == "application/pdf"
    assert check_mediatype("Text/HTML; charset=utf-8") == "text/html"
    assert check_mediatype("") == ""
    for wrong in ("pdf", "a/b/c", "text/ht ml", "x" * 130 + "/y"):
        with pytest.raises(InvalidInput):
            check_mediatype(wrong)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("brief.pdf", "brief.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Jan\\brief.pdf", "brief.pdf"),
        ("map/", "naamloos"),
        ("..", "naamloos"),
        ("", "naamloos"),
        (" . ", "naamloos"),
        ("foto\u202egnp.exe", "fotognp.exe"),
        ("regel\r\neind\x00.txt", "regeleind.txt"),
        ('a<b>c:d"e|f?g*.txt', "a b c d e f g .txt"),
        ("Cafe\u0301.pdf", "Café.pdf"),
        ("\ud800.pdf", "pdf"),
        ("x" * 300 + ".pdf", "x" * (MAX_NAAM - 4) + ".pdf"),
        ("x" * 300, "x" * MAX_NAAM),
        ("y." + "x" * 300, "y." + "x" * (MAX_NAAM - 2)),
        ("q" + "\u0316\u0305" * 60 + ".pdf", "q" + "\u0316" * 15 + "\u0305" * 15 + ".pdf"),
    ],
)
def test_a_name_holds_no_path_and_nothing_that_deceives(given: str, kept: str) -> None:
    assert clean_naam(given) == kept
    assert clean_naam(kept) == kept


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("besluit 1/2.pdf", "2.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("é" * 150 + ".pdf", "é" * 118 + ".pdf"),
        ("👩" * 100, "👩" * 60),
        ("👩." + "👩" * 20, "👩." + "👩" * 20),
        ("👩" * 100 + "." + "👩" * 20, "👩" * 39 + "." + "👩" * 20),
    ],
)
def test_a_name_to_save_under_fits_on_disk_and_keeps_its_extension(given: str, kept: str) -> None:
    assert save_name(given) == kept
    assert len(kept.encode()) <= MAX_BEWAARD
