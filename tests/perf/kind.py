"""The measured processes: each is started fresh by a benchmark and prints one JSON object.

`kaal` and `frame` are timed from outside: they print the clock when their window is painted. `vul`, `stal` and
`geheugen` drive the real window. Imports of the product stay inside, so that each process loads only what it measures.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from tests.harness.venster import Stage, Venster

BIG = (1920, 1080)


def kaal() -> dict[str, Any]:
    """A window with nothing in it: the floor."""
    from PySide6.QtWidgets import QApplication, QWidget

    app = QApplication(["kaal"])
    window = QWidget()
    window.resize(1440, 900)
    window.show()
    return {"painted": _painted(app, window)}


def frame(profile: str) -> dict[str, Any]:
    """The product's first frame, as `ui.__main__.main` makes it."""
    from ui.__main__ import open_window

    started = open_window(Path(profile))
    painted = time.monotonic()
    assert started.window.isVisible()
    return {"painted": painted, "rows": len(started.glance.rows)}


def vul(url: str, profile: str) -> dict[str, Any]:
    """Open a customer, so that the store of this profile holds one."""

    async def journey(seat: Venster) -> dict[str, Any]:
        await _open(seat, "999990019")
        return {"bewaart": seat.seat.bewaart}

    return _drive(url, profile, journey)


def stal(url: str, profile: str, rondes: str) -> dict[str, Any]:
    """The longest time the GUI thread did not come back to its events while a large customer loaded."""

    async def journey(seat: Venster) -> dict[str, Any]:
        from PySide6.QtCore import Qt, QTimer

        await _open(seat, "999990019")  # the tab's code loads once, at the first customer
        longest: list[float] = []
        last = time.perf_counter()
        gap = 0.0

        def on_beat() -> None:
            # What comes every millisecond comes late by exactly as long as the thread was busy.
            nonlocal last, gap
            now = time.perf_counter()
            gap, last = max(gap, now - last), now

        beat = QTimer()
        beat.setTimerType(Qt.TimerType.PreciseTimer)
        beat.setInterval(1)
        beat.timeout.connect(on_beat)
        beat.start()
        for _ in range(int(rondes)):
            await _open(seat, "999990019")
            gap = 0.0
            await _open(seat, "999990020")
            longest.append(gap * 1000)
        beat.stop()
        return {"longest": longest}

    return _drive(url, profile, journey)


def geheugen(url: str, profile: str) -> dict[str, Any]:
    """Proportional set size with frame and Klant tab, a large customer on screen, in MB."""

    async def journey(seat: Venster) -> dict[str, Any]:
        await _open(seat, "999990019")
        await _open(seat, "999990020")
        import gc

        gc.collect()
        return {"pss": _pss()}

    return _drive(url, profile, journey)


def _pss() -> float:
    rollup = Path("/proc/self/smaps_rollup").read_text("ascii")
    pss = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
    return int(pss.split()[1]) / 1024


def _painted(app: QApplication, window: QWidget) -> float:
    """The clock after the first whole paint of the window."""
    for _ in range(3):
        app.processEvents()
    assert window.isVisible()
    return time.monotonic()


def _drive(url: str, profile: str, journey: Any) -> dict[str, Any]:
    from PySide6.QtWidgets import QApplication

    from tests.harness.venster import play

    result: dict[str, Any] = {}

    async def act(stage: Stage) -> None:
        seat = await stage.open(url, Path(profile))
        seat.window.resize(*BIG)
        await seat.sign_in("snelbalie", "balie-1", "snelbalie")
        result.update(await journey(seat))

    play(QApplication(["kcs-desktop"]), act)
    return result


async def _open(seat: Venster, bsn: str) -> None:
    """Open by BSN, as a chosen hit does; until the whole picture is painted."""
    import asyncio

    from kcs_desktop.sdk import Bronstand, KlantSleutel, Klantverwijzing, SoortKlant
    from plugins.klant.view import KlantTab

    seat.frame.open_klant(Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn=bsn), "Klant"))
    tab = seat.frame.tabs.loaded["klant"]
    assert isinstance(tab, KlantTab)

    def stands() -> bool:
        beeld = tab.presenter.beeld
        if beeld is None or beeld.sleutel.bsn != bsn or not beeld.contacten:
            return False
        return all(beeld.bron(naam).stand is Bronstand.KLAAR for naam in ("brp", "klantinteracties"))

    await seat.until(stands, "the picture")
    for _ in range(30):  # the parts are painted one per turn
        await asyncio.sleep(0.01)


KINDS: dict[str, Callable[..., dict[str, Any]]] = {
    "kaal": kaal,
    "frame": frame,
    "vul": vul,
    "stal": stal,
    "geheugen": geheugen,
}

if __name__ == "__main__":
    what, *arguments = sys.argv[1:]
    print(json.dumps(KINDS[what](*arguments)))
