"""An OpenID provider on loopback: signed tokens, discovery, authorize, PKCE, changing keys, refresh with rotation.

It is strict where a real one is, and does wrong what a test tells it to. It runs in a thread, so that it serves a
backend in this process and one in another::

    with running_aanmelddienst(klok) as dienst:
        dienst.twist["aud"] = "een-ander"      # the next ID tokens say this; None leaves the claim out
        dienst.change_keys()
        dienst.withdraw("sub-bakker")
        dienst.is_away = True
    dienst.hold()                              # answers of /token wait until dienst.go_on.set()
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

CLIENT = "kcs-desktop"
SECRET = "geheim van de client: 100%"
BAKKER = {
    "sub": "sub-bakker",
    "name": "S. Bakker",
    "preferred_username": "S.Bakker@gemeente.example",
    "department": "Publiekszaken",
    "roles": ["KCC-medewerkers", "iets-anders"],
}


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Uitgegeven:
    """What a code or refresh token stands for."""

    sub: str
    nonce: str
    auth_time: int
    challenge: str = ""
    redirect_uri: str = ""
    family: str = ""


@dataclass
class Aanmelddienst:
    """`person` is who sits at the browser; `signed_in_at` is when they last typed their password."""

    clock: Callable[[], datetime] = utc_now
    url: str = ""
    person: dict[str, Any] = field(default_factory=lambda: dict(BAKKER))
    signed_in_at: datetime | None = None
    ignores_prompt: bool = False  # the browser took `prompt=login` out of the address
    denies: str = ""  # the error that authorize gives
    is_away: bool = False
    secret: str = SECRET
    gives_refresh: bool = True
    refresh_has_id_token: bool = True
    alg: str = "RS256"
    twist: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    metadata_twist: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    decided: Event = field(default_factory=Event)  # an answer of /token is ready
    go_on: Event = field(default_factory=Event)
    _codes: dict[str, Uitgegeven] = field(default_factory=dict)
    _refresh: dict[str, Uitgegeven] = field(default_factory=dict)
    _withdrawn: set[str] = field(default_factory=set)
    _keys: list[RSAKey | ECKey] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def change_keys(self, *, to: str = "RS256") -> None:
        """From now on another key, of another kind for ES256; the old one is gone."""
        kid = secrets.token_hex(4)
        self.alg = to
        parameters: Any = {"kid": kid, "use": "sig", "alg": to}
        made = ECKey.generate_key("P-256", parameters) if to == "ES256" else RSAKey.generate_key(2048, parameters)
        self._keys = [made]

    def withdraw(self, sub: str) -> None:
        """The account is closed: none of its refresh tokens is taken any more."""
        self._withdrawn.add(sub)

    def end_sessions(self) -> None:
        """No refresh token of before is taken any more; who signs in again gets new ones."""
        with self._lock:
            self._refresh.clear()

    def hold(self) -> None:
        """What /token decides from now on leaves when `go_on` is set; `decided` tells that there is something."""
        self.decided.clear()
        self.go_on.clear()

    def metadata(self) -> dict[str, Any]:
        base = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "authorization_response_iss_parameter_supported": True,
        }
        return base | self.metadata_twist

    def keys(self) -> dict[str, Any]:
        return {"keys": [key.as_dict(private=False) for key in self._keys]}

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to. KeyError or ValueError for a wrong request."""
        back = query["redirect_uri"]
        parts = urlsplit(back)
        if query["client_id"] != CLIENT or parts.hostname != "127.0.0.1" or query["response_type"] != "code":
            raise ValueError("client")
        if query["code_challenge_method"] != "S256" or len(query["code_challenge"]) != 43:
            raise ValueError("pkce")
        if self.denies:
            return f"{back}?{urlencode({'error': self.denies, 'state': query['state'], 'iss': self.url})}"
        now = self.clock()
        if self.signed_in_at is None or (query.get("prompt") == "login" and not self.ignores_prompt):
            self.signed_in_at = now
        code = secrets.token_urlsafe(24)
        self._codes[code] = Uitgegeven(
            self.person["sub"],
            query["nonce"],
            int(self.signed_in_at.timestamp()),
            query["code_challenge"],
            back,
            secrets.token_hex(4),
        )
        return f"{back}?{urlencode({'code': code, 'state': query['state'], 'iss': self.url})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        given = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        if (unquote_plus(given[0]), unquote_plus(given[2])) != (CLIENT, self.secret):
            return 401, {"error": "invalid_client"}
        with self._lock:
            if form["grant_type"] == "refresh_token":
                issued = self._refresh.pop(form["refresh_token"], None)
                is_good = issued is not None
            else:
                issued = self._codes.pop(form["code"], None)
                hashed = hashlib.sha256(form["code_verifier"].encode()).digest()
                challenge = base64.urlsafe_b64encode(hashed).decode().rstrip("=")
                is_good = (
                    issued is not None and issued.challenge == challenge and issued.redirect_uri == form["redirect_uri"]
                )
            if issued is None or not is_good or issued.sub in self._withdrawn:
                return 400, {"error": "invalid_grant"}
            answer: dict[str, Any] = {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer"}
            if self.gives_refresh:
                answer["refresh_token"] = secrets.token_urlsafe(24)
                self._refresh[answer["refresh_token"]] = issued
        if form["grant_type"] == "authorization_code" or self.refresh_has_id_token:
            answer["id_token"] = self.id_token(issued)
        return 200, answer

    def id_token(self, issued: Uitgegeven) -> str:
        now = int(self.clock().timestamp())
        claims = {
            **self.person,
            "iss": self.url,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": issued.nonce,
            "auth_time": issued.auth_time,
        }
        claims = {name: value for name, value in (claims | self.twist).items() if value is not None}
        key = self._keys[0]
        header = {"alg": self.alg, "kid": key.kid, **self.header}
        if header["alg"] == "none":
            parts = (json.dumps(part).encode() for part in (header, claims))
            return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + "."
        if header["alg"] == "HS256":
            return jwt.encode(header, claims, OctKey.import_key(self.secret), algorithms=["HS256"])
        return jwt.encode(header, claims, key, algorithms=[self.alg])


@cache
def _first_key() -> RSAKey:
    """Made once: it takes long, and no test needs one of its own."""
    return RSAKey.generate_key(2048, {"kid": "eerste", "use": "sig", "alg": "RS256"})


@contextmanager
def running_aanmelddienst(clock: Callable[[], datetime] = utc_now) -> Iterator[Aanmelddienst]:
    """Serve until the block ends."""
    dienst = Aanmelddienst(clock)
    dienst._keys = [_first_key()]
    dienst.go_on.set()

    class Handler(_Handler):
        double = dienst

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    dienst.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=lambda: server.serve_forever(poll_interval=0.02), name="aanmelddienst")
    thread.start()
    try:
        yield dienst
    finally:
        dienst.go_on.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    double: Aanmelddienst

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if not self._is_heard(parts.path):
            return
        if parts.path == "/.well-known/openid-configuration":
            self._json(200, self.double.metadata())
        elif parts.path == "/keys":
            self._json(200, self.double.keys())
        elif parts.path == "/authorize":
            try:
                back = self.double.authorize({name: values[0] for name, values in parse_qs(parts.query).items()})
            except (KeyError, ValueError):
                self._json(400, {"error": "invalid_request"})
                return
            self.send_response(302)
            self.send_header("Location", back)
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._json(404, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        if not self._is_heard(self.path):
            return
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self.double.forms.append(form)
        answer = self.double.token(form, self.headers.get("Authorization", ""))
        self.double.decided.set()
        self.double.go_on.wait(30)
        self._json(*answer)

    def _is_heard(self, path: str) -> bool:
        self.double.asked.append(path)
        if self.double.is_away:
            self.close_connection = True
        return not self.double.is_away

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The Date header, by the clock of the double."""
        return super().date_time_string(self.double.clock().timestamp() if timestamp is None else timestamp)

    def _json(self, status: int, value: dict[str, Any]) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name is the standard library's
        """Nothing: a test reads what it needs from the double."""
