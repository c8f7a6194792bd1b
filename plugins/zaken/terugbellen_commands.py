"""What the commands about callback notes do: on the note in sight, or to bring the page into sight."""

from __future__ import annotations

from plugins.zaken.view import TERUGBELLEN, tab_of
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
    """On a note that nobody sees nothing is done: the page is brought into sight, and the key asks again."""
    before = tab_of(context)
    was_in_sight = before is not None and before.current == TERUGBELLEN and before.widget.isVisible()
    context.frame.open_tab("zaken")
    tab = tab_of(context)
    page = tab.show_notes() if tab is not None else None
    if page is None:
        return
    if was_in_sight:
        page.act(wat)
    else:
        page.focus_first()
