"""The header card: who this is, what must not be missed, how to reach them, and where it was read.

Layout and signals only; `kop.py` decides what stands here.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QLayoutItem, QVBoxLayout, QWidget

from kcs_desktop.sdk import Klantverwijzing, SoortKlant
from plugins.klant.bronregel_view import Bronregelview
from plugins.klant.kop import WACHT_OP_BEVESTIGING, Bronregel, Kop, Vlag, Waarde
from plugins.klant.vlaggen_view import Vlaggenview
from ui.sdk import Avatar, Button, Card, ElidedLabel, Flag, Label, Term, current_theme, set_tip

W = TypeVar("W", bound=QWidget)

_SMAL = 640  # pixels at 100% text under which the contact data stand below the name, and the buttons below both
_GROOT = 1.3  # scale of the text from which buttons and a sentence no longer fit on one line of a small header


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
        self._is_narrow = False
        self._is_large = False
        self._shown: tuple[tuple[Vlag, ...], tuple[Waarde, ...], tuple[Bronregel, ...]] | None = None
        self.avatar = Avatar("", 48)
        self.naam = Label("", "titel", bold=True, wrap=True)
        self.ondertitel = Label("", "gewoon", "tekst_zacht", wrap=True)
        self.gezelschap = ElidedLabel("", "bij", "accent")
        self.contact = Button("Contact starten", "gewoon", "contact")
        self.wijzigen = Button("", "stil", "wijzigen", "Ctrl+E", naam="Contactgegevens wijzigen")
        self.kopieren = Button("", "stil", "kopieren", "Ctrl+Shift+T", naam="Telefoonnummer kopiëren")
        self.vernieuwen = Button("", "stil", "opnieuw", "F5", naam="Klantbeeld vernieuwen")
        self._flags = Vlaggenview()
        self._pending = Flag(WACHT_OP_BEVESTIGING.capitalize(), "let_op", "wacht")
        kept = self._pending.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # what stands below must not jump at every change
        self._pending.setSizePolicy(kept)
        self._pending.hide()
        self._waits, self._company = False, ""
        self._values = QVBoxLayout()
        self._sources = QVBoxLayout()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._flags.klant_gekozen.connect(self.klant_gekozen)
        self.contact.clicked.connect(self.contact_gevraagd)
        self.wijzigen.clicked.connect(self.wijzigen_gevraagd)
        self.kopieren.clicked.connect(self.kopie_gevraagd)
        self.vernieuwen.clicked.connect(self.opnieuw_gevraagd)
        current_theme().changed.connect(self._restyle)
        self._restyle()

    def _lay_out(self) -> None:
        who = QVBoxLayout()
        who.setSpacing(2)
        self._name_row = QHBoxLayout()
        self._name_row.addWidget(self.naam, 1)
        who.addLayout(self._name_row)
        who.addWidget(self.ondertitel)
        who.addSpacing(4)
        who.addWidget(self._flags)
        who.addStretch(1)
        self._identity = who
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
        self._tools = QVBoxLayout()
        self._tools.setSpacing(0)
        right = QHBoxLayout()
        right.addLayout(facts, 1)
        right.addLayout(self._tools)
        self._right = right
        self._sides.addLayout(self._who, 11)
        self._sides.addLayout(right, 9)
        self._quiet_row = QHBoxLayout()
        self._foot_row = QHBoxLayout()
        self.body.addLayout(self._sides)
        self.body.addLayout(self._quiet_row)
        self.body.addLayout(self._foot_row)
        self._place()
        for before, after in pairwise((self.contact, self.wijzigen, self.kopieren, self.vernieuwen)):
            self.setTabOrder(before, after)

    def _place(self) -> None:
        """The buttons beside name and data, or in a row at the foot; what comes and goes where nothing moves for it."""
        buttons = (self.wijzigen, self.kopieren, self.vernieuwen)
        while self._foot_row.takeAt(0) is not None:
            pass
        for layout in (self._flags.flow, self._quiet_row, self._tools, self._name_row, self._identity):
            for widget in (self._pending, self.gezelschap, self.contact, *buttons):
                layout.removeWidget(widget)
        while self._tools.takeAt(0) is not None:
            pass
        self._sides.setStretch(0, 0 if self._is_narrow else 11)
        if self._is_narrow:
            self._foot_row.addWidget(self.contact)
            if self._is_large:
                self._quiet_row.addWidget(self.gezelschap, 1)  # a line of its own, kept also while nobody is there
                self._foot_row.addStretch(1)
            else:
                self._foot_row.addWidget(self.gezelschap, 1)
            for button in buttons:
                self._foot_row.addWidget(button)
        else:
            self._name_row.addWidget(self.contact, 0, Qt.AlignmentFlag.AlignTop)
            self._flags.flow.addWidget(self._pending)
            self._identity.addWidget(self.gezelschap)
            for button in buttons:
                self._tools.addWidget(button)
            self._tools.addStretch(1)
        self._show_quiet()

    def _show_quiet(self) -> None:
        """That a change waits and who is here too: a flag and a line, or in a small header one line for both."""
        self._pending.setVisible(self._waits and not self._is_narrow)
        waits = WACHT_OP_BEVESTIGING.capitalize() if self._waits and self._is_narrow else ""
        text = " · ".join(part for part in (waits, self._company) if part)
        if text != self.gezelschap.text():
            self.gezelschap.setText(text)
        self.gezelschap.set_color("let_op" if waits else "accent")

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
        self._waits = kop.wacht
        self._show_quiet()
        if before is None or before[1] != kop.waarden:
            self._show_values(kop.waarden)
        if before is None or before[2] != kop.bronregels:
            self._show_sources(kop.bronregels)

    def show_gezelschap(self, text: str) -> None:
        """Colleagues at this customer; "" when there are none."""
        self._company = text
        self._show_quiet()

    def show_name(self, klant: Klantverwijzing, initialen: str) -> None:
        """Before anything was read: only the name that is known, the rest stays quiet."""
        self._shown = None
        self._reserve(is_person=klant.sleutel.soort is SoortKlant.PERSOON)
        self.avatar.set_initialen(initialen)
        self.naam.setText(klant.naam)
        self.ondertitel.setText("")
        self._show_flags(())
        self._waits = False
        self._show_quiet()
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
        self._flags.show_vlaggen(vlaggen, None if self._is_narrow else self._pending)
        self._show_flag_line(has_flags=bool(vlaggen))

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

    def minimumSizeHint(self) -> QSize:
        """The page never grows wider for the header, which turns by the width that the page has."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), current_theme().px(_SMAL) // 2), hint.height())

    def _turn(self) -> None:
        theme = current_theme()
        is_narrow, is_large = self.width() < theme.px(_SMAL), theme.scale > _GROOT
        if (is_narrow, is_large) != (self._is_narrow, self._is_large):
            self._is_narrow, self._is_large = is_narrow, is_large
            across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._sides.setDirection(down if is_narrow else across)
            self._place()
            self._show_flag_line(has_flags=self._shown is not None and bool(self._shown[0]))
            self._restyle()
        # The name keeps its place when the contact button beside it goes.
        self.naam.setMinimumHeight(0 if is_narrow else self.contact.sizeHint().height())

    def _show_flag_line(self, *, has_flags: bool) -> None:
        """Beside the data a line of flags costs no height and is kept; above them only what stands in it does."""
        self._flags.setVisible(has_flags or not self._is_narrow)

    def _reserve(self, *, is_person: bool) -> None:
        """Height kept before the data are there and when a source fails, so that the lists below do not jump."""
        self._is_person = is_person
        theme = current_theme()
        if not self._is_narrow:
            self.setMinimumHeight(theme.px(128 if is_person else 108) + theme.space(5))
            return
        # Name, who it is, address, telephone, e-mail, and a line or two per source.
        lines = theme.line("titel") + 4 * theme.line("gewoon") + (3 if is_person else 2) * theme.line("bij")
        gaps = 6 * 6 + theme.space(3 + 3 + 2 + 4)
        quiet = theme.line("bij") if self._is_large else 0
        self.setMinimumHeight(lines + gaps + quiet + theme.control_height)

    def _restyle(self) -> None:
        theme = current_theme()
        side, top = theme.space(5), theme.space(4)
        if self._is_narrow:
            side, top = theme.space(4), theme.space(3)
        self._sides.setContentsMargins(side, top, theme.space(3), theme.space(2) if self._is_narrow else top)
        self._sides.setSpacing(theme.space(3 if self._is_narrow else 6))
        self.gezelschap.setMinimumHeight(theme.line("bij"))  # the same with and without words
        self._quiet_row.setContentsMargins(side, 0, side, theme.space(1) if self._is_narrow and self._is_large else 0)
        self._foot_row.setContentsMargins(side, 0, theme.space(3), theme.space(3) if self._is_narrow else 0)
        self._foot_row.setSpacing(theme.space(1))
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
