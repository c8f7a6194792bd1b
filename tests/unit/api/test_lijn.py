"""A call that is given up leaves no line open: not its own, nor those that its pool was just closing."""

from __future__ import annotations

import asyncio
import gc
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from kcs_desktop.api.lijn import Lijngebruik
from tests.harness.luisteraar import listening

LINES = 3
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class _Closing:
    """Answers once on each line, and closes all of them when told."""

    def __init__(self) -> None:
        self.asked = 0
        self.all_asked = asyncio.Event()
        self.closes = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        is_read_in_parts = b"Expect-Part" in await reader.readuntil(b"\r\n\r\n")
        self.asked += 1
        if self.asked == LINES:
            self.all_asked.set()
        await self.all_asked.wait()  # no line is free before there are as many as wanted
        writer.write(ANSWER[:-1] if is_read_in_parts else ANSWER)
        await writer.drain()
        await self.closes.wait()


Case = Callable[[httpx.AsyncClient, str, _Closing, set[asyncio.Task[None]], int], Awaitable[None]]


async def _give_up(
    client: httpx.AsyncClient, url: str, server: _Closing, lines: set[asyncio.Task[None]], turns: int
) -> None:
    """A call that finds lines which the server closed."""
    await asyncio.gather(*(client.get(url) for _ in range(LINES)))
    server.closes.set()
    await asyncio.gather(*lines)
    await _turns(3)  # its task is over, its transport closes, its socket is closed
    asking = asyncio.create_task(Lijngebruik().run(client.get(url)))
    await _turns(turns)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await client.aclose()


async def _close_meanwhile(
    client: httpx.AsyncClient, url: str, server: _Closing, _lines: set[asyncio.Task[None]], turns: int
) -> None:
    """A pool that is closed while a line is made, or used."""
    gebruik = Lijngebruik()
    asking = asyncio.create_task(gebruik.run(client.get(url)))
    await _turns(turns)
    await gebruik.end(client.aclose())
    assert asking.done()
    with pytest.raises(ConnectionAbortedError):
        await asking


async def _give_up_closing(
    client: httpx.AsyncClient, url: str, _server: _Closing, _lines: set[asyncio.Task[None]], turns: int
) -> None:
    """A closing that is cancelled."""
    await asyncio.gather(*(client.get(url) for _ in range(LINES)))
    closing = asyncio.create_task(Lijngebruik().end(client.aclose()))
    await _turns(turns)
    closing.cancel()
    await asyncio.gather(closing, return_exceptions=True)


async def _give_up_reading(
    client: httpx.AsyncClient, url: str, server: _Closing, lines: set[asyncio.Task[None]], turns: int
) -> None:
    """An answer that comes bit by bit over one line, when the server closes that and all others."""
    gebruik = Lijngebruik()

    async def read() -> None:
        request = client.build_request("GET", url, headers={"Expect-Part": "1"})
        response = gebruik.held(await gebruik.run(client.send(request, stream=True)))
        try:
            async for _part in response.aiter_bytes():
                pass
        finally:
            await response.aclose()

    reading = asyncio.create_task(read())
    await asyncio.gather(*(client.get(url) for _ in range(LINES - 1)))
    server.closes.set()
    await asyncio.gather(*lines)
    await _turns(turns)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    await gebruik.end(client.aclose())


async def _turns(times: int) -> None:
    """Of the loop."""
    for _ in range(times):
        await asyncio.sleep(0)


@pytest.mark.parametrize("case", [_give_up, _close_meanwhile, _give_up_closing, _give_up_reading])
async def test_whatever_is_given_up_no_line_stays_open(case: Case) -> None:
    gc.collect()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        for turns in range(1, 12):  # from the first step until it waits for its answer, or is closed
            server, lines = _Closing(), set[asyncio.Task[None]]()
            async with listening(server.serve, lines) as url:
                await case(httpx.AsyncClient(trust_env=False), url, server, lines, turns)
        gc.collect()
    assert [str(one.message) for one in told] == []


class _Body(httpx.AsyncByteStream):
    """Of an answer, which takes some turns to close and may fail at it."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self._trouble = trouble
        self.is_closed = self.is_read_no_further = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            yield b"begin"
            yield b"eind"
        finally:
            self.is_read_no_further = True

    async def aclose(self) -> None:
        await _turns(3)
        if self._trouble is not None:
            raise self._trouble
        self.is_closed = True


async def _given_up_on_arrival(body: _Body, times: int) -> None:
    """So many times, in and after the turn in which the answer came."""
    arrived = asyncio.Event()

    async def answered() -> httpx.Response:
        arrived.set()
        return httpx.Response(200, stream=body)

    asking = asyncio.create_task(Lijngebruik().run(answered()))
    await arrived.wait()
    for _ in range(times):
        asking.cancel()
        await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await asking
    await _turns(6)


@pytest.mark.parametrize("times", [1, 2, 3])
async def test_an_answer_that_nobody_wants_is_closed_however_often_it_is_given_up(times: int) -> None:
    body = _Body()
    await _given_up_on_arrival(body, times)
    assert body.is_closed


async def test_an_answer_that_is_read_in_part_is_ended_when_it_is_closed() -> None:
    body = _Body()
    response = Lijngebruik().held(httpx.Response(200, stream=body))
    assert await anext(response.aiter_raw()) == b"begin"
    await response.aclose()
    assert body.is_closed
    assert body.is_read_no_further


async def test_trouble_with_closing_is_no_answer_to_who_gave_up() -> None:
    body = _Body(httpx.ReadError("weg"))
    await _given_up_on_arrival(body, 1)  # which is told that it gave up, and not this
    assert not body.is_closed


async def test_an_error_comes_through_as_it_is() -> None:
    async def failing() -> None:
        raise httpx.ConnectError("weg")

    with pytest.raises(httpx.ConnectError, match="weg"):
        await Lijngebruik().run(failing())
