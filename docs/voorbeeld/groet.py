"""A whole plugin: a tab that says whom the employee is helping, and a command for it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kcs_desktop.sdk import Contact, Klantverwijzing
from ui.sdk import Card, Command, Label, Manifest, TabContext


class GroetTab:
    def __init__(self, context: TabContext) -> None:
        self._label = Label("", "titel")
        card = Card("Groet")
        card.body.addWidget(self._label)
        self.widget: QWidget = card
        self.contact_activated(context.seat.contacten.active)

    def show_klant(self, klant: Klantverwijzing) -> None:
        self._label.setText(f"Dag {klant.naam}")

    def contact_activated(self, contact: Contact | None) -> None:
        self._label.setText(f"Dag {contact.titel}" if contact else "Niemand om te groeten")

    def state(self) -> str:
        return ""

    def restore(self, state: str) -> None:
        """Nothing to bring back."""

    def close(self) -> None:
        """Nothing to let go of."""


def greet(context: TabContext) -> None:
    context.frame.toast("Goedendag")


MANIFEST = Manifest(
    id="groet",
    titel="Groet",
    icoon="klant",
    functies=("crm",),
    volgorde=900,
    tab="groet:GroetTab",
    commands=(Command(id="groet.groeten", titel="Groeten", doet="groet:greet", sneltoets="Ctrl+Alt+G"),),
)
