"""What every router does with a request before its own work: who asks, and is the question well formed.

It must know nothing of any register or command.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from litestar.connection import ASGIConnection
from litestar.types import Scope

from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.problem import HttpProblem, InvalidBody, InvalidParam
from kcs_desktop.domain.uuid7 import new_id

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
JSON_TYPES = ("application/json",)


def current(request: ASGIConnection[Any, Any, Any, Any]) -> Verzoek:
    """Who makes this request and why. Raises 401 where no middleware established it."""
    verzoek = request.scope["state"].get("verzoek")
    if not isinstance(verzoek, Verzoek):
        raise not_signed_in()
    return verzoek


def not_signed_in(code: str = "niet-aangemeld", detail: str = "Meld u aan.") -> HttpProblem:
    """The one shape of every 401."""
    return HttpProblem(401, code, "U bent niet aangemeld.", detail)


def request_id(scope: Scope) -> str:
    """The caller's X-Request-ID where it is fit to print, else one of ours; the same for the whole request."""
    state = scope["state"]
    known = state.get("request_id")
    if isinstance(known, str):
        return known
    given = header(scope, b"x-request-id")
    state["request_id"] = made = given if _REQUEST_ID.fullmatch(given) else new_id()
    return made


def header(scope: Scope, name: bytes) -> str:
    """The first header of this (lower-case) name, or an empty string."""
    for key, value in scope["headers"]:
        if key == name:
            return value.decode("latin-1")
    return ""


def refuse_unknown_parameters(request: ASGIConnection[Any, Any, Any, Any], allowed: Collection[str]) -> None:
    """400 naming every query parameter that is not in `allowed`."""
    unknown = sorted({name for name in request.query_params if name not in allowed})
    if unknown:
        raise InvalidBody(
            [InvalidParam(name[:100], "unknown-parameter", "Deze parameter bestaat niet.") for name in unknown[:20]],
            "Onbekende parameter.",
        )


def refuse_other_content(scope: Scope, allowed: Collection[str] = JSON_TYPES) -> None:
    """415 for a body that is not of an allowed media type; a request without body passes."""
    length = header(scope, b"content-length")
    if length in {"", "0"} and not header(scope, b"transfer-encoding"):
        return
    media_type = header(scope, b"content-type").partition(";")[0].strip().lower()
    if media_type not in allowed:
        raise HttpProblem(
            415,
            "unsupported-media-type",
            "Dit soort inhoud wordt niet aangenomen.",
            f"Stuur de gegevens als {' of '.join(allowed)}.",
        )
