"""`GET /kcs/api/v1/gebeurtenissen`: the change feed as server-sent events, filtered by what the subscriber may see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from litestar import Request, Router, get
from litestar.response import Stream

from kcs_desktop.backend.feed.hub import FeedHub, parse_position
from kcs_desktop.backend.feed.subscriber import Subscriber
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.verzoek import current, refuse_unknown_parameters

_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def router(kern: Kern, hub: FeedHub | None = None) -> Router:
    """Mount the stream. Give `hub` to be able to end the streams at shutdown and to count them."""
    feed = hub if hub is not None else FeedHub(kern.db)

    @get("/kcs/api/v1/gebeurtenissen", media_type="text/event-stream")
    async def gebeurtenissen(request: Request[Any, Any, Any]) -> Stream:
        verzoek = current(request)
        refuse_unknown_parameters(request, ())
        last = parse_position(request.headers.get("last-event-id", ""))
        subscriber = await feed.subscribe(verzoek.wie, last, ends_at=verzoek.verloopt_op)
        return Stream(_follow(feed, subscriber), media_type="text/event-stream", headers=_HEADERS)

    return Router(path="/", route_handlers=[gebeurtenissen])


async def _follow(feed: FeedHub, subscriber: Subscriber) -> AsyncIterator[bytes]:
    try:
        yield b"retry: 1000\n\n"
        async for frames in subscriber.frames():
            yield frames
    finally:
        feed.unsubscribe(subscriber)
