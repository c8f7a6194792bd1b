"""A customer hands over papers: one is refused, three are added to the zaak, one is looked at. By keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from plugins.zaken.toevoegvak import Toevoegvak
from tests.harness.backend import BackendProcess
from tests.harness.klembord import copy_files
from tests.harness.opzet import Opzet
from tests.harness.venster import Stage, Venster, play
from tests.journeys.stappen import JOHANNA, open_first_zaak, zakenpagina
from tests.unit.voorbeeld import stukken


def _is_whole(widget: QWidget) -> bool:
    """Whether all of it is in sight, not only made."""
    return widget.isVisible() and widget.visibleRegion().boundingRect().height() == widget.height()


async def say_kinds(seat: Venster, vak: Toevoegvak) -> None:
    """Ctrl+Enter, with the kind of every document of which the name did not say it."""
    zonder = sum(not al.informatieobjecttype for al in vak.presenter.toevoegingen)
    if not (vak.soort.combo.hasFocus() and not vak.soort.value):
        seat.press("Ctrl+Return")
    for _ in range(zonder):
        await seat.until(lambda: vak.soort.combo.hasFocus() and not vak.soort.value, "the question what it is")
        seat.write(vak.presenter.soorten[0].omschrijving)
        if (suggesties := QApplication.activePopupWidget()) is not None:
            # They have the keyboard until they are gone; gone before that, they would take it afterwards.
            await seat.until(suggesties.isActiveWindow, "the suggestions")
            QTest.keyClick(suggesties, Qt.Key.Key_Return)
            seat.window.activateWindow()  # as a real desktop does once they are gone
            await seat.until(seat.window.isActiveWindow, "the keyboard")
        await seat.until(lambda: vak.soort.value, "the kind that was typed")
        seat.press("Ctrl+Return")  # adds, or asks it of the next


@pytest.mark.qt_log_ignore("This plugin does not support")  # of the suggestions that come while a kind is typed
def test_three_documents_are_added_to_a_zaak_and_one_is_looked_at(
    qapp: QApplication, overal: BackendProcess, opzet: Opzet, tmp_path: Path
) -> None:
    papieren = {
        "Kopie paspoort.png": stukken.image("PNG", (300, 200)),
        "Situatietekening.pdf": stukken.pdf(3),
        "Toelichting.txt": b"Beste gemeente, hierbij de tekening.",
    }
    for naam, inhoud in papieren.items():
        (tmp_path / naam).write_bytes(inhoud)

    async def journey(stage: Stage) -> None:
        seat = await stage.open(overal.url, tmp_path / "profiel")
        await seat.sign_in("balie2", "balie-1", "balie2")
        seat.press("Ctrl+N")
        seat.frame.focus_search()
        seat.write(JOHANNA)
        seat.press("Return")
        await seat.until(lambda: seat.frame.klant is not None, "the customer")
        await open_first_zaak(seat)
        page = zakenpagina(seat)
        vak = page.dossier.vak
        await seat.until(lambda: vak.presenter.soorten, "the kinds of document")

        lijst = page.detail.documenten.lijst
        (tmp_path / "Brief.pdf").write_bytes(b"MZ" + bytes(200))
        copy_files(tmp_path / "Brief.pdf")
        seat.press("Ctrl+Shift+V")
        await seat.reads("Dit is een programma")
        await seat.until(lambda: vak.fout.hasFocus() and _is_whole(vak.fout), "the refusal in sight, with the cursor")
        seat.press("Esc")
        focus = seat.window.focusWidget()
        assert focus is not None
        assert lijst.isAncestorOf(focus), f"the cursor among the documents, not in {focus.accessibleName()}"

        copy_files(*(tmp_path / naam for naam in papieren))
        seat.press("Ctrl+Shift+V")
        await seat.reads("3 documenten toevoegen")
        await seat.until(lambda: vak.soort.combo.hasFocus() and _is_whole(vak.soort), "the fields of what was pasted")
        assert vak.titel.text == "Kopie paspoort"
        await seat.until(lambda: _is_whole(vak.bevestig), "the button that adds them")
        await say_kinds(seat, vak)

        def titels() -> set[str]:
            return {row.title for row in page.detail.documenten.lijst.model.rows}

        verwacht = {"Kopie paspoort", "Situatietekening", "Toelichting"}
        await seat.until(lambda: verwacht <= titels(), "three documents in the dossier")
        await seat.until(lambda: not vak.lijst.isVisible(), "nothing on its way any more")

        assert sorted(row.title for row in lijst.model.rows if row.title in verwacht) == sorted(verwacht)  # once each
        await seat.until(lijst.view.hasFocus, "the cursor among the documents")
        gewenst = next(row.key for row in lijst.model.rows if row.title == "Situatietekening")
        seat.press("Home")
        for _ in range(lijst.model.row_of(gewenst)):
            seat.press("Down")
        seat.press("Return")
        await seat.reads("Bladzijde 1 van 3")
        view = page.dossier.voorbeeld
        await seat.until(lambda: not view.blad.pixmap().isNull(), "the page")
        seat.press("Esc")
        await seat.until(page.detail.kop.isVisible, "the zaak again")
        QGuiApplication.clipboard().clear()

    play(qapp, journey)
    if opzet.elders is not None:
        there = opzet.elders.zaken
        assert there.count("POST", "/enkelvoudiginformatieobjecten") == 3, "each document was made there once"
        assert there.count("POST", "/zaakinformatieobjecten") == 3, "and stands with its zaak once"
        assert {one.claims["user_id"] for one in there.requests("POST")} == {"balie2"}
