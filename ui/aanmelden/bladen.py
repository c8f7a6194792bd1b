"""Password, werkplek and lock on the sign-in card. Each shows the presenter's state and says what was submitted."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.aanmelden.hulp import HELP_KEY, HULP
from ui.aanmelden.presenter import AanmeldPresenter, Stap
from ui.aanmelden.proefaccount import Proefaccount
from ui.frame.rollen import rolnaam
from ui.theme.theme import current_theme
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.check import Check
from ui.widgets.choice import Choice, unsettled
from ui.widgets.field import Field
from ui.widgets.label import Label
from ui.widgets.toets import KeyHint


class Blad(QWidget):
    """Title, explanation, an error in the flow, and room for the page's own fields."""

    def __init__(self, titel: str) -> None:
        super().__init__()
        theme = current_theme()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.space(6), theme.space(6), theme.space(6), theme.space(6))
        self.column.setSpacing(theme.space(3))
        self.titel = Label(titel, "titel", bold=True, wrap=True)
        self.uitleg = Label("", "gewoon", "tekst_zacht", wrap=True)
        self.hulp = Banner("accent")
        self.hulp.hide()
        self.banner = Banner("fout")
        head = QHBoxLayout()
        head.addWidget(self.titel, 1)
        head.addWidget(KeyHint(HELP_KEY), 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)
        self.column.addWidget(self.hulp)
        self.column.addWidget(self.uitleg)
        self.column.addWidget(self.banner)
        self.setAccessibleName(titel)

    def fields(self) -> Mapping[str, Field]:
        """What can be filled in wrongly, by the presenter's name for it."""
        return {}

    def focus_first(self) -> None:
        """Where who sees this page goes on."""

    def focus_wrong(self, veld: str) -> None:
        """What stands in it is selected, so that one types at once; else where the page begins."""
        field = self.fields().get(veld)
        if field is None or field.isHidden():
            self.focus_first()
            return
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.edit.selectAll()

    def toggle_help(self, stap: Stap) -> None:
        """What is asked here, and the keys; the cursor stays where it is."""
        hulp = HULP.get(stap)
        if hulp is not None:
            self.hulp.set_message("accent", hulp.uitleg, uitleg=hulp.toetsen)
            self.hulp.setVisible(self.hulp.isHidden())

    def say(self, melding: str, action: str = "") -> None:
        self.banner.setVisible(bool(melding))
        if melding:
            self.banner.set_message("fout", melding, action)


