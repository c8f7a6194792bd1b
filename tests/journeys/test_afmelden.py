"""After signing out nothing of the employee stays in the window, in sight or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from tests.harness.backend import BackendProcess
from tests.harness.venster import Stage, Venster, play
from ui.aanmelden.view import AanmeldScherm
from ui.frame import cursor
from ui.frame.first_glance import FirstGlance

JOHANNA = "999990019"
NOTE = "Belt over de uitrit aan de Schelpenlaan"


def said(widgets: list[QWidget]) -> Iterator[str]:
    """Whatever stands in them, also in those that are hidden."""
    for widget in widgets:
        yield widget.accessibleName()
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget.text()
        elif isinstance(widget, QPlainTextEdit):
            yield widget.toPlainText()


async def work(seat: Venster) -> None:
    await seat.sign_in("snelbalie", "balie-1", "snelbalie")
    seat.press("Ctrl+K")
    seat.write(JOHANNA)
    await seat.reads("Johanna")
    seat.press("Return")
    await seat.reads("nieuwste boven")
    seat.press("Ctrl+N")
    seat.write(NOTE)
    await seat.reads(NOTE)


async def sign_out(seat: Venster) -> list[QWidget]:
    seat.frame.actions.session_asked.emit("afmelden")
    await seat.until(lambda: seat.composition.frame is None, "the end of the session")
    await seat.until(lambda: (page := seat.shown(AanmeldScherm)) and page.wachtwoord.isVisible(), "the sign-in page")
    return QApplication.allWidgets()


@pytest.mark.usefixtures("secret_service")
def test_who_signs_out_leaves_no_text_and_no_widget(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        counted: list[int] = []
        for _turn in range(2):
            await work(seat)
            left = await sign_out(seat)
            texts = "\n".join(said(left))
            assert "Duinrode" not in texts
            assert NOTE not in texts
            counted.append(len(left))
        assert counted[0] == counted[1]
        await work(seat)
        await seat.close()
        again = await stage.open(proefdam.url, tmp_path)
        glance = again.shown(FirstGlance)
        assert glance is not None
        assert [row.row.title for row in glance.rows] == ["Johanna van Duinrode"]
        await again.until(lambda: again.composition.frame is not None, "the session that goes on")
        assert "Duinrode" not in "\n".join(said(await sign_out(again)))
        assert glance.rows == []

    play(qapp, journey)


@pytest.mark.usefixtures("secret_service")
def test_who_signs_in_after_signing_out_begins_in_the_search(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        await seat.sign_in("snelbalie", "balie-1", "snelbalie")
        contacten = seat.seat.contacten
        seat.frame.paneel.onderwerp.edit.setFocus()
        await seat.until(lambda: contacten.kept_screen(cursor.NAAM), "the field, kept")
        await sign_out(seat)
        await seat.sign_in("snelbalie", "balie-1", "snelbalie")
        assert contacten.kept_screen(cursor.NAAM) == ""
        assert seat.window.focusWidget() is seat.window.topbar.search.line

    play(qapp, journey)
