"""What was typed without a contact is work like an open contact: asked about, exported, kept for its author. How a tab
stood is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from kcs_desktop.cache import bestand
from kcs_desktop.sdk import Lijst, Seat, SoortDigitaalAdres, SoortKlant, Taaklijst, Taakstand
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services import opslag
from plugins.klant.registreren import Registratieformulier
from plugins.klant.toestand import Pagina, Toestand, to_text
from plugins.klant.wijzigen import open_form
from plugins.zaken.terugbellen_invoer import Actie, Concepten
from tests.harness.backend import BackendProcess
from tests.harness.kleine_schijf import small_disk
from tests.harness.zitplaats import find, picture, running_seat, sign_in, until
from tests.plugins.zaken.test_terugbellen import taak

NOTITIE = "Klant belt morgen terug over de aanslag. " * 3000
LIJST = Taaklijst(Lijst.EIGEN, Taakstand.OPEN)


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bestand, "RETRY", 0.1)
    monkeypatch.setattr(opslag, "SAVE_EVERY", 0.1)


def _type_about_a_note(seat: Seat) -> None:
    bel = taak("t-1", nummer="2026-17", onderwerp="Aanslag")
    Concepten(seat).fill_in(bel, LIJST, Actie.POGING, "toelichting", NOTITIE)


def _stand(seat: Seat) -> None:
    """As the tabs stand for who typed nothing; more of it than the disk takes."""
    seat.contacten.remember_screen("", "venster", "zaken")
    seat.contacten.remember_screen("", "zaken", json.dumps({"pagina": "zaken", "paginas": {"zaken": NOTITIE}}))
    seat.contacten.remember_screen("", "klant", to_text(Toestand(pagina=Pagina.REGISTREREN, bovenste=NOTITIE)))
    Concepten(seat).fill_in(taak("t-2"), LIJST, Actie.POGING, "resultaat", "niet_bereikt")


async def test_text_about_a_note_that_is_in_memory_only_holds_the_window_and_is_exported(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "schijf") as schijf:
        profile, bos = schijf.path / "profiel", Geheugenbos()
        async with running_seat(profile, proefdam.url, bos=bos, account="tic") as seat:
            vulling = schijf.fill()
            _type_about_a_note(seat)
            await until(seat.bewaart_changed, lambda: "De schijf is vol." in seat.bewaart)
            assert not await seat.can_let_go()
            await seat.outbox.export(tmp_path / "uit.json")
            (getypt,) = json.loads((tmp_path / "uit.json").read_text("utf-8"))["Getypt zonder contact"]
            assert getypt == {"Bij": "Terugbelnotitie 2026-17: Aanslag", "Regels": [f"Notitie: {NOTITIE}"]}
            vulling.unlink()
            assert await seat.can_let_go()
        async with running_seat(profile, proefdam.url, bos=bos, account="tic") as seat:
            assert Concepten(seat).text_of("t-1") == NOTITIE


async def test_who_signs_out_on_a_full_disk_finds_that_text_back(proefdam: BackendProcess, tmp_path: Path) -> None:
    with small_disk(tmp_path / "schijf") as schijf:
        async with running_seat(schijf.path / "profiel", proefdam.url, account="tic") as seat:
            schijf.fill()
            _type_about_a_note(seat)
            assert not await seat.can_let_go()
            await seat.aanmelden.sign_out()
            assert not await seat.can_let_go(), "closing now would lose what the disk refused"
            assert seat.has_left
            await sign_in(seat, "tic")
            assert Concepten(seat).text_of("t-1") == NOTITIE
            Concepten(seat).drop("t-1", Actie.POGING)
            assert await seat.can_let_go(), "it was thrown away"


async def test_how_the_tabs_stand_holds_no_window(proefdam: BackendProcess, tmp_path: Path) -> None:
    with small_disk(tmp_path / "schijf") as schijf:
        async with running_seat(schijf.path / "profiel", proefdam.url, account="tic") as seat:
            schijf.fill()
            _stand(seat)
            await until(seat.bewaart_changed, lambda: "De schijf is vol." in seat.bewaart)
            assert await seat.can_let_go()
            assert Concepten(seat).invoer(taak("t-2"), Actie.POGING).resultaat == "niet_bereikt"
            await seat.aanmelden.sign_out()
            assert await seat.can_let_go()


async def test_forms_of_a_customer_count_with_a_contact_and_without_until_they_left_in_a_command(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with running_seat(tmp_path, proefdam.url, account="tic") as seat:
        beeld = await picture(seat, await find(seat, "999900213"))
        wijzigt = open_form(beeld)
        seat.contacten.remember_screen("", "klant", to_text(Toestand(formulier=wijzigt)))
        assert not seat.contacten.typed, "nothing was typed in it yet"
        rij = next(al for al in wijzigt.adressen if al.soort is SoortDigitaalAdres.TELEFOONNUMMER)
        oud, rij.adres = rij.adres, "06 98 76 54 32"
        seat.contacten.remember_screen("", "klant", to_text(Toestand(formulier=wijzigt)))
        (getypt,) = seat.contacten.typed
        assert getypt.bij == f"Contactgegevens van {beeld.naam}"
        assert len(getypt.regels) == 1
        assert "06 98 76 54 32" in getypt.regels[0]
        assert f"was {oud}" in getypt.regels[0]

        nieuw = Registratieformulier(SoortKlant.PERSOON, {"achternaam": "Proefpersoon", "telefoon": " "})
        seat.contacten.remember_screen("", "klant", to_text(Toestand(registratie=nieuw, opdracht="o-1")))
        assert not seat.contacten.typed, "it stands in the outbox"
        contact = seat.contacten.start()
        seat.contacten.remember_screen(contact.id, "klant", to_text(Toestand(registratie=nieuw)))
        await seat.contacten.flush()
        await seat.outbox.export(tmp_path / "uit.json")
        (open_contact,) = json.loads((tmp_path / "uit.json").read_text("utf-8"))["Open contacten"]
        wat = {"Bij": "Onbekende persoon registreren", "Regels": ["Achternaam: Proefpersoon"]}
        assert open_contact["Getypt"] == [wat]
        assert "Scherm" not in open_contact


async def test_text_about_a_note_in_a_profile_that_comes_back_stands_beside_that_of_now(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    profile, away, bos = tmp_path / "profiel", tmp_path / "weg", Geheugenbos()
    async with running_seat(profile, proefdam.url, bos=bos, account="tic") as seat:
        _type_about_a_note(seat)
        await seat.contacten.flush()
    profile.rename(away)
    profile.write_bytes(b"")  # the folder is not there: nothing of it can be read
    async with running_seat(profile, proefdam.url, bos=bos, account="tic") as seat:
        concepten = Concepten(seat)
        assert concepten.with_text == frozenset()
        concepten.fill_in(taak("t-3"), LIJST, Actie.POGING, "toelichting", "van nu")
        profile.unlink()
        away.rename(profile)
        await until(seat.contacten.returned, lambda: len(seat.contacten.typed) == 2)
        concepten.take_up()
        assert concepten.with_text == {"t-1", "t-3"}
        assert concepten.text_of("t-1") == NOTITIE
    async with running_seat(profile, proefdam.url, bos=bos, account="tic") as seat:
        assert Concepten(seat).with_text == {"t-1", "t-3"}


def _take(profile: Path, away: Path) -> None:
    profile.rename(away)
    profile.write_bytes(b"")  # the folder is not there: nothing of it can be read


def _bring_back(profile: Path, away: Path) -> None:
    profile.unlink()
    away.rename(profile)


async def _away_and_back(
    url: str, profile: Path, bos: Geheugenbos, before: Callable[[Seat], None], meanwhile: Callable[[Seat], None]
) -> None:
    """A sign-in whose profile cannot be read until it did `meanwhile`, after one in which it did `before`."""
    away = profile.with_name("weg")
    async with running_seat(profile, url, bos=bos, account="tic") as seat:
        before(seat)
        await seat.contacten.flush()
    _take(profile, away)
    async with running_seat(profile, url, bos=bos, account="tic") as seat:
        assert seat.contacten.typed == ()
        meanwhile(seat)
        await seat.contacten.flush()
        returned: list[None] = []
        seat.contacten.returned.connect(returned.append)
        _bring_back(profile, away)
        await until(seat.contacten.returned, lambda: bool(returned))
        await seat.contacten.flush()


def _type_in_a_form(seat: Seat, achternaam: str = "Proefpersoon") -> None:
    nieuw = Registratieformulier(SoortKlant.PERSOON, {"achternaam": achternaam})
    seat.contacten.remember_screen("", "klant", to_text(Toestand(pagina=Pagina.REGISTREREN, registratie=nieuw)))


def _stand_and_begin_a_contact(seat: Seat) -> None:
    """As the Klant tab says how it stands, and that it stands with a contact from then on."""
    for toestand in (to_text(Toestand()), ""):
        seat.contacten.remember_screen("", "klant", toestand)


@pytest.mark.parametrize("meanwhile", [_stand, _stand_and_begin_a_contact])
async def test_how_a_tab_stands_meanwhile_does_not_replace_what_was_typed_in_it(
    proefdam: BackendProcess, tmp_path: Path, meanwhile: Callable[[Seat], None]
) -> None:
    bos = Geheugenbos()
    await _away_and_back(proefdam.url, tmp_path / "profiel", bos, _type_in_a_form, meanwhile)
    async with running_seat(tmp_path / "profiel", proefdam.url, bos=bos, account="tic") as seat:
        (getypt,) = seat.contacten.typed
        assert getypt.regels == ("Achternaam: Proefpersoon",)


async def test_what_is_typed_in_a_tab_meanwhile_is_what_stands_in_it(proefdam: BackendProcess, tmp_path: Path) -> None:
    bos = Geheugenbos()
    now = partial(_type_in_a_form, achternaam="Van Nu")
    await _away_and_back(proefdam.url, tmp_path / "profiel", bos, _type_in_a_form, now)
    async with running_seat(tmp_path / "profiel", proefdam.url, bos=bos, account="tic") as seat:
        (getypt,) = seat.contacten.typed
        assert getypt.regels == ("Achternaam: Van Nu",)


async def test_a_choice_about_a_note_meanwhile_does_not_replace_the_text_about_it(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()

    def choose(seat: Seat) -> None:
        Concepten(seat).fill_in(taak("t-1"), LIJST, Actie.POGING, "resultaat", "niet_bereikt")

    await _away_and_back(proefdam.url, tmp_path / "profiel", bos, _type_about_a_note, choose)
    async with running_seat(tmp_path / "profiel", proefdam.url, bos=bos, account="tic") as seat:
        assert Concepten(seat).text_of("t-1") == NOTITIE
