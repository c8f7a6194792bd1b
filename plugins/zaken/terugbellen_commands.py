"""What the commands about callback notes do: on the note in sight, or to bring the page into sight."""

from __future__ import annotations

from plugins.zaken.view import tab_of
from ui.sdk import TabContext


def lists(context: TabContext) -> None:
    context.frame.open_tab("zaken")
    tab = tab_of(context)
    page = tab.show_notes() if tab is not None else None
    if page is not None:
        page.focus_first()


def oppakken(context: TabContext) -> None:
    _act(context, "oppakken")


def poging(context: TabContext) -> None:
    _act(context, "poging")


def afhandelen(context: TabContext) -> None:
    _act(context, "afhandelen")


def verzetten(context: TabContext) -> None:
    _act(context, "verzetten")


def doorzetten(context: TabContext) -> None:
    _act(context, "doorzetten")


def teruggeven(context: TabContext) -> None:
    _act(context, "teruggeven")


def _act(context: TabContext, wat: str) -> None:
    context.frame.open_tab("zaken")
    tab = tab_of(context)
    page = tab.show_notes() if tab is not None else None
    if page is not None:
        page.act(wat)
