"""Installed plugins are found by the entry points their installers wrote, without loading importlib.metadata."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest

from plugins.zaken.manifest import MANIFEST as ZAKEN
from tests.harness.seat_content import sessie
from ui.manifest import Manifest
from ui.plugins import GROUP, InstalledEntry, Plugin, discover, expected, installed_entries, may_see


def _install(folder: Path, distribution: str, text: str) -> None:
    place = folder / f"{distribution}.dist-info"
    place.mkdir(parents=True)
    (place / "entry_points.txt").write_text(text, encoding="utf-8")


def test_what_is_found_is_what_importlib_metadata_finds() -> None:
    expected = {(entry.name, entry.value) for entry in entry_points(group=GROUP)}
    assert expected
    assert {(entry.name, entry.value) for entry in installed_entries()} == expected


def test_only_the_section_of_plugins_is_read(tmp_path: Path) -> None:
    text = f"[console_scripts]\nkrant = krant:main\n\n[{GROUP}]\n# a note\nkrant = krant.manifest:MANIFEST [extra]\n"
    _install(tmp_path, "krant-1.0", text)
    assert list(installed_entries([str(tmp_path)])) == [InstalledEntry("krant", "krant.manifest:MANIFEST")]


def test_the_first_distribution_on_the_path_hides_a_later_one_of_its_name(tmp_path: Path) -> None:
    _install(tmp_path / "eerst", "Krant-2.0", f"[{GROUP}]\nkrant = nieuw:MANIFEST\n")
    _install(tmp_path / "later", "krant-1.0", f"[{GROUP}]\nkrant = oud:MANIFEST\n")
    found = installed_entries([str(tmp_path / "weg"), str(tmp_path / "eerst"), str(tmp_path / "later")])
    assert [entry.value for entry in found] == ["nieuw:MANIFEST"]


def test_a_manifest_that_does_not_load_switches_off_its_plugin_alone(tmp_path: Path) -> None:
    _install(
        tmp_path,
        "krant-1.0",
        f"[{GROUP}]\nkapot = bestaat_niet.manifest:MANIFEST\nklant = plugins.klant.manifest:MANIFEST\n",
    )
    good, bad = discover(installed_entries([str(tmp_path)]))
    assert (good.naam, good.fout) == ("klant", "")
    assert bad.naam == "kapot"
    assert "ModuleNotFoundError" in bad.fout


@pytest.mark.parametrize(
    ("rol", "is_seen"), [("snelbalie", True), ("floormanager", True), ("afdelingshoofd", True), ("redacteur", False)]
)
def test_a_tab_is_there_for_whoever_may_see_any_part_of_it(rol: str, is_seen: bool) -> None:
    signed_in = sessie(rol)
    assert may_see(ZAKEN, signed_in) is is_seen
    functies = {functie for functie, recht in signed_in.rechten.items() if recht}
    assert bool(expected([Plugin("zaken", ZAKEN)], functies)) is is_seen
    assert not may_see(ZAKEN, None)


def test_a_tab_without_a_functie_is_for_everyone() -> None:
    assert may_see(Manifest("open", "Open", "document", (), 1, "m:f"), None)
