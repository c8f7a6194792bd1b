"""The form for contact data, inline where the contacts stand. Layout and signals; the rules are in `wijzigen.py`."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from kcs_desktop.sdk import InvalidInput, SoortDigitaalAdres
from plugins.klant.adresrij_view import Adresrijview
from plugins.klant.kop import KANALEN, TALEN
from plugins.klant.wijzigen import Wijzigformulier
from ui.sdk import Button, Card, Choice, FormColumn, Label, current_theme

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
        self._shape: object = None
        self._rows: dict[str, Adresrijview] = {}
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
        """Show the form; rows are built anew only where one came, went or was marked."""
        shape = [(rij.sleutel, rij.verwijderd, rij.hun, rij.hun_verwijderd) for rij in formulier.adressen]
        if formulier is not self._formulier or shape != self._shape:
            focused = self._focused()
            self._formulier, self._shape = formulier, shape
            self._build(formulier)
            self._focus(*focused)
        for view in self._rows.values():
            view.refresh()
        for veld, choice in (("voorkeurskanaal", self.kanaal), ("voorkeurstaal", self.taal)):
            rij = formulier.field(veld)
            namen = KANALEN if veld == "voorkeurskanaal" else TALEN
            if rij.wordt and rij.wordt not in namen:
                choice.set_options([("", "Geen voorkeur"), *namen.items(), (rij.wordt, rij.wordt)])
            choice.set_value(rij.wordt)
            hun = namen.get(rij.hun or "", rij.hun) or "geen voorkeur"
            self._marks[veld].setText(f"Een collega koos hier {hun}." if rij.hun is not None else "")
            self._marks[veld].setVisible(rij.hun is not None)

    def _build(self, formulier: Wijzigformulier) -> None:
        for block in self._blocks.values():
            while (item := block.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
        self._rows.clear()
        for soort, block in self._blocks.items():
            for nummer, rij in enumerate((r for r in formulier.adressen if r.soort is soort), start=1):
                view = Adresrijview(rij, nummer)
                self._rows[rij.sleutel] = view
                block.addWidget(view)
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
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab follows the eye, also after rows came and went."""
        order: list[QWidget] = []
        for view in self._rows.values():
            order += [view.adres.edit, view.omschrijving.edit, view.voorkeur, view.weg]
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

    def _after(self, action: object, key: str) -> None:
        if callable(action) and self._formulier is not None:
            action(key)
            self.show_formulier(self._formulier)
            self.gewijzigd.emit()

    def _on_chosen(self, veld: str, value: str) -> None:
        if self._formulier is not None:
            self._formulier.field(veld).wordt = value
            self.gewijzigd.emit()

    def _focused(self) -> tuple[str, str]:
        for key, view in self._rows.items():
            if view.adres.edit.hasFocus():
                return key, "adres"
            if view.omschrijving.edit.hasFocus():
                return key, "omschrijving"
        return "", ""

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
