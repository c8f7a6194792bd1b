"""The network between seat and backend, as bad as asked: one request per connection, a fault where one is drawn.

What the backend did stays done; the fault is in what each side gets to see of the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from tests.harness.luisteraar import listening

PAGE = b"<html><body><h1>500 Internal Server Error</h1></body></html>"
_PATIENCE = 20.0  # seconds; longer than a seat waits for anything
_ENDLESS = "/kcs/api/v1/gebeurtenissen"


class Fault(StrEnum):
    """`AFTER` faults let the backend carry the request out first."""

    CUT_BEFORE = "cut before"
    CUT_HALFWAY = "cut in the request"
    CUT_AFTER = "cut after"
    SLOW_BEFORE = "slow request"
    SLOW_AFTER = "slow answer"
    TRUNCATED = "half the answer"
    TWICE = "sent twice"
    FAULT_AFTER = "500 after"
    UNANSWERED = "no answer"  # until the seat gives up


Draw = Callable[[str, str], Fault | None]


@dataclass
class Network:
    """`draw(method, path)` says what goes wrong with a request; `is_down`: nothing gets through."""

    port: int  # of the backend
    chance: Random
    url: str = ""
    draw: Draw = lambda _method, _path: None
    is_down: bool = False
    drawn: dict[Fault, int] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def heal(self) -> None:
        """Everything gets through again, at once."""
        self.draw = lambda _method, _path: None
        self.is_down = False

    def cut(self) -> None:
        """End every connection, the streams too."""
        for task in tuple(self.tasks):
            task.cancel()


@asynccontextmanager
async def network(port: int, chance: Random) -> AsyncIterator[Network]:
    """Stand between the seats and the backend on `port` until the block ends."""
    made = Network(port, chance)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _one(made, reader, writer)

    async with listening(serve, made.tasks) as made.url:
        yield made


async def _one(net: Network, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    method, path, _ = lines[0].split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    if net.is_down:
        return
    fault = net.draw(method, path)
    if fault is not None:
        net.drawn[fault] = net.drawn.get(fault, 0) + 1
    if fault is Fault.CUT_BEFORE:
        return
    kept = [line for line in lines if line and not line.lower().startswith("connection:")]
    request = "\r\n".join([*kept, "Connection: close", "", ""]).encode("latin-1") + body
    if fault is Fault.CUT_HALFWAY:
        await _exchange(net, request[: len(request) // 2], is_whole=False)
        return
    if fault is Fault.SLOW_BEFORE:
        await asyncio.sleep(net.chance.uniform(0.05, 1.0))
    if path.startswith(_ENDLESS):
        await _stream(net, request, writer, seconds=net.chance.uniform(0.0, 0.5) if fault else None)
        return
    at_once = fault is Fault.TWICE and net.chance.random() < 0.5
    first = asyncio.ensure_future(_exchange(net, request))
    answer = b"" if at_once else await first
    if fault is Fault.TWICE:
        # At once or one after the other: either may come first, and only one has effect.
        answer = (await asyncio.gather(first, _exchange(net, request)))[0] if at_once else await _exchange(net, request)
    writer.write(await _as_seen(net, fault, answer))
    await writer.drain()


async def _as_seen(net: Network, fault: Fault | None, answer: bytes) -> bytes:
    """What the seat gets of this answer."""
    if fault is Fault.SLOW_AFTER:
        await asyncio.sleep(net.chance.uniform(0.05, 1.0))
    if fault is Fault.UNANSWERED:
        await asyncio.sleep(_PATIENCE)
    if fault in {Fault.CUT_AFTER, Fault.UNANSWERED}:
        return b""
    if fault is Fault.TRUNCATED:
        return answer[: len(answer) - 1 - net.chance.randrange(max(1, len(answer) // 2))]
    if fault is Fault.FAULT_AFTER:
        head = f"HTTP/1.1 500 Oops\r\nContent-Type: text/html\r\nContent-Length: {len(PAGE)}\r\n\r\n"
        return head.encode() + PAGE
    return answer


async def _exchange(net: Network, request: bytes, *, is_whole: bool = True) -> bytes:
    """Send it to the backend; its answer. Half a request is not waited for."""
    reader, writer = await asyncio.open_connection("127.0.0.1", net.port)
    try:
        writer.write(request)
        await writer.drain()
        return await reader.read() if is_whole else b""
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def _stream(net: Network, request: bytes, answer: asyncio.StreamWriter, seconds: float | None) -> None:
    """Pass an endless answer on as it comes, for so long."""
    reader, writer = await asyncio.open_connection("127.0.0.1", net.port)
    try:
        writer.write(request)
        async with asyncio.timeout(seconds):
            while chunk := await reader.read(65536):
                answer.write(chunk)
                await answer.drain()
    except TimeoutError:
        return
    finally:
        writer.close()
