"""Choose one of several: a drop-down, searchable where the list is long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QSizePolicy, QWidget

from ui.theme.theme import current_theme
from ui.widgets.field_box import FieldBox, FieldFrame
from ui.widgets.suggestions import dressed

_SPELLINGS = int(Qt.ItemDataRole.UserRole) + 1  # all that an option is found by, a line for each
_GEEN, _MEER = "Dit staat niet in de lijst.", "Hier passen meer keuzes bij. Typ meer of kies er een."


class _Combo(QComboBox):
    """The wheel scrolls the page, never a choice that happens to be under it. Alt with an arrow opens the list."""

    def __init__(self) -> None:
        super().__init__()
        self.is_refused = False  # what stands in it is no choice
        self._marked = -1

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_arrow = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
            if is_arrow and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                event.accept()  # or a command with this key would take it from the field
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        line = self.lineEdit()
        if line is not None and event.reason() is Qt.FocusReason.OtherFocusReason:
            line.selectAll()  # as Qt does for Tab and for Alt with a letter: typing replaces what is chosen

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if self.is_refused and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # nothing is carried out with something else than what is read here

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def showPopup(self) -> None:
        self._mark_chosen()
        super().showPopup()
        if self.currentIndex() < 0:
            self.view().selectionModel().clearCurrentIndex()  # Qt stands on the first row unseen, and Down passes it
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


class _Completer(QCompleter):
    """Finds an option by each of its spellings, and writes the one that is shown."""

    def __init__(self, combo: QComboBox) -> None:
        super().__init__(combo.model(), combo)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompletionRole(_SPELLINGS)

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole) or "")


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
    only one, or the only one that begins with it. Else what was typed stays, and the field says why it is no choice;
    the last choice stays until there is another, and `unsettled` keeps it from being carried out.
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
        self._spellings: dict[str, str] = {}
        self._refusal = self._complaint = ""
        super().__init__(label, FieldBox(self.combo, icoon, caret=True), parent)
        if zoekbaar:
            self._make_searchable(hint)
        self.combo.setPlaceholderText(hint)
        self.set_options(options)
        self.combo.activated.connect(self._on_activated)

    def set_options(self, options: Sequence[tuple[str, str]], ook: Mapping[str, str] | None = None) -> None:
        """Replace the options; the value stays when it is still one of them.

        `ook` has, by value, how an option is written elsewhere: it is found by that too.
        """
        spellings = dict(ook or {})
        if (self._options, self._spellings) == (list(options), spellings):
            return
        typed = self._half_typed()
        kept, self._options, self._spellings = self.value, list(options), spellings
        self.combo.blockSignals(True)  # noqa: FBT003 -- Qt takes it by position only
        self.combo.clear()
        for value, shown in options:
            self.combo.addItem(shown, value)
            self.combo.setItemData(self.combo.count() - 1, "\n".join(self._found_by(value, shown)), _SPELLINGS)
        self.combo.blockSignals(False)  # noqa: FBT003 -- Qt takes it by position only
        self._refuse("")
        self.set_value(kept, self.box.tag.text())
        if typed:
            self.combo.setEditText(typed)
        else:
            self._let_replace()

    def add_option(self, value: str) -> None:
        """A value that is put back before its options came: shown as it is, until those replace it."""
        if value and all(value != known for known, _shown in self._options):
            self.set_options([*self._options, (value, value)], self._spellings)

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
            self._refuse("")
        if line is not None and (is_other or not (line.hasFocus() or self._refusal)):
            if index < 0:
                line.clear()
            line.setCursorPosition(0)
            self._let_replace()
        self.set_herkomst(herkomst)

    def settle(self) -> bool:
        """Take what was typed, as leaving the field does; whether what stands in it now is what is chosen."""
        self._on_left()
        return not self._refusal

    def drop_typed(self) -> None:
        """What was half typed was meant for another form than the one that is shown now."""
        self._refuse("")
        line = self.combo.lineEdit()
        if line is not None and line.text() != self.combo.itemText(self.combo.currentIndex()):
            self.combo.setEditText(self.combo.itemText(self.combo.currentIndex()))

    def set_error(self, text: str) -> None:
        """What was typed and is no choice comes before what the owner has to say."""
        self._complaint = text
        super().set_error(self._refusal or text)

    def _let_replace(self) -> None:
        """Who types after a choice was put there chooses another."""
        line = self.combo.lineEdit()
        if line is not None and line.hasFocus():
            line.selectAll()

    def _half_typed(self) -> str:
        """What is being typed, and was not left with it yet."""
        line = self.combo.lineEdit()
        is_typing = line is not None and line.hasFocus() and not self._refusal
        typed = self.combo.currentText()
        return typed if is_typing and typed != self.combo.itemText(self.combo.currentIndex()) else ""

    def _refuse(self, why: str) -> None:
        if why != self._refusal:
            self._refusal, self.combo.is_refused = why, bool(why)
            self.set_error(self._complaint)

    def _make_searchable(self, hint: str) -> None:
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = _Completer(self.combo)
        if (popup := dressed(completer)) is not None:
            popup.installEventFilter(_Suggestions(self.combo))
        line = QLineEdit()
        line.setFrame(False)
        self.combo.setLineEdit(line)
        self.combo.setCompleter(completer)
        line.setPlaceholderText(hint)
        line.setAccessibleName(self.naam)
        line.installEventFilter(self.box)
        line.textEdited.connect(lambda _text: self._refuse(""))
        line.returnPressed.connect(self._on_entered)
        line.editingFinished.connect(self._on_left)
        self.box.restyle_editor()

    def _on_activated(self, index: int) -> None:
        self._refuse("")
        self.set_herkomst("")
        self.set_error("")
        self._let_replace()
        self.chosen.emit(self.combo.itemData(index) or "")

    def _on_entered(self) -> None:
        """Before `_on_left`, which Enter comes to as well."""
        if (found := self._matching()) and self._exactly() < 0:
            self.combo.setEditText(self.combo.itemText(found[0]))

    def _found_by(self, value: str, shown: str) -> tuple[str, ...]:
        other = self._spellings.get(value, "")
        return (shown, other) if other else (shown,)

    def _where(self, fits: Callable[[str, str], bool]) -> list[int]:
        """The options of which a spelling fits what was typed."""
        typed = self.combo.currentText().strip().casefold()
        return [
            place
            for place, (value, shown) in enumerate(self._options)
            if typed and any(fits(spelling.casefold(), typed) for spelling in self._found_by(value, shown))
        ]

    def _exactly(self) -> int:
        shown = self.combo.findText(self.combo.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        return shown if shown >= 0 else self._only(str.__eq__)

    def _matching(self) -> list[int]:
        """The options that the list of suggestions shows for what was typed."""
        return self._where(str.__contains__)

    def _only(self, fits: Callable[[str, str], bool]) -> int:
        """-1 where there is none, or more."""
        found = self._where(fits)
        return found[0] if len(found) == 1 else -1

    def _meant(self) -> int:
        """The only option that what was typed can stand for."""
        places = (self._exactly(), self._only(str.__contains__), self._only(str.startswith))
        return next((place for place in places if place >= 0), -1)

    def _why_refused(self) -> str:
        why = _MEER if self._matching() else _GEEN
        kept = self.combo.itemText(self.combo.currentIndex())
        return f"{why} “{kept}” blijft gekozen." if kept else why

    def _on_left(self) -> None:
        typed = self.combo.currentText().strip()
        if typed == self.combo.itemText(self.combo.currentIndex()):
            return  # also where another option reads the same
        index = self._meant()
        if not typed:
            if self.value:
                self.combo.setCurrentIndex(-1)
                self._on_cleared()
            return
        if index < 0:
            self._refuse(self._why_refused())
        elif index != self.combo.currentIndex():
            self.combo.setCurrentIndex(index)
            self._on_activated(index)
        elif typed != self.combo.itemText(index):
            self.combo.setEditText(self.combo.itemText(index))

    def _on_cleared(self) -> None:
        self.set_herkomst("")
        self.chosen.emit("")


def unsettled(fields: Iterable[QWidget], place: QWidget) -> Choice | None:
    """The first of these, in sight in `place`, with something in it that is no choice: nothing may be carried out with
    something else than what is read there."""
    choices = (field for field in fields if isinstance(field, Choice) and field.isVisibleTo(place))
    return next((choice for choice in choices if not choice.settle()), None)
