"""What the commands of the Klant tab do. Each brings the tab into sight first, and finds it by its context."""

from __future__ import annotations

from collections.abc import Callable

from kcs_desktop.sdk import SoortKlant
from plugins.klant.view import KlantTab, tab_of
from ui.sdk import TabContext


def _with_tab(context: TabContext, action: Callable[[KlantTab], object]) -> None:
    context.frame.open_tab("klant")
    tab = tab_of(context)
    if tab is not None:
        action(tab)


def start_contact(context: TabContext) -> None:
    _with_tab(context, KlantTab.start_contact)


def attach(context: TabContext) -> None:
    _with_tab(context, KlantTab.attach)


def edit(context: TabContext) -> None:
    _with_tab(context, KlantTab.edit)


def copy_phone(context: TabContext) -> None:
    _with_tab(context, KlantTab.copy_phone)


def namens(context: TabContext) -> None:
    _with_tab(context, KlantTab.focus_namens)


def refresh(context: TabContext) -> None:
    _with_tab(context, KlantTab.refresh)


def more(context: TabContext) -> None:
    _with_tab(context, KlantTab.more)


def pin(context: TabContext) -> None:
    _with_tab(context, KlantTab.pin)


def next_row(context: TabContext) -> None:
    _with_tab(context, lambda tab: tab.step(1))


def previous_row(context: TabContext) -> None:
    _with_tab(context, lambda tab: tab.step(-1))


def recent(context: TabContext) -> None:
    _with_tab(context, KlantTab.show_recent)


def register_person(context: TabContext) -> None:
    _with_tab(context, lambda tab: tab.register(SoortKlant.PERSOON))


def register_company(context: TabContext) -> None:
    _with_tab(context, lambda tab: tab.register(SoortKlant.ORGANISATIE))


def register_contact_person(context: TabContext) -> None:
    _with_tab(context, lambda tab: tab.register(SoortKlant.CONTACTPERSOON))
