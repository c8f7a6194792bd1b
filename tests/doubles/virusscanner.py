"""Virus scanners that do what a test asks: a command, and a server that speaks ICAP. Both know one virus.

As a command: `python -m tests.doubles.virusscanner GEDRAG`, with the file on its input.
"""

from __future__ import annotations

import asyncio
import shlex
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from tests.harness.luisteraar import take_no_more

VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
NAME = "Eicar-Test-Signature"


def command(gedrag: str = "gewoon") -> str:
    """The setting for a command that behaves so: gewoon, stuk (exit 2), traag (never ends), haastig (reads nothing)."""
    return "command:" + shlex.join([sys.executable, "-m", "tests.doubles.virusscanner", gedrag])


def main(gedrag: str) -> int:
    if gedrag == "haastig":
        sys.stdout.write(f"stream: {NAME} FOUND\n")
        return 1
    content = sys.stdin.buffer.read()
    if gedrag == "traag":
        time.sleep(60)
    if gedrag == "stuk":
        return 2
    if VIRUS in content:
        sys.stdout.write(f"stream: {NAME} FOUND\nen nog een regel\n")
        return 1
    sys.stdout.write("stream: OK\n")
    return 0


_INFECTION = f"X-Infection-Found: Type=0; Resolution=2; Threat={NAME};\r\n"


class IcapServer:
    """`gedrag`: gewoon (204 or 200 with a block page), verboden (403), tegenstrijdig (204 with a threat), onduidelijk
    (200 without a word of infection), onzin (no ICAP), stil (never answers), vol (takes nothing of the file and stays),
    haastig (answers before the file is in), stuk (500)."""

    def __init__(self, gedrag: str, methods: str) -> None:
        self.gedrag = gedrag
        self.methods = methods
        self.port = 0
        self.asked: list[str] = []
        self.seen: list[bytes] = []
        self._ended = asyncio.Event()

    def end(self) -> None:
        """Whoever stays may go."""
        self._ended.set()

    @property
    def setting(self) -> str:
        return f"icap://127.0.0.1:{self.port}/avscan"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            await self._answer(reader, writer)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        method = head.partition(" ")[0]
        self.asked.append(method)
        if self.gedrag == "onzin":
            writer.write(b"220 mail.example.org ESMTP\r\n\r\n")
        elif self.gedrag == "stil":
            await reader.read()  # until the other side gives up
        elif method == "OPTIONS":
            writer.write(f"ICAP/1.0 200 OK\r\nMethods: {self.methods}\r\nEncapsulated: null-body=0\r\n\r\n".encode())
        elif self.gedrag == "haastig":
            writer.write(self._found())
        elif self.gedrag == "vol":
            await self._ended.wait()
        else:
            content = await self._content(reader, head)
            self.seen.append(content)
            writer.write(self._verdict(content))
        await writer.drain()

    async def _content(self, reader: asyncio.StreamReader, head: str) -> bytes:
        place = next(line for line in head.split("\r\n") if line.lower().startswith("encapsulated:"))
        await reader.readexactly(int(place.rpartition("body=")[2]))
        content = b""
        while size := int(await reader.readline(), 16):
            content += await reader.readexactly(size)
            await reader.readexactly(2)
        return content

    def _verdict(self, content: bytes) -> bytes:
        if self.gedrag == "stuk":
            return b"ICAP/1.0 500 Server Error\r\n\r\n"
        if VIRUS not in content:
            return b"ICAP/1.0 204 No Content\r\n\r\n"
        if self.gedrag == "verboden":
            return b"ICAP/1.0 403 Forbidden\r\n\r\n"
        if self.gedrag == "tegenstrijdig":
            return f"ICAP/1.0 204 No Content\r\n{_INFECTION}\r\n".encode()
        return self._found() if self.gedrag == "gewoon" else _blocked(b"")

    def _found(self) -> bytes:
        return _blocked(_INFECTION.encode())


def _blocked(said: bytes) -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    return (
        b"ICAP/1.0 200 OK\r\n"
        + said
        + b"Encapsulated: res-hdr=0, res-body=%d\r\n\r\n" % len(page)
        + page
        + b"0\r\n\r\n"
    )


@asynccontextmanager
async def icap_server(gedrag: str = "gewoon", methods: str = "RESPMOD, REQMOD") -> AsyncIterator[IcapServer]:
    """A server on a free port."""
    made = IcapServer(gedrag, methods)
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        made.end()
        await take_no_more(server)
        server.close()
        await server.wait_closed()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
