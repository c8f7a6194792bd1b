"""A misbehaving network between seat and backend: one HTTP request per connection, with a fault where one is set.

What the backend did stays done: the fault is in what the seat gets to hear of it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from kcs_desktop.domain.contract import CONTRACT, HEADER
from tests.harness.luisteraar import listening

PAGE = b"<html><body><h1>Geblokkeerd</h1></body></html>"


class Fault(StrEnum):
    """`AFTER` faults let the backend carry it out first; `UNSENT`, `NOT_TAKEN` and the pages never bring it there."""

    CUT_AFTER = "cut after"
    HTML_500_AFTER = "html 500 after"
    HALF_AFTER = "half the answer"
    UNSENT = "unsent"
    NOT_TAKEN = "400 of a backend that cannot read it"
    HELD = "held until released"
    HELD_AFTER = "answered, and the answer held until released"
    PAGE_401 = "a page with 401"
    PAGE_403 = "a page with 403"
    PAGE_404 = "a page with 404"
    PAGE_409 = "a page with 409"


_PAGES = {Fault.PAGE_401, Fault.PAGE_403, Fault.PAGE_404, Fault.PAGE_409}


@dataclass
class Passed:
    """One request that came by; `fault` is what was done to it, None for nothing."""

    method: str
    path: str
    body: bytes
    at: float  # loop time
    fault: Fault | None = None
    answered_at: float = 0.0
    status: int = 0  # of the answer that the seat did not get to hear
    headers: dict[str, str] = field(default_factory=dict)  # names in lower case


@dataclass
class BadNetwork:
    """`url` is where the seat connects. `faults` are used up one by one, by requests that fit `method` and `prefix`;
    `draw` says what goes wrong with each other request."""

    target: str
    url: str = ""
    method: str = "POST"
    prefix: str = "/kcs/api/v1/opdrachten"
    faults: deque[Fault] = field(default_factory=deque)
    draw: Callable[[Passed], Fault | None] = lambda _passed: None
    is_down: bool = False  # nothing gets through
    seen: list[Passed] = field(default_factory=list)
    released: asyncio.Event = field(default_factory=asyncio.Event)
    answered: asyncio.Event = field(default_factory=asyncio.Event)  # set at each answer
    tasks: set[asyncio.Task[None]] = field(default_factory=set)  # the connections that stand

    def cut(self) -> None:
        """Nothing gets through from here on, and what stood breaks: a stream too."""
        self.is_down = True
        for task in tuple(self.tasks):
            task.cancel()

    def passed(self, method: str, prefix: str) -> list[Passed]:
        """The requests of this kind, in the order they came."""
        return [one for one in self.seen if one.method == method and one.path.startswith(prefix)]

    async def until_answered(self, method: str, prefix: str, limit: float = 30.0) -> None:
        """Wait until a request of this kind was answered whole."""
        async with asyncio.timeout(limit):
            while not any(one.answered_at and one.fault is None for one in self.passed(method, prefix)):
                self.answered.clear()
                await self.answered.wait()

    async def until_fetched(self, fault: Fault, limit: float = 30.0) -> None:
        """Wait until the backend answered a request with this fault; the seat may not know it yet."""
        async with asyncio.timeout(limit):
            while not any(one.fault is fault and one.status for one in self.seen):
                self.answered.clear()
                await self.answered.wait()


@asynccontextmanager
async def bad_network(target: str) -> AsyncIterator[BadNetwork]:
    """Stand between a seat and `target` (an http URL on loopback) until the block ends."""
    network = BadNetwork(target)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _one(network, reader, writer)

    async with listening(serve, network.tasks) as network.url:
        yield network


@asynccontextmanager
async def answer_lost(target: str, soort: bytes) -> AsyncIterator[BadNetwork]:
    """The first command of this kind is carried out and its answer lost; its repeat is not taken, so that the seat
    sets it apart."""
    faults = deque([Fault.CUT_AFTER, Fault.NOT_TAKEN])

    def draw(passed: Passed) -> Fault | None:
        return faults.popleft() if faults and passed.method == "POST" and soort in passed.body else None

    async with bad_network(target) as network:
        network.draw = draw
        yield network


async def _one(network: BadNetwork, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    method, path, _ = lines[0].split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    passed = Passed(method, path, body, asyncio.get_running_loop().time(), headers=headers)
    network.seen.append(passed)
    if network.is_down:
        passed.fault = Fault.UNSENT
        return
    if network.faults and method == network.method and path.startswith(network.prefix):
        passed.fault = network.faults.popleft()
    else:
        passed.fault = network.draw(passed)
    if passed.fault is Fault.UNSENT:
        return
    if passed.fault in _PAGES:
        await _write_page(writer, passed.fault.value[-3:])
        return
    if passed.fault is Fault.HELD:
        await network.released.wait()
    if passed.fault is Fault.NOT_TAKEN:
        await _write_not_taken(writer)
        return
    await _forward(network, passed, lines, writer)
    passed.answered_at = asyncio.get_running_loop().time()
    network.answered.set()


async def _forward(network: BadNetwork, passed: Passed, lines: list[str], writer: asyncio.StreamWriter) -> None:
    parts = urlsplit(network.target)
    upstream_reader, upstream = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        kept = [line for line in lines if line and not line.lower().startswith("connection:")]
        upstream.write("\r\n".join([*kept, "Connection: close", "", ""]).encode("latin-1") + passed.body)
        if passed.fault in {None, Fault.HELD}:
            while chunk := await upstream_reader.read(65536):
                writer.write(chunk)
                await writer.drain()
            return
        answer = await upstream_reader.read()
        passed.status = int(answer[9:12] or b"0")
        network.answered.set()
        if passed.fault is Fault.HELD_AFTER:
            await network.released.wait()
            writer.write(answer)
        if passed.fault is Fault.HTML_500_AFTER:
            await _write_page(writer, "500")
        elif passed.fault is Fault.HALF_AFTER:
            writer.write(answer[: len(answer) - 20])
        await writer.drain()
    finally:
        upstream.close()


async def _write_page(writer: asyncio.StreamWriter, status: str) -> None:
    """Of something between seat and backend."""
    head = f"HTTP/1.1 {status} Oops\r\nContent-Type: text/html\r\nContent-Length: {len(PAGE)}\r\n\r\n"
    writer.write(head.encode() + PAGE)
    await writer.drain()


async def _write_not_taken(writer: asyncio.StreamWriter) -> None:
    """Of a worker of before, which does not know this command; no outcome."""
    body = b'{"title": "Deze opdracht kan niet worden gelezen.", "code": "onleesbaar"}'
    kind = f"Content-Type: application/problem+json\r\nContent-Length: {len(body)}\r\n{HEADER}: {CONTRACT}"
    writer.write(f"HTTP/1.1 400 Bad Request\r\n{kind}\r\n\r\n".encode() + body)
    await writer.drain()
