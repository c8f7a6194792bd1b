"""The servers of the tests leave no socket behind, whatever moment their end falls on."""

from __future__ import annotations

import asyncio
import gc
import socket
import warnings
from contextlib import suppress

import pytest

from tests.harness.luisteraar import listening


async def read_one(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read(1)


@pytest.mark.parametrize("steps", range(6))
def test_who_connects_as_the_block_ends_leaves_no_socket(steps: int) -> None:
    """`steps` turns of the loop lie between them: not accepted yet, no transport yet, no task yet."""

    async def connect_and_end() -> socket.socket:
        async with listening(read_one) as url:
            seat = socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])))
            for _ in range(steps):
                await asyncio.sleep(0)
        return seat

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        with asyncio.Runner() as runner:
            seat = runner.run(connect_and_end())
        with suppress(ConnectionResetError):  # of one that was never accepted
            assert seat.recv(1) == b""
        seat.close()
        gc.collect()
    assert [str(al.message) for al in told] == []
