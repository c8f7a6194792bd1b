"""What the command about e-formulieren does: bring the page into sight."""

from __future__ import annotations

from plugins.zaken.view import tab_of
from ui.sdk import TabContext


def show(context: TabContext) -> None:
    context.frame.open_tab("zaken")
    tab = tab_of(context)
    page = tab.show_eformulieren() if tab is not None else None
    if page is not None:
        page.focus_first()
