"""A panel over the right edge of the tab: help, settings, outbox. Inline, with Esc back; nothing under it moves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.theme.theme import current_theme
from ui.widgets.focus import give_back, holds_focus


class SidePanel(QWidget):
    """Holds one widget at a time; the focus goes in at opening and back at closing, or to `home` where nothing had it.

    What has the focus is never under it: when a key brings the focus to what it covers, it goes.
    """

    def __init__(self, window: QWidget, home: QWidget) -> None:
        super().__init__(window)
        self._home = home
        self.setAccessibleName("Zijpaneel")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._content: QWidget | None = None
        self._before: QWidget | None = None
        self.name = ""
        self.hide()
        current_theme().changed.connect(self.place)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def open(self, name: str, content: QWidget) -> None:
        before: QWidget | None = self.window().focusWidget()
        if before is not None and self.isAncestorOf(before):
            before = self._before  # what is in here goes; back leads to where the first panel was opened from
        self.shut()
        self.name, self._content, self._before = name, content, before
        self._column.addWidget(content)
        self.place()
        self.show()
        self.raise_()
        content.setFocus(Qt.FocusReason.OtherFocusReason)
        if not content.hasFocus() and not self.isAncestorOf(self.window().focusWidget() or self.window()):
            content.focusNextChild()

    @property
    def content(self) -> QWidget | None:
        return self._content

    def shut(self) -> None:
        if self._content is None:
            return
        content, self._content, self.name = self._content, None, ""
        had_focus = holds_focus(self)
        self.hide()
        self._column.removeWidget(content)
        content.hide()
        content.deleteLater()
        before, self._before = self._before, None
        if had_focus:
            give_back(before, self._home)

    def place(self) -> None:
        theme, parent = current_theme(), self.parentWidget()
        if parent is not None:
            gap, top = theme.space(4), theme.control_height + theme.space(7)
            width = min(theme.px(440), parent.width() - 2 * gap)
            self.setGeometry(parent.width() - width - gap, top, width, parent.height() - top - gap)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or self._content is None or self.isAncestorOf(new) or new.window() is not self.window():
            return
        if self.geometry().contains(new.mapTo(self.window(), new.rect().center())):
            self.shut()  # the focus stays where the key brought it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
            return
        super().keyPressEvent(event)
