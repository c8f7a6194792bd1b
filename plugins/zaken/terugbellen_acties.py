"""The inline panel in which an act on a callback note is prepared, and the bar with its buttons. Layout only: what is
wrong is told to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kcs_desktop.sdk import MAX_INHOUD, Belresultaat, InvalidInput
from plugins.zaken.terugbellen_invoer import VELDEN, Actie, Invoer
from plugins.zaken.terugbellen_presenter import MAX_MOMENT
from ui.sdk import (
    Banner,
    Button,
    Choice,
    Field,
    FieldFrame,
    FlowLayout,
    Hairline,
    Label,
    TextField,
    current_theme,
    give_key,
    own_keys,
    unsettled,
)

_TITELS = {
    Actie.POGING: ("Belpoging vastleggen", "Poging vastleggen"),
    Actie.AFHANDELEN: ("Terugbelnotitie afhandelen", "Afhandelen"),
    Actie.VERZETTEN: ("Ander moment afspreken", "Verzetten"),
    Actie.DOORZETTEN: ("Aan een ander geven", "Doorzetten"),
}
_RESULTATEN = (
    (Belresultaat.GESPROKEN.value, "Klant gesproken"),
    (Belresultaat.NIET_BEREIKT.value, "Niet bereikt"),
    (Belresultaat.INGESPROKEN.value, "Bericht ingesproken"),
)
Keuzes = Sequence[tuple[str, str]]


class Actiepaneel(QWidget):
    """The fields scroll with the note; `voet`, with the buttons, stands where it is always in sight. In both Ctrl+Enter
    carries the act out and Esc closes it."""

    uitgevoerd = Signal()
    gesloten = Signal()
    gewijzigd = Signal(str, str)  # field and what it holds now
    kopie_gevraagd = Signal()  # of the text, where it cannot be recorded
    gefocust = Signal(QWidget)  # the field that got the cursor, which must be in sight

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._actie: Actie | None = None
        self._notitie = ""
        self.melding = Banner("let_op")
        self.melding.hide()
        self.titel = Label("", "gewoon", bold=True)
        self.resultaat = Choice("Hoe ging &het", _RESULTATEN, hint="Kies hoe het ging")
        self.toelichting = TextField("&Notitie", maximum=MAX_INHOUD, regels=3)
        self.moment = Field("&Wanneer bellen", "Bijvoorbeeld vrijdag na 14:00", MAX_MOMENT)
        self.datum = Field("&Uiterlijk op", "Bijvoorbeeld 4-12-2026")
        self.afdeling = Choice("&Afdeling", zoekbaar=True, hint="Kies een afdeling")
        self.groep = Choice("&Groep", zoekbaar=True, hint="Kies een groep")
        self.medewerker = Choice("&Collega", zoekbaar=True, hint="Kies een collega")
        self.velden: dict[str, Choice | Field | TextField] = {
            "resultaat": self.resultaat,
            "toelichting": self.toelichting,
            "moment": self.moment,
            "datum": self.datum,
            "afdeling": self.afdeling,
            "groep": self.groep,
            "medewerker": self.medewerker,
        }
        self.uitvoeren = Button("", "primair", toets="Ctrl+Return")
        self.annuleren = Button("Annuleren", "stil", toets="Esc")
        self.voet = QWidget()
        buttons = FlowLayout(self.voet)
        buttons.addWidget(self.uitvoeren)
        buttons.addWidget(self.annuleren)
        for place in (self, self.voet):
            give_key(place, self.uitvoeren)
            own_keys(place, self._carry_out, self.gesloten.emit)
        inner = QVBoxLayout()
        inner.setContentsMargins(theme.space(4), theme.space(3), theme.space(4), theme.space(3))
        inner.setSpacing(theme.space(2))
        inner.addWidget(self.titel)
        inner.addWidget(self.melding)
        for field in self.velden.values():
            inner.addWidget(field)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Hairline())
        outer.addLayout(inner)
        for naam, field in self.velden.items():
            changed = field.chosen if isinstance(field, Choice) else field.edited
            changed.connect(lambda text, n=naam: self._on_changed(n, text))
        self.uitvoeren.clicked.connect(self._carry_out)
        self.annuleren.clicked.connect(self.gesloten)
        self.melding.acted.connect(self.kopie_gevraagd)

    def show_actie(
        self, notitie: str, actie: Actie | None, invoer: Invoer, ontvangers: tuple[Keuzes, Keuzes, Keuzes]
    ) -> None:
        """None hides it. What is being typed stays as it is typed."""
        self.setVisible(actie is not None)
        if actie is None:
            self._actie = None
            return
        for choice, options in zip((self.afdeling, self.groep, self.medewerker), ontvangers, strict=True):
            choice.set_options(options)
        titel, knop = _TITELS[actie]
        self.titel.setText(titel)
        self.uitvoeren.set_text(knop)
        for naam, field in self.velden.items():
            field.setVisible(naam in VELDEN[actie])
            value = getattr(invoer, naam)
            if isinstance(field, Choice):
                field.set_value(value)
            else:
                field.set_text(value)
        if (notitie, actie) != (self._notitie, self._actie):
            self._notitie, self._actie = notitie, actie
            self.show_problems(())
            for choice in (self.resultaat, self.afdeling, self.groep, self.medewerker):
                choice.drop_typed()

    def show_belet(self, reden: str, advies: str) -> None:
        """Why the text in the panel cannot be recorded now, and what can be done with it; "" where it can."""
        if reden:
            self.melding.set_message("let_op", f"{reden} Uw tekst staat er nog.", "Tekst &kopiëren", uitleg=advies)
        self.melding.setVisible(bool(reden))
        self.uitvoeren.set_refusal(reden)
        self.annuleren.set_text("Weggooien" if reden else "Annuleren")

    def show_problems(self, problems: Sequence[InvalidInput]) -> None:
        """At the fields they name; the first one gets the focus."""
        wrong = {problem.field: problem.message for problem in reversed(problems)}
        for naam, field in self.velden.items():
            field.set_error(wrong.get(naam, ""))
        if problems:
            self._focus(problems[0].field)

    def focus_first(self) -> None:
        if self._actie is not None:
            naam = VELDEN[self._actie][0]
            # What is chosen already is confirmed by going on: who finishes a call types the note at once.
            self._focus("toelichting" if self._actie is Actie.AFHANDELEN else naam)

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops, as it is read."""
        fields = [veld.combo if isinstance(veld, Choice) else veld.edit for veld in self.velden.values()]
        return [*fields, self.uitvoeren, self.annuleren]

    def _focus(self, naam: str) -> None:
        field: FieldFrame | None = self.velden.get(naam)
        if isinstance(field, Choice):
            field.combo.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(field, Field | TextField):
            field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        if field is not None:
            self.gefocust.emit(field)

    def _carry_out(self) -> None:
        wrong = unsettled(self.velden.values(), self)
        if wrong is None:
            self.uitgevoerd.emit()
        else:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            self.gefocust.emit(wrong)

    def _on_changed(self, naam: str, text: str) -> None:
        self.velden[naam].set_error("")
        self.gewijzigd.emit(naam, text)
