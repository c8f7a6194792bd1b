"""The tokens are legible, and a municipality's own file is checked before it is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.theme.tokens import TokenError, contrast, load_tokens

TONES = ("accent", "goed", "let_op", "fout")
SURFACES = ("vlak", "ondergrond", "rail", "verhoogd")


@pytest.mark.parametrize("thema", ["licht", "donker", "contrast"])
def test_text_stands_at_four_and_a_half_to_one_on_every_surface(thema: str) -> None:
    kleuren = load_tokens().kleur[thema]
    pairs = [(text, ground) for text in ("tekst", "tekst_zacht", "accent") for ground in SURFACES]
    pairs += [(tone, f"{tone}_zacht") for tone in TONES]
    pairs += [("tekst", "accent_zacht"), ("tekst_zacht", "accent_zacht"), ("op_accent", "accent"), ("op_fout", "fout")]
    weak = [
        (text, ground, round(contrast(getattr(kleuren, text), getattr(kleuren, ground)), 2))
        for text, ground in pairs
        if contrast(getattr(kleuren, text), getattr(kleuren, ground)) < 4.5
    ]
    assert weak == []


@pytest.mark.parametrize("thema", ["licht", "donker", "contrast"])
def test_borders_of_controls_and_the_focus_stand_at_three_to_one(thema: str) -> None:
    kleuren = load_tokens().kleur[thema]
    for line in ("lijn_bediening", "focus"):
        for ground in ("vlak", "ondergrond", "verhoogd"):
            assert contrast(getattr(kleuren, line), getattr(kleuren, ground)) >= 3, (line, ground)


def test_a_municipality_restyles_with_the_keys_that_differ(tmp_path: Path) -> None:
    own = tmp_path / "gemeente.toml"
    own.write_text('[kleur.licht]\naccent = "#7A1E5C"\n')
    tokens = load_tokens(own)
    assert tokens.kleur["licht"].accent == "#7A1E5C"
    assert tokens.kleur["licht"].tekst == load_tokens().kleur["licht"].tekst


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[kleur.licht]\naksent = "#000000"\n', "aksent"),
        ('[kleur.licht]\naccent = "rood"\n', "kleur.licht.accent"),
        ("[kleur", "gemeente.toml"),
    ],
)
def test_a_wrong_token_file_is_refused_with_what_is_wrong(tmp_path: Path, text: str, named: str) -> None:
    own = tmp_path / "gemeente.toml"
    own.write_text(text)
    with pytest.raises(TokenError, match=named):
        load_tokens(own)
