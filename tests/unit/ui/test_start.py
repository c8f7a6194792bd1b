"""The first paint imports nothing heavy, and this PySide6 keeps its references to None, True and False."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kcs_desktop.domain.zitplaats import Zitplaats
from kcs_desktop.services.zitplaatsbestand import Zitplaatsbestand

HEAVY = (
    "asyncio",
    "importlib.metadata",
    "kcs_desktop.sdk",
    "ui.sdk",
    "httpx",
    "sqlalchemy",
    "keyring",
    "qasync",
    "pyqtgraph",
    "argon2",
    "rapidfuzz",
    "structlog",
    "qtawesome",
    "jeepney",
    "ui.widgets.state_list",
    "ui.widgets.row_delegate",
    "ui.theme.icon_engine",
)


def _run(code: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    return result.stdout.strip()


def test_the_first_frame_imports_nothing_heavy() -> None:
    code = f"""
import sys, tempfile
from pathlib import Path
from ui.__main__ import open_window
started = open_window(Path(tempfile.mkdtemp()))
assert started.window.isVisible()
print([m for m in {HEAVY!r} if m in sys.modules])
"""
    assert _run(code) == "[]"


@pytest.mark.parametrize(
    ("functies", "tabs"),
    [((), []), (("crm",), ["klant"]), (("audit",), ["audit"])],
    ids=["nobody yet", "balie", "auditor"],
)
def test_the_rail_shows_the_tabs_of_who_was_last_here(
    tmp_path: Path, functies: tuple[str, ...], tabs: list[str]
) -> None:
    Zitplaatsbestand(tmp_path).write(Zitplaats("jan", functies=functies))
    code = f"""
from pathlib import Path
from ui.__main__ import open_window
started = open_window(Path({str(tmp_path)!r}))
print([name for name in ("klant", "audit") if started.window.rail.button(name)])
"""
    assert _run(code) == str(tabs)


def test_the_main_thread_stays_qts_main_thread_and_collecting_garbage_goes_on() -> None:
    code = """
import gc, tempfile
from pathlib import Path
from ui.__main__ import open_window
started = open_window(Path(tempfile.mkdtemp()))
from PySide6.QtCore import QThread
print(QThread.isMainThread(), started.app.thread() == QThread.currentThread(), gc.isenabled())
"""
    assert _run(code) == "True True True"


def test_libraries_that_cannot_be_loaded_ahead_are_left_to_qt() -> None:
    code = """
import ctypes, threading
def absent(name, *rest, **more):
    raise OSError(name)
ctypes.CDLL = absent
from ui.preload import preload
preload()
for thread in threading.enumerate():
    if thread is not threading.main_thread():
        thread.join()
from PySide6.QtWidgets import QApplication
print(QApplication(["test"]).applicationName())
"""
    assert _run(code) == "test"


def test_qt_is_loaded_after_everything_that_does_not_need_it() -> None:
    assert _run("import sys, ui.__main__, ui.start; print([m for m in sys.modules if m.startswith('PySide6')])") == "[]"


def test_qt_keeps_its_references_to_none_true_and_false() -> None:
    code = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(["test"])
widget = QWidget()
before = [sys.getrefcount(x) for x in (None, True, False)]
for _ in range(5000):
    widget.setEnabled(True); widget.setEnabled(False); widget.isEnabled(); widget.isVisible()
    widget.parentWidget(); widget.layout(); widget.setParent(None)
after = [sys.getrefcount(x) for x in (None, True, False)]
print([b - a > -1000 for a, b in zip(before, after)])
"""
    assert _run(code) == "[True, True, True]"
