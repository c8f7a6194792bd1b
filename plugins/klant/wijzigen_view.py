"""The form for contact data, inline where the contacts stand. Layout and signals; the rules are in `wijzigen.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kcs_desktop.sdk import InvalidInput, SoortDigitaalAdres
from plugins.klant.adresrij_view import Adresrijview
from plugins.klant.kop import KANALEN, TALEN
from plugins.klant.wijzigen import Adresrij, Wijzigformulier
from ui.sdk import Button, Card, Choice, FormColumn, Label, current_theme, give_lead

_SMAL = 320  # pixels at 100% text under which the two choices stand under each other
_KNOPPEN = {
    SoortDigitaalAdres.TELEFOONNUMMER: "&Telefoonnummer toevoegen",
    SoortDigitaalAdres.EMAIL: "&E-mailadres toevoegen",
}


class Wijzigview(QWidget):
    """A card as high as its fields. `gewijzigd` after every keystroke and choice, so that nothing typed is lost."""

    gewijzigd = Signal()
    bewaren_gevraagd = Signal()
    gesloten = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._formulier: Wijzigformulier | None = None
        self._rows: dict[str, Adresrijview] = {}
        self._waits = False  # the cursor belongs in the first address, and none was known yet
        self.setAccessibleName("Contactgegevens wijzigen")
        kaart = Card("Contactgegevens wijzigen", " ")
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(kaart)
        page.addStretch(1)
        self.schuifvak = FormColumn("Contactgegevens")
        self.schuifvak.column.setContentsMargins(theme.space(4), theme.space(3), theme.space(4), theme.space(3))
        self.schuifvak.column.setSpacing(theme.space(2))
        self._blocks = {soort: QVBoxLayout() for soort in (*_KNOPPEN, SoortDigitaalAdres.OVERIG)}
        for soort, block in self._blocks.items():
            block.setSpacing(theme.space(2))
            self.schuifvak.column.addLayout(block)
            if soort in _KNOPPEN:
                self.schuifvak.column.addWidget(self._add_button(soort), 0, Qt.AlignmentFlag.AlignLeft)
        kanalen = [("", "Geen voorkeur"), *KANALEN.items()]
        self.kanaal = Choice("Voorkeurs&kanaal", kanalen)
        self.taal = Choice("Voorkeurst&aal", [("", "Geen voorkeur"), *TALEN.items()])
        self._marks = {veld: Label("", "bij", "let_op", wrap=True) for veld in ("voorkeurskanaal", "voorkeurstaal")}
        self._choices = choices = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        choices.setSpacing(theme.space(2))
        for veld, choice in (("voorkeurskanaal", self.kanaal), ("voorkeurstaal", self.taal)):
            column = QVBoxLayout()
            column.addWidget(choice)
            column.addWidget(self._marks[veld])
            column.addStretch(1)
            choices.addLayout(column, 1)
        self.schuifvak.column.addLayout(choices)
        self.schuifvak.column.addStretch(1)
        kaart.body.addWidget(self.schuifvak)
        self.melding = Label("", "bij", "fout", wrap=True)
        self.annuleren = Button("Annuleren", "gewoon", toets="Esc")
        self.opslaan = Button("Opslaan", "primair", toets="Return")
        give_lead(self, self.opslaan)
        foot = kaart.foot()
        foot.addWidget(self.melding, 1)
        foot.addWidget(self.annuleren)
        foot.addWidget(self.opslaan)
        self.annuleren.clicked.connect(self.gesloten)
        self.opslaan.clicked.connect(self.bewaren_gevraagd)
        self.kanaal.chosen.connect(lambda value: self._on_chosen("voorkeurskanaal", value))
        theme.settled.connect(self._turn)
        self.taal.chosen.connect(lambda value: self._on_chosen("voorkeurstaal", value))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        is_narrow = self.width() < current_theme().px(_SMAL)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._choices.setDirection(down if is_narrow else across)

    def _add_button(self, soort: SoortDigitaalAdres) -> Button:
        button = Button(_KNOPPEN[soort], "stil", "nieuw")
        button.clicked.connect(lambda: self._on_add(soort))
        return button

    def show_formulier(self, formulier: Wijzigformulier) -> None:
        """Show the form; the row of an address stays the same widget, so that the cursor in it stays."""
        if formulier is not self._formulier:
            self._formulier = formulier
            self._drop(tuple(self._rows))
        self._place(formulier)
        for veld, choice in (("voorkeurskanaal", self.kanaal), ("voorkeurstaal", self.taal)):
            rij = formulier.field(veld)
            namen = KANALEN if veld == "voorkeurskanaal" else TALEN
            if rij.wordt and rij.wordt not in namen:
                choice.set_options([("", "Geen voorkeur"), *namen.items(), (rij.wordt, rij.wordt)])
            choice.set_value(rij.wordt)
            hun = namen.get(rij.hun or "", rij.hun) or "geen voorkeur"
            self._marks[veld].setText(f"Een collega koos hier {hun}." if rij.hun is not None else "")
            self._marks[veld].setVisible(rij.hun is not None)

    def _drop(self, keys: Iterable[str]) -> bool:
        """Take rows out; True when one of them had the cursor, also while another window is the active one."""
        focused = self.window().focusWidget()
        had_focus = False
        for key in keys:
            view = self._rows.pop(key)
            had_focus = had_focus or (focused is not None and view.isAncestorOf(focused))
            self._blocks[view.rij.soort].removeWidget(view)
            view.hide()
            view.deleteLater()
        return had_focus

    def _place(self, formulier: Wijzigformulier) -> None:
        had_focus = self._drop(self._rows.keys() - {rij.sleutel for rij in formulier.adressen})
        for soort, block in self._blocks.items():
            for nummer, rij in enumerate((r for r in formulier.adressen if r.soort is soort), start=1):
                view = self._rows.get(rij.sleutel)
                if view is not None:
                    view.show_rij(rij, nummer)
                else:
                    view = self._rows[rij.sleutel] = self._made_row(formulier, rij, nummer)
                    block.insertWidget(nummer - 1, view)
        self._order_tabs()
        if had_focus or (self._rows and self._is_waiting(formulier)):
            self.focus_first()

    def _is_waiting(self, formulier: Wijzigformulier) -> bool:
        """Whether the cursor still stands where opening put it, before the addresses had been read."""
        still = self.window().focusWidget() is self.kanaal.combo and not formulier.is_changed()
        return self._waits and still

    def _made_row(self, formulier: Wijzigformulier, rij: Adresrij, nummer: int) -> Adresrijview:
        view = Adresrijview(rij, nummer)
        view.gewijzigd.connect(self.gewijzigd)
        view.bewaren_gevraagd.connect(self.bewaren_gevraagd)
        view.verwijderd.connect(self._on_removed)
        for signal, action in (
            (view.teruggezet, formulier.restore),
            (view.voorkeur_gekozen, formulier.prefer),
            (view.hun_gekozen, formulier.take_theirs),
            (view.mijn_gekozen, formulier.keep_mine),
        ):
            signal.connect(lambda key, act=action: self._after(act, key))
        return view

    def _order_tabs(self) -> None:
        """Tab follows the eye, also after rows came and went."""
        order: list[QWidget] = []
        for view in self._rows.values():
            order += view.tab_order()
        order += [self.kanaal.combo, self.taal.combo, self.annuleren, self.opslaan]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def show_problems(self, problems: list[InvalidInput]) -> None:
        """Complain at every field that is wrong, and put the cursor on the first."""
        for key, view in self._rows.items():
            view.show_problem(next((p for p in problems if p.field.startswith(f"{key}.")), None))
        self.melding.setText("Kijk de gemarkeerde velden na." if problems else "")
        if problems:
            key, _, part = problems[0].field.rpartition(".")
            self._focus(key, part)

    def focus_first(self) -> None:
        key = next(iter(self._rows), "")
        self._waits = not key
        if key:
            self._focus(key, "adres")
        else:
            self.kanaal.setFocus()

    def _on_add(self, soort: SoortDigitaalAdres) -> None:
        if self._formulier is not None:
            rij = self._formulier.add(soort)
            self.show_formulier(self._formulier)
            self._focus(rij.sleutel, "adres")
            self.gewijzigd.emit()

    def _on_removed(self, key: str) -> None:
        if self._formulier is not None:
            self._formulier.remove(key)
            self.show_formulier(self._formulier)
            self.opslaan.setFocus()
            self.gewijzigd.emit()

    def _after(self, action: Callable[[str], None], key: str) -> None:
        if self._formulier is None:
            return
        focused = self.window().focusWidget()
        action(key)
        self.show_formulier(self._formulier)
        if focused is not None and not focused.isVisibleTo(self):  # the button that was pressed went with the choice
            self._focus(key, "adres")
        self.gewijzigd.emit()

    def _on_chosen(self, veld: str, value: str) -> None:
        if self._formulier is not None:
            self._formulier.field(veld).wordt = value
            self.gewijzigd.emit()

    def _focus(self, key: str, part: str) -> None:
        view = self._rows.get(key)
        if view is not None:
            field = view.omschrijving if part == "omschrijving" else view.adres
            field.edit.setFocus()
            self.schuifvak.ensureWidgetVisible(field, 8, 24)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.gesloten.emit()
            event.accept()
            return
        super().keyPressEvent(event)
