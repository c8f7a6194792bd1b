"""What a seat makes for one sign-in in the browser: a state and a PKCE pair (RFC 7636, S256)."""

from __future__ import annotations

import base64
import hashlib
import secrets

import msgspec


class Pkce(msgspec.Struct, frozen=True):
    """`verifier` stays in memory until the code is exchanged; only `challenge` goes along with the browser."""

    state: str
    verifier: str
    challenge: str


def make_pkce() -> Pkce:
    """Random, for one attempt only."""
    verifier = secrets.token_urlsafe(48)
    hashed = hashlib.sha256(verifier.encode("ascii")).digest()
    return Pkce(secrets.token_urlsafe(48), verifier, base64.urlsafe_b64encode(hashed).decode().rstrip("="))
