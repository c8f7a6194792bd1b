"""The page over a window that was asked to close while its work stands in memory only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.aanmelden.kaart import put_card, size_card
from ui.tasks import TaskScope
from ui.theme.theme import current_theme
from ui.uitgaand.sluiten import TITEL, SluitPresenter
from ui.widgets.button import Button
from ui.widgets.file_dialog import ask_save
from ui.widgets.label import Label
from ui.widgets.paint import fill


class SluitScherm(QWidget):
    """Staying has the focus: Enter or Escape loses nothing."""

    def __init__(self, presenter: SluitPresenter, tasks: TaskScope) -> None:
        super().__init__()
        self._presenter = presenter
        self._tasks = tasks
        self.setAccessibleName(TITEL)
        content = QWidget()
        theme = current_theme()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.space(6), theme.space(6), theme.space(6), theme.space(6))
        column.setSpacing(theme.space(3))
        self.uitleg = Label("", "gewoon", "tekst_zacht", wrap=True)
        self.melding = Label("", "gewoon", wrap=True)
        self.blijven = Button("&Blijven", "primair", toets="Return")
        self.exporteren = Button("&Exporteren", icoon="document")
        self.sluiten = Button("&Toch sluiten")
        titel = Label(TITEL, "titel", bold=True, wrap=True)
        for widget in (titel, self.uitleg, self.melding, self.blijven, self.exporteren, self.sluiten):
            column.addWidget(widget)
        self._card = put_card(self, content)
        self.blijven.clicked.connect(presenter.stay)
        self.sluiten.clicked.connect(presenter.close_anyway)
        self.exporteren.clicked.connect(self._ask_export)
        self._disconnect = presenter.changed.connect(lambda _none: self.refresh())
        size_card(self._card)
        theme.changed.connect(self._size)
        self.refresh()

    def refresh(self) -> None:
        self.uitleg.setText(self._presenter.uitleg)
        self.melding.setText(self._presenter.melding)
        self.melding.setVisible(bool(self._presenter.melding))
        self.exporteren.setVisible(self._presenter.may_export)

    def focus_first(self) -> None:
        self.blijven.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_page(self) -> None:
        """Let go of the presenter."""
        self._disconnect()
        self._tasks.cancel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._presenter.stay()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill(painter, self.rect(), current_theme().color("ondergrond"))
        painter.end()

    def _ask_export(self) -> None:
        presenter = self._presenter
        ask_save(
            self,
            "Werk exporteren",
            presenter.file_name(),
            lambda path: self._tasks.start("uitvoer", presenter.export(path)),
            is_json=True,
        )

    def _size(self) -> None:
        size_card(self._card)
