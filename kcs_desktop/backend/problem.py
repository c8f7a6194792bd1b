"""Errors on the wire: application/problem+json with a stable `code`, in the standards' own shape."""

from __future__ import annotations

from typing import Any

import msgspec

from kcs_desktop.domain.errors import InvalidInput


class InvalidParam(msgspec.Struct, frozen=True):
    """One wrong field: `name` dotted as the standard writes it, `code` such as required, max_length, unique."""

    name: str
    code: str
    reason: str


class InvalidBody(InvalidInput):
    """400 with every field that is wrong."""

    code = "invalid"
    default_message = "Invalid input."

    def __init__(self, params: list[InvalidParam], message: str = "") -> None:
        super().__init__(message, field=params[0].name if params else "")
        self.params = tuple(params)


class HttpProblem(Exception):
    """Any other status: 401, 403, 404, 409, 410, 415, 422, 429, 503. `extra` is added to the body."""

    def __init__(self, status: int, code: str, title: str, detail: str = "", **extra: Any) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.title = title
        self.detail = detail
        self.extra = extra
