"""What a seat says that it shows, and what may travel to it with a change of that: told apart from the feed itself.

A telling is fleeting. It reaches the worker that holds the stream or it is lost, and then the seat fetches, as it does
for every change that comes with ids alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from kcs_desktop.backend.principal import Principal
from kcs_desktop.domain.gebeurtenis import Wijziging


class Getoond(msgspec.Struct, frozen=True):
    """The subjects on screen at every stream of one session, and why they are looked at."""

    sessie: str
    onderwerpen: tuple[str, ...]
    doelbinding: str


class Kijker(msgspec.Struct, frozen=True):
    """Who is about to see what changed, for what purpose, and the address under which it asks."""

    wie: Principal
    doelbinding: str
    base_url: str


class Meegever(Protocol):
    """A register that can give what changed along with the change."""

    def brings(self, wijziging: Wijziging) -> bool:
        """Whether anything comes along with changes of this kind."""
        ...

    async def bring(self, wijziging: Wijziging, kijkers: Sequence[Kijker]) -> Sequence[bytes | None]:
        """Per kijker the object as it would have been answered, as JSON; None for who may not see it.

        Returns after the look of each of them is committed to the audit trail.
        """
        ...
