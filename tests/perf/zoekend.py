"""What `tests.perf.kind` does for `zoeken` and `synchronisatie`: the real window over a store with a whole country.

A key is timed from its press until the overlay has painted what the own store answers to the text so far.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from kcs_desktop.domain.klant import Klantbeeld
    from kcs_desktop.services.seat import SeatService
    from tests.harness.venster import Stage, Venster
    from tests.zoekvragen.vraag import Vraag

TODAY = date(2026, 11, 24)
PATIENCE = 900.0  # seconds
IDLE_BEATS = 1_000  # of a window at rest, before the sync
BUILD_CACHE = 1_000_000  # kB of pages while the index is built


def zoekindex(path: str, key: str, personen: str, bedrijven: str) -> dict[str, Any]:
    """Make a store at `path` whose index holds the population."""
    from sqlalchemy import MetaData, create_engine
    from sqlcipher3 import dbapi2

    from kcs_desktop.cache.cachebestand import Cachebestand
    from kcs_desktop.cache.zoekindex import Zoekindex
    from kcs_desktop.search.index import Index
    from kcs_desktop.search.tables import make_tables
    from tests.zoekvragen.vullen import fill

    cache = Cachebestand(Path(path), bytes.fromhex(key), lambda: datetime.now(UTC))
    cache.open()
    Zoekindex(cache).catch_up()
    cache.db.execute("PRAGMA journal_mode=DELETE")
    cache.close()

    def connect() -> dbapi2.Connection:
        db = dbapi2.connect(path)
        db.execute(f"PRAGMA key=\"x'{key}'\"")
        for pragma in (f"cache_size=-{BUILD_CACHE}", "journal_mode=OFF", "synchronous=OFF", "temp_store=MEMORY"):
            db.execute(f"PRAGMA {pragma}")
        return db

    start = time.perf_counter()
    engine = create_engine("sqlite://", module=dbapi2, creator=connect)
    with engine.begin() as conn:
        aantal = fill(conn, Index(make_tables(MetaData(), "zoek_")), int(personen), int(bedrijven))
    engine.dispose()
    return {"aantal": aantal, "seconds": time.perf_counter() - start, "bytes": Path(path).stat().st_size}


def zoekplek(profile: str, key: str) -> dict[str, Any]:
    """Give the employee of this profile another key; the store's name, so that a store can be put in its place."""
    from kcs_desktop.cache.eerste_blik import read_zitplaats
    from kcs_desktop.security.sleutelbos import OsSleutelbos
    from kcs_desktop.security.sleutels import keep_key

    winkel = read_zitplaats(Path(profile)).winkel
    keep_key(OsSleutelbos(), winkel, bytes.fromhex(key))
    return {"winkel": winkel}


def aanmelden(url: str, profile: str) -> dict[str, Any]:
    """Sign in once, so that the profile knows its employee."""

    async def journey(_seat: Venster) -> dict[str, Any]:
        return {}

    return _drive(url, profile, journey)


def zoeken(url: str, profile: str, every: str) -> dict[str, Any]:
    """Type every so many query of the set, key by key; then ask the whole set and see where the right one stands."""

    async def journey(seat: Venster) -> dict[str, Any]:
        from tests.zoekvragen.vraag import read_vragen

        vragen = read_vragen()
        await _service(seat).zoeken.settle()  # the engine is loaded within a second of the sign-in
        seat.press("Ctrl+K")
        keys = await _typed(seat, [vraag.tekst for vraag in vragen[:: int(every)]])
        places: dict[str, list[int | None]] = defaultdict(list)
        for vraag in vragen:
            places[vraag.soort].append(await _place(seat, vraag))
        return {"keys": keys, "places": places}

    return _drive(url, profile, journey)


async def _typed(seat: Venster, texts: list[str]) -> list[list[Any]]:
    """Milliseconds from each key to its paint, how many the processor worked, and the text that stood there."""
    from PySide6.QtCore import QCoreApplication, QEvent

    from kcs_desktop.domain.tekst import clean
    from ui.zoeken.overlay import ZoekOverlay
    from ui.zoeken.presenter import Zoekbeeld, is_loading

    overlay = seat.window.findChild(ZoekOverlay)
    assert isinstance(overlay, ZoekOverlay)
    line = seat.window.focusWidget()
    assert line is not None
    painted = asyncio.Event()
    wanted = ""
    at = worked = 0.0

    def on_changed(beeld: Zoekbeeld) -> None:
        nonlocal at, worked
        result = beeld.resultaat
        if result is None or result.vraag.tekst != wanted or is_loading(result, "eigen"):
            return
        # What the answer changed, and no more: as Qt paints it in its next turn.
        overlay.view.settle()
        QCoreApplication.sendPostedEvents(None, int(QEvent.Type.LayoutRequest))
        QCoreApplication.sendPostedEvents(seat.window, int(QEvent.Type.UpdateRequest))
        at, worked = time.perf_counter(), time.process_time()
        painted.set()

    overlay.presenter.changed.connect(on_changed)  # after the overlay itself, which shows first
    took: list[list[Any]] = []
    for text in texts:
        seat.press("Ctrl+A")
        for end in range(1, len(text) + 1):
            wanted = clean(text[:end])
            painted.clear()
            start, before = time.perf_counter(), time.process_time()
            _press(line, text[end - 1])
            await asyncio.wait_for(painted.wait(), 20)
            took.append([round((at - start) * 1000, 2), round((worked - before) * 1000, 2), text[:end]])
            await asyncio.sleep(0.01)
    return took


