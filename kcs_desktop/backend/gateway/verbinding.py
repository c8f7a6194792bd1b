"""The one way from the backend to a register: one pooled client, the register's credential, a limit in time and size.

It repeats nothing of the address, in no error and no log: query strings hold BSNs. A read on a line that the other side
had just closed is made once more; what changes something (`send`) is made once, on a line that was used just before or
is new.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from time import perf_counter
from urllib.parse import quote, urlsplit

import httpx
import structlog

from kcs_desktop.api.lijn import Lijngebruik
from kcs_desktop.backend.db.unit import utc_now
from kcs_desktop.backend.gateway import fouten
from kcs_desktop.backend.gateway.antwoord import Antwoord, Ruw, check
from kcs_desktop.backend.gateway.bewijs import Clock, bewijs_for
from kcs_desktop.backend.gateway.formulier import Formulier
from kcs_desktop.backend.gateway.instellingen import RegisterSettings
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.backend.settings import is_loopback_host

log = structlog.get_logger(__name__)
MAX_ANSWER = 10 * 1024 * 1024
VERWERKING = "Klantcontact"
_MAX_CONNECT = 3.0  # seconds
_READABLE = " !\"#$&'()*+,/:;<=>?@[]^`{|}"
_KEPT = 20.0  # seconds that a line stays open for the next read
_KEPT_FOR_WRITING = 1.0  # shorter than any server closes it
_BROKEN_LINE = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)
CRS = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}


class Lijnen:
    """The shared client: opened and closed with the application."""

    def __init__(self) -> None:
        self._client: httpx.AsyncClient | None = None
        self._writer: httpx.AsyncClient | None = None
        self.gebruik = Lijngebruik()

    async def open(self, *, is_local: bool) -> None:
        """`is_local`: every register is on this machine, so that no proxy may come between."""
        verify = False if is_local else ssl.create_default_context()
        self._client, self._writer = (_client(verify, kept, is_local=is_local) for kept in (_KEPT, _KEPT_FOR_WRITING))

    async def close(self) -> None:
        await self.gebruik.end(*(client.aclose() for client in (self._client, self._writer) if client is not None))
        self._client = self._writer = None

    @property
    def client(self) -> httpx.AsyncClient:
        return _running(self._client)

    @property
    def writer(self) -> httpx.AsyncClient:
        return _running(self._writer)


def _client(verify: ssl.SSLContext | bool, kept: float, *, is_local: bool) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        verify=verify,
        trust_env=not is_local,
        limits=httpx.Limits(max_connections=256, max_keepalive_connections=64, keepalive_expiry=kept),
        follow_redirects=False,
        headers={"User-Agent": "kcs-backend", "Accept": "application/json", "Accept-Encoding": "identity"},
    )


def _running(client: httpx.AsyncClient | None) -> httpx.AsyncClient:
    if client is None:
        raise RuntimeError("the application is not running")
    return client


class Verzonden(Exception):
    """The request may have reached the register, and no whole answer came. `problem` is what to tell."""

    def __init__(self, problem: HttpProblem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Inhoud:
    """The content of a file, as it comes over the line. `parts` reads it once, and closes the line; `close` is for
    content that nobody reads."""

    def __init__(self, naam: str, response: httpx.Response) -> None:
        self._naam = naam
        self._response = response
        self.media_type = response.headers.get("content-type", "application/octet-stream")

    async def parts(self) -> AsyncIterator[bytes]:
        try:
            async for part in self._response.aiter_bytes():
                yield part
        except (httpx.HTTPError, ConnectionAbortedError):
            # Too late for a problem; a body that ends early is seen as such.
            log.warning("inhoud brak af", register=self._naam)
            raise fouten.unreachable(self._naam) from None
        finally:
            await self.close()

    async def close(self) -> None:
        await self._response.aclose()


class Verbinding:
    """To one source of one register."""

    def __init__(self, naam: str, settings: RegisterSettings, lijnen: Lijnen, clock: Clock = utc_now) -> None:
        self.naam = naam
        self.base = settings.url.rstrip("/")
        self._limit = settings.timeout
        self._bewijs = bewijs_for(naam, settings, clock)
        self._lijnen = lijnen
        self._secrets = tuple(text for text in (*self._bewijs.secrets, urlsplit(self.base).netloc) if text)

    async def ask(
        self,
        verzoek: Verzoek,
        method: str,
        path: str,
        *,
        query: str = "",
        content: bytes | None = None,
        array: bool = False,
    ) -> Antwoord:
        """The answer of the standard, an error of the standard too. Raises HttpProblem for anything else.

        `array`: what is asked is a list that has no pages.
        """
        began = perf_counter()
        said = "geen antwoord"
        try:
            ruw = await self._ask(verzoek, method, f"{self.base}{path}{'?' + query if query else ''}", content)
            said = str(ruw.status)
        finally:
            ms = round((perf_counter() - began) * 1000)
            log.info("register", register=self.naam, methode=method, antwoord=said, ms=ms, verzoek=verzoek.request_id)
        return check(self.naam, ruw, self._secrets, array=array)

    async def content(self, verzoek: Verzoek, path: str, query: str) -> Inhoud:
        """What a document holds. Raises HttpProblem; once it has begun only the line can break it."""
        address, headers = f"{self.base}{path}{'?' + query if query else ''}", self._headers(verzoek)
        headers["Accept"] = "application/octet-stream, */*;q=0.9"  # asked for JSON, a real server answers 406
        for attempt in (1, 2):
            try:
                async with asyncio.timeout(self._limit):
                    opened = await self._lijnen.gebruik.run(self._open(address, headers))
            except (TimeoutError, httpx.TimeoutException):
                raise fouten.too_late(self.naam) from None
            except (httpx.HTTPError, OSError):
                raise fouten.unreachable(self.naam) from None
            if isinstance(opened, httpx.Response):
                return Inhoud(self.naam, self._lijnen.gebruik.held(opened))
            ruw = opened
            renewed = self._bewijs.renewed(headers, ruw.status, ruw.body, ruw.date)
            if renewed is None or attempt == 2:
                break
            headers = renewed
        raise fouten.absent(self.naam) if ruw.status == 404 else _refusal(self.naam, ruw, self._secrets)

    async def _open(self, address: str, headers: Mapping[str, str]) -> httpx.Response | Ruw:
        """An answer that is content, still to be read; any other one whole."""
        client = self._lijnen.client
        request = client.build_request("GET", address, headers=headers, timeout=self._limit)
        response = await client.send(request, stream=True)
        if response.status_code == 200:
            return response
        try:
            return await self._whole(response)
        finally:
            await response.aclose()

    async def send(
        self,
        verzoek: Verzoek,
        method: str,
        path: str,
        *,
        content: bytes | Formulier | None = None,
        limit: float = 0.0,
    ) -> Ruw:
        """Whatever came back, of a request that is made once. Raises Verzonden, or HttpProblem where it never left.

        `limit`: the seconds that this one may take, where that is more than any other.
        """
        began = perf_counter()
        said = "geen antwoord"
        headers, limit = self._headers(verzoek), max(limit, self._limit)
        if isinstance(content, Formulier):
            headers |= content.headers
        elif content is not None:
            headers["Content-Type"] = "application/json"
        try:
            async with asyncio.timeout(limit):
                ruw = await self._once(method, f"{self.base}{path}", headers, content, self._lijnen.writer, limit)
            said = str(ruw.status)
            return ruw
        except (httpx.ConnectTimeout, httpx.ConnectError, httpx.PoolTimeout, httpx.InvalidURL):
            raise fouten.unreachable(self.naam) from None
        except (TimeoutError, httpx.TimeoutException):
            raise Verzonden(fouten.too_late(self.naam)) from None
        except HttpProblem as problem:
            raise Verzonden(problem) from None
        except (httpx.HTTPError, OSError):
            raise Verzonden(fouten.unreachable(self.naam)) from None
        finally:
            ms = round((perf_counter() - began) * 1000)
            log.info("register", register=self.naam, methode=method, antwoord=said, ms=ms, verzoek=verzoek.request_id)

    @property
    def limit(self) -> float:
        """Seconds that one call may take."""
        return self._limit

    @property
    def secrets(self) -> tuple[str, ...]:
        """What may stand in no answer."""
        return self._secrets

    async def _ask(self, verzoek: Verzoek, method: str, address: str, content: bytes | None) -> Ruw:
        headers = self._headers(verzoek)
        if content is not None:
            headers["Content-Type"] = "application/json"
        try:
            async with asyncio.timeout(self._limit):
                try:
                    return await self._once(method, address, headers, content)
                except _BROKEN_LINE:
                    return await self._once(method, address, headers, content)
        except httpx.ConnectTimeout:
            raise fouten.unreachable(self.naam) from None
        except (TimeoutError, httpx.TimeoutException):
            raise fouten.too_late(self.naam) from None
        except httpx.DecodingError:
            raise fouten.faulty(self.naam) from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            # Its cause is left out: it may quote the address.
            raise fouten.unreachable(self.naam) from None

    async def _once(
        self,
        method: str,
        address: str,
        headers: dict[str, str],
        content: bytes | Formulier | None,
        client: httpx.AsyncClient | None = None,
        limit: float = 0.0,
    ) -> Ruw:
        """A request whose proof is refused was not carried out: it is made once more with another."""
        ruw = await self._request(method, address, headers, content, client, limit)
        renewed = self._bewijs.renewed(headers, ruw.status, ruw.body, ruw.date)
        return ruw if renewed is None else await self._request(method, address, renewed, content, client, limit)

    async def _request(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        content: bytes | Formulier | None,
        client: httpx.AsyncClient | None = None,
        limit: float = 0.0,
    ) -> Ruw:
        timeout = httpx.Timeout(limit or self._limit, connect=min(self._limit, _MAX_CONNECT))
        client = client or self._lijnen.client
        body = content.stream() if isinstance(content, Formulier) else content
        request = client.build_request(method, address, headers=headers, content=body, timeout=timeout)
        return await self._lijnen.gebruik.run(self._exchange(client, request))

    async def _exchange(self, client: httpx.AsyncClient, request: httpx.Request) -> Ruw:
        response = await client.send(request, stream=True)
        try:
            return await self._whole(response)
        finally:
            await response.aclose()

    async def _whole(self, response: httpx.Response) -> Ruw:
        """Raises HttpProblem where it is larger than any answer of a register."""
        length = response.headers.get("content-length", "")
        if length.isdigit() and int(length) > MAX_ANSWER:
            raise fouten.faulty(self.naam)
        parts, size = [], 0
        async for part in response.aiter_bytes():
            size += len(part)
            if size > MAX_ANSWER:
                raise fouten.faulty(self.naam)
            parts.append(part)
        told = response.headers
        return Ruw(response.status_code, told.get("content-type", ""), b"".join(parts), told.get("date", ""))

    def _headers(self, verzoek: Verzoek) -> dict[str, str]:
        headers = {
            "X-Request-ID": verzoek.request_id,
            "x-verwerking": VERWERKING,
            "x-gebruiker": quote(verzoek.wie.naam, safe=_READABLE),
        }
        if verzoek.doelbinding:
            headers["x-doelbinding"] = quote(verzoek.doelbinding, safe=_READABLE)
        if self.naam == "zaken":
            headers |= CRS
        return headers | self._bewijs.headers(verzoek.wie)


def _refusal(naam: str, ruw: Ruw, secrets: tuple[str, ...]) -> HttpProblem:
    try:
        check(naam, ruw, secrets)
    except HttpProblem as problem:
        return problem
    return fouten.faulty(naam)


def is_local(url: str) -> bool:
    """Whether this address is on this machine, over plain http."""
    parts = urlsplit(url)
    return parts.scheme == "http" and is_loopback_host(parts.hostname or "")
