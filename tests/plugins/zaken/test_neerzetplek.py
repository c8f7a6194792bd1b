"""Files that hang above a zaak or its form: where they may be let go is to be seen, and only as long as they hang."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from plugins.zaken.aanmaken_pagina import Aanmaakpagina
from plugins.zaken.neerzetplek import Neerzetplek
from tests.harness.klembord import mime_of
from tests.harness.seat_dossier import SOORTEN
from tests.plugins.zaken.aanmaken_proef import FORM, MELDING, contact, started
from tests.plugins.zaken.dossier_proef import opened
from tests.plugins.zaken.proef import Proef
from ui.sdk import current_theme
from ui.theme.theme import Look

_AT = QPoint(5, 5)
_COPY = Qt.DropAction.CopyAction
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


async def zaak(proef: Proef) -> Neerzetplek:
    await opened(proef)
    return proef.page.detail.neerzetplek


def hang(over: QWidget, mime: QMimeData) -> bool:
    """Whether it may be let go there."""
    event = QDragEnterEvent(_AT, _COPY, mime, _LEFT, _NONE)
    QApplication.sendEvent(over, event)
    return event.isAccepted()


async def test_what_hangs_above_a_zaak_marks_the_whole_of_it_until_it_leaves(proef: Proef, tmp_path: Path) -> None:
    plek, detail = await zaak(proef), proef.page.detail
    mime = mime_of(tmp_path / "brief.pdf")
    assert hang(detail.kop, mime), "anywhere on the zaak is close enough"
    assert plek.isVisible()
    assert plek.geometry() == detail.rect()
    assert detail.childAt(_AT) is not plek, "what lies under it is still what the pointer is at"
    detail.resize(detail.width() - 40, detail.height())
    assert plek.geometry() == detail.rect()
    QApplication.sendEvent(detail, QDragLeaveEvent())
    assert plek.isHidden()
    assert hang(detail, mime)
    proef.tab.widget.hide()
    assert plek.isHidden(), "what goes out of sight hears of no leaving"


async def test_what_is_let_go_is_added_and_the_mark_goes(proef: Proef, tmp_path: Path) -> None:
    plek, detail = await zaak(proef), proef.page.detail
    mime = mime_of(tmp_path / "brief.pdf")
    assert hang(detail, mime)
    QApplication.sendEvent(detail, QDropEvent(QPointF(_AT), _COPY, mime, _LEFT, _NONE))
    assert plek.isHidden()
    await proef.until(lambda: [al.naam for al in proef.seat.dossier.rijen.values()] == ["brief.pdf"], "the file")


async def test_what_cannot_be_added_gets_no_mark(proef: Proef, tmp_path: Path) -> None:
    plek, detail = await zaak(proef), proef.page.detail
    text = QMimeData()
    text.setText("een tekst")
    assert not hang(detail, text)
    proef.seat.dossier.mag = False
    assert not hang(detail, mime_of(tmp_path / "brief.pdf"))
    assert plek.isHidden()


async def test_the_form_of_a_new_zaak_has_the_same_mark(proef: Proef, page: Aanmaakpagina, tmp_path: Path) -> None:
    vorm = msgspec.structs.replace(FORM, documenttypen=SOORTEN)
    proef.seat.zaakaanmaken.formulieren |= {MELDING.uuid: vorm}
    contact(proef)
    started(proef, page)
    await proef.reads("Documenten (mag leeg)")
    formulier = page.formulier
    assert hang(formulier.kop, mime_of(tmp_path / "brief.pdf"))
    assert formulier.neerzetplek.isVisible()
    assert formulier.neerzetplek.geometry() == formulier.rect()


@pytest.mark.parametrize("thema", ["licht", "donker", "contrast"])
async def test_the_mark_is_a_ring_and_words_in_every_theme(proef: Proef, tmp_path: Path, thema: str) -> None:
    current_theme().apply(Look(thema=thema))
    try:
        await zaak(proef)
        detail = proef.page.detail
        before = detail.grab().toImage()
        assert hang(detail, mime_of(tmp_path / "brief.pdf"))
        after = detail.grab().toImage()
        middle = detail.rect().center()
        assert after.pixelColor(1, middle.y()) == current_theme().color("focus")
        ground = current_theme().color("accent_zacht")
        near = [after.pixelColor(x, middle.y() - 14) for x in range(middle.x() - 60, middle.x() + 60)]
        assert {color.name() for color in near} == {ground.name()}
        assert before.pixelColor(1, middle.y()) != after.pixelColor(1, middle.y())
    finally:
        current_theme().apply(Look())
        QApplication.processEvents()
