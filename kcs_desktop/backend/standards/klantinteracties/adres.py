"""Where this API is found and which version it speaks."""

from __future__ import annotations

from litestar import Response

from kcs_desktop.backend.standards.objecten import requests

PREFIX = "/klantinteracties/api/v1"
API_VERSION = "0.9.0"


def base_url(request: requests.AnyRequest) -> str:
    """The address of this API as the caller wrote it."""
    return requests.base_url(request, PREFIX)


def answer(content: object, status: int = 200) -> Response[bytes]:
    """JSON in the standard's form."""
    return requests.answer(content, API_VERSION, status)
