"""Fields to type in: one line and several lines."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.theme import current_theme
from ui.widgets.field_box import FieldBox, FieldFrame
from ui.widgets.label import Label


class Field(FieldFrame):
    """One line. `edited` is emitted for what the employee types only; `left` when the focus leaves it.

    `maximum` is the standard's limit in characters: counted while typing, never cut off; from 80% on it stays in sight.
    """

    edited = Signal(str)
    left = Signal()
    submitted = Signal()  # Enter

    def __init__(
        self,
        label: str = "",
        hint: str = "",
        maximum: int = 0,
        *,
        icoon: str = "",
        geheim: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self.edit = QLineEdit()
        self.edit.setFrame(False)
        self.edit.setPlaceholderText(hint)
        if geheim:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        super().__init__(label, FieldBox(self.edit, icoon), parent)
        self._maximum = maximum
        self._minimum = 0
        self._origin = ""
        self.edit.textEdited.connect(self._on_edited)
        self.edit.textChanged.connect(lambda _text: self._count())
        self.edit.editingFinished.connect(self.left)
        self.box.focus_changed.connect(lambda _is_focused: self._count())
        self.edit.returnPressed.connect(self.submitted)

    @property
    def text(self) -> str:
        return self.edit.text()

    def set_text(self, text: str, herkomst: str = "") -> None:
        """Fill in; keeps the cursor where it is when the text is the same. Emits nothing."""
        if text != self.edit.text():
            self.edit.setText(text)
            if not self.edit.hasFocus():
                self.edit.setCursorPosition(0)  # the start of a long text is what it is known by
        self._origin = herkomst
        self._count()

    @property
    def is_over(self) -> bool:
        return 0 < self._maximum < len(self.edit.text())

    def set_minimum(self, minimum: int) -> None:
        """How many characters there must be: counted until there are."""
        self._minimum = minimum
        self._count()

    def set_herkomst(self, herkomst: str) -> None:
        self._origin = herkomst
        self._count()

    def _on_edited(self, text: str) -> None:
        self._origin = ""
        self._count()
        self.edited.emit(text)

    def _count(self) -> None:
        length = len(self.edit.text())
        counts = self._maximum and length and (self.edit.hasFocus() or length >= self._maximum * 0.8)
        self.box.tag.set_color("fout" if self.is_over else "tekst_zacht")
        if counts:
            self.show_tag(f"{length} / {self._maximum}")
        elif 0 < (typed := len(self.edit.text().strip())) < self._minimum:
            self.show_tag(f"{typed} van {self._minimum} tekens")
        else:
            super().set_herkomst(self._origin)


class _Editor(QPlainTextEdit):
    """Tab leaves the field instead of typing a tab; control keys of the window pass through."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.lines = lines
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), QFontMetrics(self.font()).lineSpacing() * self.lines + 4)

    def minimumSizeHint(self) -> QSize:
        """Its lines, also where the room is short: the page scrolls, and the field never shrinks under the cursor."""
        return QSize(40, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return
        super().keyPressEvent(event)


class TextField(FieldFrame):
    """Several lines, with a counter in its corner when `maximum` is set. Same signals as Field."""

    edited = Signal(str)
    left = Signal()

    def __init__(
        self, label: str = "", hint: str = "", maximum: int = 0, *, regels: int = 4, parent: QWidget | None = None
    ) -> None:
        self.edit = _Editor(regels)
        self.edit.setPlaceholderText(hint)
        box = FieldBox(self.edit, tall=True)
        super().__init__(label, box, parent)
        self._maximum = maximum
        self._is_filling = False
        self.counter = Label("", "klein", "tekst_zacht")
        self.counter.setAlignment(Qt.AlignmentFlag.AlignRight)
        box.row.removeWidget(self.edit)
        box.row.removeWidget(box.tag)
        top = QHBoxLayout()
        top.setSpacing(current_theme().space(2))
        top.addWidget(self.edit, 1)
        top.addWidget(box.tag, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(top, 1)
        column.addWidget(self.counter)
        box.row.insertLayout(0, column, 1)
        self.counter.setVisible(maximum > 0)
        self.edit.textChanged.connect(self._on_changed)
        self.edit.installEventFilter(self)
        self._count()

    @property
    def text(self) -> str:
        return self.edit.toPlainText()

    def set_text(self, text: str, herkomst: str = "") -> None:
        """Fill in; emits nothing, and leaves cursor and undo alone when the text is the same."""
        if text != self.edit.toPlainText():
            self._is_filling = True
            self.edit.setPlainText(text)
            cursor = self.edit.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            self.edit.setTextCursor(cursor)
            self._is_filling = False
        self.set_herkomst(herkomst)
        self._count()

    def set_hint(self, hint: str) -> None:
        """Qt draws a placeholder again when it comes or goes, not when another takes its place."""
        if hint != self.edit.placeholderText():
            self.edit.setPlaceholderText(hint)
            self.edit.viewport().update()

    @property
    def is_over(self) -> bool:
        return 0 < self._maximum < len(self.text)

    def set_maximum(self, maximum: int) -> None:
        """Another limit: what shares one field of the standard takes room from each other."""
        if maximum != self._maximum:
            self._maximum = maximum
            self._count()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return super().eventFilter(watched, event)

    def _on_changed(self) -> None:
        self._count()
        if not self._is_filling:
            self.set_herkomst("")
            self.edited.emit(self.text)

    def _count(self) -> None:
        self.counter.setText(f"{len(self.text)} / {self._maximum}" if self._maximum else "")
        self.counter.set_color("fout" if self.is_over else "tekst_zacht")
