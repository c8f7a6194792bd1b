"""What the overlay says and chooses by itself when the registers cannot be asked."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kcs_desktop.sdk import Bron, Bronstand, Soortvraag, Verbinding, Zoekresultaat, Zoekvraag
from tests.harness.seat_fake import FakeSeat
from ui.frame.controller import FrameController
from ui.frame.window import MainWindow
from ui.zoeken.presenter import Stap, Zoekbeeld


@pytest.fixture
async def frame(qtbot: QtBot) -> AsyncIterator[FrameController]:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    controller = FrameController(window, FakeSeat(), ())
    yield controller
    controller.close()
    window.let_go()


class _Under(QWidget):
    """Counts how often it is painted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1


async def test_what_lies_under_the_overlay_is_not_painted_with_it(frame: FrameController, qtbot: QtBot) -> None:
    overlay = frame.overlay
    frame.focus_search()
    QTest.keyClicks(frame.window.topbar.search.line, "duin")
    await frame.tasks.wait()
    place: QRect = overlay.geometry()
    under = _Under(frame.window)
    under.setGeometry(place.adjusted(20, -5, -20, 5))
    under.show()
    under.stackUnder(overlay)
    qtbot.waitUntil(lambda: under.painted > 0)
    before = under.painted
    overlay.repaint()
    assert under.painted == before


async def test_without_a_connection_the_hint_promises_no_register_and_a_retry_is_never_chosen_by_itself(
    frame: FrameController,
) -> None:
    seat, overlay = frame.seat, frame.overlay
    assert isinstance(seat, FakeSeat)
    seat.set_verbinding(Verbinding.GEEN_VERBINDING)
    seat.zoeken.fouten["crm"] = "De server is niet bereikbaar."
    frame.focus_search()
    QTest.keyClicks(frame.window.topbar.search.line, "vergrendel")
    await frame.tasks.wait()
    assert overlay.hint.text().startswith("Geen verbinding")
    assert "opnieuw:crm" in [row.key for row in overlay.model.rows]
    chosen = overlay.model.rows[overlay.view.currentIndex().row()]
    assert chosen.key.startswith("opdracht:")


async def test_what_is_wrong_is_read_whole_over_a_short_list(frame: FrameController, qtbot: QtBot) -> None:
    overlay = frame.overlay
    lengths = "Een BSN heeft 9 cijfers, een KvK-nummer 8, een vestigingsnummer 12 en een telefoonnummer 10."
    vraag = Zoekvraag("16600000001234", Soortvraag.BSN, fout=f"Dit nummer heeft 14 cijfers. {lengths}")
    bronnen = tuple(Bron(naam, Bronstand.KLAAR) for naam in ("eigen", "crm"))
    frame.focus_search()
    overlay.show_beeld(Zoekbeeld(vraag.tekst, Stap.TYPEN, vraag, Zoekresultaat(vraag, (), bronnen)))
    qtbot.waitUntil(lambda: overlay.height() < 200)  # as low as what it shows
    assert [row.key for row in overlay.model.rows] == ["kop:crm"]
    wanted = overlay.hint.heightForWidth(overlay.hint.width())
    assert wanted > 2 * overlay.hint.fontMetrics().ascent(), "it takes two lines"
    assert overlay.hint.height() >= wanted
    assert overlay.view.height() >= overlay.view.visualRect(overlay.model.index(0)).height()


async def test_a_source_that_failed_is_not_called_nothing_found(frame: FrameController) -> None:
    seat, line = frame.seat, frame.window.topbar.search.line
    assert isinstance(seat, FakeSeat)
    seat.zoeken.treffers = ()
    for bron in ("crm", "brp"):
        seat.zoeken.fouten[bron] = "De server is niet bereikbaar."
    frame.focus_search()
    QTest.keyClicks(line, "nergens te vinden")
    await frame.tasks.wait()
    frame.overlay.presenter.enter()
    await frame.tasks.wait()
    assert not frame.overlay.presenter.beeld.heeft_treffers
    assert frame.overlay.hint.text().startswith("Nog niet gevonden")


@pytest.mark.parametrize("typed", ["> vergr", "kwijtschelding", "duin"])
async def test_the_first_arrow_down_is_on_the_first_row_of_whatever_kind(frame: FrameController, typed: str) -> None:
    overlay, line = frame.overlay, frame.window.topbar.search.line
    frame.focus_search()
    QTest.keyClicks(line, typed)
    await frame.tasks.wait()
    keys = [row.key for row in overlay.model.rows if not row.is_kop]
    for key in keys[:2]:
        QTest.keyClick(line, Qt.Key.Key_Down)
        assert overlay.model.rows[overlay.view.currentIndex().row()].key == key


async def test_the_overlay_becomes_lower_only_when_the_typing_rests(frame: FrameController, qtbot: QtBot) -> None:
    overlay, seat, line = frame.overlay, frame.seat, frame.window.topbar.search.line
    assert isinstance(seat, FakeSeat)
    frame.focus_search()
    QTest.keyClicks(line, "duin")
    await frame.tasks.wait()
    rows, height = len(overlay.model.rows), overlay.height()
    seat.zoeken.treffers = ()
    QTest.keyClicks(line, "z")
    await frame.tasks.wait()
    assert len(overlay.model.rows) < rows
    assert overlay.height() == height
    qtbot.waitUntil(lambda: overlay.height() < height)


async def test_after_another_sign_in_at_this_window_the_field_is_of_one_overlay(frame: FrameController) -> None:
    before = len(frame.seat.contacten.open)
    frame.close()
    other = FrameController(frame.window, frame.seat, ())
    other.focus_search()
    line = frame.window.topbar.search.line
    QTest.keyClicks(line, "0612345678")
    QTest.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await other.tasks.wait()
    await frame.tasks.wait()
    assert len(frame.seat.contacten.open) == before + 1
    other.close()
