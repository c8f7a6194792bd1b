"""The frame: what tabs may ask of the window, and what a choice in search, rail or strip does."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from kcs_desktop.sdk import (
    Contact,
    DigitaalAdres,
    Kanaal,
    KcsError,
    Klantverwijzing,
    Recht,
    Seat,
    Sessie,
    Verbinding,
    Wachtrij,
    Wachtstand,
    Zaakverwijzing,
    unbroken_numbers,
)
from ui.commands.frame_commands import COMMANDS, PREFIX
from ui.commands.registry import FRAME, CommandRegistry, refusal
from ui.contactpaneel.presenter import ContactpaneelPresenter
from ui.contactpaneel.view import ContactPaneel
from ui.contactstrook.presenter import StrookPresenter
from ui.contactstrook.view import ContactStrook
from ui.context import TabContext
from ui.frame import cursor
from ui.frame.actions import FrameActions
from ui.frame.rail import RailItem
from ui.frame.report import ReportDialog
from ui.frame.side_panel import SidePanel
from ui.frame.tabs import TabHost
from ui.frame.toast import Toast
from ui.frame.window import MainWindow
from ui.frame.zaaksysteem import zaak_address
from ui.manifest import Manifest
from ui.plugins import Plugin, register_all, resolve, visible
from ui.tasks import TaskScope
from ui.theme.theme import current_theme
from ui.uitgaand.teller import Uitgaandteller
from ui.widgets.key_press import forget_press
from ui.zoeken.overlay import ZoekOverlay
from ui.zoeken.presenter import ZoekPresenter

NOTES_TAB = "zaken"  # where the employee's own callback notes are
RESUME = 5.0  # seconds that the field in which somebody was may take to come back
LOOK_AGAIN = 50  # milliseconds
KEEP_STATE = 300  # milliseconds between looks at what a tab wants to keep; with the store's own wait under a second
_UNDER_WAY = {Wachtstand.WACHT, Wachtstand.BEZIG}
_TAB = "venster"  # under which the open tab is kept while there is no contact


class FrameController(QObject):
    """One per signed-in window; implements `ui.context.Frame` and the targets of the search overlay."""

    def __init__(
        self, window: MainWindow, seat: Seat, plugins: tuple[Plugin, ...], zaaksysteem: str = "", scanmap: str = ""
    ) -> None:
        """`zaaksysteem` is the address of a zaak elsewhere, with {nummer} or {uuid} in it."""
        super().__init__(window)
        self._zaaksysteem = zaaksysteem
        self._scanmap = scanmap
        self.window = window
        self.seat = seat
        self.registry = CommandRegistry()
        self.registry.register(FRAME, COMMANDS)
        self.plugins = register_all(plugins, self.registry)
        self.context = TabContext(seat, self, current_theme())
        self.tasks = TaskScope(self.report)
        forget_press()
        self.tabs = TabHost(window.pages, self.context)
        self.side = SidePanel(window, window.topbar.search)
        self.actions = FrameActions(self)
        self._previous: Contact | None = seat.contacten.active
        self._registering: tuple[str, Toast, str] | None = None  # the opdracht, what is said of it, and what will be
        self._is_resumed = False  # until then how the window stands says nothing of where the cursor was
        self._badges: dict[str, int] = {NOTES_TAB: seat.terugbelnotities.aandacht}
        self._shortcuts: list[QShortcut] = []
        self._is_closed = False
        self._is_bewaart_shown = False
        self._report: ReportDialog | None = None
        self.strook_presenter = StrookPresenter(seat)
        self.strook = ContactStrook(self.strook_presenter)
        self.strook.asked_new.connect(self.actions.new_contact)
        self.strook.asked_zaak.connect(lambda: self.run("zaken.aanmaken"))
        window.strip.put(self.strook)
        self.paneel = ContactPaneel(ContactpaneelPresenter(seat, lambda: self.klant))
        self.paneel.registered.connect(self._on_registered)
        self.paneel.undoable.connect(self.toast)
        self.paneel.zaak_asked.connect(lambda: self.run("zaken.aanmaken"))
        self.paneel.zaak_resumed.connect(lambda: self.run("zaken.aanmaken_verder"))
        window.panel.put(self.paneel)
        self.zoeken = ZoekPresenter(seat, self.registry, self, self.tasks)
        self.overlay = ZoekOverlay(window, window.topbar.search, self.zoeken)
        self.paneel.emptied.connect(self.overlay.begin_anew)
        window.rail.chosen.connect(self._on_rail)
        window.topbar.account.clicked.connect(self.actions.account_menu)
        self.teller = Uitgaandteller(seat, window.topbar.outbox, self.actions.show_outbox)
        self.tabs.shown.connect(self._on_shown)
        self.tabs.failed.connect(self._on_failed)
        self.tabs.torn.connect(lambda _id, _is_torn: self.refresh_rail())
        self._disconnect = [
            seat.sessie_changed.connect(lambda _s: self.show_sessie()),
            seat.verbinding_changed.connect(window.topbar.connection.show_state),
            seat.contacten.activated.connect(self._on_activated),
            seat.contacten.returned.connect(lambda _: self.tabs.take_up()),
            seat.outbox.changed.connect(self._on_outbox),
            seat.bewaart_changed.connect(self._show_bewaart),
            # Here, so that the number is there before anybody opened the tab.
            seat.terugbelnotities.counted.connect(lambda aantal: self.set_badge(NOTES_TAB, aantal)),
            seat.terugbelnotities.nieuws.connect(lambda _nieuws: self.tell_news()),
        ]
        self._keeper = QTimer(self)
        self._keeper.setInterval(KEEP_STATE)
        self._keeper.timeout.connect(self._keep)
        self._keeper.start()
        window.topbar.connection.show_state(seat.verbinding)
        self.show_sessie()

    @property
    def klant(self) -> Klantverwijzing | None:
        """Asked anew each time: kept, it would outlive what is on screen and end up in another's contact."""
        return self.tabs.klant_in_sight

    @property
    def sessie(self) -> Sessie | None:
        return self.seat.sessie

    def show_sessie(self) -> None:
        """Tabs and rights follow the sign-in; not any more once closed, which the same signal may have done."""
        if self._is_closed:
            return
        self.window.topbar.show_sessie(self.sessie)
        registers = self.sessie is not None and self.sessie.mag("crm", Recht.WIJZIGEN)
        # Who registers no contacts has no place for one: the tab takes the room.
        self.window.strip.setVisible(registers)
        self.window.panel.setVisible(registers)
        self.refresh_rail()
        self._bind_shortcuts()
        if self.seat.bewaart:
            self._show_bewaart(self.seat.bewaart)

    def _show_bewaart(self, melding: str) -> None:
        """What the store says stays in sight as long as it holds."""
        if melding or self._is_bewaart_shown:
            self.window.notice.set_message("let_op", melding)
            self.window.notice.setVisible(bool(melding))
        self._is_bewaart_shown = bool(melding)

    def first_tab(self) -> None:
        """Show what the active contact was in, else the first tab of the role."""
        shown = [m.id for m in self.manifests]
        active = self.seat.contacten.active
        wanted = active.actieve_tab if active is not None else self.seat.contacten.kept_screen(_TAB)
        wanted = wanted if wanted in shown else next(iter(shown), "")
        if not wanted:
            self.tabs.show_nothing()
            return
        # A tab that kept how it stood shows that, which need not be the customer of the contact.
        has_kept = active is not None and bool(active.scherm.get(wanted))
        self.open_tab(wanted, active.klant if active is not None and not has_kept else None)

    @property
    def manifests(self) -> list[Manifest]:
        """Tabs that work and that this role may see, in rail order."""
        return [p.manifest for p in visible(self.plugins, self.sessie) if p.manifest is not None and not p.fout]

    def refresh_rail(self) -> None:
        items: list[RailItem] = []
        for place, plugin in enumerate(visible(self.plugins, self.sessie), start=1):
            id_ = plugin.manifest.id if plugin.manifest is not None else plugin.naam
            icon = plugin.manifest.icoon if plugin.manifest is not None else "plugin_fout"
            keys = f"Ctrl+{place}" if place < 10 else ""
            torn = self.tabs.is_torn(id_)
            items.append(RailItem(id_, plugin.titel, icon, keys, self._badges.get(id_, 0), plugin.fout, torn))
        self.window.rail.show_items(items, [RailItem("instellingen", "Instellingen", "beheer")])

    def open_tab(self, id: str, klant: Klantverwijzing | None = None) -> None:  # noqa: A002 -- the manifest's word
        manifest = next((m for m in self.manifests if m.id == id), None)
        if manifest is None:
            failed = next((p for p in self.plugins if p.fout and id in (p.naam, p.manifest and p.manifest.id)), None)
            if failed is not None:
                self.tabs.show_note(id, failed.titel, failed.fout)
            return
        tab = self.tabs.show(manifest)
        if klant is not None and tab is not None:
            self.tabs.show_klant(id, manifest.titel, klant)

    def open_zaak(self, zaak: Zaakverwijzing, klant: Klantverwijzing | None = None) -> None:
        self.open_tab("zaken", klant)
        self.tabs.show_zaak("zaken", zaak)

    def zaak_address(self, zaak: Zaakverwijzing) -> str:
        return zaak_address(self._zaaksysteem, zaak)

    def scan_folder(self) -> str:
        return self._scanmap

    def open_klant(self, klant: Klantverwijzing) -> None:
        """Show a customer; an active contact without a customer gets this one."""
        active = self.seat.contacten.active
        if active is not None and active.klant is None:
            self.seat.contacten.change(active.id, klant=klant)
        self.open_tab("klant", klant)

    def start_contact(
        self,
        klant: Klantverwijzing | None = None,
        kanaal: Kanaal | None = None,
        *,
        beller: str = "",
        digitale_adressen: tuple[DigitaalAdres, ...] = (),
    ) -> None:
        """From the search: with a customer found there, or only with the number or address that was typed."""
        if klant is not None and self.seat.contacten.active is None:
            self.open_tab("klant")  # what was in front is of somebody else, and would stay with this contact
        self.seat.contacten.start(kanaal, klant=klant, beller=beller, digitale_adressen=digitale_adressen)
        if klant is not None:
            self.open_tab("klant", klant)
        self.paneel.focus_note()  # what is typed next is what this customer asks

    def activate_contact(self, contact: str) -> None:
        self.seat.contacten.activate(contact)

    def choose_product(self, product: str) -> None:
        """Set the product of the active vraag as the panel does, which starts a contact where none is open."""
        self.paneel.presenter.choose_product(product)

    def make_zaak(self, zaaktype: str) -> None:
        """Begin a zaak of this type, with its form in sight."""
        klant = self.klant  # before another tab is in front
        self.open_tab("zaken")
        self.tabs.make_zaak("zaken", zaaktype, klant)

    def search_zaken(self, tekst: str) -> None:
        """Search the zaken for this number, on their own page."""
        self.open_tab("zaken")
        self.tabs.search_zaken("zaken", tekst)

    def toast(self, text: str, undo: Callable[[], object] | None = None) -> None:
        self.window.toasts.show(text, undo)

    def refuse(self, text: str) -> None:
        self.window.toasts.show(text, is_done=False)

    def tell_news(self) -> None:
        """What the guard over callback notes reminds of; it may name a customer, so not over a lock: it waits until
        that is gone."""
        if self._is_closed or self.window.is_covered:
            return
        if tekst := self.seat.terugbelnotities.take_news().tekst:
            self.window.toasts.tell(tekst)

    def report(self, error: BaseException) -> None:
        if isinstance(error, KcsError):
            self.window.notice.set_message("fout", error.message, uitleg=error.advice)
            self.window.notice.show()
            QTimer.singleShot(12_000, self.window.notice, self.window.notice.hide)
            return
        if self._report is None:
            self._report = ReportDialog(self.window)
        self._report.add(error)

    def resume(self) -> None:
        """After a start: the cursor in the field where it was, else in the note that was being written, if there is
        one. What holds the field may come a moment later."""
        active = self.seat.contacten.active
        plek = cursor.read(active.scherm.get(cursor.NAAM, "") if active is not None else self._kept_cursor())
        if active is not None and active.vraag.notitie:
            self.paneel.focus_note()
        if plek is not None:
            self._look_for(plek, cursor.stands(self.window.focusWidget()), time.monotonic() + RESUME)
        else:
            self._is_resumed = True

    def go_on(self) -> None:
        """After a start where somebody is at something else already: the cursor stays."""
        self._is_resumed = True

    def forget_field(self) -> None:
        """Who signs out left the work: the next sign-in begins where every task begins."""
        for contact in ("", *(c.id for c in self.seat.contacten.open)):
            self.seat.contacten.remember_screen(contact, cursor.NAAM, "")

    def _kept_cursor(self) -> str:
        return self.seat.contacten.kept_screen(cursor.NAAM)

    def _look_for(self, plek: cursor.Plek, before: cursor.Stand, until: float) -> None:
        """Until it is there, or somebody went on or typed, or it took too long. Under a lock it waits: what had the
        focus has it again after."""
        if self._is_closed:
            return
        if self.window.is_covered:
            until = time.monotonic() + RESUME
        else:
            is_untouched = cursor.stands(self.window.focusWidget()) == before
            field = cursor.find(plek, self._fields_of()) if is_untouched else None
            if field is not None:
                cursor.put(field, plek)
            if field is not None or not is_untouched or time.monotonic() > until:
                self._is_resumed = True
                return
        QTimer.singleShot(LOOK_AGAIN, self, lambda: self._look_for(plek, before, until))

    def _fields_of(self) -> dict[str, QWidget]:
        return {"paneel": self.paneel, **{id_: tab.widget for id_, tab in self.tabs.loaded.items()}}

    def focus_search(self, text: str = "") -> None:
        self.overlay.open(text)

    def run(self, command_id: str) -> bool:
        command = self.registry.get(command_id)
        if command is None or self.window.is_covered:
            return False
        if reden := refusal(command, self.seat):
            if command.verbinding:
                self.refuse(f"{command.titel}: {reden[0].lower()}{reden[1:]}")
            return False
        try:
            if command.doet.startswith(PREFIX):
                getattr(self.actions, command.doet.removeprefix(PREFIX))()
            else:
                resolve(command.doet)(self.context)
        except Exception as error:  # noqa: BLE001 -- code of others: the employee sees what went wrong
            self.report(error)
        return True

    def listen(self, *, is_listening: bool) -> None:
        """Whether this window's shortcuts work; two windows in one process must not share them."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(is_listening)

    def tear_off(self, id: str) -> None:  # noqa: A002 -- the manifest's word
        manifest = next((m for m in self.manifests if m.id == id), None)
        if manifest is not None:
            self.tabs.tear_off(manifest)

    def set_badge(self, id: str, aantal: int) -> None:  # noqa: A002 -- the manifest's word
        self._badges[id] = aantal
        self.refresh_rail()

    def close(self) -> None:
        """Keep what tabs want to keep, and let go of everything; once."""
        if self._is_closed:
            return
        self._keep()
        self._keeper.stop()
        for disconnect in self._disconnect:
            disconnect()
        # Left on the window they would share every key with the next employee's, and a shared key does nothing.
        self._release_shortcuts()
        self._is_closed = True
        self.overlay.release()
        self.window.toasts.clear()  # it may name a customer, and its undo is not for the next
        self.teller.close()
        self.window.topbar.account.clicked.disconnect(self.actions.account_menu)
        self.window.topbar.search.line.clear()  # the name or number asked for is not for the next at this window
        self.side.shut()
        self.side.deleteLater()
        self.strook.close_strip()
        self.paneel.close_panel()
        # The window is the next employee's: nothing of this one stays in it, in sight or not.
        self.window.strip.clear()
        self.window.panel.clear()
        self.window.topbar.show_sessie(None)
        self.tabs.close()
        self.tasks.cancel()

    def _on_registered(self, titel: str, opdracht: str) -> None:
        """The next task begins in the search field; a second Enter there does nothing, on a button it would."""
        self.overlay.begin_anew()
        words = f"Contact met {unbroken_numbers(titel)}"
        if self.seat.verbinding is Verbinding.VERBONDEN:
            toast = self.window.toasts.show(f"{words} wordt geregistreerd", is_done=False)
            self._registering = (opdracht, toast, f"{words} is geregistreerd")
        else:
            self.toast("Bewaard. Wordt verstuurd zodra er verbinding is.")

    def _on_outbox(self, rij: Wachtrij) -> None:
        """What is being registered has arrived: said in place of that it goes, where that is still in sight."""
        if self._registering is None or rij.opdracht.id != self._registering[0] or rij.stand in _UNDER_WAY:
            return
        _opdracht, toast, done = self._registering
        self._registering = None
        if rij.stand is Wachtstand.GESLAAGD and self.window.toasts.shown is toast:
            self.toast(done)

    def _on_rail(self, id_: str) -> None:
        if id_ == "instellingen":
            self.actions.show_settings()
        else:
            self.open_tab(id_)

    def _on_shown(self, id_: str) -> None:
        self.window.rail.set_active(id_)
        active = self.seat.contacten.active
        if active is None:
            self.seat.contacten.remember_screen("", _TAB, id_)
        elif active.actieve_tab != id_:
            self.seat.contacten.change(active.id, actieve_tab=id_)

    def _on_failed(self, id_: str, reden: str) -> None:
        self.registry.unregister(id_)
        self.plugins = tuple(
            msgspec.structs.replace(p, fout=reden) if p.manifest is not None and p.manifest.id == id_ else p
            for p in self.plugins
        )
        self.refresh_rail()
        self._bind_shortcuts()

    def _on_activated(self, contact: Contact | None) -> None:
        self._keep_for(self._previous)
        self._previous = contact
        self.tabs.contact_activated(contact, {m.id: m.titel for m in self.manifests})
        if contact is None:
            return
        if not contact.actieve_tab:  # it began here
            self.seat.contacten.change(contact.id, actieve_tab=self.tabs.current)
        elif contact.actieve_tab != self.tabs.current:
            self.open_tab(contact.actieve_tab)

    def _keep(self) -> None:
        self._keep_for(self.seat.contacten.active)

    def _keep_for(self, contact: Contact | None) -> None:
        current = next((c for c in self.seat.contacten.open if contact is not None and c.id == contact.id), None)
        if contact is not None and current is None:
            return  # finished or cancelled: nothing of it is kept any more
        for id_, state in self.tabs.states().items():
            if state and (current is None or current.scherm.get(id_) != state):
                self.seat.contacten.remember_screen(current.id if current is not None else "", id_, state)
        if self._is_resumed and not self.window.is_covered:
            place = cursor.write(cursor.place_of(self.window.focusWidget(), self._fields_of()))
            kept = current.scherm.get(cursor.NAAM, "") if current is not None else self._kept_cursor()
            if place != kept:
                self.seat.contacten.remember_screen(current.id if current is not None else "", cursor.NAAM, place)

    def _release_shortcuts(self) -> None:
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts = []

    def _bind_shortcuts(self) -> None:
        self._release_shortcuts()
        for command in self.registry.all:
            if command.sneltoets:
                self._bind(command.sneltoets, partial(self.run, command.id), repeats=command.herhaalt)
        for place, manifest in enumerate(self.manifests[:9], start=1):
            self._bind(f"Ctrl+{place}", partial(self.open_tab, manifest.id))

    def _bind(self, keys: str, action: Callable[[], object], *, repeats: bool = False) -> None:
        shortcut = QShortcut(QKeySequence(keys), self.window)
        shortcut.setAutoRepeat(repeats)
        shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        shortcut.activated.connect(action)
        self._shortcuts.append(shortcut)
