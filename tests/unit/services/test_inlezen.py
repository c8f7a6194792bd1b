"""Files that an employee hands over: what is taken, what is copied, and what happens when one changes meanwhile."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from kcs_desktop.cache.bijlagen import STUK, seal, sweep, total, unseal
from kcs_desktop.cache.toevoegingen import Bron
from kcs_desktop.domain.bestand import Soort
from kcs_desktop.domain.errors import UserError
from kcs_desktop.domain.toevoeging import MAXIMUM
from kcs_desktop.services.inlezen import Ingelezen, read_in, read_part

RUIM = 100_000_000
PDF = b"%PDF-1.7\n" + b"inhoud " * 40


def _all(bron: Bron, folder: Path, stuk: int = 1000) -> bytes:
    return b"".join(read_part(bron, folder, "brief.pdf", at, stuk) for at in range(0, bron.omvang, stuk))


def _read(path: Path, folder: Path, room: int = RUIM) -> Ingelezen:
    return read_in(path, path.name, folder / "kopie", room)


def test_a_copy_is_what_is_sent_whatever_becomes_of_the_file(tmp_path: Path) -> None:
    inhoud = os.urandom(STUK * 2 + 77)
    bron = tmp_path / "scan.bin"
    bron.write_bytes(inhoud)
    gelezen = _read(bron, tmp_path)
    bron.unlink()
    assert _all(gelezen.bron, tmp_path, STUK - 13) == inhoud
    assert gelezen.bron.pad == ""


def test_a_copy_says_nothing_without_its_key(tmp_path: Path) -> None:
    bron = tmp_path / "brief.txt"
    bron.write_bytes(b"een geheime zin over mevrouw Jansen " * 100)
    gelezen = _read(bron, tmp_path)
    assert b"Jansen" not in (tmp_path / "kopie").read_bytes()
    assert (tmp_path / "kopie").stat().st_mode & 0o077 == 0
    with pytest.raises(ValueError, match="damaged"):
        unseal(tmp_path / "kopie", bytes(32), 0, 10)
    assert gelezen.bron.sleutel


def test_what_has_no_room_is_read_from_its_own_place(tmp_path: Path) -> None:
    bron = tmp_path / "brief.pdf"
    bron.write_bytes(PDF)
    gelezen = _read(bron, tmp_path, room=10)
    assert not (tmp_path / "kopie").exists()
    assert _all(gelezen.bron, tmp_path) == PDF


@pytest.mark.parametrize("hoe", ["korter", "langer", "anders"])
def test_a_file_that_changes_before_it_is_read_is_told(tmp_path: Path, hoe: str) -> None:
    bron = tmp_path / "brief.pdf"
    bron.write_bytes(PDF)
    gelezen = _read(bron, tmp_path, room=10)
    nieuw = {"korter": PDF[:-9], "langer": PDF + b"!", "anders": PDF.upper()}[hoe]
    bron.write_bytes(nieuw)
    os.utime(bron, ns=(gelezen.bron.gewijzigd_ns + 5, gelezen.bron.gewijzigd_ns + 5))
    with pytest.raises(UserError) as told:
        read_part(gelezen.bron, tmp_path, "brief.pdf", 0, 50)
    assert told.value.code == "bestand-gewijzigd"


def test_a_file_that_shrinks_while_it_is_copied_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bron = tmp_path / "brief.pdf"

    def shrinks(path: Path, key: bytes, inhoud: io.BufferedReader) -> int:
        os.truncate(bron, 5000)
        return seal(path, key, inhoud)

    bron.write_bytes(PDF * 4000)
    monkeypatch.setattr("kcs_desktop.services.inlezen.seal", shrinks)
    with pytest.raises(UserError) as told:
        _read(bron, tmp_path)
    assert told.value.code == "bestand-gewijzigd"
    assert not (tmp_path / "kopie").exists()


def test_a_file_that_is_gone_is_told_when_it_is_to_be_sent(tmp_path: Path) -> None:
    bron = tmp_path / "brief.pdf"
    bron.write_bytes(PDF)
    gelezen = _read(bron, tmp_path, room=0)
    bron.unlink()
    with pytest.raises(UserError) as told:
        read_part(gelezen.bron, tmp_path, "brief.pdf", 0, 50)
    assert told.value.code == "bestand-onleesbaar"


def test_a_copy_that_was_damaged_is_told(tmp_path: Path) -> None:
    bron = tmp_path / "brief.pdf"
    bron.write_bytes(PDF)
    gelezen = _read(bron, tmp_path)
    kopie = tmp_path / "kopie"
    kopie.write_bytes(kopie.read_bytes()[:-1] + b"x")
    with pytest.raises(UserError) as told:
        read_part(gelezen.bron, tmp_path, "brief.pdf", 0, 50)
    assert told.value.code == "bestand-onleesbaar"


@pytest.mark.parametrize(
    ("naam", "inhoud", "code"),
    [
        ("factuur.pdf", b"MZ\x90\x00" + bytes(300), "bestand-geweigerd"),
        ("factuur.pdf", b"\x7fELF" + bytes(300), "bestand-geweigerd"),
        ("doe.bat", b"@echo off", "bestand-geweigerd"),
        ("leeg.pdf", b"", "bestand-leeg"),
    ],
)
def test_a_program_is_refused_whatever_it_is_called(tmp_path: Path, naam: str, inhoud: bytes, code: str) -> None:
    (tmp_path / naam).write_bytes(inhoud)
    with pytest.raises(UserError) as told:
        _read(tmp_path / naam, tmp_path)
    assert told.value.code == code
    assert told.value.advice == ""  # what became of the files beside it, who hands them over knows


def test_a_folder_and_what_is_no_plain_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="geen bestand"):
        _read(tmp_path, tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pijp.pdf")
        with pytest.raises(UserError, match="geen bestand"):
            _read(tmp_path / "pijp.pdf", tmp_path)


def test_more_than_may_be_sent_is_refused_before_it_is_read(tmp_path: Path) -> None:
    bron = tmp_path / "film.pdf"
    with bron.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(MAXIMUM + 1)
    with pytest.raises(UserError) as told:
        _read(bron, tmp_path)
    assert told.value.code == "bestand-te-groot"


def test_two_gigabytes_are_taken_without_being_read(tmp_path: Path) -> None:
    bron = tmp_path / "film.pdf"
    with bron.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(2 * 1024**3)
    gelezen = _read(bron, tmp_path)
    assert gelezen.bron.pad == str(bron)
    assert read_part(gelezen.bron, tmp_path, "film.pdf", 2 * 1024**3 - 4, 1000) == bytes(4)


def test_a_zip_bomb_stays_a_zip(tmp_path: Path) -> None:
    bron = tmp_path / "bijlagen.zip"
    with zipfile.ZipFile(bron, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("veel.txt", bytes(20_000_000))
    gelezen = _read(bron, tmp_path)
    assert gelezen.oordeel.soort is Soort.ZIP
    assert gelezen.bron.omvang < 100_000
    assert not gelezen.oordeel.toonbaar


def test_a_polyglot_is_what_its_first_bytes_say(tmp_path: Path) -> None:
    bron = tmp_path / "foto.jpg"
    bron.write_bytes(b"%PDF-1.7\n" + b"\xff\xd8\xff" + b"PK\x03\x04" + PDF)
    gelezen = _read(bron, tmp_path)
    assert gelezen.oordeel.soort is Soort.PDF
    assert "lijkt geen JPEG" in gelezen.oordeel.melding


def test_content_without_a_file_is_copied_or_held(tmp_path: Path) -> None:
    gekopieerd = read_in(PDF, "plakken.pdf", tmp_path / "a", RUIM)
    los = read_in(PDF, "plakken.pdf", tmp_path / "b", 0)
    assert _all(gekopieerd.bron, tmp_path) == _all(los.bron, tmp_path) == PDF
    assert los.bron.los == PDF


def test_a_disk_that_refuses_the_copy_does_not_stop_the_file(tmp_path: Path) -> None:
    bron = tmp_path / "brief.pdf"
    bron.write_bytes(PDF)
    (tmp_path / "geen-map").write_text("")
    gelezen = read_in(bron, bron.name, tmp_path / "geen-map" / "kopie", RUIM)
    assert _all(gelezen.bron, tmp_path) == PDF


def test_copies_that_belong_to_nothing_are_swept(tmp_path: Path) -> None:
    for naam in ("a", "b"):
        read_in(PDF, "brief.pdf", tmp_path / "bijlagen" / naam, RUIM)
    before = total(tmp_path / "bijlagen")
    sweep(tmp_path / "bijlagen", {"a"})
    assert total(tmp_path / "bijlagen") == before // 2
    sweep(tmp_path / "niet-daar", set())
    assert total(tmp_path / "niet-daar") == 0
