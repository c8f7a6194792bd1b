"""The zaak that the vraag is about, in one line, and how to take it off."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kcs_desktop.sdk import Zaakverwijzing
from ui.theme.theme import current_theme
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel, Label


class Zaakregel(QWidget):
    """Gone while the vraag is about no zaak. `losgemaakt` when it is taken off."""

    losgemaakt = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().space(2))
        self._naam = ElidedLabel("")
        self._weg = Button("", "stil", "dicht", naam="Zaak losmaken van deze vraag")
        row.addWidget(Label("Zaak", "bij", "tekst_zacht"))
        row.addWidget(self._naam, 1)
        row.addWidget(self._weg)
        self._weg.clicked.connect(self.losgemaakt)
        self.hide()

    def show_zaak(self, zaak: Zaakverwijzing | None) -> None:
        self._naam.setText(" · ".join(filter(None, (zaak.identificatie, zaak.zaaktype))) if zaak is not None else "")
        self.setVisible(zaak is not None)
