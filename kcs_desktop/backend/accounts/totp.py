"""Time-based one-time codes (RFC 6238: SHA-1, six digits, thirty seconds), as authenticator apps make them."""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote

STEP = 30
WINDOW = 1  # one step back and forward, for clocks that differ


def new_secret() -> str:
    """160 random bits in base32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(geheim: str, counter: int) -> str:
    """The code of one time step."""
    digest = hmac.digest(base64.b32decode(geheim), counter.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def matching_counter(geheim: str, code: str, now: datetime, last_used: int) -> int | None:
    """The time step this code belongs to, or None; a step that was used, or an earlier one, never matches again."""
    current = int(now.timestamp()) // STEP
    given = "".join(code.split()).encode()
    for counter in range(current - WINDOW, current + WINDOW + 1):
        if counter > last_used and hmac.compare_digest(code_at(geheim, counter).encode(), given):
            return counter
    return None


def provisioning_uri(geheim: str, gebruikersnaam: str, gemeente: str = "KCS Desktop") -> str:
    """What an authenticator app reads from a QR code."""
    return f"otpauth://totp/{quote(gemeente)}:{quote(gebruikersnaam)}?secret={geheim}&issuer={quote(gemeente)}"
