"""The conflict card: per field what a colleague made of it and what was typed here, to choose from."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from kcs_desktop.sdk import unbroken_numbers
from plugins.klant.conflict import Conflict, Conflictveld
from ui.sdk import Banner, Button, Card, Hairline, Label, LongLabel, ScrollColumn, current_theme, give_lead


class Conflictview(Card):
    """Nothing is chosen silently: theirs stands until the employee takes the own version."""

    gekozen = Signal(str, bool)  # field, mine
    toegepast = Signal()
    uitgesteld = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Twee versies van de contactgegevens", " ", parent)
        theme = current_theme()
        self._conflict: Conflict | None = None
        self._groups: list[QButtonGroup] = []
        self._first: Button | None = None
        self._scroll = ScrollColumn("Verschillen")
        self._scroll.column.setContentsMargins(theme.space(4), theme.space(4), theme.space(4), theme.space(4))
        self._scroll.column.setSpacing(theme.space(4))
        self.body.addWidget(self._scroll)
        self.later = Button("Later kiezen", "gewoon")
        self.toepassen = Button("Keuze opslaan", "primair")
        give_lead(self, self.toepassen)
        foot = self.foot()
        foot.addStretch(1)
        foot.addWidget(self.later)
        foot.addWidget(self.toepassen)
        self.later.clicked.connect(self.uitgesteld)
        self.toepassen.clicked.connect(self.toegepast)

    def show_conflict(self, conflict: Conflict) -> None:
        if conflict is self._conflict:
            return
        self._conflict = conflict
        self._groups.clear()
        self._first = None
        column = self._scroll.column
        while (item := column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        column.addWidget(
            Banner(
                "let_op",
                "Een collega wijzigde dit terwijl u bezig was",
                uitleg="Er is nog niets van u opgeslagen. Kies per gegeven welke versie het wordt.",
            )
        )
        for place, veld in enumerate(conflict.getoond):
            if place:
                column.addWidget(Hairline())
            column.addWidget(self._field(veld))
        if len(conflict.velden) > len(conflict.getoond):
            column.addWidget(Label("Uw andere wijzigingen worden ook opgeslagen.", "bij", "tekst_zacht", wrap=True))
        column.addStretch(1)

    def focus_first(self) -> None:
        if self._first is not None:
            self._first.setFocus()

    def _field(self, veld: Conflictveld) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space(2))
        column.addWidget(Label(veld.label, "gewoon", bold=True))
        column.addWidget(LongLabel(f"U zag: {unbroken_numbers(veld.gezien)}", "bij", "tekst_zacht"))
        group = QButtonGroup(holder)
        for mine, who, value in ((False, "van uw collega", veld.hun), (True, "van u", veld.mijn)):
            row = QHBoxLayout()
            choice = Button("Van mij" if mine else "Van collega", "gewoon", "vinkje_leeg")
            choice.setCheckable(True)
            choice.setChecked(mine == veld.mijn_versie)
            choice.setAccessibleName(f"{veld.label} {who}: {value}")
            choice.setMinimumWidth(current_theme().px(136))
            choice.set_icoon("vinkje" if choice.isChecked() else "vinkje_leeg")
            choice.toggled.connect(lambda on, button=choice: button.set_icoon("vinkje" if on else "vinkje_leeg"))
            choice.clicked.connect(lambda _checked, key=veld.sleutel, m=mine: self.gekozen.emit(key, m))
            group.addButton(choice)
            self._first = self._first or choice
            row.addWidget(choice)
            row.addWidget(LongLabel(unbroken_numbers(value)), 1)
            column.addLayout(row)
        self._groups.append(group)
        return holder
