"""From a document that failed, among what goes out, to its zaak."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kcs_desktop.sdk import Contact, Klantverwijzing, Toevoegstand, Zaakverwijzing
from tests.harness.seat_fake import FakeSeat
from ui.context import TabContext
from ui.frame.controller import FrameController
from ui.frame.window import MainWindow
from ui.manifest import Manifest
from ui.plugins import Plugin

ZAAK = Zaakverwijzing("z-1", "ZAAK-2026-12")
_shown: list[Zaakverwijzing] = []


class Zakentab:
    """A tab that shows a zaak."""

    def __init__(self, context: TabContext) -> None:
        self.widget = QWidget()

    def show_zaak(self, zaak: Zaakverwijzing) -> None:
        _shown.append(zaak)

    def show_klant(self, klant: Klantverwijzing) -> None: ...

    def contact_activated(self, contact: Contact | None) -> None: ...

    def state(self) -> str:
        return ""

    def restore(self, state: str) -> None: ...

    def close(self) -> None: ...


async def test_enter_on_a_document_that_failed_shows_its_zaak(qtbot: QtBot) -> None:
    seat, window = FakeSeat(), MainWindow()
    window.show()
    tab = Plugin("zaken", Manifest("zaken", "Zaken", "zaken", (), 20, f"{__name__}:Zakentab"))
    controller = FrameController(window, seat, (tab,))
    seat.dossier.lay(ZAAK, "brief.pdf", stand=Toevoegstand.MISLUKT, reden="Het bestand is er niet meer.")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    controller.actions.show_outbox()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert _shown == [ZAAK]
    assert controller.tabs.current == "zaken"
    assert controller.side.content is None
    controller.close()
    window.let_go()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
