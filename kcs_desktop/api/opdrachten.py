"""The one place that sends a write to the backend: handing in a command, and asking what became of it.

Only `sync.loket` may import it (a contract of import-linter): every write goes through the outbox.
"""

from __future__ import annotations

from kcs_desktop.api.client import Client, Doel
from kcs_desktop.domain.opdracht import Opdracht, Uitkomst

PATH = "/kcs/api/v1/opdrachten"
EPOCH = "X-KCS-Epoch"


class Opdrachten:
    """Both calls raise the domain's errors."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def submit(self, opdracht: Opdracht, epoch: str = "") -> Uitkomst:
        """Hand in a command. The same id may be handed in again and again: it takes effect once.

        `epoch` is that of the feed the seat follows; Conflict with `current["epoch"]` when a backup was put back since.
        """
        doel = Doel(opdracht.kanaal, opdracht.product, opdracht.contact)
        headers = {EPOCH: epoch} if epoch else {}
        antwoord = await self._client.call("POST", PATH, body=opdracht, doel=doel, limit=15.0, headers=headers)
        return antwoord.decode(Uitkomst)

    async def outcome(self, opdracht: str) -> Uitkomst:
        return (await self._client.call("GET", f"{PATH}/{opdracht}")).decode(Uitkomst)
