"""The Audit tab by keys, offscreen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget

from kcs_desktop.sdk import TimedOut, Verbinding
from plugins.beheer.manifest import MANIFEST
from plugins.beheer.view import AuditTab, create_tab, tab_of
from tests.harness.seat_fake import FakeSeat
from tests.plugins.beheer.spoor import antwoord, regels
from tests.plugins.klant.proef import NepFrame
from ui.sdk import NO_CONNECTION, TabContext, current_theme


class Proef:
    def __init__(self) -> None:
        self.seat, self.frame = FakeSeat(), NepFrame()
        self.context = TabContext(self.seat, self.frame, current_theme())
        self.tab: AuditTab = create_tab(self.context)
        self.view = self.tab.view
        self.view.resize(1000, 700)
        self.view.show()
        self.tab.focus_first()

    def write(self, text: str) -> None:
        QTest.keyClicks(self.focused, text)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.focused, key)

    @property
    def focused(self) -> QWidget:
        widget = self.view.focusWidget()
        assert widget is not None
        return widget

    async def until(self, condition: Callable[[], bool]) -> None:
        for _ in range(200):
            QApplication.processEvents()
            await asyncio.sleep(0)
            if condition():
                return
        raise AssertionError("this never came")


@pytest.fixture
async def proef(qapp: QApplication) -> AsyncIterator[Proef]:
    made = Proef()
    yield made
    made.tab.close()
    made.view.close()
    made.view.deleteLater()
    QApplication.processEvents()
    assert not made.frame.fouten


async def test_a_number_and_enter_show_who_looked(proef: Proef) -> None:
    proef.seat.audit.paginas = [antwoord(regels(3, geweigerd=1))]
    proef.write("999990019")
    assert "BSN 999 990 019" in proef.view.herkend.text()
    proef.press(Qt.Key.Key_Return)
    await proef.until(lambda: proef.view.lijst.model.rowCount() == 3)
    new, refused, _old = proef.view.lijst.model.rows
    assert "Sanne Bakker" in new.spoken
    assert "Rijbewijs" in new.spoken
    assert "Geweigerd" in refused.spoken
    assert proef.view.kaart.titel == "BSN 999 990 019"


async def test_a_wrong_number_is_said_at_the_field_and_asks_nothing(proef: Proef) -> None:
    proef.write("999990018")
    assert proef.view.waarde.error == ""
    proef.press(Qt.Key.Key_Return)
    assert "geen geldig BSN" in proef.view.waarde.error
    assert proef.seat.audit.gevraagd == []
    proef.write("9")
    assert proef.view.waarde.error == ""


async def test_a_wrong_date_gets_the_cursor(proef: Proef) -> None:
    proef.write("999990019")
    proef.view.tot.edit.setText("31-2-2026")
    proef.press(Qt.Key.Key_Return)
    assert "februari" in proef.view.tot.error
    assert proef.focused is proef.view.tot.edit


async def test_more_keeps_the_place_in_the_list(proef: Proef) -> None:
    proef.seat.audit.paginas = [antwoord(regels(100), 130), antwoord(regels(30, begin=100), 130, 2)]
    proef.write("999990019")
    proef.press(Qt.Key.Key_Return)
    await proef.until(lambda: proef.view.lijst.model.rowCount() == 100)
    assert proef.view.geladen.text() == "100 van 130 getoond"
    proef.view.lijst.select("50")
    proef.tab.more()
    await proef.until(lambda: proef.view.lijst.model.rowCount() == 130)
    assert proef.view.lijst.selected == "50"
    assert not proef.view.meer.isVisible()


async def test_an_error_offers_to_ask_again(proef: Proef) -> None:
    proef.seat.audit.paginas = [TimedOut()]
    proef.write("999990019")
    proef.press(Qt.Key.Key_Return)
    await proef.until(lambda: proef.tab.presenter.fout is not None)
    proef.seat.audit.paginas = [antwoord(regels(1))]
    retry = [b for b in proef.view.findChildren(QAbstractButton) if b.text() == "Opnieuw proberen" and b.isVisible()]
    retry[0].click()
    await proef.until(lambda: proef.view.lijst.model.rowCount() == 1)
    assert proef.tab.presenter.fout is None
    assert [waarde for _, waarde, *_ in proef.seat.audit.gevraagd] == ["999990019"] * 2


async def test_tab_walks_in_reading_order_and_everything_has_a_name(proef: Proef) -> None:
    walked = []
    for _ in range(4):
        walked.append(proef.focused)
        proef.press(Qt.Key.Key_Tab)
    view = proef.view
    assert walked == [view.waarde.edit, view.van.edit, view.tot.edit, view.zoeken]
    kinds: tuple[Any, ...] = (QAbstractButton, QLineEdit, QAbstractItemView)
    widgets = [w for kind in kinds for w in view.findChildren(kind) if w.isVisible()]
    assert [w for w in widgets if not w.accessibleName()] == []


async def test_the_question_comes_back_without_being_asked_again(proef: Proef) -> None:
    proef.write("999990019")
    kept = proef.tab.state()
    proef.view.waarde.set_text("")
    proef.tab.restore(kept)
    proef.tab.restore("{broken")
    assert proef.view.waarde.text == "999990019"
    assert proef.seat.audit.gevraagd == []


async def test_commands_find_their_tab(proef: Proef) -> None:
    import plugins.beheer.commands as commands  # noqa: PLR0402 -- named as the manifest names it

    assert tab_of(proef.context) is proef.tab
    for command in MANIFEST.commands:
        assert callable(getattr(commands, command.doet.partition(":")[2]))
        assert command.functie == "audit"


async def test_without_a_connection_the_question_cannot_be_asked_and_says_why(proef: Proef) -> None:
    proef.seat.set_verbinding(Verbinding.GEEN_VERBINDING)
    assert (proef.view.zoeken.isEnabled(), proef.view.zoeken.accessibleDescription()) == (False, NO_CONNECTION)
    proef.write("999990019")
    proef.press(Qt.Key.Key_Return)
    assert proef.seat.audit.gevraagd == []
    proef.seat.set_verbinding(Verbinding.VERBONDEN)
    assert proef.view.zoeken.isEnabled()