def _press(line: QWidget, character: str) -> None:
    """One key. Qt's own test keyboard has only the letters without accents."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    if character.isascii():
        QTest.keyClicks(line, character)
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, character)
        QApplication.sendEvent(line, event)


async def _place(seat: Venster, vraag: Vraag) -> int | None:
    """Where the right customer stands among the hits of the own store."""
    from kcs_desktop.search.recognise import recognise

    service = _service(seat)
    index = service.zoeken._index_of(service._opslag.cache)
    gevraagd = recognise(vraag.tekst, TODAY)
    hits = await service._opslag.werker.run(index._search, gevraagd, 20, lambda: False)
    return vraag.place([hit.document for hit in hits])


def _service(seat: Venster) -> SeatService:
    from kcs_desktop.services.seat import SeatService

    assert isinstance(seat.seat, SeatService)
    return seat.seat


class Gap(NamedTuple):
    """Milliseconds between two beats: the longest, and the most that the GUI thread itself worked in one."""

    longest: float
    worked: float


class Stall:
    """Beats every millisecond on the GUI thread: what comes late by so much was kept waiting for so long."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._gap = Gap(0.0, 0.0)
        self._beats = 0
        self._heard = asyncio.Event()
        self._last, self._work = time.perf_counter(), time.thread_time()
        self._beat = QTimer()
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.setInterval(1)
        self._beat.timeout.connect(self._on_beat)
        self._beat.start()

    def take(self) -> Gap:
        """What there was since the last time."""
        taken, self._gap = self._gap, Gap(0.0, 0.0)
        return taken

    async def beats(self, aantal: int) -> None:
        """Until it beat so many times more."""
        end = self._beats + aantal
        while self._beats < end:
            self._heard.clear()
            await self._heard.wait()

    def stop(self) -> None:
        self._beat.stop()

    def _on_beat(self) -> None:
        now, work = time.perf_counter(), time.thread_time()
        longest, worked = (now - self._last) * 1000, (work - self._work) * 1000
        self._gap = Gap(max(self._gap.longest, longest), max(self._gap.worked, worked))
        self._last, self._work = now, work
        self._beats += 1
        self._heard.set()


def synchroniseer(url: str, profile: str, aantal: str) -> dict[str, Any]:
    """Keep so many customers one after another, as a sync does, while the window stands open; its longest stall."""

    async def journey(seat: Venster) -> dict[str, Any]:
        service = _service(seat)
        beelden = [_beeld(nr) for nr in range(int(aantal))]
        await service.zoeken.settle()
        stall = Stall()
        await stall.beats(IDLE_BEATS)
        idle = stall.take()
        start = time.perf_counter()
        for beeld in beelden:
            await service._opslag.werker.run(service._opslag.cache.write_klantbeeld, beeld, opened=False)
            service.zoeken.keep(beeld)
        await service.zoeken.settle()
        seconds = time.perf_counter() - start
        busy = stall.take()
        stall.stop()
        return {"seconds": seconds, "longest": busy.longest, "worked": busy.worked, "idle": idle.longest}

    return _drive(url, profile, journey)


def _beeld(nr: int) -> Klantbeeld:
    """A person who is not in the store yet, as a register gives one."""
    from kcs_desktop.domain.klant import Klantbeeld, KlantSleutel, Persoonsgegevens, SoortKlant
    from tests.zoekvragen.bevolking import persoon

    mens = persoon(nr)
    adres = (f"{mens.straat} {mens.huisnummer}", f"{mens.postcode} {mens.plaats}")
    gegevens = Persoonsgegevens(mens.bsn, mens.naam, geboortedatum=mens.geboortedatum, adresregels=adres)
    return Klantbeeld(KlantSleutel(SoortKlant.PERSOON, partij=f"nieuw-{nr}"), mens.naam, persoon=gegevens)


def _drive(url: str, profile: str, journey: Callable[[Venster], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
    from PySide6.QtWidgets import QApplication

    from tests.harness.venster import play
    from ui.aanmelden.view import AanmeldScherm

    result: dict[str, Any] = {}

    async def act(stage: Stage) -> None:
        seat = await stage.open(url, Path(profile))
        seat.window.resize(1920, 1080)
        await seat.until(lambda: seat.shown(AanmeldScherm) or seat.composition.frame, "the window")
        if seat.composition.frame is None:  # else this profile remembers its employee
            await seat.sign_in("snelbalie", "balie-1", "snelbalie")
        seat.take_turn()
        result.update(await journey(seat))

    play(QApplication(["kcs-desktop"]), act, PATIENCE)
    return result


KINDS: dict[str, Callable[..., dict[str, Any]]] = {
    "zoekindex": zoekindex,
    "zoekplek": zoekplek,
    "aanmelden": aanmelden,
    "zoeken": zoeken,
    "synchroniseer": synchroniseer,
}
