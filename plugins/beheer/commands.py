"""What the commands of the Audit tab do. Each brings the tab into sight first."""

from __future__ import annotations

from plugins.beheer.view import tab_of
from ui.sdk import TabContext


def ask(context: TabContext) -> None:
    context.frame.open_tab("audit")
    if (tab := tab_of(context)) is not None:
        tab.focus_first()


def more(context: TabContext) -> None:
    context.frame.open_tab("audit")
    if (tab := tab_of(context)) is not None:
        tab.more()