class WachtwoordBlad(Blad):
    """Name, password and, where the account asks it, a code."""

    submitted = Signal(str, str, str)
    asked_again = Signal()
    went_to_browser = Signal()

    def __init__(self) -> None:
        super().__init__("Aanmelden")
        self.naam = Field("&Gebruikersnaam", icoon="klant")
        self.wachtwoord = Field("&Wachtwoord", icoon="slot", geheim=True)
        self.code = Field("&Code uit uw app", hint="6 cijfers")
        self.verder = Button("Verder", "primair", toets="Return")
        self.gemeente = Button("Aanmelden met uw gemeente-account", icoon="klant")
        self.gemeente.hide()
        for widget in (self.naam, self.wachtwoord, self.code, self.verder, self.gemeente):
            self.column.addWidget(widget)
        self.proef = _Proefaccounts()
        self.column.addWidget(self.proef)
        self.column.addStretch(1)
        for field in (self.naam, self.wachtwoord, self.code):
            field.submitted.connect(self._on_enter)
        self.verder.clicked.connect(self._submit)
        self.gemeente.clicked.connect(self.went_to_browser)
        self.banner.acted.connect(self.asked_again)
        self.proef.chosen.connect(self._on_proef)
        self._wachtwoord_proef = ""
        self._filled_for = -1

    def fields(self) -> Mapping[str, Field]:
        return {"gebruikersnaam": self.naam, "wachtwoord": self.wachtwoord, "code": self.code}

    def focus_first(self) -> None:
        if self.naam.isHidden():
            self.gemeente.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        (self.wachtwoord if self.naam.text else self.naam).setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        self.wachtwoord.set_text("")
        self.code.set_text("")

    def show_state(self, presenter: AanmeldPresenter) -> None:
        if self._filled_for != presenter.beurt:
            # A next person finds an empty card: nobody's name to overtype, nobody's password to send along.
            self.naam.set_text("" if presenter.beurt else presenter.last_gebruikersnaam())
            self._filled_for = presenter.beurt
            self.forget()
            if self.isVisible():
                self.focus_first()
        may_ask_again = not (presenter.proefaccounts or presenter.bezig or presenter.afgewezen)
        self.say(presenter.melding, "Opnieuw proberen" if may_ask_again else "")
        self._offer(presenter)
        self.code.setVisible(presenter.code_nodig and not presenter.alleen_gemeenteaccount)
        self.verder.setEnabled(not presenter.bezig)
        self._wachtwoord_proef = presenter.proefwachtwoord
        self.proef.show_accounts(presenter.proefaccounts, presenter.proefwachtwoord)
        self.uitleg.setVisible(presenter.bezig)
        self.uitleg.setText("Even geduld, uw gegevens worden gecontroleerd.")

    def _offer(self, presenter: AanmeldPresenter) -> None:
        """The ways in that this backend has."""
        self.gemeente.setVisible(presenter.gemeenteaccount)
        self.gemeente.setEnabled(not presenter.bezig)
        is_only = presenter.alleen_gemeenteaccount
        if is_only == self.naam.isHidden():
            return
        for widget in (self.naam, self.wachtwoord, self.verder):
            widget.setVisible(not is_only)
        if self.isVisible():
            self.focus_first()

    def _on_enter(self) -> None:
        """Enter in the name goes to the password; in the last field it submits."""
        if self.naam.edit.hasFocus() and not self.wachtwoord.text:
            self.wachtwoord.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._submit()

    def _submit(self) -> None:
        if self.verder.isEnabled():
            self.submitted.emit(self.naam.text, self.wachtwoord.text, self.code.text)

    def _on_proef(self, gebruikersnaam: str) -> None:
        self.naam.set_text(gebruikersnaam)
        self.wachtwoord.set_text(self._wachtwoord_proef)
        self._submit()


