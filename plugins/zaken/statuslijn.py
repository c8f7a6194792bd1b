"""The drawn line of the steps of a zaak: what was done, where it stands, what comes; with the day of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from kcs_desktop.sdk import Statusstap, display_day, local, one_line
from ui.sdk import current_theme, paint_icon, surface

_LEAST = 92  # pixels at 100% text for a step beside others; with less room the steps stand under each other


class Stap(NamedTuple):
    """One step as it is drawn."""

    naam: str
    dag: str
    is_gezet: bool
    is_huidig: bool


def shown_steps(stappen: Sequence[Statusstap], today: date) -> list[Stap]:
    """Each step of the zaaktype once, with the day it was last set."""
    made: dict[tuple[int, str], Stap] = {}
    for stap in stappen:
        sleutel = (stap.volgnummer, stap.naam)
        dag = display_day(local(stap.gezet_op).date(), today) if stap.gezet_op is not None else ""
        oud = made.get(sleutel)
        is_huidig = stap.is_huidig or (oud is not None and oud.is_huidig)
        made[sleutel] = Stap(one_line(stap.naam, 60) or "Stap", dag or (oud.dag if oud else ""), bool(dag), is_huidig)
    return list(made.values())


class Statuslijn(QWidget):
    """Across where there is room, else down. Done steps have a check, the present one a filled dot and bold words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stappen: list[Stap] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        current_theme().changed.connect(self._restyle)

    def show_steps(self, stappen: Sequence[Statusstap], today: date) -> None:
        self._stappen = shown_steps(stappen, today)
        self.setAccessibleName(f"Stappen: {'; '.join(_spoken(stap) for stap in self._stappen)}")
        self.setVisible(bool(self._stappen))
        self._restyle()

    @property
    def stappen(self) -> Sequence[Stap]:
        return self._stappen

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(_LEAST) * max(len(self._stappen), 1), self.heightForWidth(self.width() or theme.px(500)))

    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(_LEAST), self.heightForWidth(self.width() or current_theme().px(500)))

    def heightForWidth(self, width: int) -> int:
        theme = current_theme()
        if self._is_across(width):
            return self._dot() + theme.space(1.5) + self._lines(width) * theme.line("bij") + theme.line("klein")
        return len(self._stappen) * self._row()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._is_across(self.width()):
            self._paint_across(painter)
        else:
            self._paint_down(painter)
        painter.end()

    def _is_across(self, width: int) -> bool:
        return bool(self._stappen) and width >= current_theme().px(_LEAST) * len(self._stappen)

    def _lines(self, width: int) -> int:
        """How many lines the longest name takes: one where all of them fit, else two."""
        theme = current_theme()
        room = width / len(self._stappen) - theme.space(2)
        metrics = theme.metrics("bij", bold=True)
        return 1 if all(metrics.horizontalAdvance(stap.naam) <= room for stap in self._stappen) else 2

    def _dot(self) -> int:
        return current_theme().px(18)

    def _row(self) -> int:
        theme = current_theme()
        return max(self._dot(), theme.line("bij")) + theme.space(2)

    def _paint_across(self, painter: QPainter) -> None:
        theme = current_theme()
        dot, width = self._dot(), self.width() / len(self._stappen)
        for place, stap in enumerate(self._stappen):
            left = place * width
            if place + 1 < len(self._stappen):
                self._paint_line(painter, left + dot, dot / 2, left + width, dot / 2, self._stappen[place + 1])
            self._paint_dot(painter, QRectF(left, 0, dot, dot), stap, place)
            high = self._lines(self.width()) * theme.line("bij")
            room = QRectF(left, dot + theme.space(1.5), width - theme.space(2), high)
            self._paint_words(painter, room, stap, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop))
            painter.setFont(theme.font("klein"))
            painter.setPen(theme.color("tekst_zacht"))
            below = QRectF(left, room.bottom(), room.width(), theme.line("klein"))
            painter.drawText(below, Qt.AlignmentFlag.AlignLeft, stap.dag)

    def _paint_down(self, painter: QPainter) -> None:
        theme = current_theme()
        dot, row = self._dot(), self._row()
        for place, stap in enumerate(self._stappen):
            top = place * row
            if place + 1 < len(self._stappen):
                self._paint_line(painter, dot / 2, top + dot, dot / 2, top + row, self._stappen[place + 1])
            self._paint_dot(painter, QRectF(0, top, dot, dot), stap, place)
            painter.setFont(theme.font("klein"))
            wide = painter.fontMetrics().horizontalAdvance(stap.dag)
            painter.setPen(theme.color("tekst_zacht"))
            painter.drawText(QRectF(self.width() - wide, top, wide, dot), Qt.AlignmentFlag.AlignVCenter, stap.dag)
            left = dot + theme.space(2)
            room = QRectF(left, top, self.width() - left - wide - theme.space(2), dot)
            shown = theme.metrics("bij", bold=stap.is_huidig).elidedText(
                stap.naam, Qt.TextElideMode.ElideRight, round(room.width())
            )
            self._paint_words(painter, room, stap._replace(naam=shown), int(Qt.AlignmentFlag.AlignVCenter))

    def _paint_line(self, painter: QPainter, left: float, top: float, right: float, bottom: float, to: Stap) -> None:
        theme = current_theme()
        painter.setPen(QPen(theme.color("accent" if to.is_gezet else "lijn_bediening"), 2))
        painter.drawLine(round(left), round(top), round(right), round(bottom))

    def _paint_dot(self, painter: QPainter, place: QRectF, stap: Stap, number: int) -> None:
        theme = current_theme()
        accent = theme.color("accent")
        if stap.is_huidig or stap.is_gezet:
            surface(painter, place, place.width() / 2, accent)
        else:
            surface(painter, place, place.width() / 2, theme.color("vlak"), theme.color("lijn_bediening"), width=2)
        inner = place.adjusted(3, 3, -3, -3)
        if stap.is_huidig:
            surface(painter, inner.adjusted(2, 2, -2, -2), inner.width() / 2, theme.color("op_accent"))
        elif stap.is_gezet:
            paint_icon(painter, inner, "afgerond_stap", theme.color("op_accent"))
        else:
            painter.setFont(theme.font("klein"))
            painter.setPen(theme.color("tekst_zacht"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(number + 1))

    def _paint_words(self, painter: QPainter, room: QRectF, stap: Stap, align: int) -> None:
        theme = current_theme()
        painter.setFont(theme.font("bij", bold=stap.is_huidig))
        painter.setPen(theme.color("tekst" if stap.is_huidig or stap.is_gezet else "tekst_zacht"))
        painter.drawText(room, align | int(Qt.TextFlag.TextWordWrap), stap.naam)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


def _spoken(stap: Stap) -> str:
    stand = "nu" if stap.is_huidig else "gedaan" if stap.is_gezet else "nog niet"
    return f"{stap.naam}, {stand} {stap.dag}".strip()
