"""The strip: what it shows and how one switches."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kcs_desktop.sdk import Kanaal
from tests.harness.seat_fake import FakeSeat
from ui.contactstrook.presenter import StrookPresenter, elapsed
from ui.contactstrook.view import ContactStrook


@pytest.mark.parametrize(
    ("seconden", "tekst"), [(-5, "00:00"), (0, "00:00"), (61, "01:01"), (3599, "59:59"), (3661, "1:01:01")]
)
def test_the_timer_reads_minutes_and_past_the_hour_hours(seconden: float, tekst: str) -> None:
    assert elapsed(seconden) == tekst


def test_next_goes_round_and_round() -> None:
    seat = FakeSeat(met_contacten=False)
    ids = [seat.contacten.start(Kanaal.BALIE).id for _ in range(3)]
    presenter = StrookPresenter(seat)
    seen = []
    for _ in range(3):
        presenter.next()
        active = seat.contacten.active
        assert active is not None
        seen.append(active.id)
    assert seen == [ids[0], ids[1], ids[2]]
    presenter.next(-1)
    active = seat.contacten.active
    assert active is not None
    assert active.id == ids[1]


def test_next_without_contacts_does_nothing() -> None:
    seat = FakeSeat(met_contacten=False)
    StrookPresenter(seat).next()
    assert seat.contacten.active is None


@pytest.fixture
def strook(qtbot: QtBot) -> Iterator[tuple[ContactStrook, FakeSeat]]:
    seat = FakeSeat(met_contacten=False)
    widget = ContactStrook(StrookPresenter(seat))
    qtbot.addWidget(widget)
    yield widget, seat
    widget.close_strip()


def test_each_open_contact_has_a_named_chip(strook: tuple[ContactStrook, FakeSeat]) -> None:
    widget, seat = strook
    seat.contacten.start(Kanaal.TELEFOON, beller="0612345678")
    seat.contacten.start(Kanaal.BALIE)
    names = [chip.accessibleName() for chip in widget._chips]
    assert names[0].startswith("Contact 06 12 34 56 78, telefoon")
    assert names[1].startswith("Contact Onbekend, balie")
    assert "actief" in names[1]
    active = seat.contacten.active
    assert active is not None
    seat.contacten.cancel(active.id)
    assert len(widget._chips) == 1


def test_a_zaak_is_begun_from_the_active_contact_by_who_may(strook: tuple[ContactStrook, FakeSeat]) -> None:
    widget, seat = strook
    asked: list[bool] = []
    widget.asked_zaak.connect(lambda: asked.append(True))
    widget.show()
    assert widget._zaak.isHidden(), "there is no contact to make one for"
    seat.contacten.start(Kanaal.BALIE)
    assert widget._zaak.isVisible()
    assert widget._zaak.accessibleName() == "Zaak aanmaken voor dit contact"
    widget._zaak.click()
    assert asked == [True]
    seat.zaakaanmaken.may_start = False
    widget.refresh()
    assert widget._zaak.isHidden()


def test_narrow_the_way_to_a_zaak_and_to_a_new_contact_stay_in_sight(strook: tuple[ContactStrook, FakeSeat]) -> None:
    widget, seat = strook
    for _ in range(6):
        seat.contacten.start(Kanaal.TELEFOON, beller="0612345678")
    widget.resize(420, 40)
    widget.show()
    for button in (widget._zaak, widget._new):
        assert button.isVisible()
        assert button.geometry().right() <= widget.width()
    assert [widget._zaak.text(), widget._new.text()] == ["", ""]
    widget.resize(6000, 40)
    assert [widget._zaak.text(), widget._new.text()] == ["Zaak", "Nieuw contact"]


def _cut(widget: ContactStrook, contact: int) -> int:
    """How many pixels of a chip stand outside the strip."""
    QApplication.processEvents()
    chip, room = widget._chips[contact], widget._scroll.viewport()
    left = chip.mapTo(room, QPoint(0, 0)).x()
    return max(-left, 0) + max(left + chip.width() - room.width(), 0)


def test_the_active_contact_is_never_cut_off(strook: tuple[ContactStrook, FakeSeat], qtbot: QtBot) -> None:
    widget, seat = strook
    window = QWidget()  # which may be narrower than the strip would like, as the frame is
    qtbot.addWidget(window)
    widget.setParent(window)
    window.resize(3000, 40)
    window.show()
    made = [seat.contacten.start(Kanaal.TELEFOON, beller="0612345678") for _ in range(3)]
    width = widget._chips[0].sizeHint().width()
    widget.resize(3 * width + 400, 40)
    widget.show()
    assert _cut(widget, 2) == 0
    widget.resize(2 * width + 20, 40)  # as with larger text in the same window
    assert _cut(widget, 2) == 0
    seat.contacten.activate(made[0].id)
    assert _cut(widget, 0) == 0
    seat.contacten.activate(made[1].id)
    widget._scroll.horizontalScrollBar().setValue(10_000)
    widget.resize(2 * width + 10, 40)
    assert _cut(widget, 1) == 0
    widget.setParent(None)


def test_a_new_contact_is_in_sight_however_many_there_are(strook: tuple[ContactStrook, FakeSeat]) -> None:
    widget, seat = strook
    widget.resize(1100, 40)
    widget.show()
    for place in range(9):
        seat.contacten.start(Kanaal.TELEFOON, beller="0612345678")
        for _ in range(3):  # of the new chip, the scroll bar and what brings it into sight
            QApplication.processEvents()
        assert _cut(widget, place) == 0


def test_who_looks_along_the_strip_is_not_taken_back_every_second(strook: tuple[ContactStrook, FakeSeat]) -> None:
    widget, seat = strook
    for _ in range(4):
        seat.contacten.start(Kanaal.TELEFOON, beller="0612345678")
    widget.resize(420, 40)
    widget.show()
    assert _cut(widget, 3) == 0
    widget._scroll.horizontalScrollBar().setValue(0)
    widget._tick()
    QApplication.processEvents()
    assert widget._scroll.horizontalScrollBar().value() == 0
