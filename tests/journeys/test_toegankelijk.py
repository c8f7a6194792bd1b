"""Every control of the real window has a name and is reached by keys; nothing is cut off."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from tests.harness.backend import BackendProcess
from tests.harness.venster import Stage, play
from tests.journeys.stappen import JOHANNA, open_customer
from tests.unit.ui.accessibility import defects
from ui.theme.theme import Look, current_theme


@pytest.mark.parametrize(
    ("tekst", "size"), [(100, QSize(1280, 720)), (100, QSize(1920, 1080)), (200, QSize(1920, 1080))]
)
def test_nothing_is_unnamed_out_of_reach_or_cut_off(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path, tekst: int, size: QSize
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        seat.window.resize(size)
        current_theme().apply(Look(thema="licht", tekst=tekst))
        await seat.reads("kijken-en-proberen")
        assert defects(seat.window) == []
        await seat.sign_in("snelbalie", "balie-1", "snelbalie")
        assert defects(seat.window) == []
        await open_customer(seat, JOHANNA)
        assert defects(seat.window) == []
        seat.press("F2")
        seat.write("Wil terugbelafspraak.")
        seat.frame.paneel.callback()
        assert defects(seat.window) == []

    try:
        play(qapp, journey)
    finally:
        current_theme().apply(Look(thema="licht"))


def test_tab_reaches_every_control_of_the_panel(qapp: QApplication, proefdam: BackendProcess, tmp_path: Path) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        await seat.sign_in("snelbalie", "balie-1", "snelbalie")
        await open_customer(seat, JOHANNA)
        seat.press("F2")
        reached: list[str] = []
        for _ in range(60):
            widget = seat.window.focusWidget()
            reached.append(widget.accessibleName() if isinstance(widget, QWidget) else "")
            seat.press("Tab")
        for name in ("Notitie", "Onderwerp", "Product", "Afdeling", "Afhandeling", "Kanaal", "Terugbellen"):
            assert name in reached, reached
        first = [reached.index(name) for name in ("Notitie", "Onderwerp", "Product", "Afdeling", "Afhandeling")]
        assert first == sorted(first), reached

    play(qapp, journey)
