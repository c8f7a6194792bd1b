"""The confirmation of receipt, and the PDF it is written as."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.ontvangstbevestiging import confirmation, kind_for, sentences
from kcs_desktop.domain.pdf import Alinea, Stijl, letter
from kcs_desktop.domain.zaaktype import Documenttype

DAG = date(2026, 11, 24)
_SHOWN = re.compile(rb"BT /F[12] \d+ Tf \d+ \d+ Td \((.*)\) Tj ET")


def lines(pdf: bytes) -> list[str]:
    """The text as a reader shows it."""
    raw = (re.sub(rb"\\(.)", rb"\1", found) for found in _SHOWN.findall(pdf))
    return [line.decode("cp1252") for line in raw]


def test_it_says_number_day_subject_and_the_day_by_law() -> None:
    shown = " ".join(lines(confirmation("ZAAK-2026-0000000123", "Uitrit aanleggen", DAG, "P8W", "B. Öztürk")))
    for wanted in ("ZAAK-2026-0000000123", "24 november 2026", "Uitrit aanleggen", "Beste B. Öztürk,"):
        assert wanted in shown
    assert "uiterlijk op 19 januari 2027" in shown


@pytest.mark.parametrize(
    ("doorlooptijd", "said"),
    [
        ("P32D", "28 december 2026"),  # the 26th is a Saturday and Boxing Day
        ("", "Wij laten u weten"),
        ("8 weken", "Wij laten u weten"),
    ],
)
def test_the_term_is_the_laws_or_none_is_named(doorlooptijd: str, said: str) -> None:
    told = " ".join(alinea.tekst for alinea in sentences("Z1", "Bezwaar", DAG, doorlooptijd))
    assert said in told
    assert "Beste heer of mevrouw," in told


def test_the_same_letter_is_the_same_bytes() -> None:
    assert confirmation("Z1", "Klacht", DAG, "P6W") == confirmation("Z1", "Klacht", DAG, "P6W")


@given(st.lists(st.text(max_size=400), max_size=12))
def test_any_text_makes_a_sound_document_in_which_every_object_is_where_its_table_says(teksten: list[str]) -> None:
    pdf = letter("Titel", [Alinea(tekst, stijl) for tekst in teksten for stijl in Stijl])
    assert pdf.startswith(b"%PDF-1.4\n")
    assert pdf.endswith(b"%%EOF\n")
    start = int(pdf.rsplit(b"startxref\n", 1)[1].split(b"\n", 1)[0])
    table = pdf[start:].split(b"trailer", 1)[0].splitlines()
    assert table[0] == b"xref"
    for number, entry in enumerate(table[3:], start=1):
        assert pdf[int(entry[:10]) :].startswith(f"{number} 0 obj\n".encode())
    for length, content in re.findall(rb"<< /Length (\d+) >>\nstream\n(.*?)\nendstream", pdf, re.DOTALL):
        assert int(length) == len(content)


@given(
    st.text(alphabet=st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=40), st.integers(1, 400)
)
def test_no_word_is_lost_between_lines_and_pages(woord: str, aantal: int) -> None:
    pdf = letter("T", [Alinea(" ".join([woord] * aantal))])
    assert "".join(lines(pdf)).replace(" ", "") == woord * aantal


def test_brackets_and_characters_that_the_font_lacks_harm_nothing() -> None:
    assert lines(letter("T", [Alinea("(a\\b) Şen 字 €\x07")])) == ["(a\\b) Sen ? € "]


def test_its_kind_is_by_name_else_the_first_that_goes_out() -> None:
    foto, besluit, eigen = (
        Documenttype("1", "u1", "Foto", richting="inkomend"),
        Documenttype("2", "u2", "Besluit", richting="uitgaand"),
        Documenttype("3", "u3", "ontvangstbevestiging", richting="intern"),
    )
    assert kind_for((foto, besluit, eigen)) is eigen
    assert kind_for((foto, besluit)) is besluit
    assert kind_for((foto,)) is None
