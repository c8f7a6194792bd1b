"""The card with the zaken of the customer: open ones first, where each stands and how long it may still take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kcs_desktop.sdk import Zaakregel, local
from ui.sdk import Button, Card, Lijstbeeld, StateList, zaak_row


class Zakenview(Card):
    opnieuw_gevraagd = Signal()
    zaak_gekozen = Signal(object)  # Zaakverwijzing
    maken_gevraagd = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Zaken", " ", parent)
        self._zaken: dict[str, Zaakregel] = {}
        self.lijst = StateList("Zaken, lopende boven", passend=True)
        self.maken = Button("", "stil", "nieuw", naam="Zaak aanmaken voor deze klant")
        self.maken.hide()
        self.add_to_head(self.maken)
        self.body.addWidget(self.lijst)
        self.maken.clicked.connect(self.maken_gevraagd)
        self.lijst.retry.connect(self.opnieuw_gevraagd)
        self.lijst.opened.connect(self._on_opened)

    def show_lijst(self, lijst: Lijstbeeld, zaken: Sequence[Zaakregel], now: datetime) -> None:
        self._zaken = {regel.verwijzing.uuid: regel for regel in zaken}
        self.set_bijschrift(lijst.bijschrift)
        today = local(now).date()
        self.lijst.show_beeld(lijst, [zaak_row(regel, today) for regel in zaken], icoon="zaken")

    def _on_opened(self, key: str) -> None:
        zaak = self._zaken[key].verwijzing
        if not zaak.opdracht:  # one that waits to be made is not in the register yet
            self.zaak_gekozen.emit(zaak)
