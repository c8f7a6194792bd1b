"""The number to call back is shown as people write it, and never rewritten under the fingers."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from kcs_desktop.sdk import Kanaal, Terugbelverzoek
from tests.harness.seat_fake import FakeSeat
from ui.contactpaneel.presenter import ContactpaneelPresenter
from ui.contactpaneel.terugbelvelden import Terugbelvelden


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
