"""The overlay under the search field: not modal, never takes the focus from the field, closes with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, QTimer, SignalInstance
from PySide6.QtGui import QHideEvent, QMoveEvent, QPainter, QPaintEvent, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kcs_desktop.sdk import unbroken_numbers
from ui.frame.search_field import HINT, SearchField
from ui.theme.theme import current_theme
from ui.widgets.card import Hairline
from ui.widgets.focus import give_back
from ui.widgets.label import ElidedLabel, Label
from ui.widgets.paint import surface
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.rows import KEY, RowModel
from ui.widgets.state_list import RowView
from ui.zoeken.presenter import STARTEN, Stap, Zoekbeeld, ZoekPresenter, is_retry
from ui.zoeken.rijen import rows

_STEP = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -6, Qt.Key.Key_PageDown: 6}
_KEYS = "↑ ↓ kiezen   ·   Enter openen   ·   Ctrl Enter contact starten   ·   F4 waarom   ·   > alleen opdrachten"
_PRODUCT_KEYS = "↑ ↓ kiezen   ·   Enter product van de vraag   ·   Ctrl Enter zaak aanmaken"
_COMMANDS_KEYS = "↑ ↓ kiezen   ·   Enter uitvoeren"
_COMMANDS_HINT = "Typ een opdracht"
REST = 400  # milliseconds without an answer, after which the overlay becomes as low as what it shows


class _Corners(QWidget):
    """The round corners of the overlay, which lies over the rest of this card.

    So the overlay itself is opaque: what lies under it is not painted again with every key.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        card = QRectF(self.rect()), theme.radius("kaart")
        painter = QPainter(self)
        surface(painter, *card, theme.color("verhoogd"), theme.color("lijn_bediening"))
        painter.end()


