"""The tabs: loaded on first show, kept, torn off and taken back; one that fails is switched off, in sight.

Must not know what any tab does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from kcs_desktop.sdk import Contact, Klantverwijzing, Zaakverwijzing, typed_in
from ui.context import Tab, TabContext
from ui.frame.tear_off import TornWindow
from ui.manifest import Manifest
from ui.plugins import resolve
from ui.widgets.card import Card
from ui.widgets.state_list import StateList

_NOTHING = "geen tabblad"


class TabHost(QObject):
    """`shown` carries the id of the tab that is on screen; `failed` the id and the reason of one switched off."""

    shown = Signal(str)
    failed = Signal(str, str)
    torn = Signal(str, bool)

    def __init__(self, pages: QStackedWidget, context: TabContext) -> None:
        super().__init__(pages)
        self._pages = pages
        self._context = context
        self._tabs: dict[str, Tab] = {}
        self._notes: dict[str, QWidget] = {}
        self._windows: dict[str, TornWindow] = {}
        self._current = ""

    @property
    def current(self) -> str:
        return self._current

    @property
    def loaded(self) -> dict[str, Tab]:
        """Tabs whose code runs, by id."""
        return dict(self._tabs)

    def show(self, manifest: Manifest) -> Tab | None:
        """Bring a tab to the screen, loading it where needed; None when it fails or failed before."""
        tab = self._tabs.get(manifest.id)
        if tab is None and manifest.id not in self._notes:
            tab = self._load(manifest)
        if (window := self._windows.get(manifest.id)) is not None:
            window.raise_()
            window.activateWindow()
            return tab
        self._pages.setCurrentWidget(tab.widget if tab is not None else self._notes[manifest.id])
        self._current = manifest.id
        self.shown.emit(manifest.id)
        return tab

    def show_note(self, id_: str, titel: str, reden: str) -> None:
        """The place of a plugin that is switched off: what happened, and that the rest works on."""
        if id_ not in self._notes:
            self._note(id_, titel, reden)
        self._pages.setCurrentWidget(self._notes[id_])
        self._current = id_
        self.shown.emit(id_)

    def show_nothing(self) -> None:
        """No tab for this role: say so, instead of leaving what stood there before anybody signed in."""
        if _NOTHING not in self._notes:
            card = Card("KCS Desktop")
            place = StateList("Geen tabbladen")
            card.body.addWidget(place)
            place.show_empty(
                "Voor uw rol is hier nog geen tabblad",
                "Meld u aan in een andere rol, of vraag uw functioneel beheerder. Ctrl K toont wat u wel kunt doen.",
            )
            self._notes[_NOTHING] = card
            self._pages.addWidget(card)
        self._pages.setCurrentWidget(self._notes[_NOTHING])
        self._current = ""

    def guard(self, id_: str, titel: str, action: Callable[[Tab], object]) -> None:
        """Call into a loaded tab; whatever it raises switches off that tab alone."""
        tab = self._tabs.get(id_)
        if tab is None:
            return
        try:
            action(tab)
        except Exception as error:  # noqa: BLE001 -- code of others: a tab that fails must not take the window along
            self.switch_off(id_, titel, f"{type(error).__name__}: {error}")

    def contact_activated(self, contact: Contact | None, titels: dict[str, str]) -> None:
        """Tell every loaded tab, then give each back what it kept for this contact."""
        for id_ in tuple(self._tabs):
            self.guard(id_, titels.get(id_, id_), lambda tab: tab.contact_activated(contact))
            if contact is not None:
                self._stand_again(id_, titels.get(id_, id_), contact)

    def show_klant(self, id_: str, titel: str, klant: Klantverwijzing) -> None:
        self.guard(id_, titel, lambda tab: tab.show_klant(klant))

    def show_zaak(self, id_: str, zaak: Zaakverwijzing) -> None:
        """In a tab that can show one."""

        def show(tab: Tab) -> None:
            if (shows := getattr(tab, "show_zaak", None)) is not None:
                shows(zaak)

        self.guard(id_, id_, show)

    def make_zaak(self, id_: str, zaaktype: str, klant: Klantverwijzing | None) -> None:
        """In a tab that can make one; for this customer where there is no contact yet."""

        def make(tab: Tab) -> None:
            if (makes := getattr(tab, "make_zaak", None)) is not None:
                makes(zaaktype, klant)

        self.guard(id_, id_, make)

    def search_zaken(self, id_: str, tekst: str) -> None:
        """In a tab that can search them."""

        def search(tab: Tab) -> None:
            if (searches := getattr(tab, "search_zaken", None)) is not None:
                searches(tekst)

        self.guard(id_, id_, search)

    @property
    def klant_in_sight(self) -> Klantverwijzing | None:
        """Whom the tab in front shows, else a tab in a window of its own."""
        for id_ in dict.fromkeys((self._current, *self._windows)):
            window = self._windows.get(id_)
            if window is not None and window.isMinimized():
                continue
            found: list[Klantverwijzing | None] = []
            self.guard(id_, id_, partial(_whom, found))
            if found and found[0] is not None:
                return found[0]
        return None

    def states(self) -> dict[str, str]:
        """What every loaded tab wants to keep."""
        result: dict[str, str] = {}
        for id_ in tuple(self._tabs):
            self.guard(id_, id_, partial(_collect, result, id_))
        return result

    def tear_off(self, manifest: Manifest) -> None:
        """Into a window of its own; back when it is there already."""
        if (window := self._windows.get(manifest.id)) is not None:
            window.close()
            return
        tab = self._tabs.get(manifest.id)
        if tab is None:
            return
        self._pages.removeWidget(tab.widget)
        window = TornWindow(manifest.titel, tab.widget)
        window.returned.connect(lambda: self._take_back(manifest.id))
        self._windows[manifest.id] = window
        window.show()
        self.torn.emit(manifest.id, self._windows.get(manifest.id) is not None)

    def is_torn(self, id_: str) -> bool:
        return id_ in self._windows

    def switch_off(self, id_: str, titel: str, reden: str) -> None:
        """Close a tab for this run and say so in its place."""
        tab = self._tabs.pop(id_, None)
        if (window := self._windows.pop(id_, None)) is not None:
            window.give_up()
        if id_ not in self._notes:
            self._note(id_, titel, reden)
        if tab is not None:
            self._discard(tab)
        if self._current == id_:
            self._pages.setCurrentWidget(self._notes[id_])
        self.failed.emit(id_, reden)

    def close(self) -> None:
        """Close every tab; at sign-out and at the end."""
        for window in self._windows.values():
            window.give_up()
        self._windows.clear()
        for tab in self._tabs.values():
            self._discard(tab)
        for note in self._notes.values():
            self._pages.removeWidget(note)
            note.deleteLater()
        self._tabs.clear()
        self._notes.clear()
        self._current = ""
        self.deleteLater()  # its parent is the window's, and stays

    def _load(self, manifest: Manifest) -> Tab | None:
        try:
            tab: Tab = resolve(manifest.tab)(self._context)
            self._pages.addWidget(tab.widget)
        except Exception as error:  # noqa: BLE001 -- code of others: a tab that fails must not take the window along
            self.switch_off(manifest.id, manifest.titel, f"{type(error).__name__}: {error}")
            return None
        self._tabs[manifest.id] = tab
        active = self._context.seat.contacten.active
        self.guard(manifest.id, manifest.titel, lambda t: t.contact_activated(active))
        self._stand_again(manifest.id, manifest.titel, active)
        return self._tabs.get(manifest.id)

    def take_up(self) -> None:
        """A store that could not be read is back: a tab in which nothing was typed since stands as it stood there."""
        if self._context.seat.contacten.active is not None:
            return  # what stands without a contact comes once there is none
        now = self.states()
        for id_ in tuple(self._tabs):
            kept = self._context.seat.contacten.kept_screen(id_)
            if typed_in({id_: kept}) and not typed_in({id_: now.get(id_, "")}):
                self._stand_again(id_, id_, None)

    def _stand_again(self, id_: str, titel: str, contact: Contact | None) -> None:
        """Give a tab back what it kept for this contact, or for while there is none."""
        kept = contact.scherm.get(id_, "") if contact is not None else self._context.seat.contacten.kept_screen(id_)
        if kept:
            self.guard(id_, titel, partial(_restore, kept))

    def _note(self, id_: str, titel: str, reden: str) -> None:
        card = Card(titel)
        place = StateList(titel)
        card.body.addWidget(place)
        place.show_error(
            f"{titel} is uitgeschakeld door een fout",
            f"De rest van het venster werkt gewoon door. Meld dit bij uw beheerder: {reden}",
            action="",
        )
        self._notes[id_] = card
        self._pages.addWidget(card)

    def _take_back(self, id_: str) -> None:
        window = self._windows.pop(id_, None)
        tab = self._tabs.get(id_)
        if window is None or tab is None:
            return
        window.give_up()
        self._pages.addWidget(tab.widget)
        if self._current == id_:
            self._pages.setCurrentWidget(tab.widget)
        self.torn.emit(id_, self._windows.get(id_) is not None)

    def _discard(self, tab: Tab) -> None:
        try:
            tab.close()
        except Exception as error:  # noqa: BLE001 -- code of others; the tab goes either way
            self.failed.emit("", f"{type(error).__name__}: {error}")
        self._pages.removeWidget(tab.widget)
        tab.widget.hide()
        tab.widget.deleteLater()


def _restore(kept: str, tab: Tab) -> None:
    tab.restore(kept)


def _whom(found: list[Klantverwijzing | None], tab: Tab) -> None:
    found.append(getattr(tab, "klant_in_sight", None))


def _collect(result: dict[str, str], id_: str, tab: Tab) -> None:
    result[id_] = tab.state()
