"""A server of a test: it listens on loopback, each connection is a task of its own, and the block ends them all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Connection = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(serve: Connection, tasks: set[asyncio.Task[None]] | None = None) -> AsyncIterator[str]:
    """The address, as an http URL without a path. `tasks` holds the connections that stand; cancelling one cuts it."""
    standing: set[asyncio.Task[None]] = set() if tasks is None else tasks

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        standing.add(task)
        try:
            await serve(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # a side left, the connection was cut, or the block ended
        finally:
            writer.close()
            standing.discard(task)

    server = await asyncio.start_server(one, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in tuple(standing):
            task.cancel()
        await asyncio.gather(*standing, return_exceptions=True)
        await server.wait_closed()
