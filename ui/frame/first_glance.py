"""What stands in the tab's place before the backend answers: the last opened customers, from the encrypted store."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kcs_desktop.domain.klant import Klantbeeld, Klantverwijzing, SoortKlant
from ui.widgets.card import Card
from ui.widgets.flag import Toon
from ui.widgets.rows import Row
from ui.widgets.state_list import StateList


class FirstGlance(QWidget):
    """`chosen` carries the Klantverwijzing of a row; the frame opens it as soon as it can."""

    chosen = Signal(object)

    def __init__(self, klanten: Sequence[Klantbeeld]) -> None:
        super().__init__()
        self._klanten = {str(i): Klantverwijzing(b.sleutel, b.naam) for i, b in enumerate(klanten)}
        card = Card("Laatst geopend", "van deze werkplek, de verbinding wordt gelegd")
        self.list = StateList("Laatst geopende klanten")
        card.body.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        if klanten:
            self.list.show_rows([_row(str(i), beeld) for i, beeld in enumerate(klanten)])
        else:
            self.list.show_empty(
                "Nog geen klanten geopend", "Zoek met Ctrl K op naam, BSN, adres of telefoonnummer.", ""
            )
        self.list.opened.connect(lambda key: self.chosen.emit(self._klanten[key]))
        self.setFocusProxy(self.list)
        self.setAccessibleName("Laatst geopende klanten")


def _row(key: str, beeld: Klantbeeld) -> Row:
    facts = beeld.persoon or beeld.bedrijf
    flags: tuple[tuple[str, Toon], ...] = ()
    if beeld.geheimhouding:
        flags += (("Geheimhouding: niet verstrekken aan derden", "fout"),)
    if beeld.persoon is not None and beeld.persoon.overleden:
        flags += (("Overleden", "let_op"),)
    icon = "bedrijf" if beeld.sleutel.soort is SoortKlant.ORGANISATIE else "persoon"
    return Row(key, beeld.naam, ", ".join(facts.adresregels) if facts else "", icon, flags=flags)
