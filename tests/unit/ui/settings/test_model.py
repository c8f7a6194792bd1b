"""Settings are typed, layered, and an unknown key is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.settings.model import SettingsError, load_settings, save_setting


def test_the_employees_file_lies_over_the_managed_one_and_the_environment_over_both(tmp_path: Path) -> None:
    managed, own = tmp_path / "beheer.toml", tmp_path / "eigen.toml"
    managed.write_text('[weergave]\nthema = "donker"\ntekst = 150\n[slot]\nminuten = 5\n')
    own.write_text("[weergave]\ntekst = 125\n")
    settings = load_settings(managed, own, {"KCS_SLOT_MINUTEN": "3"})
    assert (settings.weergave.thema, settings.weergave.tekst, settings.slot.minuten) == ("donker", 125, 3)


@pytest.mark.parametrize(
    ("text", "named"),
    [("[weergave]\ntema = 1\n", "weergave.tema"), ("[kleuren]\n", "kleuren"), ("[weergave]\ntekst = 500\n", "tekst")],
)
def test_a_wrong_key_is_named_with_its_file(tmp_path: Path, text: str, named: str) -> None:
    own = tmp_path / "eigen.toml"
    own.write_text(text)
    with pytest.raises(SettingsError, match=named) as caught:
        load_settings(tmp_path / "geen.toml", own, {})
    assert "eigen.toml" in str(caught.value)


def test_saving_one_setting_keeps_the_others(tmp_path: Path) -> None:
    own = tmp_path / "map" / "eigen.toml"
    save_setting(own, "weergave", "thema", "contrast")
    save_setting(own, "slot", "minuten", 2)
    settings = load_settings(tmp_path / "geen.toml", own, {})
    assert (settings.weergave.thema, settings.slot.minuten) == ("contrast", 2)
