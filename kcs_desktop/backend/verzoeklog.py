"""A line for each request that changed something, was refused, failed or took long; the others are only counted.

It names the route's template, never the address: a number may stand in the path, and a BSN in the query.
"""

from __future__ import annotations

from time import perf_counter

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from kcs_desktop.backend.verzoek import request_id

log = structlog.get_logger(__name__)
SLOW = 1.0  # seconds until the answer began
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_METHODS = _READS | {"POST", "PUT", "PATCH", "DELETE"}


def logged(app: ASGIApp) -> ASGIApp:
    """The application, with its lines. A stream is done when it begins."""

    async def noting(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        began = perf_counter()

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                _note(scope, int(message["status"]), perf_counter() - began)
            await send(message)

        await app(scope, receive, sent)

    return noting


def _note(scope: Scope, status: int, seconds: float) -> None:
    method = str(scope.get("method"))
    if method in _READS and status < 400 and seconds < SLOW:
        return
    log.info(
        "verzoek",
        verzoek=request_id(scope),
        methode=method if method in _METHODS else "anders",
        route=scope.get("path_template") or "anders",
        status=status,
        ms=round(seconds * 1000),
    )
