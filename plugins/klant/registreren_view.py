"""The form that registers a customer whom no register knows. Layout and signals; the rules are in `registreren.py`."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kcs_desktop.sdk import InvalidInput, Klantbeeld
from plugins.klant import invoer
from plugins.klant.registreren import VELDEN, Registratieformulier
from plugins.klant.sleutels import reference
from ui.sdk import Banner, Button, Card, Field, FormColumn, current_theme, give_lead

_MAX_BREEDTE = 640
_NAAST_ELKAAR = (("voornaam", "voorvoegsel"), ("telefoon", "email"), ("adresregel1", "adresregel2"))
_HINTS = {
    "telefoon": "06 12 34 56 78",
    "email": "naam@voorbeeld.nl",
    "adresregel1": "Schelpenlaan 12",
    "adresregel2": "9999 ZZ Proefdam",
}
_APART = "Met Opnieuw versturen gaat precies hetzelfde nog een keer: er komt geen tweede klant bij."


class Registreerview(QWidget):
    """`gewijzigd` after every keystroke."""

    gewijzigd = Signal()
    bewaren_gevraagd = Signal()
    gesloten = Signal()
    klant_gekozen = Signal(object)  # Klantverwijzing: the customer that exists already

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._formulier: Registratieformulier | None = None
        self._dubbel: Klantbeeld | None = None
        self.velden: dict[str, Field] = {}
        self.kaart = Card("Registreren", " ")
        scroll = FormColumn("Gegevens")
        column = scroll.column
        column.setContentsMargins(theme.space(4), theme.space(3), theme.space(4), theme.space(4))
        column.setSpacing(theme.space(2))
        self.melding = Banner("fout")
        self.dubbel = Banner("let_op")
        for banner in (self.melding, self.dubbel):
            banner.hide()
            column.addWidget(banner)
        self._fields = QVBoxLayout()
        self._fields.setSpacing(theme.space(2))
        column.addLayout(self._fields)
        column.addStretch(1)
        self.kaart.body.addWidget(scroll)
        self.annuleren = Button("Annuleren", "gewoon", toets="Esc")
        self.opslaan = Button("Registreren", "primair", toets="Return")
        give_lead(self, self.opslaan)
        foot = self.kaart.foot()
        foot.addStretch(1)
        foot.addWidget(self.annuleren)
        foot.addWidget(self.opslaan)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.kaart, 1, Qt.AlignmentFlag.AlignTop)
        outer.addStretch(0)
        self.annuleren.clicked.connect(self.gesloten)
        self.opslaan.clicked.connect(self.bewaren_gevraagd)
        self.dubbel.acted.connect(self._on_dubbel)
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_formulier(self, formulier: Registratieformulier, *, wacht: bool, reden: str, waarom: str) -> None:
        """`wacht`: the command is on its way; `reden`: why it was refused; `waarom`: why it waits.

        With both `wacht` and `reden` it was set apart, and can be sent again as it is.
        """
        if self._formulier is not formulier:
            if self._formulier is None or self._formulier.velden != formulier.velden:
                self._build(formulier)
            self._formulier = formulier
            for veld, field in self.velden.items():
                field.set_text(formulier.value(veld))
                field.set_error("")
        self.kaart.set_titel(formulier.titel)
        for field in self.velden.values():
            field.setEnabled(not wacht)
        self.opslaan.setEnabled(not wacht or bool(reden))
        self.opslaan.set_text("Opnieuw versturen" if wacht and reden else "Registreren")
        self.annuleren.set_text("Sluiten" if wacht else "Annuleren")
        if wacht and reden:
            self.melding.set_message("let_op", "Het is niet bekend of dit is geregistreerd", uitleg=f"{reden} {_APART}")
        elif wacht:
            self.melding.set_message("accent", "Wordt geregistreerd", uitleg=waarom)
        elif reden:
            self.melding.set_message("fout", "Niet geregistreerd", uitleg=reden)
        self.melding.setVisible(wacht or bool(reden))

    def _build(self, formulier: Registratieformulier) -> None:
        while (item := self._fields.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.velden = {}
        for veld in formulier.velden:
            label, maximum = VELDEN[veld]
            field = Field(label, _HINTS.get(veld, ""), maximum)
            self.velden[veld] = field
            field.edited.connect(lambda _text, v=veld: self._on_edited(v))
            field.left.connect(lambda v=veld: self.complain(v))
            field.submitted.connect(self.bewaren_gevraagd)
        placed: set[str] = set()
        for veld in formulier.velden:
            if veld in placed:
                continue
            pair = next((p for p in _NAAST_ELKAAR if veld == p[0] and p[1] in self.velden), (veld,))
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(current_theme().space(2))
            for name in pair:
                row.addWidget(self.velden[name], 2 if name != "voorvoegsel" else 1, Qt.AlignmentFlag.AlignTop)
                placed.add(name)
            self._fields.addWidget(holder)
        order = [field.edit for field in self.velden.values()]
        for before, after in zip(order, [*order[1:], self.annuleren], strict=True):
            QWidget.setTabOrder(before, after)

    def _on_edited(self, veld: str) -> None:
        if self._formulier is None:
            return
        self._formulier.waarden[veld] = self.velden[veld].text
        if self.velden[veld].error:
            self.complain(veld)
        self.gewijzigd.emit()

    def complain(self, veld: str) -> None:
        """Say what is wrong with a field that was left; an empty one is only asked for when registering."""
        formulier = self._formulier
        if formulier is None or veld not in self.velden:
            return
        # Enter registers and leaves the field at once: what was asked for then stays.
        was_asked = bool(self.velden[veld].error)
        found = next(
            (p for p in formulier.problems() if p.field == veld and (was_asked or p.code != "verplicht")), None
        )
        self.velden[veld].set_error(invoer.said(found) if found is not None else "")

    def show_problems(self, problems: Sequence[InvalidInput]) -> None:
        """Complain at every field, and put the cursor on the first that is wrong."""
        for veld, field in self.velden.items():
            found = next((p for p in problems if p.field == veld), None)
            field.set_error(invoer.said(found) if found is not None else "")
        if problems and problems[0].field in self.velden:
            self.velden[problems[0].field].edit.setFocus()

    def show_dubbel(self, beeld: Klantbeeld | None) -> None:
        """A customer of this name was opened here lately: better open that one."""
        self._dubbel = beeld
        if beeld is not None:
            self.dubbel.set_message("let_op", f"{beeld.naam} is al bekend.", "Die klant openen")
        self.dubbel.setVisible(beeld is not None)

    def _on_dubbel(self) -> None:
        if self._dubbel is not None:
            self.klant_gekozen.emit(reference(self._dubbel))

    def _restyle(self) -> None:
        self.kaart.setMaximumWidth(current_theme().px(_MAX_BREEDTE))

    def focus_first(self) -> None:
        """The first field to fill in; of a form that is under way the button that closes it, of one that was set apart
        the one that sends it again."""
        if not any(field.isEnabled() for field in self.velden.values()):
            button = self.opslaan if self.opslaan.isEnabled() else self.annuleren
            button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        empty = (field for field in self.velden.values() if not field.text)
        next(empty, next(iter(self.velden.values()))).edit.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.gesloten.emit()
            event.accept()
            return
        super().keyPressEvent(event)
