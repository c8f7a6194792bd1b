"""The stream of live changes (server-sent events), parsed into domain structs. Reconnecting is not decided here."""

from __future__ import annotations

from collections.abc import AsyncIterator

import msgspec
from httpx_sse import EventSource, SSEError

from kcs_desktop.api.client import Client
from kcs_desktop.domain.errors import ServerFault
from kcs_desktop.domain.gebeurtenis import Gebeurtenis

PATH = "/kcs/api/v1/gebeurtenissen"


class Hartslag(msgspec.Struct, frozen=True):
    """The stream lives; `nr` is how far the feed is. Also sent first, which gives the epoch."""

    epoch: str
    nr: int


class Opnieuw(msgspec.Struct, frozen=True):
    """What was missed cannot be given (a truncated feed, a restored backup): read again what is shown."""

    epoch: str = ""
    nr: int = 0


class Meekijknieuws(msgspec.Struct, frozen=True):
    """Somebody came to, left, or began to type at a customer with one of these names. Outside the numbering."""

    onderwerpen: tuple[str, ...]


Bericht = Gebeurtenis | Hartslag | Opnieuw | Meekijknieuws

_soorten: dict[str, msgspec.json.Decoder[Bericht]] = {
    "wijziging": msgspec.json.Decoder(Gebeurtenis),
    "hartslag": msgspec.json.Decoder(Hartslag),
    "opnieuw": msgspec.json.Decoder(Opnieuw),
    "meekijker": msgspec.json.Decoder(Meekijknieuws),
}


async def follow(client: Client, last_event_id: str = "", idle: float = 45.0) -> AsyncIterator[Bericht]:
    """Everything after `last_event_id`, until the stream ends. Events of an unknown kind are passed over."""
    headers = {"Last-Event-ID": last_event_id} if last_event_id else {}
    async with client.stream(PATH, headers=headers, idle=idle) as response:
        try:
            async for event in EventSource(response).aiter_sse():
                decoder = _soorten.get(event.event)
                if decoder is None:
                    continue
                try:
                    yield decoder.decode(event.data)
                except msgspec.DecodeError:
                    if event.event == "meekijker":
                        continue  # fleeting
                    # Whatever this said is lost: reading everything again is the only safe answer.
                    yield Opnieuw()
        except SSEError as fout:
            raise ServerFault from fout
