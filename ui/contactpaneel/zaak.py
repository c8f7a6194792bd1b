"""The zaak that the vraag is about, in one line, and how to take it off; or how to begin one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kcs_desktop.sdk import Zaakverwijzing
from ui.theme.theme import current_theme
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel, Label


class Zaakregel(QWidget):
    """Gone while the vraag is about no zaak and none may be begun. `losgemaakt` when it is taken off, `gevraagd` when
    one is to be made."""

    losgemaakt = Signal()
    gevraagd = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().space(2))
        self._naam = ElidedLabel("")
        self._weg = Button("", "stil", "dicht", naam="Zaak losmaken van deze vraag")
        row.addWidget(Label("Zaak", "bij", "tekst_zacht"))
        row.addWidget(self._naam, 1)
        row.addWidget(self._weg)
        self.maken = Button("&Zaak aanmaken", "gewoon", "zaken")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._line)
        column.addWidget(self.maken)
        self._weg.clicked.connect(self.losgemaakt)
        self.maken.clicked.connect(self.gevraagd)
        self.hide()

    def show_zaak(self, zaak: Zaakverwijzing | None, *, may_make: bool) -> None:
        self._naam.setText(" · ".join(filter(None, (zaak.identificatie, zaak.zaaktype))) if zaak is not None else "")
        self._line.setVisible(zaak is not None)
        self.maken.setVisible(zaak is None and may_make)
        self.setVisible(zaak is not None or may_make)
