"""A disk that is full or read-only stops nobody: work goes on in memory and is saved as soon as there is room."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kcs_desktop.cache import bestand
from kcs_desktop.cache.cachebestand import Cachebestand
from kcs_desktop.cache.storing import Storing
from kcs_desktop.cache.werkbestand import Inzage, Werkbestand
from kcs_desktop.domain.klant import Klantbeeld, KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.klantcontact import Contact, Kanaal, Vraag
from kcs_desktop.domain.opdracht import KlantRegistreren, Opdracht
from tests.harness.kleine_schijf import small_disk

NU = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEY = b"a" * 32


def _contact(naam: str, tekens: int = 10) -> Contact:
    return Contact(naam, f"o-{naam}", Kanaal.BALIE, NU, (Vraag("v1", notitie=os.urandom(tekens // 2).hex()),))


def _store(path: Path, told: list[str] | None = None) -> Werkbestand:
    heard = told if told is not None else []
    return Werkbestand(path, KEY, lambda: NU, lambda: heard.append("veranderd"))


def _outside(store: Werkbestand | Cachebestand) -> Storing | None:
    return store.bestand.buiten


def _reread(path: Path) -> tuple[list[str], list[str], list[str]]:
    store = _store(path)
    store.open()
    try:
        return (
            [contact.id for contact in store.contacten()],
            [rij.id for rij in store.outbox()],
            [inzage.id for _, inzage in store.inzagen()],
        )
    finally:
        store.close()


def test_a_full_disk_keeps_the_work_in_memory_until_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bestand, "RETRY", 0.0)
    told: list[str] = []
    with small_disk(tmp_path / "schijf") as schijf:
        path = schijf.path / "werk.db"
        store = _store(path, told)
        store.open()
        store.save_contacten([(0, _contact("voor"))], "voor")
        vulling = schijf.fill()
        store.save_contacten([(1, _contact("tijdens", 200_000))], "tijdens")
        assert _outside(store) is Storing.VOL
        store.add(Opdracht("o1", KlantRegistreren(SoortKlant.PERSOON), NU), "g", "Registreren", contact="voor")
        store.add_inzage(Inzage("i1", NU, "persoon", bsn="999990019"))
        assert [contact.id for contact in store.contacten()] == ["tijdens"]
        assert told == ["veranderd"]
        vulling.unlink()
        store.save_again()
        assert _outside(store) is None
        assert told == ["veranderd"] * 2
        store.close()
        assert _reread(path) == (["tijdens"], ["o1"], ["i1"])


def test_closing_on_a_disk_that_stays_full_tells_that_not_all_is_saved_and_keeps_what_was(tmp_path: Path) -> None:
    with small_disk(tmp_path / "schijf") as schijf:
        path = schijf.path / "werk.db"
        store = _store(path)
        store.open()
        store.save_contacten([(0, _contact("voor"))], "voor")
        vulling = schijf.fill()
        store.save_contacten([(1, _contact("tijdens", 200_000))], "tijdens")
        assert store.close() is False
        vulling.unlink()
        assert _reread(path)[0] == ["voor"]


def test_a_read_only_profile_shows_what_is_there_and_saves_when_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bestand, "RETRY", 0.0)
    with small_disk(tmp_path / "schijf") as schijf:
        path = schijf.path / "werk.db"
        store = _store(path)
        store.open()
        store.save_contacten([(0, _contact("voor"))], "voor")
        store.close()
        schijf.make_read_only()
        store.open()
        assert _outside(store) is Storing.ALLEEN_LEZEN
        assert [contact.id for contact in store.contacten()] == ["voor"]
        store.save_contacten([(1, _contact("tijdens"))], "tijdens")
        store.remove_contact("voor")
        schijf.make_writable()
        assert [contact.id for contact in store.contacten()] == ["tijdens"]
        assert _outside(store) is None
        store.close()
        assert _reread(path)[0] == ["tijdens"]


def test_a_new_profile_on_a_full_disk_works_in_memory_and_is_made_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bestand, "RETRY", 0.0)
    with small_disk(tmp_path / "schijf") as schijf:
        vulling = schijf.fill()
        path = schijf.path / "werk.db"
        store = _store(path)
        store.open()
        assert _outside(store) is Storing.VOL
        store.save_contacten([(0, _contact("eerste"))], "eerste")
        vulling.unlink()
        assert [contact.id for contact in store.contacten()] == ["eerste"]
        assert _outside(store) is None
        store.close()
        assert _reread(path)[0] == ["eerste"]


def test_a_cache_without_room_keeps_nothing_new_and_still_shows_what_it_has(tmp_path: Path) -> None:
    told: list[str] = []
    oud = Klantbeeld(KlantSleutel(SoortKlant.PERSOON, partij="p1"), "Oud")
    nieuw = Klantbeeld(KlantSleutel(SoortKlant.PERSOON, partij="p2"), os.urandom(200_000).hex())
    with small_disk(tmp_path / "schijf") as schijf:
        cache = Cachebestand(schijf.path / "cache.db", KEY, lambda: NU, on_change=lambda: told.append("veranderd"))
        cache.open()
        cache.write_klantbeeld(oud, opened=True)
        vulling = schijf.fill()
        cache.write_klantbeeld(nieuw, opened=True)
        assert (cache.has_room, told) == (False, ["veranderd"])
        assert cache.recent() == [oud]
        assert cache.read_klantbeeld(nieuw.sleutel) is None
        vulling.unlink()
        cache.write_klantbeeld(nieuw, opened=True)
        assert (cache.has_room, told) == (True, ["veranderd"] * 2)
        assert cache.read_klantbeeld(nieuw.sleutel) == nieuw
        cache.close()


def _two_customers(path: Path) -> Cachebestand:
    cache = Cachebestand(path, KEY, lambda: NU)
    cache.open()
    for naam in ("Aaf", "Bob"):
        cache.write_klantbeeld(Klantbeeld(KlantSleutel(SoortKlant.PERSOON, partij=naam), naam), opened=True)
    cache.pin(Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, partij="Aaf"), "Aaf"), vastgezet=True)
    cache.write_value("catalogus", "x")
    return cache


def _shown(cache: Cachebestand) -> tuple[list[str], list[str], str | None]:
    recent, vast = [beeld.naam for beeld in cache.recent()], [sleutel.partij for sleutel in cache.pinned()]
    return recent, vast, cache.read_value("catalogus", str)


SHOWN = (["Bob", "Aaf"], ["Aaf"], "x")


@pytest.mark.parametrize("is_copied", [True, False], ids=["copied", "where it is"])
def test_a_cache_on_a_read_only_disk_shows_what_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_copied: bool
) -> None:
    monkeypatch.setattr(bestand, "RETRY", 0.0)
    if not is_copied:
        monkeypatch.setattr(bestand, "COPIED_AT_MOST", 0)
    with small_disk(tmp_path / "schijf") as schijf:
        cache = _two_customers(schijf.path / "cache.db")
        cache.close()
        schijf.make_read_only()
        cache.open()
        assert _outside(cache) is Storing.ALLEEN_LEZEN
        assert _shown(cache) == SHOWN
        schijf.make_writable()
        cache.expire()
        assert _outside(cache) is None
        assert _shown(cache) == SHOWN
        cache.close()


def test_a_cache_that_was_left_open_shows_what_it_has_on_a_full_disk_which_is_called_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bestand, "RETRY", 0.0)
    with small_disk(tmp_path / "schijf") as schijf:
        killed = schijf.path / "cache.db"
        cache = _two_customers(tmp_path / "cache.db")
        for deel in ("", "-wal"):
            Path(f"{killed}{deel}").write_bytes(Path(f"{tmp_path / 'cache.db'}{deel}").read_bytes())
        cache.close()
        vulling = schijf.fill()
        opnieuw = Cachebestand(killed, KEY, lambda: NU)
        opnieuw.open()
        assert _outside(opnieuw) is Storing.VOL
        assert _shown(opnieuw) == SHOWN
        vulling.unlink()
        opnieuw.expire()
        assert _outside(opnieuw) is None
        assert _shown(opnieuw) == SHOWN
        opnieuw.close()


def test_a_start_on_a_full_disk_leaves_no_empty_file(tmp_path: Path) -> None:
    with small_disk(tmp_path / "schijf") as schijf:
        schijf.fill()
        store = _store(schijf.path / "werk.db")
        store.open()
        assert _outside(store) is Storing.VOL
        assert not (schijf.path / "werk.db").exists()
        assert store.close() is False
        assert not (schijf.path / "werk.db").exists()


def test_a_disk_that_does_not_even_answer_is_worked_without(tmp_path: Path) -> None:
    store = _store(tmp_path / f"{'x' * 300}.db")  # every question about this name is an error
    store.open()
    assert _outside(store) is Storing.SCHIJF
    store.save_contacten([(0, _contact("eerste"))], "eerste")
    assert [contact.id for contact in store.contacten()] == ["eerste"]
    assert store.close() is False


def test_customers_that_a_disk_refused_to_erase_do_not_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bestand, "RETRY", 0.0)
    oud = Klantbeeld(KlantSleutel(SoortKlant.PERSOON, partij="p1"), "Oud")
    with small_disk(tmp_path / "schijf") as schijf:
        path = schijf.path / "cache.db"
        cache = Cachebestand(path, KEY, lambda: NU)
        cache.open()
        cache.write_klantbeeld(oud, opened=True)
        cache.close()
        schijf.make_read_only()
        cache.open()
        assert cache.wipe() is False
        assert cache.recent() == []
        schijf.make_writable()
        assert cache.recent() == []
        assert _outside(cache) is None
        cache.close()
        opnieuw = Cachebestand(path, KEY, lambda: NU)
        opnieuw.open()
        assert opnieuw.recent() == []
        opnieuw.close()


def test_a_look_that_is_told_is_the_one_that_goes_also_when_it_was_numbered_anew(tmp_path: Path) -> None:
    store = _store(tmp_path / "werk.db")
    store.open()
    for naam in ("eerste", "tweede"):
        store.add_inzage(Inzage(naam, NU, "persoon", bsn="999990019"))
    told = [inzage.id for _, inzage in store.inzagen(1)]
    store.bestand.db.execute("UPDATE inzage SET nr = nr + 10 WHERE nr = 1")
    store.remove_inzagen(told)
    assert [inzage.id for _, inzage in store.inzagen()] == ["tweede"]
    store.close()


def test_a_damaged_look_stays_and_holds_up_no_other(tmp_path: Path) -> None:
    store = _store(tmp_path / "werk.db")
    store.open()
    store.bestand.db.executemany(
        "INSERT INTO inzage (inhoud) VALUES (?)", [(5,), (b'{"id":"\xff","op":"2026-03-02T09:00:00Z","soort":"x"}',)]
    )
    store.add_inzage(Inzage("goed", NU, "persoon", bsn="999990019"))
    assert [inzage.id for _, inzage in store.inzagen()] == ["goed"]
    store.close()
