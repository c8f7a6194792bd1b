"""The fields of a callback note, in the panel while the result is contactverzoek."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kcs_desktop.sdk import (
    MAX_GEVRAAGDE_HANDELING,
    MAX_TOELICHTING,
    Terugbelverzoek,
    room_for_toelichting,
    written_telefoonnummer,
)
from ui.contactpaneel.presenter import ContactpaneelPresenter, is_from_note
from ui.theme.theme import current_theme
from ui.widgets.choice import Choice
from ui.widgets.field import Field, TextField

MAX_NUMMER = 80
MAX_MOMENT = 100


class Terugbelvelden(QWidget):
    """Who must do what, for whom, when."""

    def __init__(self, presenter: ContactpaneelPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space(2))
        self.handeling = Field("&Wat moet de collega doen", maximum=MAX_GEVRAAGDE_HANDELING)
        self.afdeling = Choice("Terugbellen door a&fdeling", zoekbaar=True, hint="Kies een afdeling")
        self.medewerker = Choice("Of door een &collega", zoekbaar=True, hint="Niemand in het bijzonder")
        self.nummer = Field("&Telefoonnummer", maximum=MAX_NUMMER, icoon="telefoon")
        self.moment = Field("Wanneer &bellen", hint="Bijvoorbeeld morgen na 14:00", maximum=MAX_MOMENT)
        self.toelichting = TextField("Toe&lichting voor de collega", maximum=MAX_TOELICHTING, regels=3)
        for widget in (self.handeling, self.toelichting, self.afdeling, self.medewerker, self.nummer, self.moment):
            column.addWidget(widget)
        self.handeling.edited.connect(lambda text: presenter.change_verzoek("gevraagde_handeling", text))
        self.afdeling.chosen.connect(lambda naam: presenter.change_verzoek("afdeling", naam))
        self.medewerker.chosen.connect(lambda naam: presenter.change_verzoek("medewerker", naam))
        self.nummer.edited.connect(lambda text: presenter.change_verzoek("telefoonnummer", text))
        self.moment.edited.connect(lambda text: presenter.change_verzoek("voorkeursmoment", text))
        self.toelichting.edited.connect(lambda text: presenter.change_verzoek("toelichting", text))

    def show_verzoek(self, verzoek: Terugbelverzoek | None, notitie: str = "") -> None:
        self.setVisible(verzoek is not None)
        if verzoek is None:
            return
        self.afdeling.set_options([(naam, naam) for naam in self._presenter.afdelingen])
        self.medewerker.set_options(list(self._presenter.medewerkers.items()))
        self.handeling.set_text(verzoek.gevraagde_handeling)
        self.afdeling.set_value(verzoek.afdeling)
        self.medewerker.set_value(verzoek.medewerker)
        if self.nummer.text != verzoek.telefoonnummer:  # what is being typed stays as it is typed
            self.nummer.set_text(written_telefoonnummer(verzoek.telefoonnummer))
        self.moment.set_text(verzoek.voorkeursmoment)
        is_note = bool(verzoek.toelichting) and is_from_note(verzoek, notitie)
        self.toelichting.set_maximum(room_for_toelichting(verzoek))
        self.toelichting.set_text(verzoek.toelichting, "notitie" if is_note else "")

    def fields(self) -> dict[str, Field | TextField | Choice]:
        """Field by the name that a problem carries."""
        return {
            "gevraagde_handeling": self.handeling,
            "toelichting": self.toelichting,
            "afdeling": self.afdeling,
            "medewerker": self.medewerker,
            "telefoonnummer": self.nummer,
            "voorkeursmoment": self.moment,
        }
