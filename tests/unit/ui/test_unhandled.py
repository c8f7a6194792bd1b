"""What nobody caught is written without its message, wherever it broke, and shown to the employee."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from ui.redacted import redacted
from ui.unhandled import AGAIN, Unhandled

# The window itself, with something that breaks in every way once it runs.
_WINDOW = """
import asyncio, sys, threading
import ui.composition
from PySide6.QtCore import QTimer
from ui.__main__ import main
from ui.frame.report import ReportDialog

SECRET = "klant 999990019 J. van Duinrode"

def in_slot(): raise ValueError(SECRET)
def in_thread(): raise LookupError(SECRET)
def in_callback(): raise ArithmeticError(SECRET)
async def in_task(): raise RuntimeError(SECRET)
class Freed:
    def __del__(self): raise TypeError(SECRET)

class Composition(ui.composition.Composition):
    def in_sight(self):
        dialogs = self._window.findChildren(ReportDialog)
        return "".join(dialog.text.toPlainText() + "\\n" for dialog in dialogs if dialog.isVisible())
    async def run(self):
        work = asyncio.create_task(super().run())
        await asyncio.sleep(0)
        QTimer.singleShot(0, in_slot)
        threading.Thread(target=in_thread).start()
        asyncio.get_running_loop().call_soon(in_callback)
        asyncio.create_task(in_task())
        Freed()
        async with asyncio.timeout(30):
            while not all(f" {part}\\n" in self.in_sight() for part in sys.argv[2:]):
                await asyncio.sleep(0.01)
        print(self.in_sight())
        self._window.close()
        await work

ui.composition.Composition = Composition
sys.exit(main(["--profiel", sys.argv[1], "--backend", "http://127.0.0.1:9"]))
"""
_BROKEN = {
    "ValueError": "in_slot",
    "LookupError": "in_thread",
    "ArithmeticError": "in_callback",
    "RuntimeError": "in_task",
    "TypeError": "__del__",
}


def test_what_breaks_in_the_window_is_shown_and_leaves_no_message_on_stderr(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
    done = subprocess.run(
        [sys.executable, "-c", _WINDOW, str(tmp_path), *_BROKEN.values()],
        env=environment,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for text in (done.stdout, done.stderr):
        assert "999990019" not in text
        assert "Duinrode" not in text
        assert [text.count(kind) for kind in _BROKEN] == [1] * len(_BROKEN), text
        assert [text.count(f" {function}\n") for function in _BROKEN.values()] == [1] * len(_BROKEN), text


def test_who_interrupts_the_program_sees_what_python_says_of_it() -> None:
    code = "from ui.unhandled import Unhandled; Unhandled().install(); raise KeyboardInterrupt('by hand')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert "KeyboardInterrupt: by hand" in done.stderr


def broken(text: str) -> BaseException:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


async def test_what_breaks_at_every_paint_is_shown_now_and_then() -> None:
    now, shown = [0.0], list[BaseException]()
    unhandled = Unhandled(lambda: now[0])
    with unhandled.shown_by(shown.append, asyncio.get_running_loop()):
        for _ in range(100):
            unhandled.take(broken("een klant"), "in a test")
        now[0] = AGAIN
        unhandled.take(broken("een klant"), "in a test")
        await asyncio.sleep(0)
    assert [redacted(error) for error in shown] == [redacted(broken("een klant"))] * 2


async def test_a_report_that_breaks_itself_is_written_and_not_shown_again() -> None:
    asked: list[BaseException] = []

    def show(error: BaseException) -> None:
        asked.append(error)
        raise RuntimeError("het venster is weg")

    unhandled = Unhandled()
    with unhandled.shown_by(show, asyncio.get_running_loop()):
        unhandled.take(broken("een klant"), "in a test")
        for _ in range(3):
            await asyncio.sleep(0)
    unhandled.take(broken("daarna"), "in a test")
    assert len(asked) == 1
