"""Lets the system load Qt's libraries and read its fonts while Python imports what needs no Qt.

Neither holds the interpreter. What cannot be loaded here is left alone: importing Qt says what is wrong.
"""

from __future__ import annotations

import ctypes
import sys
from importlib.util import find_spec
from pathlib import Path
from threading import Thread


def preload() -> None:
    """Begin, and do not wait. Elsewhere than on Linux libraries are found and shared in other ways: does nothing."""
    if sys.platform == "linux":
        Thread(target=_load, name="bibliotheken", daemon=True).start()


def _load() -> None:
    spec = find_spec("PySide6")
    if spec is None or spec.origin is None:
        return
    folder = Path(spec.origin).parent
    try:
        for part in ("QtCore", "QtGui", "QtWidgets"):
            ctypes.CDLL(str(folder / f"{part}.abi3.so"))
        ctypes.CDLL("libfontconfig.so.1").FcInit()
    except (OSError, AttributeError):
        return
