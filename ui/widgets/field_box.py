"""The frame around an editor: border, focus, error, the icon before and the origin after it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMoveEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme.icons import paint_icon
from ui.theme.theme import current_theme
from ui.widgets.alt_letter import is_alt_letter
from ui.widgets.label import Label, MnemonicLabel
from ui.widgets.paint import surface
from ui.widgets.undo import is_idle_undo

_HALO = 3  # pixels of halo around the frame
_LINE_MARGIN = 2  # pixels that Qt keeps before the text of a line


class FieldBox(QFrame):
    """Holds one editor; `is_focused` is emitted so that the halo around it follows."""

    focus_changed = Signal(bool)

    def __init__(self, editor: QWidget, icoon: str = "", *, caret: bool = False, tall: bool = False) -> None:
        super().__init__()
        self.editor = editor
        self._icon = icoon
        self._caret = caret
        self.is_tall = tall
        self._is_wrong = False
        self.tag = Label("", "klein", "tekst_zacht")
        self.tag.hide()
        self.row = QHBoxLayout(self)
        self.row.addWidget(editor, 1)
        self.row.addWidget(self.tag, 0, Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred if tall else QSizePolicy.Policy.Fixed
        )
        self.setFocusProxy(editor)
        editor.installEventFilter(self)
        self._restyle()
        current_theme().changed.connect(self._restyle)

    def set_tag(self, text: str) -> None:
        """Where the value came from, or how long it is; empty for neither."""
        if text == self.tag.text():
            return
        self.tag.setText(text)
        self.tag.setVisible(bool(text))
        self._restyle()

    def holds_tag(self, text: str) -> bool:
        """Whether this text and the tag fit beside each other, as wide as the box is now."""
        theme = current_theme()
        tag = theme.metrics("klein").horizontalAdvance(self.tag.text())
        icon = theme.px(16) + theme.space(2) if self._icon else 0
        room = self.width() - 2 * theme.space(3) - theme.space(2) - icon - tag
        return theme.metrics("gewoon").horizontalAdvance(text) + 2 * _LINE_MARGIN <= room

    def show_tag(self, *, is_shown: bool) -> None:
        """In the box, or not: then it stands elsewhere."""
        if is_shown is self.tag.isHidden():
            self.tag.setVisible(is_shown)
            self._restyle()

    def set_wrong(self, is_wrong: bool) -> None:
        if is_wrong != self._is_wrong:
            self._is_wrong = is_wrong
            self.update()

    def restyle_editor(self) -> None:
        """Give the editor, and what it types and hints in, the font of now; its text starts at the box's own margin."""
        font = current_theme().font("gewoon")
        self.editor.setFont(font)
        line: QWidget | None = self.editor
        if isinstance(self.editor, QComboBox):
            # Qt passes the font of a combo box on to neither of these once there is a style sheet.
            self.editor.view().setFont(font)
            line = self.editor.lineEdit()
        if isinstance(line, QLineEdit):
            line.setFont(font)
            line.setTextMargins(-_LINE_MARGIN, 0, 0, 0)
        elif isinstance(self.editor, QPlainTextEdit):
            self.editor.viewport().setFont(font)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint if self.is_tall else QSize(hint.width(), current_theme().control_height)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return hint if self.is_tall else QSize(hint.width(), current_theme().control_height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_idle_undo(watched, event):
            event.ignore()
            return True
        if is_alt_letter(event):
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.EnabledChange):
            self.update()
            if event.type() != QEvent.Type.EnabledChange:
                self.focus_changed.emit(event.type() == QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        radius = theme.radius("bediening")
        enabled = self.editor.isEnabled()
        line = theme.color("fout" if self._is_wrong else "lijn_bediening" if enabled else "lijn")
        surface(painter, rect, radius, theme.color("vlak" if enabled else "ondergrond"), line)
        if self.editor.hasFocus():
            surface(painter, rect, radius, None, theme.color("focus"), width=2)
        side = theme.px(16)
        if self._icon:
            place = QRectF(rect.left() + theme.space(3), self._middle(rect, side), side, side)
            paint_icon(painter, place, self._icon, theme.color("tekst_zacht"))
        if self._caret and self.tag.isHidden():
            place = QRectF(rect.right() - theme.space(2.5) - side, self._middle(rect, side), side, side)
            paint_icon(painter, place, "meer", theme.color("tekst_zacht"))
        painter.end()

    def _middle(self, rect: QRectF, side: int) -> float:
        return rect.top() + (current_theme().control_height - side) / 2

    def _restyle(self) -> None:
        theme = current_theme()
        side = theme.space(3)
        left = side + (theme.px(16) + theme.space(2) if self._icon else 0)
        right = side + (theme.px(16) if self._caret and self.tag.isHidden() else 0)
        upright = theme.space(2) if self.is_tall else 0
        self.row.setContentsMargins(left, upright, right, upright)
        self.row.setSpacing(theme.space(2))
        self.restyle_editor()
        self.updateGeometry()
        self.update()


class _Halo(QWidget):
    """The soft ring around a focused field, in the room around it: focus moves nothing."""

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        radius = theme.radius("bediening") + _HALO
        surface(painter, QRectF(self.rect()), radius, None, theme.color("accent_zacht"), width=_HALO)
        painter.end()


def _spoken(label: str) -> str:
    """Without the mark of its letter; a doubled one is the sign itself."""
    return "&".join(part.replace("&", "") for part in label.split("&&"))


class FieldFrame(QWidget):
    """Label above, box, complaint below: what every field shares. The label's mnemonic focuses the editor.

    An origin that would cut the value in the box stands above it, at the end of the line of the label.
    """

    def __init__(self, label: str, box: FieldBox, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = box
        self.label = MnemonicLabel(label, box.editor)
        self._halo: _Halo | None = None
        self._origin_shown = ""
        self.complaint = Label("", "bij", "fout", wrap=True)
        self.complaint.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._above = Label("", "klein", "tekst_zacht")
        self._above.hide()
        head = QHBoxLayout()
        head.addWidget(self.label, 1)
        head.addWidget(self._above)
        self._column.addLayout(head)
        self._column.addWidget(box, 1 if box.is_tall else 0)
        self._column.addWidget(self.complaint)
        if not box.is_tall:
            self._column.addStretch(1)  # beside a field with a complaint it stays as high as that one
        self.label.setVisible(bool(label))
        self._name = _spoken(label)
        box.editor.setAccessibleName(self._name)
        self.setFocusProxy(box)
        box.focus_changed.connect(self._on_focus)
        self._restyle_frame()
        current_theme().changed.connect(self._restyle_frame)

    @property
    def naam(self) -> str:
        """The label without its mnemonic mark."""
        return self._name

    def set_label(self, text: str) -> None:
        """Another name, of the field and for who hears it."""
        self.label.setText(text)
        self._name = _spoken(text)
        self.box.editor.setAccessibleName(self._name)

    def set_herkomst(self, herkomst: str) -> None:
        """Say where a prefilled value came from ("product", "uit contact"); empty once it is typed over."""
        self._origin_shown = herkomst
        self.box.set_tag(herkomst)
        self._place_origin()
        self._describe()

    def show_tag(self, text: str) -> None:
        """Something else at the place of the origin; it is no origin to who listens."""
        self._origin_shown = ""
        self.box.set_tag(text)
        self._place_origin()
        self._describe()

    def set_error(self, text: str) -> None:
        """Complain under the field; empty takes the complaint away."""
        self.complaint.setText(text)
        self.complaint.setVisible(bool(text))
        self.box.set_wrong(bool(text))
        self._describe()

    @property
    def error(self) -> str:
        return self.complaint.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_origin()
        self._place_halo()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._place_halo()

    def _on_focus(self, is_focused: bool) -> None:
        room = self.parentWidget()
        if is_focused and room is not None and room.layout() is not None:
            if self._halo is None or self._halo.parentWidget() is not room:
                self._halo = _Halo(room)
            self._place_halo()
            self._halo.show()
        elif self._halo is not None:
            self._halo.hide()

    def _shown_value(self) -> str | None:
        """What stands in an editor of one line."""
        editor = self.box.editor
        if isinstance(editor, QComboBox):
            return editor.currentText()
        return editor.text() if isinstance(editor, QLineEdit) else None

    def _place_origin(self) -> None:
        value = self._shown_value()
        above = bool(self._origin_shown and value and not self.label.isHidden()) and not self.box.holds_tag(value or "")
        self._above.setText(self._origin_shown if above else "")
        self._above.setVisible(above)
        self.box.show_tag(is_shown=bool(self.box.tag.text()) and not above)

    def _place_halo(self) -> None:
        room = self.parentWidget()
        if self._halo is not None and room is not None:
            rect = QRect(self.box.mapTo(room, QPoint(0, 0)), self.box.size())
            self._halo.setGeometry(rect.adjusted(-_HALO, -_HALO, _HALO, _HALO))

    def _describe(self) -> None:
        origin = self._origin_shown
        parts = [self.complaint.text(), f"herkomst: {origin}" if origin else ""]
        self.box.editor.setAccessibleDescription(". ".join(p for p in parts if p))

    def _restyle_frame(self) -> None:
        theme = current_theme()
        self._column.setSpacing(theme.space(0.5))
        self._above.setContentsMargins(0, 0, theme.space(2), 0)  # of the label of the field beside it
        self._place_origin()
