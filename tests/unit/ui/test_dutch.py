"""Qt's own words are Dutch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from ui.dutch import speak_dutch


@pytest.fixture
def dutch(qapp: QApplication) -> Iterator[QApplication]:
    before = QLocale()
    assert speak_dutch(qapp)
    yield qapp
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("context", "english", "said"),
    [
        ("QFileDialog", "Files of type:", "Bestanden van type:"),
        ("QPlatformTheme", "Cancel", "Annuleren"),
        ("QLineEdit", "Select All", "Alles selecteren"),
    ],
)
def test_what_qt_says_itself_is_said_in_dutch(dutch: QApplication, context: str, english: str, said: str) -> None:
    assert QCoreApplication.translate(context, english) == said
