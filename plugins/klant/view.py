"""The Klant tab: brings presenter and views together. Code of the tab loads here, on first show.

A change of the presenter marks parts. A turn of the event loop draws parts until its time is over, and the turn after
the last one lays them out: what is shown at once is painted once, and a customer with a long history never holds the
window up.
"""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStackedWidget, QWidget

from kcs_desktop.sdk import (
    Contact,
    InvalidInput,
    Klantverwijzing,
    Relatie,
    SoortKlant,
    Verbinding,
    Zaakverwijzing,
    one_line,
)
from plugins.klant import tekst
from plugins.klant.beeld_view import Beeldview
from plugins.klant.presenter import Deel, KlantPresenter
from plugins.klant.registreren_view import Registreerview
from plugins.klant.start_view import Startview
from plugins.klant.tekenen import Tekenaar
from plugins.klant.toestand import Pagina, Toestand, from_text, to_text
from ui.sdk import TabContext, TaskScope

_BEURT = 0.008  # seconds after which a turn draws no further part
_OVERAL = {"klant.recent", "klant.persoon_registreren", "klant.bedrijf_registreren", "klant.contactpersoon_registreren"}
_ONTHOUDEN_NA = 200  # milliseconds after the first keystroke; it must be durable within a second


class _Stack(QStackedWidget):
    """Says whether somebody can see it: not under a lock, behind another tab or in a minimised window."""

    came = Signal()
    went = Signal()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.went.emit()


