"""`GET /kcs/api/v1/gebeurtenissen`: the change feed as server-sent events, filtered by what the subscriber may see.

`POST /kcs/api/v1/gebeurtenissen/getoond`: the customers that a seat shows. What comes to them then travels with the
change, after the look is audited; every other change carries ids alone.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Router, get, post
from litestar.response import Stream
from litestar.status_codes import HTTP_204_NO_CONTENT

from kcs_desktop.backend.feed.getoond import Getoond
from kcs_desktop.backend.feed.hub import FeedHub, parse_position
from kcs_desktop.backend.feed.subscriber import Subscriber
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.opdrachten.lezen import read_body
from kcs_desktop.backend.schema import INVOER
from kcs_desktop.backend.verzoek import current, refuse_other_content, refuse_unknown_parameters
from kcs_desktop.domain.errors import Forbidden

_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

FUNCTIE = "crm"
MOST_SHOWN = 40  # in a notice of PostgreSQL there is room for no more than 8000 bytes


class Melding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every partij on screen at this session; what was told before no longer counts."""

    partijen: Annotated[tuple[UUID, ...], msgspec.Meta(max_length=MOST_SHOWN)]


def router(kern: Kern, hub: FeedHub | None = None) -> Router:
    """Mount the stream. Give `hub` to be able to end the streams at shutdown and to count them."""
    feed = hub if hub is not None else FeedHub(kern.db, zaakrechten=kern.zaakrechten)

    @get("/kcs/api/v1/gebeurtenissen", media_type="text/event-stream")
    async def gebeurtenissen(request: Request[Any, Any, Any]) -> Stream:
        verzoek = current(request)
        refuse_unknown_parameters(request, ())
        last = parse_position(request.headers.get("last-event-id", ""))
        base_url = str(request.base_url)
        subscriber = await feed.subscribe(verzoek.wie, last, ends_at=verzoek.verloopt_op, base_url=base_url)
        return Stream(_follow(feed, subscriber), media_type="text/event-stream", headers=_HEADERS)

    @post("/kcs/api/v1/gebeurtenissen/getoond", status_code=HTTP_204_NO_CONTENT, opt={INVOER: Melding})
    async def getoond(request: Request[Any, Any, Any]) -> None:
        verzoek = current(request)
        if verzoek.wie.soort != "medewerker":
            raise Forbidden("Dit kan alleen een medewerker.")
        verzoek.wie.require(FUNCTIE)
        refuse_unknown_parameters(request, ())
        refuse_other_content(request.scope)
        partijen = (await read_body(request, Melding)).partijen
        await feed.shows(Getoond(verzoek.wie.sessie, tuple(map(str, partijen)), verzoek.doelbinding))

    return Router(path="/", route_handlers=[gebeurtenissen, getoond])


async def _follow(feed: FeedHub, subscriber: Subscriber) -> AsyncIterator[bytes]:
    try:
        yield b"retry: 1000\n\n"
        async for frames in subscriber.frames():
            yield frames
    finally:
        feed.unsubscribe(subscriber)
