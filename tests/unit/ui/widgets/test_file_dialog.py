"""The dialog that asks for files, as Qt draws it where the desktop has none."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.theme import Look, install_theme
from ui.widgets.file_dialog import ask_files

# Without a window manager no popup can be raised or take the keyboard; that is not what is asked here.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.mark.parametrize("thema", ["licht", "donker"])
def test_the_suggestions_have_the_ground_of_a_list(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, thema: str
) -> None:
    theme = install_theme(qapp, look=Look(thema=thema))
    (tmp_path / "brief.pdf").touch()
    (tmp_path / "brood.txt").touch()
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = ask_files(window, "Documenten toevoegen", lambda _paths: None)
    try:
        dialog.setDirectory(str(tmp_path))
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        completer = line.completer()
        assert completer is not None
        popup = completer.popup()
        assert popup is not None

        def is_suggesting() -> bool:
            line.clear()
            QTest.keyClicks(line, "br")
            return popup.isVisible()

        qtbot.waitUntil(is_suggesting)
        picture = popup.grab().toImage()
        ground = picture.pixelColor(picture.width() - 20, picture.height() - 6)
        assert ground == QColor(theme.color("verhoogd"))
        popup.hide()
    finally:
        dialog.close()
        install_theme(qapp, look=Look())
