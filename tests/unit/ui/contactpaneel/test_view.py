"""The panel by its keys."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from kcs_desktop.domain.terugbelnorm import Normen
from kcs_desktop.sdk import (
    Bezigheid,
    Conceptstand,
    Contact,
    GeraadpleegdeBron,
    InvalidInput,
    Kanaal,
    Knipstap,
    Lijstvraag,
    Meekijker,
    Resultaat,
    Terugbelverzoek,
)
from tests.harness.leesbaar import visible_texts
from tests.harness.seat_content import JOHANNA
from tests.harness.seat_fake import FakeSeat
from ui.contactpaneel.knip import knip_line
from ui.contactpaneel.presenter import ContactpaneelPresenter, Paneelstand
from ui.contactpaneel.view import ContactPaneel
from ui.widgets.check import Check
from ui.widgets.scroll import ScrollColumn


@pytest.fixture
def seat() -> FakeSeat:
    return FakeSeat(met_contacten=False)


@pytest.fixture
def paneel(qtbot: QtBot, seat: FakeSeat) -> Iterator[ContactPaneel]:
    widget = ContactPaneel(ContactpaneelPresenter(seat, lambda: JOHANNA))
    qtbot.addWidget(widget)
    widget.resize(352, 800)
    with qtbot.waitExposed(widget):
        widget.show()
    yield widget
    widget.close_panel()


def test_note_then_ctrl_enter_then_enter_registers(qtbot: QtBot, paneel: ContactPaneel, seat: FakeSeat) -> None:
    paneel.focus_note()
    QTest.keyClicks(paneel.notitie.edit, "Paspoort kwijt. Komt langs.")
    paneel.finish()
    assert paneel.onderwerp.text == "Paspoort kwijt"
    with qtbot.waitSignal(paneel.registered):
        QTest.keyClick(paneel.onderwerp.edit, Qt.Key.Key_Return)
    assert [rij.opdracht.gegevens.__class__.__name__ for rij in seat.outbox.waiting()] == ["KlantcontactRegistreren"]
    assert paneel.notitie.text == ""


def test_an_enter_in_an_empty_note_starts_no_contact(paneel: ContactPaneel, seat: FakeSeat) -> None:
    paneel.focus_note()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Enter):
        QTest.keyClick(paneel.notitie.edit, key)
    begun = [*seat.contacten.open]
    assert begun == []
    QTest.keyClicks(paneel.notitie.edit, "Paspoort kwijt")
    (contact,) = seat.contacten.open
    assert contact.vraag.notitie == "Paspoort kwijt"


def test_before_registering_it_says_of_which_zaak_nobody_knows_whether_it_was_made(
    paneel: ContactPaneel, seat: FakeSeat
) -> None:
    contact = seat.contacten.start(Kanaal.TELEFOON)
    aan = seat.zaakaanmaken
    zaaktype = aan.catalogus.keuzes[0]
    sent = msgspec.structs.replace(aan.start(zaaktype.uuid, contact=contact.id), stand=Conceptstand.VERSTUURD)
    aan.lay(sent)
    paneel.finish()
    wat = f"Niet bekend of deze zaak er is: {zaaktype.naam}."
    assert wat not in visible_texts(paneel)
    aan.lay(msgspec.structs.replace(sent, is_apart=True))
    assert wat in visible_texts(paneel)
    assert "Nog niet aangemaakt" not in "\n".join(visible_texts(paneel))


def test_a_promise_to_call_back_has_one_name(paneel: ContactPaneel) -> None:
    paneel.presenter.type("notitie", "x")
    paneel.callback()
    assert paneel.resultaat.combo.currentText() == "Terugbelnotitie"
    assert "contactverzoek" not in "\n".join(visible_texts(paneel)).lower()


def _focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_nothing_is_wrong_before_the_field_was_left(qtbot: QtBot, paneel: ContactPaneel, seat: FakeSeat) -> None:
    paneel.activateWindow()
    qtbot.waitUntil(paneel.isActiveWindow)
    contact = seat.contacten.start(Kanaal.TELEFOON)
    seat.contacten.complaints[contact.id] = [
        InvalidInput("Kies een afdeling.", field="vragen.0.terugbelverzoek.afdeling"),
        InvalidInput("Vul een telefoonnummer in.", field="vragen.0.terugbelverzoek.telefoonnummer"),
    ]
    paneel.callback()
    afdeling, nummer = paneel.terugbel.afdeling, paneel.terugbel.nummer
    assert afdeling.isAncestorOf(_focused())
    assert (afdeling.error, nummer.error) == ("", "")
    QTest.keyClick(_focused(), Qt.Key.Key_Tab)
    assert (afdeling.error, nummer.error) == ("Kies een afdeling.", "")
    QTest.keyClick(_focused(), Qt.Key.Key_Return)
    assert nummer.error == "Vul een telefoonnummer in."
    paneel.step_back()
    paneel.callback()
    assert (afdeling.error, nummer.error) == ("", "")


def test_a_form_that_comes_up_after_a_try_is_not_wrong_beforehand(paneel: ContactPaneel, seat: FakeSeat) -> None:
    paneel.presenter.type("notitie", "x")
    contact = seat.contacten.active
    assert contact is not None
    seat.contacten.complaints[contact.id] = [InvalidInput("Kies een product.", field="vragen.0.product")]
    paneel.finish()
    assert paneel.product.error == "Kies een product."
    paneel.resultaat.chosen.emit(Resultaat.CONTACTVERZOEK.value)
    seat.contacten.complaints[contact.id].append(
        InvalidInput("Kies een afdeling.", field="vragen.0.terugbelverzoek.afdeling")
    )
    paneel.refresh()
    assert (paneel.product.error, paneel.terugbel.afdeling.error) == ("Kies een product.", "")
    paneel.finish()
    assert paneel.terugbel.afdeling.error == "Kies een afdeling."


def test_what_is_half_typed_in_a_choice_is_kept_in_its_contact_only(
    qtbot: QtBot, paneel: ContactPaneel, seat: FakeSeat
) -> None:
    paneel.activateWindow()
    qtbot.waitUntil(paneel.isActiveWindow)
    first = seat.contacten.start(Kanaal.TELEFOON)
    line = paneel.product.combo.lineEdit()
    assert line is not None
    line.setFocus()
    QTest.keyClicks(line, "pas")
    line.setCursorPosition(1)
    seat.contacten.change_vraag(first.id, first.vraag.id, notitie="van elders")
    assert (line.text(), line.cursorPosition()) == ("pas", 1)
    seat.contacten.start(Kanaal.TELEFOON)
    assert line.text() == ""


@pytest.mark.qt_log_ignore("This plugin does not support")  # of the suggestions that come while a product is typed
@pytest.mark.parametrize("is_left", [True, False])
def test_what_is_no_choice_keeps_the_contact_from_being_registered(
    qtbot: QtBot, paneel: ContactPaneel, seat: FakeSeat, is_left: bool
) -> None:
    paneel.activateWindow()
    qtbot.waitUntil(paneel.isActiveWindow)
    paneel.presenter.type("notitie", "Paspoort kwijt")
    paneel.finish()
    line = paneel.product.combo.lineEdit()
    assert line is not None
    line.setFocus()
    QTest.keyClicks(line, "bestaat niet")
    if is_left:
        paneel.focus_note()
    paneel.finish()
    assert seat.outbox.waiting() == ()
    assert paneel.product.error.startswith("Dit staat niet in de lijst.")
    assert paneel.product.isAncestorOf(_focused())
    line.selectAll()
    QTest.keyClicks(line, seat.catalogus.producten[0].naam)
    paneel.finish()
    assert len(seat.outbox.waiting()) == 1


def test_what_is_missing_gets_the_complaint(paneel: ContactPaneel, seat: FakeSeat) -> None:
    paneel.presenter.type("notitie", "x")
    contact = seat.contacten.active
    assert contact is not None
    seat.contacten.complaints[contact.id] = [InvalidInput("Kies een afdeling.", field="vragen.0.afdeling")]
    paneel.finish()
    assert paneel.afdeling.error == "Kies een afdeling."
    assert paneel.presenter.stand is Paneelstand.AFRONDEN


def test_escape_folds_and_goes_back_to_the_note(paneel: ContactPaneel) -> None:
    paneel.presenter.type("notitie", "x")
    paneel.finish()
    QTest.keyClick(paneel.onderwerp.edit, Qt.Key.Key_Escape)
    assert paneel.presenter.stand is Paneelstand.NOTEREN


def test_the_cursor_stays_where_it_was_in_each_contact(paneel: ContactPaneel, seat: FakeSeat) -> None:
    paneel.focus_note()
    QTest.keyClicks(paneel.notitie.edit, "abcdef")
    first = seat.contacten.active
    assert first is not None
    cursor = paneel.notitie.edit.textCursor()
    cursor.setPosition(3)
    paneel.notitie.edit.setTextCursor(cursor)
    seat.contacten.start(first.kanaal)
    assert paneel.notitie.text == ""
    seat.contacten.activate(first.id)
    assert paneel.notitie.text == "abcdef"
    assert paneel.notitie.edit.textCursor().position() == 3


def test_markup_in_a_note_stays_text(paneel: ContactPaneel) -> None:
    paneel.presenter.type("notitie", "<b>vet</b> =1+1")
    assert paneel.notitie.text == "<b>vet</b> =1+1"


def test_the_knip_says_in_words_who_does_what(seat: FakeSeat) -> None:
    product = next(p for p in seat.catalogus.producten if p.knip)
    line = knip_line(product.knip)
    assert line.startswith(("Stap", "Alle stappen"))
    for stap in product.knip:
        if stap.lijn != "1":
            assert str(stap.nummer) in line


@pytest.mark.parametrize(
    ("uitvoerder", "line"),
    [
        ("buitendienst", "Stap 4 en 5 doet de buitendienst."),
        ("2e lijn of vakspecialist", "Stap 4 en 5 doet de 2e lijn of vakspecialist."),
        ("vakspecialist (omgevingsloket)", "Stap 4 en 5 doet de vakspecialist (omgevingsloket)."),
        ("Kadaster", "Stap 4 en 5 doet het Kadaster."),
        ("COVOG", "Stap 4 en 5 doet COVOG."),
        ("", "Stap 4 en 5 is nog niet belegd."),
    ],
)
def test_who_does_a_step_stands_in_a_sentence(uitvoerder: str, line: str) -> None:
    assert knip_line([Knipstap(nummer, "", "", uitvoerder) for nummer in (4, 5)]) == line


def test_cursor_and_selection_come_back_per_vraag(qtbot: QtBot, paneel: ContactPaneel, seat: FakeSeat) -> None:
    paneel.focus_note()
    QTest.keyClicks(paneel.notitie.edit, "Eerste vraag")
    cursor = paneel.notitie.edit.textCursor()
    cursor.setPosition(9)
    cursor.setPosition(3, cursor.MoveMode.KeepAnchor)
    paneel.notitie.edit.setTextCursor(cursor)
    paneel.presenter.add_vraag()
    QTest.keyClicks(paneel.notitie.edit, "Tweede")
    contact = seat.contacten.active
    assert contact is not None
    seat.contacten.activate_vraag(contact.id, 0)
    nieuw = ContactPaneel(ContactpaneelPresenter(seat, lambda: JOHANNA))  # as after a restart
    qtbot.addWidget(nieuw)
    for each in (paneel, nieuw):
        gezien = each.notitie.edit.textCursor()
        assert (gezien.anchor(), gezien.position(), gezien.selectedText()) == (9, 3, "ste vr")
    nieuw.close_panel()


def test_a_note_that_became_shorter_elsewhere_keeps_the_cursor_inside(paneel: ContactPaneel, seat: FakeSeat) -> None:
    paneel.presenter.type("notitie", "kort")
    paneel.presenter.keep_cursor(400, 900)
    nieuw = ContactPaneel(ContactpaneelPresenter(seat, lambda: JOHANNA))
    assert nieuw.notitie.edit.textCursor().position() == 4
    nieuw.close_panel()
    nieuw.deleteLater()


def test_f2_brings_the_note_into_sight(qtbot: QtBot, paneel: ContactPaneel, seat: FakeSeat) -> None:
    paneel.resize(352, 420)
    seat.contacten.start(Kanaal.TELEFOON)
    paneel.callback()
    bar = paneel.findChildren(ScrollColumn)[0].verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    edit = paneel.notitie.edit
    assert edit.visibleRegion().boundingRect().height() < edit.height()
    paneel.focus_note()
    qtbot.waitUntil(lambda: edit.visibleRegion().boundingRect().height() == edit.height())


def _with_questions(seat: FakeSeat) -> Contact:
    """A callback note for a department that asks something, after a look at a customer."""
    vragen = (Lijstvraag("Waar is het?"), Lijstvraag("Gevaarlijk?", ("Ja", "Nee")))
    seat.catalogus = msgspec.structs.replace(
        seat.catalogus, vragensets={"Groen": vragen}, afdelingen=("Groen", "APV"), terugbelnormen=Normen()
    )
    contact = seat.contacten.start(Kanaal.TELEFOON, beller="0612345678")
    seat.contacten.change_vraag(
        contact.id,
        contact.vraag.id,
        notitie="Boom op straat",
        onderwerp="Boom",
        resultaat=Resultaat.CONTACTVERZOEK,
        terugbelverzoek=Terugbelverzoek("Bellen", afdeling="Groen", telefoonnummer="0612345678"),
        bronnen=(
            GeraadpleegdeBron("brp", "Persoonsgegevens", JOHANNA.sleutel.bsn),
            GeraadpleegdeBron("klantinteracties", "Klantbeeld", "p-1"),
        ),
    )
    return contact


def test_tab_walks_the_panel_from_top_to_bottom(qtbot: QtBot, paneel: ContactPaneel, seat: FakeSeat) -> None:
    _with_questions(seat)
    paneel.resize(352, 2000)
    paneel.activateWindow()
    qtbot.waitUntil(paneel.isActiveWindow)
    late = [*paneel.terugbel.antwoorden, *paneel.bronnen.findChildren(Check)]
    assert len(late) == 4
    qtbot.waitUntil(lambda: all(widget.isVisible() for widget in late))
    paneel.focus_note()
    places: list[tuple[int, int]] = []
    walked: list[QWidget] = []
    while (focused := paneel.focusWidget()) is not None and focused not in walked:
        walked.append(focused)
        spot = focused.mapTo(paneel, QPoint(0, 0))
        places.append((spot.y(), spot.x()))
        QTest.keyClick(focused, Qt.Key.Key_Tab, modifier_of(focused))
    body = places[: places.index(max(places, key=lambda place: place[0])) + 1]
    assert len(body) == 20, [widget.accessibleName() for widget in walked]
    assert body == sorted(body), [widget.accessibleName() for widget in walked]


def modifier_of(widget: QWidget) -> Qt.KeyboardModifier:
    """A text of more lines takes Tab itself, and gives it up with Ctrl."""
    types_tab = isinstance(widget, QPlainTextEdit) and not widget.tabChangesFocus()
    return Qt.KeyboardModifier.ControlModifier if types_tab else Qt.KeyboardModifier.NoModifier


def test_questions_where_nobody_was_get_the_cursor_before_a_callback_note_goes(
    qtbot: QtBot, paneel: ContactPaneel, seat: FakeSeat
) -> None:
    _with_questions(seat)
    paneel.activateWindow()
    qtbot.waitUntil(paneel.isActiveWindow)
    paneel.finish()
    paneel.finish()
    focused = paneel.focusWidget()
    assert paneel.terugbel.antwoorden[0].isAncestorOf(focused)
    assert seat.outbox.waiting() == ()
    with qtbot.waitSignal(paneel.registered):
        paneel.finish()


def test_what_may_be_promised_stands_under_the_department(qtbot: QtBot, paneel: ContactPaneel, seat: FakeSeat) -> None:
    _with_questions(seat)
    velden = paneel.terugbel
    qtbot.waitUntil(velden.belofte.isVisible)
    qtbot.waitUntil(lambda: velden.nummer.y() > velden.antwoorden[1].y() > velden.antwoorden[0].y() > 0)
    assert velden.afdeling.y() < velden.belofte.y() < velden.antwoorden[0].y()


def test_a_colleague_in_the_contact_is_said_in_the_panel_while_it_is_in_sight(
    qtbot: QtBot, paneel: ContactPaneel, seat: FakeSeat
) -> None:
    assert seat.meekijkers.joined == 0
    contact = seat.contacten.start(Kanaal.TELEFOON, klant=JOHANNA)
    assert seat.meekijkers.joined == 1
    seat.meekijkers.show(JOHANNA.sleutel, Meekijker("kees", "Kees Bakker", Bezigheid.TYPT, 45.0))
    assert any(text.startswith("Kees Bakker is aan het typen · ") for text in visible_texts(paneel))
    seat.meekijkers.show(JOHANNA.sleutel)
    assert "Kees" not in "\n".join(visible_texts(paneel))
    paneel.hide()
    assert seat.meekijkers.joined == 0, "nobody looks under a lock"
    paneel.show()
    assert seat.meekijkers.joined == 1
    seat.contacten.cancel(contact.id)
    assert seat.meekijkers.joined == 0
