"""The nonce of a sign-in: bound to the PKCE pair of the seat, to its purpose and its moment, and stored nowhere.

Any worker can check it, because it carries a MAC of the backend. Codes are single-use at the provider.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import msgspec

LIFETIME = timedelta(minutes=10)  # from the opened browser to the code


class Begonnen(msgspec.Struct, frozen=True):
    """What a nonce tells once its MAC is right. `opnieuw`: the employee must prove themselves now."""

    opnieuw: bool
    op: datetime


def challenge(verifier: str) -> str:
    """S256 of RFC 7636."""
    return _encode(hashlib.sha256(verifier.encode("ascii")).digest())


def make(key_id: str, key: bytes, uitdaging: str, now: datetime, *, opnieuw: bool) -> str:
    said = f"{key_id}.{'o' if opnieuw else 'a'}.{int(now.timestamp())}"
    return f"{said}.{_mac(key, said, uitdaging)}"


def key_id(nonce: str) -> str:
    """Which key it claims to be made with."""
    return nonce.partition(".")[0][:36]


def read(nonce: str, key: bytes, uitdaging: str, now: datetime) -> Begonnen | None:
    """None for a nonce that is not of this PKCE pair, or too old."""
    said, _, mac = nonce.rpartition(".")
    if not nonce.isascii() or not hmac.compare_digest(mac, _mac(key, said, uitdaging)):
        return None
    _, doel, seconds = said.split(".")
    op = datetime.fromtimestamp(int(seconds), UTC)
    return Begonnen(doel == "o", op) if timedelta(0) <= now - op + timedelta(seconds=1) <= LIFETIME else None


def _mac(key: bytes, said: str, uitdaging: str) -> str:
    return _encode(hmac.digest(key, f"oidc-nonce:{said}:{uitdaging}".encode(), "sha256"))


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
