"""The one way from the seat to its backend: one httpx client with TLS, time-outs, request ids, purpose and token.

It must not know what is asked; the typed clients beside it do. It logs nothing: query strings hold BSNs.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Protocol, TypeVar
from urllib.parse import quote, urlsplit

import httpx
import msgspec

from kcs_desktop.api.fouten import error_from
from kcs_desktop.api.lijn import Lijngebruik
from kcs_desktop.domain.contract import CONTRACT, HEADER, fits, read_contract
from kcs_desktop.domain.errors import (
    InvalidInput,
    NeverSent,
    OtherVersion,
    ServerFault,
    SignedOut,
    TimedOut,
    Unreachable,
)

T = TypeVar("T")

MAX_ANSWER = 32_000_000  # bytes; more than any page of any register
DEFAULT_TIMEOUT = 10.0  # seconds for a whole call
_STARTING = "De server wordt nog gestart."
_LOST = "De verbinding viel weg."
_NOT_OURS = "Iets tussen dit programma en de server antwoordt in plaats van de server."
_CUT_OFF = ("Server disconnected", "peer closed connection")  # how httpx says it; it has no error of its own for it
_JSON, _BYTES = "application/json", "application/octet-stream"
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Doel(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why a call is made: the backend derives the doelbinding from it. The employee never types it."""

    kanaal: str = ""
    product: str = ""
    contact: str = ""
    aanleiding: str = ""  # `doelbinding.BIJWERKEN`: the seat asks by itself, and nobody looks

    def headers(self) -> dict[str, str]:
        velden = {
            "X-KCS-Kanaal": self.kanaal,
            "X-KCS-Product": self.product,
            "X-KCS-Contact": self.contact,
            "X-KCS-Aanleiding": self.aanleiding,
        }
        return {naam: quote(waarde, safe="") for naam, waarde in velden.items() if waarde}


class Toegang(Protocol):
    """Who gives the access token. `renew` is single-flight and raises SignedOut when the session ended."""

    async def token(self) -> str:
        """ "" when nobody is signed in."""
        ...

    async def renew(self, used: str) -> str: ...


