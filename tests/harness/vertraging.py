"""A loopback proxy that adds a fixed delay to each request and counts what passes, as a slow network would."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.harness.luisteraar import listening

_REQUEST_LINE = re.compile(rb"(?:^|\n)(GET|POST|PUT|PATCH|DELETE) (\S+) HTTP/1\.1\r\n")


@dataclass
class Seen:
    """One request as it entered the proxy: method, path with query, and when (loop time, seconds)."""

    method: str
    path: str
    at: float


@dataclass
class Vertraging:
    """`url` is where clients connect; `seen` fills as requests pass."""

    target: str
    delay: float  # seconds, added to everything a client sends
    url: str = ""
    seen: list[Seen] = field(default_factory=list)

    def paths(self, *prefixes: str) -> list[Seen]:
        """The requests to these path prefixes."""
        return [request for request in self.seen if request.path.startswith(prefixes)]


@asynccontextmanager
async def slow_network(target: str, *, delay: float) -> AsyncIterator[Vertraging]:
    """Stand between a client and `target` (an http URL on loopback) until the block ends."""
    parts = urlsplit(target)
    proxy = Vertraging(target, delay)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _carry(proxy, parts.hostname or "127.0.0.1", parts.port or 80, reader, writer)

    async with listening(serve) as proxy.url:
        yield proxy


async def _carry(
    proxy: Vertraging, host: str, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    upstream_reader, upstream_writer = await asyncio.open_connection(host, port)
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def receive() -> None:
        while chunk := await reader.read(65536):
            for method, path in _REQUEST_LINE.findall(chunk):
                proxy.seen.append(Seen(method.decode(), path.decode("latin-1"), loop.time()))
            queue.put_nowait((loop.time() + proxy.delay, chunk))
        queue.put_nowait((loop.time() + proxy.delay, b""))

    async def forward() -> None:
        while True:
            due, chunk = await queue.get()
            await asyncio.sleep(max(0.0, due - loop.time()))
            if not chunk:
                upstream_writer.write_eof()
                return
            upstream_writer.write(chunk)
            await upstream_writer.drain()

    async def answer() -> None:
        while chunk := await upstream_reader.read(65536):
            writer.write(chunk)
            await writer.drain()

    running = [asyncio.ensure_future(work()) for work in (receive, forward, answer)]
    try:
        await asyncio.wait(running, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        upstream_writer.close()