class _Proefaccounts(QWidget):
    """The accounts of the fictitious municipality, with their password: one click signs in."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        theme = current_theme()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.space(2), 0, 0)
        self._column.setSpacing(theme.space(1))
        self._intro = Label("", "bij", "tekst_zacht", wrap=True)
        self._column.addWidget(self._intro)
        self._shown: tuple[Proefaccount, ...] = ()
        self._buttons: list[Button] = []
        self.hide()

    def show_accounts(self, accounts: tuple[Proefaccount, ...], wachtwoord: str) -> None:
        self.setVisible(bool(accounts))
        if accounts == self._shown:
            return
        self._shown = accounts
        self._intro.setText(
            f"Dit is de proefgemeente, met verzonnen inwoners. Kies een medewerker. Het wachtwoord is: {wachtwoord}"
        )
        for button in self._buttons:
            button.deleteLater()
        self._buttons = []
        for account in accounts:
            rollen = rolnaam(account.rollen[0]) if account.rollen else "geen rol"
            meer = f" en {len(account.rollen) - 1} andere" if len(account.rollen) > 1 else ""
            button = Button(f"{account.naam} · {rollen}{meer}".replace("&", "&&"), "gewoon")
            button.clicked.connect(lambda _checked=False, naam=account.gebruikersnaam: self.chosen.emit(naam))
            self._column.addWidget(button)
            self._buttons.append(button)


class WerkplekBlad(Blad):
    """Where one works and as what. Both are proposed from the last sign-in at this seat: Enter is enough."""

    submitted = Signal(str, tuple)
    went_back = Signal()

    def __init__(self) -> None:
        super().__init__("Waar werkt u")
        self.plek = Choice("&Werkplek", zoekbaar=True, icoon="adres")
        self.column.addWidget(self.plek)
        self.column.addWidget(Label("Rollen vandaag", "bij", "tekst_zacht"))
        self._rollen = QVBoxLayout()
        self._rollen.setSpacing(current_theme().space(1))
        self.column.addLayout(self._rollen)
        self.boxes: dict[str, Check] = {}
        row = QHBoxLayout()
        self.terug = Button("Terug", icoon="terug")
        self.begin = Button("Aan het werk", "primair", toets="Return")
        row.addWidget(self.terug)
        row.addWidget(self.begin, 1)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.terug.clicked.connect(self.went_back)
        self.begin.clicked.connect(self._submit)
        self._for = ""

    def focus_wrong(self, veld: str) -> None:
        if veld == "werkplek":
            self.plek.setFocus(Qt.FocusReason.OtherFocusReason)
        elif veld == "rollen" and self.boxes:
            next(iter(self.boxes.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()

    def focus_first(self) -> None:
        self.begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_state(self, presenter: AanmeldPresenter) -> None:
        self.say(presenter.melding)
        self.begin.setEnabled(not presenter.bezig)
        aanmelding = presenter.aanmelding
        if aanmelding is None:
            self._for = ""
            return
        if aanmelding.keuzetoken == self._for:
            return
        self._for = aanmelding.keuzetoken
        self.titel.setText(f"Dag {aanmelding.medewerker.naam}")
        self.uitleg.setText("Waar werkt u, en in welke rol? Uw rol bepaalt wat u kunt zien en doen.")
        self.plek.set_options([(plek.id, plek.naam) for plek in presenter.werkplekken])
        self.plek.set_value(presenter.proposed_werkplek())
        self.plek.drop_typed()  # of who stood here before
        proposed = presenter.proposed_rollen()
        for box in self.boxes.values():
            box.deleteLater()
        self.boxes = {}
        for rol in aanmelding.medewerker.rollen:
            box = Check(rolnaam(rol))
            box.setAccessibleName(f"Rol {rolnaam(rol)}")
            box.setChecked(rol in proposed)
            box.entered.connect(self._submit)
            self._rollen.addWidget(box)
            self.boxes[rol] = box
        for before, after in pairwise((self.plek.combo, *self.boxes.values(), self.terug, self.begin)):
            self.setTabOrder(before, after)

    def _submit(self) -> None:
        if (wrong := unsettled((self.plek,), self)) is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.begin.isEnabled():
            self.submitted.emit(self.plek.value, tuple(rol for rol, box in self.boxes.items() if box.isChecked()))


class VergrendeldBlad(Blad):
    """The lock: the password of who works here, or another person. Nothing of the work is lost or shown."""

    submitted = Signal(str)
    switched = Signal()
    went_to_browser = Signal()

    def __init__(self) -> None:
        super().__init__("Vergrendeld")
        self.wachtwoord = Field("&Wachtwoord", icoon="slot", geheim=True)
        row = QHBoxLayout()
        self.wissel = Button("Andere medewerker", icoon="wissel")
        self.open = Button("Ontgrendelen", "primair", toets="Return")
        row.addWidget(self.wissel)
        row.addWidget(self.open, 1)
        self.column.addWidget(self.wachtwoord)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.wachtwoord.submitted.connect(self._submit)
        self.open.clicked.connect(self._submit)
        self._is_gemeente = False
        self.wissel.clicked.connect(self.switched)

    def fields(self) -> Mapping[str, Field]:
        return {"wachtwoord": self.wachtwoord}

    def focus_first(self) -> None:
        (self.open if self._is_gemeente else self.wachtwoord).setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        self.wachtwoord.set_text("")

    def show_state(self, presenter: AanmeldPresenter) -> None:
        self.say(presenter.melding)
        self._is_gemeente = presenter.sessie is not None and presenter.sessie.gemeenteaccount
        self.wachtwoord.setVisible(not self._is_gemeente)
        self.open.set_text("Ontgrendelen in uw browser" if self._is_gemeente else "Ontgrendelen")
        self.open.setEnabled(not presenter.bezig)
        sessie = presenter.sessie
        wie = sessie.medewerker.naam if sessie else ""
        plek = sessie.werkplek.naam if sessie else ""
        self.uitleg.setText(f"{wie} werkt op {plek}. Open contacten zijn bewaard." if sessie else "")

    def _submit(self) -> None:
        if self.open.isEnabled() and self._is_gemeente:
            self.went_to_browser.emit()
        elif self.open.isEnabled():
            self.submitted.emit(self.wachtwoord.text)
