"""What the answer to a write says: done, refused, failed, or nothing that can be relied on."""

from __future__ import annotations

from typing import Any

import msgspec

from kcs_desktop.backend.gateway import fouten
from kcs_desktop.backend.gateway.antwoord import Ruw
from kcs_desktop.backend.problem import HttpProblem, InvalidBody, InvalidParam
from kcs_desktop.domain.errors import NotFound, UserError

_FROM_BETWEEN = frozenset({408, 502, 503, 504})  # a proxy says so too, while the register goes on
_OURS = frozenset({406, 412, 415})  # the headers: no word on the data
_UNIQUE = frozenset({"unique", "identificatie-niet-uniek"})
_FROM_OUR_CLOCK = frozenset({"datumStatusGezet", "registratiedatum"})
_MAX_PARAMS = 50
_MAX_TEXT = 300


def is_done(ruw: Ruw) -> bool:
    return ruw.status in {200, 201, 204}


def is_unknown(ruw: Ruw) -> bool:
    """Whether the register may still carry it out."""
    return ruw.status in _FROM_BETWEEN or 300 <= ruw.status < 400 or ruw.status < 200


def object_in(ruw: Ruw, *, is_bare: bool = False) -> dict[str, Any] | None:
    """The object with its uuid or address; None where the answer is no such thing. `is_bare`: it has neither."""
    found = _decoded(ruw)
    is_named = isinstance(found.get("uuid"), str) or isinstance(found.get("url"), str)
    return found if is_named or (is_bare and found) else None


def problem(naam: str, ruw: Ruw) -> HttpProblem:
    """What to tell of an answer without a verdict."""
    if ruw.status in {408, 504}:
        return fouten.too_late(naam)
    if ruw.status in {502, 503}:
        return fouten.unreachable(naam)
    return fouten.faulty(naam)


def lacks_right(ruw: Ruw) -> bool:
    """Whether the register says that our credential is known and may not do this; a proxy in between does not say."""
    return ruw.status == 403 and b'"permission_denied"' in ruw.body


def is_of_token(ruw: Ruw) -> bool:
    """Whether it is the token of this request that is refused: an Open Zaak says that with 403 too."""
    return ruw.status == 401 or (ruw.status == 403 and "jwt" in str(_decoded(ruw).get("code")))


def refusal(naam: str, ruw: Ruw, secrets: tuple[str, ...]) -> UserError | HttpProblem:
    """The register's no. Raises HttpProblem where it is one to this server or its clock, and not to the data."""
    if lacks_right(ruw):
        raise fouten.lacks_right(naam)
    if ruw.status in {401, 403, 407}:
        raise fouten.refuses(naam)
    if ruw.status == 429:
        raise fouten.busy(naam)
    if ruw.status in _OURS:
        raise fouten.faulty(naam)
    if ruw.status == 413:
        return fouten.too_large(naam)
    if ruw.status == 404:
        return NotFound("Dit object bestaat niet in het register.")
    found = _decoded(ruw)
    params = found.get("invalidParams")
    if ruw.status == 400 and isinstance(params, list):
        wrong = [_param(item, secrets) for item in params[:_MAX_PARAMS] if isinstance(item, dict)]
        if wrong and all(_is_of_our_clock(param) for param in wrong):
            raise fouten.behind(naam)
        if wrong:
            return InvalidBody(wrong, "Het register neemt deze gegevens niet aan.")
    if not found:  # no word of the register itself: a proxy, or a page of HTML
        raise fouten.faulty(naam)
    return fouten.does_not_take(naam, _text(found.get("detail") or found.get("title"), secrets))


def is_unique(refused: Exception) -> bool:
    """Whether the key is in use; a race on one key may also say so without naming it."""
    return isinstance(refused, InvalidBody) and any(param.code in _UNIQUE for param in refused.params)


def _is_of_our_clock(param: InvalidParam) -> bool:
    """Whether it refuses a moment that we gave, and that comes by itself."""
    return param.code == "date-in-future" and param.name.rpartition(".")[2] in _FROM_OUR_CLOCK


def _param(item: dict[str, Any], secrets: tuple[str, ...]) -> InvalidParam:
    return InvalidParam(*(_text(item.get(name), secrets) for name in ("name", "code", "reason")))


def _text(value: Any, secrets: tuple[str, ...]) -> str:
    text = value[:_MAX_TEXT] if isinstance(value, str) else ""
    return "" if any(secret in text for secret in secrets) else text


def _decoded(ruw: Ruw) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(ruw.body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
