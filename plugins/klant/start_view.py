"""The start view: the customers opened last, and what to do with somebody whom no register knows.

Paints from what the seat remembers; asks nobody anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kcs_desktop.sdk import Klantbeeld, SoortKlant
from plugins.klant import model, rijen
from plugins.klant.sleutels import reference
from ui.sdk import Button, Card, Label, ScrollColumn, StateList, current_theme

_SMAL = 620


class Startview(QWidget):
    klant_gekozen = Signal(object)  # Klantverwijzing
    zoeken_gevraagd = Signal()
    registreren_gevraagd = Signal(object)  # SoortKlant

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._klanten: dict[str, Klantbeeld] = {}
        self.kaart = Card("Laatst geopend", " ")
        self.lijst = StateList("Laatst geopende klanten")
        self.kaart.body.addWidget(self.lijst)
        self.zoeken = Button("Klant zoeken", "gewoon", "zoeken", "Ctrl+K")
        self.persoon = Button("P&ersoon registreren", "gewoon", "persoon")
        self.bedrijf = Button("Bedri&jf registreren", "gewoon", "bedrijf")
        self.contactpersoon = Button("Cont&actpersoon registreren", "gewoon", "namens")
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.addWidget(self.kaart, 3)
        self._sides.addWidget(self._help_card(), 2)
        self._scroll = ScrollColumn("Beginnen")
        self._scroll.column.addLayout(self._sides, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        self._sides.setSpacing(current_theme().space(3))
        current_theme().settled.connect(self._turn)
        self.lijst.opened.connect(lambda key: self.klant_gekozen.emit(reference(self._klanten[key])))
        self.lijst.acted.connect(self.zoeken_gevraagd)
        self.zoeken.clicked.connect(self.zoeken_gevraagd)
        self.persoon.clicked.connect(lambda: self.registreren_gevraagd.emit(SoortKlant.PERSOON))
        self.bedrijf.clicked.connect(lambda: self.registreren_gevraagd.emit(SoortKlant.ORGANISATIE))
        self.contactpersoon.clicked.connect(lambda: self.registreren_gevraagd.emit(SoortKlant.CONTACTPERSOON))

    def _help_card(self) -> QWidget:
        theme = current_theme()
        holder = QWidget()
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 0, 0)
        card = Card("Iemand anders helpen", " ")
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.space(4), theme.space(4), theme.space(4), theme.space(4))
        inner.setSpacing(theme.space(2))
        inner.addWidget(Label("Zoek op naam, BSN, adres, telefoon, e-mail of KvK.", "gewoon", wrap=True))
        inner.addWidget(self.zoeken)
        inner.addSpacing(theme.space(3))
        inner.addWidget(
            Label(
                "Staat de klant nergens? Registreer die dan hier. Een algemene vraag kan ook zonder naam.",
                "gewoon",
                "tekst_zacht",
                wrap=True,
            )
        )
        for button in (self.persoon, self.bedrijf, self.contactpersoon):
            inner.addWidget(button)
        card.body.addLayout(inner)
        outer.addWidget(card)
        outer.addStretch(1)
        return holder

    def show_recent(self, klanten: Sequence[Klantbeeld], now: datetime, *, mag_registreren: bool) -> None:
        rows = [(rijen.recent(beeld, now), beeld) for beeld in klanten]
        self._klanten = {rij.id: beeld for rij, beeld in rows}
        if rows:
            self.lijst.show_rows([model.row(rij) for rij, _ in rows])
        else:
            self.lijst.show_empty(
                "Nog geen klanten geopend",
                "De klanten die u opent, staan hier de volgende keer meteen.",
                "Klant zoeken",
                "klant",
            )
        self._turn()
        for button in (self.persoon, self.bedrijf, self.contactpersoon):
            button.setEnabled(mag_registreren)
            button.setToolTip("" if mag_registreren else "Met uw rol mag u geen klanten registreren")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        is_narrow = self.width() < current_theme().px(_SMAL)
        self._sides.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
        # One scroll bar: a narrow page scrolls as a whole.
        self.lijst.set_passend(passend=is_narrow)

    def focus_first(self) -> None:
        (self.lijst if self._klanten else self.zoeken).setFocus(Qt.FocusReason.OtherFocusReason)
