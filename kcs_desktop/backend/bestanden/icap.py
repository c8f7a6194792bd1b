"""A small client of ICAP (RFC 3507): it hands a file over for inspection and hears whether it may pass.

The file goes as the answer to a made-up download (RESPMOD), or as an upload (REQMOD) where the server knows only that.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress

import msgspec

from kcs_desktop.backend.bestanden.scanner import Scanner, ScannerFailed, Uitslag, clean_reden

_MAX_HEAD = 64 * 1024
_FOUND = ("x-infection-found", "x-virus-id", "x-violations-found")
_CRLF = b"\r\n"


class _Answer(msgspec.Struct, frozen=True):
    """The status and headers of ICAP itself, and those of the HTTP message inside."""

    status: int
    headers: Mapping[str, str]
    inner_status: int = 0
    inner_headers: Mapping[str, str] = {}


class IcapScanner(Scanner):
    """One connection per file."""

    def __init__(self, host: str, port: int, path: str, seconds: float) -> None:
        self._host = host
        self._port = port
        named = f"[{host}]" if ":" in host else host
        self._url = f"icap://{named}:{port}{path or '/'}"
        self._seconds = seconds

    async def scan(self, omvang: int, inhoud: AsyncIterator[bytes]) -> Uitslag:
        try:
            async with asyncio.timeout(self._seconds):
                methods = (await self._ask("OPTIONS", b"", b"null-body=0")).headers.get("methods", "")
                is_upload = "RESPMOD" not in methods.upper() and "REQMOD" in methods.upper()
                head, encapsulated = _upload(omvang) if is_upload else _download(omvang)
                method = "REQMOD" if is_upload else "RESPMOD"
                return _judge(await self._ask(method, head, encapsulated, inhoud))
        except TimeoutError as error:
            raise ScannerFailed("de virusscanner antwoordt niet op tijd") from error
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as error:
            raise ScannerFailed("de virusscanner is niet bereikbaar of onverstaanbaar") from error

    async def _ask(
        self, method: str, head: bytes, encapsulated: bytes, inhoud: AsyncIterator[bytes] | None = None
    ) -> _Answer:
        reader, writer = await asyncio.open_connection(self._host, self._port, limit=_MAX_HEAD)
        sender: asyncio.Task[None] | None = None
        try:
            writer.write(
                _CRLF.join(
                    (
                        f"{method} {self._url} ICAP/1.0".encode(),
                        f"Host: {self._host}".encode(),
                        b"Connection: close",
                        b"Allow: 204",
                        b"Encapsulated: " + encapsulated,
                        b"",
                        head,
                    )
                )
            )
            # It may answer before it has everything, so it is listened to while the file goes out.
            sender = asyncio.create_task(_send(writer, inhoud))
            return await _read_answer(reader)
        finally:
            if sender is not None:
                sender.cancel()
                with suppress(asyncio.CancelledError, OSError):
                    await sender
            # Never `close`: that waits, beyond the time limit, for a server that takes the rest of the file.
            writer.transport.abort()


async def _send(writer: asyncio.StreamWriter, inhoud: AsyncIterator[bytes] | None) -> None:
    try:
        await _send_all(writer, inhoud)
    except OSError:
        raise  # the server went away, perhaps after an answer that can still be read
    except Exception:
        writer.transport.abort()  # it waits for the rest, and who listens would wait for it
        raise


async def _send_all(writer: asyncio.StreamWriter, inhoud: AsyncIterator[bytes] | None) -> None:
    if inhoud is not None:
        async for stuk in inhoud:
            writer.write(b"%x\r\n" % len(stuk))
            writer.write(stuk)
            writer.write(_CRLF)
            await writer.drain()
        writer.write(b"0\r\n\r\n")
    await writer.drain()


def _download(omvang: int) -> tuple[bytes, bytes]:
    """The HTTP request and answer that the file stands in, and where each begins."""
    request = b"GET /bestand HTTP/1.1\r\nHost: kcs\r\n\r\n"
    answer = (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n" + f"Content-Length: {omvang}\r\n\r\n".encode()
    )
    whole = request + answer
    return whole, b"req-hdr=0, res-hdr=%d, res-body=%d" % (len(request), len(whole))


def _upload(omvang: int) -> tuple[bytes, bytes]:
    request = (
        b"POST /bestand HTTP/1.1\r\nHost: kcs\r\nContent-Type: application/octet-stream\r\n"
        + f"Content-Length: {omvang}\r\n\r\n".encode()
    )
    return request, b"req-hdr=0, req-body=%d" % len(request)


async def _read_answer(reader: asyncio.StreamReader) -> _Answer:
    while True:
        status, headers = _parse_head(await reader.readuntil(b"\r\n\r\n"))
        if status != 100:  # "go on": it wants the rest, which is on its way
            break
    encapsulated = headers.get("encapsulated", "")
    if "res-hdr" in encapsulated:
        inner_status, inner_headers = _parse_head(await reader.readuntil(b"\r\n\r\n"))
        return _Answer(status, headers, inner_status, inner_headers)
    return _Answer(status, headers)


def _parse_head(head: bytes) -> tuple[int, Mapping[str, str]]:
    """Raises ValueError for what is no answer of this protocol."""
    first, *lines = head.decode("latin-1").split("\r\n")
    protocol, status, *_ = [*first.split(" ", 2), ""]
    if not protocol.startswith(("ICAP/", "HTTP/")) or not (status.isascii() and status.isdigit()):
        raise ValueError("no answer of ICAP")
    pairs = (line.partition(":") for line in lines if line)
    return int(status), {name.strip().lower(): value.strip() for name, _, value in pairs}


def _judge(answer: _Answer) -> Uitslag:
    """Clean only where nothing says otherwise: what it changed, blocked or named a threat in is not."""
    said = {**answer.inner_headers, **answer.headers}
    found = next((said[name] for name in _FOUND if said.get(name)), "")
    if found and answer.status in {200, 204, 403}:
        return Uitslag(is_schoon=False, reden=_threat(found))
    if answer.status == 204:
        return Uitslag(is_schoon=True)
    if answer.status == 403 or answer.inner_status == 403:
        return Uitslag(is_schoon=False)
    raise ScannerFailed(f"de virusscanner antwoordt met {answer.status}")


def _threat(found: str) -> str:
    """`Type=0; Resolution=2; Threat=Eicar;` names it under Threat; others write the name alone."""
    for part in found.split(";"):
        name, equals, value = part.strip().partition("=")
        if equals and name.lower() == "threat":
            return clean_reden(value)
    return clean_reden(found)
