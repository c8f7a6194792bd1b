"""The HTTP face of one API: the standard's addresses and methods. It parses, hands on, and answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import msgspec
from litestar import Response, Router, delete, get, patch, post, put
from litestar.exceptions import MethodNotAllowedException
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.backend.standards.objecten.requests import AnyRequest, asked_parameters, base_url, json_body
from kcs_desktop.backend.standards.objecten.resource import CHANGES
from kcs_desktop.backend.standards.objecten.shared import Shared
from kcs_desktop.backend.standards.zgw.acts import NO_ADDRESS, Acts, Reading
from kcs_desktop.backend.standards.zgw.api import Api
from kcs_desktop.backend.standards.zgw.crs import HEADERS, check_crs
from kcs_desktop.backend.verzoek import current, refuse_unknown_parameters
from kcs_desktop.domain.errors import NotFound

Body = Mapping[str, Any]
ActsOf = Callable[[AnyRequest], Acts]
_ONE = "/{resource:str}/{uuid:str}"
_MB = 1024 * 1024
MAX_LARGE = 36 * _MB  # a body with a file of 25 MB in base64
_MAX_BODY = 2 * _MB


def acts_of(kern: Kern, api: Api) -> ActsOf:
    """Gives the acts of a request; make it once, and give the same one to handlers of your own and to `router`."""
    shared: Shared[Reading] = Shared()

    def acts(request: AnyRequest) -> Acts:
        return Acts(kern, api, current(request), base_of(request, api), shared)

    return acts


def base_of(request: AnyRequest, api: Api) -> str:
    """The address of the API as the caller wrote it."""
    return base_url(request, api.prefix)


def answer(api: Api, content: object, status: int = 200, *, crs: bool = False) -> Response[bytes]:
    """JSON in the standard's form; without content 204."""
    return Response(
        b"" if content is None else msgspec.json.encode(content),
        status_code=204 if content is None else status,
        media_type="application/json",
        headers={"API-version": api.version, **(HEADERS if crs else {})},
    )


async def read_body(request: AnyRequest, parameters: Sequence[str] = (), *, most: int = _MAX_BODY) -> Body:
    """A body of at most so many bytes, with no other query parameters than these. That it is an object is checked
    later."""
    refuse_unknown_parameters(request, parameters)
    if len(await request.body()) > most:
        raise HttpProblem(413, "too-large", "Te groot.", f"Het verzoek is groter dan {most // _MB} MB.")
    return cast(Body, await json_body(request))


def router(kern: Kern, api: Api, acts: ActsOf | None = None, own: Sequence[ControllerRouterHandler] = ()) -> Router:
    """The API under its prefix. `own` are handlers of addresses that are no list and no object.

    The first part of a longer address must be a parameter there too (`/{resource:str}/{uuid:str}/publish`): a name in
    its place would hide the list and the objects of that name. An address of one part, as `/zaak_registreren`, may be
    a name.
    """
    acts = acts or acts_of(kern, api)

    def opened(request: AnyRequest, resource: str) -> bool:
        """Whether this resource holds geometries; then the headers are checked. Raises NotFound for what has another
        address, and MethodNotAllowedException for a change that the standard does not have."""
        kind = api.resources.get(resource)
        if kind is None or kind.nested:
            raise NotFound(NO_ADDRESS)
        if request.method in CHANGES - kind.changes or (request.method == "POST" and kind.only_read):
            raise MethodNotAllowedException(headers={"Allow": ", ".join(sorted({"GET", *kind.changes}))})
        if resource not in api.crs:
            return False
        check_crs(request)
        return True

    @get("/{resource:str}")
    async def list_objects(request: AnyRequest, resource: FromPath[str]) -> Response[bytes]:
        crs = opened(request, resource)
        return answer(api, await acts(request).find(resource, asked_parameters(request)), crs=crs)

    @get(_ONE)
    async def get_object(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        crs = opened(request, resource)
        return answer(api, await acts(request).get(resource, uuid, asked_parameters(request)), crs=crs)

    async def body_of(request: AnyRequest, mine: Acts, resource: str, handeling: str, uuid: str = "") -> Body:
        """Nothing of it is read for who may not write here."""
        await mine.require_write(resource, handeling, uuid)
        return await read_body(request, most=MAX_LARGE if resource in api.large else _MAX_BODY)

    @post("/{resource:str}")
    async def create_object(request: AnyRequest, resource: FromPath[str]) -> Response[bytes]:
        crs = opened(request, resource)
        mine = acts(request)
        body = await body_of(request, mine, resource, "geregistreerd")
        made = await mine.write(
            resource, "geregistreerd", "", lambda unit, register: register.create(unit, resource, body)
        )
        return answer(api, made, 201, crs=crs)

    @put(_ONE)
    async def replace_object(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        crs = opened(request, resource)
        mine = acts(request)
        body = await body_of(request, mine, resource, "gewijzigd", uuid)
        made = await mine.write(
            resource, "gewijzigd", uuid, lambda unit, register: register.replace(unit, resource, uuid, body)
        )
        return answer(api, made, crs=crs)

    @patch(_ONE)
    async def change_object(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        crs = opened(request, resource)
        mine = acts(request)
        body = await body_of(request, mine, resource, "gewijzigd", uuid)
        made = await mine.write(
            resource, "gewijzigd", uuid, lambda unit, register: register.change(unit, resource, uuid, body)
        )
        return answer(api, made, crs=crs)

    @delete(_ONE, status_code=200)
    async def delete_object(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        opened(request, resource)
        refuse_unknown_parameters(request, ())
        await acts(request).write(
            resource, "verwijderd", uuid, lambda unit, register: register.delete(unit, resource, uuid)
        )
        return answer(api, None)

    return Router(
        api.prefix,
        route_handlers=[*own, list_objects, get_object, create_object, replace_object, change_object, delete_object],
        include_in_schema=False,
        request_max_body_size=MAX_LARGE if api.large else _MAX_BODY,
    )
