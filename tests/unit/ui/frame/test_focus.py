"""Where the cursor is after something came over the window, or before it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.unit.ui.frame.toetsen import active, press
from ui.frame.controller import FrameController


async def test_the_cursor_returns_after_the_lock_and_begins_in_search_for_another(frame: FrameController) -> None:
    window = frame.window
    frame.paneel.setVisible(True)
    window.panel.setVisible(True)
    frame.paneel.focus_note()
    cover = QWidget()
    window.show_cover(cover)
    window.hide_cover()
    assert window.focusWidget() is frame.paneel.notitie.edit
    window.show_cover(cover)
    window.hide_cover(is_same_work=False)
    assert window.focusWidget() is window.topbar.search.line


async def test_what_a_key_gives_the_focus_is_never_under_the_side_panel(frame: FrameController, qtbot: QtBot) -> None:
    await active(frame, qtbot)
    for command in ("venster.help", "uitgaand.tonen", "venster.instellingen"):
        frame.run(command)
        QCoreApplication.processEvents()
        assert frame.side.isVisible(), command
        frame.run("contact.notitie")
        assert not frame.side.isVisible(), command
        assert frame.paneel.notitie.edit.hasFocus(), command


async def test_the_focus_goes_back_to_where_it_was_before_the_first_of_two_panels(
    frame: FrameController, qtbot: QtBot
) -> None:
    await active(frame, qtbot)
    frame.paneel.focus_note()
    frame.run("uitgaand.tonen")
    frame.run("uitgaand.tonen")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    press(frame, Qt.Key.Key_Escape)
    assert not frame.side.isVisible()
    assert frame.paneel.notitie.edit.hasFocus()


async def test_what_comes_over_the_window_where_nothing_had_the_focus_leaves_it_in_the_search_field(
    frame: FrameController, qtbot: QtBot
) -> None:
    await active(frame, qtbot)
    for command in ("venster.help", "venster.instellingen", "venster.zoeken"):
        if (focused := frame.window.focusWidget()) is not None:
            focused.clearFocus()
        frame.run(command)
        press(frame, Qt.Key.Key_Escape)
        assert not frame.side.isVisible()
        assert frame.window.topbar.search.line.hasFocus(), command


async def test_what_was_chosen_in_a_search_takes_the_focus_from_no_field(frame: FrameController, qtbot: QtBot) -> None:
    """A page that opens takes it unless somebody types, as in the search field."""
    await active(frame, qtbot)
    frame.overlay.begin_anew()
    frame.zoeken.done.emit(None)
    assert not frame.window.topbar.search.line.hasFocus()


async def test_the_search_field_keeps_the_focus_where_the_panel_that_had_it_is_gone(
    frame: FrameController, qtbot: QtBot
) -> None:
    await active(frame, qtbot)
    frame.run("venster.help")
    frame.run("venster.zoeken")
    frame.run("venster.help")
    assert not frame.side.isVisible()
    assert frame.window.topbar.search.line.hasFocus(), "the panel did not have it any more"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    press(frame, Qt.Key.Key_Escape)
    assert frame.window.topbar.search.line.hasFocus()
