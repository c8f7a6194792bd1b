"""Rows of facts in a card: a label and its value, used again for the next zaak."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.sdk import Card, Term, current_theme

_BREED = 132


class Feiten(QWidget):
    """Terms under each other; those that are not needed are hidden."""

    def __init__(self, breedte: int = _BREED, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = breedte
        self._terms: list[Term] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current_theme().space(1))

    def show_feiten(self, feiten: Sequence[tuple[str, str]]) -> None:
        while len(self._terms) < len(feiten):
            term = Term("", breedte=self._width)
            self._terms.append(term)
            self._column.addWidget(term)
        for place, term in enumerate(self._terms):
            if place < len(feiten):
                label, waarde = feiten[place]
                term.set_label(label)
                term.set_waarde(waarde)
            term.setVisible(place < len(feiten))
        self.setVisible(bool(feiten))


class Feitenkaart(Card):
    """A card of facts; gone when there are none."""

    def __init__(self, titel: str, parent: QWidget | None = None) -> None:
        super().__init__(titel, " ", parent)
        theme = current_theme()
        self.feiten = Feiten()
        holder = QVBoxLayout()
        holder.setContentsMargins(theme.space(4), theme.space(3), theme.space(4), theme.space(3))
        holder.addWidget(self.feiten)
        self.body.addLayout(holder)

    def show_feiten(self, feiten: Sequence[tuple[str, str]], bijschrift: str = "") -> None:
        self.feiten.show_feiten(feiten)
        self.set_bijschrift(bijschrift)
        self.setVisible(bool(feiten))
