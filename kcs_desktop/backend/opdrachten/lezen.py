"""Read a JSON body into a struct, and say in Dutch which field is wrong.

The structs are strict: an unknown field, a wrong type or a naive time is an error with the field's name, never ignored.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec
from litestar import Request

from kcs_desktop.backend.problem import HttpProblem, InvalidBody, InvalidParam

T = TypeVar("T")
_PATH = re.compile(r" - at `\$?(?P<path>[^`]*)`$")
_INDEX = re.compile(r"\[(\d+)\]")


async def read_body(request: Request[Any, Any, Any], kind: type[T]) -> T:
    """The body as `kind`. Raises 400: `parse-error` for what is no JSON, InvalidBody with the field otherwise."""
    return decode(await request.body(), kind)


def decode(body: bytes, kind: type[T]) -> T:
    """See `read_body`."""
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise _named(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise HttpProblem(
            400, "parse-error", "De invoer is ongeldig.", "De inhoud van het verzoek is geen geldige JSON."
        ) from error


def _named(message: str) -> InvalidBody:
    found = _PATH.search(message)
    path = _INDEX.sub(r".\1", found["path"]).strip(".") if found else ""
    text = message[: found.start()] if found else message
    return InvalidBody([_param(path, text)], "De gegevens zijn niet goed ingevuld.")


def _param(path: str, text: str) -> InvalidParam:
    missing = re.search(r"missing required field `([^`]*)`", text)
    unknown = re.search(r"unknown field `([^`]*)`", text)
    if missing:
        return InvalidParam(_join(path, missing[1]), "required", "Dit veld is verplicht.")
    if unknown:
        return InvalidParam(_join(path, unknown[1][:100]), "unknown", "Dit veld bestaat niet.")
    if "nvalid enum value" in text or "nvalid value" in text:
        return InvalidParam(path, "invalid_choice", "Deze keuze bestaat niet.")
    return InvalidParam(path, "invalid", "Dit veld is niet goed ingevuld.")


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
