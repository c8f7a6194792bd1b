"""The protocols between the frame and a tab: what a tab gets, and what it must offer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from kcs_desktop.sdk import Contact, Klantverwijzing, Seat, Zaakverwijzing
from ui.theme.theme import Theme


class Frame(Protocol):
    """What a tab may ask of the window around it."""

    @property
    def klant(self) -> Klantverwijzing | None:
        """The customer now in sight: a contact that begins is with this one, without one it is anonymous."""
        ...

    def open_tab(self, id: str, klant: Klantverwijzing | None = None) -> None:  # noqa: A002 -- the manifest's word
        """Show a tab; with a customer, that customer in it."""
        ...

    def open_zaak(self, zaak: Zaakverwijzing, klant: Klantverwijzing | None = None) -> None:
        """Show a zaak in the Zaken tab; the list beside it holds the zaken of `klant`."""
        ...

    def zaak_address(self, zaak: Zaakverwijzing) -> str:
        """Where the municipality's own zaaksysteem shows this zaak; "" where that is not set."""
        ...

    def scan_folder(self) -> str:
        """The folder that a scanner writes to; "" where that is not set."""
        ...

    def toast(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Say that something succeeded; errors go to `report`."""
        ...

    def refuse(self, text: str) -> None:
        """Say why nothing was done: what must be done first, or what this role may not. No error, and no success."""
        ...

    def report(self, error: BaseException) -> None:
        """Show an error where it belongs: the employee's and retryable ones as a banner, a bug as a report."""
        ...

    def focus_search(self, text: str = "") -> None: ...

    def run(self, command_id: str) -> bool:
        """Run a command; False when it does not exist or may not run now."""
        ...

    def tear_off(self, id: str) -> None:  # noqa: A002 -- the manifest's word
        """Give a tab a window of its own, or take it back."""
        ...

    def set_badge(self, id: str, aantal: int) -> None:  # noqa: A002 -- the manifest's word
        """The number at a tab that needs attention; 0 takes it away."""
        ...


class Tab(Protocol):
    """One tab, made by its manifest's `tab` function. Methods are called on the GUI thread and return at once.

    A tab of several pages may also have `works_here(command: str) -> bool`: the list of keys then holds what its
    present page can do. One that shows a customer has a property `klant_in_sight`, whom it shows now or None: asked
    while the tab is in sight, it becomes the customer of a contact that begins.
    """

    @property
    def widget(self) -> QWidget: ...

    def show_klant(self, klant: Klantverwijzing) -> None: ...

    def contact_activated(self, contact: Contact | None) -> None:
        """Another contact became the active one; `restore` follows when this tab kept something for it."""
        ...

    def state(self) -> str:
        """What `restore` needs to bring this tab back as it is; kept with the contact."""
        ...

    def restore(self, state: str) -> None: ...

    def close(self) -> None:
        """Cancel tasks and subscriptions; the widget is deleted after."""
        ...


@dataclass(frozen=True)
class TabContext:
    """Everything a tab gets."""

    seat: Seat
    frame: Frame
    theme: Theme