class ZoekOverlay(QFrame):
    """Results and commands. The field steers it: arrows choose, Enter carries out, Esc steps back."""

    def __init__(self, window: QWidget, field: SearchField, presenter: ZoekPresenter) -> None:
        super().__init__(window)
        self.presenter = presenter
        self._field = field
        self._before: QWidget | None = None
        self._hint_height = ("", 0, 0)  # of which text, in which width, how high
        self._is_proposed = False  # Enter carries out the current row; nobody chose it yet
        self.setAccessibleName("Zoekresultaten")
        self.hint = Label("", "bij", "tekst_zacht", wrap=True)
        self.why = ElidedLabel("", "klein", "tekst_zacht")
        self.model = RowModel(self)
        self.view = RowView()
        self.view.setModel(self.model)
        self.view.setAccessibleName("Zoekresultaten")
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMinimumHeight(1)  # as low as one row: Qt would take the rest from the hint
        self.view.set_ground("verhoogd")
        self.view.setResizeMode(RowView.ResizeMode.Fixed)  # it lays out anew for another width, not for another height
        self._delegate = RowDelegate(self.view, lijnen=False, room=lambda: self.view.room)
        self.view.setItemDelegate(self._delegate)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._corners = _Corners(window)
        self._head = QHBoxLayout()
        self._head.addWidget(self.hint, 1)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.why, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(Hairline())
        column.addWidget(self.view, 1)
        column.addWidget(Hairline())
        column.addLayout(self._foot)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._place)
        self.hide()
        field.line.setPlaceholderText(HINT if presenter.may_search else _COMMANDS_HINT)
        self._keys = _KEYS if presenter.may_search else _COMMANDS_KEYS
        line = field.line
        self._heard: list[tuple[SignalInstance, Callable[..., object]]] = [
            (line.textEdited, self._on_typed),
            (line.steered, self._on_steered),
            (line.entered, self._on_entered),
            (line.escaped, self._on_escaped),
            (line.asked_why, presenter.toggle_why),
            (line.focused, self._on_focus),
            (line.pressed, self.open),
        ]
        for signal, slot in self._heard:
            signal.connect(slot)
        self.view.opened.connect(presenter.choose)
        selection = self.view.selectionModel()
        selection.currentChanged.connect(lambda _new, _old: self._explain())
        self._disconnect = [
            presenter.changed.connect(self.show_beeld),
            presenter.done.connect(lambda _none: self.close_overlay()),
        ]
        window.installEventFilter(self)
        self._restyle()
        current_theme().changed.connect(self._restyle)

    def open(self, text: str = "") -> None:
        """Put the cursor in the field; remembers what had it."""
        if not self._field.line.hasFocus():
            self._before = self.window().focusWidget()
        self._field.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if text:
            self._field.line.setText(text)
        self._field.line.selectAll()
        self.presenter.typed(self._field.line.text())

    def begin_anew(self) -> None:
        """The cursor in an empty field: of the search before nothing is left that a key could open."""
        self.presenter.leave()
        self.hide()
        self._field.line.setText("")  # and not `clear`, which Ctrl+Z takes back: it may name a customer
        self.model.set_rows(())
        self._field.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_overlay(self, *, is_chosen: bool = True) -> None:
        """Hide, and give the focus back to what had it. Where nothing had, what was chosen takes it from nobody; where
        nothing was chosen, the field keeps it."""
        self.hide()
        self._field.line.setText("")
        self.model.set_rows(())
        if self._field.line.hasFocus():
            if is_chosen:
                self._field.line.clearFocus()
            give_back(self._before, None if is_chosen else self._field.line)
        self._before = None

    def release(self) -> None:
        """Let go of the presenter and of the field, which is the window's and goes on to the next employee."""
        for disconnect in self._disconnect:
            disconnect()
        for signal, slot in self._heard:
            signal.disconnect(slot)
        self._heard.clear()
        self.presenter.leave()
        self._corners.deleteLater()
        self.deleteLater()

    def show_beeld(self, beeld: Zoekbeeld) -> None:
        """Show what is known now; the chosen row stays chosen."""
        kept = self._chosen()
        self.model.set_rows(rows(beeld))
        self.view.setVisible(bool(self.model.rows))
        self._choose(kept)
        self._is_proposed = self._is_proposed and bool(kept)
        nothing_else = not beeld.heeft_treffers and not beeld.bezig
        if not kept and (beeld.tekst.strip().startswith(">") or (beeld.stap is Stap.TYPEN and nothing_else)):
            # For a number Enter still asks the registers first: they say why they cannot search for one.
            rest = (row.key for row in self.model.rows if not (row.is_kop or is_retry(row.key) or row.key == STARTEN))
            self._propose(next(rest, ""))
        elif not kept and nothing_else and beeld.stap is Stap.GEVRAAGD and beeld.afzender:
            self._propose(STARTEN)
        self._say(beeld)
        if self._field.line.hasFocus():
            # While the employee types it never becomes lower: the list would jump, and the page below it be painted
            # again with every key.
            is_typing = self.isVisible() and beeld.stap is Stap.TYPEN
            self._place(at_least=self.height() if is_typing else 0)
            if is_typing:
                self._rest.start()
            self.show()
            self.raise_()
            self._corners.stackUnder(self)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        corner = current_theme().radius("kaart") + 1
        lying, standing = self.rect().adjusted(0, corner, 0, -corner), self.rect().adjusted(corner, 0, -corner, 0)
        self.setMask(QRegion(lying) | QRegion(standing))
        self._corners.setGeometry(self.geometry())

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._corners.setGeometry(self.geometry())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._corners.show()
        self._corners.stackUnder(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._corners.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setPen(theme.color("lijn_bediening"))
        painter.setBrush(theme.color("verhoogd"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))  # its round corners are another widget
        painter.end()

    def _say(self, beeld: Zoekbeeld) -> None:
        wrong = beeld.melding or beeld.fout
        empty = "Typ een naam, BSN, postcode met huisnummer, telefoonnummer, e-mailadres, product of opdracht"
        offline = beeld.stap is not Stap.LEEG and self.presenter.is_offline
        text = wrong or beeld.uitleg or (empty if not beeld.tekst.strip() else "")
        if beeld.tekst.strip().startswith(">") or not self.presenter.may_search:
            text = "Alleen opdrachten" if beeld.commands else "Geen opdracht met dit woord"
        elif beeld.stap is Stap.GEVRAAGD and not beeld.bezig and not beeld.heeft_treffers and not wrong:
            text = "Niets gevonden. Controleer de spelling, of zoek op een ander gegeven."
            if beeld.afzender:
                text = f"Niemand gevonden. Enter start een contact met {beeld.afzender}."
            if beeld.is_onvolledig:
                text = "Nog niet gevonden. Niet elke bron gaf antwoord: de klant kan daar wel bekend zijn."
        elif offline and not wrong:
            text = "Geen verbinding: u vindt nu alleen klanten die op deze werkplek bewaard zijn."
        self.hint.set_color("fout" if wrong else "tekst_zacht")
        self.hint.setText(unbroken_numbers(text) or " ")
        self._explain()

    def _explain(self) -> None:
        hit = self.presenter.treffer(self._chosen())
        are_commands = self._chosen().startswith("opdracht:") or self._field.line.text().strip().startswith(">")
        keys = _COMMANDS_KEYS if are_commands else self._keys
        if self._chosen().startswith("product:") and self.presenter.beeld.mag_zaken_maken:
            keys = _PRODUCT_KEYS
        self.why.setText(f"Waarom dit resultaat: {hit.waarom}" if hit is not None and hit.waarom else keys)

    def _on_typed(self, text: str) -> None:
        self._choose("")
        self.presenter.typed(text)

    def _on_steered(self, key: int) -> None:
        if not self.isVisible():
            self.presenter.typed(self._field.line.text())
        self._step(_STEP[Qt.Key(key)])

    def _on_entered(self, second: bool) -> None:
        chosen = self._chosen()
        if chosen:
            self.presenter.choose(chosen, second=second)
        elif not self._field.line.text().strip():
            return  # the presenter still knows the search before, which is no longer in sight
        elif second and self.presenter.beeld.afzender:
            self.presenter.choose(STARTEN)
        elif self.presenter.beeld.stap is Stap.GEVRAAGD and self.presenter.beeld.heeft_treffers:
            self._step(1)
            self.presenter.choose(self._chosen(), second=second)
        else:
            self.presenter.enter(second=second)

    def _on_escaped(self) -> None:
        if self._field.line.text():
            self._field.line.clear()
            self._on_typed("")
        else:
            self.presenter.leave()
            self.close_overlay(is_chosen=False)

    def _on_focus(self, has_focus: bool) -> None:
        # Focus alone opens nothing: the window gives it at its start, and Tab passes by.
        if not has_focus:
            self.hide()

    def _chosen(self) -> str:
        key = self.view.currentIndex().data(KEY)
        return key if isinstance(key, str) else ""

    def _choose(self, key: str) -> None:
        self.view.setCurrentIndex(self.model.index(self.model.row_of(key) if key else -1))

    def _propose(self, key: str) -> None:
        self._choose(key)
        self._is_proposed = bool(key)

    def _step(self, steps: int) -> None:
        """Move over rows that can be chosen; the ends hold.

        The first step down is on the first row, whether it was proposed or not: one rule for every kind of row.
        """
        is_proposed, self._is_proposed = self._is_proposed, False
        if is_proposed and steps == 1:
            return
        places = [i for i, row in enumerate(self.model.rows) if not row.is_kop]
        if not places:
            return
        current = self.view.currentIndex().row()
        at = places.index(current) if current in places else -1
        wanted = max(0, min(len(places) - 1, at + steps)) if at >= 0 or steps > 0 else 0
        self.view.setCurrentIndex(self.model.index(places[wanted]))

    def _place(self, at_least: int = 0) -> None:
        self._rest.stop()
        theme = current_theme()
        parent = self.parentWidget()
        if parent is None:
            return
        corner = self._field.mapTo(parent, QPoint(0, self._field.height() + theme.space(1)))
        width = max(self._field.width(), min(theme.px(640), parent.width() - corner.x() - theme.space(4)))
        inner = width - 2
        rest = self._measured_hint(inner - theme.space(8)) + theme.line("klein") + theme.space(9) + 4
        room = round(parent.height() * 0.72)
        content = 0
        for row in self.model.rows:
            content += self._delegate.height(row, inner)
            if content >= room:
                break  # rows that scroll are measured when they are seen
        self.setGeometry(corner.x(), corner.y(), width, min(max(max(content, theme.space(2)) + rest, at_least), room))

    def _measured_hint(self, width: int) -> int:
        """How high the hint is: most keys leave it as it was."""
        text, known, height = self._hint_height
        if (text, known) != (self.hint.text(), width):
            height = self.hint.heightForWidth(width)
            self._hint_height = (self.hint.text(), width, height)
        return height

    def _restyle(self) -> None:
        theme = current_theme()
        self._hint_height = ("", 0, 0)
        self._head.setContentsMargins(theme.space(4), theme.space(2), theme.space(4), theme.space(2))
        self._foot.setContentsMargins(theme.space(4), theme.space(2), theme.space(4), theme.space(2))
        self.update()
        # The field has another place and the rows another height once the window was laid out anew.
        QTimer.singleShot(0, self, self._place)
