"""In front of an embedded backend: it serves the seat that started it, no web page and no other user."""

from __future__ import annotations

import hmac

import msgspec
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from kcs_desktop.domain.contract import CONTRACT, HEADER

_HEADER = b"x-kcs-zitplaats"
_CONTRACT = (HEADER.lower().encode(), str(CONTRACT).encode())
_PROBLEM = {
    "type": "urn:kcs:fout:andere-zitplaats",
    "code": "andere-zitplaats",
    "title": "Geen toegang.",
    "status": 403,
    "detail": "Deze server hoort bij een ander venster.",
    "instance": "",
}


class Zitplaatswacht:
    """Refuses every request without the seat's secret, or with a Host other than the address it listens on."""

    def __init__(self, app: ASGIApp, secret: str, port: int) -> None:
        self._app = app
        self._secret = secret.encode()
        self._host = f"127.0.0.1:{port}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {ScopeType.HTTP, ScopeType.WEBSOCKET}:
            headers = dict(scope["headers"])
            known = hmac.compare_digest(headers.get(_HEADER, b""), self._secret)
            if not known or headers.get(b"host") != self._host:
                await send(
                    {
                        "type": "http.response.start",
                        "status": 403,
                        "headers": [(b"content-type", b"application/problem+json"), _CONTRACT],
                    }
                )
                await send({"type": "http.response.body", "body": msgspec.json.encode(_PROBLEM), "more_body": False})
                return
        await self._app(scope, receive, send)
