"""A call that is given up leaves no line open: not its own, nor those that its pool was just closing."""

from __future__ import annotations

import asyncio
import gc
import warnings

import httpx
import pytest

from kcs_desktop.api.lijn import give_up_whole
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
        await reader.readuntil(b"\r\n\r\n")
        self.asked += 1
        if self.asked == LINES:
            self.all_asked.set()
        await self.all_asked.wait()  # no line is free before there are as many as wanted
        writer.write(ANSWER)
        await writer.drain()
        await self.closes.wait()


async def _give_up_after(turns: int) -> None:
    closing = _Closing()
    lines: set[asyncio.Task[None]] = set()
    async with listening(closing.serve, lines) as url, httpx.AsyncClient(trust_env=False) as client:
        await asyncio.gather(*(client.get(url) for _ in range(LINES)))
        closing.closes.set()
        await asyncio.gather(*lines)
        for _ in range(3):  # its task is over, its transport closes, its socket is closed
            await asyncio.sleep(0)
        asking = asyncio.create_task(give_up_whole(client.get(url)))
        for _ in range(turns):
            await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking


async def test_a_call_that_is_given_up_closes_the_lines_that_were_to_be_closed() -> None:
    gc.collect()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        for turns in range(1, 12):  # of the loop: from its first step until it waits for its answer
            await _give_up_after(turns)
        gc.collect()
    assert [str(one.message) for one in told] == []


async def test_an_answer_that_nobody_wants_any_more_is_closed() -> None:
    closed: list[bool] = []
    arrived = asyncio.Event()

    class Body(httpx.AsyncByteStream):
        async def aclose(self) -> None:
            closed.append(True)

    async def answered() -> httpx.Response:
        arrived.set()
        return httpx.Response(200, stream=Body())

    asking = asyncio.create_task(give_up_whole(answered()))
    await arrived.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert closed == [True]


async def test_an_error_comes_through_as_it_is() -> None:
    async def failing() -> None:
        raise httpx.ConnectError("weg")

    with pytest.raises(httpx.ConnectError, match="weg"):
        await give_up_whole(failing())


@pytest.mark.parametrize("times", [1, 2, 3])
async def test_an_answer_is_closed_however_often_it_is_given_up(times: int) -> None:
    closed: list[bool] = []
    arrived = asyncio.Event()

    class Body(httpx.AsyncByteStream):
        async def aclose(self) -> None:
            for _ in range(3):
                await asyncio.sleep(0)
            closed.append(True)

    async def answered() -> httpx.Response:
        arrived.set()
        return httpx.Response(200, stream=Body())

    asking = asyncio.create_task(give_up_whole(answered()))
    await arrived.wait()
    for _ in range(times):
        asking.cancel()
        await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await asking
    for _ in range(6):
        await asyncio.sleep(0)
    assert closed == [True]


async def test_trouble_with_closing_is_no_answer_to_who_gave_up() -> None:
    arrived = asyncio.Event()

    class Body(httpx.AsyncByteStream):
        async def aclose(self) -> None:
            raise httpx.ReadError("weg")

    async def answered() -> httpx.Response:
        arrived.set()
        return httpx.Response(200, stream=Body())

    asking = asyncio.create_task(give_up_whole(answered()))
    await arrived.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
