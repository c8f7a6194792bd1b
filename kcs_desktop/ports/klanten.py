"""Customers: finding them, their picture, keeping them at hand, and who else is at one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from kcs_desktop.domain.klant import Klantbeeld, KlantSleutel, Klantverwijzing
from kcs_desktop.domain.meekijker import Meekijker
from kcs_desktop.domain.opdracht import KlantRegistreren, KlantWijzigen, Opdracht
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.zoeken import Zoekresultaat, Zoekvraag


class Watch(Protocol):
    """A held subscription."""

    def close(self) -> None: ...


class Zoeken(Protocol):
    """Find a customer by anything."""

    def recognise(self, text: str) -> Zoekvraag:
        """What was typed; pure and fast, for the line under the field."""
        ...

    def while_typing(self, text: str) -> AsyncIterator[Zoekresultaat]:
        """Results from the seat's own store and the backend's CRM index only; one item per answering source."""
        ...

    def on_enter(self, text: str) -> AsyncIterator[Zoekresultaat]:
        """The same, and BRP and KvK where the question is complete and the role may; each source at its own speed."""
        ...

    def retry(self, text: str, bron: str) -> AsyncIterator[Zoekresultaat]:
        """Ask one source again."""
        ...


class Klanten(Protocol):
    """The customer picture and changes to it."""

    changed: Signal[
        Klantbeeld
    ]  # a shown picture got new parts: a source answered, a colleague changed, a command waits

    def recent(self) -> Sequence[Klantbeeld]:
        """The last opened customers of this employee, from the encrypted store, newest first."""
        ...

    def known(self, klant: Klantverwijzing) -> Klantbeeld | None:
        """The picture that is in memory, to be drawn at once; None where nothing of it was read yet."""

    def open(self, klant: Klantverwijzing) -> AsyncIterator[Klantbeeld]:
        """The picture from the cache at once if there is one, then again with every part that arrives.

        Ends when every source answered or failed. Live changes come through `changed` while `watch` is held.
        """
        ...

    def watch(self, klant: Klantverwijzing) -> Watch:
        """Keep this customer live until the returned watch is closed."""
        ...

    async def more_contacten(self, klant: Klantverwijzing) -> Klantbeeld:
        """The picture with the next page of contacts."""
        ...

    def change(self, wijziging: KlantWijzigen) -> Opdracht:
        """Queue a change; it shows as pending until the register confirmed it."""
        ...

    def register(self, registratie: KlantRegistreren) -> Opdracht:
        """Queue a customer unknown to the registers."""
        ...


class Vastgezet(Protocol):
    """Customers that this employee keeps at hand, to be read without a connection too."""

    changed: Signal[KlantSleutel]

    def holds(self, klant: Klantverwijzing) -> bool: ...

    def pin(self, klant: Klantverwijzing, *, vastgezet: bool) -> None:
        """Keep this customer longer and fresh, or no longer."""
        ...


class Meekijkers(Protocol):
    """Colleagues who are at the same customer at this moment. Nothing of it is kept."""

    changed: Signal[KlantSleutel]  # who is at this customer, or what they do there

    def of(self, klant: Klantverwijzing) -> tuple[Meekijker, ...]:
        """Who else is at this customer; nobody where it was not joined."""
        ...

    def join(self, klant: Klantverwijzing) -> Watch:
        """This customer is on screen here, until the returned watch is closed."""
        ...

    def typing(self, klant: Klantverwijzing) -> None:
        """Something is typed about this customer; typing in a contact is noticed by itself."""
        ...
