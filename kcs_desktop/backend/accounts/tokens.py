"""Access tokens (JWT, ten minutes at most) and refresh tokens. Signing and parsing only: no database, no clock.

A refresh token is derived, not stored: session, number and a MAC over both. So the same number gives the same token,
which lets a repeated refresh be answered alike, and a database holds nothing that can be presented.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

ISSUER = "kcs-backend"
AUDIENCE = "kcs-zitplaats"
ALGORITHM = "HS256"
LIFETIME = timedelta(minutes=10)
MAX_TOKEN = 4096


class InvalidToken(Exception):
    """Forged, malformed, or for another use. `code` says which of the stable 401 codes it is."""

    def __init__(self, code: str = "ongeldig-token") -> None:
        super().__init__(code)
        self.code = code


class AccessClaims(msgspec.Struct, frozen=True):
    """What an access token says. Roles are compared with the session's: a token never widens it."""

    iss: str
    aud: str
    sub: str
    sid: str
    rol: tuple[str, ...]
    iat: int
    exp: int


class Preview(msgspec.Struct, frozen=True):
    """What an unverified token claims, only fit to find the key and the session with."""

    kid: str
    sid: str


def sign_access(key_id: str, key: bytes, account: str, sessie: str, rollen: tuple[str, ...], now: datetime) -> str:
    """An access token that starts now."""
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": account,
        "sid": sessie,
        "rol": list(rollen),
        "iat": int(now.timestamp()),
        "exp": int((now + LIFETIME).timestamp()),
    }
    header = {"alg": ALGORITHM, "kid": key_id}
    return jwt.encode(header, claims, OctKey.import_key(key), algorithms=[ALGORITHM])


def preview(token: str) -> Preview:
    """Read the key id and session id without trusting them. Raises InvalidToken for anything that is no JWT of ours."""
    if len(token) > MAX_TOKEN or token.count(".") != 2:
        raise InvalidToken
    header, payload, _ = (_part(part) for part in token.split("."))
    kid, sid, alg = header.get("kid"), payload.get("sid"), header.get("alg")
    if alg != ALGORITHM or not isinstance(kid, str) or not isinstance(sid, str) or not _is_id(kid) or not _is_id(sid):
        raise InvalidToken
    return Preview(kid, sid)


def verify_access(token: str, key: bytes, now: datetime) -> AccessClaims:
    """The claims of a token that this key signed and that has not ended. Raises InvalidToken."""
    try:
        decoded = jwt.decode(token, OctKey.import_key(key), algorithms=[ALGORITHM])
        claims = msgspec.convert(decoded.claims, AccessClaims)
    except (JoseError, ValueError, TypeError) as error:
        raise InvalidToken from error
    seconds = int(now.timestamp())
    if claims.iss != ISSUER or claims.aud != AUDIENCE or claims.exp - claims.iat > LIFETIME.total_seconds():
        raise InvalidToken
    if claims.iat > seconds + 60:
        raise InvalidToken
    if claims.exp <= seconds:
        raise InvalidToken("token-verlopen")
    return claims


def refresh_token(key: bytes, sessie: str, nr: int) -> str:
    """The refresh token with this number in the family of this session."""
    mac = hmac.digest(key, f"verversing:{sessie}:{nr}".encode(), "sha256")
    return f"{sessie}.{nr}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def parse_refresh(token: str) -> tuple[str, int]:
    """Session and number that a refresh token claims; `is_refresh` proves it. Raises InvalidToken."""
    parts = token.split(".")
    if len(token) > 200 or len(parts) != 3 or not _is_id(parts[0]):
        raise InvalidToken
    if not (parts[1].isascii() and parts[1].isdigit() and len(parts[1]) <= 9):
        raise InvalidToken
    return parts[0], int(parts[1])


def is_refresh(token: str, key: bytes, sessie: str, nr: int) -> bool:
    """Whether this key made the token, compared in constant time."""
    return hmac.compare_digest(token.encode(), refresh_token(key, sessie, nr).encode())


def expiry(now: datetime) -> datetime:
    """When an access token made now ends, in whole seconds as the token says it."""
    return datetime.fromtimestamp(int((now + LIFETIME).timestamp()), UTC)


def _part(part: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)), type=dict[str, Any])
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        return {}


def _is_id(text: str) -> bool:
    return 0 < len(text) <= 36 and text.isascii() and text.isprintable()
