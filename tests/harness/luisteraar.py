"""A server of a test: it listens on loopback, each connection is a task of its own, and the block ends them all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

Connection = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def take_no_more(*servers: asyncio.Server) -> None:
    """Before `close()`: what they just accepted becomes a connection that can be closed.

    Closed between accepting a socket and making its transport, asyncio of Python 3.11 forgets the socket: the collector
    finds it unclosed much later, in another test.
    """
    loop = asyncio.get_running_loop()
    for listener in (al for server in servers for al in server.sockets):
        loop.remove_reader(listener.fileno())
    for _ in range(3):  # its task begins, its transport tells the protocol, the task ends
        await asyncio.sleep(0)


@asynccontextmanager
async def listening(
    serve: Connection, tasks: set[asyncio.Task[None]] | None = None, port: int = 0
) -> AsyncIterator[str]:
    """The address, as an http URL without a path. `tasks` holds the connections that stand; cancelling one cuts it.

    A connection counts from the moment it is made, not from the first step of its task: one made as the block ends
    has a task that is cancelled before it begins, and nobody would close its socket.
    """
    standing: set[asyncio.Task[None]] = set() if tasks is None else tasks
    transports: set[asyncio.WriteTransport] = set()

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):  # a side left, or the connection was cut
            await serve(reader, writer)

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(one(reader, writer))
        standing.add(task)
        transports.add(writer.transport)

        def over(_: asyncio.Task[None]) -> None:
            standing.discard(task)
            transports.discard(writer.transport)
            writer.close()

        task.add_done_callback(over)

    server = await asyncio.start_server(connected, "127.0.0.1", port)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        await take_no_more(server)
        server.close()
        left = tuple(transports)
        for task in tuple(standing):
            task.cancel()
        await asyncio.gather(*standing, return_exceptions=True)
        for transport in left:
            transport.abort()  # what it still had to send has nobody left to read it
        await server.wait_closed()
