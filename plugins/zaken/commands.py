"""What the commands of the Zaken tab do. Each brings the tab into sight first, and finds it by its context."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from plugins.zaken.aanmaken_pagina import Aanmaakpagina
from plugins.zaken.eformulieren_pagina import Eformulierenpagina
from plugins.zaken.view import ZakenTab, tab_of
from plugins.zaken.zaken_pagina import Zakenpagina
from ui.sdk import TabContext


def _with_tab(context: TabContext, action: Callable[[ZakenTab], object]) -> None:
    context.frame.open_tab("zaken")
    tab = tab_of(context)
    if tab is not None:
        action(tab)


def _with_zaken(context: TabContext, action: Callable[[Zakenpagina], object]) -> None:
    _with_tab(context, lambda tab: action(tab.show_zaken()))


def _with_page(context: TabContext, action: Literal["attach", "refresh"]) -> None:
    """On the page of e-formulieren where that is in sight, else on that of zaken."""

    def do(tab: ZakenTab) -> None:
        page = tab.page(tab.current)
        target = page if isinstance(page, Eformulierenpagina) else tab.show_zaken()
        if action == "attach":
            target.attach()
        else:
            target.refresh()

    _with_tab(context, do)


def search(context: TabContext) -> None:
    _with_zaken(context, Zakenpagina.focus_search)


def of_customer(context: TabContext) -> None:
    klant = context.frame.klant  # before this tab is in front
    _with_zaken(context, lambda page: page.show_of_contact(klant))


def attach(context: TabContext) -> None:
    _with_page(context, "attach")


def copy_number(context: TabContext) -> None:
    _with_zaken(context, Zakenpagina.copy_number)


def open_elsewhere(context: TabContext) -> None:
    _with_zaken(context, Zakenpagina.open_elsewhere)


def add_document(context: TabContext) -> None:
    _with_tab(context, lambda tab: _page_with_documents(tab).add_document())


def paste_document(context: TabContext) -> None:
    _with_tab(context, lambda tab: _page_with_documents(tab).paste_document())


def _page_with_documents(tab: ZakenTab) -> Zakenpagina | Aanmaakpagina:
    """That of the zaak that is being made where that is in sight, else that of zaken."""
    page = tab.page(tab.current)
    return page if isinstance(page, Aanmaakpagina) else tab.show_zaken()


def refresh(context: TabContext) -> None:
    _with_page(context, "refresh")


def next_page(context: TabContext) -> None:
    _with_tab(context, lambda tab: tab.step(1))


def previous_page(context: TabContext) -> None:
    _with_tab(context, lambda tab: tab.step(-1))
