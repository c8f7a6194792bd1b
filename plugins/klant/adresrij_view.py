"""One phone number or e-mail address in the form: the value, what it is for, preferred or not, and away with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from kcs_desktop.sdk import DigitaalAdres, InvalidInput, SoortDigitaalAdres, one_line, unbroken_numbers
from plugins.klant import invoer, tekst
from plugins.klant.wijzigen import Adresrij
from ui.sdk import Banner, Button, Field, LongLabel, current_theme

_SMAL = 420  # pixels at 100% text
NAMEN = {
    SoortDigitaalAdres.TELEFOONNUMMER: ("Telefoonnummer", "06 12 34 56 78"),
    SoortDigitaalAdres.EMAIL: ("E-mailadres", "naam@voorbeeld.nl"),
    SoortDigitaalAdres.OVERIG: ("Adres", ""),
}


class Adresrijview(QWidget):
    """Writes what is typed into its row at once; says nothing wrong before the field is left.

    It stays while its row is in the form: whatever a colleague changes meanwhile, the cursor stays where it is.
    """

    gewijzigd = Signal()
    bewaren_gevraagd = Signal()
    verwijderd = Signal(str)
    teruggezet = Signal(str)
    voorkeur_gekozen = Signal(str)
    hun_gekozen = Signal(str)
    mijn_gekozen = Signal(str)

    def __init__(self, rij: Adresrij, nummer: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rij = rij
        self._naam, hint = NAMEN[rij.soort]
        self.adres = Field(self._naam, hint, invoer.MAX_ADRES)
        self.omschrijving = Field("Omschrijving", "werk", invoer.MAX_OMSCHRIJVING)
        self.voorkeur = Button("Voorkeur", "gewoon", "vinkje_leeg")
        self.voorkeur.setCheckable(True)
        self.weg = Button("", "stil", "verwijderen", naam=f"{self._naam} verwijderen")
        self._removed: QWidget | None = None
        self._theirs: QWidget | None = None
        self._hun: tuple[DigitaalAdres | None, bool] = (None, False)
        self._fields = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._fields)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current_theme().space(1))
        self._lay_out()
        self.show_rij(rij, nummer)

    def show_rij(self, rij: Adresrij, nummer: int) -> None:
        """Show this row as it is now, with the marks of what a colleague made of it."""
        self.rij = rij
        naam = NAMEN[rij.soort][0]
        self._set_name(naam if nummer == 1 else f"{naam} {nummer}")
        if rij.verwijderd and self._removed is None:
            self._removed = self._made_removed()
            self._column.insertWidget(1, self._removed)
        elif not rij.verwijderd and self._removed is not None:
            _discard(self._removed)
            self._removed = None
        self._fields.setVisible(not rij.verwijderd)
        if self._hun != (rij.hun, rij.hun_verwijderd):
            self._hun = (rij.hun, rij.hun_verwijderd)
            if self._theirs is not None:
                _discard(self._theirs)
                self._theirs = None
            if rij.hun is not None or rij.hun_verwijderd:
                self._theirs = self._made_theirs()
                self._column.addWidget(self._theirs)
        self.refresh()

    def tab_order(self) -> list[QWidget]:
        """What Tab passes in this row, as it stands on screen."""
        first = self._removed.findChildren(Button) if self._removed is not None else []
        fields = [self.adres.edit, self.omschrijving.edit, self.voorkeur, self.weg]
        theirs = self._theirs.findChildren(Button) if self._theirs is not None else []
        return [*(first or fields), *theirs]

    def _set_name(self, naam: str) -> None:
        if naam != self._naam:
            self._naam = naam
            self.adres.set_label(naam)
        self.omschrijving.edit.setAccessibleName(f"Omschrijving van {naam.lower()}")
        self.weg.setAccessibleName(f"{naam} verwijderen")

    def _lay_out(self) -> None:
        row = self._row
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().space(2))
        row.addWidget(self.adres, 5, Qt.AlignmentFlag.AlignTop)
        rest = QHBoxLayout()
        rest.addWidget(self.omschrijving, 1, Qt.AlignmentFlag.AlignTop)
        row.addLayout(rest, 3)
        buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        buttons.setSpacing(current_theme().space(1))
        buttons.addWidget(self.voorkeur)
        buttons.addWidget(self.weg)
        rest.addLayout(buttons)
        rest.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(self._fields)
        self._buttons = buttons
        self._restyle()
        current_theme().settled.connect(self._restyle)
        for field in (self.adres, self.omschrijving):
            field.edited.connect(self._on_edited)
            field.submitted.connect(self.bewaren_gevraagd)
        self.adres.left.connect(self.complain)
        self.omschrijving.left.connect(self.complain)
        self.voorkeur.clicked.connect(lambda: self.voorkeur_gekozen.emit(self.rij.sleutel))
        self.weg.clicked.connect(lambda: self.verwijderd.emit(self.rij.sleutel))

    def _restyle(self) -> None:
        """The buttons stand beside the boxes, not beside the labels above them, and not beside a complaint below."""
        above = self.adres.label.sizeHint().height() + current_theme().space(0.5)
        self._buttons.setContentsMargins(0, above, 0, 0)
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        """What the address is for stands under it where beside it neither could be read."""
        is_narrow = self.width() < current_theme().px(_SMAL)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if is_narrow else across)

    def _made_removed(self) -> QWidget:
        removed = QWidget()
        row = QHBoxLayout(removed)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(
            LongLabel(f"{unbroken_numbers(one_line(self.rij.adres))} wordt verwijderd", "gewoon", "tekst_zacht"),
            1,
        )
        back = Button("Terugzetten", "stil", "herstellen")
        back.setAccessibleName(f"{self._naam} terugzetten")
        back.clicked.connect(lambda: self.teruggezet.emit(self.rij.sleutel))
        row.addWidget(back)
        return removed

    def _made_theirs(self) -> QWidget:
        hun = self.rij.hun
        wat = (
            f"Een collega maakte hier {unbroken_numbers(tekst.phone(hun.adres))} van."
            if hun
            else "Een collega heeft dit verwijderd."
        )
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space(1))
        column.addWidget(Banner("let_op", wat))
        row = QHBoxLayout()
        theirs, mine = Button("Versie van collega nemen", "gewoon"), Button("Mijn versie houden", "gewoon")
        theirs.clicked.connect(lambda: self.hun_gekozen.emit(self.rij.sleutel))
        mine.clicked.connect(lambda: self.mijn_gekozen.emit(self.rij.sleutel))
        row.addWidget(theirs)
        row.addWidget(mine)
        row.addStretch(1)
        column.addLayout(row)
        return part

    def refresh(self) -> None:
        """Show what the row holds; the cursor stays where it is."""
        self.adres.set_text(self.rij.adres)
        self.omschrijving.set_text(self.rij.omschrijving)
        self.voorkeur.setChecked(self.rij.standaard)
        self.voorkeur.set_icoon("vinkje" if self.rij.standaard else "vinkje_leeg")
        self.voorkeur.setAccessibleName(f"{self._naam} heeft de voorkeur")

    def _on_edited(self, _text: str) -> None:
        self.rij.adres, self.rij.omschrijving = self.adres.text, self.omschrijving.text
        if self.adres.error or self.omschrijving.error:
            self.complain()
        self.gewijzigd.emit()

    def complain(self) -> None:
        """Say what is wrong, or take the complaint away when it is right now."""
        wrong: InvalidInput | None = None
        if not self.rij.is_empty_new:
            try:
                self.rij.becomes()
            except InvalidInput as error:
                wrong = error
        self.show_problem(wrong)

    def show_problem(self, error: InvalidInput | None) -> None:
        at = error.field.rpartition(".")[2] if error is not None else ""
        said = invoer.said(error) if error is not None else ""
        self.adres.set_error(said if at == "adres" else "")
        self.omschrijving.set_error(said if at == "omschrijving" else "")


def _discard(part: QWidget) -> None:
    part.hide()
    part.deleteLater()
