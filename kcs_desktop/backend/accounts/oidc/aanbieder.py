"""The provider over the network: discovery, its keys with cache and rotation, and the token endpoint.

It judges no token; `idtoken` does. It logs no answer: tokens are in it.
"""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import quote_plus

import httpx
import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

from kcs_desktop.api.lijn import Lijngebruik
from kcs_desktop.backend.accounts.oidc.instellingen import OidcSettings, is_safe_address, is_this_machine

T = TypeVar("T")
WELL_KNOWN = "/.well-known/openid-configuration"
KEEP = timedelta(hours=1)  # discovery and keys
AGAIN = timedelta(seconds=10)  # at least between two fetches of keys, or two tries of a provider that is away
LIMIT = 6.0  # seconds per call
MAX_ANSWER = 1024 * 1024
_KTY = {"R": "RSA", "P": "RSA", "E": "EC"}


class Away(Exception):
    """No answer, or none that can be used: nothing is known about the employee. The text says what, for the log."""


class Refused(Exception):
    """The provider takes this code or refresh token not, or no longer."""


class Metadata(msgspec.Struct, frozen=True):
    """Of discovery, what is used."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    code_challenge_methods_supported: tuple[str, ...] | None = None
    scopes_supported: tuple[str, ...] | None = None
    authorization_response_iss_parameter_supported: bool = False


class Tokens(msgspec.Struct, frozen=True):
    """Of the token endpoint, what is used. The access token is for nobody here."""

    id_token: str = ""
    refresh_token: str = ""


class _Fout(msgspec.Struct, frozen=True):
    error: str = ""


class Aanbieder:
    """One provider. Closed with the application."""

    def __init__(self, settings: OidcSettings, clock: Callable[[], datetime]) -> None:
        self.settings = settings
        self._clock = clock
        self._client: httpx.AsyncClient | None = None
        self._gebruik = Lijngebruik()
        self._lock = asyncio.Lock()
        self._metadata: Metadata | None = None
        self._metadata_at: datetime | None = None
        self._away_at: datetime | None = None
        self._keys: tuple[Key, ...] = ()
        self._keys_at: datetime | None = None
        self.date = ""  # the Date header of the last answer

    async def close(self) -> None:
        if self._client is not None:
            await self._gebruik.end(self._client.aclose())
            self._client = None

    async def metadata(self) -> Metadata:
        """Discovery, an hour old at most; older where the provider is away. Raises Away."""
        async with self._lock:
            now = self._clock()
            if self._metadata is not None and not _is_past(self._metadata_at, KEEP, now):
                return self._metadata
            if not _is_past(self._away_at, AGAIN, now):
                return self._known("away")
            try:
                found = _decode(await self._get(self.settings.issuer.rstrip("/") + WELL_KNOWN), Metadata)
                self._check(found)
            except Away as error:
                self._away_at = now
                return self._known(str(error))
            self._metadata, self._metadata_at, self._away_at = found, now, None
            return found

    async def key(self, kid: str | None, alg: str) -> Key | None:
        """The key that a token names; fetched anew where it is not known, for the provider changes its keys."""
        async with self._lock:
            now = self._clock()
            if _is_past(self._keys_at, KEEP, now):
                await self._fetch_keys(now)
            found = self._find(kid, alg)
            if found is None and _is_past(self._keys_at, AGAIN, now):
                await self._fetch_keys(now)
                found = self._find(kid, alg)
            return found

    async def exchange(self, code: str, verifier: str, terugkeer: str) -> Tokens:
        """Raises Refused for a code that is wrong, used or of another verifier; Away."""
        return await self._tokens(
            {"grant_type": "authorization_code", "code": code, "redirect_uri": terugkeer, "code_verifier": verifier}
        )

    async def refresh(self, token: str) -> Tokens:
        """Raises Refused where the provider withdrew it; Away."""
        return await self._tokens({"grant_type": "refresh_token", "refresh_token": token})

    async def keys_now(self) -> int:
        """How many signing keys the provider shows at this moment; for who looks after it. Raises Away."""
        await self.metadata()
        async with self._lock:
            await self._fetch_keys(self._clock())
        return len(self._keys)

    def _known(self, why: str) -> Metadata:
        if self._metadata is None:
            raise Away(why)
        return self._metadata

    def _check(self, found: Metadata) -> None:
        if found.issuer != self.settings.issuer:
            raise Away("issuer")
        if not all(is_safe_address(a) for a in (found.authorization_endpoint, found.token_endpoint, found.jwks_uri)):
            raise Away("insecure-endpoint")
        methods = found.code_challenge_methods_supported
        if methods is not None and "S256" not in methods:
            raise Away("no-pkce")

    async def _fetch_keys(self, now: datetime) -> None:
        if self._metadata is None:
            raise Away("no-metadata")
        given = _decode(await self._get(self._metadata.jwks_uri), dict[str, Any])
        raw = [key for key in given.get("keys", ()) if isinstance(key, dict) and key.get("use", "sig") == "sig"]
        fit: list[Key] = []
        for key in raw:
            try:
                fit += KeySet.import_key_set({"keys": [key]}).keys
            except (JoseError, ValueError, TypeError, KeyError):
                continue  # a kind of key that is not for us
        self._keys, self._keys_at = tuple(fit), now

    def _find(self, kid: str | None, alg: str) -> Key | None:
        fit = [key for key in self._keys if key.key_type == _KTY.get(alg[:1]) and key.get("alg") in {None, alg}]
        if kid is not None:
            fit = [key for key in fit if key.kid == kid]
        return fit[0] if len(fit) == 1 else None

    async def _tokens(self, form: dict[str, str]) -> Tokens:
        metadata, settings = await self.metadata(), self.settings
        headers: dict[str, str] = {}
        if not settings.client_secret:
            form["client_id"] = settings.client_id
        elif "client_secret_basic" in metadata.token_endpoint_auth_methods_supported:
            pair = f"{quote_plus(settings.client_id)}:{quote_plus(settings.client_secret)}".encode()
            headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        else:
            form |= {"client_id": settings.client_id, "client_secret": settings.client_secret}
        status, body = await self._ask("POST", metadata.token_endpoint, headers, form)
        if status == 200:
            return _decode(body, Tokens)
        try:
            said = msgspec.json.decode(body, type=_Fout).error
        except (msgspec.MsgspecError, UnicodeDecodeError):
            said = ""
        if status in {400, 401} and said == "invalid_grant":
            raise Refused
        # A wrong client secret is no fault of the employee: nobody is thrown out for it.
        raise Away(f"token-{status}-{said[:40] if said.isascii() and said.isprintable() else ''}")

    async def _get(self, address: str) -> bytes:
        status, body = await self._ask("GET", address, {}, None)
        if status != 200:
            raise Away(f"status-{status}")
        return body

    async def _ask(
        self, method: str, address: str, headers: Mapping[str, str], form: Mapping[str, str] | None
    ) -> tuple[int, bytes]:
        try:
            async with asyncio.timeout(LIMIT):
                request = self._lines().build_request(method, address, headers=headers, data=form)
                return await self._gebruik.run(self._exchange(request))
        except (TimeoutError, httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            # Its cause is left out: it may quote what was sent.
            raise Away(type(error).__name__) from None

    async def _exchange(self, request: httpx.Request) -> tuple[int, bytes]:
        answer = await self._lines().send(request, stream=True)
        try:
            body = b""
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > MAX_ANSWER:
                    raise Away("too-large")
            self.date = answer.headers.get("date", "")
            return answer.status_code, body
        finally:
            await answer.aclose()

    def _lines(self) -> httpx.AsyncClient:
        if self._client is None:
            is_local = is_this_machine(self.settings.issuer)
            self._client = httpx.AsyncClient(
                verify=False if is_local else ssl.create_default_context(),
                trust_env=not is_local,
                timeout=httpx.Timeout(LIMIT, connect=3.0),
                follow_redirects=False,
                headers={"User-Agent": "kcs-backend", "Accept": "application/json"},
            )
        return self._client


def _is_past(moment: datetime | None, period: timedelta, now: datetime) -> bool:
    return moment is None or not timedelta(0) <= now - moment < period


def _decode(body: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Away("unreadable") from None
