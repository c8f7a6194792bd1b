"""The header card: who this is, what must not be missed, how to reach them, and where it was read.

Layout and signals only; `kop.py` decides what stands here.
"""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QLayoutItem, QVBoxLayout, QWidget

from kcs_desktop.sdk import Klantverwijzing, SoortKlant
from plugins.klant.bronregel_view import Bronregelview
from plugins.klant.kop import WACHT_OP_BEVESTIGING, Bronregel, Kop, Vlag, Waarde
from plugins.klant.vlagknop import Vlagknop
from ui.sdk import Avatar, Button, Card, ElidedLabel, Flag, FlowLayout, Label, Term, current_theme, set_tip

W = TypeVar("W", bound=QWidget)

_SMAL = 640  # pixels at 100% text under which the contact data stand below the name
_KRAP = 420  # and under which the contact button stands below it too
_NAUW = 320  # and under which the other buttons stand below the data


class Kopview(Card):
    """The header. Signals say what was asked; nothing is decided here."""

    klant_gekozen = Signal(object)  # Klantverwijzing
    opnieuw_gevraagd = Signal()
    wijzigen_gevraagd = Signal()
    kopie_gevraagd = Signal()
    contact_gevraagd = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("Klant")
        self._is_person = True
        self._shown: tuple[tuple[Vlag, ...], tuple[Waarde, ...], tuple[Bronregel, ...]] | None = None
        self.avatar = Avatar("", 48)
        self.naam = Label("", "titel", bold=True, wrap=True)
        self.ondertitel = Label("", "gewoon", "tekst_zacht", wrap=True)
        self.gezelschap = ElidedLabel("", "bij", "accent")
        self.contact = Button("Contact starten", "gewoon", "contact")
        self.wijzigen = Button("", "stil", "wijzigen", "Ctrl+E", naam="Contactgegevens wijzigen")
        self.kopieren = Button("", "stil", "kopieren", "Ctrl+Shift+T", naam="Telefoonnummer kopiëren")
        self.vernieuwen = Button("", "stil", "opnieuw", "F5", naam="Klantbeeld vernieuwen")
        self._flags = QWidget()
        self._flow = FlowLayout(self._flags)
        self._pending = Flag(WACHT_OP_BEVESTIGING.capitalize(), "let_op", "wacht")
        kept = self._pending.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # what stands below must not jump at every change
        self._pending.setSizePolicy(kept)
        self._pending.hide()
        self._flow.addWidget(self._pending)
        self._values = QVBoxLayout()
        self._sources = QVBoxLayout()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self.contact.clicked.connect(self.contact_gevraagd)
        self.wijzigen.clicked.connect(self.wijzigen_gevraagd)
        self.kopieren.clicked.connect(self.kopie_gevraagd)
        self.vernieuwen.clicked.connect(self.opnieuw_gevraagd)
        current_theme().changed.connect(self._restyle)
        self._restyle()

    def _lay_out(self) -> None:
        who = QVBoxLayout()
        who.setSpacing(2)
        name_row = self._name_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        name_row.addWidget(self.naam, 1)
        who.addLayout(name_row)
        who.addWidget(self.ondertitel)
        self._flags_gap = who.count()
        who.addSpacing(6)
        who.addWidget(self._flags)
        who.addStretch(1)
        who.addWidget(self.gezelschap)  # always there, so that nothing moves when a colleague comes
        self._who = QHBoxLayout()
        self._who.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        self._who.addLayout(who, 1)
        facts = QVBoxLayout()
        facts.setSpacing(6)
        self._values.setSpacing(6)
        self._sources.setSpacing(2)
        facts.addLayout(self._values)
        facts.addLayout(self._sources)
        facts.addStretch(1)
        tools = self._tools = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        tools.setSpacing(0)
        for button in (self.wijzigen, self.kopieren, self.vernieuwen):
            tools.addWidget(button)
        tools.addStretch(1)
        right = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        right.addLayout(facts, 1)
        right.addLayout(tools)
        self._right = right
        self._sides.addLayout(self._who, 11)
        self._sides.addLayout(right, 9)
        self.body.addLayout(self._sides)
        # The contact button follows the identity, so that Tab reads name, action, data.
        name_row.addWidget(self.contact, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def show_kop(self, kop: Kop) -> None:
        """Show these values; only what differs is built anew."""
        self._reserve(is_person=any(regel.bron == "brp" for regel in kop.bronregels))
        self.avatar.set_initialen(kop.initialen)
        self.naam.setText(kop.naam)
        self.ondertitel.setText(kop.ondertitel)
        before = self._shown
        self._shown = (kop.vlaggen, kop.waarden, kop.bronregels)
        if before is None or before[0] != kop.vlaggen:
            self._show_flags(kop.vlaggen)
        self._pending.setVisible(kop.wacht)
        if before is None or before[1] != kop.waarden:
            self._show_values(kop.waarden)
        if before is None or before[2] != kop.bronregels:
            self._show_sources(kop.bronregels)

    def show_gezelschap(self, text: str) -> None:
        """Colleagues at this customer; "" when there are none."""
        if text != self.gezelschap.text():
            self.gezelschap.setText(text)

    def show_name(self, klant: Klantverwijzing, initialen: str) -> None:
        """Before anything was read: only the name that is known, the rest stays quiet."""
        self._shown = None
        self._reserve(is_person=klant.sleutel.soort is SoortKlant.PERSOON)
        self.avatar.set_initialen(initialen)
        self.naam.setText(klant.naam)
        self.ondertitel.setText("")
        self._show_flags(())
        self._pending.hide()
        for layout in (self._values, self._sources):
            _clear(layout)

    def show_actions(self, *, contact: str, mag_wijzigen: bool, heeft_telefoon: bool) -> None:
        """`contact` is what the contact button says; "" takes it away."""
        self.contact.set_text(contact or "Contact starten")
        self.contact.set_icoon("koppeling" if contact.startswith("Koppelen") else "contact")
        self.contact.setVisible(bool(contact))
        self.wijzigen.setEnabled(mag_wijzigen)
        set_tip(
            self.wijzigen,
            "Contactgegevens wijzigen (Ctrl E)" if mag_wijzigen else "Met uw rol mag u contactgegevens niet wijzigen",
        )
        self.kopieren.setEnabled(heeft_telefoon)

    def _show_flags(self, vlaggen: tuple[Vlag, ...]) -> None:
        self._flow.removeWidget(self._pending)
        _clear(self._flow)
        for vlag in vlaggen:
            self._flow.addWidget(self._flag(vlag))
        self._flow.addWidget(self._pending)
        self._flags.updateGeometry()

    def _flag(self, vlag: Vlag) -> QWidget:
        if vlag.klant is None:
            return Flag(vlag.tekst, vlag.soort, vlag.icoon)
        button = Vlagknop(vlag.tekst, vlag.soort, vlag.icoon)
        klant = vlag.klant
        button.clicked.connect(lambda: self.klant_gekozen.emit(klant))
        return button

    def _show_values(self, waarden: tuple[Waarde, ...]) -> None:
        _clear(self._values, keep=len(waarden))
        for place, waarde in enumerate(waarden):
            term = _at(self._values, place, Term)
            if term is None or term.has_teken != waarde.kan_wachten:
                sign = ("wacht", WACHT_OP_BEVESTIGING) if waarde.kan_wachten else None
                term = Term(waarde.label, waarde.tekst, waarde.bij, breedte=72, teken=sign)
                _put(self._values, place, term)
            else:
                term.set_label(waarde.label)
                term.set_waarde(waarde.tekst, waarde.bij)
            term.show_teken(waarde.wacht)

    def _show_sources(self, regels: tuple[Bronregel, ...]) -> None:
        _clear(self._sources, keep=len(regels))
        again = "Opnieuw proberen" if any(regel.kan_opnieuw for regel in regels) else "Klantbeeld vernieuwen"
        self.vernieuwen.setAccessibleName(again)
        set_tip(self.vernieuwen, f"{again} (F5)")
        for place, regel in enumerate(regels):
            view = _at(self._sources, place, Bronregelview)
            if view is None:
                self._sources.addWidget(Bronregelview(regel))
            else:
                view.show_regel(regel)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        theme = current_theme()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        for layout, width in ((self._sides, _SMAL), (self._name_row, _KRAP), (self._right, _NAUW)):
            layout.setDirection(down if self.width() < theme.px(width) else across)
        # The name keeps its place when the contact button beside it goes.
        beside = self._name_row.direction() is across
        self.naam.setMinimumHeight(self.contact.sizeHint().height() if beside else 0)
        # Beside the data the buttons stand in a column, under them in a row.
        self._tools.setDirection(across if self._right.direction() is down else down)

    def _reserve(self, *, is_person: bool) -> None:
        """Height kept before the data are there and when a source fails, so that the lists below do not jump."""
        self._is_person = is_person
        theme = current_theme()
        self.setMinimumHeight(theme.px(128 if is_person else 108) + theme.space(5))

    def _restyle(self) -> None:
        theme = current_theme()
        self._sides.setContentsMargins(theme.space(5), theme.space(4), theme.space(3), theme.space(4))
        self._sides.setSpacing(theme.space(6))
        self._who.setSpacing(theme.space(4))
        self._right.setSpacing(theme.space(3))
        self._reserve(is_person=self._is_person)
        self._turn()


def _at(layout: QLayout, place: int, kind: type[W]) -> W | None:
    """The widget at a place, to be shown anew: making one costs more than all its words."""
    item = layout.itemAt(place)
    widget = item.widget() if item is not None else None
    return widget if isinstance(widget, kind) else None


def _put(layout: QBoxLayout, place: int, widget: QWidget) -> None:
    """In place of what stands there, if anything does."""
    _discard(layout.takeAt(place))
    layout.insertWidget(place, widget)


def _clear(layout: QLayout, keep: int = 0) -> None:
    while layout.count() > keep:
        _discard(layout.takeAt(keep))


def _discard(item: QLayoutItem | None) -> None:
    widget = item.widget() if item is not None else None
    if widget is not None:
        widget.hide()
        widget.deleteLater()
