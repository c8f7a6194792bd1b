"""What stands in the tab's place before the backend answers: the last opened customers, from the encrypted store.

The rows look like those of a list, but Qt's own list, with its model and style, is loaded after the first paint only.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from kcs_desktop.domain.klant import Klantbeeld, Klantverwijzing, SoortKlant
from ui.theme.theme import current_theme
from ui.widgets.card import Card
from ui.widgets.flag import Toon
from ui.widgets.row import Row
from ui.widgets.row_painter import RowPainter, RowState

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -1000, Qt.Key.Key_End: 1000}


class GlanceRow(QAbstractButton):
    """One customer. Enter, Space or a click opens; `moved` carries how many rows further an arrow goes."""

    moved = Signal(int)

    def __init__(self, row: Row, painter: RowPainter, *, is_last: bool) -> None:
        super().__init__()
        self.row = row
        self._rows = painter
        self._is_last = is_last
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # Qt paints anew when the pointer comes and goes
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(row.spoken)
        current_theme().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        width = current_theme().px(240)
        return QSize(width, self.heightForWidth(max(self.width(), width)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def heightForWidth(self, width: int) -> int:
        return self._rows.height(self.row, width)

    def paintEvent(self, event: QPaintEvent) -> None:
        has_focus = self.hasFocus()
        state = RowState(
            is_selected=has_focus or self.isDown(), is_hot=self.underMouse(), has_focus=has_focus, is_last=self._is_last
        )
        painter = QPainter(self)
        self._rows.paint(painter, self.row, QRect(0, 0, self.width(), self.height()), state)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in _STEPS:
            self.moved.emit(_STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class FirstGlance(QWidget):
    """`chosen` carries the Klantverwijzing of a row; the frame opens it as soon as it can."""

    chosen = Signal(object)

    def __init__(self, klanten: Sequence[Klantbeeld]) -> None:
        super().__init__()
        card = Card("Laatst geopend", "van deze werkplek, de verbinding wordt gelegd")
        self.rows = self._made_rows(klanten)
        self._scroll = _scrolled(self.rows) if self.rows else None
        card.body.addWidget(_nothing() if self._scroll is None else self._scroll)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        if self.rows:
            self.setFocusProxy(self.rows[0])
        self.setAccessibleName("Laatst geopende klanten")

    def let_go(self) -> None:
        """The tabs took its place, or nobody may see it: who it showed is not kept, whoever still holds it."""
        self.rows.clear()
        self.deleteLater()

    def _made_rows(self, klanten: Sequence[Klantbeeld]) -> list[GlanceRow]:
        painter = RowPainter()
        rows: list[GlanceRow] = []
        for place, beeld in enumerate(klanten):
            row = GlanceRow(_row(str(place), beeld), painter, is_last=place == len(klanten) - 1)
            klant = Klantverwijzing(beeld.sleutel, beeld.naam)
            row.clicked.connect(lambda _checked=False, klant=klant: self.chosen.emit(klant))
            row.moved.connect(lambda steps, place=place: self._go_to(place + steps))
            rows.append(row)
        return rows

    def _go_to(self, place: int) -> None:
        row = self.rows[min(max(place, 0), len(self.rows) - 1)]
        row.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._scroll is not None:
            self._scroll.ensureWidgetVisible(row, 0, 0)


def _scrolled(rows: Sequence[GlanceRow]) -> QScrollArea:
    inner = QWidget()
    inner.setProperty("kaal", "true")
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for row in rows:
        column.addWidget(row)
    column.addStretch(1)
    scroll = QScrollArea()
    ground = QWidget()  # as in the rail: Qt's own viewport makes PySide6 load every class derived from QWidget
    scroll.setViewport(ground)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setAccessibleName("Laatst geopende klanten")
    scroll.setWidget(inner)
    ground.setAutoFillBackground(False)
    inner.setAutoFillBackground(False)
    return scroll


def _nothing() -> QWidget:
    from ui.widgets.state_pages import Message

    message = Message()
    advice = "Zoek met Ctrl K op naam, BSN, adres of telefoonnummer."
    message.set_message("leeg", "tekst_zacht", "Nog geen klanten geopend", advice, "")
    return message


def _row(key: str, beeld: Klantbeeld) -> Row:
    facts = beeld.persoon or beeld.bedrijf
    flags: tuple[tuple[str, Toon], ...] = ()
    if beeld.geheimhouding:
        flags += (("Geheimhouding: niet verstrekken aan derden", "fout"),)
    if beeld.persoon is not None and beeld.persoon.overleden:
        flags += (("Overleden", "let_op"),)
    icon = "bedrijf" if beeld.sleutel.soort is SoortKlant.ORGANISATIE else "persoon"
    return Row(key, beeld.naam, ", ".join(facts.adresregels) if facts else "", icon, flags=flags)
