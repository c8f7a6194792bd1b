"""Uvicorn's HTTP protocol with an end to its patience: by itself it takes headers without limit and waits for ever.

One caller who never finishes a request, or one that sends headers only, would otherwise hold a connection or all
memory, before anyone asks who it is.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MAX_HEAD = 64 * 1024  # address and headers
MAX_REQUEST = 4 * 1024 * 1024  # with its body; what the application takes of that is less
MAX_WITH_FILE = 40 * 1024 * 1024  # where a file may stand in the body, as base64
_WITH_FILE = b"/documenten/api/v1/enkelvoudiginformatieobjecten"
HEAD_SECONDS = 20.0
BODY_SECONDS = 60.0
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class Intake(HttpToolsProtocol):
    """One connection. Nothing here concerns an answer, so a stream stays open as long as it likes."""

    head_seconds = HEAD_SECONDS
    body_seconds = BODY_SECONDS

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._received = 0  # bytes of the request that is coming in
        self._is_in_head = True
        self._most = MAX_REQUEST
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast(asyncio.Transport, transport))
        self._wait(self.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._is_in_head and self._received > MAX_HEAD:
            self.transport.write(_TOO_LARGE)
            self.transport.close()
        elif self._received > self._most:
            self.transport.close()
        elif self._is_in_head and self._received and self._deadline is None:
            self._wait(self.head_seconds)  # the next request of this connection has begun

    def on_headers_complete(self) -> None:
        self._is_in_head = False
        self._most = MAX_WITH_FILE if self.url.startswith(_WITH_FILE) else MAX_REQUEST
        self._wait(self.body_seconds)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._is_in_head = True
        self._received = 0
        self._stop_waiting()
        super().on_message_complete()

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._deadline = self.loop.call_later(seconds, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
