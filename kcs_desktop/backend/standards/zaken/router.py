"""The HTTP face: what this API has beside lists and objects. It parses, hands on, and answers."""

from __future__ import annotations

import msgspec
from litestar import Response, Router, delete, get, patch, post, put
from litestar.params import FromPath

from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.standards.objecten.requests import AnyRequest, asked_parameters
from kcs_desktop.backend.standards.zaken import zaaknummers
from kcs_desktop.backend.standards.zaken.api import ZakenApi
from kcs_desktop.backend.standards.zaken.registreren import register_zaak
from kcs_desktop.backend.standards.zaken.steps import EIGENSCHAP
from kcs_desktop.backend.standards.zaken.zoek import read_question
from kcs_desktop.backend.standards.zgw import router as zgw
from kcs_desktop.backend.standards.zgw.crs import check_crs
from kcs_desktop.domain.errors import NotFound

_EIGENSCHAPPEN = "/{resource:str}/{uuid:str}/zaakeigenschappen"
_EIGENSCHAP = _EIGENSCHAPPEN + "/{eigenschap:str}"
_NAAM = "zaakeigenschappen"


def router(kern: Kern) -> Router:
    """The register under its own prefix."""
    api = ZakenApi(kern)
    acts = zgw.acts_of(kern, api)

    @post("/{resource:str}/{uuid:str}", status_code=200)
    async def search(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        if (resource, uuid) != ("zaken", "_zoek"):
            raise NotFound("Dit adres bestaat niet in het register.")
        check_crs(request)
        parameters = asked_parameters(request)
        question = read_question(await zgw.read_body(request, tuple(parameters)))
        async with kern.db.read() as session:
            within = await question.condition(session)
        found = await acts(request).find(
            "zaken",
            {**parameters, **question.beside},
            address="zaken/_zoek",
            within=within,
            beside={**question.filters, "zaakgeometrie": msgspec.json.encode(question.area).decode()},
        )
        return zgw.answer(api, found, crs=True)

    @post("/zaak_registreren")
    async def register(request: AnyRequest) -> Response[bytes]:
        check_crs(request)
        body = await zgw.read_body(request)
        made = await acts(request).write(
            "zaken", "geregistreerd", "", lambda unit, register: register_zaak(unit, register, body)
        )
        return zgw.answer(api, made, 201, crs=True)

    @post(["/zaaknummer_reserveren", "/reserveer_zaaknummer"])
    async def reserve(request: AnyRequest) -> Response[bytes]:
        body = await zgw.read_body(request)
        made = await acts(request).write(
            "zaken", "geregistreerd", "", lambda unit, _register: zaaknummers.reserve(unit, body)
        )
        return zgw.answer(api, made, 201)

    async def of_zaak(request: AnyRequest, resource: str, zaak: str, eigenschap: str = "") -> None:
        """Raises NotFound where the address names what is not there."""
        if resource != "zaken":
            raise NotFound("Dit adres bestaat niet in het register.")
        async with kern.db.read() as session:
            await api.resources["zaken"].row(session, zaak)
            if eigenschap and (await api.resources[_NAAM].row(session, eigenschap)).zaak != zaak.lower():
                raise NotFound("Deze eigenschap hoort niet bij deze zaak.")

    @get(_EIGENSCHAPPEN)
    async def list_eigenschappen(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        await of_zaak(request, resource, uuid)
        found = await acts(request).find(
            _NAAM,
            asked_parameters(request),
            address=f"zaken/{uuid}/zaakeigenschappen",
            within=EIGENSCHAP.zaak == uuid.lower(),
        )
        return zgw.answer(api, found)

    @post(_EIGENSCHAPPEN)
    async def create_eigenschap(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        await of_zaak(request, resource, uuid)
        body = await zgw.read_body(request)
        given = {**body, "zaak": f"{api.prefix}/zaken/{uuid}"} if isinstance(body, dict) else body
        made = await acts(request).write(
            _NAAM, "geregistreerd", "", lambda unit, register: register.create(unit, _NAAM, given)
        )
        return zgw.answer(api, made, 201)

    @get(_EIGENSCHAP)
    async def get_eigenschap(
        request: AnyRequest, resource: FromPath[str], uuid: FromPath[str], eigenschap: FromPath[str]
    ) -> Response[bytes]:
        await of_zaak(request, resource, uuid, eigenschap)
        return zgw.answer(api, await acts(request).get(_NAAM, eigenschap, asked_parameters(request)))

    @put(_EIGENSCHAP)
    async def replace_eigenschap(
        request: AnyRequest, resource: FromPath[str], uuid: FromPath[str], eigenschap: FromPath[str]
    ) -> Response[bytes]:
        await of_zaak(request, resource, uuid, eigenschap)
        body = await zgw.read_body(request)
        made = await acts(request).write(
            _NAAM, "gewijzigd", eigenschap, lambda unit, register: register.replace(unit, _NAAM, eigenschap, body)
        )
        return zgw.answer(api, made)

    @patch(_EIGENSCHAP)
    async def change_eigenschap(
        request: AnyRequest, resource: FromPath[str], uuid: FromPath[str], eigenschap: FromPath[str]
    ) -> Response[bytes]:
        await of_zaak(request, resource, uuid, eigenschap)
        body = await zgw.read_body(request)
        made = await acts(request).write(
            _NAAM, "gewijzigd", eigenschap, lambda unit, register: register.change(unit, _NAAM, eigenschap, body)
        )
        return zgw.answer(api, made)

    @delete(_EIGENSCHAP, status_code=200)
    async def delete_eigenschap(
        request: AnyRequest, resource: FromPath[str], uuid: FromPath[str], eigenschap: FromPath[str]
    ) -> Response[bytes]:
        await of_zaak(request, resource, uuid, eigenschap)
        await acts(request).write(
            _NAAM, "verwijderd", eigenschap, lambda unit, register: register.delete(unit, _NAAM, eigenschap)
        )
        return zgw.answer(api, None)

    own = [search, register, reserve, list_eigenschappen, create_eigenschap, get_eigenschap]
    return zgw.router(kern, api, acts, [*own, replace_eigenschap, change_eigenschap, delete_eigenschap])
