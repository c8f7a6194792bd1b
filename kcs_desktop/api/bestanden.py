"""Hands the content of a file to the backend in pieces. Nothing is registered with it: a document is made of it by a
command that names the file.
"""

from __future__ import annotations

import msgspec

from kcs_desktop.api.client import Client

PATH = "/kcs/api/v1/bestanden"
LIMIT = 60.0  # seconds for one piece: a slow line takes long over a megabyte


class Bestandstand(msgspec.Struct, frozen=True):
    """What the backend has of a file. `ontvangen` are the numbers of its pieces, from 1."""

    omvang: int
    stukgrootte: int
    stand: str
    ontvangen: tuple[int, ...] = ()
    reden: str = ""

    @property
    def is_whole(self) -> bool:
        return self.stand != "ontvangen"


_stand = msgspec.json.Decoder(Bestandstand)


class Bestanden:
    """All raise the domain's errors; all may be repeated."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def begin(self, bestand: str, naam: str, mediatype: str, omvang: int) -> Bestandstand:
        """Say what is coming; InvalidInput where it is not taken."""
        body = {"naam": naam, "mediatype": mediatype, "omvang": omvang}
        return (await self._client.call("PUT", f"{PATH}/{bestand}", body=body)).decode(_stand)

    async def state(self, bestand: str) -> Bestandstand:
        return (await self._client.call("GET", f"{PATH}/{bestand}")).decode(_stand)

    async def put(self, bestand: str, nr: int, stuk: bytes) -> None:
        await self._client.call("PUT", f"{PATH}/{bestand}/stukken/{nr}", content=stuk, limit=LIMIT)

    async def drop(self, bestand: str) -> None:
        """Let go of a file that no document has."""
        await self._client.call("DELETE", f"{PATH}/{bestand}")

    async def complete(self, bestand: str, sha256: str) -> Bestandstand:
        """All pieces are there; InvalidInput where together they are something else."""
        antwoord = await self._client.call("POST", f"{PATH}/{bestand}/klaar", body={"sha256": sha256}, limit=LIMIT)
        return antwoord.decode(_stand)
