"""Errors of BRP Personen: its own problem+json, every wrong parameter named at once.

Names, titles and reasons keep to the characters and lengths that the standard's own schema allows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from kcs_desktop.backend import fouten
from kcs_desktop.backend.problem import HttpProblem, InvalidParam
from kcs_desktop.domain.errors import KcsError

_RFC = "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html"
_TYPEN = {
    400: f"{_RFC}#sec10.4.1",
    401: f"{_RFC}#sec10.4.2",
    403: f"{_RFC}#sec10.4.4",
    406: f"{_RFC}#sec10.4.7",
    413: f"{_RFC}#sec10.4.14",
    415: f"{_RFC}#sec10.4.16",
    500: f"{_RFC}#sec10.5.1",
    503: f"{_RFC}#sec10.5.4",
}
_NAME = re.compile(r"[^a-zA-Z0-9._]")


class BrpProblem(Exception):
    """An answer other than 200, in the standard's shape."""

    def __init__(self, status: int, code: str, title: str, detail: str, params: Sequence[InvalidParam] = ()) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.params = tuple(params)

    def response(self, request: Request[Any, Any, Any]) -> Response[bytes]:
        body: dict[str, Any] = {
            "type": _TYPEN[self.status],
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": str(request.base_url).rstrip("/") + request.url.path,
            "code": self.code,
        }
        if self.params:
            body["invalidParams"] = [{"name": _shown(p.name), "code": p.code, "reason": p.reason} for p in self.params]
        headers = {"WWW-Authenticate": "Bearer"} if self.status == 401 else {}
        return Response(
            msgspec.json.encode(body), status_code=self.status, media_type="application/problem+json", headers=headers
        )


def _shown(name: str) -> str:
    """A parameter's name in the characters that the standard allows; never empty."""
    return _NAME.sub("_", name)[:30] or "_"


def invalid_params(params: Sequence[InvalidParam]) -> BrpProblem:
    """400: missing parameters are told as such, anything else as wrong. A detail may hold no underscore."""
    namen = ", ".join(dict.fromkeys(_shown(p.name).replace("_", "-") for p in params))
    detail = f"De foutieve parameters zijn {namen}"[:199].rstrip(", ") + "."
    if all(p.code == "required" for p in params) and any(p.name != "fields" for p in params):
        return BrpProblem(
            400, "paramsCombination", "Minimale combinatie van parameters moet worden opgegeven.", detail, params
        )
    return BrpProblem(400, "paramsValidation", "Een of meerdere parameters zijn niet correct.", detail, params)


def not_json() -> BrpProblem:
    return BrpProblem(
        400, "parse", "De inhoud van de aanvraag is geen geldige JSON.", "Stuur een object volgens de specificatie."
    )


def too_many(maximum: int) -> BrpProblem:
    return BrpProblem(
        400,
        "tooManyResults",
        "Teveel zoekresultaten.",
        f"Meer dan maximum van {maximum} gevonden resultaten. Geef meer of preciezere zoekparameters.",
    )


def forbidden() -> BrpProblem:
    return BrpProblem(
        403, "autorisation", "U bent niet geautoriseerd voor deze operatie.", "Met uw rol mag u de BRP niet bevragen."
    )


def not_acceptable() -> BrpProblem:
    return BrpProblem(
        406,
        "notAcceptable",
        "Gevraagde contenttype wordt niet ondersteund.",
        "Het antwoord is application json met tekenset utf-8.",
    )


def unsupported() -> BrpProblem:
    return BrpProblem(
        415, "unsupported", "Unsupported Media Type", "Stuur de aanvraag als application json met tekenset utf-8."
    )


def too_large() -> BrpProblem:
    return BrpProblem(413, "tooLarge", "De aanvraag is te groot.", "Een aanvraag is hooguit 2 MB.")


def unauthenticated() -> BrpProblem:
    return BrpProblem(401, "authentication", "Niet correct geauthenticeerd.", "Meld u opnieuw aan.")


def unavailable() -> BrpProblem:
    return BrpProblem(503, "notAvailable", "Bronservice BRP is tijdelijk niet beschikbaar.", "Probeer het zo opnieuw.")


def server_error() -> BrpProblem:
    return BrpProblem(500, "serverError", "Interne server fout.", "De fout is vastgelegd.")


_ELDERS = {401: unauthenticated, 413: too_large, 415: unsupported, 500: server_error, 503: unavailable}


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """An error that arose outside the register (no sign-in, too large, no database), told in its shape."""
    algemeen = fouten.answer(request, error)
    soort = _ELDERS.get(algemeen.status_code or 500)
    return soort().response(request) if soort else algemeen


HANDLERS: ExceptionHandlersMap = dict.fromkeys((HttpProblem, KcsError, HTTPException, Exception), answer)
