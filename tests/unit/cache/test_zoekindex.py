"""The seat's index lies in the encrypted file: it follows every customer that comes and goes, whoever writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kcs_desktop.cache.cachebestand import Cachebestand
from kcs_desktop.cache.zoekindex import Zoekindex
from kcs_desktop.domain.klant import Klantbeeld, KlantSleutel, SoortKlant
from kcs_desktop.search.recognise import recognise

KEY = b"k" * 32
NU = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.nu = NU

    def __call__(self) -> datetime:
        return self.nu


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache.db"


@pytest.fixture
def cache(path: Path, clock: Clock) -> Iterator[Cachebestand]:
    cache = Cachebestand(path, KEY, clock)
    cache.open()
    yield cache
    cache.close()


def beeld(naam: str, partij: str, bsn: str = "") -> Klantbeeld:
    return Klantbeeld(KlantSleutel(SoortKlant.PERSOON, partij=partij, bsn=bsn), naam)


def found(index: Zoekindex, tekst: str) -> list[str]:
    return [treffer.klant.naam for treffer in index.search(recognise(tekst, date(2026, 11, 24)))]


def terms_left(cache: Cachebestand, woord: str) -> int:
    """How many places in the file still hold this word in clear, once decrypted."""
    tables = ("zoek_document", "zoek_sleutel", "zoek_tekst_data")
    return sum(
        woord.encode() in (deel if isinstance(deel, bytes) else str(deel).encode())
        for tabel in tables
        for rij in cache.db.execute(f"SELECT * FROM {tabel}")
        for deel in rij
    )


def test_what_was_kept_before_the_index_was_first_used_is_found(cache: Cachebestand) -> None:
    cache.write_klantbeeld(beeld("Theodora Quist", "p1"), opened=True)
    assert found(Zoekindex(cache), "quist") == ["Theodora Quist"]


def test_a_customer_is_found_after_a_restart_without_reading_the_pictures_again(
    cache: Cachebestand, path: Path, clock: Clock
) -> None:
    index = Zoekindex(cache)
    cache.write_klantbeeld(beeld("Theodora Quist", "p1"), opened=True)
    assert found(index, "quist") == ["Theodora Quist"]
    cache.write_klantbeeld(beeld("Ubbo Nauta", "p2"), opened=True)  # and the program is killed before it was indexed
    cache.close()
    again = Cachebestand(path, KEY, clock)
    again.open()
    assert again.db.execute("SELECT count(*) FROM zoek_bij").fetchone() == (1,)
    assert found(Zoekindex(again), "nauta") == ["Ubbo Nauta"]
    assert again.db.execute("SELECT count(*) FROM zoek_bij").fetchone() == (0,)
    again.close()


def test_a_changed_name_is_found_under_the_new_one_only(cache: Cachebestand) -> None:
    index = Zoekindex(cache)
    cache.write_klantbeeld(beeld("Ubbo Nauta", "p1"), opened=True)
    assert found(index, "nauta") == ["Ubbo Nauta"]
    cache.write_klantbeeld(beeld("Ubbo Oosting", "p1", bsn="999990019"), opened=True)  # and it has a number now
    assert found(index, "oosting") == ["Ubbo Oosting"]
    assert found(index, "999990019") == ["Ubbo Oosting"]
    assert found(index, "nauta") == []
    assert found(index, "ubbo") == ["Ubbo Oosting"]


def test_what_is_past_its_term_leaves_no_word_behind(cache: Cachebestand, clock: Clock) -> None:
    index = Zoekindex(cache)
    cache.write_klantbeeld(beeld("Theodora Quist", "p1"), opened=True)
    clock.nu += timedelta(days=20)
    cache.write_klantbeeld(beeld("Ubbo Nauta", "p2"), opened=True)
    index.catch_up()
    assert terms_left(cache, "quist") > 0
    clock.nu += timedelta(days=15)
    cache.expire()
    index.catch_up()
    assert found(index, "quist") == []
    assert found(index, "nauta") == ["Ubbo Nauta"]
    assert terms_left(cache, "quist") == 0


def test_a_wipe_empties_the_index_and_it_goes_on(cache: Cachebestand) -> None:
    index = Zoekindex(cache)
    cache.write_klantbeeld(beeld("Theodora Quist", "p1"), opened=True)
    assert found(index, "quist")
    cache.wipe()
    assert found(index, "quist") == []
    cache.write_klantbeeld(beeld("Ubbo Nauta", "p2"), opened=True)
    assert found(index, "nauta") == ["Ubbo Nauta"]


def test_an_index_of_an_earlier_version_is_made_anew(cache: Cachebestand) -> None:
    cache.write_klantbeeld(beeld("Theodora Quist", "p1"), opened=True)
    assert found(Zoekindex(cache), "quist")
    cache.db.execute("UPDATE zoek_stand SET versie = 0")
    cache.db.execute("DELETE FROM zoek_sleutel")
    assert found(Zoekindex(cache), "quist") == ["Theodora Quist"]


def test_a_search_that_nobody_waits_for_is_given_up(cache: Cachebestand) -> None:
    index = Zoekindex(cache)
    cache.write_klantbeeld(beeld("Theodora Quist", "p1"), opened=True)
    assert index.search(recognise("quist", date(2026, 11, 24)), is_stale=lambda: True) == []
    assert found(index, "quist") == ["Theodora Quist"]


@pytest.mark.parametrize("tabel", ["zoek_sleutel", "zoek_document", "zoek_bij", "zoek_stand"])
@pytest.mark.parametrize("is_reopened", [False, True], ids=["while working", "at the start"])
def test_an_index_that_misses_a_table_is_made_anew(cache: Cachebestand, tabel: str, is_reopened: bool) -> None:
    cache.write_klantbeeld(beeld("Johanna van Duinrode", "p1"), opened=True)
    assert found(Zoekindex(cache), "duinrode") == ["Johanna van Duinrode"]
    cache.db.execute(f"DROP TABLE {tabel}")
    if is_reopened:
        cache.close()
        cache.open()
    cache.write_klantbeeld(beeld("Pieter van Duinrode", "p2"), opened=True)
    assert set(found(Zoekindex(cache), "duinrode")) == {"Johanna van Duinrode", "Pieter van Duinrode"}
