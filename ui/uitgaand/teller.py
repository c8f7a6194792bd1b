"""How much still goes out, beside the state of the connection; there only while it is not nothing."""

from __future__ import annotations

from collections.abc import Callable

from kcs_desktop.sdk import Seat
from ui.uitgaand.presenter import needs_attention, open_count
from ui.widgets.button import Button
from ui.widgets.label import set_tip


class Uitgaandteller:
    """Fills the button of the top bar for one signed-in employee; `close` empties it for the next."""

    def __init__(self, seat: Seat, button: Button, show: Callable[[], object]) -> None:
        self._seat = seat
        self._button = button
        self._show = show
        self._shown = (-1, False)
        self._disconnect = (
            seat.outbox.changed.connect(lambda _rij: self.refresh()),
            seat.dossier.changed.connect(lambda _al: self.refresh()),
        )
        button.clicked.connect(self._on_clicked)
        self.refresh()

    def refresh(self) -> None:
        seat = self._seat
        aantal = open_count(seat) + seat.outbox.unreadable_drafts() + len(seat.dossier.failed())
        shown = (aantal, needs_attention(seat))
        if shown == self._shown:
            return
        self._shown = shown
        self._button.setVisible(aantal > 0)
        self._button.set_text(f"{aantal} uitgaand")
        wat = "Er staat iets apart: dat gaat niet vanzelf." if shown[1] else "Gaat vanzelf als er verbinding is."
        set_tip(self._button, f"{wat} (F8)")

    def close(self) -> None:
        for disconnect in self._disconnect:
            disconnect()
        self._button.clicked.disconnect(self._on_clicked)
        self._button.hide()

    def _on_clicked(self) -> None:
        self._show()
