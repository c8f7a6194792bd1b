"""A register on loopback that misbehaves as told: a real server on a real socket, for what a real one may do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from kcs_desktop.backend.gateway.instellingen import ZGW, RegisterSettings
from tests.harness.luisteraar import listening

GEDRAGINGEN = (
    "html",
    "server-error",
    "html-error",
    "nothing",
    "slow",
    "drip",
    "half",
    "cut",
    "redirect",
    "wrong-type",
    "huge",
    "huge-undeclared",
    "list",
    "other-object",
    "garbage",
    "unauthorized",
    "forbidden",
    "unavailable",
    "deep",
    "html-not-found",
)
_HUGE = 11 * 1024 * 1024


@dataclass
class Gevraagd:
    """One request as it came in; header names in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query))


@dataclass
class Upstream:
    """`behaviour` is what the next requests get; for "ok" that is `status` with `answer`."""

    url: str = ""
    behaviour: str = "ok"
    answer: Any = field(default_factory=dict)
    status: int = 200
    media_type: str = "application/json"
    echo: str = ""  # a text that bad answers carry, to see whether it leaks
    asked: list[Gevraagd] = field(default_factory=list)
    drops_first: bool = False  # close the first connection unanswered, as a server that restarts
    on_asked: Callable[[Gevraagd], Awaitable[None]] | None = None  # before it is answered

    def zgw_settings(self) -> dict[str, RegisterSettings]:
        """The settings of a backend in this process that has zaken, their catalogue and documents here."""
        return {
            naam: RegisterSettings(url=f"{self.url}/{naam}", client_id="kcs", secret="sleutel van de client")
            for naam in ZGW
        }

    def ok(self, answer: Any, status: int = 200, media_type: str = "application/json") -> None:
        """From now on answer this."""
        self.behaviour, self.answer, self.status, self.media_type = "ok", answer, status, media_type


@asynccontextmanager
async def running_upstream() -> AsyncIterator[Upstream]:
    """Serve until the block ends."""
    double = Upstream()
    ended = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while (asked := await _read(reader)) is not None:
            double.asked.append(asked)
            if double.on_asked is not None:
                await double.on_asked(asked)
            if double.drops_first:
                double.drops_first = False
                break
            if not await _answer(double, writer, ended):
                break

    async with listening(serve) as url:
        double.url = f"{url}/basis"
        try:
            yield double
        finally:
            ended.set()


async def _read(reader: asyncio.StreamReader) -> Gevraagd | None:
    line = (await reader.readline()).decode("latin-1").split()
    if len(line) != 3:
        return None
    headers: dict[str, str] = {}
    while (raw := (await reader.readline()).decode("latin-1").strip()) != "":
        name, _, value = raw.partition(":")
        headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Gevraagd(line[0], line[1], headers, body)


async def _answer(double: Upstream, writer: asyncio.StreamWriter, ended: asyncio.Event) -> bool:
    """Answer one request; False when the line must be closed."""
    echo = double.echo
    html = f"<html><body>{echo}</body></html>".encode()
    problem = json.dumps({"title": "x", "status": 401, "detail": echo}).encode()
    plain: dict[str, tuple[int, str, bytes]] = {
        "ok": (double.status, double.media_type, json.dumps(double.answer).encode()),
        "html": (200, "text/html", html),
        "server-error": (500, "application/problem+json", problem),
        "html-error": (500, "text/html", html),
        "half": (200, "application/json", b'{"results": [{"uuid": "'),
        "wrong-type": (200, "application/octet-stream", b'{"results": [], "personen": []}'),
        "huge": (200, "application/json", b" " * _HUGE),
        "list": (200, "application/json", b"[]"),
        "other-object": (200, "application/json", b'{"hallo": 1}'),
        "unauthorized": (401, "application/problem+json", problem),
        "forbidden": (403, "application/problem+json", problem),
        "unavailable": (503, "text/html", html),
        "deep": (200, "application/json", b'{"a":' * 100_000),
        "html-not-found": (404, "text/html", html),
    }
    if double.behaviour in plain:
        status, media_type, body = plain[double.behaviour]
        head = f"HTTP/1.1 {status} X\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        return True
    begin = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    if double.behaviour == "slow":
        await ended.wait()
    elif double.behaviour == "drip":
        writer.write(begin + b"Content-Length: 1000000\r\n\r\n")
        while not ended.is_set():
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.01)
    elif double.behaviour == "cut":
        writer.write(begin + b'Content-Length: 1000\r\n\r\n{"results": [')
        await writer.drain()
    elif double.behaviour == "redirect":
        writer.write(f"HTTP/1.1 302 X\r\nLocation: {double.url}/elders\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()
    elif double.behaviour == "huge-undeclared":
        writer.write(begin + b"Connection: close\r\n\r\n" + b" " * _HUGE)
        await writer.drain()
    elif double.behaviour == "garbage":
        writer.write(b"SSH-2.0-OpenSSH_9\r\n\r\n")
        await writer.drain()
    return False
