"""The fields of a callback note, in the panel while the result is contactverzoek."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kcs_desktop.sdk import (
    MAX_GEVRAAGDE_HANDELING,
    MAX_TOELICHTING,
    Lijstvraag,
    Terugbelverzoek,
    answer_to,
    room_for_toelichting,
    written_telefoonnummer,
)
from ui.contactpaneel.presenter import ContactpaneelPresenter, is_from_note
from ui.theme.theme import current_theme
from ui.widgets.check import Check
from ui.widgets.choice import Choice
from ui.widgets.field import Field, TextField
from ui.widgets.label import Label

MAX_NUMMER = 80
MAX_MOMENT = 100
MAX_ANTWOORD = 200


class Terugbelvelden(QWidget):
    """Who must do what, for whom, when. `answer_focus`: a question's field by name, and whether it got the focus."""

    answer_focus = Signal(str, bool)

    def __init__(self, presenter: ContactpaneelPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space(2))
        self.handeling = Field("&Wat moet de collega doen", maximum=MAX_GEVRAAGDE_HANDELING)
        self.afdeling = Choice("Terugbellen door a&fdeling", zoekbaar=True, hint="Kies een afdeling")
        self.groep = Choice("Of door een g&roep", zoekbaar=True, hint="Geen groep")
        self.medewerker = Choice("Of door een &collega", zoekbaar=True, hint="Niemand in het bijzonder")
        self.nummer = Field("&Telefoonnummer", maximum=MAX_NUMMER, icoon="telefoon")
        self.moment = Field("Wanneer &bellen", hint="Bijvoorbeeld morgen na 14:00", maximum=MAX_MOMENT)
        self.belofte = Label("", "gewoon", wrap=True)
        self.spoed = Check("&Spoed: de collega ziet dit bij de notitie")
        self.spoed.setAccessibleName("Spoed: de collega ziet dit bij de notitie")
        self.toelichting = TextField("Toe&lichting voor de collega", maximum=MAX_TOELICHTING, regels=3)
        self._vragen: tuple[Lijstvraag, ...] = ()
        self.antwoorden: list[Field | Choice] = []
        self._is_unseen = False  # nobody was at the questions since they came
        self._questions = QVBoxLayout()
        self._questions.setSpacing(current_theme().space(2))
        # What may be promised follows from the department: it is in sight with it.
        for widget in (self.handeling, self.toelichting, self.afdeling, self.belofte, self.groep, self.medewerker):
            column.addWidget(widget)
        column.addLayout(self._questions)
        for rest in (self.nummer, self.moment, self.spoed):
            column.addWidget(rest)
        self.handeling.edited.connect(lambda text: presenter.change_verzoek("gevraagde_handeling", text))
        self.afdeling.chosen.connect(lambda naam: presenter.change_verzoek("afdeling", naam))
        self.groep.chosen.connect(lambda naam: presenter.change_verzoek("groep", naam))
        self.medewerker.chosen.connect(lambda naam: presenter.change_verzoek("medewerker", naam))
        self.nummer.edited.connect(lambda text: presenter.change_verzoek("telefoonnummer", text))
        self.moment.edited.connect(lambda text: presenter.change_verzoek("voorkeursmoment", text))
        self.spoed.clicked.connect(lambda is_on: presenter.change_verzoek("hoge_prioriteit", is_on))
        self.toelichting.edited.connect(lambda text: presenter.change_verzoek("toelichting", text))

    def show_verzoek(self, verzoek: Terugbelverzoek | None, notitie: str = "") -> None:
        self.setVisible(verzoek is not None)
        if verzoek is None:
            return
        self.afdeling.set_options([(naam, naam) for naam in self._presenter.afdelingen])
        groepen = self._presenter.groepen
        self.groep.setVisible(bool(groepen))
        self.groep.set_options([("", "Geen groep"), *((naam, naam) for naam in groepen)] if groepen else [])
        self.medewerker.set_options(list(self._presenter.medewerkers.items()))
        self._show_questions(verzoek)
        self.handeling.set_text(verzoek.gevraagde_handeling)
        self.afdeling.set_value(verzoek.afdeling)
        self.groep.set_value(verzoek.groep)
        self.medewerker.set_value(verzoek.medewerker)
        if self.nummer.text != verzoek.telefoonnummer:  # what is being typed stays as it is typed
            self.nummer.set_text(written_telefoonnummer(verzoek.telefoonnummer))
        self.moment.set_text(verzoek.voorkeursmoment)
        belofte = self._presenter.promise(verzoek)
        self.belofte.setText(belofte)
        self.belofte.setVisible(bool(belofte))
        self.spoed.setChecked(verzoek.hoge_prioriteit)
        is_note = bool(verzoek.toelichting) and is_from_note(verzoek, notitie)
        self.toelichting.set_maximum(room_for_toelichting(verzoek))
        self.toelichting.set_text(verzoek.toelichting, "notitie" if is_note else "")

    def _show_questions(self, verzoek: Terugbelverzoek) -> None:
        """The list of the department that is chosen; what is being typed stays as it is typed."""
        vragen = self._presenter.questions(verzoek)
        if vragen != self._vragen:
            self._ask(vragen)
        for al, field in zip(vragen, self.antwoorden, strict=True):
            antwoord = answer_to(verzoek, al.vraag)
            if isinstance(field, Choice):
                field.set_value(antwoord)
            elif field.text != antwoord:
                field.set_text(antwoord)

    def _ask(self, vragen: tuple[Lijstvraag, ...]) -> None:
        """A question that is asked already keeps its field: somebody may be typing in it."""
        kept = dict(zip(self._vragen, self.antwoorden, strict=True))
        for field in self.antwoorden:
            self._questions.removeWidget(field)
        self._is_unseen = bool(set(vragen) - set(self._vragen))
        self._vragen = vragen
        former = self.antwoorden
        self.antwoorden = [kept.pop(al) if al in kept else self._question(al) for al in vragen]
        for gone in former:
            if gone not in self.antwoorden:
                gone.hide()
                gone.deleteLater()
        for field in self.antwoorden:
            self._questions.addWidget(field)
        for before, after in pairwise((self.medewerker, *self.antwoorden, self.nummer)):
            self.setTabOrder(before.box.editor, after.box.editor)

    def _question(self, al: Lijstvraag) -> Field | Choice:
        label = al.vraag.replace("&", "&&")  # what a department asks has no letter of its own
        if al.keuzes:
            choice = Choice(label, [("", "Niet gevraagd"), *((keuze, keuze) for keuze in al.keuzes)])
            choice.chosen.connect(lambda keuze: self._presenter.change_antwoord(al.vraag, keuze))
            choice.box.focus_changed.connect(partial(self._on_focus, choice))
            return choice
        field = Field(label, maximum=MAX_ANTWOORD)
        field.box.focus_changed.connect(partial(self._on_focus, field))
        field.edited.connect(lambda text: self._presenter.change_antwoord(al.vraag, text))
        return field

    def _on_focus(self, field: Field | Choice, is_focused: bool) -> None:
        if field in self.antwoorden:
            self._is_unseen = False
            self.answer_focus.emit(f"terugbelverzoek.antwoorden.{self.antwoorden.index(field)}", is_focused)

    def take_unseen(self) -> Field | Choice | None:
        """The first question of a list where nobody was since the department was chosen, once; None otherwise."""
        is_asked = self._is_unseen and self.isVisible() and bool(self.antwoorden)
        self._is_unseen = False
        return self.antwoorden[0] if is_asked else None

    def fields(self) -> dict[str, Field | TextField | Choice]:
        """Field by the name that a problem carries."""
        return {
            "gevraagde_handeling": self.handeling,
            "toelichting": self.toelichting,
            "afdeling": self.afdeling,
            "groep": self.groep,
            "medewerker": self.medewerker,
            **{f"antwoorden.{place}": field for place, field in enumerate(self.antwoorden)},
            "telefoonnummer": self.nummer,
            "voorkeursmoment": self.moment,
        }
