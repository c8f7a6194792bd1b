"""A melding by phone: from the first word to a zaak with its number, seen at a second seat, and how little it takes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from kcs_desktop.sdk import Klantbeeld, Nummerstand, Zaakregel
from plugins.zaken.aanmaken_pagina import Aanmaakpagina
from tests.harness.backend import BackendProcess
from tests.harness.klembord import copy_files
from tests.harness.opzet import Opzet
from tests.harness.venster import Stage, Venster, play
from tests.journeys.stappen import begin_zaak, draft, fill_in_loose_tile, is_settled, open_customer, zakenpagina
from tests.journeys.test_documenten import say_kinds
from tests.unit.voorbeeld import stukken
from ui.sdk import holds_focus

BSN, MELDING = "999990032", "Losse stoeptegel melden"


def zaak_at(seat: Venster, nummer: str) -> Zaakregel | None:
    """The zaak among those of the customer in sight, once the register has it."""
    beeld: Klantbeeld | None = seat.seat.klanten.known(seat.frame.klant) if seat.frame.klant is not None else None
    zaken = beeld.zaken if beeld is not None else ()
    return next((al for al in zaken if al.verwijzing.identificatie == nummer and not al.verwijzing.opdracht), None)


def test_a_melding_by_phone_takes_six_actions_and_is_seen_at_a_second_seat(
    qapp: QApplication, overal: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seats = []
        for naam, plek, rol in (("snelbalie", "balie-1", "snelbalie"), ("tic", "tic-1", "tic")):
            profile = tmp_path / naam
            profile.mkdir()
            seats.append(await stage.open(overal.url, profile))
            await seats[-1].sign_in(naam, plek, rol)
            await open_customer(seats[-1], BSN)
        thea, anna = seats
        await anna.seat.zaakaanmaken.refresh()  # in the background of a sign-in, and kept at the seat
        anna.take_turn()
        await anna.until(anna.window.isActiveWindow, "the keyboard")

        anna.actions = 0
        page = await begin_zaak(anna, "losse stoep")
        anna.write("wulpweg 20")
        await anna.until(lambda: page.formulier.plaats.is_offering, "addresses of the BAG")
        anna.press("Return")
        anna.write("bij de bushalte")
        anna.press("Tab")
        anna.write("bes")
        anna.press("Tab")
        anna.write("Tegel ligt los, moeder is gestruikeld.")
        anna.press("Tab")
        anna.write("ja")
        concept = await anna.until(lambda: draft(anna), "the draft")
        await anna.until(lambda: (al := draft(anna)) and al.nummerstand is Nummerstand.BEKEND, "the number")
        await anna.reads("noem dit nummer nu")
        nummer = next(al.nummer for al in anna.seat.zaakaanmaken.concepten)
        anna.press("Ctrl+Return")
        assert anna.seat.zaakaanmaken.concept(concept.id) is not None
        await anna.until(anna.frame.paneel.notitie.edit.hasFocus, "the cursor in the note, free for the next")
        await anna.press_anew("Ctrl+Return")
        anna.press("Return")
        assert anna.actions <= 6, "from the first word to a registered melding"

        await anna.until(lambda: is_settled(anna.seat), "both outcomes")
        made = await thea.until(lambda: zaak_at(thea, nummer), "the zaak at the second seat")
        assert anna.seat.zaakaanmaken.concept(concept.id) is None
        thea.take_turn()
        thea.frame.open_zaak(made.verwijzing, thea.frame.klant)
        for text in (nummer, "Wulpweg 20, Proefdam, bij de bushalte", "bestrating", "moeder is gestruikeld", MELDING):
            await thea.reads(text)
        await thea.reads("Contacten over deze zaak")

    play(qapp, journey)


async def begun_form(seat: Venster) -> Aanmaakpagina:
    """A melding of a customer, filled in and not sent."""
    await seat.sign_in("snelbalie", "balie-1", "snelbalie")
    await seat.seat.zaakaanmaken.refresh()
    await open_customer(seat, BSN)
    page = await begin_zaak(seat, "gladheid")
    seat.write("bij de vijver")
    for vraag in page.formulier.vragen.values():
        if vraag.veld.verplicht:
            vraag.focus()
            seat.write(vraag.veld.keuzes[0] if vraag.veld.keuzes else "ja")
    return page


@pytest.mark.qt_log_ignore("This plugin does not support")  # of the suggestions that come while an answer is typed
def test_two_presses_for_one_zaak_register_no_contact(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        page = await begun_form(seat)
        concept = page.presenter.concept
        assert concept is not None
        seat.press("Ctrl+Return")
        seat.press("Ctrl+Return")  # by a hand that was too quick
        seat.write("Adres klopt")
        await seat.until(lambda: is_settled(seat.seat), "the zaak")
        assert seat.seat.zaakaanmaken.concept(concept.id) is None
        contact = seat.seat.contacten.active
        assert contact is not None
        assert contact.vraag.notitie == "Adres klopt"
        await seat.press_anew("Ctrl+Return")
        seat.press("Return")
        await seat.until(lambda: seat.seat.contacten.active is None, "the registration")

    play(qapp, journey)


@pytest.mark.qt_log_ignore("This plugin does not support")  # of the suggestions that come while an answer is typed
@pytest.mark.parametrize("again", ["Return", "Ctrl+Return"])
def test_registering_says_first_that_a_zaak_was_begun(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path, again: str
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        page = await begun_form(seat)
        concept = page.presenter.concept
        assert concept is not None
        seat.press("F2")
        seat.press("Ctrl+Shift+S")  # from the note it is the way back
        await seat.until(
            lambda: page.formulier.isVisible() and holds_focus(page.widget), "the form, and the cursor in it"
        )
        seat.press("Ctrl+Shift+S")  # beside it, what else there is to choose
        await seat.until(page.formulier.isHidden, "the list of zaaktypen")
        await seat.press_anew("Ctrl+Return")
        await seat.reads(f"Nog niet aangemaakt: {concept.naam}.")
        await seat.press_anew(again)
        await seat.until(page.formulier.isVisible, "the form")
        assert page.presenter.concept is not None
        assert page.presenter.concept.id == concept.id
        assert seat.seat.contacten.active is not None

    play(qapp, journey)


@pytest.mark.qt_log_ignore("This plugin does not support")  # of the suggestions that come while a kind is typed
def test_a_zaak_with_three_documents_is_seen_at_a_second_seat(
    qapp: QApplication, overal: BackendProcess, opzet: Opzet, tmp_path: Path
) -> None:
    papieren = {
        "Foto van de tegel.png": stukken.image("PNG", (300, 200)),
        "Situatietekening.pdf": stukken.pdf(3),
        "Toelichting.txt": b"Beste gemeente, hierbij de tekening.",
    }
    for naam, inhoud in papieren.items():
        (tmp_path / naam).write_bytes(inhoud)

    async def journey(stage: Stage) -> None:
        seats = []
        for naam, plek, rol in (("snelbalie", "balie-1", "snelbalie"), ("balie2", "balie-2", "balie2")):
            profile = tmp_path / naam
            profile.mkdir()
            seats.append(await stage.open(overal.url, profile))
            await seats[-1].sign_in(naam, plek, rol)
            await open_customer(seats[-1], BSN)
        anna, bram = seats
        await anna.seat.zaakaanmaken.refresh()
        anna.take_turn()
        await anna.until(anna.window.isActiveWindow, "the keyboard")

        page = await fill_in_loose_tile(anna, "bij de bushalte")
        copy_files(*(tmp_path / naam for naam in papieren))
        anna.press("Ctrl+Shift+V")
        for naam in papieren:
            await anna.reads(naam.rpartition(".")[0])
        concept = await anna.until(lambda: draft(anna), "the draft")
        await anna.until(lambda: (al := draft(anna)) and al.nummerstand is Nummerstand.BEKEND, "the number")
        nummer = next(al.nummer for al in anna.seat.zaakaanmaken.concepten)
        await say_kinds(anna, page.documenten.vak)
        await anna.until(lambda: anna.seat.zaakaanmaken.concept(concept.id) is None, "the zaak")
        await anna.reads("3 documenten toegevoegd aan de zaak.")
        QGuiApplication.clipboard().clear()

        made = await bram.until(lambda: zaak_at(bram, nummer), "the zaak at the second seat")
        bram.take_turn()
        bram.frame.open_zaak(made.verwijzing, bram.frame.klant)
        titels = sorted(naam.rpartition(".")[0] for naam in papieren)
        for titel in titels:
            await bram.reads(titel)
        gezien = [row.title for row in zakenpagina(bram).detail.documenten.lijst.model.rows]
        assert sorted(titel for titel in gezien if titel in titels) == titels  # once each

    play(qapp, journey)
    if opzet.elders is not None:
        there = opzet.elders.zaken
        for made, times in (("/zaken", 1), ("/enkelvoudiginformatieobjecten", 3), ("/zaakinformatieobjecten", 3)):
            assert sum(one.resource == made[1:] for one in there.requests("POST", made) if one.is_done) == times, made


def test_a_draft_and_its_number_come_back_after_a_restart(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path, secret_service: Mapping[str, str]
) -> None:
    assert secret_service

    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        await seat.sign_in("snelbalie", "balie-1", "snelbalie")
        await seat.seat.zaakaanmaken.refresh()
        await open_customer(seat, BSN)
        await begin_zaak(seat, "gladheid")
        seat.write("bij de vijver")
        await seat.until(lambda: (al := draft(seat)) and al.nummerstand is Nummerstand.BEKEND, "the number")
        before = draft(seat)
        assert before is not None
        await seat.close()

        seat = await stage.open(proefdam.url, tmp_path)
        await seat.until(lambda: seat.composition.frame is not None, "the window")
        assert seat.frame.run("zaken.aanmaken_verder")
        await seat.reads(before.nummer)
        after = draft(seat)
        assert after is not None
        assert after.locatie == before.locatie

    play(qapp, journey)
