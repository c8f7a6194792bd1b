"""The card with callback notes: open ones first, who has them and since when, and the whole of the chosen one below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kcs_desktop.sdk import Terugbelnotitie
from plugins.klant import model, rijen
from plugins.klant.lezen_view import Lezenview
from ui.sdk import Card, Flag, Lijstbeeld, StateList, holds_focus

_REGELS = 6  # lines of the note in sight; a longer one scrolls


class Notitiesview(Card):
    opnieuw_gevraagd = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Terugbelnotities", " ", parent)
        self.vlag = Flag("", "let_op")
        self.vlag.hide()
        self.add_to_head(self.vlag)
        self.lijst = StateList("Terugbelnotities, open boven", passend=True)
        self.body.addWidget(self.lijst)
        self.lezen = Lezenview(naam="Tekst van de terugbelnotitie", regels=_REGELS)
        self.lezen.hide()
        self.body.addWidget(self.lezen)
        self._notities: dict[str, Terugbelnotitie] = {}
        self._now: datetime | None = None
        self._gelezen = ""
        self.lijst.retry.connect(self.opnieuw_gevraagd)
        self.lijst.opened.connect(self.read)
        self.lijst.view.selectionModel().currentChanged.connect(lambda _new, _old: self._follow())
        self.lezen.gesloten.connect(self.close_reader)

    def show_lijst(self, lijst: Lijstbeeld, notities: Sequence[Terugbelnotitie], vlag: str, now: datetime) -> None:
        """`vlag` counts the open ones; "" when none is."""
        if vlag != self.vlag.text:
            self.vlag.set_flag(vlag, "let_op")
        self.vlag.setVisible(bool(vlag))
        self.set_bijschrift(lijst.bijschrift)
        sorted_ = rijen.sorted_notities(tuple(notities))
        self._now = now
        self._notities = {note.uuid or note.opdracht: note for note in sorted_}
        model.show(self.lijst, lijst, [rijen.notitie(note, now) for note in sorted_], icoon="terugbellen")
        self._show_reader()

    def read(self, key: str) -> None:
        """Show all that the note says."""
        self.lijst.select(key)
        self._gelezen = key
        self._show_reader()

    def close_reader(self) -> None:
        had_focus = holds_focus(self.lezen)
        self._gelezen = ""
        self._show_reader()
        if had_focus:
            self.lijst.setFocus()

    def _follow(self) -> None:
        if self._gelezen and self.lijst.selected in self._notities:
            self._gelezen = self.lijst.selected
            self._show_reader()

    def _show_reader(self) -> None:
        """A note that was confirmed has another key, one of another customer is not here: then nothing is read."""
        note = self._notities.get(self._gelezen)
        if note is None or self._now is None:
            self._gelezen = ""
        else:
            self.lezen.show_notitie(note, self._now)
        self.lezen.setVisible(bool(self._gelezen))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._gelezen:
            self.close_reader()
            event.accept()
            return
        super().keyPressEvent(event)
