"""A server that answers with exactly the bytes a test wants, or with nothing, as a broken register does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from kcs_desktop.domain.contract import CONTRACT, HEADER
from tests.harness.luisteraar import listening


@dataclass
class Asked:
    """One request as it came in; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]


# What to send; None keeps the connection open and says nothing.
Answer = Callable[[Asked], bytes | None]


@dataclass
class BrokenServer:
    """`url` is where it listens; `asked` holds every request."""

    answer: Answer
    url: str = ""
    asked: list[Asked] = field(default_factory=list)


def http(status: int, body: bytes, kind: str = "application/json") -> bytes:
    """A well formed answer that ends its connection; the backend's own, except a page of HTML."""
    ours = "" if kind == "text/html" else f"{HEADER}: {CONTRACT}\r\n"
    head = (
        f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n{ours}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


@asynccontextmanager
async def broken_server(answer: Answer) -> AsyncIterator[BrokenServer]:
    """Listen on loopback until the block ends; one request per connection."""
    server = BrokenServer(answer)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = lines[0].split(" ", 2)
        split = (line.partition(":") for line in lines[1:] if line)
        asked = Asked(method, path, {name.lower(): value.strip() for name, _, value in split})
        server.asked.append(asked)
        answered = server.answer(asked)
        if answered is None:
            await reader.read()  # until the client gives up
        else:
            writer.write(answered)
            await writer.drain()

    async with listening(serve) as server.url:
        yield server
