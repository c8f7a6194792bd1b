from __future__ import annotations

import pytest

from kcs_desktop.voorbeeld.tekst import MAX_BYTES, MAX_REGEL, read_tekst


@pytest.mark.parametrize(
    "inhoud",
    [
        "Geachte mevrouw Çelik".encode(),
        "\ufeffGeachte mevrouw Çelik".encode(),
        "\ufeffGeachte mevrouw Çelik".encode("utf-16-le"),
        "\ufeffGeachte mevrouw Çelik".encode("utf-16-be"),
        "Geachte mevrouw Çelik".encode("cp1252"),
    ],
)
def test_text_reads_in_every_spelling(inhoud: bytes) -> None:
    assert read_tekst(inhoud).tekst == "Geachte mevrouw Çelik"


def test_signs_that_hide_or_reverse_are_left_out() -> None:
    assert read_tekst("rekening\u202efdp.exe\x00\x1b[31m\nregel".encode()).tekst == "rekeningfdp.exe[31m\nregel"


def test_a_long_text_is_cut_and_says_so() -> None:
    tekst = read_tekst(b"a" * (MAX_BYTES + 1))
    assert tekst.is_afgekapt
    assert max(len(regel) for regel in tekst.tekst.split("\n")) == MAX_REGEL


def test_a_sign_that_is_cut_in_two_does_not_spoil_the_rest() -> None:
    assert read_tekst(b"a" * (MAX_BYTES - 1) + "é".encode()).tekst.startswith("aaa")
    assert not read_tekst("é".encode()).is_afgekapt


@pytest.mark.parametrize("inhoud", [b"", bytes(range(256)) * 4, b"\xff\xfe\x00"])
def test_anything_at_all_gives_some_text(inhoud: bytes) -> None:
    assert isinstance(read_tekst(inhoud).tekst, str)
