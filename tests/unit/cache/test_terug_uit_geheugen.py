"""Back from memory to a file that could not be read, or only in part: nothing that was let go of rises again."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kcs_desktop.cache import bestand
from kcs_desktop.cache.toevoegingen import Bron, Onderweg, read_toevoegingen, save_toevoegingen
from kcs_desktop.cache.werkbestand import Inzage, Werkbestand
from kcs_desktop.cache.zaakconcepten import read_concepten, save_concepten
from kcs_desktop.domain.klant import SoortKlant
from kcs_desktop.domain.klantcontact import Contact, Kanaal, Vraag
from kcs_desktop.domain.opdracht import KlantRegistreren, Opdracht, Uitkomst, Uitkomststand
from kcs_desktop.domain.toevoeging import Toevoeging
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.domain.zaakconcept import Zaakconcept
from tests.harness.kleine_schijf import small_disk

NU = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEY = b"a" * 32
PAGE = 4096


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bestand, "RETRY", 0.0)


def _opdracht(naam: str) -> Opdracht:
    return Opdracht(naam, KlantRegistreren(SoortKlant.PERSOON, voornaam=os.urandom(2000).hex()), NU)


def _contact(naam: str) -> Contact:
    return Contact(naam, f"o-{naam}", Kanaal.BALIE, NU, (Vraag("v1", notitie=os.urandom(2000).hex()),))


def _store(path: Path) -> Werkbestand:
    store = Werkbestand(path, KEY, lambda: NU)
    store.open()
    return store


def _ids(store: Werkbestand) -> list[str]:
    return [rij.id for rij in store.outbox()]


def _filled(path: Path) -> None:
    """Rows of a page each: drafts c0 to c3, commands o0 to o5, looks i0 to i2."""
    store = _store(path)
    store.save_contacten([(nr, _contact(f"c{nr}")) for nr in range(4)], "c0")
    for nr in range(6):
        store.add(_opdracht(f"o{nr}"), "groep", f"Opdracht {nr}")
    for nr in range(3):
        store.add_inzage(Inzage(f"i{nr}", NU, "persoon", bsn="999990019"))
    store.enter_epoch("eerst", NU - timedelta(days=1))
    assert store.close() is True


def _partly(path: Path) -> bytes:
    """Make every second page unreadable; the whole content, as it is when the disk answers again."""
    heel = path.read_bytes()
    half = bytearray(heel)
    for page in range(8, len(heel) // PAGE, 2):
        half[page * PAGE + 100 : page * PAGE + 200] = os.urandom(100)
    path.write_bytes(bytes(half))
    return heel


def test_what_was_let_go_of_or_answered_meanwhile_does_not_rise_again(tmp_path: Path) -> None:
    with small_disk(tmp_path / "schijf") as schijf:
        path = schijf.path / "werk.db"
        _filled(path)
        heel = _partly(path)
        schijf.make_read_only()
        store = _store(path)
        seen = _ids(store)
        unseen = [naam for naam in (f"o{nr}" for nr in range(6)) if naam not in seen]
        assert len(seen) >= 2, "enough of it can be read"
        assert len(unseen) >= 2, "and enough of it cannot"
        assert len(store.contacten()) < 4
        # What the window shows was read while the disk still answered: also what the memory does not hold.
        store.withdraw(seen[0])
        store.withdraw(unseen[0])
        goed = Uitkomst(unseen[1], Uitkomststand.GESLAAGD)
        store.update(unseen[1], "geslaagd", pogingen=1, uitkomst=goed)
        store.update(seen[1], "geslaagd", pogingen=1, uitkomst=Uitkomst(seen[1], Uitkomststand.GESLAAGD))
        store.remove_contact("c0")
        store.add(_opdracht("nieuw"), "groep", "Nieuw", contact="c1")
        store.remove_inzagen(["i0"])
        store.add_inzage(Inzage("i3", NU, "persoon", bsn="999990019"))
        schijf.make_writable()
        path.write_bytes(heel)
        store.save_again()
        assert store.bestand.buiten is None
        gone = {seen[0], unseen[0]}
        assert _ids(store) == [*(naam for naam in (f"o{nr}" for nr in range(6)) if naam not in gone), "nieuw"]
        stands = {rij.id: rij.stand for rij in store.outbox()}
        assert {naam for naam, stand in stands.items() if stand == "geslaagd"} == {seen[1], unseen[1]}
        assert [contact.id for contact in store.contacten()] == ["c2", "c3"]
        assert [inzage.id for _, inzage in store.inzagen()] == ["i1", "i2", "i3"]
        assert store.close() is True


def test_a_contact_taken_back_and_finished_again_meanwhile_is_one_command_and_the_last(tmp_path: Path) -> None:
    with small_disk(tmp_path / "schijf") as schijf:
        path = schijf.path / "werk.db"
        _filled(path)
        heel = _partly(path)
        schijf.make_read_only()
        store = _store(path)
        store.withdraw("o2")
        store.save_contacten([(9, _contact("c9"))], "c9")
        store.add(_opdracht("o2"), "groep", "Nog eens", contact="c9")
        schijf.make_writable()
        path.write_bytes(heel)
        assert _ids(store) == ["o0", "o1", "o3", "o4", "o5", "o2"]
        assert [contact.id for contact in store.contacten()] == ["c0", "c1", "c2", "c3"]
        store.close()


def test_a_restored_backup_is_followed_by_what_the_memory_never_held(tmp_path: Path) -> None:
    with small_disk(tmp_path / "schijf") as schijf:
        path = schijf.path / "werk.db"
        _filled(path)
        store = _store(path)
        for nr in range(6):
            store.update(f"o{nr}", "geslaagd", pogingen=1, uitkomst=Uitkomst(f"o{nr}", Uitkomststand.GESLAAGD))
        store.close()
        heel = _partly(path)
        schijf.make_read_only()
        store = _store(path)
        store.enter_epoch("na de back-up", NU - timedelta(days=1))
        schijf.make_writable()
        path.write_bytes(heel)
        assert [rij.stand for rij in store.outbox()] == ["wacht"] * 6
        assert store.epoch() == "na de back-up"
        store.close()


def test_a_folder_that_is_gone_for_a_moment_loses_nothing_of_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "profiel"
    path = folder / "werk.db"
    _filled(path)
    away = folder.rename(tmp_path / "weg")
    folder.write_bytes(b"")
    store = _store(path)
    assert store.bestand.buiten is not None
    store.add(_opdracht("nieuw"), "groep", "Nieuw")
    folder.unlink()
    away.rename(folder)
    assert _ids(store) == ["o0", "o1", "o2", "o3", "o4", "o5", "nieuw"]
    assert [contact.id for contact in store.contacten()] == ["c0", "c1", "c2", "c3"]
    assert store.close() is True


def test_a_file_that_is_damaged_when_the_disk_is_back_gives_its_rows_as_well(tmp_path: Path) -> None:
    folder = tmp_path / "profiel"
    path = folder / "werk.db"
    _filled(path)
    _partly(path)
    away = folder.rename(tmp_path / "weg")
    folder.write_bytes(b"")
    store = _store(path)
    store.add(_opdracht("nieuw"), "groep", "Nieuw")
    folder.unlink()
    away.rename(folder)
    for _ in range(3):  # it turns out to be damaged, is set aside, and a new one is made
        store.save_again()
    assert store.bestand.buiten is None
    back = _ids(store)
    assert back[-1] == "nieuw"
    assert 2 <= len(back) < 7
    aside = store.bestand.terzijde
    assert aside is not None
    assert aside.gered["uitgaand"] == len(back) - 1
    store.close()


def _zaak(naam: str, omschrijving: str = "") -> Zaakconcept:
    return Zaakconcept(naam, f"o-{naam}", f"r-{naam}", "zaaktype", NU, omschrijving=omschrijving)


def test_drafts_of_zaken_in_the_file_stand_beside_those_begun_in_memory(tmp_path: Path) -> None:
    path, away = tmp_path / "winkel" / "werk.db", tmp_path / "weg"
    path.parent.mkdir()
    store = _store(path)
    save_concepten(store, [_zaak("1"), _zaak("2"), _zaak("3")], ())
    assert store.close() is True
    path.parent.rename(away)
    path.parent.write_bytes(b"")  # the folder is not there: nothing of it can be read
    store = _store(path)
    assert read_concepten(store) == []
    save_concepten(store, [_zaak("3", "van nu"), _zaak("4")], {"2"})
    assert store.holds_work()
    path.parent.unlink()
    away.rename(path.parent)
    store.save_again()
    assert read_concepten(store) == [_zaak("1"), _zaak("3", "van nu"), _zaak("4")]
    save_concepten(store, [], {"1", "3", "4"})
    assert not store.holds_work()
    store.close()


def _document(naam: str, titel: str = "") -> Onderweg:
    al = Toevoeging(naam, f"o-{naam}", Zaakverwijzing("z", ""), "brief.pdf", 3, NU, titel=titel)
    return Onderweg(al, Bron(3, kopie=naam, sleutel="00"))


def test_documents_on_their_way_in_the_file_stand_beside_those_chosen_in_memory(tmp_path: Path) -> None:
    path, away = tmp_path / "winkel" / "werk.db", tmp_path / "weg"
    path.parent.mkdir()
    store = _store(path)
    save_toevoegingen(store, [_document("1"), _document("2"), _document("3")], ())
    assert store.close() is True
    path.parent.rename(away)
    path.parent.write_bytes(b"")  # the folder is not there: nothing of it can be read
    store = _store(path)
    assert read_toevoegingen(store) == []
    save_toevoegingen(store, [_document("3", "van nu"), _document("4")], {"2"})
    assert store.holds_work()
    path.parent.unlink()
    away.rename(path.parent)
    store.save_again()
    assert read_toevoegingen(store) == [_document("1"), _document("3", "van nu"), _document("4")]
    save_toevoegingen(store, [], {"1", "3", "4"})
    assert not store.holds_work()
    store.close()


def test_what_stood_on_screen_in_the_file_stands_beside_what_was_typed_in_memory(tmp_path: Path) -> None:
    path, away = tmp_path / "winkel" / "werk.db", tmp_path / "weg"
    path.parent.mkdir()
    store = _store(path)
    store.save_contacten([], "", {"notitie/1": "toen", "notitie/2": "toen", "notitie/3": "toen"})
    assert store.close() is True
    path.parent.rename(away)
    path.parent.write_bytes(b"")  # the folder is not there: nothing of it can be read
    store = _store(path)
    assert store.loose_screen() == {}
    store.save_contacten([], "", {"notitie/2": "", "notitie/3": "nu", "notitie/4": "nu"})
    path.parent.unlink()
    away.rename(path.parent)
    assert store.loose_screen() == {"notitie/1": "toen", "notitie/3": "nu", "notitie/4": "nu"}
    assert store.close() is True
