"""The first paint imports nothing heavy, and this PySide6 keeps its references to None, True and False."""

from __future__ import annotations

import subprocess
import sys

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
)


def _run(code: str) -> str:
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def test_the_first_frame_imports_nothing_heavy() -> None:
    code = f"""
import os, sys, tempfile
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from PySide6.QtWidgets import QApplication
import ui.__main__ as start
app = QApplication(["test"])
profile = Path(tempfile.mkdtemp())
settings, wrong = start.read_settings(profile)
window, plugins, glance = start.first_frame(app, profile, settings, wrong)
window.show(); app.processEvents()
print([m for m in {HEAVY!r} if m in sys.modules])
"""
    assert _run(code) == "[]"


def test_qt_is_loaded_after_everything_that_does_not_need_it() -> None:
    assert _run("import sys, ui.__main__; print([m for m in sys.modules if m.startswith('PySide6')])") == "[]"


def test_qt_keeps_its_references_to_none_true_and_false() -> None:
    code = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
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
