"""The page that asks about the store: a passphrase, the keyring again, or nothing kept. Shown when a keyring lacks."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal

from kcs_desktop.sdk import SHORTEST_PASSPHRASE
from ui.aanmelden.bladen import Blad
from ui.aanmelden.presenter import AanmeldPresenter, lacking
from ui.widgets.button import Button
from ui.widgets.field import Field

_KIES = (
    f"Kies een wachtzin van minstens {SHORTEST_PASSPHRASE} tekens. Daarmee wordt uw werk versleuteld bewaard. U typt"
    " hem bij elke aanmelding op deze werkplek. Niemand kan hem voor u herstellen."
)
_OP_SLOT = "Ontgrendel de sleutelbos en kies Opnieuw proberen. U kunt ook een wachtzin kiezen."
_DICHT = (
    "Op deze werkplek staat werk van u dat alleen met de sleutelbos te lezen is. Kiest u nu een wachtzin, dan wordt dat"
    " apart gezet en ontbreekt het."
)
_VERGETEN = (
    "Zonder wachtzin kan niemand uw bewaarde werk lezen. Contacten die niet waren afgerond en opdrachten die niet waren"
    " verzonden, ontbreken dan. Het bestand wordt apart gezet, niet gewist. Daarna kiest u een nieuwe wachtzin."
)


class WachtzinBlad(Blad):
    """`submitted` carries passphrase and repetition."""

    submitted = Signal(str, str)
    tried_again = Signal()
    forgotten = Signal()
    went_without = Signal()

    def __init__(self) -> None:
        super().__init__("Uw werk op deze werkplek")
        self.wachtzin = Field("&Wachtzin", icoon="slot", geheim=True)
        self.herhaling = Field("&Nog een keer", icoon="slot", geheim=True)
        self.verder = Button("Verder", "primair", toets="Return")
        self.opnieuw = Button("Opnieuw proberen")
        self.vergeten = Button("Wachtzin vergeten")
        self.zonder = Button("Verder zonder te bewaren")
        for widget in (self.wachtzin, self.herhaling, self.verder, self.opnieuw, self.vergeten, self.zonder):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        for field in (self.wachtzin, self.herhaling):
            field.submitted.connect(self._submit)
        self.wachtzin.edited.connect(lambda _text: self.wachtzin.set_error(""))
        self.wachtzin.left.connect(self._on_left)
        self.verder.clicked.connect(self._submit)
        self.opnieuw.clicked.connect(self.tried_again)
        self.vergeten.clicked.connect(self.forgotten)
        self.zonder.clicked.connect(self.went_without)

    def fields(self) -> Mapping[str, Field]:
        return {"wachtzin": self.wachtzin, "herhaling": self.herhaling}

    def focus_first(self) -> None:
        self.wachtzin.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        self.wachtzin.set_text("")
        self.herhaling.set_text("")
        self.wachtzin.set_error("")

    def show_state(self, presenter: AanmeldPresenter) -> None:
        vraag = presenter.vraag
        if vraag is None:
            return
        self.say(presenter.melding)
        self.uitleg.setText(
            " ".join(
                zin
                for zin in (
                    vraag.melding,
                    _OP_SLOT if vraag.op_slot else "",
                    _DICHT if vraag.werk_dicht else "",
                    "" if vraag.bekend else _KIES,
                    _VERGETEN if presenter.is_vergeten else "",
                )
                if zin
            )
        )
        self.wachtzin.set_minimum(0 if vraag.bekend else SHORTEST_PASSPHRASE)
        self.herhaling.setVisible(not vraag.bekend)
        self.opnieuw.setVisible(not vraag.bekend)
        self.vergeten.setVisible(vraag.bekend)
        self.vergeten.set_text("Apart zetten en opnieuw beginnen" if presenter.is_vergeten else "Wachtzin vergeten")
        self.verder.set_text("Openen" if vraag.bekend else "Bewaren met deze wachtzin")
        for knop in (self.verder, self.opnieuw, self.vergeten, self.zonder):
            knop.setEnabled(not presenter.bezig)

    @property
    def _is_choosing(self) -> bool:
        """A new one is made up, which is typed twice."""
        return self.herhaling.isVisible()

    def _on_left(self) -> None:
        """Before it is repeated; a complaint at the press on a button would move that from under the pointer."""
        if self._is_choosing and self.wachtzin.text and self.herhaling.edit.hasFocus():
            self.wachtzin.set_error(lacking(self.wachtzin.text))

    def _submit(self) -> None:
        if not self.verder.isEnabled():
            return
        if self._is_choosing and (gebrek := lacking(self.wachtzin.text)):
            self.wachtzin.set_error(gebrek)
            self.focus_wrong("wachtzin")
            return
        if self._is_choosing and self.wachtzin.edit.hasFocus() and not self.herhaling.text:
            self.herhaling.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.submitted.emit(self.wachtzin.text, self.herhaling.text)
