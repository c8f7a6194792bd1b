"""Where a zaak is begun in the window: from the contact, from a product and from a zaaktype, by button and by key."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kcs_desktop.sdk import Kanaal
from plugins.zaken.manifest import MANIFEST
from tests.harness.seat_fake import FakeSeat
from tests.harness.seat_zaakaanmaken import keuze
from ui.frame.controller import FrameController
from ui.frame.window import MainWindow
from ui.plugins import Plugin
from ui.widgets.button import Button
from ui.widgets.state_list import StateList

PRODUCT = "Rijbewijs"


@pytest.fixture
async def frame(qtbot: QtBot) -> AsyncIterator[FrameController]:
    window = MainWindow()
    window.show()
    seat = FakeSeat(met_contacten=False)
    seat.zaakaanmaken.catalogus = type(seat.zaakaanmaken.catalogus)((keuze(PRODUCT),), seat.now())
    controller = FrameController(window, seat, (Plugin("zaken", MANIFEST),))
    yield controller
    controller.close()
    window.let_go()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def fake(frame: FrameController) -> FakeSeat:
    assert isinstance(frame.seat, FakeSeat)
    return frame.seat


def with_contact(frame: FrameController, product: str = PRODUCT) -> str:
    contact = frame.seat.contacten.start(Kanaal.TELEFOON)
    frame.seat.contacten.change_vraag(contact.id, contact.vraag.id, product=product)
    return contact.id


@pytest.mark.parametrize("waar", ["strook", "paneel"])
async def test_a_button_of_the_strip_and_of_the_panel_begins_one_of_the_contact(
    frame: FrameController, waar: str
) -> None:
    contact = with_contact(frame)
    buttons = frame.strook.findChildren(Button) if waar == "strook" else frame.paneel.findChildren(Button)
    button = next(al for al in buttons if al.accessibleName().startswith("Zaak aanmaken"))
    assert button.isVisible()
    button.click()
    assert [(zaaktype, van) for zaaktype, van, _ in fake(frame).zaakaanmaken.begonnen] == [
        (keuze(PRODUCT).uuid, contact)
    ]


async def test_the_key_begins_one_of_the_contact_and_stands_in_palette_and_help(frame: FrameController) -> None:
    contact = with_contact(frame)
    frame.window.activateWindow()
    QTest.keyClick(frame.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert [van for _, van, _ in fake(frame).zaakaanmaken.begonnen] == [contact]
    frame.focus_search("> zaak aanmaken")
    assert "zaken.aanmaken" in {al.id for al in frame.zoeken.beeld.commands}
    assert frame.run("venster.help")
    shown = {row.key for keys in frame.window.findChildren(StateList) for row in keys.model.rows}
    assert "zaken.aanmaken" in shown


@pytest.mark.parametrize("regel", [f"product:{PRODUCT}", f"zaaktype:{keuze(PRODUCT).uuid}"])
async def test_a_product_and_a_zaaktype_of_the_search_begin_one(frame: FrameController, regel: str) -> None:
    contact = with_contact(frame, product="")
    frame.zoeken.choose(regel, second=True)
    assert [(zaaktype, van) for zaaktype, van, _ in fake(frame).zaakaanmaken.begonnen] == [
        (keuze(PRODUCT).uuid, contact)
    ]
