"""What the tab asks of a page of it. Pages are made by `view.PAGINAS`, each at its first show."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QWidget

from kcs_desktop.sdk import Contact, Klantverwijzing


class Pagina(Protocol):
    """Methods are called on the GUI thread and return at once."""

    @property
    def widget(self) -> QWidget: ...

    @property
    def klant_in_sight(self) -> Klantverwijzing | None:
        """The customer of a contact that begins on this page."""
        ...

    def show_klant(self, klant: Klantverwijzing) -> None: ...

    def contact_activated(self, contact: Contact | None) -> None: ...

    def state(self) -> str:
        """What `restore` needs to bring this page back as it is."""
        ...

    def restore(self, state: str) -> None: ...

    def focus_first(self) -> None: ...

    def works_here(self, command: str) -> bool: ...

    def close(self) -> None: ...
