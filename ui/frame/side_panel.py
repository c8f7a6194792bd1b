"""A panel over the right edge of the tab: help, settings, outbox. Inline, with Esc back; nothing under it moves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme.theme import current_theme


class SidePanel(QWidget):
    """Holds one widget at a time; the focus goes in at opening and back at closing."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAccessibleName("Zijpaneel")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._content: QWidget | None = None
        self._before: QWidget | None = None
        self.name = ""
        self.hide()
        current_theme().changed.connect(self.place)

    def open(self, name: str, content: QWidget) -> None:
        before = self.window().focusWidget()
        self.shut()
        self.name, self._content, self._before = name, content, before
        self._column.addWidget(content)
        self.place()
        self.show()
        self.raise_()
        content.setFocus(Qt.FocusReason.OtherFocusReason)
        if not content.hasFocus() and not self.isAncestorOf(self.window().focusWidget() or self.window()):
            content.focusNextChild()

    def shut(self) -> None:
        if self._content is None:
            return
        content, self._content, self.name = self._content, None, ""
        self.hide()
        self._column.removeWidget(content)
        content.hide()
        content.deleteLater()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def place(self) -> None:
        theme, parent = current_theme(), self.parentWidget()
        if parent is not None:
            gap, top = theme.space(4), theme.control_height + theme.space(7)
            width = min(theme.px(440), parent.width() - 2 * gap)
            self.setGeometry(parent.width() - width - gap, top, width, parent.height() - top - gap)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
            return
        super().keyPressEvent(event)
