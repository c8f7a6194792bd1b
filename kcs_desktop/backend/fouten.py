"""How an error becomes an answer: application/problem+json with a stable code, never a text that leaks.

Registers with a shape of their own (BRP) put their handlers on their own router; these are everyone else's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap
from sqlalchemy.exc import DataError, OperationalError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from kcs_desktop.backend.logboek import log_uncaught
from kcs_desktop.backend.problem import HttpProblem, InvalidBody, InvalidParam
from kcs_desktop.backend.verzoek import request_id
from kcs_desktop.domain.errors import Conflict, Forbidden, InvalidInput, KcsError, NotFound, RetryableError, SignedOut

AnyRequest = Request[Any, Any, Any]

PROBLEM_TYPE = "application/problem+json"
_STATUS: tuple[tuple[type[KcsError], int, str], ...] = (
    (InvalidInput, 400, "De invoer is ongeldig."),
    (NotFound, 404, "Niet gevonden."),
    (Forbidden, 403, "U hebt hiervoor geen recht."),
    (SignedOut, 401, "U bent niet aangemeld."),
    (Conflict, 409, "Intussen gewijzigd."),
    (RetryableError, 503, "Nu niet beschikbaar."),
)
_TITLES = {
    400: ("parse-error", "De invoer is ongeldig.", "De inhoud van het verzoek kan niet worden gelezen."),
    401: ("niet-aangemeld", "U bent niet aangemeld.", "Meld u aan."),
    404: ("not-found", "Niet gevonden.", "Dit adres bestaat niet."),
    405: ("method-not-allowed", "Dit kan hier niet.", "Deze methode hoort niet bij dit adres."),
    413: ("too-large", "Te groot.", "Het verzoek is groter dan 2 MB."),
    415: ("unsupported-media-type", "Dit soort inhoud wordt niet aangenomen.", "Stuur JSON."),
}

_PLACE = re.compile(r"(?:field|at) `\$?\.?(?:data\.)?([A-Za-z_][A-Za-z0-9_.\[\]]{0,100})`")


def problem_body(
    status: int,
    code: str,
    title: str,
    detail: str = "",
    *,
    instance: str = "",
    params: Sequence[InvalidParam] = (),
    **extra: Any,
) -> dict[str, Any]:
    """The one shape of every problem of ours; also what a refused opdracht keeps as its outcome."""
    body: dict[str, Any] = {
        "type": f"urn:kcs:fout:{code}",
        "code": code,
        "title": title,
        "status": status,
        "detail": detail,
        "instance": f"urn:kcs:verzoek:{instance}" if instance else "",
        **extra,
    }
    if params:
        body["invalidParams"] = [msgspec.to_builtins(param) for param in params]
    return body


def problem_of(error: Exception, *, instance: str = "") -> dict[str, Any]:
    """The body for any error; one that is none of ours says nothing of itself."""
    if isinstance(error, HttpProblem):
        return problem_body(error.status, error.code, error.title, error.detail, instance=instance, **error.extra)
    if isinstance(error, InvalidBody):
        return problem_body(
            400, error.code, "De invoer is ongeldig.", error.message, instance=instance, params=error.params
        )
    if isinstance(error, KcsError):
        return _problem_of_kcs_error(error, instance)
    if isinstance(error, HTTPException):
        return _problem_of_framework(error, instance)
    if isinstance(error, RecursionError):
        code, title, detail = _TITLES[400]  # JSON nested deeper than anything of ours
        return problem_body(400, code, title, detail, instance=instance)
    if isinstance(error, (DataError, UnicodeError, OverflowError)) or _has_overflowed(error):
        # A value that no column can hold, such as a NUL character or a moment before the year 1 in UTC.
        detail = "Een waarde bevat tekens of getallen die niet kunnen worden opgeslagen."
        return problem_body(400, "ongeldige-waarde", "De invoer is ongeldig.", detail, instance=instance)
    if isinstance(error, (OperationalError, PoolTimeout)):
        detail = "De database antwoordt niet. Probeer het zo opnieuw."
        return problem_body(503, "database-onbereikbaar", "Nu niet beschikbaar.", detail, instance=instance)
    return problem_body(
        500,
        "serverfout",
        "Er ging iets mis in de server.",
        "De fout is vastgelegd. Uw werk is bewaard.",
        instance=instance,
    )


def _has_overflowed(error: Exception) -> bool:
    return isinstance(error, StatementError) and isinstance(error.orig, OverflowError)


def _problem_of_kcs_error(error: KcsError, instance: str) -> dict[str, Any]:
    found = ((status, title) for kind, status, title in _STATUS if isinstance(error, kind))
    status, title = next(found, (400, "De invoer is ongeldig."))
    params: list[InvalidParam] = []
    extra: dict[str, Any] = {}
    if isinstance(error, InvalidInput) and error.field:
        params = [InvalidParam(error.field, error.code, error.message)]
    if isinstance(error, Conflict):
        extra = {"gezien": error.seen, "huidig": error.current}
    detail = f"{error.message} {error.advice}".strip()
    return problem_body(status, error.code, title, detail, instance=instance, params=params, **extra)


def _problem_of_framework(error: HTTPException, instance: str) -> dict[str, Any]:
    # The framework's own text is left out: it may quote the input. Only the name of a field is taken from it.
    status = error.status_code if error.status_code in _TITLES else 400
    if status == 400 and (place := _PLACE.search(_validation_message(error))):
        params = [InvalidParam(place[1], "invalid", "Dit veld ontbreekt, is onbekend of heeft een ander soort waarde.")]
        return problem_body(400, "invalid", "De invoer is ongeldig.", "", instance=instance, params=params)
    code, title, detail = _TITLES[status]
    return problem_body(status, code, title, detail, instance=instance)


def _validation_message(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, msgspec.ValidationError):
        cause = cause.__cause__ or cause.__context__
    return str(cause or "")


def answer(request: AnyRequest, error: Exception) -> Response[dict[str, Any]]:
    """Handler for every error of the application."""
    body = problem_of(error, instance=request_id(request.scope))
    status = int(body["status"])
    if status >= 500 and not isinstance(error, (HttpProblem, KcsError)):
        log_uncaught(error, request_id(request.scope))
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, HTTPException) and error.headers:
        headers.update({name: value for name, value in error.headers.items() if name.lower() == "allow"})
    if "retryAfter" in body:
        headers["Retry-After"] = str(body["retryAfter"])
    return Response(body, status_code=status, media_type=PROBLEM_TYPE, headers=headers)


HANDLERS: ExceptionHandlersMap = {
    HttpProblem: answer,
    KcsError: answer,
    HTTPException: answer,
    Exception: answer,
}
__all__ = ["HANDLERS", "PROBLEM_TYPE", "answer", "problem_body", "problem_of"]
