"""What a register wants to see of us: a key, a token, or a JWT that names the employee.

Open Zaak writes `user_id` and `user_representation` of the JWT to its audit trail, so each is made for one employee,
here, and is good for minutes. Its clock may differ from ours: a token counts from a minute ago, and where the register
refuses one all the same, its own clock is followed.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

import msgspec

from kcs_desktop.backend.gateway.instellingen import RegisterSettings
from kcs_desktop.backend.gateway.klok import seconds_ahead
from kcs_desktop.backend.principal import Principal

Clock = Callable[[], datetime]
AUTHORIZATION = "Authorization"
_ISSUER = "kcs-backend"
_BACK = 60  # seconds that a register's clock may be behind ours
_GOOD_FOR = 300  # seconds
_KEYS = {
    "brp": ("X-API-KEY", ""),
    "kvk": ("apikey", ""),
    "bag": ("X-Api-Key", ""),
    "klantinteracties": (AUTHORIZATION, "Token "),
}
_NO_RIGHT = b'"permission_denied"'


class Bewijs(Protocol):
    """`secrets` may stand in no answer."""

    @property
    def secrets(self) -> tuple[str, ...]: ...

    def headers(self, wie: Principal) -> dict[str, str]: ...

    def renewed(self, headers: dict[str, str], status: int, body: bytes, date: str) -> dict[str, str] | None:
        """Other headers with which the same request may be taken after all, or None where that is no use."""
        ...


def bewijs_for(naam: str, settings: RegisterSettings, clock: Clock) -> Bewijs:
    """For the register of this name."""
    if settings.client_id:
        return Jwt(settings, clock)
    header, scheme = _KEYS[naam]
    return Sleutel(header, scheme, settings.token)


class Sleutel:
    """One key or token for everybody; none where it is empty."""

    def __init__(self, header: str, scheme: str, token: str) -> None:
        self.secrets = (token,) if token else ()
        self._headers = {header: scheme + token} if token else {}

    def headers(self, wie: Principal) -> dict[str, str]:
        return dict(self._headers)

    def renewed(self, headers: dict[str, str], status: int, body: bytes, date: str) -> dict[str, str] | None:
        return None


class Jwt:
    """HS256, with the secret that the register knows under our client id."""

    def __init__(self, settings: RegisterSettings, clock: Clock) -> None:
        self.secrets = (settings.secret,)
        self._client_id = settings.client_id
        self._key = settings.secret.encode()
        self._clock = clock
        self._ahead = 0.0  # seconds that the register's clock is ahead of ours, once it refused a token

    def headers(self, wie: Principal) -> dict[str, str]:
        claims = {
            "iss": _ISSUER,
            "client_id": self._client_id,
            "user_id": wie.naam,
            "user_representation": wie.weergavenaam or wie.naam,
        }
        return {AUTHORIZATION: f"Bearer {self._signed(claims)}"}

    def renewed(self, headers: dict[str, str], status: int, body: bytes, date: str) -> dict[str, str] | None:
        if status not in {401, 403} or _NO_RIGHT in body:
            return None
        self._ahead = seconds_ahead(date, self._clock())
        claims = _claims_of(headers[AUTHORIZATION])
        return {**headers, AUTHORIZATION: f"Bearer {self._signed(claims)}"}

    def _signed(self, claims: dict[str, Any]) -> str:
        now = int(self._clock().timestamp() + self._ahead)
        whole = {**claims, "iat": now - _BACK, "exp": now + _GOOD_FOR}
        head = f"{_encoded({'alg': 'HS256', 'typ': 'JWT'})}.{_encoded(whole)}"
        return f"{head}.{_base64(hmac.digest(self._key, head.encode(), hashlib.sha256))}"


def _encoded(value: dict[str, Any]) -> str:
    return _base64(msgspec.json.encode(value))


def _base64(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def _claims_of(authorization: str) -> dict[str, Any]:
    """Of a token that was made here."""
    middle = authorization.split(".")[1]
    return msgspec.json.decode(urlsafe_b64decode(middle + "=" * (-len(middle) % 4)), type=dict[str, Any])
