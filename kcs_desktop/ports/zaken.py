"""Zaken: how one stands, and finding them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Protocol

from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.domain.zaakbeeld import Zaakbeeld, Zaakpagina, Zaaktreffers, Zaakvraag
from kcs_desktop.domain.zaaktype import Statustype, Zaaktype
from kcs_desktop.ports.klanten import Watch

PAGE_ROWS = 256  # zaken on a page of a list


class Zaken(Protocol):
    """The zaken of a customer are part of its picture; these are the ones that are opened or looked for."""

    changed: Signal[Zaakbeeld]  # a zaak that is watched got new parts, by a colleague or the register

    def known(self, uuid: str) -> Zaakbeeld | None:
        """What is in memory of this zaak, to be drawn at once; None where nothing of it was read yet."""
        ...

    def open(self, zaak: Zaakverwijzing) -> AsyncIterator[Zaakbeeld]:
        """The zaak from the cache at once if it is there, then again with every part that arrives.

        Ends when every source answered or failed. Live changes come through `changed` while `watch` is held.
        """
        ...

    def watch(self, uuid: str) -> Watch:
        """Keep this zaak live until the returned watch is closed. Several may be held side by side."""
        ...

    async def types(self) -> Sequence[Zaaktype]:
        """The zaaktypen of now, by name; read once per sign-in. Raises KcsError."""
        ...

    async def steps(self, zaaktype: Zaaktype) -> Sequence[Statustype]:
        """What a zaak of this type goes through, in order; read once per sign-in. Raises KcsError."""
        ...

    def find(self, nummer: str) -> AsyncIterator[Zaaktreffers]:
        """Zaken with this part of a number, while it is typed: of this seat's store, then of the register."""
        ...

    async def search(self, vraag: Zaakvraag, pagina: int = 1) -> Zaakpagina:
        """A page of `PAGE_ROWS` zaken, latest first. Pages count from 1."""
        ...
