"""Compose what needs the services: loaded after the first paint, on the loop. Only `ui.__main__` imports it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication

from kcs_desktop.domain.bewaartermijnen import Bewaartermijnen
from kcs_desktop.domain.klant import Klantverwijzing
from kcs_desktop.sdk import Sessie, Verbinding
from kcs_desktop.services.profielslot import Profielslot
from kcs_desktop.services.seat import SeatService, open_seat
from ui.aanmelden.bezet import BezetPresenter, Bezetstand
from ui.aanmelden.bezet_view import BezetScherm
from ui.aanmelden.presenter import AanmeldPresenter
from ui.aanmelden.stilte import Stilte
from ui.aanmelden.view import AanmeldScherm
from ui.frame.actions import look_of
from ui.frame.browser import open_in_browser
from ui.frame.controller import FrameController
from ui.frame.first_glance import FirstGlance
from ui.frame.report import ReportDialog
from ui.frame.window import MainWindow
from ui.plugins import Plugin
from ui.settings.model import FILE, Settings, save_setting
from ui.tasks import TaskScope
from ui.theme.theme import current_theme
from ui.uitgaand.sluiten import Sluitkeuze, SluitPresenter
from ui.uitgaand.sluitscherm import SluitScherm

LOOK_AGAIN = 1.0  # seconds between looks whether the work is saved after all


class Composition:
    """One per run. The frame is made anew at every sign-in of another person, so nothing of the last one stays."""

    def __init__(
        self, window: MainWindow, profile: Path, settings: Settings, plugins: tuple[Plugin, ...], glance: FirstGlance
    ) -> None:
        self._window = window
        self._glance: FirstGlance | None = glance
        glance.chosen.connect(self.want)
        self._profile = profile
        self._settings = settings
        self._plugins = plugins
        self._frame: FrameController | None = None
        self._report: ReportDialog | None = None
        self._who = ""
        self._wanted: Klantverwijzing | None = None
        self._closing = asyncio.Event()
        self._is_session_end = False

    @property
    def frame(self) -> FrameController | None:
        """The frame of who is signed in; None while nobody is."""
        return self._frame

    def report(self, error: BaseException) -> None:
        """Show the employee what went wrong, signed in or not."""
        if self._frame is not None:
            self._frame.report(error)
            return
        if self._report is None:
            self._report = ReportDialog(self._window)
        self._report.add(error)

    def want(self, klant: Klantverwijzing) -> None:
        """A customer was chosen before anybody was signed in."""
        self._wanted = klant

    async def run(self) -> None:
        """From the painted frame to the closed window. Another window on this profile may take the work over."""
        self._window.closing.connect(self._on_closing)
        slot = Profielslot(self._profile)
        try:
            is_ours = slot.take() or await self._obtain(slot, Bezetstand.AL_OPEN)
            while is_ours:
                is_asked = await self._work(slot)
                slot.release()
                is_ours = is_asked and await self._obtain(slot, Bezetstand.OVERGENOMEN)
        finally:
            slot.release()
            self._window.let_go()

    async def _obtain(self, slot: Profielslot, stand: Bezetstand) -> bool:
        """Until this window may work on the profile; False when it is closed first."""
        obtained = asyncio.Event()
        presenter = BezetPresenter(slot, stand)
        presenter.obtained.connect(lambda _none: obtained.set())
        page = BezetScherm(presenter, TaskScope(self._on_error))
        self._window.show_cover(page)
        page.focus_first()
        try:
            return await _first_of(obtained.wait(), self._closing.wait()) == 0
        finally:
            page.close_page()
            self._window.hide_cover(is_same_work=False)
            page.deleteLater()

    async def _work(self, slot: Profielslot) -> bool:
        """From the start of a seat to its end; True when another window asks for the profile."""
        window = self._window
        bewaren = self._settings.bewaren
        termijnen = Bewaartermijnen(
            geopend=timedelta(days=bewaren.klantbeeld_dagen), sessie=timedelta(hours=bewaren.sessie_uren)
        )
        seat = open_seat(self._profile, backend=self._settings.backend.url, termijnen=termijnen)
        presenter = AanmeldPresenter(seat.aanmelden, open_in_browser)
        tasks = TaskScope(self._on_error)
        screen = AanmeldScherm(presenter, tasks)
        screen.hide()
        idle = Stilte(self._settings.slot.minuten, window)
        idle.watch(window)
        seat.verbinding_changed.connect(window.topbar.connection.show_state)
        screen.signed_in.connect(partial(self._enter, seat, presenter, tasks, screen, idle))
        idle.fell.connect(partial(self._lock, seat, presenter, screen))
        idle.busy.connect(partial(self._note_busy, seat, idle))
        seat.sessie_changed.connect(partial(self._on_sessie, presenter, screen))
        try:
            await seat.start()
            window.topbar.connection.show_state(seat.verbinding)
            is_resumed = await presenter.resume()
            self._end_glance()
            if not is_resumed:
                self._wanted = None  # it was chosen under the employee of before, not under who signs in next
                self._cover(screen)
            elif seat.aanmelden.is_locked:
                self._lock(seat, presenter, screen)
            while True:
                is_asked = await _first_of(slot.asked(), self._closing.wait()) == 0
                if await seat.can_let_go():
                    return is_asked
                # Nobody answers while the system ends the session: then what can be saved is saved, and no more.
                if not is_asked and (self._is_session_end or await self._may_close(seat, slot, screen)):
                    return False
        finally:
            idle.stop()
            self._note_busy(seat, idle)
            self._leave_frame()
            screen.close_pages()
            await seat.close()
            if window.is_covered:
                window.hide_cover(is_same_work=False)
            screen.deleteLater()
            idle.deleteLater()

    async def _may_close(self, seat: SeatService, slot: Profielslot, screen: AanmeldScherm) -> bool:
        """Ask the employee, whose work stands in memory only; True also when it is saved meanwhile."""
        window, was_covered = self._window, self._window.is_covered
        may_export = seat.sessie is not None and not was_covered
        presenter = SluitPresenter(seat, may_export=may_export, has_left=lambda: seat.has_left)
        page = SluitScherm(presenter, TaskScope(self._on_error))
        chosen: list[Sluitkeuze] = []
        is_chosen = asyncio.Event()
        presenter.chosen.connect(chosen.append)
        presenter.chosen.connect(lambda _keuze: is_chosen.set())
        window.show_cover(page)
        page.focus_first()
        try:
            while True:
                which = await _first_of(is_chosen.wait(), slot.asked(), asyncio.sleep(LOOK_AGAIN))
                if which == 0:
                    return chosen[0] is Sluitkeuze.SLUITEN
                if await seat.can_let_go():
                    return True
                page.refresh()
        finally:
            self._closing.clear()
            page.close_page()
            if was_covered:
                page.hide()
                window.show_cover(screen)
            else:
                window.hide_cover()
            page.deleteLater()

    def _on_closing(self) -> None:
        app = QGuiApplication.instance()
        self._is_session_end = isinstance(app, QGuiApplication) and app.isSavingSession()
        self._closing.set()

    def _enter(
        self,
        seat: SeatService,
        presenter: AanmeldPresenter,
        tasks: TaskScope,
        screen: AanmeldScherm,
        idle: Stilte,
        who: Sessie,
    ) -> None:
        if self._frame is not None and self._who != who.id:
            self._leave_frame()
        is_same_work = self._frame is not None
        if self._frame is None:
            self._frame = FrameController(
                self._window, seat, self._plugins, self._settings.zaaksysteem.adres, self._settings.dossier.scanmap
            )
            self._frame.actions.settings = self._settings
            self._frame.actions.setting_changed.connect(partial(self._save, seat, idle))
            self._frame.actions.session_asked.connect(partial(self._on_session, seat, presenter, tasks, screen))
            self._frame.first_tab()
        self._who = who.id
        idle.begin()
        self._window.hide_cover(is_same_work)
        self._frame.tell_news()
        if not is_same_work and self._window.topbar.search.line.text():
            self._frame.go_on()
        elif not is_same_work:
            self._frame.resume()
        if self._wanted is not None:
            self._frame.open_klant(self._wanted)
            self._wanted = None

    def _note_busy(self, seat: SeatService, idle: Stilte) -> None:
        seat.aanmelden.note_busy(idle.last, self._settings.slot.minuten)

    def _on_session(
        self, seat: SeatService, presenter: AanmeldPresenter, tasks: TaskScope, screen: AanmeldScherm, what: str
    ) -> None:
        if what == "slot":
            self._lock(seat, presenter, screen)
            return
        self._cover(screen)
        if self._frame is not None:
            self._frame.forget_field()
        tasks.start("aanmelden", presenter.switch_person())

    def _lock(self, seat: SeatService, presenter: AanmeldPresenter, screen: AanmeldScherm) -> None:
        if seat.sessie is None:
            return
        seat.aanmelden.lock()
        presenter.lock()
        self._cover(screen)

    def _on_sessie(self, presenter: AanmeldPresenter, screen: AanmeldScherm, sessie: Sessie | None) -> None:
        if sessie is None and self._frame is not None:
            self._leave_frame()
            self._window.topbar.connection.show_state(Verbinding.AFGEMELD)
            if not self._window.is_covered:
                presenter.signed_out()
                self._cover(screen)

    def _cover(self, screen: AanmeldScherm) -> None:
        self._window.show_cover(screen)
        screen.begin()

    def _save(self, seat: SeatService, idle: Stilte, change: tuple[str, str, str | int]) -> None:
        section, key, value = change
        if self._frame is not None:
            self._settings = self._frame.actions.settings
        idle.set_minuten(self._settings.slot.minuten)
        self._note_busy(seat, idle)
        current_theme().apply(look_of(self._settings))
        try:
            save_setting(self._profile / FILE, section, key, value)
        except (OSError, ValueError):
            self._window.notice.set_message("let_op", "De instelling geldt nu, maar is niet bewaard.")
            self._window.notice.show()

    def _end_glance(self) -> None:
        if self._glance is not None:
            self._glance.let_go()
            self._glance = None

    def _on_error(self, error: BaseException) -> None:
        if self._frame is None:
            raise error  # to where everything goes that nobody caught
        self._frame.report(error)

    def _leave_frame(self) -> None:
        if self._frame is not None:
            frame, self._frame, self._who = self._frame, None, ""
            frame.close()
            frame.deleteLater()


async def _first_of(*waits: Coroutine[Any, Any, object]) -> int:
    """The place of the one that ends first; the others are cancelled."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return next(place for place, task in enumerate(tasks) if task in done)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
