"""One backend has one store however its address is spelled, and files of before are found under their old name."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kcs_desktop.cache.werkbestand import Werkbestand
from kcs_desktop.domain.klant import SoortKlant
from kcs_desktop.domain.klantcontact import Contact, Kanaal, Vraag
from kcs_desktop.domain.opdracht import KlantRegistreren, Opdracht
from kcs_desktop.domain.zitplaats import Zitplaats, normal_address, sessienaam, sleutelnaam, winkel_of
from kcs_desktop.security.sleutelbos import Geheugenbos, KeyringFault
from kcs_desktop.security.sleutels import obtain_key
from kcs_desktop.security.wachtzin import key_file, unwrap, wrap
from kcs_desktop.services.opslagmelding import about_elsewhere
from kcs_desktop.services.winkels import Elders, Winkels
from kcs_desktop.services.zitplaatsbestand import Zitplaatsbestand

NU = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ADRES = "https://kcs.gemeente.nl"


@pytest.mark.parametrize(
    "gelijk",
    [
        "https://KCS.Gemeente.NL",
        "HTTPS://kcs.gemeente.nl/",
        "https://kcs.gemeente.nl:443",
        "https://kcs.gemeente.nl.",
        "https://kcs.gemeente.nl.:443/",
    ],
)
def test_another_spelling_is_the_same_backend(gelijk: str) -> None:
    assert winkel_of("tic", gelijk) == winkel_of("TIC", ADRES)


@pytest.mark.parametrize(
    ("adres", "normaal"),
    [
        ("ingebed", "ingebed"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("https://kcs.gemeente.nl:8443/Pad/", "https://kcs.gemeente.nl:8443/Pad"),
        ("https://Súdwest.nl", "https://xn--sdwest-pya.nl"),
        ("https://xn--sdwest-pya.nl", "https://xn--sdwest-pya.nl"),
        ("https://kcs.gemeente.nl:veel", "https://kcs.gemeente.nl:veel"),
    ],
)
def test_what_differs_stays_different(adres: str, normaal: str) -> None:
    assert normal_address(adres) == normaal


def _of_before(adres: str) -> str:
    """The name that earlier versions gave."""
    return hashlib.sha256(f"{adres}\ntic".encode()).hexdigest()[:20]


def _winkels(profile: Path, bos: Geheugenbos, adres: str = ADRES) -> Winkels:
    return Winkels(profile, bos, Zitplaatsbestand(profile), adres)


def _fill(profile: Path, winkel: str, key: bytes) -> None:
    werk = Werkbestand(profile / f"werk-{winkel}.db", key, lambda: NU)
    werk.open()
    werk.save_contacten([(nr, Contact(f"c{nr}", "o", Kanaal.BALIE, NU, (Vraag("v"),))) for nr in range(2)], "c0")
    werk.add(Opdracht("o1", KlantRegistreren(SoortKlant.PERSOON), NU), "g", "Registreren")
    werk.close()


def _contacten(profile: Path, winkel: str, key: bytes) -> list[str]:
    werk = Werkbestand(profile / f"werk-{winkel}.db", key, lambda: NU)
    werk.open()
    try:
        assert werk.bestand.terzijde is None
        return [contact.id for contact in werk.contacten()]
    finally:
        werk.close()


@pytest.mark.parametrize(
    ("toen", "nu"),
    [
        ("https://KCS.gemeente.nl", "https://KCS.gemeente.nl"),
        ("https://kcs.gemeente.nl:443", "https://kcs.gemeente.nl"),
        ("https://kcs.gemeente.nl:443", "https://kcs.gemeente.nl:443"),
    ],
)
def test_files_keys_and_the_seat_go_to_the_new_name(tmp_path: Path, toen: str, nu: str) -> None:
    bos, oud, nieuw = Geheugenbos(), _of_before(toen), winkel_of("tic", ADRES)
    _fill(tmp_path, oud, obtain_key(bos, oud))
    (tmp_path / f"werk-{oud}.terzijde-20260101T090000.db").write_bytes(b"x")
    bos.write(sessienaam(oud), "token")
    Zitplaatsbestand(tmp_path).write(Zitplaats("tic", "Tom", winkel=oud))
    winkels = _winkels(tmp_path, bos, nu)
    assert winkels.settle("tic") == nieuw
    assert _contacten(tmp_path, nieuw, obtain_key(bos, nieuw)) == ["c0", "c1"]
    assert bos.read(sessienaam(nieuw)) == "token"
    assert bos.read(sleutelnaam(oud)) == ""
    assert Zitplaatsbestand(tmp_path).value.winkel == nieuw
    assert not list(tmp_path.glob(f"*{oud}*"))
    assert winkels.settle("tic") == nieuw


def test_a_store_with_a_passphrase_goes_along_where_there_is_no_keyring(tmp_path: Path) -> None:
    class Geenbos(Geheugenbos):
        def read(self, naam: str) -> str:
            raise KeyringFault(naam)

    oud, nieuw, key = _of_before("https://KCS.gemeente.nl"), winkel_of("tic", ADRES), b"k" * 32
    _fill(tmp_path, oud, key)
    wrap(key_file(tmp_path, oud), "vier paarden in de wei", key)
    assert _winkels(tmp_path, Geenbos(), "https://KCS.gemeente.nl").settle("tic") == nieuw
    assert unwrap(key_file(tmp_path, nieuw), "vier paarden in de wei") == key
    assert _contacten(tmp_path, nieuw, key) == ["c0", "c1"]


def test_work_under_both_names_stays_apart(tmp_path: Path) -> None:
    bos, oud, nieuw = Geheugenbos(), _of_before("https://kcs.gemeente.nl:443"), winkel_of("tic", ADRES)
    for winkel in (oud, nieuw):
        _fill(tmp_path, winkel, obtain_key(bos, winkel))
    _winkels(tmp_path, bos).settle("tic")
    for winkel in (oud, nieuw):
        assert _contacten(tmp_path, winkel, obtain_key(bos, winkel)) == ["c0", "c1"]


def test_work_for_another_address_is_counted_for_its_author_only(tmp_path: Path) -> None:
    bos, adres = Geheugenbos(), "https://kcs.elders.nl"
    daar, hier = winkel_of("tic", adres), winkel_of("tic", ADRES)
    _fill(tmp_path, daar, obtain_key(bos, daar))
    _winkels(tmp_path, bos, adres).note(daar, "tic")
    before = sorted(bestand.name for bestand in tmp_path.iterdir())
    elders = _winkels(tmp_path, bos).elsewhere(hier, "Tic")
    assert elders == [Elders(adres, 2, 1)]
    assert sorted(bestand.name for bestand in tmp_path.iterdir()) == before
    assert _winkels(tmp_path, bos).elsewhere(hier, "snelbalie") == []
    (zin,) = about_elsewhere(elders)
    assert "voor de server https://kcs.elders.nl: 2 open contacten en 1 opdracht." in zin
    bos.erase(sleutelnaam(daar))
    assert _winkels(tmp_path, bos).elsewhere(hier, "tic") == [Elders(adres)]


def test_of_a_store_of_before_the_last_employee_is_known(tmp_path: Path) -> None:
    bos, daar, hier = Geheugenbos(), _of_before("https://kcs.oud.nl"), winkel_of("tic", ADRES)
    _fill(tmp_path, daar, obtain_key(bos, daar))
    Zitplaatsbestand(tmp_path).write(Zitplaats("tic", "Tom", winkel=daar))
    assert _winkels(tmp_path, bos).elsewhere(hier, "tic") == [Elders("", 2, 1)]
    Zitplaatsbestand(tmp_path).write(Zitplaats("snelbalie", "Sanne", winkel="f" * 20))
    assert _winkels(tmp_path, bos).elsewhere(hier, "tic") == [Elders("", 2, 1)]
