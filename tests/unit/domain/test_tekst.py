"""What cleaning removes, what it leaves, and that comparing does not see accents."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.doelbinding import BIJWERKEN, MAX_DOELBINDING, doelbinding, header_value
from kcs_desktop.domain.tekst import clean, clean_lines, fold, has_unwanted, shorten

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
