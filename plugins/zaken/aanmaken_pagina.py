"""The page on which a zaak is made: brings presenter and views together. A page of the Zaken tab (`pagina.Pagina`)."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from kcs_desktop.sdk import Contact, InvalidInput, Klantverwijzing, UserError, Zaakconcept
from plugins.zaken.aanmaken_beeld import Aanmaakbeeld
from plugins.zaken.aanmaken_documenten import Documentendeel
from plugins.zaken.aanmaken_plaatsdeel import Plaatsdeel
from plugins.zaken.aanmaken_presenter import AanmaakPresenter, Toestand
from plugins.zaken.toevoegvak import DOSSIER_COMMANDS
from ui.sdk import TabContext, TaskScope

_PREFIX = "zaken.aanmaken"


class Aanmaakpagina:
    """What the Zaken tab holds of this page."""

    def __init__(self, context: TabContext) -> None:
        self._context = context
        self._seat = context.seat
        self.presenter = AanmaakPresenter(context.seat)
        self._tasks = TaskScope(context.frame.report)
        self._contact = ""
        self.documenten = Documentendeel(context, self._redraw)
        self.beeld = Aanmaakbeeld(self.presenter, self.documenten, lambda: context.seat.contacten.active is not None)
        self.keuze, self.formulier, self.midden = self.beeld.keuze, self.beeld.formulier, self.beeld.midden
        self.elders, self.verstuurd = self.beeld.elders, self.beeld.verstuurd
        self._plaatsdeel = Plaatsdeel(self.beeld, self._tasks)
        self._disconnect = [
            self.presenter.changed.connect(lambda _none: self._redraw()),
            self.presenter.made.connect(self._on_made),
            self.presenter.outdated.connect(lambda _none: self._read_catalogue()),
        ]
        self._connect_views()
        self.beeld.draw()

    def _redraw(self) -> None:
        self.beeld.later()

    def _connect_views(self) -> None:
        self.beeld.vlak.resized.connect(self.beeld.turn)
        self.beeld.vlak.went.connect(lambda: self.begin_for(None))
        self.beeld.vlak.escaped.connect(self._step_back)
        self.keuze.getypt.connect(self._on_searched)
        self.keuze.gekozen.connect(self._on_chosen)
        self.keuze.opnieuw_gevraagd.connect(self._read_catalogue)
        form = self.formulier
        form.gewijzigd.connect(self._on_filled)
        form.verlaten.connect(self.beeld.left)
        form.aanmaken_gevraagd.connect(self.create)
        form.annuleren_gevraagd.connect(self.cancel)
        form.dubbel_gevraagd.connect(self.open_duplicate)
        form.opnieuw_gevraagd.connect(self._read_catalogue)
        form.teruggestapt.connect(self._step_back)
        form.kop.nummer_gevraagd.connect(self.copy_number)
        form.kop.terug_gevraagd.connect(self._step_back)
        self.elders.kopieren_gevraagd.connect(self._copy_said)
        self.elders.vastleggen_gevraagd.connect(self._note_referral)
        self.elders.teruggestapt.connect(self._step_back)
        self.verstuurd.nummer_gevraagd.connect(self.copy_number)
        self.verstuurd.openen_gevraagd.connect(self._open_made)
        self.verstuurd.opnieuw_gevraagd.connect(self._send_again)
        for samen in (self.elders.samen, self.verstuurd.samen):
            samen.gekozen.connect(self._on_together)
        self.verstuurd.teruggestapt.connect(self._step_back)

    # --- what the tab asks ----------------------------------------------------------------------------------------

    @property
    def widget(self) -> QWidget:
        return self.beeld.vlak

    @property
    def klant_in_sight(self) -> Klantverwijzing | None:
        """For whom the draft in sight is, or whom the list says that one is begun for."""
        presenter = self.presenter
        if presenter.concept is not None and presenter.is_open:
            return presenter.concept.klant
        return presenter.voor if not self.keuze.isHidden() else None

    def show_klant(self, klant: Klantverwijzing) -> None:
        """What is begun keeps the customer it was begun for."""

    def contact_activated(self, contact: Contact | None) -> None:
        """The draft in sight is the one of this contact; what was kept for it is put back by `restore` after this. What
        is in sight when the first contact begins stays."""
        vorige, self._contact = self._contact, contact.id if contact is not None else ""
        self.begin_for(None)
        if self._contact != vorige and (vorige or not self.widget.isVisible()):
            self._search("")
            self.presenter.show_latest(contact)
            self.beeld.forget_complaints()
        self._redraw()  # what stays is said of this contact from here on

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
        self.beeld.draw()
        if self.presenter.concept is not None and self.presenter.is_open:
            self.formulier.focus_first()
        else:
            self.keuze.focus_search()

    def works_here(self, command: str) -> bool:
        return command.startswith(_PREFIX) or (command in DOSSIER_COMMANDS and self.presenter.is_open)

    def close(self) -> None:
        self.beeld.stop()
        self._tasks.cancel()
        self.documenten.close()
        for disconnect in self._disconnect:
            disconnect()
        self.presenter.close()

    # --- commands -------------------------------------------------------------------------------------------------

    def begin_for(self, klant: Klantverwijzing | None) -> None:
        """The customer in sight where making a zaak was asked: the one of the contact that starts with it."""
        self.presenter.begin_for(klant)

    def begin(self, *, came_back: bool = False) -> None:
        """With the product of the vraag at once in its form; else where to type what the customer wants. Who comes back
        from elsewhere finds what was open here for the same customer; who asks beside it wants another one."""
        if self.presenter.needs_catalogue:
            self._read_catalogue()
        presenter = self.presenter
        if came_back and presenter.is_for_another:
            presenter.put_away()
        if presenter.is_for_vraag:
            if came_back:
                self._settle_on_chosen()
                return
            presenter.put_away()
        elif self._try(presenter.start_for_vraag):
            self._settle_on_chosen()
            return
        self._search("")
        self.beeld.draw()
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
        if not self.beeld.is_current:
            return
        self.beeld.tried()
        is_whole = bool(self.presenter.problems()) or self.documenten.check()
        if not is_whole or not self._try(self.presenter.create):
            self.beeld.draw()
            self.formulier.focus_problem(self.presenter.problems())
            return
        self.beeld.forget_complaints()
        self.beeld.draw()
        if self._seat.contacten.active is None or not self._context.frame.run("contact.notitie"):
            self.keuze.focus_search()

    def cancel(self) -> None:
        concept = self.presenter.cancel() if self.beeld.is_current else None
        if concept is None:
            return
        self.beeld.forget_complaints()
        self.beeld.draw()
        self.keuze.focus_search()
        self._context.frame.toast(f"{concept.naam} geannuleerd", self._undo_cancel)

    def add_document(self) -> None:
        if self._may_add_documents():
            self.documenten.vak.choose()

    def paste_document(self) -> None:
        if self._may_add_documents():
            self.documenten.vak.paste()

    def _may_add_documents(self) -> bool:
        """Says why not."""
        if not self.presenter.is_open:
            self._context.frame.refuse("Begin eerst een zaak, of open er een. Daaraan voegt u het document toe.")
        return self.presenter.is_open

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
        self.beeld.draw()
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
        if self.beeld.is_current and self._try(lambda: self._filled(veld, waarden)):
            self.beeld.draw_problems()

    def _filled(self, veld: str, waarden: list[str]) -> bool:
        self.presenter.fill(veld, *waarden)
        return True

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

    def _send_again(self) -> None:
        if self._try(self.presenter.send_again):
            self.beeld.draw()  # the button that was pressed goes
            self.keuze.focus_search()

    def _on_made(self, concept: Zaakconcept) -> None:
        """Said where the page does not show it; a number that became another one is never missed."""
        wat = f"Zaak {concept.nummer} is aangemaakt"
        if concept.reden:
            self._context.frame.report(UserError(concept.reden, code="zaak-let-op"))
        elif self.presenter.concept is None or self.presenter.concept.id != concept.id or not self.widget.isVisible():
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
        self.beeld.forget_complaints()
        self.beeld.hold(self._show_chosen)

    def _show_chosen(self) -> None:
        if not self.widget.isVisible():  # taken back while another tab is in front
            self._context.frame.open_tab("zaken")
        self.beeld.draw()
        if self.presenter.elders is not None:
            self.elders.focus_first()
        elif self.presenter.concept is not None and self.presenter.is_open:
            self.formulier.focus_first()
        elif self.presenter.concept is not None and self.presenter.concept.is_apart:
            self.verstuurd.focus_again()
        else:
            self.keuze.focus_search()

    def _step_back(self) -> None:
        """Esc: to the list, which is shown again where the form fills the page."""
        if self.beeld.is_narrow:
            self.presenter.put_away()
            self.beeld.draw()
        self.keuze.focus_list()
