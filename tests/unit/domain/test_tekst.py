"""What cleaning removes, what it leaves, and that comparing does not see accents."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.doelbinding import BIJWERKEN, MAX_DOELBINDING, doelbinding, header_value
from kcs_desktop.domain.tekst import MARKS, clean, clean_lines, fold, has_unwanted, normalise, shorten

anything = st.text(st.characters(), max_size=200)


@given(anything)
def test_cleaning_leaves_nothing_unwanted_and_is_stable(text: str) -> None:
    assert not has_unwanted(clean(text))
    assert not has_unwanted(clean_lines(text))
    assert clean(clean(text)) == clean(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)
    clean_lines(text).encode()


def test_direction_and_control_characters_go() -> None:
    assert clean("De\u202e Vries\x00\x1b[31m \u200b\t Jan") == "De Vries[31m Jan"
    assert has_unwanted("\u202evries")


def test_emoji_and_other_scripts_stay() -> None:
    assert clean("👩‍👩‍👧 محمد Åse") == "👩‍👩‍👧 محمد Åse"


def test_lines_stay_lines() -> None:
    assert clean_lines("eerste  regel \r\ntweede\u2028derde\n") == "eerste  regel\ntweede\nderde"


def test_folding_ignores_case_accents_and_ligatures() -> None:
    assert fold("Ĳsbrand Çelik-Müller Łukasz Ørsted Straße") == "ijsbrand celik-muller lukasz orsted strasse"


@given(anything)
def test_folding_is_stable_for_what_it_gave(text: str) -> None:
    assert fold(fold(text)) == fold(text)


# Marks that take long to be put in order: of two classes, by themselves, in two, and as letters of their own.
HEAPS = ["\u0300\u0316", "\u0344", "\u0f73\u0316", "\uff9e\u0316", "\u0345"]


@pytest.mark.parametrize("heap", HEAPS)
def test_a_letter_keeps_no_more_marks_than_can_be_put_in_order(heap: str) -> None:
    text = "a" + heap * 1000
    for cleaned in (clean(text), clean_lines(text)):
        assert len(cleaned) <= 1 + MARKS
        assert clean(cleaned) == clean_lines(cleaned) == cleaned
    assert len(fold(text)) <= 1 + MARKS


@given(st.text(st.sampled_from([*"aeu\u01d6\u1f82\u03b9\u0430", *"".join(HEAPS)]), min_size=20, max_size=100))
def test_cleaning_and_folding_heaps_of_marks_is_stable(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(), max_size=MARKS // 3), st.sampled_from(["NFC", "NFKC", "NFKD"]))
def test_what_has_fewer_marks_is_the_form_of_unicode(text: str, form: str) -> None:
    for repeated in (text, f"{text} " * 5):
        assert normalise(form, repeated) == unicodedata.normalize(form, repeated)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["e\u0323\u0301" * 50, "\u0e01\u0e33" * 50, "محمّدٌ" * 20, "각" * 50, "👩‍👩‍👧" * 20])
def test_letters_with_marks_of_their_own_keep_them(text: str) -> None:
    assert normalise("NFC", text) == unicodedata.normalize("NFC", text)


def test_shortening_shows_that_it_cut() -> None:
    assert shorten("paspoort", 8) == "paspoort"
    assert shorten("paspoorten", 8) == "paspoor…"


def test_the_purpose_follows_from_product_and_channel() -> None:
    assert doelbinding("telefoon", "Paspoort aanvragen") == "Klantcontact via telefoon: Paspoort aanvragen"
    assert doelbinding("balie", "") == "Klantcontact via balie"
    assert doelbinding("", "") == "Publieksdienstverlening"


@given(anything, anything)
def test_the_purpose_is_bounded_and_fits_a_header(kanaal: str, product: str) -> None:
    purpose = doelbinding(kanaal, product)
    assert len(purpose) <= MAX_DOELBINDING
    assert not has_unwanted(purpose)
    value = header_value(purpose)
    assert value.isascii()
    assert value.isprintable()


def test_what_a_seat_renews_by_itself_is_called_that_and_nothing_else_is() -> None:
    assert doelbinding("balie", "Paspoort", BIJWERKEN).endswith("niemand keek")
    assert doelbinding("balie", "Paspoort", "zomaar") == doelbinding("balie", "Paspoort")
