"""The card with every contact over all channels, newest first, and the whole text of the chosen one below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kcs_desktop.sdk import Contactregel
from plugins.klant import model, rijen
from plugins.klant.lezen_view import Lezenview
from ui.sdk import Button, Card, Label, Lijstbeeld, StateList, holds_focus


class Contactenview(Card):
    """`keuze_gewijzigd` after the selection, the reader or the scroll changed, so that it is remembered."""

    meer_gevraagd = Signal()
    opnieuw_gevraagd = Signal()
    keuze_gewijzigd = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Contacten", " ", parent)
        self._regels: dict[str, Contactregel] = {}
        self._now: datetime | None = None
        self.lijst = StateList("Contacten, nieuwste boven")
        self.lezen = Lezenview()
        self.lezen.hide()
        self.body.addWidget(self.lijst, 2)
        self.body.addWidget(self.lezen, 1)
        self.geladen = Label("", "bij", "tekst_zacht")
        self.meer = Button("Meer tonen", "gewoon", "meer", "Ctrl+M")
        foot = self.foot()
        foot.addWidget(self.geladen, 1)
        foot.addWidget(self.meer)
        self.show_foot(is_shown=False)
        self.lijst.opened.connect(self._on_opened)
        self.lijst.retry.connect(self.opnieuw_gevraagd)
        self.lijst.view.selectionModel().currentChanged.connect(self._on_current)
        self.lijst.view.verticalScrollBar().valueChanged.connect(lambda _value: self.keuze_gewijzigd.emit())
        self.lezen.gesloten.connect(self.close_reader)
        self.meer.clicked.connect(self.meer_gevraagd)

    def show_lijst(self, lijst: Lijstbeeld, regels: Sequence[Contactregel], now: datetime) -> None:
        """Rows in place: selection, reader and scroll stay with their contact."""
        self._now = now
        self._regels = {regel.uuid or regel.opdracht: regel for regel in regels}
        self.set_bijschrift(lijst.bijschrift)
        model.show(self.lijst, lijst, [rijen.contact(regel, now) for regel in regels], icoon="contact")
        self._show_reader()

    def set_passend(self, *, passend: bool) -> None:
        """On a page that scrolls itself the list is as high as its rows: one scroll bar, not two."""
        self.lijst.set_passend(passend)

    def show_meer(self, geladen: int, totaal: int, *, laadt: bool, fout: str) -> None:
        """The foot: how many of how many, and more. Gone when everything is there."""
        self.show_foot(geladen < totaal)
        self.meer.setEnabled(not laadt)
        self.meer.set_text("Wordt opgehaald" if laadt else "Meer tonen")
        self.geladen.set_color("fout" if fout else "tekst_zacht")
        self.geladen.setText(fout or f"{geladen} van {totaal} getoond")

    @property
    def leest(self) -> bool:
        return not self.lezen.isHidden()

    @property
    def bovenste(self) -> str:
        """The key of the first visible row, by which scrolling is remembered."""
        key = self.lijst.view.indexAt(QPoint(2, 2)).data(int(Qt.ItemDataRole.UserRole) + 1)
        return key if isinstance(key, str) else ""

    def stand_again(self, gekozen: str, bovenste: str, *, leest: bool) -> None:
        """As it stood; what is not there (any more) is left out."""
        top = self.lijst.model.row_of(bovenste)
        if top >= 0:
            view = self.lijst.view
            view.scrollTo(self.lijst.model.index(top), view.ScrollHint.PositionAtTop)
        if gekozen in self._regels:
            self.lijst.select(gekozen)
            if leest:
                self.lezen.show()
                self._show_reader()

    def step(self, steps: int) -> None:
        """The next (or previous) row, with its text; while nothing is read, the chosen one."""
        rows = self.lijst.model.rowCount()
        if not rows:
            return
        current = self.lijst.model.row_of(self.lijst.selected)
        place = min(max(current + (steps if self.leest else 0), 0), rows - 1)
        self.lijst.select(self.lijst.model.rows[place].key)
        self._on_opened(self.lijst.selected)

    def close_reader(self) -> None:
        had_focus = holds_focus(self.lezen)
        self.lezen.hide()
        if had_focus:
            self.lijst.setFocus()
        self.keuze_gewijzigd.emit()

    def _on_opened(self, key: str) -> None:
        self.lezen.show()
        self._show_reader()
        self.lijst.select(key)
        self.keuze_gewijzigd.emit()

    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_reader()
        self.keuze_gewijzigd.emit()

    def _show_reader(self) -> None:
        if self.lezen.isHidden() or self._now is None:
            return
        regel = self._regels.get(self.lijst.selected)
        if regel is not None:
            self.lezen.show_contact(regel, self._now)
        elif not self._regels:
            self.lezen.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.leest:
            self.close_reader()
            event.accept()
            return
        super().keyPressEvent(event)
