"""A store that cannot be used is set aside and reported; what is kept is readable for its owner only."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from sqlcipher3 import dbapi2

from kcs_desktop.cache.bestand import InUse
from kcs_desktop.cache.cachebestand import Cachebestand
from kcs_desktop.cache.schema import open_encrypted
from kcs_desktop.cache.terzijde import Reden, asides_of, mark_seen
from kcs_desktop.cache.werkbestand import SCHEMA, Inzage, Werkbestand
from kcs_desktop.domain.klant import Klantbeeld, KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.klantcontact import Contact, Kanaal, Vraag
from kcs_desktop.domain.opdracht import KlantRegistreren, Opdracht

NU = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEY, OTHER = b"a" * 32, b"b" * 32
PAGE = 4096


def _store(path: Path, key: bytes = KEY) -> Werkbestand:
    return Werkbestand(path, key, lambda: NU)


def _contact(naam: str, notitie: str = "") -> Contact:
    return Contact(naam, f"o-{naam}", Kanaal.BALIE, NU, (Vraag("v1", notitie=notitie),))


def _opdracht(naam: str) -> Opdracht:
    return Opdracht(naam, KlantRegistreren(SoortKlant.PERSOON, voornaam=naam), NU)


def _fill(store: Werkbestand, contacten: int, opdrachten: int = 0) -> None:
    """Rows of more than a page each, so that one bad page costs one row."""
    store.save_contacten([(nr, _contact(f"c{nr}", os.urandom(4000).hex())) for nr in range(contacten)], "c0")
    for nr in range(opdrachten):
        store.add(_opdracht(f"o{nr}"), "groep", f"Opdracht {nr}")


def _damage(path: Path) -> None:
    inhoud = bytearray(path.read_bytes())
    inhoud[100:3000] = os.urandom(2900)
    path.write_bytes(bytes(inhoud))


def _random_bytes(path: Path) -> None:
    path.write_bytes(os.urandom(3 * PAGE))


def _emptied_beside_a_journal(path: Path) -> None:
    path.write_bytes(b"")
    Path(f"{path}-wal").write_bytes(b"what was not written into the file yet")


def _without_a_table(path: Path) -> None:
    db = open_encrypted(path, KEY)
    db.execute("DROP TABLE waarde")
    db.close()


def _without_a_column(path: Path) -> None:
    db = open_encrypted(path, KEY)
    db.execute("ALTER TABLE waarde RENAME COLUMN inhoud TO iets")
    db.close()


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _foreign_cipher(path: Path) -> None:
    path.unlink()
    db = open_encrypted(path, KEY)
    db.execute("CREATE TABLE iets (naam TEXT)")
    db.close()


def _foreign_plain(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE concept (id TEXT)")
    db.close()


def _newer(path: Path) -> None:
    db = open_encrypted(path, KEY)
    db.execute("PRAGMA user_version=99")
    db.close()


def _other_key(path: Path) -> None:
    path.unlink()
    store = _store(path, OTHER)
    store.open()
    store.close()


SPOILED = [
    (_damage, Reden.BESCHADIGD),
    (_random_bytes, Reden.BESCHADIGD),
    (_emptied_beside_a_journal, Reden.BESCHADIGD),
    (_without_a_table, Reden.BESCHADIGD),
    (_without_a_column, Reden.BESCHADIGD),
    (_truncated, Reden.BESCHADIGD),
    (_other_key, Reden.BESCHADIGD),
    (_foreign_cipher, Reden.VREEMD),
    (_foreign_plain, Reden.VREEMD),
    (_newer, Reden.NIEUWER),
]


@pytest.mark.parametrize(("spoil", "reden"), SPOILED)
def test_work_that_cannot_be_used_is_set_aside_whole(
    spoil: Callable[[Path], None], reden: Reden, tmp_path: Path
) -> None:
    path = tmp_path / "werk.db"
    store = _store(path)
    store.open()
    store.close()
    spoil(path)
    before = path.read_bytes()
    again = _store(path)
    again.open()
    terzijde = again.bestand.terzijde
    again.save_contacten([(0, _contact("nieuw"))], "nieuw")
    assert [contact.id for contact in again.contacten()] == ["nieuw"]
    again.close()
    assert terzijde is not None
    assert terzijde.reden is reden
    assert (tmp_path / terzijde.naam).read_bytes() == before


@pytest.mark.parametrize(("spoil", "reden"), SPOILED)
def test_a_cache_that_cannot_be_used_begins_anew(spoil: Callable[[Path], None], reden: Reden, tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    cache = Cachebestand(path, KEY, lambda: NU)
    cache.open()
    cache.close()
    spoil(path)
    cache.open()
    try:
        assert cache.bestand.terzijde is not None
        assert cache.bestand.terzijde.reden is reden
        beeld = Klantbeeld(KlantSleutel(SoortKlant.PERSOON, bsn="999990019"), "Johanna")
        cache.write_klantbeeld(beeld, opened=True)
        assert cache.recent() == [beeld]
    finally:
        cache.close()


def test_an_empty_file_is_no_loss(tmp_path: Path) -> None:
    path = tmp_path / "werk.db"
    path.write_bytes(b"")
    store = _store(path)
    store.open()
    store.save_contacten([(0, _contact("nieuw"))], "nieuw")
    store.close()
    store.open()
    assert (store.bestand.terzijde, [contact.id for contact in store.contacten()]) == (None, ["nieuw"])
    store.close()
    assert [bestand.name for bestand in tmp_path.iterdir()] == ["werk.db"]


def test_what_became_of_a_file_stands_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "werk.db"
    store = _store(path)
    store.open()
    _fill(store, 2)
    store.close()
    _newer(path)
    store.open()
    store.close()
    path.with_name("werk.terzijde-20250101T090000.db").write_bytes(b"of a version that wrote no notes")
    zonder, met = asides_of(path)
    assert (zonder.reden, zonder.gezien_op) == (Reden.ONBEKEND, None)
    assert (met.reden, met.gered["concept"], met.gezien_op) == (Reden.NIEUWER, 2, None)
    mark_seen(path, [met.naam], NU)
    assert [al.gezien_op for al in asides_of(path)] == [None, NU]


def _beeld(nr: int) -> Klantbeeld:
    return Klantbeeld(KlantSleutel(SoortKlant.PERSOON, partij=f"p{nr}"), os.urandom(3000).hex())


def _klant(nr: int) -> Klantverwijzing:
    return Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, partij=f"p{nr}"), f"Klant {nr}")


def test_a_damaged_cache_gives_the_customers_outside_the_damaged_pages(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    cache = Cachebestand(path, KEY, lambda: NU)
    cache.open()
    for nr in range(30):
        cache.write_klantbeeld(_beeld(nr), opened=True)
    cache.pin(_klant(29), vastgezet=True)
    everything = {beeld.sleutel.partij: beeld for beeld in cache.recent(100)}
    cache.close()
    inhoud = bytearray(path.read_bytes())
    middle = len(inhoud) // PAGE // 2 * PAGE
    inhoud[middle + 50 : middle + 90] = os.urandom(40)
    path.write_bytes(bytes(inhoud))
    cache.open()
    try:
        gered = cache.recent(100)
        assert len(gered) == 29
        assert all(everything[beeld.sleutel.partij] == beeld for beeld in gered)
        assert all(cache.read_klantbeeld(beeld.sleutel) == beeld for beeld in gered)
        assert [sleutel.partij for sleutel in cache.pinned()] == ["p29"]
        assert cache.bestand.terzijde is not None
        assert cache.bestand.terzijde.gered["klantbeeld"] == 29
    finally:
        cache.close()


def test_a_table_that_goes_while_working_is_made_again(tmp_path: Path) -> None:
    cache = Cachebestand(tmp_path / "cache.db", KEY, lambda: NU)
    cache.open()
    cache.write_klantbeeld(_beeld(1), opened=True)
    cache.db.execute("DROP TABLE waarde")
    try:
        cache.write_value("naam", "waarde")
        assert cache.read_value("naam", str) == "waarde"
        assert len(cache.recent()) == 1
        assert cache.bestand.terzijde is not None
    finally:
        cache.close()


def test_every_row_outside_the_damaged_page_goes_into_the_new_store(tmp_path: Path) -> None:
    path = tmp_path / "werk.db"
    store = _store(path)
    store.open()
    _fill(store, 30, 20)
    store.add_inzage(Inzage("i1", NU, "persoon", bsn="999990019"))
    everything = {contact.id: contact for contact in store.contacten()}
    store.close()
    inhoud = bytearray(path.read_bytes())
    middle = len(inhoud) // PAGE // 2 * PAGE
    inhoud[middle + 50 : middle + 90] = os.urandom(40)
    path.write_bytes(bytes(inhoud))
    again = _store(path)
    again.open()
    try:
        rescued = {contact.id: contact for contact in again.contacten()}
        assert again.bestand.terzijde is not None
        # What is left of the damaged one is kept too, where its row could be read in part.
        assert again.bestand.terzijde.gered["concept"] == len(rescued) + again.unreadable_contacten()
        assert len(rescued) == 29
        assert all(everything[naam] == contact for naam, contact in rescued.items())
        assert [rij.id for rij in again.outbox()] == [f"o{nr}" for nr in range(20)]
        assert [inzage.id for _, inzage in again.inzagen()] == ["i1"]
        assert again.add(_opdracht("later"), "groep", "Later") > 20
    finally:
        again.close()


@pytest.mark.parametrize("begin", [16, 100])
def test_a_store_whose_first_page_is_gone_gives_its_rows(begin: int, tmp_path: Path) -> None:
    path = tmp_path / "werk.db"
    store = _store(path)
    store.open()
    _fill(store, 8, 5)
    everything = store.contacten()
    store.close()
    inhoud = bytearray(path.read_bytes())
    inhoud[begin:PAGE] = os.urandom(PAGE - begin)
    path.write_bytes(bytes(inhoud))
    again = _store(path)
    again.open()
    try:
        assert again.contacten() == everything
        assert [rij.id for rij in again.outbox()] == [f"o{nr}" for nr in range(5)]
        assert again.active_contact() == "c0"
        assert again.bestand.terzijde is not None
        assert again.bestand.terzijde.gered["concept"] == 8
    finally:
        again.close()


def test_nothing_is_read_from_a_store_under_another_key(tmp_path: Path) -> None:
    path = tmp_path / "werk.db"
    store = _store(path)
    store.open()
    _fill(store, 3, 2)
    store.close()
    other = _store(path, OTHER)
    other.open()
    try:
        assert (other.contacten(), other.outbox()) == ([], [])
        assert other.bestand.terzijde is not None
        assert not any(other.bestand.terzijde.gered.values())
    finally:
        other.close()


def test_a_newer_store_gives_the_rows_that_this_version_knows(tmp_path: Path) -> None:
    path = tmp_path / "werk.db"
    store = _store(path)
    store.open()
    _fill(store, 2, 1)
    store.close()
    db = open_encrypted(path, KEY)
    db.execute("ALTER TABLE concept ADD COLUMN uit_de_toekomst TEXT NOT NULL DEFAULT 'x'")
    db.execute(f"PRAGMA user_version={len(SCHEMA.stappen) + 1}")
    db.close()
    again = _store(path)
    again.open()
    try:
        assert again.bestand.terzijde is not None
        assert again.bestand.terzijde.reden is Reden.NIEUWER
        assert [contact.id for contact in again.contacten()] == ["c0", "c1"]
        assert [rij.id for rij in again.outbox()] == ["o0"]
    finally:
        again.close()


def test_damage_that_shows_while_working_costs_only_the_damaged_rows(tmp_path: Path) -> None:
    path = tmp_path / "werk.db"
    told: list[str] = []
    store = Werkbestand(path, KEY, lambda: NU, lambda: told.append("veranderd"))
    store.open()
    _fill(store, 30, 3)
    store.bestand.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.bestand.db.execute("PRAGMA cache_size=1")
    with path.open("r+b") as bestand:
        bestand.seek(path.stat().st_size // PAGE // 2 * PAGE + 50)
        bestand.write(os.urandom(40))
    try:
        assert len(store.contacten()) == 29
        store.save_contacten([(40, _contact("na-de-schade"))], "na-de-schade")
        assert len(store.contacten()) == 30
        assert len(store.outbox()) == 3
        assert store.bestand.terzijde is not None
        assert store.bestand.terzijde.reden is Reden.BESCHADIGD
        assert told
    finally:
        store.close()
    again = _store(path)
    again.open()
    assert len(again.contacten()) == 30
    again.close()


def test_a_cache_that_breaks_while_working_is_empty_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    cache = Cachebestand(path, KEY, lambda: NU)
    cache.open()
    for nr in range(40):
        sleutel = KlantSleutel(SoortKlant.PERSOON, partij=f"p{nr}")
        cache.write_klantbeeld(Klantbeeld(sleutel, os.urandom(3000).hex()), opened=True)
    cache.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    cache.db.execute("PRAGMA cache_size=1")
    before = cache.generation
    with path.open("r+b") as bestand:
        for page in range(1, path.stat().st_size // PAGE):
            bestand.seek(page * PAGE + 50)
            bestand.write(os.urandom(40))
    try:
        assert cache.recent() == []
        assert cache.generation != before
        beeld = Klantbeeld(KlantSleutel(SoortKlant.PERSOON, partij="p1"), "Opnieuw")
        cache.write_klantbeeld(beeld, opened=True)
        assert cache.read_klantbeeld(beeld.sleutel) == beeld
    finally:
        cache.close()


def test_folder_and_files_are_for_their_owner_only_and_unreadable_without_the_key(tmp_path: Path) -> None:
    path = tmp_path / "profiel" / "werk.db"
    store = _store(path)
    store.open()
    store.save_contacten([(0, _contact("c1", "zeer herkenbare notitie"))], "c1")
    assert path.parent.stat().st_mode & 0o777 == 0o700
    for bestand in path.parent.iterdir():
        assert bestand.stat().st_mode & 0o777 == 0o600, bestand.name
        assert b"herkenbare" not in bestand.read_bytes()
    store.close()
    with pytest.raises(dbapi2.DatabaseError):
        open_encrypted(path, OTHER).execute("SELECT count(*) FROM sqlite_master")


def test_a_second_window_on_the_same_work_is_refused(tmp_path: Path) -> None:
    eerste = _store(tmp_path / "werk.db")
    eerste.open()
    try:
        with pytest.raises(InUse):
            _store(tmp_path / "werk.db").open()
    finally:
        eerste.close()


def test_what_no_longer_parses_is_counted_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "werk.db"
    store = _store(path)
    store.open()
    store.close()
    db = open_encrypted(path, KEY)
    db.execute("INSERT INTO concept VALUES ('c', 0, ?, '')", (b'{"id": 7}',))
    db.execute(
        "INSERT INTO uitgaand (id, groep, titel, opdracht, stand, sinds, uitkomst)"
        " VALUES ('o', 'g', 'Oud', ?, ?, ?, ?)",
        (b"geen json", "wacht", NU.isoformat(), b"ook niet"),
    )
    db.execute("INSERT INTO inzage (inhoud) VALUES (?)", (msgspec.json.encode({"id": 3}),))
    db.close()
    store.open()
    store.add_inzage(Inzage("i1", NU, "persoon", bsn="999990019"))
    assert store.contacten() == []
    assert store.unreadable_contacten() == 1
    (rij,) = store.outbox()
    assert (rij.opdracht, rij.ruw, rij.titel, rij.uitkomst) == (None, b"geen json", "Oud", None)
    # The one that cannot be told holds up no other, and stays.
    assert [inzage.id for _, inzage in store.inzagen(1)] == ["i1"]
    store.close()
