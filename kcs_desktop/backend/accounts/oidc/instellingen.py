"""The settings `KCS_OIDC_*`: which provider, and which of its claims gives which role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import msgspec

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.rechten import default_rechtentabel

SCOPES = "openid profile offline_access"


class OidcSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Off while `issuer` is empty. `rolmap` holds role names per value of the claim `rolclaim`."""

    issuer: str = ""
    client_id: str = ""
    client_secret: str = ""
    scopes: str = SCOPES
    rolclaim: str = "roles"  # dotted for a claim within a claim
    rolmap: Mapping[str, tuple[str, ...]] = {}
    afdelingclaim: str = "department"
    alleen: bool = False  # local accounts cannot sign in
    respijt: int = 60  # minutes that sessions go on while the provider cannot be reached

    @property
    def is_on(self) -> bool:
        return bool(self.issuer)


def check(settings: OidcSettings) -> OidcSettings:
    """`settings`, when they hang together. Raises InvalidInput that names the key."""
    if not settings.is_on:
        if settings.alleen:
            raise _wrong("KCS_OIDC_ALLEEN", "zonder KCS_OIDC_ISSUER kan niemand zich aanmelden")
        return settings
    if not is_safe_address(settings.issuer):
        raise _wrong("KCS_OIDC_ISSUER", "het adres moet met https:// beginnen")
    if not settings.client_id:
        raise _wrong("KCS_OIDC_CLIENT_ID", "ontbreekt")
    if "openid" not in settings.scopes.split():
        raise _wrong("KCS_OIDC_SCOPES", "daar hoort openid bij")
    if not settings.rolmap:
        raise _wrong("KCS_OIDC_ROLMAP", "ontbreekt, dus krijgt niemand een rol")
    if settings.respijt < 0:
        raise _wrong("KCS_OIDC_RESPIJT", "verwacht 0 of meer minuten")
    return settings


def read_rolmap(given: Any, shown: str) -> dict[str, tuple[str, ...]]:
    """The table as TOML gives it, or the one line of the environment: `waarde=rol,rol;waarde=rol`.

    A value may hold commas and equals signs itself, as the name of a group in LDAP does: the last `=` counts.
    """
    if isinstance(given, Mapping):
        pairs: Iterable[tuple[str, Any]] = given.items()
    else:
        parts = [part for part in str(given).split(";") if part.strip()]
        pairs = [(value, rollen) for value, _, rollen in (part.rpartition("=") for part in parts)]
    known, table = default_rechtentabel().rollen, dict[str, tuple[str, ...]]()
    for value, rollen in pairs:
        names = [str(rol) for rol in rollen] if isinstance(rollen, list) else str(rollen).split(",")
        chosen = tuple(name.strip() for name in names if name.strip())
        if not value.strip() or not chosen:
            raise _wrong(shown, "schrijf waarde=rol, met een puntkomma tussen twee waarden")
        for rol in chosen:
            if rol not in known:
                raise _wrong(shown, f"de rol {rol[:40]} bestaat niet; kies uit: {', '.join(known)}")
        table[value.strip()] = (*table.get(value.strip(), ()), *chosen)
    return table


def is_safe_address(url: str) -> bool:
    """Whether secrets may go there: https, or this machine itself."""
    parts = urlsplit(url)
    if parts.scheme == "http":
        return is_this_machine(url)
    return parts.scheme == "https" and bool(parts.hostname) and not parts.username and not parts.fragment


def is_this_machine(url: str) -> bool:
    """Whether this is an address of plain http on loopback."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        return parts.scheme == "http" and (host == "localhost" or ip_address(host).is_loopback)
    except ValueError:
        return False


def _wrong(key: str, what: str) -> InvalidInput:
    return InvalidInput(f"Instelling {key}: {what}.", field=key, code="instelling")