class KlantTab:
    """What the frame holds of this tab."""

    def __init__(self, context: TabContext) -> None:
        self._context = context
        self._seat = context.seat
        self.presenter = KlantPresenter(context.seat)
        self._tasks = TaskScope(context.frame.report)
        self._contact = self._active_id()
        self._terug: Toestand | None = None
        self._is_opened = False  # a customer was opened, and its contacts have the focus once they are drawn
        self.start, self.beeld, self.registreren = Startview(), Beeldview(), Registreerview()
        self._stack = _Stack()
        self._stack.came.connect(lambda: self.presenter.gezelschap.set_in_sight(in_sight=True))
        self._stack.went.connect(lambda: self.presenter.gezelschap.set_in_sight(in_sight=False))
        self._stack.setAccessibleName("Klant")
        for page in (self.start, self.beeld, self.registreren):
            self._stack.addWidget(page)
        self._tekenaar = Tekenaar(self.presenter, self.start, self.beeld, self.registreren)
        self._dirty: dict[Deel, None] = dict.fromkeys(Deel)
        self._paint = QTimer(self._stack)
        self._paint.setInterval(0)
        self._paint.timeout.connect(self._paint_turn)
        self._remember = QTimer(self._stack)
        self._remember.setSingleShot(True)
        self._remember.setInterval(_ONTHOUDEN_NA)
        self._remember.timeout.connect(self._remember_now)
        self._disconnect = [
            self.presenter.changed.connect(self._on_changed),
            self.presenter.bewerken.geregistreerd.connect(self._on_registered),
            self._seat.verbinding_changed.connect(self._on_verbinding),
        ]
        self._connect_views()
        self._paint_all()

    def _connect_views(self) -> None:
        bewerken = self.presenter.bewerken
        self.start.klant_gekozen.connect(self.show_klant)
        self.start.zoeken_gevraagd.connect(self._context.frame.focus_search)
        self.start.registreren_gevraagd.connect(self.register)
        kop = self.beeld.kop
        kop.klant_gekozen.connect(self.show_klant)
        kop.opnieuw_gevraagd.connect(self.refresh)
        kop.wijzigen_gevraagd.connect(self.edit)
        kop.kopie_gevraagd.connect(self.copy_phone)
        kop.contact_gevraagd.connect(self._on_contact_asked)
        contacten = self.beeld.contacten
        contacten.meer_gevraagd.connect(self.more)
        contacten.keuze_gewijzigd.connect(self._remember_later)
        for card in (contacten, self.beeld.notities, self.beeld.zaken, self.beeld.relaties):
            card.opnieuw_gevraagd.connect(self.refresh)
        self.beeld.zaken.zaak_gekozen.connect(self._on_zaak)
        self.beeld.zaken.maken_gevraagd.connect(lambda: self._context.frame.run("zaken.aanmaken"))
        self.beeld.relaties.klant_gekozen.connect(self.show_klant)
        self.beeld.relaties.registreren.clicked.connect(lambda: self.register(SoortKlant.CONTACTPERSOON))
        self.beeld.relaties.namens_gekozen.connect(self._on_namens)
        wijzigen = self.beeld.wijzigen
        wijzigen.gewijzigd.connect(self._remember_later)
        wijzigen.gewijzigd.connect(self.presenter.gezelschap.typing)
        wijzigen.bewaren_gevraagd.connect(self._on_save)
        wijzigen.gesloten.connect(self._on_form_closed)
        self.beeld.conflict.gekozen.connect(bewerken.choose)
        self.beeld.conflict.toegepast.connect(bewerken.settle)
        self.beeld.conflict.uitgesteld.connect(bewerken.postpone)
        self.beeld.weigering_gelezen.connect(bewerken.dismiss)
        self.beeld.weigering_heropend.connect(bewerken.reopen)
        registreren = self.registreren
        registreren.gewijzigd.connect(self._on_registration_typed)
        registreren.bewaren_gevraagd.connect(self._on_register)
        registreren.gesloten.connect(self._on_registration_closed)
        registreren.klant_gekozen.connect(self._on_known_chosen)

    # --- what the frame asks --------------------------------------------------------------------------------------

    @property
    def widget(self) -> QWidget:
        return self._stack

    @property
    def is_drawing(self) -> bool:
        """Whether parts wait to be drawn, or what was drawn to be laid out."""
        return bool(self._dirty) or self._paint.isActive()

    def show_klant(self, klant: Klantverwijzing) -> None:
        self._is_opened = True
        self._show(klant)
        self._paint.start()  # also where this customer stands here already: the focus comes with the last turn

    def _show(self, klant: Klantverwijzing) -> None:
        self._terug = None
        self.beeld.start_at_head()
        if self.presenter.show(klant) or self.presenter.fout is not None:
            self.refresh()
        self._remember_later()

    def contact_activated(self, contact: Contact | None) -> None:
        """Keep what stands for the contact that was left, then show what belongs to the other."""
        vorige, self._contact = self._contact, contact.id if contact is not None else ""
        if self._remember.isActive():
            self._remember.stop()
            if not vorige or any(c.id == vorige for c in self._seat.contacten.open):
                self._seat.contacten.remember_screen(vorige, "klant", self.state())
        if contact is None:
            if vorige and (before := self._seat.contacten.kept_screen("klant")):
                self.restore(before)  # a form that was open before that contact began
            return
        if kept := contact.scherm.get("klant"):
            self.restore(kept)
        elif not vorige and self._goes_with(contact):
            self._seat.contacten.remember_screen("", "klant", "")  # what stands here goes with this contact
        elif vorige != contact.id or contact.klant is not None:
            self.presenter.bewerken.restore(None, None)  # it belongs to what was here before, and is kept there
            if contact.klant is not None:
                self._show(contact.klant)
            else:
                self.presenter.show_start()

    def _goes_with(self, contact: Contact) -> bool:
        """Whether what stands here is of this contact, which just began: of its customer, or of nobody and in sight."""
        return self._stack.isVisible() if contact.klant is None else self.presenter.is_shown(contact.klant)

    @property
    def klant_in_sight(self) -> Klantverwijzing | None:
        return self.presenter.reference if self.presenter.pagina is Pagina.BEELD else None

    def state(self) -> str:
        toestand = self.presenter.toestand()
        if self._terug is not None:
            toestand.geselecteerd, toestand.bovenste = self._terug.geselecteerd, self._terug.bovenste
            toestand.leest, toestand.schuif = self._terug.leest, self._terug.schuif
        else:
            contacten = self.beeld.contacten
            toestand.geselecteerd, toestand.bovenste = contacten.lijst.selected, contacten.bovenste
            toestand.leest, toestand.schuif = contacten.leest, self.beeld.schuif
        return to_text(toestand)

    def restore(self, state: str) -> None:
        toestand = from_text(state)
        if not self._contact and not toestand.has_typed:
            return  # without a contact only unfinished work comes back, never a customer of before
        self._terug = toestand
        if self.presenter.restore(toestand):
            self.refresh()

    def close(self) -> None:
        if self._remember.isActive():
            self._remember.stop()
            self._remember_now()
        self._paint.stop()
        self._tasks.cancel()
        for disconnect in self._disconnect:
            disconnect()
        self.presenter.close()
        _tabs.pop(self._context, None)

    def works_here(self, command: str) -> bool:
        """Without a customer in sight only what leads to one; a form has keys of its own."""
        return self.presenter.pagina is Pagina.BEELD or command in _OVERAL

    # --- commands -------------------------------------------------------------------------------------------------

    def start_contact(self) -> None:
        if self._has_klant():
            self.presenter.koppeling.start()
            self._context.frame.run("contact.notitie")  # what is typed next is what this customer asks

    def attach(self) -> None:
        if self._has_klant():
            self.presenter.koppeling.attach()

    def edit(self) -> None:
        if self._has_klant() and self.presenter.may_change:
            self.presenter.begin_wijzigen()
            self._paint_all()
            if self.beeld.links.currentWidget() is self.beeld.wijzigen:  # and no conflict to decide about first
                self._is_opened = False  # the form has the cursor, whatever is still to be drawn
                self.beeld.wijzigen.focus_first()

    def copy_phone(self) -> None:
        """Only ever a phone number: nothing else of the customer reaches the clipboard by this."""
        nummer = self.presenter.phone() if self._has_klant() else ""
        if nummer:
            QGuiApplication.clipboard().setText(tekst.phone(nummer))
            self._context.frame.toast("Telefoonnummer gekopieerd")

    def pin(self) -> None:
        if self._has_klant():
            self._context.frame.toast(self.presenter.pin())

    def focus_namens(self) -> None:
        if self._has_klant():
            self._is_opened = False
            self.beeld.relaties.namens.combo.setFocus()

    def refresh(self) -> None:
        if self.presenter.klant is not None:
            self._tasks.start("laden", self.presenter.load())

    def more(self) -> None:
        self._tasks.start("meer", self.presenter.more())

    def step(self, steps: int) -> None:
        if self.presenter.pagina is Pagina.BEELD and self.beeld.links.currentWidget() is self.beeld.contacten:
            self.beeld.contacten.step(steps)

    def show_recent(self) -> None:
        self.presenter.show_start()
        self._paint_all()
        self.start.focus_first()

    def register(self, soort: SoortKlant) -> None:
        if self.presenter.may_change:
            self.presenter.show_registreren(soort)
            self._paint_all()
            self.registreren.focus_first()

    def _has_klant(self) -> bool:
        """A command for the shown customer without one leads to searching one."""
        if self.presenter.pagina is Pagina.BEELD:
            return True
        self._context.frame.focus_search()
        return False

    # --- what the views ask ---------------------------------------------------------------------------------------

    def _on_contact_asked(self) -> None:
        if self.presenter.koppeling.can_attach:
            self.presenter.koppeling.attach()
        else:
            self.start_contact()

    def _on_zaak(self, zaak: Zaakverwijzing) -> None:
        self._context.frame.open_zaak(zaak, self.presenter.reference)

    def _on_namens(self, relatie: Relatie | None) -> None:
        self.presenter.koppeling.set_namens(relatie)

    def _on_save(self) -> None:
        bewerken = self.presenter.bewerken
        problems = bewerken.formulier.problems() if bewerken.formulier is not None else []
        self.beeld.wijzigen.show_problems(problems)
        if not problems:
            bewerken.save()
            self._focus_contacten()

    def _focus_contacten(self) -> None:
        """The form is done: its page goes first, for what is not in sight takes no focus."""
        self._paint_all()
        self.beeld.contacten.lijst.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_form_closed(self) -> None:
        formulier = self.presenter.bewerken.formulier
        self.presenter.bewerken.end_wijziging()
        self._focus_contacten()
        if formulier is not None and formulier.is_changed():
            self._context.frame.toast(
                "Wijziging niet opgeslagen", lambda: self.presenter.bewerken.restore_wijziging(formulier)
            )

    def _on_registration_typed(self) -> None:
        registratie = self.presenter.bewerken.registratie
        if registratie is not None:
            self.registreren.show_dubbel(registratie.duplicate(tuple(self._seat.klanten.recent())))
        self._remember_later()

    def _on_register(self) -> None:
        registratie = self.presenter.bewerken.registratie
        if registratie is None:
            return
        problems: list[InvalidInput] = registratie.problems()
        self.registreren.show_problems(problems)
        if not problems:
            self.presenter.bewerken.register()

    def _on_registration_closed(self) -> None:
        registratie, soort = self.presenter.bewerken.registratie, None
        if registratie is not None and registratie.is_changed() and not self.presenter.bewerken.registratie_opdracht:
            soort = registratie.soort
        self.presenter.leave_registreren()
        if soort is not None and registratie is not None:
            self._context.frame.toast("Niet geregistreerd", lambda: self.presenter.reopen_registreren(registratie))

    def _on_known_chosen(self, klant: Klantverwijzing) -> None:
        self.presenter.leave_registreren()
        self.show_klant(klant)

    def _on_registered(self, klant: Klantverwijzing) -> None:
        self._context.frame.toast(f"{one_line(klant.naam, 80)} is geregistreerd")
        if self.presenter.pagina is Pagina.REGISTREREN and self.presenter.bewerken.registratie is None:
            self.show_klant(klant)
            self.presenter.koppeling.attach()

    def _on_verbinding(self, verbinding: Verbinding) -> None:
        self._on_changed(Deel.BEWERKEN)
        self._on_changed(Deel.ACTIES)
        answers = verbinding is Verbinding.VERBONDEN
        # What was asked before the backend was there is asked again when it is, and fails when it will not be.
        gave_up = verbinding in (Verbinding.GEEN_VERBINDING, Verbinding.ANDERE_VERSIE) and self.presenter.asked_early
        if (answers or gave_up) and self.presenter.pagina is Pagina.BEELD:
            self.refresh()

    # --- painting and remembering ---------------------------------------------------------------------------------

    def _on_changed(self, deel: Deel) -> None:
        self._dirty[deel] = None
        self._paint.start()
        if deel in (Deel.PAGINA, Deel.BEWERKEN):
            self._remember_later()

    def _paint_turn(self) -> None:
        if not self._dirty:  # laid out in a turn of its own, so that no turn is long
            self._paint.stop()
            self.beeld.settle()
            self.beeld.setUpdatesEnabled(True)
            if self._is_opened:
                self._focus_opened()
            return
        if Deel.PAGINA in self._dirty:
            self.beeld.setUpdatesEnabled(False)  # another customer: painted when all of it stands
        end = perf_counter() + _BEURT
        while self._dirty and perf_counter() < end:
            self._paint_next()

    def _focus_opened(self) -> None:
        """A customer who was opened is read from the contacts on, unless somebody types elsewhere."""
        self._is_opened = False
        types = isinstance(self._stack.window().focusWidget(), (QLineEdit, QPlainTextEdit))
        if self.presenter.pagina is Pagina.BEELD and self._stack.isVisible() and not types:
            self.beeld.contacten.lijst.setFocus(Qt.FocusReason.OtherFocusReason)

    def _paint_next(self) -> None:
        deel = next(iter(self._dirty))
        del self._dirty[deel]
        if deel is Deel.PAGINA:
            pages = {Pagina.START: self.start, Pagina.BEELD: self.beeld, Pagina.REGISTREREN: self.registreren}
            self._stack.setCurrentWidget(pages[self.presenter.pagina])
        self._tekenaar.draw(deel)
        if deel is Deel.CONTACTEN and self._terug is not None and self.presenter.beeld is not None:
            terug, self._terug = self._terug, None
            self.beeld.contacten.stand_again(terug.geselecteerd, terug.bovenste, leest=terug.leest)
            self.beeld.scroll_to(terug.schuif)

    def _paint_all(self) -> None:
        while self._dirty:
            self._paint_next()

    def _active_id(self) -> str:
        contact = self._seat.contacten.active
        return contact.id if contact is not None else ""

    def _remember_later(self) -> None:
        # Not started anew by each keystroke: who types on without a pause would never be remembered.
        if not self._remember.isActive():
            self._remember.start()

    def _remember_now(self) -> None:
        if self._contact == self._active_id():
            self._seat.contacten.remember_screen(self._contact, "klant", self.state())


def create_tab(context: TabContext) -> KlantTab:
    """Made by the frame at the first show."""
    _tabs[context] = KlantTab(context)
    return _tabs[context]


def tab_of(context: TabContext) -> KlantTab | None:
    """The open tab of this window; commands get the context only."""
    return _tabs.get(context)


_tabs: dict[TabContext, KlantTab] = {}  # until the tab is closed
