"""The page of callback notes where there is little room: what is needed now is in sight, and the rest is a key away."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.harness.seat_fake import FakeSeat
from tests.plugins.zaken.test_terugbellen import Proef, taak
from ui.sdk import Look, current_theme

LANG = "Belt over de uitrit en wil weten wat er nog moet gebeuren. " * 6
# What a window of 1280 by 720 leaves for the page, at this size of the text.
GEWOON, GROOT = (100, 795, 548), (200, 570, 428)


@pytest.fixture
async def proef(qapp: QApplication, request: pytest.FixtureRequest) -> AsyncIterator[Proef]:
    tekst, breedte, hoogte = request.param
    current_theme().apply(Look(tekst=tekst))
    made = Proef(FakeSeat())
    made.view.resize(breedte, hoogte)
    await made.until(lambda: bool(made.seat.terugbelnotities.geladen))
    made.lay(taak("t-1", toelichting=LANG), taak("t-2"))
    made.view.activateWindow()
    made.view.focus_list()
    yield made
    made.weg()
    current_theme().apply(Look())
    assert not made.frame.fouten


def in_sight(widget: QWidget) -> bool:
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


@pytest.mark.parametrize("proef", [GEWOON, GROOT], indirect=True)
@pytest.mark.parametrize("wat", ["poging", "afhandelen", "verzetten", "doorzetten"])
async def test_an_act_has_its_field_and_its_button_in_sight(proef: Proef, wat: str) -> None:
    proef.pagina.act(wat)
    paneel, detail = proef.view.detail.paneel, proef.view.detail
    await proef.until(lambda: (veld := proef.view.focusWidget()) is not None and in_sight(veld))
    assert paneel.isAncestorOf(proef.view.focusWidget() or proef.view)
    assert in_sight(paneel.uitvoeren)
    assert in_sight(paneel.annuleren)
    assert detail.scroll_column.horizontalScrollBar().value() == 0
    QTest.keyClick(paneel.uitvoeren, Qt.Key.Key_Escape)
    assert not paneel.isVisible()
    assert proef.view.lijst.view.hasFocus()


@pytest.mark.parametrize("proef", [GEWOON], indirect=True)
async def test_what_can_be_done_is_in_sight_however_much_the_note_says(proef: Proef) -> None:
    QApplication.processEvents()
    for naam in ("oppakken", "poging", "afhandelen", "verzetten", "doorzetten"):
        assert in_sight(proef.view.detail.knoppen[naam]), naam


@pytest.mark.parametrize("proef", [GROOT], indirect=True)
async def test_list_and_note_take_turns_where_there_is_no_room_for_both(proef: Proef) -> None:
    view, detail = proef.view, proef.view.detail
    assert in_sight(view.lijst.view)
    assert not detail.isVisible()
    QTest.keyClick(view.lijst.view, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert not view.kaart.isVisible()
    assert in_sight(detail.knoppen["oppakken"])
    assert detail.knoppen["oppakken"].hasFocus()
    before = detail.scroll_column.verticalScrollBar().value()
    QTest.keyClick(detail.knoppen["oppakken"], Qt.Key.Key_PageDown)
    assert detail.scroll_column.verticalScrollBar().value() > before
    QTest.keyClick(detail.knoppen["oppakken"], Qt.Key.Key_Escape)
    assert view.lijst.view.hasFocus()


@pytest.mark.parametrize("proef", [GEWOON, GROOT], indirect=True)
async def test_back_to_the_list_keeps_what_was_typed(proef: Proef) -> None:
    proef.type("afhandelen", "Uitgelegd")
    proef.view.detail.terug.click()
    assert proef.view.lijst.view.hasFocus()
    assert proef.view.detail.paneel.toelichting.text == "Uitgelegd"
    proef.pagina.act("afhandelen")
    await proef.until(lambda: in_sight(proef.view.detail.paneel.toelichting.edit))
    assert proef.view.detail.paneel.toelichting.text == "Uitgelegd"


@pytest.mark.parametrize("proef", [GEWOON], indirect=True)
async def test_another_list_is_in_sight_when_it_is_chosen(proef: Proef) -> None:
    proef.pagina.act("poging")
    assert not proef.view.kaart.isVisible()
    proef.view.klaar.click()
    assert proef.view.kaart.isVisible()
    assert proef.view.lijst.view.hasFocus()
