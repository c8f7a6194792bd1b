"""The flags of the header: what must not be missed about this customer, and whom it leads to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from plugins.klant.kop import Vlag
from plugins.klant.vlagknop import Vlagknop
from ui.sdk import Flag, FlowLayout


class Vlaggenview(QWidget):
    """Flags are used again for the next customer: making one and bringing it on screen costs more than its words."""

    klant_gekozen = Signal(object)  # Klantverwijzing

    def __init__(self) -> None:
        super().__init__()
        self.flow = FlowLayout(self)
        self._signs: list[Flag] = []
        self._buttons: list[Vlagknop] = []

    def show_vlaggen(self, vlaggen: Sequence[Vlag], last: QWidget | None) -> None:
        """These, and `last` behind them."""
        while self.flow.takeAt(0) is not None:
            pass
        signs, buttons = iter(self._signs), iter(self._buttons)
        for vlag in vlaggen:
            flag = self._sign(signs, vlag) if vlag.klant is None else self._button(buttons, vlag)
            self.flow.addWidget(flag)
            flag.show()
        for rest in (*signs, *buttons):
            rest.hide()
        if last is not None:
            self.flow.addWidget(last)
        self.updateGeometry()

    def _sign(self, kept: Iterator[Flag], vlag: Vlag) -> Flag:
        sign = next(kept, None)
        if sign is None:
            sign = Flag("", parent=self)
            self._signs.append(sign)
        sign.set_flag(vlag.tekst, vlag.soort, vlag.icoon)
        return sign

    def _button(self, kept: Iterator[Vlagknop], vlag: Vlag) -> Vlagknop:
        button = next(kept, None)
        if button is None:
            button = Vlagknop(self)
            button.klant_gekozen.connect(self.klant_gekozen)
            self._buttons.append(button)
        button.set_vlag(vlag)
        return button
