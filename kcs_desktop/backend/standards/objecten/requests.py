"""What a request of this API asks: its parameters, its JSON body, and the address under which it reached us."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response

from kcs_desktop.backend.problem import HttpProblem, InvalidBody, InvalidParam
from kcs_desktop.backend.verzoek import refuse_other_content

AnyRequest = Request[Any, Any, Any]
MOST_VALUES = 100_000  # in one body


def asked_parameters(request: AnyRequest) -> dict[str, str]:
    """The query parameters; of a repeated one the last counts."""
    return dict(request.query_params.multi_items())


async def json_body(request: AnyRequest) -> object:
    """The body as JSON. Raises HttpProblem for another media type and for what is no JSON, InvalidBody for more than
    `MOST_VALUES`: small values take many times their length in memory."""
    refuse_other_content(request.scope)
    body = await request.body()
    # At least as many as there are values; those in texts count as well.
    if sum(body.count(sign) for sign in (b",", b"[", b"{")) > MOST_VALUES:
        raise InvalidBody([InvalidParam("nonFieldErrors", "too-many", "Dit zijn te veel gegevens in één verzoek.")])
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        # The decoder's own words are left out: they may quote the body.
        raise HttpProblem(
            400, "parse-error", "De invoer is ongeldig.", "De inhoud van het verzoek is geen geldige JSON."
        ) from None


def base_url(request: AnyRequest, prefix: str) -> str:
    """The address of the API under this prefix as the caller wrote it."""
    return str(request.base_url).rstrip("/") + prefix


def answer(content: object, version: str, status: int = 200) -> Response[bytes]:
    """JSON in the standard's form; `version` is that of the API."""
    return Response(
        msgspec.json.encode(content),
        status_code=status,
        media_type="application/json",
        headers={"API-version": version},
    )
