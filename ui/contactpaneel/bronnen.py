"""What was consulted for this vraag: tracked by itself, left out with one key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.contactpaneel.brongroepen import Brongroep
from ui.theme.theme import current_theme
from ui.widgets.check import Check
from ui.widgets.label import Label, set_tip


class Bronnenlijst(QWidget):
    """`toggled` carries the place of the line and whether its sources go along. Tab comes from the field `after`."""

    toggled = Signal(int, bool)

    def __init__(self, after: QWidget) -> None:
        super().__init__()
        self._after = after
        self._shown: tuple[Brongroep, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(current_theme().space(1))
        self._title = Label("Geraadpleegd", "bij", "tekst_zacht")
        self._column.addWidget(self._title)
        self._boxes: list[Check] = []
        self.hide()

    def show_bronnen(self, bronnen: Sequence[Brongroep]) -> None:
        self.setVisible(bool(bronnen))
        if tuple(bronnen) == self._shown:
            return
        self._shown = tuple(bronnen)
        while len(self._boxes) > len(bronnen):
            self._boxes.pop().deleteLater()
        while len(self._boxes) < len(bronnen):
            self._add_box(len(self._boxes))
        for box, bron in zip(self._boxes, bronnen, strict=True):
            box.blockSignals(True)  # noqa: FBT003 -- Qt takes it by position only
            box.setText(bron.naam.replace("&", "&&"))
            box.setChecked(bron.meegenomen)
            box.blockSignals(False)  # noqa: FBT003 -- Qt takes it by position only
            box.setAccessibleName(f"{bron.naam} meenemen in de registratie")
            set_tip(box, f"{bron.naam}: meenemen in de registratie")

    def _add_box(self, place: int) -> None:
        box = Check("", "bij")
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.toggled.connect(lambda checked, place=place: self.toggled.emit(place, checked))
        before = self._boxes[-1] if self._boxes else self._after
        self._boxes.append(box)
        self._column.addWidget(box)
        self.setTabOrder(before, box)
