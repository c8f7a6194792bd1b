"""The sign-in pages: password, werkplek and roles, the lock. One card in the middle of the window, never a dialog."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from kcs_desktop.sdk import Sessie
from ui.aanmelden.bladen import VergrendeldBlad, WachtwoordBlad, WerkplekBlad
from ui.aanmelden.browser_blad import BrowserBlad
from ui.aanmelden.hulp import HELP_KEY
from ui.aanmelden.kaart import put_card, size_card
from ui.aanmelden.presenter import AanmeldPresenter, Stap
from ui.aanmelden.wachtzin_blad import WachtzinBlad
from ui.tasks import TaskScope
from ui.theme.theme import current_theme
from ui.widgets.paint import fill

_HELP = QKeySequence(HELP_KEY)


def _asks_help(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and QKeySequence(event.keyCombination()) == _HELP


class AanmeldScherm(QWidget):
    """Covers the whole window while nobody works here. `signed_in` carries the session (a new one, or unlocked)."""

    signed_in = Signal(object)

    def __init__(self, presenter: AanmeldPresenter, tasks: TaskScope) -> None:
        super().__init__()
        self.presenter = presenter
        self._tasks = tasks
        self.setAccessibleName("Aanmelden")
        self.wachtwoord = WachtwoordBlad()
        self.werkplek = WerkplekBlad()
        self.wachtzin = WachtzinBlad()
        self.vergrendeld = VergrendeldBlad()
        self.browser = BrowserBlad()
        self._pages = QStackedWidget()
        for blad in (self.wachtwoord, self.werkplek, self.wachtzin, self.vergrendeld, self.browser):
            self._pages.addWidget(blad)
        self._card = put_card(self, self._pages)
        self._connect()
        self._size_card()
        current_theme().changed.connect(self._size_card)
        self.refresh()

    def close_pages(self) -> None:
        """Let go of the presenter and forget what was typed."""
        for disconnect in self._disconnect:
            disconnect()
        self._tasks.cancel()

    def begin(self) -> None:
        """Ask what the page shows beside the fields, and put the cursor where typing starts."""
        self._tasks.start("aanmeldgegevens", self.presenter.load())
        self.focus_first()

    def focus_first(self) -> None:
        self._page().focus_first()

    def refresh(self) -> None:
        """Show the page of the presenter's step; a new page gets the focus."""
        page = self._page()
        is_new = self._pages.currentWidget() is not page
        if is_new and self._pages.currentWidget() is self.browser and self.isVisible():
            self.window().activateWindow()  # the employee looks at the browser
        if page is not self.wachtwoord:
            # It did its work; on the way back it would sign in whoever presses Enter.
            self.wachtwoord.forget()
        if page is not self.wachtzin:
            self.wachtzin.forget()
        if is_new:
            page.hulp.hide()
        self._pages.setCurrentWidget(page)
        page.show_state(self.presenter)
        if is_new and self.isVisible():
            page.focus_first()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and _asks_help(event):
            event.accept()  # or the window below takes it, which is covered and does nothing
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _asks_help(event):
            self._page().toggle_help(self.presenter.stap)
            return
        if event.key() == Qt.Key.Key_Escape and not self._page().hulp.isHidden():
            self._page().hulp.hide()
            return
        if event.key() == Qt.Key.Key_Escape and self.presenter.stap in {Stap.WERKPLEK, Stap.WACHTZIN}:
            self.presenter.back()
            return
        if event.key() == Qt.Key.Key_Escape and self.presenter.stap is Stap.BROWSER:
            self._cancel_browser()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill(painter, self.rect(), current_theme().color("ondergrond"))
        painter.end()

    def _page(self) -> WachtwoordBlad | WerkplekBlad | WachtzinBlad | VergrendeldBlad | BrowserBlad:
        match self.presenter.stap:
            case Stap.BROWSER:
                return self.browser
            case Stap.WACHTZIN:
                return self.wachtzin
            case Stap.WERKPLEK:
                return self.werkplek
            case Stap.VERGRENDELD:
                return self.vergrendeld
            case _:
                return self.wachtwoord

    def _connect(self) -> None:
        presenter, start = self.presenter, self._tasks.start
        self._disconnect = [
            presenter.changed.connect(lambda _none: self.refresh()),
            presenter.refused.connect(lambda veld: self._page().focus_wrong(veld)),
            presenter.signed_in.connect(self._on_signed_in),
        ]
        self.wachtwoord.submitted.connect(
            lambda naam, wachtwoord, code: start("aanmelden", presenter.submit(naam, wachtwoord, code))
        )
        self.wachtwoord.asked_again.connect(lambda: start("aanmeldgegevens", presenter.load()))
        self.wachtwoord.went_to_browser.connect(lambda: start("aanmelden", presenter.sign_in_in_browser()))
        self.browser.cancelled.connect(self._cancel_browser)
        self.browser.reopened.connect(presenter.reopen_browser)
        self.werkplek.submitted.connect(lambda plek, rollen: start("aanmelden", presenter.choose(plek, rollen)))
        self.werkplek.went_back.connect(presenter.back)
        self.wachtzin.submitted.connect(
            lambda wachtzin, herhaling: start("aanmelden", presenter.give_passphrase(wachtzin, herhaling))
        )
        self.wachtzin.tried_again.connect(lambda: start("aanmelden", presenter.try_keyring()))
        self.wachtzin.forgotten.connect(lambda: start("aanmelden", presenter.forget_passphrase()))
        self.wachtzin.went_without.connect(lambda: start("aanmelden", presenter.keep_nothing()))
        self.vergrendeld.submitted.connect(lambda wachtwoord: start("aanmelden", presenter.unlock(wachtwoord)))
        self.vergrendeld.went_to_browser.connect(lambda: start("aanmelden", presenter.unlock_in_browser()))
        self.vergrendeld.switched.connect(lambda: start("aanmelden", presenter.switch_person()))

    def _cancel_browser(self) -> None:
        self._tasks.stop("aanmelden")
        self.presenter.cancel_browser()

    def _on_signed_in(self, sessie: Sessie) -> None:
        self._tasks.stop("aanmeldgegevens")  # a backend that does not answer is asked no more
        for page in (self.wachtwoord, self.wachtzin, self.vergrendeld):
            page.forget()
        self.signed_in.emit(sessie)

    def _size_card(self) -> None:
        size_card(self._card)
