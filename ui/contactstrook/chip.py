"""One contact in the strip: channel, name, vragen, running time."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kcs_desktop.sdk import Kanaal
from ui.contactstrook.presenter import Strookcontact, elapsed
from ui.theme.icons import paint_icon
from ui.theme.theme import current_theme
from ui.widgets.label import set_tip
from ui.widgets.paint import halo, surface

KANAALICONEN = {
    Kanaal.BALIE: "balie",
    Kanaal.TELEFOON: "telefoon",
    Kanaal.EMAIL: "email",
    Kanaal.CHAT: "chat",
    Kanaal.SOCIAL: "social",
    Kanaal.POST: "post",
}
MAX_NAAM = 220  # pixels at 100%; longer names end in …


class ContactChip(QWidget):
    """`chosen` with the place of the vraag that was clicked, -1 for the contact itself; `added` for the plus."""

    chosen = Signal(str, int)
    added = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._contact: Strookcontact | None = None
        self._time = ""
        self._is_late = False
        self._parts: list[tuple[QRectF, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        current_theme().changed.connect(self._on_theme)

    def show_contact(self, contact: Strookcontact, now: datetime) -> None:
        if contact != self._contact:
            self._contact = contact
            set_tip(self, contact.titel)
            self.updateGeometry()
        self.tick(now)
        self.update()

    def tick(self, now: datetime) -> None:
        """Only the time; repaints when its text changes."""
        if self._contact is None:
            return
        seconden = (now - self._contact.begonnen_op).total_seconds()
        time, is_late = elapsed(seconden), seconden > self._contact.norm
        if (time, is_late) != (self._time, self._is_late):
            wider = len(time) != len(self._time)
            self._time, self._is_late = time, is_late
            if wider:
                self.updateGeometry()
            self.update()
        actief = ", actief" if self._contact.is_actief else ""
        laat = ", langer dan de norm" if is_late else ""
        vraag = f"vraag {self._contact.actieve_vraag + 1} van {self._contact.vragen}"
        self.setAccessibleName(f"Contact {self._contact.titel}, {self._contact.kanaal.value}, {vraag}{actief}{laat}")

    def sizeHint(self) -> QSize:
        theme = current_theme()
        if self._contact is None:
            return QSize(0, theme.control_height)
        name = self._name_width()
        time = theme.metrics("gewoon").horizontalAdvance("0" * len(self._time)) + 4
        boxes = (self._contact.vragen + 1) * (theme.px(20) + theme.space(1)) if self._contact.is_actief else 0
        gaps = theme.space(3) * 2 + theme.space(2) * (3 if boxes else 2)
        return QSize(round(theme.px(18) + name + boxes + time + gaps), theme.control_height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        contact = self._contact
        if contact is None:
            return
        theme = current_theme()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        radius = theme.radius("bediening")
        surface(painter, rect, radius, theme.color("vlak"), theme.color("accent" if contact.is_actief else "lijn"))
        if contact.is_actief:
            bar = QRectF(rect.left() + 3, rect.bottom() - 3, rect.width() - 6, 3)
            surface(painter, bar, 1.5, theme.color("accent"))
        if self.hasFocus():
            halo(painter, rect.adjusted(2, 2, -2, -2), radius - 2, theme)
        left: float = theme.space(3)
        side = theme.px(18)
        icon = QRectF(left, (rect.height() - side) / 2, side, side)
        paint_icon(painter, icon, KANAALICONEN[contact.kanaal], theme.color("tekst"))
        left += side + theme.space(2)
        painter.setFont(theme.font("gewoon", bold=contact.is_actief))
        painter.setPen(theme.color("tekst"))
        name = self._name_width()
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(contact.titel, Qt.TextElideMode.ElideRight, name)
        upright = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(left, 0, name + 2, rect.height()), upright, shown)
        left += name + theme.space(2)
        self._parts = []
        if contact.is_actief:
            left = self._paint_vragen(painter, left)
        painter.setFont(theme.font("gewoon", bold=self._is_late))
        painter.setPen(theme.color("let_op" if self._is_late else "tekst_zacht"))
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(QRectF(left, 0, rect.width() - left - theme.space(3), rect.height()), right, self._time)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        contact = self._contact
        if contact is None or event.button() != Qt.MouseButton.LeftButton:
            return
        place = next((index for box, index in self._parts if box.contains(event.position())), -1)
        if place == contact.vragen:
            self.added.emit(contact.id)
        else:
            self.chosen.emit(contact.id, place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        contact = self._contact
        if contact is None:
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(contact.id, -1)
        elif event.key() == Qt.Key.Key_Right and contact.actieve_vraag + 1 < contact.vragen:
            self.chosen.emit(contact.id, contact.actieve_vraag + 1)
        elif event.key() == Qt.Key.Key_Left and contact.actieve_vraag > 0:
            self.chosen.emit(contact.id, contact.actieve_vraag - 1)
        elif event.key() == Qt.Key.Key_Plus:
            self.added.emit(contact.id)
        else:
            super().keyPressEvent(event)

    def _paint_vragen(self, painter: QPainter, left: float) -> float:
        contact = self._contact
        if contact is None:
            return left
        theme = current_theme()
        side = theme.px(20)
        painter.setFont(theme.font("klein"))
        for place in range(contact.vragen + 1):
            box = QRectF(left, (self.height() - side) / 2, side, side)
            is_current = place == contact.actieve_vraag
            surface(painter, box, 4, theme.color("accent" if is_current else "ondergrond"))
            painter.setPen(theme.color("op_accent" if is_current else "tekst_zacht"))
            text = "+" if place == contact.vragen else str(place + 1)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
            self._parts.append((box, place))
            left += side + theme.space(1)
        return left + theme.space(1)

    def _name_width(self) -> int:
        theme = current_theme()
        if self._contact is None:
            return 0
        metrics = theme.metrics("gewoon", bold=self._contact.is_actief)
        return min(metrics.horizontalAdvance(self._contact.titel) + 2, theme.px(MAX_NAAM))

    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()
