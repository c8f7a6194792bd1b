"""The top bar: search on the left; where, as what and whether connected on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QWidget

from kcs_desktop.domain.verbinding import Verbinding
from ui.frame.rollen import rolnaam
from ui.frame.search_field import SearchField
from ui.theme.theme import current_theme
from ui.widgets.avatar import Avatar, initials
from ui.widgets.button import Button
from ui.widgets.label import ElidedLabel, Label, set_tip
from ui.widgets.paint import fill, surface

if TYPE_CHECKING:
    from kcs_desktop.sdk import Sessie

_CONNECTION: dict[Verbinding, tuple[str, str, str]] = {
    Verbinding.OPSTARTEN: ("tekst_zacht", "verbinden", "De verbinding wordt gelegd. U kunt al werken."),
    Verbinding.VERBONDEN: ("goed", "verbonden", "Wijzigingen van collega’s verschijnen vanzelf."),
    Verbinding.GEEN_VERBINDING: (
        "let_op",
        "geen verbinding",
        "U kunt doorwerken. Wat u doet, wacht tot er weer verbinding is.",
    ),
    Verbinding.AFGEMELD: ("tekst_zacht", "afgemeld", "Meld u aan om verder te werken."),
    Verbinding.ANDERE_VERSIE: (
        "let_op",
        "andere versie",
        "Dit venster en de server werken niet samen. Waarschuw de beheerder. Wat u doet, blijft bewaard.",
    ),
}


class ConnectionState(QWidget):
    """Dot and word; the words stand in the tooltip in full."""

    def __init__(self) -> None:
        super().__init__()
        self._state = Verbinding.OPSTARTEN
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(self._state)
        current_theme().changed.connect(self.updateGeometry)

    def show_state(self, state: Verbinding) -> None:
        self._state = state
        _color, word, tip = _CONNECTION[state]
        self.setAccessibleName(f"Verbinding: {word}")
        set_tip(self, tip)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        # As wide as the widest daily word, so that a lost connection moves nothing beside it.
        words = max(theme.metrics("gewoon").horizontalAdvance(w) for _c, w, _t in _CONNECTION.values())
        return QSize(words + theme.px(8) + theme.space(5) + 2, theme.line("gewoon"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        color, word, _tip = _CONNECTION[self._state]
        painter = QPainter(self)
        painter.setFont(theme.font("gewoon"))
        width = theme.metrics("gewoon").horizontalAdvance(word)
        dot = theme.px(8)
        left = self.width() - width - 1
        is_open = self._state in (Verbinding.OPSTARTEN, Verbinding.AFGEMELD)
        place = QRectF(left - dot - theme.space(2), (self.height() - dot) / 2, dot, dot)
        surface(painter, place, dot / 2, None if is_open else theme.color(color), theme.color(color), width=1.5)
        painter.setPen(theme.color("tekst_zacht" if color != "let_op" else color))
        painter.drawText(QRectF(left, 0, width + 1, self.height()), int(Qt.AlignmentFlag.AlignVCenter), word)
        painter.end()


class AccountButton(QAbstractButton):
    """The initials of who is signed in; opens the menu of the session."""

    def __init__(self) -> None:
        super().__init__()
        self._avatar = Avatar("", parent=self)
        self._avatar.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # Qt paints anew when the pointer comes and goes
        self.show_name("")
        current_theme().changed.connect(self._on_theme)

    def show_name(self, name: str) -> None:
        self._avatar.set_initialen(initials(name) if name else "–")
        words = f"{name}: menu" if name else "Niet aangemeld: menu"
        self.setAccessibleName(words)
        set_tip(self, name or "Niet aangemeld")

    def sizeHint(self) -> QSize:
        side = self._avatar.sizeHint().width() + 4
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        side = self._avatar.sizeHint()
        self._avatar.setGeometry(2, 2, side.width(), side.height())
        painter = QPainter(self)
        if self.hasFocus() or self.underMouse():
            color = theme.color("focus" if self.hasFocus() else "lijn_bediening")
            surface(painter, QRectF(self.rect()), self.width() / 2, None, color, width=2 if self.hasFocus() else 1)
        painter.end()

    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()


class TopBar(QFrame):
    """Height never changes with what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Bovenbalk")
        self.search = SearchField()
        self.place = Label("")
        self.role = ElidedLabel("", bold=True)
        self.role.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.outbox = Button("0 uitgaand", "stil", "uitgaand")
        self.outbox.hide()
        self.connection = ConnectionState()
        self.account = AccountButton()
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.search, 5)
        self._row.addStretch(1)
        self._row.addWidget(self.place)
        self._row.addWidget(self.role)
        self._row.addWidget(self.outbox)
        self._row.addWidget(self.connection)
        self._row.addWidget(self.account)
        self.show_sessie(None)
        self._restyle()
        current_theme().changed.connect(self._restyle)

    def show_sessie(self, sessie: Sessie | None) -> None:
        names = ", ".join(rolnaam(r) for r in sessie.rollen) if sessie else ""
        self.place.setText(f"{sessie.werkplek.naam} ·" if sessie else "")
        self.role.setText(names)
        self.account.show_name(sessie.medewerker.naam if sessie else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        fill(painter, self.rect(), theme.color("rail"))
        painter.setPen(theme.color("lijn"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _restyle(self) -> None:
        theme = current_theme()
        self._row.setContentsMargins(theme.space(4), 0, theme.space(4), 1)
        self._row.setSpacing(theme.space(1))
        self.connection.setContentsMargins(0, 0, 0, 0)
        self.setFixedHeight(theme.control_height + theme.space(5) + (theme.space(1.5) if theme.is_compact else 0))
        self.update()
