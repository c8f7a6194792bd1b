"""The card with callback notes: open ones first, who has them and since when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kcs_desktop.sdk import Terugbelnotitie
from plugins.klant import model, rijen
from plugins.klant.lijsten import Lijst
from ui.sdk import Card, Flag, StateList


class Notitiesview(Card):
    opnieuw_gevraagd = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Terugbelnotities", " ", parent)
        self.vlag = Flag("", "let_op")
        self.vlag.hide()
        self.add_to_head(self.vlag)
        self.lijst = StateList("Terugbelnotities, open boven", passend=True)
        self.body.addWidget(self.lijst)
        self.lijst.retry.connect(self.opnieuw_gevraagd)

    def show_lijst(self, lijst: Lijst, notities: Sequence[Terugbelnotitie], vlag: str, now: datetime) -> None:
        """`vlag` counts the open ones; "" when none is."""
        if vlag != self.vlag.text:
            self.vlag.set_flag(vlag, "let_op")
        self.vlag.setVisible(bool(vlag))
        self.set_bijschrift(lijst.bijschrift)
        sorted_ = rijen.sorted_notities(tuple(notities))
        model.show(self.lijst, lijst, [rijen.notitie(note, now) for note in sorted_], icoon="terugbellen")