class Antwoord(msgspec.Struct, frozen=True):
    """A success: status, body and the headers in lower case."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    def decode(self, soort: type[T] | msgspec.json.Decoder[T]) -> T:
        """The body as `soort`; ServerFault when it is anything else."""
        decoder = soort if isinstance(soort, msgspec.json.Decoder) else msgspec.json.Decoder(soort)
        try:
            return decoder.decode(self.body)
        except (msgspec.DecodeError, UnicodeDecodeError) as fout:
            raise ServerFault from fout


class _Vraag(msgspec.Struct, frozen=True):
    """One request, ready to be sent again with a fresh token. `limit` is in seconds, for the whole call."""

    method: str
    path: str
    params: Mapping[str, str] | None
    content: bytes | None
    headers: Mapping[str, str]
    limit: float


def check_address(url: str) -> str:
    """`url` without its last slash; InvalidInput unless it is https, or http on this machine."""
    delen = urlsplit(url)
    veilig = delen.scheme == "https" or (delen.scheme == "http" and delen.hostname in _LOOPBACK)
    if not veilig or not delen.hostname:
        raise InvalidInput(
            f"Het adres van de server moet met https:// beginnen: {url}", field="KCS_BACKEND_URL", code="adres"
        )
    return url.rstrip("/")


class Client:
    """One per seat. `aim` sets or changes the address (the embedded backend gets a new port at each start)."""

    def __init__(self, transport: httpx.AsyncBaseTransport | None = None, *, contract: int = CONTRACT) -> None:
        self._transport = transport
        self._contract = contract
        self.is_other_version = False  # what the last answer of a backend said
        self._http: httpx.AsyncClient | None = None
        self._gebruik = Lijngebruik()
        self._secret = ""
        self.toegang: Toegang | None = None
        self.address = ""
        self._nowhere = _STARTING
        for naam in ("httpx", "httpcore"):
            logging.getLogger(naam).setLevel(logging.WARNING)

    def aim(self, base_url: str, secret: str = "") -> None:
        """Use this address from the next call on. `secret` proves to an embedded backend that we started it."""
        self.address = check_address(base_url)
        self._secret = secret
        if self._http is not None:
            self._http.base_url = httpx.URL(self.address)
            return
        is_https = self.address.startswith("https")
        self._http = httpx.AsyncClient(
            base_url=self.address,
            transport=self._transport,
            verify=ssl.create_default_context() if is_https else False,
            trust_env=is_https,  # a proxy of the environment must never see what stays on this machine
            timeout=httpx.Timeout(DEFAULT_TIMEOUT, connect=3.0),
            limits=httpx.Limits(max_connections=24, max_keepalive_connections=12, keepalive_expiry=30),
            headers={"Accept": "application/json", "User-Agent": "kcs-desktop"},
            follow_redirects=False,
        )

    def look_away(self, reason: str = _STARTING) -> None:
        """Nobody is at the address any more, and who comes there is not known: nothing goes to it until `aim`. Who
        asks meanwhile hears this reason."""
        self.address = self._secret = ""
        self._nowhere = reason

    async def close(self) -> None:
        if self._http is not None:
            await self._gebruik.end(self._http.aclose())
            self._http = None

    async def call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        body: Any = None,
        content: bytes | None = None,
        doel: Doel | None = None,
        limit: float = DEFAULT_TIMEOUT,
        headers: Mapping[str, str] | None = None,
        anonymous: bool = False,
        renews: bool = True,
    ) -> Antwoord:
        """Ask once (twice when the access token just ended). Raises the domain's errors only.

        `body` goes as JSON; `content` as it is.
        """
        used = "" if anonymous or self.toegang is None else await self.toegang.token()
        sent = content if body is None else msgspec.json.encode(body)
        kind = {} if sent is None else {"Content-Type": _BYTES if body is None else _JSON}
        vraag = _Vraag(
            method,
            path,
            params,
            sent,
            {**kind, **(doel.headers() if doel else {}), **(headers or {})},
            limit,
        )
        try:
            return await self._once(vraag, used)
        except SignedOut:
            if not used or self.toegang is None or not renews:
                raise
            return await self._once(vraag, await self.toegang.renew(used))

    async def _once(self, vraag: _Vraag, token: str) -> Antwoord:
        headers = {**self._standing_headers(token), **vraag.headers}
        async with _as_domain_errors(vraag.limit):
            request = self._client().build_request(
                vraag.method, vraag.path, params=vraag.params, content=vraag.content, headers=headers
            )
            response, body = await self._gebruik.run(self._exchange(request))
        return self._checked(response, body)

    async def _exchange(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        response = await self._client().send(request, stream=True)
        try:
            return response, await _read(response)
        finally:
            await response.aclose()

    @asynccontextmanager
    async def stream(
        self, path: str, *, headers: Mapping[str, str] | None = None, idle: float = 45.0
    ) -> AsyncIterator[httpx.Response]:
        """A stream, of server-sent events unless `headers` accept something else; TimedOut when nothing arrives for
        `idle` seconds. Asked twice when the access token just ended."""
        used = "" if self.toegang is None else await self.toegang.token()
        async with _as_domain_errors(None):
            try:
                response = await self._opened(path, headers or {}, idle, used)
            except SignedOut:
                if not used or self.toegang is None:
                    raise
                response = await self._opened(path, headers or {}, idle, await self.toegang.renew(used))
            try:
                yield response
            finally:
                await response.aclose()

    async def _opened(self, path: str, headers: Mapping[str, str], idle: float, token: str) -> httpx.Response:
        alles = {**self._standing_headers(token), "Accept": "text/event-stream", **headers}
        request = self._client().build_request("GET", path, headers=alles, timeout=httpx.Timeout(idle, connect=3.0))
        response = self._gebruik.held(await self._gebruik.run(self._client().send(request, stream=True)))
        if response.status_code >= 300:
            try:
                self._checked(response, await _read(response))
            finally:
                await response.aclose()
        return response

    def _client(self) -> httpx.AsyncClient:
        if self._http is None or not self.address:
            raise NeverSent(self._nowhere)
        return self._http

    def _standing_headers(self, token: str) -> dict[str, str]:
        headers = {"X-Request-ID": uuid.uuid4().hex, HEADER: str(self._contract)}
        if self._secret:
            headers["X-KCS-Zitplaats"] = self._secret
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return headers

    def _checked(self, response: httpx.Response, body: bytes) -> Antwoord:
        contract = read_contract(response.headers.get(HEADER, ""))
        if contract is not None:
            self.is_other_version = not fits(contract, self._contract)
            if self.is_other_version:
                raise OtherVersion
        status = response.status_code
        if contract is None and 400 <= status < 500 and status != 429:
            raise Unreachable(_NOT_OURS)  # a page of something in between says nothing about what was asked
        if status >= 400:
            raise error_from(status, body)
        if status >= 300 and status != 304:
            raise ServerFault
        return Antwoord(status, body, {naam.lower(): waarde for naam, waarde in response.headers.items()})


async def _read(response: httpx.Response) -> bytes:
    delen, lengte = [], 0
    async for deel in response.aiter_bytes():
        delen.append(deel)
        lengte += len(deel)
        if lengte > MAX_ANSWER:
            raise ServerFault("De server gaf een te groot antwoord.")
    return b"".join(delen)


@asynccontextmanager
async def _as_domain_errors(limit: float | None) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(limit):
            yield
    except (TimeoutError, httpx.ReadTimeout, httpx.WriteTimeout, httpx.PoolTimeout) as fout:
        raise TimedOut from fout
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol) as fout:
        raise NeverSent from fout
    except (httpx.NetworkError, httpx.ProxyError) as fout:
        raise Unreachable(_LOST) from fout
    except httpx.RemoteProtocolError as fout:
        if str(fout).startswith(_CUT_OFF):
            raise Unreachable(_LOST) from fout
        raise ServerFault from fout
    except (httpx.DecodingError, httpx.TooManyRedirects) as fout:
        raise ServerFault from fout
    except ConnectionAbortedError as fout:
        raise Unreachable from fout
    except RuntimeError as fout:
        # httpx raises this, and only this, when a call meets a client that was closed before it.
        if "closed" not in str(fout):
            raise
        raise Unreachable from fout
