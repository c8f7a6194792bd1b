"""The rail: one button per tab in the order of the role, settings at the foot. Scrolls when it is too high."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, current_theme
from ui.widgets.label import set_tip
from ui.widgets.paint import blend, fill, surface


class RailItem(msgspec.Struct, frozen=True):
    """A place in the rail. `fout` marks a plugin that is switched off, `los` a tab in its own window."""

    id: str
    titel: str
    icoon: str
    toets: str = ""
    aantal: int = 0
    fout: str = ""
    los: bool = False

    @property
    def spoken(self) -> str:
        parts = [self.titel]
        if self.aantal:
            parts.append(f"{self.aantal} wachten")
        if self.los:
            parts.append("in eigen venster")
        if self.fout:
            parts.append("uitgeschakeld")
        return ", ".join(parts)


class RailButton(QAbstractButton):
    """Icon over label; the active one stands on a soft surface and is bold, so colour is not the only sign."""

    def __init__(self, item: RailItem) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # Qt paints anew when the pointer comes and goes
        self.item = item
        self.show_item(item)

    def show_item(self, item: RailItem) -> None:
        self.item = item
        self.setText(item.titel)
        self.setAccessibleName(item.spoken)
        set_tip(self, item.fout or (f"{item.titel} ({item.toets.replace('+', ' ')})" if item.toets else item.titel))
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        metrics = theme.metrics("bij", bold=True)
        height = theme.px(22) + theme.line("bij") + theme.space(2.5)
        return QSize(metrics.horizontalAdvance(self.item.titel) + 2, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def nextCheckState(self) -> None:
        """Being active follows the shown tab, never the click."""

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        color = theme.color("accent" if self.isChecked() else "tekst_zacht")
        ground = theme.color("rail")
        if self.isChecked():
            ground = theme.color("accent_zacht")
        elif self.underMouse() or self.isDown():
            ground = blend(ground, theme.color("accent_zacht"), 0.6)
        line = theme.color("accent") if self.isChecked() and theme.name == "contrast" else None
        surface(painter, rect, theme.radius("bediening"), ground, line)
        if self.hasFocus():
            surface(painter, rect, theme.radius("bediening"), None, theme.color("focus"), width=2)
        side = theme.px(20)
        top = theme.space(1.5)
        place = QRectF((self.width() - side) / 2, top, side, side)
        paint_icon(painter, place, "plugin_fout" if self.item.fout else self.item.icoon, color)
        painter.setFont(theme.font("bij", bold=self.isChecked()))
        painter.setPen(color)
        words = QRectF(0, top + side + theme.space(0.5), self.width(), theme.line("bij"))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), self.item.titel)
        if self.item.aantal:
            self._paint_badge(painter, theme, place)
        elif self.item.los:
            corner = QRectF(place.right() + 2, place.top() - 2, theme.px(12), theme.px(12))
            paint_icon(painter, corner, "losmaken", color)
        painter.end()

    def _paint_badge(self, painter: QPainter, theme: Theme, icon: QRectF) -> None:
        text = str(self.item.aantal) if self.item.aantal < 100 else "99+"
        font = theme.font("klein", bold=True)
        height = theme.line("klein") + theme.px(2)
        width = max(height, QFontMetrics(font).horizontalAdvance(text) + theme.px(8))
        top = max(icon.top() - theme.px(4), 0.0)  # the room above the icon does not grow with the text
        badge = QRectF(icon.right() - theme.px(4), top, width, height)
        surface(painter, badge, height / 2, theme.color("fout"))
        painter.setFont(font)
        painter.setPen(theme.color("op_fout"))
        painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class Rail(QFrame):
    """`chosen` carries the id of what was clicked."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Tabbladen")
        self._buttons: dict[str, RailButton] = {}
        self._feet: dict[str, RailButton] = {}
        self._active = ""
        self._logo = _Logo()
        self._inner = QWidget()
        self._inner.setProperty("kaal", "true")
        self._list = QVBoxLayout(self._inner)
        self._list.addStretch(1)
        self._scroll = QScrollArea()
        ground = QWidget()  # asking for Qt's own viewport makes PySide6 load every class derived from QWidget
        self._scroll.setViewport(ground)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName("Tabbladen")
        self._scroll.setWidget(self._inner)
        ground.setAutoFillBackground(False)
        self._inner.setAutoFillBackground(False)
        self._foot = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addWidget(self._logo)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._foot)
        self._column = column
        self._restyle()
        current_theme().changed.connect(self._restyle)

    def show_items(self, items: Sequence[RailItem], foot: Sequence[RailItem]) -> None:
        """Show these places; buttons that stay keep focus and place."""
        self._fill(self._list, self._buttons, items)
        self._fill(self._foot, self._feet, foot)
        self.set_active(self._active)
        self._restyle()

    def set_active(self, id_: str) -> None:
        self._active = id_
        for buttons in (self._buttons, self._feet):
            for key, button in buttons.items():
                button.setChecked(key == id_)
        if id_ in self._buttons:
            self._scroll.ensureWidgetVisible(self._buttons[id_], 0, 8)

    def button(self, id_: str) -> RailButton | None:
        return self._buttons.get(id_) or self._feet.get(id_)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        fill(painter, self.rect(), theme.color("rail"))
        painter.setPen(theme.color("lijn"))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.end()

    def _fill(self, layout: QVBoxLayout, buttons: dict[str, RailButton], items: Sequence[RailItem]) -> None:
        for id_ in [i for i in buttons if i not in {item.id for item in items}]:
            gone = buttons.pop(id_)
            layout.removeWidget(gone)
            gone.deleteLater()
        for place, item in enumerate(items):
            known = buttons.get(item.id)
            if known is None:
                known = RailButton(item)
                known.clicked.connect(lambda _checked=False, i=item.id: self.chosen.emit(i))
                buttons[item.id] = known
            known.show_item(item)
            if layout.indexOf(known) != place:
                layout.removeWidget(known)
                layout.insertWidget(place, known)

    def _restyle(self) -> None:
        theme = current_theme()
        gap = theme.space(1.5)
        self._column.setContentsMargins(0, 0, 1, theme.space(3))
        self._list.setContentsMargins(gap, 0, gap - 1, gap)
        self._foot.setContentsMargins(gap, theme.space(1), gap - 1, 0)
        self._list.setSpacing(theme.space(1))
        widest = max((b.sizeHint().width() for b in (*self._buttons.values(), *self._feet.values())), default=0)
        self.setFixedWidth(max(theme.tokens.maat.rail, widest + 2 * gap))
        self.update()


class _Logo(QWidget):
    """The product's three letters above the rail."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("KCS Desktop")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(10, theme.line("gewoon") + theme.space(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setFont(theme.font("gewoon", bold=True))
        painter.setPen(theme.color("accent"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), "KCS")
        painter.end()
