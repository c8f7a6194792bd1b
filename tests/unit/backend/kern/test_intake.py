"""A caller that never finishes a request, or sends headers without end, gets no further than that."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from kcs_desktop.backend.intake import MAX_HEAD, MAX_REQUEST, Intake


class Hasty(Intake):
    """Its patience is over at once."""

    head_seconds = 0.05
    body_seconds = 0.05


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Answers with the length of the body, when it is whole."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"7")]})
    await send({"type": "http.response.body", "body": b"%7d" % size})


@asynccontextmanager
async def connection(protocol: type[Intake]) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection to a server with this protocol."""
    config, state = uvicorn.Config(echo, log_config=None, access_log=False, lifespan="off"), ServerState()
    server = await asyncio.get_running_loop().create_server(
        lambda: protocol(config=config, server_state=state, app_state={}), "127.0.0.1", 0
    )
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname()[:2])
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
        server.close()
        await asyncio.gather(*state.tasks)
        await server.wait_closed()


async def send(writer: asyncio.StreamWriter, data: bytes) -> None:
    with suppress(OSError):  # it may be closed at the other end before everything is sent
        writer.write(data)
        await writer.drain()


HEAD = b"POST / HTTP/1.1\r\nHost: x\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize("sent", [b"", b"\r\n", HEAD, HEAD + b"Content-Length: 9\r\n\r\nhalf", CHUNKED + b"1\r\na\r\n"])
async def test_a_request_that_never_ends_ends(sent: bytes) -> None:
    async with connection(Hasty) as (reader, writer):
        await send(writer, sent)
        assert await reader.read() == b""


async def test_a_second_request_that_never_ends_ends() -> None:
    async with connection(Hasty) as (reader, writer):
        await send(writer, HEAD + b"Content-Length: 3\r\n\r\nabc")
        assert (await reader.readuntil(b"      3")).startswith(b"HTTP/1.1 200")
        await send(writer, HEAD)
        assert await reader.read() == b""


@pytest.mark.parametrize("line", [b"X: " + b"a" * 1000 + b"\r\n", b"a" * 1000])
async def test_headers_without_end_are_refused(line: bytes) -> None:
    head = HEAD + b"X: " + line * (1 + MAX_HEAD // len(line))
    async with connection(Intake) as (reader, writer):
        await send(writer, head[: MAX_HEAD + 1])  # the last one is one too many, so none is left unread
        assert (await reader.read()).startswith(b"HTTP/1.1 431")


async def test_a_body_in_one_piece_with_its_headers_is_no_header() -> None:
    async with connection(Intake) as (reader, writer):
        await send(writer, HEAD + b"Content-Length: 200000\r\n\r\n" + b"a" * 200_000)
        assert (await reader.readuntil(b" 200000")).startswith(b"HTTP/1.1 200")


async def test_a_document_may_bring_a_file_along_and_nothing_else_may() -> None:
    size = MAX_REQUEST + 1_000_000  # well over: what ends with its last piece was not too long yet
    for place, is_taken in (("/documenten/api/v1/enkelvoudiginformatieobjecten", True), ("/documenten", False)):
        head = f"POST {place} HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n\r\n".encode()
        async with connection(Intake) as (reader, writer):
            await send(writer, head)
            for start in range(0, size, 65536):
                await send(writer, b"a" * min(65536, size - start))
            answer = b""
            with suppress(ConnectionResetError, asyncio.IncompleteReadError):
                answer = await reader.readuntil(str(size).encode())
            assert answer.startswith(b"HTTP/1.1 200") is is_taken


async def test_a_body_without_end_is_cut_off() -> None:
    async with connection(Intake) as (reader, writer):
        await send(writer, CHUNKED)
        piece = b"10000\r\n" + b"a" * 65536 + b"\r\n"
        for _ in range(2 + MAX_REQUEST // len(piece)):
            await send(writer, piece)
        with suppress(ConnectionResetError):
            assert await reader.read() == b""
