"""The page while the employee signs in in the browser: what happens there, and a way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from ui.aanmelden.bladen import Blad
from ui.aanmelden.presenter import AanmeldPresenter
from ui.widgets.button import Button

_WACHT = (
    "Uw browser wordt geopend. Meld u daar aan met uw gemeente-account. Daarna gaat u hier vanzelf verder. Ziet u de"
    " browser niet, kies dan Browser opnieuw openen."
)
_BEZIG = "Even geduld, uw aanmelding wordt gecontroleerd."


class BrowserBlad(Blad):
    """Waits; `cancelled` by button or Esc."""

    cancelled = Signal()
    reopened = Signal()

    def __init__(self) -> None:
        super().__init__("Aanmelden in uw browser")
        self.uitleg.setText(_WACHT)
        row = QHBoxLayout()
        self.annuleren = Button("Annuleren", toets="Escape")
        self.opnieuw = Button("Browser opnieuw openen")
        row.addWidget(self.annuleren)
        row.addWidget(self.opnieuw, 1)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.annuleren.clicked.connect(self.cancelled)
        self.opnieuw.clicked.connect(self.reopened)

    def focus_first(self) -> None:
        self.annuleren.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_state(self, presenter: AanmeldPresenter) -> None:
        self.say(presenter.melding)
        self.opnieuw.setVisible(presenter.can_reopen)
        self.uitleg.setText(_WACHT if presenter.can_reopen else _BEZIG)
