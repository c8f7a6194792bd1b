"""Puts what the presenter knows into the views of the page on which a zaak is made: once per turn of the event loop,
however much changed in it. Keeps only which complaints may be said already.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget
from shiboken6 import isValid

from kcs_desktop.sdk import Bronstand, Conceptstand, Zaakconcept
from plugins.zaken import aanmaken_rijen as rijen
from plugins.zaken import aanmaken_tekst as tekst
from plugins.zaken.aanmaken_documenten import Documentendeel
from plugins.zaken.aanmaken_form_view import Formulierview
from plugins.zaken.aanmaken_keuze_view import Keuzeview
from plugins.zaken.aanmaken_presenter import AanmaakPresenter
from plugins.zaken.aanmaken_uitkomst_view import Doorverwijsview, Verstuurdview
from plugins.zaken.vlak import Vlak
from ui.sdk import Card, StateList, current_theme

_SMAL = 720  # pixels at 100% text under which list and form take turns
_RONDES = 2  # of laying out: the height of what wraps follows from its width
_HELD = 40  # milliseconds: with the drawing still within what feels at once
_ZONDER_VELD = ("klant", "zaaktype", "")


class Aanmaakbeeld(QObject):
    """`later` draws when the event loop turns, `draw` now, for what needs the cursor in it.

    `hold` puts off what shows a choice: what was handed in just before, as the question for a number, is on its way by
    then and does not wait for the drawing. A key that comes meanwhile ends the holding, and goes to where the cursor is
    then.
    """

    def __init__(
        self, presenter: AanmaakPresenter, documenten: Documentendeel, has_contact: Callable[[], bool]
    ) -> None:
        super().__init__()
        self.presenter = presenter
        self.documenten = documenten
        self._has_contact = has_contact
        self._verlaten: set[str] = set()  # fields of the draft in sight that were left
        self._is_geprobeerd = False
        self._is_geopend = True  # and what was filled in before was not looked at yet
        self.is_narrow = False
        self.vlak = Vlak()
        self.vlak.setAccessibleName("Zaak aanmaken")
        self.keuze = Keuzeview()
        self.formulier = Formulierview(documenten.vak)
        self.elders = Doorverwijsview()
        self.verstuurd = Verstuurdview()
        self._leeg = Card()
        self._wacht = StateList("Zaak aanmaken")
        self._leeg.body.addWidget(self._wacht)
        self.midden = QStackedWidget()
        for page in (self._leeg, self.formulier, self.elders, self.verstuurd):
            self.midden.addWidget(page)
        row = QHBoxLayout(self.vlak)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().space(3))
        row.addWidget(self.keuze, 5)
        row.addWidget(self.midden, 8)
        self._paint = QTimer(self.vlak)
        self._paint.setSingleShot(True)
        self._paint.timeout.connect(self.finish)
        self._held: Callable[[], None] | None = None
        self._typed_in: QWidget | None = None

    @property
    def is_current(self) -> bool:
        """Whether the form shows the draft in sight: a key that was pressed just before belongs to the one before."""
        return self.presenter.concept is not None and self.presenter.concept.id == self.formulier.concept

    def later(self) -> None:
        if self._held is None:
            self._paint.start(0)

    def hold(self, show: Callable[[], None]) -> None:
        """`show` draws, and puts the cursor where it is needed."""
        self._let_go()
        self._held, self._typed_in = show, QApplication.focusWidget()
        if self._typed_in is not None:
            self._typed_in.installEventFilter(self)
        self._paint.start(_HELD)

    def finish(self) -> None:
        """What is put off, now."""
        self._paint.stop()
        show = self._let_go()
        if show is not None:
            show()
        else:
            self.draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or self._held is None:
            return False
        self.finish()
        cursor = QApplication.focusWidget()
        if cursor is None or cursor is watched:
            return False
        QCoreApplication.sendEvent(cursor, event)
        return True

    def stop(self) -> None:
        self._paint.stop()
        self._let_go()

    def _let_go(self) -> Callable[[], None] | None:
        if self._typed_in is not None and isValid(self._typed_in):
            self._typed_in.removeEventFilter(self)
        show, self._held, self._typed_in = self._held, None, None
        return show

    # --- complaints -----------------------------------------------------------------------------------------------

    def left(self, veld: str) -> None:
        """The cursor went out of this field: what is wrong in it may be said."""
        self._verlaten.add(veld)
        self.draw_problems()

    def tried(self) -> None:
        """Making it was asked: everything that is wrong may be said."""
        self._is_geprobeerd = True

    def forget_complaints(self) -> None:
        """Of what comes in sight now only what was filled in before is told to be wrong."""
        self._verlaten.clear()
        self._is_geprobeerd = False
        self._is_geopend = True

    # --- painting -------------------------------------------------------------------------------------------------

    def draw(self) -> None:
        if self._held is None:
            self._paint.stop()
        self.draw_choices()
        presenter = self.presenter
        if presenter.elders is not None and presenter.elders.elders is not None:
            has_contact = self._has_contact()
            self.elders.show_referral(
                presenter.elders.titel,
                presenter.elders.elders,
                presenter.to_say,
                presenter.together,
                has_contact=has_contact,
            )
            self.midden.setCurrentWidget(self.elders)
        elif presenter.concept is None:
            self._wacht.show_empty(*_nothing(presenter), icoon="nieuw")
            self.midden.setCurrentWidget(self._leeg)
        elif presenter.is_open:
            self._draw_form(presenter.concept)
            self.midden.setCurrentWidget(self.formulier)
        else:
            self.verstuurd.show_sent(presenter.concept, presenter.together, is_online=presenter.is_online)
            self.verstuurd.show_documents(*self.documenten.words(presenter.concept))
            self.midden.setCurrentWidget(self.verstuurd)
        self.turn()
        self._settle()

    def _settle(self) -> None:
        """Lay it out now: painted once, where everything will stand."""
        if self.vlak.isVisible():
            for _ in range(_RONDES):
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
                self.keuze.lijst.view.settle()

    def draw_choices(self) -> None:
        presenter = self.presenter
        self.keuze.set_bijschrift(tekst.begun_for(presenter.voor))
        rows = rijen.rows(presenter)
        if not rows and presenter.laadt:
            self.keuze.lijst.show_rows(())
            self.keuze.lijst.show_loading()
        elif not rows and presenter.melding:
            self.keuze.lijst.show_error(presenter.melding, "Probeer het opnieuw. U kunt gewoon verder werken.")
        elif not rows:
            advies = "Probeer een ander woord, of een deel van het woord."
            self.keuze.lijst.show_empty("Niets gevonden", advies, icoon="zoeken")
        else:
            self.keuze.show_rows(rows, presenter.melding)

    def _draw_form(self, concept: Zaakconcept) -> None:
        presenter, view = self.presenter, self.formulier
        formulier = presenter.formulier
        view.kop.show_concept(concept, presenter.zaaktype, presenter.wie, formeel=formulier.formeel_verzoek)
        view.strook.update_sight()
        is_other = view.show_form(
            concept.id, formulier, presenter.plaatsvelden, is_open=presenter.is_open, toelicht=bool(concept.toelichting)
        )
        if is_other:
            self.forget_complaints()
        waarden = {veld.id: concept.waarden(veld.id) for veld in formulier.velden}
        waarden |= {"omschrijving": (concept.omschrijving,), "toelichting": (concept.toelichting,)}
        herkomst = {naam: tekst.HERKOMST.get(bron, bron) for naam, bron in concept.herkomst.items()}
        view.show_values(waarden, herkomst, is_other=is_other)
        bron = "BAG" if _is_found(concept) else ""
        view.plaats.show_place(*presenter.plaats, bron, is_other=is_other)
        view.plaats.set_online(is_online=presenter.is_online)
        self.documenten.show(concept, formulier)
        later = "" if presenter.is_online else "Geen verbinding: de zaak wordt aangemaakt zodra die er is."
        view.later.setText(later)
        view.aanmaken.set_text("Opnieuw aanmaken" if concept.stand is Conceptstand.GEWEIGERD else "Zaak aanmaken")
        self._draw_duplicates()
        self.draw_problems()

    def _draw_duplicates(self) -> None:
        dubbel, banner = self.presenter.duplicates, self.formulier.dubbel
        if dubbel:
            wat, advies = tekst.duplicate_words(dubbel, self.presenter.vandaag)
            is_made = not dubbel[0].verwijzing.opdracht
            banner.set_message("let_op", wat, "Die zaak openen" if is_made else "", uitleg=advies)
        banner.setVisible(bool(dubbel))

    def draw_problems(self) -> None:
        """Under a field once it was left or making was tried; what belongs to no field above all."""
        presenter, view = self.presenter, self.formulier
        concept = presenter.concept
        if concept is None or not presenter.is_open:
            return
        problems = presenter.problems()
        if self._is_geopend and presenter.formulier.stand is Bronstand.KLAAR:
            self._is_geopend = False
            self._verlaten |= {fout.field for fout in problems if fout.code != "verplicht"}
        klachten = {
            fout.field: fout.message
            for fout in problems
            if self._is_geprobeerd or (fout.field in self._verlaten and fout.code != "verplicht")
        }
        klachten |= {al.veld: al.reden for al in concept.bezwaren if al.veld not in _ZONDER_VELD}
        view.show_problems(klachten)
        los = [fout for fout in problems if fout.field in _ZONDER_VELD] if self._is_geprobeerd else []
        if presenter.needs_zaaktype:
            view.fout.set_message("fout", "Van dit zaaktype kan geen zaak meer worden begonnen.", uitleg=tekst.MEE)
        elif concept.stand is Conceptstand.GEWEIGERD:
            view.fout.set_message("fout", "De zaak is niet aangemaakt.", uitleg=tekst.refusal_words(concept))
        elif los:
            view.fout.set_message("fout", los[0].message, uitleg=los[0].advice or _advice(los[0].field))
        is_refused = presenter.needs_zaaktype or concept.stand is Conceptstand.GEWEIGERD
        view.fout.setVisible(is_refused or bool(los))

    def turn(self) -> None:
        self.is_narrow = self.vlak.width() < current_theme().px(_SMAL)
        has_chosen = self.presenter.concept is not None or self.presenter.elders is not None
        self.keuze.setVisible(not self.is_narrow or not has_chosen)
        self.midden.setVisible(not self.is_narrow or has_chosen)
        for button in (self.formulier.kop.terug, self.elders.terug, self.verstuurd.terug):
            button.setVisible(self.is_narrow)
        self.formulier.turn()


def _nothing(presenter: AanmaakPresenter) -> tuple[str, str]:
    if not presenter.may_start:
        return "Met uw rol kunt u geen zaken aanmaken", "Verbind de klant door, of laat een terugbelnotitie achter."
    return "Kies wat de klant wil", "Typ een woord van het product of onderwerp. Enter begint met de bovenste."


def _advice(veld: str) -> str:
    return "Zoek de klant op met Ctrl K. Wat u invulde blijft staan." if veld == "klant" else ""


def _is_found(concept: Zaakconcept) -> bool:
    return concept.locatie is not None and bool(concept.locatie.bag)
