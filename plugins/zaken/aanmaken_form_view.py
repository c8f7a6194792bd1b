"""The form of a zaak in the making: head, warnings, the questions of its zaaktype, and the button that makes it.

Layout and signals; what is asked and what is wrong is told to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from kcs_desktop.sdk import Bronstand, Formulierveld, InvalidInput, Zaakformulier
from plugins.zaken.aanmaken_kop_view import Aanmaakkop, Nummerstrook
from plugins.zaken.aanmaken_plaats import Plaatsveld
from plugins.zaken.aanmaken_velden import Invoerveld, forget_typing, is_being_typed
from plugins.zaken.neerzetplek import Neerzetplek
from plugins.zaken.toevoegvak import Toevoegvak
from ui.sdk import (
    Banner,
    Button,
    Card,
    Field,
    Label,
    ScrollColumn,
    TextField,
    current_theme,
    give_key,
    own_keys,
)

MAX_OMSCHRIJVING, MAX_TOELICHTING = 80, 1000
_NAAST = 560  # pixels at 100% text from which short questions stand beside each other


class Formulierview(Card):
    """Enter in a field of one line and Ctrl+Enter anywhere make the zaak; Esc goes back to the list."""

    gewijzigd = Signal(str, list)  # name of a field as `problems` has it, and its answers
    verlaten = Signal(str)
    aanmaken_gevraagd = Signal()
    annuleren_gevraagd = Signal()
    dubbel_gevraagd = Signal()
    opnieuw_gevraagd = Signal()
    teruggestapt = Signal()

    def __init__(self, documenten: Toevoegvak, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        theme = current_theme()
        self.documenten = documenten
        self._velden: tuple[Formulierveld, ...] = ()
        self.concept = ""  # whose answers the fields hold
        self._is_wide = True
        self.vragen: dict[str, Invoerveld] = {}
        self.kop = Aanmaakkop()
        self.dubbel = Banner("let_op")
        self.fout = Banner("fout")
        self.stand = Banner("accent")
        self.plaats = Plaatsveld()
        self.omschrijving = Field("Korte omschrijving (mag leeg)", maximum=MAX_OMSCHRIJVING)
        self.toelichting = TextField("Toelichting (mag leeg)", maximum=MAX_TOELICHTING, regels=3)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.space(3))
        self._grid.setVerticalSpacing(theme.space(3))
        self._scroll = ScrollColumn("Zaak aanmaken", vaste_breedte=True)
        column = self._scroll.column
        column.setContentsMargins(theme.space(4), theme.space(4), theme.space(4), theme.space(4))
        column.setSpacing(theme.space(3))
        for widget in (self.kop, self.fout, self.dubbel, self.stand, self.plaats):
            column.addWidget(widget)
        column.addLayout(self._grid)
        column.addWidget(self.omschrijving)
        column.addWidget(self.toelichting)
        column.addWidget(documenten)
        column.addStretch(1)
        for banner in (self.dubbel, self.fout, self.stand):
            banner.hide()
        self.strook = Nummerstrook(self._scroll, self.kop)
        self.body.addWidget(self._scroll, 1)
        self.annuleren = Button("Annuleren", "gewoon")
        self.later = Label("", "bij", "tekst_zacht", wrap=True)
        self.aanmaken = Button("Zaak aanmaken", "primair", toets="Ctrl+Return")
        give_key(self, self.aanmaken)
        own_keys(self, self.aanmaken_gevraagd.emit, self.teruggestapt.emit)
        foot = self.foot()
        foot.addWidget(self.annuleren)
        foot.addWidget(self.later, 1)
        foot.addWidget(self.aanmaken)
        self.neerzetplek = Neerzetplek(self, documenten)
        self._connect()

    def _connect(self) -> None:
        self.omschrijving.edited.connect(lambda text: self.gewijzigd.emit("omschrijving", [text]))
        self.omschrijving.left.connect(lambda: self.verlaten.emit("omschrijving"))
        self.omschrijving.submitted.connect(self.aanmaken_gevraagd)
        self.toelichting.edited.connect(lambda text: self.gewijzigd.emit("toelichting", [text]))
        self.toelichting.left.connect(lambda: self.verlaten.emit("toelichting"))
        self.plaats.verlaten.connect(lambda: self.verlaten.emit("locatie"))
        self.plaats.ingevoerd.connect(self.aanmaken_gevraagd)
        self.aanmaken.clicked.connect(self.aanmaken_gevraagd)
        self.annuleren.clicked.connect(self.annuleren_gevraagd)
        self.dubbel.acted.connect(self.dubbel_gevraagd)
        self.stand.acted.connect(self.opnieuw_gevraagd)
        self.documenten.in_beeld.connect(lambda parts: self._scroll.reveal(*parts))

    # --- showing --------------------------------------------------------------------------------------------------

    def show_form(
        self, concept: str, formulier: Zaakformulier, hidden: Sequence[str], *, is_open: bool, toelicht: bool = False
    ) -> bool:
        """The questions of this draft; those that stand there already keep what is being typed. True where another
        draft was shown before: nothing of that one may stay in a field. `toelicht`: it has a toelichting, which is
        shown also where the form asks for a description itself."""
        velden = tuple(veld for veld in formulier.velden if veld.id not in hidden)
        is_other = concept != self.concept
        self.concept = concept
        if velden != self._velden:
            self._velden = velden
            self._build()
        if is_other:
            self.show_problems({})
            self._scroll.verticalScrollBar().setValue(0)
        is_known = formulier.stand is Bronstand.KLAAR
        self.plaats.setVisible(is_known and formulier.met_locatie)
        is_typed = toelicht or is_being_typed(self.toelichting.edit)
        self.toelichting.setVisible(is_known and (is_typed or formulier.veld("omschrijving") is None))
        self.omschrijving.setVisible(is_known)
        for widget in (*self.vragen.values(), self.plaats, self.omschrijving, self.toelichting):
            widget.setEnabled(is_open)
        self.aanmaken.setEnabled(is_open and is_known)
        self.annuleren.setEnabled(is_open)
        self._show_source(formulier)
        return is_other

    def _show_source(self, formulier: Zaakformulier) -> None:
        match formulier.stand:
            case Bronstand.KLAAR:
                self.stand.hide()
                return
            case Bronstand.FOUT:
                self.stand.set_message("fout", formulier.melding or "De vragen zijn er niet.", "Opnieuw proberen")
            case _:
                self.stand.set_message("accent", "De vragen worden opgehaald")
        self.stand.show()

    def show_values(
        self, waarden: Mapping[str, Sequence[str]], herkomst: Mapping[str, str], *, is_other: bool = False
    ) -> None:
        """What was answered, by id, and where it came from; what is being typed stays, unless it is of another."""
        for naam, vraag in self.vragen.items():
            vraag.show_values(waarden.get(naam, ()), herkomst.get(naam, ""), is_other=is_other)
        for naam, field in (("omschrijving", self.omschrijving), ("toelichting", self.toelichting)):
            if is_other:
                forget_typing(field.edit)
            if is_other or not is_being_typed(field.edit):
                field.set_text("".join(waarden.get(naam, ())), herkomst.get(naam, ""))

    def show_problems(self, klachten: Mapping[str, str]) -> None:
        """At the fields they name."""
        for naam, field in self._fields():
            if field.error != klachten.get(naam, ""):
                field.set_error(klachten.get(naam, ""))

    def focus_problem(self, problems: Sequence[InvalidInput]) -> bool:
        """The cursor in the first that is wrong; False where that is no field here."""
        fields = dict(self._fields())
        for problem in problems:
            field = fields.get(problem.field)
            if field is not None and field.isEnabled() and not field.isHidden():
                self._focus(field)
                return True
        return False

    def focus_first(self) -> None:
        """The first question that is still empty, of those that must be answered first."""
        if not self.plaats.isHidden() and not self.plaats.adres.text:
            self._focus(self.plaats)
            return
        vragen = sorted(self.vragen.values(), key=lambda al: not al.veld.verplicht)
        leeg = next((al for al in vragen if al.isEnabled() and al.is_empty), None)
        if leeg is not None and leeg.veld.verplicht:
            self._focus(leeg)
        else:
            self.aanmaken.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- inside ---------------------------------------------------------------------------------------------------

    def _fields(self) -> Iterator[tuple[str, Invoerveld | Field | TextField | Plaatsveld]]:
        yield "locatie", self.plaats
        for naam, vraag in self.vragen.items():
            yield f"eigenschappen.{naam}", vraag
        yield "omschrijving", self.omschrijving
        yield "toelichting", self.toelichting

    def _focus(self, field: Invoerveld | Field | TextField | Plaatsveld) -> None:
        if isinstance(field, Invoerveld | Plaatsveld):
            field.focus()
        else:
            field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.reveal(field)

    def _build(self) -> None:
        """A question that is the same keeps its field: making one takes milliseconds."""
        before = self.vragen
        kept = {veld.id: before[veld.id] for veld in self._velden if veld.id in before and before[veld.id].veld == veld}
        for naam, vraag in before.items():
            self._grid.removeWidget(vraag)
            if naam not in kept:
                vraag.hide()
                vraag.deleteLater()
        self.vragen = {veld.id: kept.get(veld.id) or self._made(veld) for veld in self._velden}
        self._place()
        self._order()

    def _made(self, veld: Formulierveld) -> Invoerveld:
        vraag, key = Invoerveld(veld), f"eigenschappen.{veld.id}"
        vraag.gewijzigd.connect(lambda waarden: self.gewijzigd.emit(key, waarden))
        vraag.verlaten.connect(lambda: self.verlaten.emit(key))
        vraag.ingevoerd.connect(self.aanmaken_gevraagd)
        return vraag

    def _place(self) -> None:
        """Short questions two to a row where there is room."""
        row = column = 0
        for vraag in self.vragen.values():
            self._grid.removeWidget(vraag)
            is_whole = vraag.is_wide or not self._is_wide
            if is_whole and column:
                row, column = row + 1, 0
            self._grid.addWidget(vraag, row, column, 1, 2 if is_whole else 1, Qt.AlignmentFlag.AlignTop)
            if is_whole or column:
                row, column = row + 1, 0
            else:
                column = 1
        for place in (0, 1):
            self._grid.setColumnStretch(place, 1)

    def _order(self) -> None:
        """Tab goes as the page is read."""
        chain: list[QWidget] = [self.plaats.adres.edit, self.plaats.opmerking.edit]
        chain += [widget for vraag in self.vragen.values() for widget in vraag.stops]
        chain += [self.omschrijving.edit, self.toelichting.edit, *self.documenten.stops]
        chain += [self.aanmaken, self.annuleren]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.turn()

    def turn(self) -> None:
        """Lay out anew for this width and text size."""
        width = self.width()
        self.kop.turn(width)
        is_wide = width >= current_theme().px(_NAAST)
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self._place()
