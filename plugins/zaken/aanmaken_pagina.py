"""The page on which a zaak is made: brings presenter and views together. A page of the Zaken tab (`pagina.Pagina`)."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from kcs_desktop.sdk import (
    Adresvoorstel,
    Conceptstand,
    Contact,
    InvalidInput,
    Klantverwijzing,
    Locatie,
    UserError,
    Zaakconcept,
)
from plugins.zaken import aanmaken_rijen as rijen
from plugins.zaken import aanmaken_tekst as tekst
from plugins.zaken.aanmaken_documenten import Documentendeel
from plugins.zaken.aanmaken_form_view import Formulierview
from plugins.zaken.aanmaken_keuze_view import Keuzeview
from plugins.zaken.aanmaken_presenter import AanmaakPresenter, Toestand
from plugins.zaken.aanmaken_uitkomst_view import Doorverwijsview, Verstuurdview
from plugins.zaken.toevoegvak import DOSSIER_COMMANDS
from plugins.zaken.vlak import Vlak
from ui.sdk import Card, StateList, TabContext, TaskScope, current_theme

_SMAL = 720  # pixels at 100% text under which list and form take turns
_ZONDER_VELD = ("klant", "zaaktype", "")
_PREFIX = "zaken.aanmaken"


class Aanmaakpagina:
    """What the Zaken tab holds of this page."""

    def __init__(self, context: TabContext) -> None:
        self._context = context
        self._seat = context.seat
        self.presenter = AanmaakPresenter(context.seat, lambda: context.frame.klant)
        self._tasks = TaskScope(context.frame.report)
        self._contact = ""
        self._is_narrow = False
        self._verlaten: set[str] = set()  # fields of the draft in sight that were left
        self._is_geprobeerd = False
        self._vlak = Vlak()
        self._vlak.setAccessibleName("Zaak aanmaken")
        self.keuze = Keuzeview()
        self.documenten = Documentendeel(context, self._redraw)
        self.formulier = Formulierview(self.documenten.vak)
        self.elders = Doorverwijsview()
        self.verstuurd = Verstuurdview()
        self._leeg = Card()
        self._wacht = StateList("Zaak aanmaken")
        self._leeg.body.addWidget(self._wacht)
        self.midden = QStackedWidget()
        for page in (self._leeg, self.formulier, self.elders, self.verstuurd):
            self.midden.addWidget(page)
        row = QHBoxLayout(self._vlak)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().space(3))
        row.addWidget(self.keuze, 5)
        row.addWidget(self.midden, 8)
        self._paint = QTimer(self._vlak)
        self._paint.setSingleShot(True)
        self._paint.setInterval(0)
        self._paint.timeout.connect(self._draw)
        self._disconnect = [
            self.presenter.changed.connect(lambda _none: self._paint.start()),
            self.presenter.made.connect(self._on_made),
            self.presenter.outdated.connect(lambda _none: self._read_catalogue()),
        ]
        self._connect_views()
        self._draw()

    def _redraw(self) -> None:
        self._paint.start()

    def _connect_views(self) -> None:
        self._vlak.resized.connect(self._turn)
        self._vlak.escaped.connect(self._step_back)
        self.keuze.getypt.connect(self._on_searched)
        self.keuze.gekozen.connect(self._on_chosen)
        self.keuze.opnieuw_gevraagd.connect(self._read_catalogue)
        form = self.formulier
        form.gewijzigd.connect(self._on_filled)
        form.verlaten.connect(self._on_left)
        form.aanmaken_gevraagd.connect(self.create)
        form.annuleren_gevraagd.connect(self.cancel)
        form.dubbel_gevraagd.connect(self.open_duplicate)
        form.opnieuw_gevraagd.connect(self._read_catalogue)
        form.teruggestapt.connect(self._step_back)
        form.kop.nummer_gevraagd.connect(self.copy_number)
        form.kop.terug_gevraagd.connect(self._step_back)
        form.plaats.gezocht.connect(lambda text: self._tasks.start("adres", self._look_up(text)))
        form.plaats.gekozen.connect(self._on_address)
        form.plaats.gewijzigd.connect(self._on_place)
        self.elders.kopieren_gevraagd.connect(self._copy_said)
        self.elders.vastleggen_gevraagd.connect(self._note_referral)
        self.elders.teruggestapt.connect(self._step_back)
        self.verstuurd.nummer_gevraagd.connect(self.copy_number)
        self.verstuurd.openen_gevraagd.connect(self._open_made)
        for samen in (self.elders.samen, self.verstuurd.samen):
            samen.gekozen.connect(self._on_together)
        self.verstuurd.teruggestapt.connect(self._step_back)

    # --- what the tab asks ----------------------------------------------------------------------------------------

    @property
    def widget(self) -> QWidget:
        return self._vlak

    def show_klant(self, klant: Klantverwijzing) -> None:
        """What is begun keeps the customer it was begun for."""

    def contact_activated(self, contact: Contact | None) -> None:
        """The draft in sight is the one of this contact; what was kept for it is put back by `restore` after this."""
        vorige, self._contact = self._contact, contact.id if contact is not None else ""
        if self._contact != vorige:
            self._search("")
            self.presenter.show_latest(contact)
            self._forget_complaints()

    def state(self) -> str:
        return msgspec.json.encode(self.presenter.toestand).decode()

    def restore(self, state: str) -> None:
        try:
            toestand = msgspec.json.decode(state, type=Toestand)
        except (msgspec.DecodeError, RecursionError):
            return
        self.keuze.zoekveld.set_text(toestand.zoekt)
        self.presenter.restore(toestand)

    def focus_first(self) -> None:
        if self.presenter.needs_catalogue:
            self._read_catalogue()
        self._draw()
        if self.presenter.concept is not None and self.presenter.is_open:
            self.formulier.focus_first()
        else:
            self.keuze.focus_search()

    def works_here(self, command: str) -> bool:
        return command.startswith(_PREFIX) or (command in DOSSIER_COMMANDS and self.presenter.is_open)

    def close(self) -> None:
        self._paint.stop()
        self._tasks.cancel()
        self.documenten.close()
        for disconnect in self._disconnect:
            disconnect()
        self.presenter.close()

    # --- commands -------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """With the product of the vraag at once in its form; else where to type what the customer wants."""
        if self.presenter.needs_catalogue:
            self._read_catalogue()
        presenter = self.presenter
        if presenter.is_for_vraag:
            presenter.put_away()  # asked again: another one
        elif self._try(presenter.start_for_vraag):
            self._settle_on_chosen()
            return
        self._search("")
        self._draw()
        self._turn()
        self.keuze.focus_search()

    def start(self, zaaktype: str, product: str = "") -> None:
        """This zaaktype, from wherever it was chosen."""

        def started() -> bool:
            self.presenter.start(zaaktype, product)
            return True

        if self._try(started):
            self._settle_on_chosen()

    def show_latest(self) -> None:
        """What was begun last in the active contact."""
        self.presenter.show_latest(self._seat.contacten.active)
        self._settle_on_chosen()

    def create(self) -> None:
        """Enter: sent, and the cursor is where the next thing begins."""
        if not self._is_drawn:
            return
        self._is_geprobeerd = True
        is_whole = bool(self.presenter.problems()) or self.documenten.check()
        if not is_whole or not self._try(self.presenter.create):
            self._draw()
            self.formulier.focus_problem(self.presenter.problems())
            return
        self._forget_complaints()
        self._draw()
        if self._seat.contacten.active is None or not self._context.frame.run("contact.notitie"):
            self.keuze.focus_search()

    def cancel(self) -> None:
        concept = self.presenter.cancel() if self._is_drawn else None
        if concept is None:
            return
        self._forget_complaints()
        self._draw()
        self.keuze.focus_search()
        self._context.frame.toast(f"{concept.naam} geannuleerd", self._undo_cancel)

    def add_document(self) -> None:
        if self.presenter.is_open:
            self.documenten.vak.choose()

    def paste_document(self) -> None:
        if self.presenter.is_open:
            self.documenten.vak.paste()

    def copy_number(self) -> None:
        concept = self.presenter.concept
        if concept is not None and concept.nummer:
            QGuiApplication.clipboard().setText(concept.nummer)
            self._context.frame.toast("Zaaknummer gekopieerd")

    def open_duplicate(self) -> None:
        dubbel = self.presenter.duplicates
        if dubbel and not dubbel[0].verwijzing.opdracht:
            concept = self.presenter.concept
            klant = concept.klant if concept is not None else None
            self._context.frame.open_zaak(dubbel[0].verwijzing, klant)

    # --- what the views ask ---------------------------------------------------------------------------------------

    def _on_searched(self, text: str) -> None:
        self.presenter.type(text)
        self._draw_choices()
        self.keuze.select_first()

    def _on_chosen(self, key: str) -> None:
        def chosen() -> bool:
            self.presenter.choose(key)
            return True

        if self._try(chosen):
            self._settle_on_chosen()

    def _on_together(self, zaaktype: str) -> None:
        def taken() -> bool:
            self.presenter.take_together(zaaktype)
            return True

        if self._try(taken):
            self._settle_on_chosen()

    def _on_filled(self, veld: str, waarden: list[str]) -> None:
        if self._is_drawn and self._try(lambda: self._filled(veld, waarden)):
            self._draw_problems()

    def _filled(self, veld: str, waarden: list[str]) -> bool:
        self.presenter.fill(veld, *waarden)
        return True

    def _on_left(self, veld: str) -> None:
        self._verlaten.add(veld)
        if veld == "locatie" and not self._tasks.is_running("adres"):
            self._tasks.start("rondom", self.presenter.look_around())
        self._draw_problems()

    @property
    def _is_drawn(self) -> bool:
        """Whether the form shows the draft in sight: a key that was pressed just before belongs to the one before."""
        return self.presenter.concept is not None and self.presenter.concept.id == self.formulier.concept

    def _on_place(self) -> None:
        if not self._is_drawn:
            return
        plaats = self.formulier.plaats
        self.presenter.place(plaats.adres.text, plaats.opmerking.text)
        self._draw_problems()

    async def _look_up(self, text: str) -> None:
        antwoord = await self.presenter.addresses(text)
        if self.formulier.plaats.adres.text == text:
            self.formulier.plaats.show_answer(antwoord)

    def _on_address(self, voorstel: Adresvoorstel) -> None:
        """At once as far as it is known, and whole when the BAG has answered."""
        concept = self.presenter.concept
        if concept is not None:
            self._put_address(voorstel.locatie)
            self._tasks.start("adres", self._complete_address(concept.id, voorstel))

    async def _complete_address(self, concept: str, voorstel: Adresvoorstel) -> None:
        locatie = await self.presenter.resolve(voorstel)
        if self.presenter.concept is not None and self.presenter.concept.id == concept:
            self._put_address(locatie)
            await self.presenter.look_around()

    def _put_address(self, locatie: Locatie) -> None:
        plaats = self.formulier.plaats
        adres, _ = tekst.place_texts(locatie)
        plaats.fill(adres)
        self.presenter.place(adres, plaats.opmerking.text, locatie)
        self._draw_problems()

    def _read_catalogue(self) -> None:
        self._tasks.start("catalogus", self.presenter.refresh())

    def _copy_said(self) -> None:
        QGuiApplication.clipboard().setText(self.presenter.to_say)
        self._context.frame.toast("Gekopieerd")

    def _note_referral(self) -> None:
        if self.presenter.note_referral():
            self._context.frame.toast("De vraag staat op doorverwezen")
            self._context.frame.run("contact.notitie")

    def _open_made(self) -> None:
        concept = self.presenter.concept
        if concept is not None and concept.zaak:
            self._context.frame.open_zaak(concept.verwijzing, concept.klant)

    def _on_made(self, concept: Zaakconcept) -> None:
        """Said where the page does not show it; a number that became another one is never missed."""
        wat = f"Zaak {concept.nummer} is aangemaakt"
        if concept.reden:
            self._context.frame.report(UserError(concept.reden, code="zaak-let-op"))
        elif self.presenter.concept is None or self.presenter.concept.id != concept.id or not self._vlak.isVisible():
            self._context.frame.toast(wat)

    def _undo_cancel(self) -> None:
        self.presenter.undo_cancel()
        self._settle_on_chosen()

    # --- inside ---------------------------------------------------------------------------------------------------

    def _try(self, what: Callable[[], bool]) -> bool:
        """Whether it was done; what stands in its way is said in the window, or at its field."""
        try:
            return what()
        except InvalidInput:
            return False
        except UserError as fout:
            self._context.frame.report(fout)
            return False

    def _search(self, text: str) -> None:
        self.keuze.zoekveld.set_text(text)
        self.presenter.type(text)

    def _settle_on_chosen(self) -> None:
        """The chosen thing is in sight, with the cursor where it is needed."""
        self._forget_complaints()
        if not self._vlak.isVisible():  # a contact that starts brings its own tab into sight
            self._context.frame.open_tab("zaken")
        self._draw()
        self._turn()
        if self.presenter.elders is not None:
            self.elders.focus_first()
        elif self.presenter.concept is not None and self.presenter.is_open:
            self.formulier.focus_first()
        else:
            self.keuze.focus_search()

    def _step_back(self) -> None:
        """Esc: to the list, which is shown again where the form fills the page."""
        if self._is_narrow:
            self.presenter.put_away()
            self._draw()
        self.keuze.focus_list()

    def _forget_complaints(self) -> None:
        self._verlaten.clear()
        self._is_geprobeerd = False

    # --- painting -------------------------------------------------------------------------------------------------

    def _draw(self) -> None:
        self._paint.stop()
        self._draw_choices()
        presenter = self.presenter
        if presenter.elders is not None and presenter.elders.elders is not None:
            has_contact = self._seat.contacten.active is not None
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
        self._turn()

    def _draw_choices(self) -> None:
        presenter = self.presenter
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
        is_other = view.show_form(
            concept.id, formulier, presenter.plaatsvelden, is_open=presenter.is_open, toelicht=bool(concept.toelichting)
        )
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
        self._draw_problems()

    def _draw_duplicates(self) -> None:
        dubbel, banner = self.presenter.duplicates, self.formulier.dubbel
        if dubbel:
            wat, advies = tekst.duplicate_words(dubbel, self.presenter.vandaag)
            is_made = not dubbel[0].verwijzing.opdracht
            banner.set_message("let_op", wat, "Die zaak openen" if is_made else "", uitleg=advies)
        banner.setVisible(bool(dubbel))

    def _draw_problems(self) -> None:
        """Under a field once it was left or making was tried; what belongs to no field above all."""
        presenter, view = self.presenter, self.formulier
        concept = presenter.concept
        if concept is None or not presenter.is_open:
            return
        problems = presenter.problems()
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

    def _turn(self) -> None:
        self._is_narrow = self._vlak.width() < current_theme().px(_SMAL)
        has_chosen = self.presenter.concept is not None or self.presenter.elders is not None
        self.keuze.setVisible(not self._is_narrow or not has_chosen)
        self.midden.setVisible(not self._is_narrow or has_chosen)
        for button in (self.formulier.kop.terug, self.elders.terug, self.verstuurd.terug):
            button.setVisible(self._is_narrow)
        self.formulier.turn()


def _nothing(presenter: AanmaakPresenter) -> tuple[str, str]:
    if not presenter.may_start:
        return "Met uw rol kunt u geen zaken aanmaken", "Verbind de klant door, of laat een terugbelnotitie achter."
    return "Kies wat de klant wil", "Typ een woord van het product of onderwerp. Enter begint met de bovenste."


def _advice(veld: str) -> str:
    return "Zoek de klant op met Ctrl K. Wat u invulde blijft staan." if veld == "klant" else ""


def _is_found(concept: Zaakconcept) -> bool:
    return concept.locatie is not None and bool(concept.locatie.bag)
