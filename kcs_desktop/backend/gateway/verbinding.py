"""The one way from the backend to a register: one pooled client, the register's credential, a limit in time and size.

It repeats nothing of the address, in no error and no log: query strings hold BSNs. Everything it carries is a read, so
that a call on a line that the other side had just closed may be made once more.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from time import perf_counter
from urllib.parse import quote, urlsplit

import httpx
import structlog

from kcs_desktop.backend.gateway import fouten
from kcs_desktop.backend.gateway.antwoord import Antwoord, Ruw, check
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.settings import RegisterSettings, is_loopback_host

log = structlog.get_logger(__name__)
MAX_ANSWER = 10 * 1024 * 1024
VERWERKING = "Klantcontact"
_MAX_CONNECT = 3.0  # seconds
_READABLE = " !\"#$&'()*+,/:;<=>?@[]^`{|}"
_BROKEN_LINE = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)
_CREDENTIAL = {"brp": ("X-API-KEY", ""), "kvk": ("apikey", ""), "klantinteracties": ("Authorization", "Token ")}


class Lijnen:
    """The shared client: opened and closed with the application."""

    def __init__(self) -> None:
        self._client: httpx.AsyncClient | None = None

    async def open(self, *, is_local: bool) -> None:
        """`is_local`: every register is on this machine, so that no proxy may come between."""
        self._client = httpx.AsyncClient(
            verify=False if is_local else ssl.create_default_context(),
            trust_env=not is_local,
            limits=httpx.Limits(max_connections=256, max_keepalive_connections=64, keepalive_expiry=20),
            follow_redirects=False,
            headers={"User-Agent": "kcs-backend", "Accept": "application/json", "Accept-Encoding": "identity"},
        )

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    @property
    def client(self) -> httpx.AsyncClient:
        if self._client is None:
            raise RuntimeError("the application is not running")
        return self._client


class Verbinding:
    """To one register."""

    def __init__(self, naam: str, settings: RegisterSettings, lijnen: Lijnen) -> None:
        self.naam = naam
        self.base = settings.url.rstrip("/")
        self._limit = settings.timeout
        self._token = settings.token
        self._lijnen = lijnen
        self._secrets = tuple(text for text in (settings.token, urlsplit(self.base).netloc) if text)

    async def ask(
        self, verzoek: Verzoek, method: str, path: str, *, query: str = "", content: bytes | None = None
    ) -> Antwoord:
        """The answer of the standard, an error of the standard too. Raises HttpProblem for anything else."""
        began = perf_counter()
        said = "geen antwoord"
        try:
            ruw = await self._ask(verzoek, method, f"{self.base}{path}{'?' + query if query else ''}", content)
            said = str(ruw.status)
        finally:
            ms = round((perf_counter() - began) * 1000)
            log.info("register", register=self.naam, methode=method, antwoord=said, ms=ms, verzoek=verzoek.request_id)
        return check(self.naam, ruw, self._secrets)

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

    async def _once(self, method: str, address: str, headers: Mapping[str, str], content: bytes | None) -> Ruw:
        timeout = httpx.Timeout(self._limit, connect=min(self._limit, _MAX_CONNECT))
        client = self._lijnen.client
        async with client.stream(method, address, headers=headers, content=content, timeout=timeout) as response:
            length = response.headers.get("content-length", "")
            if length.isdigit() and int(length) > MAX_ANSWER:
                raise fouten.faulty(self.naam)
            parts, size = [], 0
            async for part in response.aiter_bytes():
                size += len(part)
                if size > MAX_ANSWER:
                    raise fouten.faulty(self.naam)
                parts.append(part)
            return Ruw(response.status_code, response.headers.get("content-type", ""), b"".join(parts))

    def _headers(self, verzoek: Verzoek) -> dict[str, str]:
        headers = {
            "X-Request-ID": verzoek.request_id,
            "x-verwerking": VERWERKING,
            "x-gebruiker": quote(verzoek.wie.naam, safe=_READABLE),
        }
        if verzoek.doelbinding:
            headers["x-doelbinding"] = quote(verzoek.doelbinding, safe=_READABLE)
        if self._token:
            name, scheme = _CREDENTIAL[self.naam]
            headers[name] = scheme + self._token
        return headers


def is_local(url: str) -> bool:
    """Whether this address is on this machine, over plain http."""
    parts = urlsplit(url)
    return parts.scheme == "http" and is_loopback_host(parts.hostname or "")
