"""The widgets of the page with e-formulieren: the list at the left, the one in sight at the right. Layout only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from plugins.zaken.feiten_view import Feiten
from ui.sdk import Button, Card, Flag, FlowLayout, Label, LongLabel, ScrollColumn, StateList, Toon, current_theme

_SMAL = 820


class Formulierview(Card):
    """One e-formulier: who, what, how long it waits, and what can be done."""

    openen_gevraagd = Signal()
    koppelen_gevraagd = Signal()
    klant_gevraagd = Signal()
    naam_gevraagd = Signal()

    def __init__(self) -> None:
        super().__init__("E-formulier", " ")
        theme = current_theme()
        self.leeg = Label("Kies een formulier in de lijst.", "gewoon", "tekst_zacht", wrap=True)
        self.wie = LongLabel("", "titel", selectable=True)
        self.wat = LongLabel("", "gewoon")
        self.norm = Flag("")
        self.feiten = Feiten()
        self.openen = Button("&Zaak openen", "primair", "zaken", "Enter")
        self.koppelen = Button("Koppelen aan contact", "gewoon", "koppeling", "Ctrl+Shift+J")
        self.klant = Button("K&lant openen", "gewoon", "klant")
        self.naam = Button("&Naam opzoeken", "gewoon", "zoeken")
        self._buttons = QWidget()
        row = FlowLayout(self._buttons)
        for button, signal in (
            (self.openen, self.openen_gevraagd),
            (self.koppelen, self.koppelen_gevraagd),
            (self.klant, self.klant_gevraagd),
            (self.naam, self.naam_gevraagd),
        ):
            row.addWidget(button)
            button.clicked.connect(signal)
        flags = FlowLayout()
        flags.addWidget(self.norm)
        scroll = ScrollColumn("E-formulier")
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.space(4), theme.space(3), theme.space(4), theme.space(3))
        inner.setSpacing(theme.space(3))
        for widget in (self.leeg, self.wie, self.wat):
            inner.addWidget(widget)
        inner.addLayout(flags)
        inner.addWidget(self.feiten)
        inner.addWidget(self._buttons)
        scroll.column.addLayout(inner)
        scroll.column.addStretch(1)
        self.body.addWidget(scroll, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        self.leeg.show()
        for widget in (self.wie, self.wat, self.norm, self.feiten, self._buttons):
            widget.hide()

    def show_formulier(
        self, wie: str, wat: str, norm: tuple[str, Toon, str], feiten: Sequence[tuple[str, str]]
    ) -> None:
        """`norm` is its text, tone and icon; an empty text shows none."""
        self.leeg.hide()
        self.wie.setText(wie)
        self.wat.setText(wat)
        self.norm.set_flag(*norm)
        self.feiten.show_feiten(feiten)
        for widget in (self.wie, self.wat, self._buttons):
            widget.show()
        self.norm.setVisible(bool(norm[0]))
        self.setAccessibleName(f"E-formulier van {wie}: {wat}")

    def show_actions(self, *, has_contact: bool, is_attached: bool, klant: bool, naam: bool) -> None:
        self.koppelen.setVisible(has_contact)
        self.koppelen.set_text("Losmaken van contact" if is_attached else "Koppelen aan contact")
        self.klant.setVisible(klant)
        self.naam.setVisible(naam)


class Eformulierenview(QWidget):
    """Layout of the page; says whether somebody can see it."""

    came = Signal()
    went = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme = current_theme()
        self.setAccessibleName("E-formulieren")
        self.kaart = Card("E-formulieren", " ")
        self.lijst = StateList("E-formulieren die nog niet zijn opgepakt, nieuwste boven")
        self.kaart.body.addWidget(self.lijst, 1)
        self.opmerking = Label("", "bij", "tekst_zacht", wrap=True)
        self.kaart.foot().addWidget(self.opmerking, 1)
        self.kaart.show_foot(is_shown=False)
        self.detail = Formulierview()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(theme.space(3))
        self._halves.addWidget(self.kaart, 5)
        self._halves.addWidget(self.detail, 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < current_theme().px(_SMAL)
        self._halves.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.went.emit()

    def focus_list(self) -> None:
        self.lijst.view.setFocus(Qt.FocusReason.OtherFocusReason)
