"""Choose one of several: a drop-down, searchable where the list is long."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QSizePolicy, QWidget

from ui.theme.theme import current_theme
from ui.widgets.field_box import FieldBox, FieldFrame


class _Combo(QComboBox):
    """The wheel scrolls the page, never a choice that happens to be under it. Alt with an arrow opens the list."""

    def __init__(self) -> None:
        super().__init__()
        self._marked = -1

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_arrow = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
            if is_arrow and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                event.accept()  # or a command with this key would take it from the field
                return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def showPopup(self) -> None:
        self._mark_chosen()
        super().showPopup()
        _fit(self.view().window(), self)

    def _mark_chosen(self) -> None:
        """In bold: the highlight of the list goes along with the pointer, what is chosen does not."""
        font = int(Qt.ItemDataRole.FontRole)
        self.setItemData(self._marked, None, font)
        self._marked = self.currentIndex()
        self.setItemData(self._marked, current_theme().font("gewoon", bold=True), font)


class _Suggestions(QObject):
    """Keeps the list of suggestions under the whole field."""

    def __init__(self, combo: QComboBox) -> None:
        super().__init__(combo)
        self._combo = combo

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Resize) and isinstance(watched, QWidget):
            _fit(watched, self._combo)
        return False


def _fit(popup: QWidget, combo: QComboBox) -> None:
    """As wide as the drawn field, which is wider than the editor in it."""
    box = combo.parentWidget()
    if box is None:
        return
    left = box.mapToGlobal(QPoint(0, 0)).x()
    if (popup.x(), popup.width()) != (left, box.width()):
        popup.setGeometry(left, popup.y(), box.width(), popup.height())


class Choice(FieldFrame):
    """`options` are (value, shown) pairs. `chosen` is emitted for a choice of the employee only.

    With `zoekbaar` the employee types a part of any word. Enter takes the first option with it, leaving the field the
    only one; else the last choice is back.
    """

    chosen = Signal(str)

    def __init__(
        self,
        label: str = "",
        options: Sequence[tuple[str, str]] = (),
        *,
        zoekbaar: bool = False,
        icoon: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.combo = _Combo()
        self.combo.setFrame(False)
        self.combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.combo.setMinimumContentsLength(4)
        self.combo.setMaxVisibleItems(12)
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._searchable = zoekbaar
        self._options: list[tuple[str, str]] = []
        super().__init__(label, FieldBox(self.combo, icoon, caret=True), parent)
        if zoekbaar:
            self._make_searchable(hint)
        self.combo.setPlaceholderText(hint)
        self.set_options(options)
        self.combo.activated.connect(self._on_activated)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Replace the options; the value stays when it is still one of them."""
        if self._options == list(options):
            return
        kept, self._options = self.value, list(options)
        self.combo.blockSignals(True)  # noqa: FBT003 -- Qt takes it by position only
        self.combo.clear()
        for value, shown in options:
            self.combo.addItem(shown, value)
        self.combo.blockSignals(False)  # noqa: FBT003 -- Qt takes it by position only
        self.set_value(kept, self.box.tag.text())

    def add_option(self, value: str) -> None:
        """A value that is put back before its options came: shown as it is, until those replace it."""
        if value and all(value != known for known, _shown in self._options):
            self.set_options([*self._options, (value, value)])

    @property
    def value(self) -> str:
        """The chosen value; "" while nothing is chosen."""
        data = self.combo.currentData()
        return data if isinstance(data, str) else ""

    def set_value(self, value: str, herkomst: str = "") -> None:
        """Choose without emitting; an unknown value chooses nothing. What is half typed, and the cursor, stay."""
        index = self.combo.findData(value)
        line = self.combo.lineEdit()
        is_other = index != self.combo.currentIndex()
        if is_other:
            self.combo.setCurrentIndex(index)
        if line is not None and (is_other or not line.hasFocus()):
            if index < 0:
                line.clear()
            line.setCursorPosition(0)
        self.set_herkomst(herkomst)

    def drop_typed(self) -> None:
        """What was half typed was meant for another form than the one that is shown now."""
        line = self.combo.lineEdit()
        if line is not None and line.text() != self.combo.itemText(self.combo.currentIndex()):
            self.combo.setEditText(self.combo.itemText(self.combo.currentIndex()))

    def _make_searchable(self, hint: str) -> None:
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.combo.model(), self.combo)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        # A window of its own, which the sheet would leave see-through: named, so that it gets the look of a list.
        if (popup := completer.popup()) is not None:
            popup.setObjectName("keuzelijst")
            popup.installEventFilter(_Suggestions(self.combo))
        line = QLineEdit()
        line.setFrame(False)
        self.combo.setLineEdit(line)
        self.combo.setCompleter(completer)
        line.setPlaceholderText(hint)
        line.setAccessibleName(self.naam)
        line.installEventFilter(self.box)
        line.returnPressed.connect(self._on_entered)
        line.editingFinished.connect(self._on_left)
        self.box.restyle_editor()

    def _on_activated(self, index: int) -> None:
        self.set_herkomst("")
        self.set_error("")
        self.chosen.emit(self.combo.itemData(index) or "")

    def _on_entered(self) -> None:
        """Before `_on_left`, which Enter comes to as well."""
        if (found := self._matching()) and self._exactly() < 0:
            self.combo.setEditText(self.combo.itemText(found[0]))

    def _exactly(self) -> int:
        return self.combo.findText(self.combo.currentText().strip(), Qt.MatchFlag.MatchFixedString)

    def _matching(self) -> list[int]:
        """The options that the list of suggestions shows for what was typed."""
        typed = self.combo.currentText().strip().casefold()
        return [i for i, (_value, shown) in enumerate(self._options) if typed and typed in shown.casefold()]

    def _on_left(self) -> None:
        typed = self.combo.currentText().strip()
        index = self._exactly()
        if index < 0 and len(found := self._matching()) == 1:
            index = found[0]
        if index < 0 and not typed:
            if self.value:
                self.combo.setCurrentIndex(-1)
                self._on_cleared()
            return
        if index < 0:
            self.combo.setEditText(self.combo.itemText(self.combo.currentIndex()))
        elif index != self.combo.currentIndex():
            self.combo.setCurrentIndex(index)
            self._on_activated(index)
        elif typed != self.combo.itemText(index):
            self.combo.setEditText(self.combo.itemText(index))

    def _on_cleared(self) -> None:
        self.set_herkomst("")
        self.chosen.emit("")
