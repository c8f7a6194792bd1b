"""A store that cannot be used is set aside and reported; what is kept is readable for its owner only."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from sqlcipher3 import dbapi2

from kcs_desktop.cache.bestand import InUse, open_encrypted
from kcs_desktop.cache.werkbestand import SCHEMA, Werkbestand
from kcs_desktop.domain.klantcontact import Contact, Kanaal, Vraag

NU = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEY, OTHER = b"a" * 32, b"b" * 32


def _store(path: Path, key: bytes = KEY) -> Werkbestand:
    return Werkbestand(path, key, lambda: NU)


def _damage(path: Path) -> None:
    inhoud = bytearray(path.read_bytes())
    inhoud[100:3000] = os.urandom(2900)
    path.write_bytes(bytes(inhoud))


def _foreign(path: Path) -> None:
    path.unlink()
    db = open_encrypted(path, KEY)
    db.execute("CREATE TABLE iets (naam TEXT)")
    db.close()


def _newer(path: Path) -> None:
    db = open_encrypted(path, KEY)
    db.execute(f"PRAGMA user_version={len(SCHEMA.stappen) + 1}")
    db.close()


def _other_key(path: Path) -> None:
    path.unlink()
    store = _store(path, OTHER)
    store.open()
    store.close()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_damage, "beschadigd"),
        (_foreign, "van een ander programma"),
        (_newer, "van een nieuwere versie"),
        (_other_key, "hoort bij een andere sleutel"),
    ],
)
def test_what_cannot_be_used_is_set_aside_whole_and_said(
    spoil: Callable[[Path], None], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "werk.db"
    store = _store(path)
    store.open()
    store.close()
    spoil(path)
    before = path.read_bytes()
    again = _store(path)
    geopend = again.open()
    assert again.contacten() == []
    again.close()
    assert said in geopend.melding
    assert Path(geopend.terzijde).name in geopend.melding
    assert Path(geopend.terzijde).read_bytes() == before


def test_folder_and_files_are_for_their_owner_only_and_unreadable_without_the_key(tmp_path: Path) -> None:
    path = tmp_path / "profiel" / "werk.db"
    store = _store(path)
    store.open()
    contact = Contact("c1", "o1", Kanaal.BALIE, NU, (Vraag("v1", notitie="zeer herkenbare notitie"),))
    store.save_contacten([(0, contact)], "c1")
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
    assert store.contacten() == []
    assert store.unreadable_contacten() == 1
    (rij,) = store.outbox()
    assert (rij.opdracht, rij.ruw, rij.titel, rij.uitkomst) == (None, b"geen json", "Oud", None)
    assert store.inzagen() == []
    store.close()
