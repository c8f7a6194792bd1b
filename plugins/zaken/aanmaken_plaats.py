"""Where something is: an address that is looked up in the BAG while it is typed, and a remark on the spot.

Nothing has to be found: what was typed is a place too.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kcs_desktop.sdk import Adresantwoord, Adresvoorstel
from plugins.zaken.aanmaken_velden import is_being_typed
from ui.sdk import Card, Field, Label, Row, StateList, current_theme

MAX_REGELS = 6
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Plaatsveld(QWidget):
    """`gezocht` for what is typed, `gekozen` for an address of the list, `gewijzigd` whenever one of the fields
    changed. Arrows walk through the list from the field, Enter takes its row, Esc closes it."""

    gezocht = Signal(str)
    gekozen = Signal(object)  # Adresvoorstel
    gewijzigd = Signal()
    verlaten = Signal()
    ingevoerd = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme = current_theme()
        self._voorstellen: tuple[Adresvoorstel, ...] = ()
        self._is_online = True
        self.adres = Field("Waar is &het?", "Straat en nummer, postcode, of een plek", 200, icoon="adres")
        self.opmerking = Field("Waar precies (mag leeg)", "Bijvoorbeeld naast de speeltuin", 200)
        self.lijst = StateList("Gevonden adressen", passend=True)
        self.lijst.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the cursor stays in the field
        self.lijst.set_passend(passend=True)  # the form scrolls, not the list in it
        self._kader = Card()
        self._kader.body.addWidget(self.lijst)
        self._kader.hide()
        self.melding = Label("", "klein", "tekst_zacht", wrap=True)
        self.melding.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(1))
        for widget in (self.adres, self._kader, self.melding, self.opmerking):
            column.addWidget(widget)
        self.adres.edited.connect(self._on_typed)
        self.adres.left.connect(self._on_left)
        self.adres.submitted.connect(self._on_enter)
        self.adres.edit.installEventFilter(self)
        self.opmerking.edited.connect(lambda _text: self.gewijzigd.emit())
        self.opmerking.left.connect(self.verlaten)
        self.opmerking.submitted.connect(self.ingevoerd)
        self.lijst.opened.connect(self._take)
        self.setFocusProxy(self.adres)

    @property
    def error(self) -> str:
        return self.adres.error

    def set_error(self, text: str) -> None:
        self.adres.set_error(text)

    def focus(self) -> None:
        self.adres.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_place(self, adres: str, opmerking: str, herkomst: str, *, is_other: bool = False) -> None:
        """As the draft has it; what is being typed stays, unless it is of another draft."""
        if is_other:
            self.shut()
            self.melding.hide()
        for field, text in ((self.adres, adres), (self.opmerking, opmerking)):
            if is_other or not is_being_typed(field.edit):
                field.set_text(text, herkomst if field is self.adres and text else "")

    def set_online(self, *, is_online: bool) -> None:
        """What the BAG could not say without a connection is asked again once there is one."""
        is_back, self._is_online = is_online and not self._is_online, is_online
        if is_back and not self.melding.isHidden():
            self.melding.hide()
            self.gezocht.emit(self.adres.text)

    def show_answer(self, antwoord: Adresantwoord) -> None:
        """What was found for what stands in the field now."""
        if not is_being_typed(self.adres.edit):
            return
        self._voorstellen = antwoord.voorstellen[:MAX_REGELS]
        rows = [Row(key=str(place), title=al.omschrijving, icon="adres") for place, al in enumerate(self._voorstellen)]
        self.lijst.show_rows(rows)
        self._kader.setVisible(bool(rows))
        if rows:
            self.lijst.select("0")
        self.melding.setText(antwoord.melding)
        self.melding.setVisible(bool(antwoord.melding))
        self._describe(self._voorstellen)

    def fill(self, adres: str) -> None:
        """The chosen address as it is written in the field."""
        self.adres.set_text(adres, "BAG")

    def shut(self) -> None:
        """Close the list; what was typed stays."""
        self._voorstellen = ()
        self._kader.hide()
        self._describe(())

    @property
    def is_offering(self) -> bool:
        return bool(self._voorstellen)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self.is_offering:
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._on_key(event):
                return True
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        place = int(self.lijst.selected or 0)
        match event.key():
            case Qt.Key.Key_Down:
                self.lijst.select(str(min(place + 1, len(self._voorstellen) - 1)))
            case Qt.Key.Key_Up:
                self.lijst.select(str(max(place - 1, 0)))
            case Qt.Key.Key_Escape:
                self.shut()
            case _:
                return False
        self._describe(self._voorstellen)
        return True

    def _on_typed(self, text: str) -> None:
        self.shut()
        self.melding.hide()
        self.gewijzigd.emit()
        self.gezocht.emit(text)

    def _on_enter(self) -> None:
        if self.is_offering:
            self._take(self.lijst.selected)
        else:
            self.ingevoerd.emit()

    def _on_left(self) -> None:
        if not is_being_typed(self.adres.edit):
            self.shut()
            self.verlaten.emit()

    def _take(self, key: str) -> None:
        if not key.isdigit() or int(key) >= len(self._voorstellen):
            return
        voorstel = self._voorstellen[int(key)]
        self.shut()
        self.gekozen.emit(voorstel)
        self.opmerking.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _describe(self, voorstellen: Sequence[Adresvoorstel]) -> None:
        """What a screen reader says of the list while the cursor stays in the field."""
        if not voorstellen:
            self.adres.edit.setAccessibleDescription(self.error)
            return
        gekozen = voorstellen[int(self.lijst.selected or 0)].omschrijving
        meer = "adres" if len(voorstellen) == 1 else "adressen"
        self.adres.edit.setAccessibleDescription(
            f"{len(voorstellen)} {meer} gevonden. {gekozen}. Enter neemt dit over."
        )
