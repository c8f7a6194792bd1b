"""The list of what goes out, with what can be done about each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kcs_desktop.sdk import Toevoeging, Wachtrij, Wachtstand, Zaakverwijzing
from ui.theme.theme import current_theme
from ui.uitgaand.documenten import NEVER_SENT, document_row, refuses_retry
from ui.uitgaand.presenter import UitgaandPresenter
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.flow import FlowLayout
from ui.widgets.label import Label
from ui.widgets.row import Row
from ui.widgets.row_words import is_one_line, laid_out
from ui.widgets.state_list import StateList

_ICONS = {
    Wachtstand.WACHT: ("wacht", "tekst_zacht"),
    Wachtstand.BEZIG: ("uitgaand", "accent"),
    Wachtstand.GESLAAGD: ("geslaagd", "goed"),
    Wachtstand.GEWEIGERD: ("fout", "fout"),
    Wachtstand.APART: ("let_op", "let_op"),
}
_KEPT = "De gegevens blijven bewaard. Exporteer ze om te lezen wat erin staat."
_REMOVE, _SURE = "&Weghalen", "&Ja, voorgoed weghalen"


class UitgaandLijst(QWidget):
    """`closed` when the employee is done with it; `toasted` with a line to confirm; `export_asked` for a file.

    `withdraw_asked` names a command that is to be taken back, `zaak_asked` the zaak of a document that failed.
    """

    closed = Signal()
    toasted = Signal(str)
    export_asked = Signal()
    withdraw_asked = Signal(str)
    zaak_asked = Signal(Zaakverwijzing)

    def __init__(self, presenter: UitgaandPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._rows: dict[str, Wachtrij] = {}
        self._documents: dict[str, Toevoeging] = {}
        self._sure = ""  # the command or document about which the employee was asked once whether it may go
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        card = Card("Uitgaand")
        self._dicht = Button("", "stil", "dicht", toets="Escape", naam="Sluiten")
        self._dicht.clicked.connect(self.closed)
        card.add_to_head(self._dicht)
        outer.addWidget(card)
        self.warning = Banner("let_op")
        card.body.addWidget(self.warning)
        self.list = StateList("Uitgaand")
        card.body.addWidget(self.list, 1)
        self.explain = Label("", "bij", "tekst_zacht", wrap=True)
        theme = current_theme()
        self.explain.setContentsMargins(theme.space(4), theme.space(3), theme.space(4), theme.space(3))
        card.body.addWidget(self.explain)
        self.retry = Button("&Opnieuw proberen", icoon="opnieuw")
        self.withdraw = Button("&Terugtrekken", icoon="herstellen")
        self.remove = Button(_REMOVE, icoon="verwijderen")
        self.export = Button("&Exporteren", icoon="document")
        self.zaak = Button("&Zaak openen", icoon="zaken")
        self.zaak.clicked.connect(lambda: self._open_zaak(self.list.selected))
        self.list.opened.connect(self._open_zaak)
        self.retry.clicked.connect(self._on_retry)
        self.withdraw.clicked.connect(self._on_withdraw)
        self.remove.clicked.connect(self._on_remove)
        self.export.clicked.connect(self.export_asked)
        buttons = QWidget()
        flow = FlowLayout(buttons, current_theme().space(2))
        for button in (self.zaak, self.retry, self.withdraw, self.remove, self.export):
            flow.addWidget(button)
        card.foot().addWidget(buttons, 1)
        self.list.view.selectionModel().currentChanged.connect(lambda _new, _old: self._on_chosen())
        self.list.view.widened.connect(self._show_choice)
        self._disconnect = presenter.changed.connect(lambda _none: self.refresh())
        self.setAccessibleName("Uitgaand")
        self.setFocusProxy(self.list)
        self.refresh()
        if rows := self.list.model.rows:  # the keys work at once, and the buttons say what can be done with the first
            self.list.select(rows[0].key)

    def close_list(self) -> None:
        self._disconnect()
        self._presenter.close()

    def refresh(self) -> None:
        before = self.window().focusWidget() if self._has_focus() else None
        self._draw()
        # Qt gives the focus of a button that goes off to the next one, where a second Enter would do something else.
        if before is not None and self.window().focusWidget() is not before:
            (self.list if self._rows or self._documents else self._dicht).setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_focus(self) -> bool:
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused) and focused.isVisible() and focused.isEnabled()

    def _draw(self) -> None:
        rows = self._presenter.rows()
        self._rows = {rij.opdracht.id: rij for rij in rows}
        self._documents = {al.id: al for al in self._presenter.documents()}
        warning = self._presenter.warning()
        self.warning.setVisible(bool(warning))
        if warning:
            self.warning.set_message(
                "let_op", warning, uitleg="De gegevens blijven bewaard. Exporteer ze om te lezen wat erin staat."
            )
        if rows or self._documents:
            documents = [document_row(al) for al in self._documents.values()]
            self.list.show_rows([*documents, *(self._row(rij) for rij in rows)])
        else:
            # With a warning above it something may wait that nobody can read.
            leeg = "Verder wacht er niets" if warning else "Er wacht niets"
            self.list.show_empty(leeg, "Wat u registreert, staat hier tot de server het heeft bevestigd.")
        self._show_choice()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _row(self, rij: Wachtrij) -> Row:
        icon, tone = _ICONS[rij.stand]
        return Row(key=rij.opdracht.id, title=rij.titel, subtitle=self._presenter.subtitle(rij), icon=icon, tone=tone)

    def _is_cut(self, row: Row) -> bool:
        """Whether the row has no room for all its words; the foot has."""
        width = self.list.view.room
        return any(line.endswith("…") for line in laid_out(row, width, one_line=is_one_line(row, width)).lines)

    def _chosen(self) -> Wachtrij | None:
        return self._rows.get(self.list.selected)

    def _on_chosen(self) -> None:
        self._sure = ""
        self._show_choice()

    def _show_choice(self) -> None:
        al = self._documents.get(self.list.selected)
        self.zaak.setVisible(al is not None)
        if al is not None:
            self._show_document(al)
            return
        rij, presenter = self._chosen(), self._presenter
        self.retry.set_refusal(presenter.refuses_retry(rij))
        self.withdraw.set_refusal(presenter.refuses_withdraw(rij))
        self.remove.set_refusal(presenter.refuses_remove(rij))
        self.export.set_refusal(presenter.refuses_export())
        asks = rij is not None and rij.opdracht.id == self._sure and presenter.can_remove(rij)
        self._show_asks(asks=asks)
        told = [presenter.subtitle(rij)] if rij is not None and self._is_cut(self._row(rij)) else []
        if rij is not None and (reden := presenter.refuses_withdraw(rij)):
            told.append(f"Terugtrekken kan niet. {reden}")  # a button that is off is not on the way of the keys
        if asks and rij is not None and (warning := presenter.before_removal(rij)):
            told = [warning]
        self.explain.setText("\n".join(told))
        self.explain.setVisible(bool(told))

    def _show_document(self, al: Toevoeging) -> None:
        self.retry.set_refusal(refuses_retry(al))
        self.withdraw.set_refusal(NEVER_SENT)
        self.remove.set_refusal("")
        self.export.set_refusal(self._presenter.refuses_export())
        self._show_asks(asks=al.id == self._sure)
        row = document_row(al)
        self.explain.setText(row.subtitle)
        self.explain.setVisible(self._is_cut(row))

    def _show_asks(self, *, asks: bool) -> None:
        if self.remove.text() != (_SURE if asks else _REMOVE):
            self.remove.set_text(_SURE if asks else _REMOVE)

    def _open_zaak(self, key: str) -> None:
        if (al := self._documents.get(key)) is not None:
            self.zaak_asked.emit(al.zaak)

    def _on_retry(self) -> None:
        if self.list.selected in self._documents:
            self._presenter.retry_document(self.list.selected)
            self.toasted.emit("Het document wordt opnieuw verstuurd")
            return
        rij = self._chosen()
        if rij is not None:
            self._presenter.retry(rij.opdracht.id)

    def _on_withdraw(self) -> None:
        rij = self._chosen()
        if rij is None:
            return
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # not on what would take back the next row
        self.withdraw_asked.emit(rij.opdracht.id)

    def _on_remove(self) -> None:
        """Once to ask, once to do: nothing brings it back."""
        key = self.list.selected
        if key not in self._documents and key not in self._rows:
            return
        if self._sure != key:
            self._sure = key
            self._show_choice()
            return
        self._sure = ""
        if key in self._documents:
            self._presenter.remove_document(key)
            self.toasted.emit("Weggehaald")
        elif self._presenter.remove(key):
            self.toasted.emit("Weggehaald")
