"""Where the outbox hands in its commands. Nothing else of the seat may reach the module that sends them."""

from __future__ import annotations

from typing import Protocol

from kcs_desktop.api.client import Client
from kcs_desktop.api.opdrachten import Opdrachten
from kcs_desktop.domain.opdracht import Opdracht, Uitkomst


class Loket(Protocol):
    """Both calls raise the domain's errors."""

    async def submit(self, opdracht: Opdracht, epoch: str = "") -> Uitkomst: ...

    async def outcome(self, opdracht: str) -> Uitkomst: ...


def loket_at(client: Client) -> Loket:
    """The real one."""
    return Opdrachten(client)
