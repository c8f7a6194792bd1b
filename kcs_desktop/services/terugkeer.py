"""Where the browser comes back after a sign-in: 127.0.0.1, a free port, for one answer, then closed (RFC 8252)."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

import msgspec

from kcs_desktop.domain.errors import InvalidInput

PATH = "/aangemeld"
_MAX_LINE = 16 * 1024
_MAX_HEADERS = 100
_READ = 10.0  # seconds for one request
_DONE = "Ga terug naar KCS Desktop. U kunt deze pagina sluiten."
_FAILED = "Aanmelden is niet gelukt. Ga terug naar KCS Desktop; daar staat wat u kunt doen. U kunt deze pagina sluiten."
_OF_ANOTHER = (
    "Dit antwoord hoort niet bij de aanmelding die nu loopt. Er is niets veranderd: KCS Desktop wacht nog. Rond het"
    " aanmelden af in de pagina die KCS Desktop opende, of begin daar opnieuw."
)
_PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>KCS Desktop</title></head>
<body><main><h1>KCS Desktop</h1><p>{}</p></main></body></html>"""


class Browserantwoord(msgspec.Struct, frozen=True):
    """What came back and belongs to this attempt."""

    code: str
    uitgever: str = ""


class Terugkeer:
    """An async context manager: it listens within the block, and waits for the answer that carries `state`."""

    def __init__(self, state: str) -> None:
        self._state = state
        self._server: asyncio.Server | None = None
        self._port = 0
        self._lines: set[asyncio.StreamWriter] = set()
        self._answer: asyncio.Future[Browserantwoord] = asyncio.get_running_loop().create_future()

    async def __aenter__(self) -> Terugkeer:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_MAX_LINE)
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
        for writer in tuple(self._lines):
            writer.close()
        self._answer.cancel()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}{PATH}"

    async def wait(self, seconds: float) -> Browserantwoord:
        """Raises InvalidInput for a refusal, or no answer within `seconds`. One of another attempt, which any page on
        this machine can make up, ends nothing."""
        try:
            async with asyncio.timeout(seconds):
                return await self._answer
        except TimeoutError:
            raise InvalidInput(
                f"U hebt zich niet binnen {round(seconds / 60)} minuten aangemeld in de browser. Probeer het opnieuw.",
                code="oidc-te-laat",
            ) from None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.add(writer)
        try:
            async with asyncio.timeout(_READ):
                target = await self._target(reader)
                given = None if target is None or self._answer.done() else _given(target)
                if given is None:
                    await _write(writer, "404 Not Found", "Hier is niets.")
                    return
                if not hmac.compare_digest(given.get("state", "").encode(), self._state.encode()):
                    await _write(writer, "400 Bad Request", _OF_ANOTHER)
                    return
                found = _judged(given)
                await _write(writer, "200 OK", _DONE if isinstance(found, Browserantwoord) else _FAILED)
        except (TimeoutError, ConnectionError, ValueError, asyncio.IncompleteReadError):
            return  # no browser of ours
        finally:
            self._lines.discard(writer)
            writer.close()
        self._settle(found)

    def _settle(self, found: Browserantwoord | InvalidInput) -> None:
        if self._answer.done():
            return
        if isinstance(found, InvalidInput):
            self._answer.set_exception(found)
        else:
            self._answer.set_result(found)

    async def _target(self, reader: asyncio.StreamReader) -> str | None:
        """What is asked for; None for anything but a GET of our own address, as a page elsewhere might try."""
        words = (await reader.readline()).decode("latin-1").split()
        host = ""
        for _ in range(_MAX_HEADERS):
            line = (await reader.readline()).decode("latin-1").strip()
            if not line:
                break
            name, _, value = line.partition(":")
            if name.lower() == "host":
                host = value.strip()
        is_ours = len(words) == 3 and words[0] == "GET" and host == f"127.0.0.1:{self._port}"
        return words[1] if is_ours else None


def _given(target: str) -> dict[str, str] | None:
    """What stands in the address once; None for another page, such as the icon that a browser asks for."""
    parts = urlsplit(target)
    if parts.path != PATH:
        return None
    query = parse_qs(parts.query, max_num_fields=20)
    return {name: values[0] for name, values in query.items() if len(values) == 1}


def _judged(given: Mapping[str, str]) -> Browserantwoord | InvalidInput:
    """An answer to this attempt."""
    if given.get("error") == "access_denied":
        return InvalidInput(
            "Het aanmelden is in de browser afgebroken of geweigerd. Probeer het opnieuw.", code="oidc-afgewezen"
        )
    if "error" in given or not given.get("code"):
        return InvalidInput(
            "De aanmelddienst van de gemeente kon u niet aanmelden. Probeer het opnieuw. Blijft dit zo, meld het dan"
            " aan uw beheerder.",
            code="oidc-fout",
        )
    return Browserantwoord(given["code"], given.get("iss", ""))


async def _write(writer: asyncio.StreamWriter, status: str, text: str) -> None:
    body = _PAGE.format(text).encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
        "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n"
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\nConnection: close\r\n\r\n"
    )
    with suppress(ConnectionError):  # a browser that left has told what it came for
        writer.write(head.encode() + body)
        await writer.drain()
