"""The fields of a form that a catalogue describes: one widget per question, whatever its format. Layout and signals."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from kcs_desktop.sdk import Formulierveld, Veldsoort, display_answer
from plugins.zaken import aanmaken_tekst as tekst
from ui.sdk import Check, Choice, Field, Label, TextField, current_theme

_ZOEKBAAR = 12  # options from which one types to find one
_BREED = (Veldsoort.TEKSTVAK,)


def is_being_typed(editor: QWidget) -> bool:
    """Whether the cursor stands in it, also while another window has the keyboard."""
    return editor.window().focusWidget() is editor


def forget_typing(editor: QLineEdit | QPlainTextEdit) -> None:
    """Undo brings nothing back of what was typed here before."""
    if isinstance(editor, QLineEdit):
        editor.setText(editor.text())
        editor.setCursorPosition(0)
    else:
        editor.document().clearUndoRedoStacks()


class Invoerveld(QWidget):
    """One question with what stands under it. `gewijzigd` carries the answers; `verlaten` when the focus has left;
    `ingevoerd` for Enter in a field of one line."""

    gewijzigd = Signal(list)
    verlaten = Signal()
    ingevoerd = Signal()

    def __init__(self, veld: Formulierveld) -> None:
        super().__init__()
        self.veld = veld
        self._error = ""
        self.onder = Label(tekst.below_field(veld), "klein", "tekst_zacht", wrap=True)
        self.onder.setVisible(bool(self.onder.text()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space(0.5))
        self.editor = self._made()
        column.addWidget(self.editor)
        column.addWidget(self.onder)
        self.setFocusProxy(self.editor)

    @property
    def is_wide(self) -> bool:
        """Whether it needs the whole width of the form."""
        return self.veld.soort in _BREED or self.veld.meer or len(self.veld.vraag) > 40

    @property
    def error(self) -> str:
        return self._error

    def show_values(self, waarden: Sequence[str], herkomst: str, *, is_other: bool = False) -> None:
        """As they are in the draft; what is being typed stays as it is typed, unless it is of another draft."""
        editor = self.editor
        if isinstance(editor, _Keuzelijst):
            editor.show_values(waarden)
            return
        shown = "\n".join(display_answer(self.veld, al) for al in waarden)
        if isinstance(editor, Choice):
            editor.set_value(waarden[0] if waarden else "", herkomst)
            if is_other:
                editor.drop_typed()
            return
        if is_other:
            forget_typing(editor.edit)
        if is_other or not is_being_typed(editor.edit):
            editor.set_text(shown, herkomst)

    def set_error(self, text: str) -> None:
        self._error = text
        self.editor.set_error(text)

    def focus(self) -> None:
        self.stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        editor = self.editor
        if isinstance(editor, _Keuzelijst):
            return list(editor.boxes.values())
        return [editor.combo if isinstance(editor, Choice) else editor.edit]

    @property
    def is_empty(self) -> bool:
        editor = self.editor
        if isinstance(editor, _Keuzelijst):
            return not editor.values
        return not (editor.value if isinstance(editor, Choice) else editor.text)

    def _made(self) -> Field | TextField | Choice | _Keuzelijst:
        veld = self.veld
        label, hint = tekst.field_label(veld), tekst.field_hint(veld)
        if veld.soort is Veldsoort.KEUZE and veld.meer:
            lijst = _Keuzelijst(label, veld.keuzes)
            lijst.gewijzigd.connect(self.gewijzigd)
            return lijst
        if veld.soort is Veldsoort.KEUZE:
            leeg = [] if veld.verplicht else [("", "Geen antwoord")]
            options = [*leeg, *((keuze, keuze) for keuze in veld.keuzes)]
            keuze = Choice(label, options, zoekbaar=len(veld.keuzes) > _ZOEKBAAR, hint="Kies")
            keuze.chosen.connect(lambda waarde: self.gewijzigd.emit([waarde]))
            keuze.box.focus_changed.connect(self._on_focus)
            return keuze
        if veld.soort is Veldsoort.TEKSTVAK or veld.meer:
            vak = TextField(label, hint, 0 if veld.meer else veld.lengte, regels=3)
            vak.edited.connect(self._on_text)
            vak.left.connect(self.verlaten)
            vak.box.focus_changed.connect(lambda is_focused: self._offer_to_replace(vak) if is_focused else None)
            return vak
        is_text = veld.soort is Veldsoort.TEKST
        regel = Field(label, hint, veld.lengte if is_text else 0)
        regel.edited.connect(lambda text: self.gewijzigd.emit([text]))
        regel.left.connect(self.verlaten)
        regel.submitted.connect(self.ingevoerd)
        return regel

    def _offer_to_replace(self, vak: TextField) -> None:
        """What was filled in by itself is typed over, as in a field of one line; arrows keep it."""
        if vak.box.tag.text():
            vak.edit.selectAll()

    def _on_text(self, text: str) -> None:
        self.gewijzigd.emit(text.splitlines() if self.veld.meer else [text])

    def _on_focus(self, is_focused: bool) -> None:
        if not is_focused:
            self.verlaten.emit()


class _Keuzelijst(QWidget):
    """Several of a few: a check box each."""

    gewijzigd = Signal(list)

    def __init__(self, label: str, keuzes: Sequence[str]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(label.replace("&&", "&"), "bij", "tekst_zacht", wrap=True))
        self.boxes = {keuze: Check(keuze.replace("&", "&&")) for keuze in keuzes}
        for keuze, box in self.boxes.items():
            box.setAccessibleName(f"{label}: {keuze}")
            box.toggled.connect(lambda _on: self.gewijzigd.emit(self.values))
            column.addWidget(box)
        self._complaint = Label("", "bij", "fout", wrap=True)
        self._complaint.hide()
        column.addWidget(self._complaint)
        self.setAccessibleName(label)

    @property
    def values(self) -> list[str]:
        return [keuze for keuze, box in self.boxes.items() if box.isChecked()]

    def show_values(self, waarden: Sequence[str]) -> None:
        for keuze, box in self.boxes.items():
            blocked = box.blockSignals(True)  # noqa: FBT003 -- Qt takes it by position only
            box.setChecked(keuze in waarden)
            box.blockSignals(blocked)

    def set_error(self, text: str) -> None:
        self._complaint.setText(text)
        self._complaint.setVisible(bool(text))
