"""The HTTP face: the family's own, and `/publish` beside it."""

from __future__ import annotations

from litestar import Response, Router, post
from litestar.params import FromPath

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.standards.catalogi.api import INFORMATIEOBJECTTYPEN, ZAAKTYPEN, CatalogiApi
from kcs_desktop.backend.standards.objecten.register import EmbeddedRegister, whole
from kcs_desktop.backend.standards.objecten.requests import AnyRequest
from kcs_desktop.backend.standards.objecten.resource import Json
from kcs_desktop.backend.standards.zgw.acts import NO_ADDRESS
from kcs_desktop.backend.standards.zgw.router import acts_of, answer
from kcs_desktop.backend.standards.zgw.router import router as zgw_router
from kcs_desktop.backend.verzoek import refuse_unknown_parameters
from kcs_desktop.domain.errors import NotFound


def router(kern: Kern) -> Router:
    """The register under its own prefix."""
    api = CatalogiApi()
    acts = acts_of(kern, api)

    @post("/{resource:str}/{uuid:str}/publish")
    async def publish(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        refuse_unknown_parameters(request, ())
        kind = {one.naam: one for one in (ZAAKTYPEN, INFORMATIEOBJECTTYPEN)}.get(resource)
        if kind is None:
            raise NotFound(NO_ADDRESS)

        async def do(unit: UnitOfWork, register: EmbeddedRegister) -> Json:
            async with whole(unit):
                await kind.publish(unit, uuid)
            return await register.get(unit, resource, uuid)

        return answer(api, await acts(request).write(resource, "gewijzigd", uuid, do))

    return zgw_router(kern, api, acts, [publish])
