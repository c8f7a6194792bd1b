"""`GET /schema`: the OpenAPI 3.1 description of /kcs/api/v1. The registers have their standards' own."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Router
from litestar.enums import OpenAPIMediaType
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import OpenAPIRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from kcs_desktop import __version__
from kcs_desktop.backend.accounts.poort import OPENBAAR

OWN = "/kcs/api/v1"


class _OwnPaths(OpenAPIRenderPlugin):
    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        paths = {path: item for path, item in openapi_schema["paths"].items() if path.startswith(OWN)}
        return msgspec.json.encode({**openapi_schema, "paths": paths})


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
