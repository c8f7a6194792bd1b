"""The real window for journeys: the composition root's own parts, on the real event loop, against a real backend.

A journey is a coroutine; `play` runs it on qasync as the product does::

    def test_x(qapp, proefdam, tmp_path):
        async def journey(stage: Stage) -> None:
            seat = await stage.open(proefdam.url, tmp_path / "a")
            await seat.sign_in("snelbalie", "balie-1", "snelbalie")
            seat.press("Ctrl+K")
            seat.write("999990019")
            ...
        play(qapp, journey)

`press` and `click` count as actions, `write` as a typed field; what moves the focus inside a list (arrows, Tab) does
not trigger anything and does not count.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import msgspec
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from kcs_desktop.sdk import Seat
from ui.aanmelden.view import AanmeldScherm
from ui.composition import Composition
from ui.frame.controller import FrameController
from ui.frame.window import MainWindow
from ui.loop import run
from ui.settings.model import Backend
from ui.start import first_frame, read_settings
from ui.theme.theme import install_theme
from ui.uitgaand.sluitscherm import SluitScherm
from ui.widgets.key_press import is_same_press

W = TypeVar("W", bound=QWidget)
R = TypeVar("R")
PATIENCE = 20.0  # seconds until a journey gives up waiting
_MOVES = {"Tab", "Shift+Tab", "Up", "Down", "Left", "Right", "PgUp", "PgDown", "Home", "End"}


class Venster:
    """One seat: its window, and hands that press keys."""

    def __init__(self, window: MainWindow, composition: Composition, task: asyncio.Task[None], stage: Stage) -> None:
        self.window = window
        self.composition = composition
        self.task = task
        self.actions = 0
        self.fields = 0
        self._stage = stage

    @property
    def frame(self) -> FrameController:
        """The frame of who is signed in."""
        frame = self.composition.frame
        assert frame is not None, "nobody is signed in"
        return frame

    @property
    def seat(self) -> Seat:
        return self.frame.seat

    async def sign_in(self, gebruikersnaam: str, werkplek: str, *rollen: str, wachtwoord: str = "") -> None:
        """Through the sign-in pages, as an employee does."""
        screen = await self.until(lambda: self.shown(AanmeldScherm), "the sign-in page")
        wachtwoord = wachtwoord or await self.until(lambda: screen.presenter.proefwachtwoord, "the published password")
        screen.wachtwoord.naam.edit.setText(gebruikersnaam)
        screen.wachtwoord.wachtwoord.edit.setText(wachtwoord)
        screen.wachtwoord.verder.click()
        # The choices of who signed in before stand there until the answer comes.
        await self.until(lambda: screen.werkplek.isVisible() and bool(screen.werkplek.boxes), "the choice of werkplek")
        screen.werkplek.plek.set_value(werkplek)
        for rol, box in screen.werkplek.boxes.items():
            box.setChecked(rol in rollen)
        screen.werkplek.begin.click()
        began = await self.until(lambda: self._is_open() or screen.presenter.vraag, "the window")
        if began is not True:  # no keyring here, and this journey is not about what is kept
            screen.wachtzin.zonder.click()
            await self.until(self._is_open, "the window")
        self.take_turn()

    def _is_open(self) -> bool:
        return self.composition.frame is not None and not self.window.is_covered

    def take_turn(self) -> None:
        """This window gets the keyboard: in one process the shortcuts of two windows would be ambiguous."""
        for other in self._stage.seats:
            if other.composition.frame is not None:
                other.frame.listen(is_listening=other is self)
        self.window.activateWindow()

    def press(self, keys: str) -> None:
        """One key or chord, to whatever has the focus."""
        if keys not in _MOVES:
            self.actions += 1
        QTest.keySequence(self.window.focusWidget() or self.window, QKeySequence(keys))

    async def press_anew(self, keys: str) -> None:
        """A press of its own: not in the rhythm of the one before."""
        await self.until(lambda: not is_same_press(), "the end of the press before")
        self.press(keys)

    def write(self, text: str) -> None:
        """Type into whatever has the focus."""
        self.fields += 1
        target = self.window.focusWidget()
        assert target is not None, "nothing has the focus"
        QTest.keyClicks(target, text)

    async def spell(self, text: str) -> None:
        """Letter by letter into whatever has the focus by then; the window goes on between two of them."""
        self.fields += 1
        for letter in text:
            focused = QApplication.focusWidget()
            assert focused is not None, f"nothing has the focus; {letter!r} of {text!r} is lost"
            QTest.keyClicks(focused, letter)
            await asyncio.sleep(0.01)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        self.actions += 1
        assert widget.isVisible(), f"{widget.accessibleName()} is not in sight"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at or QPoint())

    def button(self, naam: str) -> QAbstractButton:
        """The visible button of this accessible name."""
        found = [b for b in self.window.findChildren(QAbstractButton) if b.accessibleName() == naam and b.isVisible()]
        assert found, f"no button {naam!r}; there are {self.names(QAbstractButton)}"
        return found[0]

    def shown(self, kind: type[W]) -> W | None:
        """The visible widget of a kind."""
        return next((w for w in self.window.findChildren(kind) if w.isVisible()), None)

    def names(self, kind: type[W]) -> list[str]:
        return [w.accessibleName() for w in self.window.findChildren(kind) if w.isVisible()]

    def texts(self) -> str:
        """Every text in sight, lists included, one per line: what a strict reader would see."""
        from tests.harness.leesbaar import visible_texts

        return "\n".join(visible_texts(self.window))

    async def until(self, ready: Callable[[], R | None], what: str, patience: float = PATIENCE) -> R:
        """Let the loop run until `ready` gives something; says what was waited for when it never does."""
        return await wait_until(ready, what, patience, self)

    async def reads(self, text: str, patience: float = PATIENCE) -> None:
        """Until `text` is in sight."""
        await self.until(lambda: text in self.texts(), f"text {text!r}", patience)

    async def close(self) -> None:
        """As the employee closes the window: everything is written, nothing is left.

        Work that cannot be written is let go of.
        """
        self.window.close()
        async with asyncio.timeout(30):
            while not self.task.done():
                if (page := self.shown(SluitScherm)) is not None:
                    page.sluiten.click()
                await asyncio.wait([self.task], timeout=0.05)
        await self.task
        if self in self._stage.seats:
            self._stage.seats.remove(self)


class Stage:
    """The seats of one journey."""

    def __init__(self, app: QApplication) -> None:
        self.app = app
        self.seats: list[Venster] = []

    async def open(self, backend: str, profile: Path) -> Venster:
        """A window at `backend`, with its store in `profile` (an existing directory); not signed in."""
        settings, complaint = read_settings(profile)
        assert not complaint, complaint
        settings = msgspec.structs.replace(settings, backend=Backend(backend))
        window, plugins, glance = first_frame(self.app, profile, settings)
        window.resize(1440, 900)
        window.show()
        composition = Composition(window, profile, settings, plugins, glance)
        task = asyncio.get_running_loop().create_task(composition.run(), name=f"venster {profile.name}")
        venster = Venster(window, composition, task, self)
        self.seats.append(venster)
        return venster


async def wait_until(ready: Callable[[], R | None], what: str, patience: float, venster: Venster) -> R:
    """Poll between turns of the loop; a failed window ends the waiting at once."""
    loop = asyncio.get_running_loop()
    end = loop.time() + patience
    while not (found := ready()):
        if venster.task.done():
            venster.task.result()
        if loop.time() > end:
            raise AssertionError(f"waited {patience:.0f} s for {what}; in sight:\n{venster.texts()}")
        await asyncio.sleep(0.01)
    return found


def play(app: QApplication, journey: Callable[[Stage], Awaitable[None]], patience: float = 100) -> None:
    """Run a journey to its end and close every window it left open; gives up after `patience` seconds."""
    install_theme(app)
    stage = Stage(app)

    async def main() -> None:
        try:
            await asyncio.wait_for(journey(stage), patience)
        finally:
            for venster in tuple(stage.seats):
                await venster.close()
            app.clipboard().clear()  # files that a journey laid there and Qt still holds at exit end it with a crash

    run(app, main)
    app.sendPostedEvents()
