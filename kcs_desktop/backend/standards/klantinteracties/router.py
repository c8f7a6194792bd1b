"""The HTTP face: the standard's addresses and methods. It parses, hands on, and answers; the rules are elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from litestar import Response, Router, delete, get, patch, post, put
from litestar.params import FromPath

from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.standards.klantinteracties import maak
from kcs_desktop.backend.standards.klantinteracties.acts import Acts, Reading
from kcs_desktop.backend.standards.klantinteracties.adres import API_VERSION, PREFIX, answer, base_url
from kcs_desktop.backend.standards.objecten.requests import AnyRequest, asked_parameters, json_body
from kcs_desktop.backend.standards.objecten.shared import Shared
from kcs_desktop.backend.verzoek import current, refuse_unknown_parameters

Body = Mapping[str, Any]
_ONE = "/{resource:str}/{uuid:str}"


def router(kern: Kern) -> Router:
    """The register under its own prefix."""

    shared: Shared[Reading] = Shared()

    def acts(request: AnyRequest) -> Acts:
        return Acts(kern.db, current(request), base_url(request), shared)

    @get("/{resource:str}")
    async def list_objects(request: AnyRequest, resource: FromPath[str]) -> Response[bytes]:
        return answer(await acts(request).find(resource, asked_parameters(request)))

    @get(_ONE)
    async def get_object(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        return answer(await acts(request).get(resource, uuid, asked_parameters(request)))

    async def body_of(request: AnyRequest, mine: Acts, resource: str, handeling: str, uuid: str = "") -> Body:
        """Nothing of it is read for who may not write here."""
        refuse_unknown_parameters(request, ())
        await mine.require_write(resource, handeling, uuid)
        return cast(Body, await json_body(request))

    async def create(request: AnyRequest, resource: str) -> Response[bytes]:
        mine = acts(request)
        body = await body_of(request, mine, resource, "geregistreerd")
        made = await mine.write(
            resource, "geregistreerd", "", lambda unit, register: register.create(unit, resource, body)
        )
        return answer(made, 201)

    @post("/{resource:str}")
    async def create_object(request: AnyRequest, resource: FromPath[str]) -> Response[bytes]:
        return await create(request, resource)

    @post(f"/{maak.NAAM}")
    async def make_klantcontact(request: AnyRequest) -> Response[bytes]:
        return await create(request, maak.NAAM)

    @put(_ONE)
    async def replace_object(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        mine = acts(request)
        body = await body_of(request, mine, resource, "gewijzigd", uuid)
        return answer(
            await mine.write(
                resource, "gewijzigd", uuid, lambda unit, register: register.replace(unit, resource, uuid, body)
            )
        )

    @patch(_ONE)
    async def change_object(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        mine = acts(request)
        body = await body_of(request, mine, resource, "gewijzigd", uuid)
        return answer(
            await mine.write(
                resource, "gewijzigd", uuid, lambda unit, register: register.change(unit, resource, uuid, body)
            )
        )

    @delete(_ONE, status_code=200)
    async def delete_object(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        refuse_unknown_parameters(request, ("cascade",) if resource == "onderwerpobjecten" else ())
        if asked_parameters(request).get("cascade", "").lower() == "true":
            kept = await acts(request).write(
                resource, "verwijderd", uuid, lambda unit, register: register.delete_onderwerpobject(unit, uuid)
            )
            return answer(kept)
        await acts(request).write(
            resource, "verwijderd", uuid, lambda unit, register: register.delete(unit, resource, uuid)
        )
        return Response(b"", status_code=204, headers={"API-version": API_VERSION})

    return Router(
        PREFIX,
        route_handlers=[
            list_objects,
            get_object,
            create_object,
            make_klantcontact,
            replace_object,
            change_object,
            delete_object,
        ],
        include_in_schema=False,
    )
