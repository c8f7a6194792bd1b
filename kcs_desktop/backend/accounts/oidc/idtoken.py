"""Is this ID token the provider's, for us, of now? Signature and claims; who it then is, is for `persoon`."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from joserfc import jwt
from joserfc.errors import JoseError

from kcs_desktop.backend.accounts.oidc.aanbieder import Aanbieder

# Signed with a key pair only: no `none`, and no HMAC, whose key a client would share with the provider.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
LEEWAY = 60  # seconds that two clocks may differ
FRESH = 600  # seconds; an ID token comes straight from the token endpoint
MAX_TOKEN = 64 * 1024

Claims = Mapping[str, Any]


class Rejected(Exception):
    """`reason` is for the log, never a value out of the token; `code` is what the employee is told by."""

    def __init__(self, reason: str, code: str = "oidc-geweigerd") -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code


async def read(token: str, aanbieder: Aanbieder, now: datetime) -> Claims:
    """The claims of a token that holds in everything but its nonce. Raises Rejected, or Away without its keys."""
    header = _header(token)
    alg, kid = header.get("alg"), header.get("kid")
    if alg not in ALGORITHMS:
        raise Rejected("alg")
    if kid is not None and not isinstance(kid, str):
        raise Rejected("kid")
    key = await aanbieder.key(kid, alg)
    if key is None:
        raise Rejected("key")
    try:
        claims = jwt.decode(token, key, algorithms=[alg]).claims
    except (JoseError, ValueError, TypeError) as error:
        raise Rejected("signature") from error
    _check_party(claims, aanbieder.settings.issuer, aanbieder.settings.client_id)
    _check_time(claims, int(now.timestamp()))
    return claims


def _header(token: str) -> dict[str, Any]:
    if len(token) > MAX_TOKEN or token.count(".") != 2:
        raise Rejected("form")
    part = token.partition(".")[0]
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)), type=dict[str, Any])
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise Rejected("form") from error


def _check_party(claims: Claims, issuer: str, client_id: str) -> None:
    if claims.get("iss") != issuer:
        raise Rejected("iss")
    aud = claims.get("aud")
    audiences = [aud] if isinstance(aud, str) else aud
    if not isinstance(audiences, list) or client_id not in audiences:
        raise Rejected("aud")
    azp = claims.get("azp")
    if azp != client_id and (azp is not None or len(audiences) > 1):
        raise Rejected("azp")
    sub = claims.get("sub")
    if not isinstance(sub, str) or not 0 < len(sub) <= 255 or not sub.isprintable():
        raise Rejected("sub")


def _check_time(claims: Claims, now: int) -> None:
    exp, iat, nbf = (claims.get(name, 0 if name == "nbf" else None) for name in ("exp", "iat", "nbf"))
    if not all(isinstance(moment, (int, float)) for moment in (exp, iat, nbf)):
        raise Rejected("time")
    assert exp is not None and iat is not None and nbf is not None  # noqa: S101, PT018 -- for the type checker
    if max(iat, nbf) > now + LEEWAY:
        raise Rejected("clock", "oidc-klok")
    if exp <= now - LEEWAY or iat < now - FRESH - LEEWAY:
        raise Rejected("exp", "oidc-verlopen")
