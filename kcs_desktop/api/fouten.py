"""Answers that are no success become the domain's errors, in Dutch, whatever the other side sent.

A problem+json keeps its own title and detail; HTML, half JSON or nothing at all never reaches the employee's eyes.
"""

from __future__ import annotations

import msgspec

from kcs_desktop.domain.errors import (
    Conflict,
    Forbidden,
    InvalidInput,
    KcsError,
    NotFound,
    OwnFault,
    OwnRefusal,
    ServerFault,
    SignedOut,
    TimedOut,
    Unreachable,
)


class OngeldigVeld(msgspec.Struct, frozen=True, omit_defaults=True):
    """One of `invalidParams`; every part may be missing at a real server."""

    name: str = ""
    code: str = ""
    reason: str = ""


class Probleem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A problem body, read leniently: unknown fields are ignored, missing ones are empty."""

    type: str | None = None
    code: str | None = None
    title: str | None = None
    status: int | None = None
    detail: str | None = None
    invalidParams: list[OngeldigVeld] | None = None
    gezien: dict[str, object] | None = None
    huidig: dict[str, object] | None = None


_AWAY = "De server is tijdelijk niet beschikbaar."
_decoder = msgspec.json.Decoder(Probleem)


def parse_probleem(body: bytes) -> Probleem | None:
    """The problem in `body`; None when it is not one."""
    try:
        return _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _sentence(probleem: Probleem) -> str:
    velden = probleem.invalidParams or []
    reden = next((v.reason for v in velden if v.reason), "")
    return reden or probleem.detail or probleem.title or ""


def error_from(status: int, body: bytes) -> KcsError:
    """The domain error for an HTTP answer of 400 or higher."""
    probleem = parse_probleem(body) or Probleem()
    tekst, code = _sentence(probleem), probleem.code or ""
    if status == 401:
        return SignedOut(tekst, code=code)
    if status == 403:
        return OwnRefusal(tekst, code=code) if code else Forbidden(tekst)
    if status == 404:
        return NotFound(tekst, code=code)
    if status == 409 or code == "conflict":
        return Conflict(tekst, seen=probleem.gezien, current=probleem.huidig)
    if status == 429:
        return TimedOut(
            tekst or "Er zijn te veel pogingen gedaan.",
            code=code or "te-veel-verzoeken",
            advice="Wacht even en probeer het dan opnieuw.",
        )
    if status == 503:
        return Unreachable(tekst or _AWAY, code=code)
    if status == 504:
        return TimedOut(tekst, code=code)
    if status == 502:
        # With a code: a register behind the backend, and the text names it. Without: something before the backend.
        return OwnFault(tekst, code=code) if code else Unreachable(_AWAY)
    if status >= 500:
        return OwnFault(code=code) if code else ServerFault()
    velden = probleem.invalidParams or []
    return InvalidInput(
        tekst or "De server kon met deze vraag niet overweg.",
        field=velden[0].name if velden else "",
        code=code,
    )
