"""The list of what goes out, with what can be done about each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kcs_desktop.sdk import Wachtrij, Wachtstand
from ui.uitgaand.presenter import UitgaandPresenter, subtitle
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import Label
from ui.widgets.row import Row
from ui.widgets.state_list import StateList

_ICONS = {
    Wachtstand.WACHT: ("wacht", "tekst_zacht"),
    Wachtstand.BEZIG: ("uitgaand", "accent"),
    Wachtstand.GESLAAGD: ("geslaagd", "goed"),
    Wachtstand.GEWEIGERD: ("fout", "fout"),
}


class UitgaandLijst(QWidget):
    """`closed` when the employee is done with it; `toasted` with a line to confirm."""

    closed = Signal()
    toasted = Signal(str)

    def __init__(self, presenter: UitgaandPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._rows: dict[str, Wachtrij] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = Card("Uitgaand")
        dicht = Button("", "stil", "dicht", toets="Escape", naam="Sluiten")
        dicht.clicked.connect(self.closed)
        card.add_to_head(dicht)
        outer.addWidget(card)
        self.list = StateList("Uitgaand")
        card.body.addWidget(self.list, 1)
        self._explain = Label("", "bij", "tekst_zacht", wrap=True)
        self._retry = Button("&Opnieuw proberen", icoon="opnieuw")
        self._withdraw = Button("&Terugtrekken", icoon="verwijderen")
        self._retry.clicked.connect(self._on_retry)
        self._withdraw.clicked.connect(self._on_withdraw)
        bar = card.foot()
        bar.addWidget(self._explain, 1)
        bar.addWidget(self._withdraw)
        bar.addWidget(self._retry)
        self.list.view.selectionModel().currentChanged.connect(lambda _new, _old: self._show_choice())
        self._disconnect = presenter.changed.connect(lambda _none: self.refresh())
        self.setAccessibleName("Uitgaand")
        self.refresh()

    def close_list(self) -> None:
        self._disconnect()
        self._presenter.close()

    def refresh(self) -> None:
        rows = self._presenter.rows()
        self._rows = {rij.opdracht.id: rij for rij in rows}
        if rows:
            self.list.show_rows([_row(rij) for rij in rows])
        else:
            self.list.show_empty(
                "Alles is verstuurd", "Wat u registreert, staat hier tot de server het heeft bevestigd."
            )
        self._show_choice()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _chosen(self) -> Wachtrij | None:
        return self._rows.get(self.list.selected)

    def _show_choice(self) -> None:
        rij = self._chosen()
        self._retry.setEnabled(rij is not None and rij.stand is Wachtstand.WACHT)
        self._withdraw.setEnabled(rij is not None and rij.stand is Wachtstand.WACHT)
        self._explain.setText(subtitle(rij) if rij else "")

    def _on_retry(self) -> None:
        rij = self._chosen()
        if rij is not None:
            self._presenter.retry(rij.opdracht.id)

    def _on_withdraw(self) -> None:
        rij = self._chosen()
        if rij is None:
            return
        done = self._presenter.withdraw(rij.opdracht.id)
        self.toasted.emit("Teruggetrokken" if done else "Dit is al verstuurd en kan niet meer worden teruggetrokken.")


def _row(rij: Wachtrij) -> Row:
    icon, tone = _ICONS[rij.stand]
    return Row(key=rij.opdracht.id, title=rij.titel, subtitle=subtitle(rij), icon=icon, tone=tone)
