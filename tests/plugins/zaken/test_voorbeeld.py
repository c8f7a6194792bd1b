"""A document of a zaak, looked at: its pages, its text, and what is not shown here."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kcs_desktop.sdk import Unreachable, UserError, Verbinding, Zaakdocument
from tests.harness.seat_dossier import FakeVoorbeeld
from tests.harness.seat_zaken import beeld as zaakbeeld
from tests.harness.seat_zaken import regel
from tests.plugins.zaken.dossier_proef import opened
from tests.plugins.zaken.proef import Proef


async def test_a_document_is_looked_at_with_keys_alone(proef: Proef) -> None:
    await opened(proef)
    voorbeeld = FakeVoorbeeld(3)
    proef.seat.dossier.voorbeeld = voorbeeld
    view = proef.page.dossier.voorbeeld
    lijst = proef.page.detail.documenten.lijst
    lijst.view.setFocus()
    QTest.keyClick(lijst.view, Qt.Key.Key_Return)
    await proef.reads("Bladzijde 1 van 3")
    await proef.until(lambda: not view.blad.pixmap().isNull(), "the page")
    assert voorbeeld.getekend == [(0, view.breedte)]
    assert view.schuif.horizontalScrollBar().maximum() == 0, "all of its width is in sight"
    assert proef.tab.widget.window().focusWidget() is view.schuif, "arrows and page keys go to the page"
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    await proef.reads("Bladzijde 2 van 3")
    await proef.until(lambda: (1, view.breedte) in voorbeeld.getekend, "page 2")
    QTest.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    await proef.until(lambda: (1, view.breedte * 125 // 100) in voorbeeld.getekend, "page 2 larger")
    QTest.keyClick(view, Qt.Key.Key_Escape)
    await proef.reads("Dit leest de inwoner online")
    await proef.until(lambda: voorbeeld.is_dicht, "the process to be gone")


async def test_text_is_shown_as_text(proef: Proef) -> None:
    await opened(proef)
    proef.seat.dossier.voorbeeld = FakeVoorbeeld(tekst="<b>Geachte</b>", is_afgekapt=True)
    proef.page.detail.document_gekozen.emit("d-1")
    view = proef.page.dossier.voorbeeld
    await proef.until(lambda: view.tekst.toPlainText().startswith("<b>Geachte</b>"), "the text")
    assert "De rest staat hier niet" in view.tekst.toPlainText()


async def test_what_is_not_opened_inside_says_so_and_can_be_saved(
    proef: Proef, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    await opened(proef)
    proef.seat.dossier.voorbeeld = UserError("Een Word-document wordt hier niet geopend.", advice="Sla het op.")
    monkeypatch.setattr(
        "plugins.zaken.dossierdeel.ask_save", lambda _parent, _titel, naam, chosen: chosen(tmp_path / naam)
    )
    proef.page.detail.document_gekozen.emit("d-1")
    await proef.reads("Een Word-document wordt hier niet geopend.")
    QTest.keyClick(proef.page.dossier.voorbeeld, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    await proef.until(lambda: proef.seat.dossier.bewaard, "it to be saved")
    assert proef.seat.dossier.bewaard == [("d-1", tmp_path / "tekening.pdf")]


async def test_a_page_that_cannot_be_drawn_leaves_the_rest(proef: Proef) -> None:
    await opened(proef)
    voorbeeld = FakeVoorbeeld(2)
    voorbeeld.fout = UserError("Dit bestand kan hier niet worden getoond: het tekenen ervan is gestopt.")
    proef.seat.dossier.voorbeeld = voorbeeld
    proef.page.detail.document_gekozen.emit("d-1")
    await proef.reads("het tekenen ervan is gestopt")
    await proef.reads("Bladzijde 1 van 2")
    assert not voorbeeld.is_dicht


async def test_pages_turned_in_haste_end_at_the_last_one(proef: Proef) -> None:
    await opened(proef)
    voorbeeld = FakeVoorbeeld(4)
    voorbeeld.mag_tekenen.clear()
    proef.seat.dossier.voorbeeld = voorbeeld
    proef.page.detail.document_gekozen.emit("d-1")
    view = proef.page.dossier.voorbeeld
    await proef.until(lambda: voorbeeld.getekend, "the first page to be asked")
    for _ in range(2):
        QTest.keyClick(view, Qt.Key.Key_PageDown)
    voorbeeld.mag_tekenen.set()
    await proef.until(lambda: [blad for blad, _ in voorbeeld.getekend] == [0, 2], "the last page, and no other")
    await proef.until(lambda: not view.blad.pixmap().isNull(), "the page")
    assert proef.page.dossier.presenter.fout is None


async def test_after_a_page_that_cannot_be_drawn_the_next_one_is_shown(proef: Proef) -> None:
    await opened(proef)
    voorbeeld = FakeVoorbeeld(2)
    voorbeeld.fout = UserError("Deze bladzijde is beschadigd.")
    proef.seat.dossier.voorbeeld = voorbeeld
    proef.page.detail.document_gekozen.emit("d-1")
    await proef.reads("Deze bladzijde is beschadigd.")
    voorbeeld.fout = None
    view = proef.page.dossier.voorbeeld
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    await proef.until(lambda: not view.blad.pixmap().isNull(), "the second page")
    assert not view.melding.isVisible()


async def test_a_document_that_cannot_be_fetched_is_told(proef: Proef) -> None:
    await opened(proef)
    proef.seat.dossier.voorbeeld = Unreachable()
    proef.page.detail.document_gekozen.emit("d-1")
    await proef.reads("De server is niet bereikbaar.")
    assert "d-1" in {row.key for row in proef.page.detail.documenten.lijst.model.rows}


async def test_another_zaak_puts_the_document_away(proef: Proef) -> None:
    await opened(proef)
    voorbeeld = FakeVoorbeeld(1)
    proef.seat.dossier.voorbeeld = voorbeeld
    proef.page.detail.document_gekozen.emit("d-1")
    await proef.reads("Bladzijde 1 van 1")
    document = Zaakdocument("d-9", "Brief")
    proef.seat.nep_zaken.beelden["z-3980"] = [zaakbeeld(regel(3980), documenten=(document,))]
    proef.page.lijst.gekozen.emit("z-3980")
    await proef.until(lambda: voorbeeld.is_dicht, "the process to be gone")
    await proef.reads("Dit leest de inwoner online")
    assert [row.key for row in proef.page.detail.documenten.lijst.model.rows] == ["d-9"]
    QApplication.processEvents()


async def test_without_a_connection_the_list_says_beforehand_that_no_document_opens(proef: Proef) -> None:
    await opened(proef)
    assert "openen kan niet" not in proef.texts
    proef.seat.set_verbinding(Verbinding.GEEN_VERBINDING)
    await proef.reads("openen kan niet zonder verbinding")
    proef.page.detail.document_gekozen.emit("d-1")
    assert not proef.page.dossier.is_open
    assert proef.frame.geweigerd == ["Dit kan niet zonder verbinding."]
    proef.seat.set_verbinding(Verbinding.VERBONDEN)
    await proef.until(lambda: "openen kan niet" not in proef.texts, "the end of the reason")
    proef.page.detail.document_gekozen.emit("d-1")
    assert proef.page.dossier.is_open
