"""The page of a window whose profile another window has."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.aanmelden.bezet import BezetPresenter
from ui.aanmelden.kaart import put_card, size_card
from ui.tasks import TaskScope
from ui.theme.theme import current_theme
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.paint import fill


class BezetScherm(QWidget):
    """Covers the whole window until this window may work."""

    def __init__(self, presenter: BezetPresenter, tasks: TaskScope) -> None:
        super().__init__()
        self.presenter = presenter
        self._tasks = tasks
        self.setAccessibleName("KCS Desktop is al open")
        content = QWidget()
        theme = current_theme()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.space(6), theme.space(6), theme.space(6), theme.space(6))
        column.setSpacing(theme.space(3))
        self.titel = Label("", "titel", bold=True, wrap=True)
        self.uitleg = Label("", "gewoon", "tekst_zacht", wrap=True)
        self.knop = Button("", "primair", toets="Return")
        self.einde = Button("")
        for widget in (self.titel, self.uitleg, self.knop, self.einde):
            column.addWidget(widget)
        self._card = put_card(self, content)
        self.knop.clicked.connect(lambda: tasks.start("overnemen", presenter.take_over()))
        self.einde.clicked.connect(lambda: tasks.start("overnemen", presenter.end_other()))
        self._disconnect = presenter.changed.connect(lambda _none: self.refresh())
        size_card(self._card)
        theme.changed.connect(self._size)
        self.refresh()

    def refresh(self) -> None:
        tekst = self.presenter.tekst
        self.titel.setText(tekst.titel)
        self.uitleg.setText(tekst.uitleg)
        for knop, naam in ((self.knop, tekst.knop), (self.einde, tekst.einde)):
            knop.set_text(naam)
            knop.setVisible(bool(naam))
        if self.isVisible():
            self.focus_first()

    def focus_first(self) -> None:
        if not self.knop.isHidden():
            self.knop.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_page(self) -> None:
        """Let go of the presenter."""
        self._disconnect()
        self._tasks.cancel()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill(painter, self.rect(), current_theme().color("ondergrond"))
        painter.end()

    def _size(self) -> None:
        size_card(self._card)
