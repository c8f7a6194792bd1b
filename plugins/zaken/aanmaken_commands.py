"""What the commands about making a zaak do: the page comes into sight first."""

from __future__ import annotations

from plugins.zaken.aanmaken_pagina import Aanmaakpagina
from plugins.zaken.view import AANMAKEN, tab_of
from ui.sdk import TabContext


def begin(context: TabContext) -> None:
    was_in_sight, klant = _is_in_sight(context), context.frame.klant  # before this page is in front
    page = _page(context)
    if page is not None:
        page.begin_for(klant)
        page.begin(came_back=not was_in_sight)


def show(context: TabContext) -> None:
    page = _page(context)
    if page is not None:
        page.show_latest()


def _is_in_sight(context: TabContext) -> bool:
    tab = tab_of(context)
    page = tab.page(AANMAKEN) if tab is not None else None
    return page is not None and page.widget.isVisible()


def _page(context: TabContext) -> Aanmaakpagina | None:
    context.frame.open_tab("zaken")
    tab = tab_of(context)
    return tab.show_making() if tab is not None else None
