"""The card with companies a person acts for, and the reverse; and for whom the active contact is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kcs_desktop.sdk import Relatie
from plugins.klant import model, rijen
from ui.sdk import Button, Card, Choice, Lijstbeeld, StateList

NIEMAND = ""


class Relatiesview(Card):
    """`namens_gekozen` carries a Relatie, or None for nobody."""

    opnieuw_gevraagd = Signal()
    klant_gekozen = Signal(object)  # Klantverwijzing
    namens_gekozen = Signal(object)  # Relatie | None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Handelt namens", " ", parent)
        self._relaties: dict[str, Relatie] = {}
        self.registreren = Button("Contactpersoon", "stil", "nieuw")
        self.registreren.setAccessibleName("Contactpersoon registreren")
        self.registreren.hide()
        self.add_to_head(self.registreren)
        self.lijst = StateList("Relaties", passend=True)
        self.body.addWidget(self.lijst)
        self.namens = Choice("Dit contact is na&mens")
        foot = self.foot()
        foot.addWidget(self.namens, 1)
        self.show_foot(is_shown=False)
        self.lijst.retry.connect(self.opnieuw_gevraagd)
        self.lijst.opened.connect(lambda key: self.klant_gekozen.emit(self._relaties[key].klant))
        self.namens.chosen.connect(lambda key: self.namens_gekozen.emit(self._relaties.get(key)))

    def show_lijst(
        self,
        lijst: Lijstbeeld,
        relaties: Sequence[Relatie],
        *,
        gekozen: Relatie | None,
        kan_namens: bool,
        titel: str,
        zelf: str,
    ) -> None:
        """`zelf` names the choice of nobody: the customer for itself."""
        self._relaties = {rijen.relatie_id(relatie): relatie for relatie in relaties}
        self.set_titel(titel)
        self.set_bijschrift(lijst.bijschrift)
        rows = [rijen.relatie(relatie, relatie is gekozen) for relatie in relaties]
        model.show(self.lijst, lijst, rows, icoon="namens")
        self.show_foot(kan_namens and bool(relaties))
        self.namens.set_options([(NIEMAND, zelf), *((key, r.klant.naam) for key, r in self._relaties.items())])
        self.namens.set_value(rijen.relatie_id(gekozen) if gekozen is not None else NIEMAND)
