"""The Zaken page: the list at the left, the zaak itself in the middle. Which of them stands there, for which contact,
and what its commands do."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kcs_desktop.sdk import Contact, Klantverwijzing, UserError, Zaakverwijzing, is_same
from plugins.zaken.detail_view import Detailview
from plugins.zaken.dossierdeel import Dossierdeel
from plugins.zaken.koppelen import attach
from plugins.zaken.lijstdeel import Lijstdeel
from plugins.zaken.presenter import Deel, ZakenPresenter
from plugins.zaken.toestand import Toestand, from_text, to_text
from plugins.zaken.toevoegvak import DOSSIER_COMMANDS
from plugins.zaken.vlak import Vlak
from ui.sdk import NO_CONNECTION, TabContext, TaskScope, current_theme, holds_focus, open_in_browser

_SMAL = 720  # pixels at 100% text under which list and zaak take turns
_ZONDER_ZAAK = {"zaken.zoeken", "zaken.van_klant"}
_OVER_DE_ZAAK = {"zaken.koppelen", "zaken.kopieer_nummer", "zaken.vernieuwen"}


class Zakenpagina:
    """Implements `pagina.Pagina`."""

    def __init__(self, context: TabContext) -> None:
        self._context = context
        self._seat = context.seat
        self.presenter = ZakenPresenter(context.seat)
        self._tasks = TaskScope(context.frame.report)
        self._contact = ""
        self._is_narrow = False
        self._vlak = Vlak()
        self._vlak.setAccessibleName("Zaken")
        self._lijstdeel = Lijstdeel(context, self.presenter)
        self.lijst = self._lijstdeel.view
        self.dossier = Dossierdeel(context)
        self.detail = Detailview(self.dossier.vak, self.dossier.voorbeeld)
        row = QHBoxLayout(self._vlak)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().space(3))
        row.addWidget(self.lijst, 5)
        row.addWidget(self.detail, 8)
        self._dirty: dict[Deel, None] = {}
        self._paint = QTimer(self._vlak)
        self._paint.setSingleShot(True)
        self._paint.setInterval(0)
        self._paint.timeout.connect(self._paint_all)
        self._disconnect = self.presenter.changed.connect(self._on_changed)
        self._disconnect_other = self.presenter.overgenomen.connect(lambda _none: self._leave_customer())
        self._disconnect_line = self._seat.verbinding_changed.connect(lambda _verbinding: self._ask_what_lacks())
        self._connect_views()
        self.detail.show_nothing()
        self._lijstdeel.draw()

    def _connect_views(self) -> None:
        self._vlak.resized.connect(self._turn)
        self._vlak.came.connect(self._ask_what_lacks)
        self._vlak.escaped.connect(self._step_back)
        self._lijstdeel.zaak_gekozen.connect(self.show_zaak)
        kop = self.detail.kop
        self.detail.opnieuw_gevraagd.connect(self.refresh)
        self.detail.zaak_gekozen.connect(self._on_linked)
        self.detail.document_gekozen.connect(self._on_document)
        self.dossier.voorbeeld.gesloten.connect(self._close_document)
        kop.koppelen_gevraagd.connect(self.attach)
        kop.zaaksysteem_gevraagd.connect(self.open_elsewhere)
        kop.nummer_gevraagd.connect(self.copy_number)
        kop.terug_gevraagd.connect(self._step_back)

    # --- what the tab asks ----------------------------------------------------------------------------------------

    @property
    def widget(self) -> QWidget:
        return self._vlak

    @property
    def klant_in_sight(self) -> Klantverwijzing | None:
        """Whose zaken the list shows; where it shows no such list, or another zaak is open, who asked for that."""
        if self.presenter.shows_customer and not self.lijst.isHidden():
            return self.presenter.klant
        return self.presenter.aanvrager

    def show_klant(self, klant: Klantverwijzing) -> None:
        self._lijstdeel.show_klant(klant)

    def show_zaak(self, zaak: Zaakverwijzing) -> None:
        """Open this zaak, from whichever list or place."""
        if self.presenter.show_zaak(zaak):
            self._tasks.start("zaak", self.presenter.load_zaak())
        self._lijstdeel.mark(zaak.uuid)
        self._turn()

    def contact_activated(self, contact: Contact | None) -> None:
        """The list follows the contact; what was kept for it is put back by `restore` after this."""
        vorige, self._contact = self._contact, contact.id if contact is not None else ""
        if contact is None:
            if vorige:
                self._leave_customer()
            return
        if contact.id == vorige or contact.scherm.get("zaken"):
            if contact.id == vorige and self.presenter.klant is None:
                self._show_next_of(contact)
            return
        if vorige or not self._goes_with(contact):
            self._leave_customer()
        is_free = self.presenter.zaak is None or self.presenter.klant is None
        if is_free and not self.presenter.is_searching:
            self._show_next_of(contact)

    def _goes_with(self, contact: Contact) -> bool:
        """Whether what stands here stays with this contact, which just began: what is in sight, or of its customer."""
        presenter = self.presenter
        klant = presenter.klant if presenter.shows_customer else presenter.aanvrager
        is_its = klant is not None and contact.klant is not None and is_same(klant.sleutel, contact.klant.sleutel)
        return is_its or self._vlak.isVisible()

    def state(self) -> str:
        presenter = self.presenter
        return to_text(
            Toestand(
                klant=presenter.klant,
                zaak=presenter.zaak,
                zoekt=presenter.getypt,
                filters=presenter.filters,
                schuif=self.detail.schuif,
            )
        )

    def restore(self, state: str) -> None:
        toestand = from_text(state)
        if not self._contact:
            return  # without a contact nothing of a customer of before comes back
        self._lijstdeel.show_klant(toestand.klant)
        self._lijstdeel.restore_search(toestand.zoekt, toestand.filters)
        if toestand.zaak is not None:
            self.show_zaak(toestand.zaak)
            self.detail.scroll_to(toestand.schuif)
        else:
            self._close_zaak()

    def focus_first(self) -> None:
        self.lijst.focus_list()

    def works_here(self, command: str) -> bool:
        if command in DOSSIER_COMMANDS:
            return self.dossier.vak.presenter.may_add
        zaak = self.presenter.zaak
        if command == "zaken.zaaksysteem":
            return zaak is not None and bool(self._context.frame.zaak_address(zaak))
        return command in _ZONDER_ZAAK or (command in _OVER_DE_ZAAK and zaak is not None)

    def close(self) -> None:
        self._paint.stop()
        self._tasks.cancel()
        self._lijstdeel.close()
        self.dossier.close()
        self._disconnect()
        self._disconnect_other()
        self._disconnect_line()
        self.presenter.close()

    # --- commands -------------------------------------------------------------------------------------------------

    def focus_search(self) -> None:
        if self._is_narrow:
            self._close_zaak()
        self.lijst.focus_search()

    def search(self, tekst: str) -> None:
        """As if it was typed here and Enter pressed."""
        if self._is_narrow:
            self._close_zaak()
        self._lijstdeel.search(tekst)

    def show_of_contact(self, klant: Klantverwijzing | None) -> None:
        """The zaken of the customer of the contact; again: of who asks for that customer. Without one those of `klant`,
        who was in sight."""
        contact = self._seat.contacten.active
        self._lijstdeel.drop_search()
        if contact is not None and (contact.klant or contact.namens):
            self._show_next_of(contact)
        elif klant is not None:
            self.show_klant(klant)
        elif self.presenter.klant is None:
            self._context.frame.refuse("Open eerst een klant. Dan ziet u hier de zaken van die klant.")
        self._lijstdeel.draw()
        self.lijst.focus_list()

    def attach(self) -> None:
        attach(self._context, self.presenter.zaak)

    def copy_number(self) -> None:
        if self.presenter.zaak is None:
            self._context.frame.refuse("Open eerst een zaak. Daarvan kopieert u het nummer.")
            return
        QGuiApplication.clipboard().setText(self.presenter.zaak.identificatie)
        self._context.frame.toast("Zaaknummer gekopieerd")

    def open_elsewhere(self) -> None:
        """In the zaaksysteem, by the system's browser."""
        zaak = self.presenter.zaak
        if zaak is None:
            self._context.frame.refuse("Open eerst een zaak. Die opent u daarna in het zaaksysteem.")
        elif not (adres := self._context.frame.zaak_address(zaak)):
            self._context.frame.refuse("Op deze werkplek is niet ingesteld waar het zaaksysteem staat.")
        elif not open_in_browser(adres):
            advies = "U kunt hier verder werken. Kopieer het zaaknummer en zoek de zaak zelf op in het zaaksysteem."
            self._context.frame.report(UserError("De browser gaat niet open op deze werkplek.", advice=advies))

    def add_document(self) -> None:
        if self._may_add_documents():
            self._close_document()
            self.dossier.vak.choose()

    def paste_document(self) -> None:
        if self._may_add_documents():
            self._close_document()
            self.dossier.vak.paste()

    def _may_add_documents(self) -> bool:
        """Says why not."""
        vak = self.dossier.vak.presenter
        if self.presenter.zaak is None:
            reden = "Open eerst een zaak. Daaraan voegt u het document toe."
        elif vak.zaak is None:
            reden = "De zaak is nog niet gelezen. Probeer het zo nog eens."
        elif not vak.may_add:
            reden = "Met uw rol kunt u geen documenten toevoegen aan een zaak."
        else:
            return True
        self._context.frame.refuse(reden)
        return False

    def refresh(self) -> None:
        if self.presenter.zaak is not None:
            self._tasks.start("zaak", self.presenter.load_zaak())

    # --- what the views ask ---------------------------------------------------------------------------------------

    def _ask_what_lacks(self) -> None:
        """What could not be read, or is of before a cut, once somebody sees it and it can be read."""
        if self.presenter.without_connection or not self._vlak.isVisible():
            return
        if self.presenter.lacks_of_zaak and not self._tasks.is_running("zaak"):
            self.refresh()
        self._lijstdeel.ask_what_lacks()

    def _on_linked(self, uuid: str) -> None:
        beeld = self.presenter.beeld
        regel = next((al for al in beeld.gekoppeld if al.verwijzing.uuid == uuid), None) if beeld is not None else None
        if regel is not None:
            self.show_zaak(regel.verwijzing)
            self.detail.scroll_to(0)

    def _on_document(self, uuid: str) -> None:
        if self.dossier.open(uuid):
            self.detail.show_voorbeeld(is_open=True)
            self.dossier.voorbeeld.focus_page()

    def _close_document(self) -> None:
        self.dossier.close_document()
        self.detail.show_voorbeeld(is_open=False)

    def _show_next_of(self, contact: Contact) -> None:
        """The zaken of whom the contact is about: the customer *namens* whom somebody asks goes before who asks."""
        wie = [klant for klant in (contact.namens, contact.klant) if klant is not None]
        shown = self.presenter.klant
        is_first = bool(wie) and shown is not None and is_same(shown.sleutel, wie[0].sleutel)
        if wie:
            self.show_klant(wie[-1] if is_first else wie[0])

    def _leave_customer(self) -> None:
        """Nothing of the one before: not whose zaken, not what was searched, not the zaak that was open."""
        self._lijstdeel.leave_klant()
        self._close_zaak()

    def _step_back(self) -> None:
        """Esc: out of the zaak where it fills the page, else to the list."""
        if self._is_narrow and self.presenter.zaak is not None:
            self._close_zaak()
        self.lijst.focus_list()

    def _close_zaak(self) -> None:
        self._tasks.stop("zaak")
        self._lijstdeel.mark("")
        self.presenter.show_zaak(None)
        self._turn()

    # --- painting -------------------------------------------------------------------------------------------------

    def _on_changed(self, deel: Deel) -> None:
        if deel is Deel.BLAD:
            if self._lijstdeel.draw_page():
                self._on_changed(Deel.LIJST)
            return
        if deel is Deel.ZAAK:  # at once: it may have to ask, which painting never does
            self.dossier.show_beeld(self.presenter.beeld if self.presenter.zaak is not None else None)
        self._dirty[deel] = None
        self._paint.start()

    def _paint_all(self) -> None:
        while self._dirty:
            deel = next(iter(self._dirty))
            del self._dirty[deel]
            self._draw(deel)

    def _draw(self, deel: Deel) -> None:
        match deel:
            case Deel.LIJST:
                self._lijstdeel.draw()
            case Deel.ZAAK:
                self._draw_zaak()
            case Deel.ACTIES:
                self._draw_acties()
            case Deel.BLAD:
                pass  # told to the list at once

    def _draw_zaak(self) -> None:
        presenter = self.presenter
        if not self.dossier.is_open:
            self.detail.show_voorbeeld(is_open=False)
        if presenter.zaak is None:
            self.detail.show_nothing()
        elif presenter.beeld is None or not presenter.beeld.bronnen:
            self.detail.show_loading(presenter.zaak, presenter.fout)
        else:
            self.detail.show_beeld(presenter.beeld, self._seat.now())

    def _draw_acties(self) -> None:
        presenter = self.presenter
        zaak = presenter.zaak
        self.detail.kop.show_actions(
            has_contact=presenter.contact is not None,
            is_attached=presenter.is_attached,
            zaaksysteem=zaak is not None and bool(self._context.frame.zaak_address(zaak)),
            refusal=NO_CONNECTION if presenter.without_connection else "",
        )
        self.detail.set_may_open(may_open=not presenter.without_connection)

    def _turn(self) -> None:
        """Side by side, or by turns; the cursor goes along with what takes the place of the other."""
        self._is_narrow = self._vlak.width() < current_theme().px(_SMAL)
        has_zaak = self.presenter.zaak is not None
        is_in_list, is_in_zaak = holds_focus(self.lijst), holds_focus(self.detail)
        self.detail.kop.terug.setVisible(self._is_narrow)
        self.lijst.setVisible(not self._is_narrow or not has_zaak)
        self.detail.setVisible(not self._is_narrow or has_zaak)
        if is_in_list and self.lijst.isHidden():
            self.detail.take_focus()
        elif is_in_zaak and self.detail.isHidden():
            self.lijst.focus_list()
