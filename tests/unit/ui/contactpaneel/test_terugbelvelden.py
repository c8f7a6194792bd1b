"""The number to call back is shown as people write it, and never rewritten under the fingers."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kcs_desktop.domain.terugbelnorm import Normen
from kcs_desktop.sdk import Kanaal, Lijstvraag, Terugbelverzoek
from tests.harness.seat_fake import FakeSeat
from ui.contactpaneel.presenter import ContactpaneelPresenter
from ui.contactpaneel.terugbelvelden import Terugbelvelden
from ui.widgets.choice import Choice
from ui.widgets.field import Field


def velden(qtbot: QtBot) -> Terugbelvelden:
    seat = FakeSeat(met_contacten=False)
    seat.contacten.start(Kanaal.TELEFOON)
    widget = Terugbelvelden(ContactpaneelPresenter(seat, lambda: None))
    qtbot.addWidget(widget)
    return widget


def test_a_known_number_is_shown_as_people_write_it(qtbot: QtBot) -> None:
    widget = velden(qtbot)
    widget.show_verzoek(Terugbelverzoek("Terugbellen", telefoonnummer="0612345678"))
    assert widget.nummer.text == "06 12 34 56 78"


def test_what_is_typed_stays_as_typed(qtbot: QtBot) -> None:
    widget = velden(qtbot)
    widget.nummer.set_text("0612345678")
    widget.show_verzoek(Terugbelverzoek("Terugbellen", telefoonnummer="0612345678"))
    assert widget.nummer.text == "0612345678"


def test_what_is_no_number_is_shown_as_given(qtbot: QtBot) -> None:
    widget = velden(qtbot)
    widget.show_verzoek(Terugbelverzoek("Terugbellen", telefoonnummer="toestel 12"))
    assert widget.nummer.text == "toestel 12"


@pytest.mark.parametrize(
    ("verzoek", "dag"),
    [
        (Terugbelverzoek("Bellen", afdeling="APV"), "woensdag 25 november"),
        (Terugbelverzoek("Bellen", afdeling="Groen"), "vrijdag 27 november"),
        (Terugbelverzoek("Bellen", groep="Wijkteam"), "vrijdag 27 november"),
        (Terugbelverzoek("Bellen", medewerker="marit"), ""),  # whose department may have a norm of its own
        (Terugbelverzoek("Bellen"), ""),
    ],
)
def test_it_is_said_what_the_customer_may_be_promised(qtbot: QtBot, verzoek: Terugbelverzoek, dag: str) -> None:
    seat = FakeSeat(met_contacten=False)
    seat.catalogus = msgspec.structs.replace(
        seat.catalogus, groepen={"Wijkteam": "Groen"}, terugbelnormen=Normen(per_afdeling={"Groen": 3})
    )
    widget = Terugbelvelden(ContactpaneelPresenter(seat, lambda: None))
    qtbot.addWidget(widget)
    widget.show_verzoek(verzoek)
    assert widget.belofte.text() == (f"Beloof: wij bellen u uiterlijk {dag} voor 17:00." if dag else "")
    assert widget.belofte.isHidden() is not bool(dag)
    seat.catalogus = msgspec.structs.replace(seat.catalogus, terugbelnormen=None)  # of a backend that does not say
    widget.show_verzoek(verzoek)
    assert widget.belofte.isHidden()


def with_questions(qtbot: QtBot) -> tuple[FakeSeat, Terugbelvelden]:
    seat = FakeSeat(met_contacten=False)
    vragen = (Lijstvraag("Waar is het?"), Lijstvraag("Gevaarlijk?", ("Ja", "Nee")))
    seat.catalogus = msgspec.structs.replace(
        seat.catalogus, vragensets={"Groen": vragen}, groepen={"Wijkteam": "Groen"}, afdelingen=("Groen", "APV")
    )
    contact = seat.contacten.start(Kanaal.TELEFOON)
    verzoek = Terugbelverzoek("Bellen", groep="Wijkteam")
    seat.contacten.change_vraag(contact.id, contact.vraag.id, terugbelverzoek=verzoek)
    presenter = ContactpaneelPresenter(seat, lambda: None)
    widget = Terugbelvelden(presenter)
    qtbot.addWidget(widget)
    widget.show_verzoek(verzoek)
    return seat, widget


def verzoek_of(seat: FakeSeat) -> Terugbelverzoek:
    assert seat.contacten.active is not None
    verzoek = seat.contacten.active.vraag.terugbelverzoek
    assert verzoek is not None
    return verzoek


def test_the_questions_of_the_department_of_the_group_are_asked(qtbot: QtBot) -> None:
    seat, widget = with_questions(qtbot)
    waar, gevaarlijk = widget.antwoorden
    assert isinstance(waar, Field)
    assert isinstance(gevaarlijk, Choice)
    QTest.keyClicks(waar.edit, "Bij de speeltuin")
    gevaarlijk.chosen.emit("Nee")
    widget.show_verzoek(verzoek_of(seat))
    answers = [(al.vraag, al.antwoord) for al in verzoek_of(seat).antwoorden]
    assert answers == [("Waar is het?", "Bij de speeltuin"), ("Gevaarlijk?", "Nee")]
    assert widget.fields()["antwoorden.0"] is waar


def test_a_note_in_a_hurry_is_ticked(qtbot: QtBot) -> None:
    seat, widget = with_questions(qtbot)
    widget.show()
    QTest.keyClick(widget.spoed, Qt.Key.Key_Space)
    assert verzoek_of(seat).hoge_prioriteit
    widget.show_verzoek(verzoek_of(seat))
    assert widget.spoed.isChecked()
    widget.show_verzoek(Terugbelverzoek("Bellen"))
    assert not widget.spoed.isChecked()


def test_tab_walks_the_questions_where_they_stand(qtbot: QtBot) -> None:
    _seat, widget = with_questions(qtbot)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    walk = [widget.medewerker, *widget.antwoorden, widget.nummer]
    widget.medewerker.setFocus()
    for field in walk:
        focused = QApplication.focusWidget()
        assert focused is not None
        assert field.isAncestorOf(focused), field.naam
        QTest.keyClick(focused, Qt.Key.Key_Tab)


def test_a_question_that_is_still_asked_keeps_its_field_and_its_sign(qtbot: QtBot) -> None:
    seat, widget = with_questions(qtbot)
    waar = widget.antwoorden[0]
    vragen = (Lijstvraag("Stank & overlast?"), Lijstvraag("Waar is het?"))
    seat.catalogus = msgspec.structs.replace(seat.catalogus, vragensets={"Groen": vragen})
    left: list[tuple[str, bool]] = []
    widget.answer_focus.connect(lambda naam, is_focused: left.append((naam, is_focused)))
    widget.show_verzoek(verzoek_of(seat))
    stank, zelfde = widget.antwoorden
    assert zelfde is waar
    assert stank.naam == "Stank & overlast?"
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    waar.setFocus()
    stank.setFocus()
    assert left[:2] == [("terugbelverzoek.antwoorden.1", True), ("terugbelverzoek.antwoorden.1", False)]


def test_another_department_asks_its_own_and_keeps_no_answer_of_the_former(qtbot: QtBot) -> None:
    seat, widget = with_questions(qtbot)
    field = widget.antwoorden[0]
    assert isinstance(field, Field)
    QTest.keyClicks(field.edit, "Hier")
    widget.groep.chosen.emit("")
    widget.afdeling.chosen.emit("APV")
    widget.show_verzoek(verzoek_of(seat))
    assert widget.antwoorden == []
    assert verzoek_of(seat).antwoorden == ()
