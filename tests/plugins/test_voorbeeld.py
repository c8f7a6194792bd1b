"""The plugin of the guide loads and works as the guide says."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kcs_desktop.sdk import Kanaal
from tests.harness.leesbaar import visible_texts
from tests.harness.seat_fake import FakeSeat
from ui.frame.controller import FrameController
from ui.frame.window import MainWindow
from ui.manifest import Manifest
from ui.plugins import Plugin

EXAMPLE = Path(__file__).parents[2] / "docs" / "voorbeeld" / "groet.py"


@pytest.fixture
def manifest() -> Iterator[Manifest]:
    spec = importlib.util.spec_from_file_location("groet", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["groet"] = module
    spec.loader.exec_module(module)
    yield module.MANIFEST
    del sys.modules["groet"]


def test_the_guides_plugin_shows_whom_the_employee_helps(qtbot: QtBot, manifest: Manifest) -> None:
    seat = FakeSeat(met_contacten=False)
    window = MainWindow()
    qtbot.addWidget(window)
    frame = FrameController(window, seat, (Plugin("groet", manifest),))
    frame.first_tab()
    with qtbot.waitExposed(window):
        window.show()
    assert "Niemand om te groeten" in list(visible_texts(window))
    seat.contacten.start(Kanaal.BALIE, beller="0612345678")
    assert "Dag 06 12 34 56 78" in list(visible_texts(window))
    assert frame.run("groet.groeten")
    frame.close()
    window.let_go()


def test_the_guides_plugin_is_as_short_as_it_is_said_to_be() -> None:
    lines = [line.strip() for line in EXAMPLE.read_text("utf-8").splitlines()]
    code = [line for line in lines if line and not line.startswith(("from ", '"""'))]
    assert len(code) <= 30
