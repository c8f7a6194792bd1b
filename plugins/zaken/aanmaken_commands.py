"""What the commands about making a zaak do: the page comes into sight first."""

from __future__ import annotations

from plugins.zaken.aanmaken_pagina import Aanmaakpagina
from plugins.zaken.view import AANMAKEN, tab_of
from ui.sdk import TabContext, holds_focus


def begin(context: TabContext) -> None:
    was_in_hand, klant = _is_in_hand(context), context.frame.klant  # before this page is in front
    page = _page(context)
    if page is not None:
        page.begin_for(klant)
        page.begin(came_back=not was_in_hand)


def show(context: TabContext) -> None:
    page = _page(context)
    if page is not None:
        page.show_latest()


def _is_in_hand(context: TabContext) -> bool:
    """In sight, and the cursor is not in the contact panel beside it."""
    tab = tab_of(context)
    page = tab.page(AANMAKEN) if tab is not None else None
    return tab is not None and page is not None and page.widget.isVisible() and holds_focus(tab.widget)


def _page(context: TabContext) -> Aanmaakpagina | None:
    context.frame.open_tab("zaken")
    tab = tab_of(context)
    return tab.show_making() if tab is not None else None
