"""`GET /schema`: the OpenAPI 3.1 description of /kcs/api/v1. The registers have their standards' own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from litestar import Litestar, Request, Router
from litestar.enums import OpenAPIMediaType
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import OpenAPIRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from kcs_desktop import __version__
from kcs_desktop.backend.accounts.poort import OPENBAAR
from kcs_desktop.backend.fouten import PROBLEM_TYPE

OWN = "/kcs/api/v1"
INVOER, ANTWOORD = "invoer", "antwoord"  # opts of a route that reads or writes its body itself: the type of it
_REF = "#/components/schemas/{name}"
_PROBLEM = {
    "title": "Probleem",
    "description": "RFC 9457. `code` is stable; `title` and `detail` are Dutch sentences for the employee.",
    "type": "object",
    "required": ["type", "code", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string"},
        "code": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "description": "urn:kcs:verzoek: and the request's id"},
        "invalidParams": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "code": {"type": "string"}, "reason": {"type": "string"}},
            },
        },
        "gezien": {"type": "object", "description": "of a conflict: what the employee saw"},
        "huidig": {"type": "object", "description": "of a conflict: what stands now"},
    },
}
_REFUSALS = {
    "400": "The body or a parameter cannot be.",
    "401": "Nobody is signed in, or the sign-in ended.",
    "403": "The role may not do this.",
    "409": "A colleague changed it meanwhile, or the server is of another version or epoch.",
    "413": "The body is too large.",
    "415": "The body is no JSON.",
    "422": "This id was used for something else, or what was sent cannot be.",
    "429": "Too many attempts; `Retry-After` says when again.",
    "503": "Not now: the database or a register does not answer.",
}
_ONLY_FOR_COMMANDS = {"409", "422"}


class _OwnPaths(OpenAPIRenderPlugin):
    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        paths = {path: item for path, item in openapi_schema["paths"].items() if path.startswith(OWN)}
        components = openapi_schema["components"]["schemas"]
        components["Probleem"] = _PROBLEM
        for path, method, opt in _routes(request.app):
            operation = paths.get(path, {}).get(method)
            if operation is not None:
                is_command = path == f"{OWN}/opdrachten" or path.startswith(f"{OWN}/bestanden/")
                _complete(operation, opt, components, takes_commands=is_command)
        return msgspec.json.encode({**openapi_schema, "paths": paths})


def _routes(app: Litestar) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(path as OpenAPI writes it, method in lower case, opt) of every route."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            for method in handler.http_methods:
                yield route.path_format, str(method).lower(), handler.opt


def _complete(
    operation: dict[str, Any], opt: dict[str, Any], components: dict[str, Any], *, takes_commands: bool
) -> None:
    """What the framework cannot see: bodies that a route reads or writes itself, and our own form of every refusal."""
    if INVOER in opt:
        operation["requestBody"] = {"required": True, "content": _json(opt[INVOER], components)}
    responses: dict[str, Any] = operation["responses"]
    if ANTWOORD in opt:
        for status, response in responses.items():
            if status.startswith("2"):
                response["content"] = _json(opt[ANTWOORD], components)
    has_body = "requestBody" in operation
    for status, description in _REFUSALS.items():
        unfit = (
            (status in _ONLY_FOR_COMMANDS and not takes_commands)
            or (status == "403" and opt.get(OPENBAAR))
            or (status in {"413", "415"} and not has_body)
        )
        if not unfit:
            content = {PROBLEM_TYPE: {"schema": {"$ref": _REF.format(name="Probleem")}}}
            responses[status] = {"description": description, "content": content}


def _json(kind: Any, components: dict[str, Any]) -> dict[str, Any]:
    (schema,), own = msgspec.json.schema_components([kind], ref_template=_REF)
    for name, component in own.items():
        components.setdefault(name, component)
    return {"application/json": {"schema": schema}}


def openapi() -> OpenAPIConfig:
    """Serve it at /schema, without sign-in."""
    return OpenAPIConfig(
        title="KCS Desktop",
        version=__version__,
        description="Wat er naast de standaarden is: aanmelden, opdrachten, gebeurtenissen, zoeken, catalogus.",
        openapi_router=Router("/schema", route_handlers=[], opt={OPENBAAR: True}, include_in_schema=False),
        render_plugins=[_OwnPaths(path="/", media_type=OpenAPIMediaType.OPENAPI_JSON)],
        components=Components(
            security_schemes={
                "medewerker": SecurityScheme(type="http", scheme="bearer", bearer_format="JWT"),
                "toepassing": SecurityScheme(
                    type="apiKey", name="Authorization", security_scheme_in="header", description="Token <token>"
                ),
            }
        ),
        security=[{"medewerker": []}, {"toepassing": []}],
    )
