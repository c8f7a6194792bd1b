"""Tabs of plugins that are made up for the tests of the frame."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kcs_desktop.sdk import Contact, Klantverwijzing
from ui.context import TabContext
from ui.manifest import Command, Manifest
from ui.plugins import Plugin

BROKEN = Plugin(
    "stuk", Manifest("stuk", "Stuk", "document", (), 1, "geen.module:tab", (Command("stuk.a", "Stuk", "m:f"),))
)

PAGED = Plugin(
    "bladen",
    Manifest(
        "bladen",
        "Bladen",
        "document",
        (),
        2,
        f"{__name__}:PagedTab",
        (Command("bladen.kan", "Dit kan", "m:f", "Alt+F9"), Command("bladen.niet", "Dit niet", "m:f", "Alt+F11")),
    ),
)


class PagedTab:
    """A tab on whose present page one of its commands works."""

    def __init__(self, context: TabContext) -> None:
        self.widget = QWidget()
        self.toestand = ""

    def works_here(self, command: str) -> bool:
        return command == "bladen.kan"

    def show_klant(self, klant: Klantverwijzing) -> None: ...

    def contact_activated(self, contact: Contact | None) -> None: ...

    def state(self) -> str:
        return self.toestand

    def restore(self, state: str) -> None:
        self.toestand = state

    def close(self) -> None: ...


SHOWING = Plugin("wie", Manifest("wie", "Wie", "klant", (), 3, f"{__name__}:ShowingTab", ()))
KLANT = Plugin("klant", Manifest("klant", "Klant", "klant", (), 4, f"{__name__}:ShowingTab", ()))


class ShowingTab(PagedTab):
    """A tab that shows a customer."""

    klant_in_sight: Klantverwijzing | None = None

    def show_klant(self, klant: Klantverwijzing) -> None:
        self.klant_in_sight = klant
