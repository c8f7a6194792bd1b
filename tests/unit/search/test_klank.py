"""Names that sound alike share a key; names that do not, have their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.tekst import fold
from kcs_desktop.search.klank import klank
from kcs_desktop.search.vergelijk import Naamwoord, match_words


@pytest.mark.parametrize(
    "names",
    [
        "Meijer Meyer Meier Maier",
        "Dijk Dyck Dijck Dyk",
        "Jansen Janssen Janszen Janse",
        "Smit Smith Smid Schmidt Schmitt",
        "Visser Fisser Visscher",
        "Bos Bosch Boss",
        "Kuiper Kuyper Cuijper",
        "Ouwens Auwens",
        "Vos Fos Vosch",
        "Claassen Klaasen Klaassen Claessen",
        "Brandt Brand Brant",
        "Haan Haen",
        "Stephan Stefan",
        "Zuid Suijt",
        "Max Maks",
        "Quist Kwist",
    ],
)
def test_these_sound_alike(names: str) -> None:
    assert len({klank(fold(name)) for name in names.split()}) == 1


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=12), st.data())
def test_the_cheap_look_passes_over_no_words_that_sound_alike(word: str, data: st.DataObject) -> None:
    spelled = [word, *(word.replace(a, b) for a, b in (("ij", "y"), ("c", "k"), ("v", "f"), ("z", "s"), ("ou", "au")))]
    other = data.draw(st.sampled_from(spelled))
    if len(other) >= 3 and klank(word) == klank(other):
        assert match_words([word], [Naamwoord(other, "achternaam", 100.0)]) is not None


@pytest.mark.parametrize(
    "names", ["Bakker Bekker", "Jansen Hansen", "Vos Bos", "Mulder Molder", "Peters Pieters", "Smit Smits"]
)
def test_these_do_not(names: str) -> None:
    first, second = names.split()
    assert klank(fold(first)) != klank(fold(second))


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=40))
def test_there_is_always_a_key_and_doubling_a_letter_keeps_it(word: str) -> None:
    assert klank(word)
    if word[0] not in "aeiouyjhcstfkgdqzxp" and len(word) > 1:
        assert klank(word[0] + word) == klank(word)
