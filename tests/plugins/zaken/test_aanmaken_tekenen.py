"""What is drawn of a zaak in the making, and what stands where it stood."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from kcs_desktop.domain.opdracht import ZaaknummerReserveren
from kcs_desktop.sdk import Opdracht, Veldsoort, Wachtrij, Wachtstand, Zaakformulier
from tests.plugins.zaken.aanmaken_proef import MELDING, VERHUIZING, contact, now, press, shown_page, started, write
from tests.plugins.zaken.proef import Proef


async def test_the_same_questions_keep_their_fields_and_nothing_of_the_answers(proef: Proef) -> None:
    page = shown_page(proef)
    contact(proef)
    started(proef, page)
    page.formulier.vragen["e-verhaal"].focus()
    write(proef, "van de eerste")
    page.formulier.vragen["e-kleur"].focus()
    write(proef, "rood")
    before, eerste = dict(page.formulier.vragen), now(page).id

    contact(proef)
    tweede = started(proef, page)
    assert page.formulier.vragen == before
    assert all(vraag.is_empty for vraag in page.formulier.vragen.values())
    for naam in ("e-verhaal", "e-kleur"):
        page.formulier.vragen[naam].focus()
        press(proef, "Ctrl+Z")
        assert page.formulier.vragen[naam].is_empty, "undo brought back what was typed for another draft"
        write(proef, "x")
    aan = proef.seat.zaakaanmaken
    een, twee = aan.concept(eerste), aan.concept(tweede.id)
    assert een is not None
    assert twee is not None
    assert [een.waarden(naam) for naam in ("e-verhaal", "e-kleur")] == [("van de eerste",), ("rood",)]
    assert [twee.waarden(naam) for naam in ("e-verhaal", "e-kleur")] == [("x",), ("x",)]


async def test_a_question_that_changed_is_another_field_and_the_cursor_stays_in_the_rest(proef: Proef) -> None:
    page = shown_page(proef)
    contact(proef)
    started(proef, page)
    vorm = proef.seat.zaakaanmaken.formulieren[MELDING.uuid]
    before = dict(page.formulier.vragen)
    before["e-kleur"].focus()
    QTest.keySequence(before["e-kleur"].stops[0], QKeySequence("r"))

    velden = tuple(msgspec.structs.replace(al, vraag="Op?") if al.id == "e-dag" else al for al in vorm.velden)
    proef.seat.zaakaanmaken.formulieren[MELDING.uuid] = msgspec.structs.replace(vorm, velden=velden)
    proef.seat.zaakaanmaken.changed.emit(now(page))
    QApplication.processEvents()
    after = page.formulier.vragen
    assert [naam for naam in before if after[naam] is not before[naam]] == ["e-dag"]
    assert proef.tab.widget.window().focusWidget() is before["e-kleur"].stops[0]


async def test_another_zaaktype_shows_only_its_own_questions(proef: Proef) -> None:
    page = shown_page(proef)
    contact(proef)
    started(proef, page)
    kleur = page.formulier.vragen["e-kleur"]
    aantal = next(al.veld for al in page.formulier.vragen.values() if al.veld.soort is Veldsoort.GETAL)
    proef.seat.zaakaanmaken.formulieren[VERHUIZING.uuid] = Zaakformulier(
        VERHUIZING.uuid, VERHUIZING.naam, (aantal, kleur.veld)
    )
    page.start(VERHUIZING.uuid)
    page.beeld.finish()
    QApplication.processEvents()
    assert list(page.formulier.vragen) == [aantal.id, "e-kleur"]
    assert page.formulier.vragen["e-kleur"] is kleur
    assert kleur.isVisible()


async def test_what_a_command_does_in_the_outbox_draws_nothing_while_the_draft_stays_as_it_is(proef: Proef) -> None:
    page = shown_page(proef)
    contact(proef)
    concept = started(proef, page)
    told: list[None] = []
    page.presenter.changed.connect(told.append)
    opdracht = Opdracht(concept.reservering, ZaaknummerReserveren(concept.zaaktype), proef.seat.now())
    for stand in (Wachtstand.WACHT, Wachtstand.BEZIG):
        proef.seat.outbox.changed.emit(Wachtrij(opdracht, stand, "Zaaknummer reserveren", proef.seat.now()))
    assert told == []
    proef.seat.zaakaanmaken.number(concept.id, "Z-2026-1")
    QApplication.processEvents()
    assert page.formulier.kop.nummer.text() == "Z-2026-1"


def _places(proef: Proef) -> dict[QWidget, QRect]:
    """Of everything that is drawn on the page, within what holds it."""
    return {al: al.geometry() for al in proef.tab.widget.findChildren(QWidget) if al.isVisible()}


async def test_what_was_chosen_stands_where_it_stands_before_it_is_painted(proef: Proef) -> None:
    page = shown_page(proef)
    contact(proef)
    page.start(MELDING.uuid)
    page.beeld.finish()
    before = _places(proef)
    rows = page.keuze.lijst.view
    row = rows.visualRect(rows.model().index(1, 0))
    QApplication.processEvents()
    assert page.formulier.plaats in before
    assert {al: al.geometry() for al in before} == before
    assert rows.visualRect(rows.model().index(1, 0)) == row


async def test_the_form_stays_where_it_is_when_the_number_comes(proef: Proef) -> None:
    page = shown_page(proef)
    contact(proef)
    concept = started(proef, page)
    before = page.formulier.plaats.geometry()
    proef.seat.zaakaanmaken.number(concept.id, "Z-2026-1")
    QApplication.processEvents()
    assert page.formulier.kop.kopieer.isVisible()
    assert page.formulier.plaats.geometry() == before


async def test_a_key_that_comes_before_the_form_shows_goes_to_its_first_field(proef: Proef) -> None:
    page = shown_page(proef)
    contact(proef)
    await proef.until(proef.tab.widget.window().isActiveWindow, "the window")
    page.begin()
    write(proef, "openbare")
    press(proef, "Return")
    choosing = QApplication.focusWidget()
    assert choosing is not None
    QTest.keyClick(choosing, Qt.Key.Key_A)
    first = QApplication.focusWidget()
    assert isinstance(first, QLineEdit)
    assert page.formulier.isAncestorOf(first)
    assert first.text() == "a"
    assert page.keuze.zoekveld.edit.text() == "openbare"


async def test_the_question_for_a_number_leaves_before_the_form_is_drawn(proef: Proef) -> None:
    page = shown_page(proef)
    contact(proef)
    page.start(MELDING.uuid)
    assert len(proef.seat.zaakaanmaken.begonnen) == 1
    assert page.formulier.concept == ""
    await proef.until(lambda: page.formulier.concept == now(page).id, "the form")
