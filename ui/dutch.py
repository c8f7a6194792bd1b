"""What Qt itself says (file dialogs, menus of a text field, buttons of a question) is in Dutch."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator


def speak_dutch(app: QCoreApplication) -> bool:
    """Call it before any widget is made. False where Qt came without its translations: those words stay English."""
    dutch = QLocale(QLocale.Language.Dutch, QLocale.Country.Netherlands)
    QLocale.setDefault(dutch)
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator.load(dutch, "qtbase", "_", folder) and app.installTranslator(translator)
