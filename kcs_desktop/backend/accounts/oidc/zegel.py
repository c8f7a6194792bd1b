"""Seals what the backend keeps of a sign-in at the provider: its refresh token is never readable in the database.

The key comes from a signing key, the key file and the client secret: the database alone does not open it.
"""

from __future__ import annotations

import hmac

import msgspec
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

_ALGORITHMS = ["dir", "A256GCM"]


class Bewaard(msgspec.Struct, frozen=True):
    """`nonce` is that of the sign-in: a later ID token that carries one must carry the same."""

    verversing: str
    nonce: str


def seal(bewaard: Bewaard, key: bytes, client_secret: str) -> str:
    header = {"alg": "dir", "enc": "A256GCM"}
    return jwe.encrypt_compact(header, msgspec.json.encode(bewaard), _key(key, client_secret), algorithms=_ALGORITHMS)


def unseal(sealed: str, key: bytes, client_secret: str) -> Bewaard | None:
    """None when it was sealed with other secrets."""
    try:
        plain = jwe.decrypt_compact(sealed, _key(key, client_secret), algorithms=_ALGORITHMS).plaintext
        return msgspec.json.decode(plain or b"", type=Bewaard)
    except (JoseError, ValueError, msgspec.MsgspecError):
        return None


def _key(key: bytes, client_secret: str) -> OctKey:
    return OctKey.import_key(hmac.digest(key, b"oidc-zegel:" + client_secret.encode(), "sha256"))
