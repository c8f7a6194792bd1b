"""An application of ours as a register upstream: on a real socket, behind a front that knows the registers' keys.

Real registers each have a header of their own for the credential; the front turns those into an application's token.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn

from tests.harness.luisteraar import take_no_more

_KEYS = (b"x-api-key", b"apikey")


@asynccontextmanager
async def served(app: Any) -> AsyncIterator[str]:
    """The address of `app`, whose lifespan is already running."""

    async def front(scope: Any, receive: Any, send: Any) -> None:
        headers = [
            (b"authorization", b"Token " + value) if name in _KEYS else (name, value)
            for name, value in scope["headers"]
        ]
        await app({**scope, "headers": headers}, receive, send)

    config = uvicorn.Config(
        front, host="127.0.0.1", port=0, lifespan="off", log_config=None, access_log=False, ws="none"
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    try:
        while not server.started:  # noqa: ASYNC110 -- uvicorn tells nobody that it started
            await asyncio.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        await take_no_more(*server.servers)
        server.should_exit = True
        await task
