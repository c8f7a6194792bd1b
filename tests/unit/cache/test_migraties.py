"""A store of any earlier version opens with everything that was in it, and steps once given are never changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kcs_desktop.cache import cachebestand, werkbestand
from kcs_desktop.cache.cachebestand import Cachebestand
from kcs_desktop.cache.schema import Schema, open_encrypted
from kcs_desktop.cache.werkbestand import Werkbestand
from kcs_desktop.domain.klant import KlantSleutel, SoortKlant
from tests.unit.cache import versies

KEY = b"k" * 32
NU = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


LOS = {"klant": '{"bovenste":"café"}', "venster": "zaken"}


def _words(script: str) -> list[str]:
    return script.split()


@pytest.mark.parametrize(
    ("schema", "frozen"),
    [(cachebestand.SCHEMA, versies.CACHE), (werkbestand.SCHEMA, versies.WERK)],
    ids=["cache", "werk"],
)
def test_every_step_is_frozen_and_unchanged(schema: Schema, frozen: tuple[str, ...]) -> None:
    assert [_words(stap) for stap in schema.stappen] == [_words(stap) for stap in frozen]


@pytest.mark.parametrize("versie", range(1, len(versies.CACHE) + 1))
def test_a_cache_of_every_version_keeps_its_customers_and_values(versie: int, tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    versies.build(path, KEY, cachebestand.SCHEMA.kenmerk, versies.CACHE[:versie], versies.CACHE_RIJEN)
    cache = Cachebestand(path, KEY, lambda: NU)
    cache.open()
    try:
        assert cache.bestand.terzijde is None
        (beeld,) = cache.recent()
        assert (beeld.naam, beeld.sleutel.bsn) == ("Johanna van Duinrode", "999990019")
        assert cache.read_klantbeeld(KlantSleutel(SoortKlant.PERSOON, bsn="999990019")) == beeld
        assert cache.read_klantbeeld(KlantSleutel(SoortKlant.PERSOON, partij="p-1")) == beeld
        assert cache.read_value("wachtwoord", str) == "$argon2id$"
        assert cache.db.execute("PRAGMA user_version").fetchone()[0] == len(cachebestand.SCHEMA.stappen)
    finally:
        cache.close()


@pytest.mark.parametrize("versie", range(1, len(versies.WERK) + 1))
def test_work_of_every_version_keeps_drafts_outbox_and_looks(versie: int, tmp_path: Path) -> None:
    path = tmp_path / "werk.db"
    rijen = (*versies.WERK_RIJEN, *versies.WERK_LOS[versie - 1])
    versies.build(path, KEY, werkbestand.SCHEMA.kenmerk, versies.WERK[:versie], rijen)
    werk = Werkbestand(path, KEY, lambda: NU)
    werk.open()
    try:
        assert werk.bestand.terzijde is None
        assert werk.loose_screen() == LOS
        (contact,) = werk.contacten()
        assert (contact.id, contact.vraag.notitie) == ("c-1", "halverwege")
        assert werk.active_contact() == "c-1"
        (rij,) = werk.outbox()
        assert rij.opdracht is not None
        assert (rij.nr, rij.id, rij.groep, rij.titel) == (3, "o-1", "bsn:999990019", "Jan registreren")
        assert (rij.stand, rij.pogingen, rij.reden) == ("wacht", 2, "De server is niet bereikbaar.")
        ((nr, inzage),) = werk.inzagen()
        assert (nr, inzage.id, inzage.bsn) == (5, "i-1", "999990019")
    finally:
        werk.close()


def test_a_migration_that_fails_leaves_the_file_of_before_aside_and_takes_its_customers_over(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    versies.build(path, KEY, cachebestand.SCHEMA.kenmerk, versies.CACHE[:1], versies.CACHE_RIJEN)
    db = open_encrypted(path, KEY)
    db.execute("ALTER TABLE waarde ADD COLUMN geschreven_op TEXT")  # its last statement will fail on this
    db.close()
    cache = Cachebestand(path, KEY, lambda: NU)
    cache.open()
    assert [beeld.naam for beeld in cache.recent()] == ["Johanna van Duinrode"]
    assert cache.bestand.terzijde is not None
    cache.close()
    db = open_encrypted(tmp_path / cache.bestand.terzijde.naam, KEY)
    kolommen = [rij[1] for rij in db.execute("PRAGMA table_info(klantbeeld)")]
    assert db.execute("PRAGMA user_version").fetchone()[0] == 1
    db.close()
    assert kolommen == ["id", "naam", "gezien_op", "beeld"]


def test_what_stood_on_screen_comes_out_of_a_damaged_file_of_before_in_its_own_places(tmp_path: Path) -> None:
    path = tmp_path / "werk.db"
    versies.build(path, KEY, werkbestand.SCHEMA.kenmerk, versies.WERK[:1], versies.WERK_LOS[0])
    db = open_encrypted(path, KEY)
    db.execute("DROP TABLE inzage")
    db.close()
    werk = Werkbestand(path, KEY, lambda: NU)
    werk.open()
    assert werk.bestand.terzijde is not None
    assert werk.loose_screen() == LOS
    werk.close()


def test_a_value_of_before_that_is_no_json_stays_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "werk.db"
    rijen = (("INSERT INTO waarde (naam, inhoud) VALUES (?, ?)", ("los", b'{"klant":')),)
    versies.build(path, KEY, werkbestand.SCHEMA.kenmerk, versies.WERK[:1], rijen)
    werk = Werkbestand(path, KEY, lambda: NU)
    werk.open()
    assert werk.loose_screen() == {}
    assert werk.bestand.db.execute("SELECT naam FROM waarde").fetchall() == [("los",)]
    werk.close()
