"""The widgets of the page with e-formulieren: the list at the left, the one in sight at the right. Layout only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from plugins.zaken.feiten_view import Feiten
from plugins.zaken.werklijst_detail import Werklijstdetail
from plugins.zaken.werklijst_view import Werklijstview
from ui.sdk import Button, Flag, FlowLayout, Label, LongLabel, Toon, current_theme, give_lead


class Formulierview(Werklijstdetail):
    """One e-formulier: who, what, how long it waits, and what can be done."""

    openen_gevraagd = Signal()
    koppelen_gevraagd = Signal()
    klant_gevraagd = Signal()
    naam_gevraagd = Signal()

    def __init__(self) -> None:
        super().__init__("E-formulier")
        theme = current_theme()
        self.leeg = Label("Kies een formulier in de lijst.", "gewoon", "tekst_zacht", wrap=True)
        self.wie = LongLabel("", "titel", selectable=True)
        self.wat = LongLabel("", "gewoon")
        self.norm = Flag("")
        self.feiten = Feiten()
        self.openen = Button("Z&aak openen", "primair", "zaken", "Enter")
        self.koppelen = Button("Koppelen aan contact", "gewoon", "koppeling", "Ctrl+Shift+J")
        self.klant = Button("Klant op&enen", "gewoon", "klant")
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
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.space(4), theme.space(3), theme.space(4), theme.space(3))
        inner.setSpacing(theme.space(3))
        for widget in (self.leeg, self.wie, self.wat):
            inner.addWidget(widget)
        inner.addLayout(flags)
        inner.addWidget(self._buttons)
        inner.addWidget(self.feiten)
        self.scroll_column.column.addLayout(inner)
        self.scroll_column.column.addStretch(1)
        self.body.addWidget(self.scroll_column, 1)
        self.show_nothing()

    @property
    def acts(self) -> list[Button]:
        return [self.openen, self.koppelen, self.klant, self.naam] if self.leeg.isHidden() else []

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


class Eformulierenview(Werklijstview):
    """Layout of the page."""

    def __init__(self) -> None:
        super().__init__("E-formulieren", "E-formulieren die nog niet zijn opgepakt, nieuwste boven")
        self.opmerking = Label("", "bij", "tekst_zacht", wrap=True)
        self.kaart.foot().addWidget(self.opmerking, 1)
        self.kaart.show_foot(is_shown=False)
        self.detail = Formulierview()
        self.put_beside(self.detail)
        give_lead(self, self.detail.openen)
