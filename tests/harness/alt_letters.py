"""What Alt with a letter presses: in a page, and in the contact panel that stands beside it."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kcs_desktop.sdk import Seat
from ui.contactpaneel.presenter import ContactpaneelPresenter
from ui.contactpaneel.view import ContactPaneel


def letters(*places: QWidget) -> list[str]:
    """Of these, as far as it is in sight."""
    shown = [al for place in places for al in place.findChildren(QWidget) if al.isVisibleTo(place)]
    texts = [al.text() for al in shown if isinstance(al, QAbstractButton | QLabel)]
    return [letter for text in texts if (letter := QKeySequence.mnemonic(text).toString())]


def letters_beside(seat: Seat, qtbot: QtBot) -> list[str]:
    """Of the panel with all its fields."""
    panel = ContactPaneel(ContactpaneelPresenter(seat, lambda: None))
    qtbot.addWidget(panel)
    panel.presenter.begin_callback()
    QApplication.processEvents()
    beside = letters(panel)
    assert "Alt+O" in beside, "the subject"
    return beside
