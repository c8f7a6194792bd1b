"""At the left of the page: find what the customer wants by typing, and what was begun before. Layout only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.sdk import Card, Field, Row, StateList, current_theme


class Keuzeview(Card):
    getypt = Signal(str)
    gekozen = Signal(str)  # key of a row
    opnieuw_gevraagd = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Melding of zaak starten", " ", parent)
        theme = current_theme()
        self.zoekveld = Field("", "Product, onderwerp of zaaktype", icoon="zoeken")
        self.zoekveld.edit.setAccessibleName("Zoek wat de klant wil: product, onderwerp of zaaktype")
        self.lijst = StateList("Wat u kunt starten")
        top = QVBoxLayout()
        top.setContentsMargins(theme.space(3), theme.space(3), theme.space(3), theme.space(2))
        top.addWidget(self.zoekveld)
        self.body.addLayout(top)
        self.body.addWidget(self.lijst, 1)
        self.zoekveld.edited.connect(self.getypt)
        self.zoekveld.submitted.connect(self._on_enter)
        self.lijst.opened.connect(self._on_opened)
        self.lijst.retry.connect(self.opnieuw_gevraagd)

    def show_rows(self, rows: Sequence[Row], melding: str) -> None:
        if melding:
            self.lijst.show_partial(rows, melding)
        else:
            self.lijst.show_rows(rows)

    def select_first(self) -> None:
        """The first row that begins something, so that Enter in the field takes it."""
        first = next((row.key for row in self.lijst.model.rows if row.key.startswith("keuze:")), "")
        self.lijst.select(first)

    def focus_search(self) -> None:
        self.zoekveld.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.zoekveld.edit.selectAll()

    def focus_list(self) -> None:
        self.lijst.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.zoekveld.edit.hasFocus():
            self.focus_list()
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape and self.zoekveld.text:
            self.zoekveld.set_text("")
            self.getypt.emit("")
            self.focus_search()
            event.accept()
            return
        super().keyPressEvent(event)

    def _on_enter(self) -> None:
        """Without a word typed Enter takes nothing: a second press after sending must not begin another zaak."""
        if self.zoekveld.text.strip() and self.lijst.selected:
            self._on_opened(self.lijst.selected)

    def _on_opened(self, key: str) -> None:
        if not key.startswith("kop:"):
            self.gekozen.emit(key)
