"""What is past its term is erased, what is not stays: customers, values, files that were set aside, old caches."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kcs_desktop.cache.cachebestand import Cachebestand
from kcs_desktop.cache.terzijde import Reden, Terzijde, erase_caches, expire_files, write_note
from kcs_desktop.domain.bewaartermijnen import TABEL, Bewaartermijnen
from kcs_desktop.domain.klant import Klantbeeld, KlantSleutel, Klantverwijzing, SoortKlant
from tests.harness.backend import ROOT

KEY = b"a" * 32
NU = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAG = timedelta(days=1)


class Clock:
    def __init__(self) -> None:
        self.nu = NU

    def __call__(self) -> datetime:
        return self.nu


def _beeld(naam: str) -> Klantbeeld:
    return Klantbeeld(KlantSleutel(SoortKlant.PERSOON, partij=naam), naam)


def _klant(naam: str) -> Klantverwijzing:
    return Klantverwijzing(_beeld(naam).sleutel, naam)


def _kept(cache: Cachebestand) -> set[str]:
    return {beeld.naam for beeld in cache.recent(100)}


def test_each_kind_of_customer_has_its_own_term() -> None:
    clock = Clock()
    cache = Cachebestand(None, b"", clock)
    cache.open()
    for naam in ("geopend", "vastgezet", "losgemaakt", "komt"):
        cache.write_klantbeeld(_beeld(naam), opened=True)
    cache.pin(_klant("vastgezet"), vastgezet=True)
    cache.pin(_klant("losgemaakt"), vastgezet=True)
    cache.pin(_klant("losgemaakt"), vastgezet=False)
    cache.schedule(_klant("komt"), NU + 40 * DAG)
    cache.write_klantbeeld(_beeld("komt"), opened=False)  # a change of the register forgets no appointment
    clock.nu = NU + 29 * DAG
    cache.expire()
    assert _kept(cache) == {"geopend", "vastgezet", "losgemaakt", "komt"}
    before = cache.generation
    clock.nu = NU + 31 * DAG
    cache.expire()
    assert _kept(cache) == {"vastgezet", "komt"}
    assert cache.generation != before
    clock.nu = NU + 42 * DAG
    cache.expire()
    assert _kept(cache) == {"vastgezet"}
    clock.nu = NU + 91 * DAG
    cache.expire()
    assert _kept(cache) == set()
    cache.close()


def test_the_number_is_bounded_and_never_costs_a_pinned_or_expected_customer() -> None:
    clock = Clock()
    cache = Cachebestand(None, b"", clock, Bewaartermijnen(geopend_aantal=3))
    cache.open()
    for nr in range(6):
        clock.nu = NU + timedelta(minutes=nr)
        cache.write_klantbeeld(_beeld(f"k{nr}"), opened=True)
    cache.pin(_klant("k0"), vastgezet=True)
    cache.schedule(_klant("k1"), NU + DAG)
    cache.expire()
    assert _kept(cache) == {"k0", "k1", "k3", "k4", "k5"}
    cache.close()


def test_a_value_ends_with_its_term_unless_it_is_written_again() -> None:
    clock = Clock()
    cache = Cachebestand(None, b"", clock)
    cache.open()
    cache.write_value("oud", "x")
    cache.write_value("ververst", "x")
    clock.nu = NU + 20 * DAG
    cache.write_value("ververst", "y")
    clock.nu = NU + 31 * DAG
    cache.expire()
    assert (cache.read_value("oud", str), cache.read_value("ververst", str)) == (None, "y")
    cache.close()


def test_set_aside_files_and_caches_of_who_is_gone_are_erased_and_work_never_is(tmp_path: Path) -> None:
    def file(naam: str, dagen_geleden: int) -> None:
        (tmp_path / naam).write_bytes(b"x")
        moment = (NU - dagen_geleden * DAG).timestamp()
        os.utime(tmp_path / naam, (moment, moment))

    file("cache-a.terzijde-20260220T090000.db", 10)
    file("cache-a.terzijde-20260301T090000.db", 1)
    file("werk-a.terzijde-20251101T090000.db", 120)
    file("werk-a.terzijde-20251101T090000.db-wal", 120)
    file("werk-a.terzijde-20260101T090000-2.db", 60)
    for naam, gezien in (("20251101T090000", 91), ("20260101T090000-2", 20)):
        write_note(tmp_path, Terzijde(Reden.BESCHADIGD, f"werk-a.terzijde-{naam}.db", gezien_op=NU - gezien * DAG))
    file("werk-b.terzijde-20240101T090000.db", 800)
    file("sleutel-b.terzijde-20240101T090000.json", 800)
    file("sleutel-c.terzijde-20240101T090000.json", 800)
    file("cache-weg.db", 100)
    file("cache-weg.db-wal", 100)
    file("cache-hier.db", 100)
    file("cache-hier.db-wal", 3)
    file("werk-weg.db", 400)
    file("zitplaats.json", 400)
    expire_files(tmp_path, NU, Bewaartermijnen())
    assert sorted(bestand.name for bestand in tmp_path.iterdir()) == [
        "cache-a.terzijde-20260301T090000.db",
        "cache-hier.db",
        "cache-hier.db-wal",
        "sleutel-b.terzijde-20240101T090000.json",
        "werk-a.terzijde-20260101T090000-2.db",
        "werk-a.terzijde-20260101T090000-2.json",
        "werk-b.terzijde-20240101T090000.db",  # nobody was told of it yet
        "werk-weg.db",
        "zitplaats.json",
    ]
    assert erase_caches(tmp_path) == 3
    assert not [*tmp_path.glob("cache-*")]
    assert len([*tmp_path.glob("werk-*")]) == 4


def test_wiping_leaves_nothing_of_the_old_file_and_a_store_that_works(tmp_path: Path) -> None:
    path = tmp_path / "cache-a.db"
    cache = Cachebestand(path, KEY, Clock())
    cache.open()
    cache.write_klantbeeld(_beeld("Johanna"), opened=True)
    cache.db.execute("CREATE TABLE zoek_document (naam TEXT)")  # as the search index does
    cache.db.execute("INSERT INTO zoek_document VALUES ('Johanna')")
    cache.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (tmp_path / "cache-a.terzijde-20260301T090000.db").write_bytes(b"x")
    old, before = path.read_bytes(), cache.generation
    pages = {old[begin : begin + 4096] for begin in range(0, len(old), 4096)}
    cache.wipe()
    assert cache.generation != before
    assert _kept(cache) == set()
    tables = {rij[0] for rij in cache.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert "zoek_document" not in tables
    cache.write_klantbeeld(_beeld("Pieter"), opened=True)
    cache.close()
    new = path.read_bytes()
    assert pages.isdisjoint(new[begin : begin + 4096] for begin in range(0, len(new), 4096))
    assert not list(tmp_path.glob("*terzijde*"))


def test_erasing_never_follows_a_link(tmp_path: Path) -> None:
    other = tmp_path / "van een ander"
    other.write_bytes(b"blijft")
    profile = tmp_path / "profiel"
    profile.mkdir()
    (profile / "cache-a.db").symlink_to(other)
    erase_caches(profile)
    assert list(profile.iterdir()) == []
    assert other.read_bytes() == b"blijft"


def test_the_documentation_shows_the_same_table_and_every_term_has_its_row() -> None:
    page = (ROOT / "docs" / "what-is-kept-where.md").read_text("utf-8")
    section = page.partition("## For how long")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")][2:]
    assert sorted(rows) == sorted(f"| {rij.wat} | {rij.bestand} | {rij.tot} |" for rij in TABEL)
    assert {rij.termijn for rij in TABEL if rij.termijn} == set(Bewaartermijnen.__struct_fields__) - {"geopend_aantal"}
