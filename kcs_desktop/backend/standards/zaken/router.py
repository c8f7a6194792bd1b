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
from kcs_desktop.backend.standards.zgw.acts import NO_ADDRESS, Acts
from kcs_desktop.backend.standards.zgw.crs import check_crs
from kcs_desktop.backend.verzoek import current
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.rechten import Recht

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
            raise NotFound(NO_ADDRESS)
        check_crs(request)
        parameters = asked_parameters(request)
        question = read_question(await zgw.read_body(request, tuple(parameters)))
        asked = {**parameters, **question.beside}
        mine = acts(request)
        customer = api.asked({**asked, **question.filters})
        await mine.require("zaken", Recht.RAADPLEGEN, "gezocht", customer, expand=asked.get("expand", ""))
        allowed = api.within(current(request).wie).get("zaken")
        async with kern.db.read() as session:
            within = await question.condition(session, allowed)
        found = await mine.find(
            "zaken",
            asked,
            address="zaken/_zoek",
            within=within,
            beside={**question.filters, "zaakgeometrie": msgspec.json.encode(question.area).decode()},
        )
        return zgw.answer(api, found, crs=True)

    @post("/zaak_registreren")
    async def register(request: AnyRequest) -> Response[bytes]:
        check_crs(request)
        mine = acts(request)
        await mine.require_write("zaken", "geregistreerd", "")
        body = await zgw.read_body(request)
        made = await mine.write(
            "zaken", "geregistreerd", "", lambda unit, register: register_zaak(unit, register, body)
        )
        return zgw.answer(api, made, 201, crs=True)

    @post(["/zaaknummer_reserveren", "/reserveer_zaaknummer"])
    async def reserve(request: AnyRequest) -> Response[bytes]:
        mine = acts(request)
        await mine.require_write("zaken", "geregistreerd", "")
        body = await zgw.read_body(request)
        made = await mine.write("zaken", "geregistreerd", "", lambda unit, _register: zaaknummers.reserve(unit, body))
        return zgw.answer(api, made, 201)

    async def under(
        request: AnyRequest, recht: Recht, handeling: str, resource: str, zaak: str, eigenschap: str = ""
    ) -> tuple[Acts, str]:
        """The acts of this request and the uuid of the zaak that its address leads through. Raises Forbidden, and
        NotFound where the address names what is not there."""
        if resource != "zaken":
            raise NotFound(NO_ADDRESS)
        mine = acts(request)
        found = await mine.reach("zaken", zaak, recht, handeling)
        if eigenschap and (await mine.reach(_NAAM, eigenschap, recht, handeling)).zaak != found.uuid:
            raise NotFound("Deze eigenschap hoort niet bij deze zaak.")
        return mine, found.uuid

    @get(_EIGENSCHAPPEN)
    async def list_eigenschappen(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        mine, zaak = await under(request, Recht.RAADPLEGEN, "gezocht", resource, uuid)
        found = await mine.find(
            _NAAM,
            asked_parameters(request),
            address=f"zaken/{zaak}/zaakeigenschappen",
            within=EIGENSCHAP.zaak == zaak,
        )
        return zgw.answer(api, found)

    @post(_EIGENSCHAPPEN)
    async def create_eigenschap(request: AnyRequest, resource: FromPath[str], uuid: FromPath[str]) -> Response[bytes]:
        mine, zaak = await under(request, Recht.WIJZIGEN, "geregistreerd", resource, uuid)
        body = await zgw.read_body(request)
        given = {**body, "zaak": f"{api.prefix}/zaken/{zaak}"} if isinstance(body, dict) else body
        made = await mine.write(_NAAM, "geregistreerd", "", lambda unit, register: register.create(unit, _NAAM, given))
        return zgw.answer(api, made, 201)

    @get(_EIGENSCHAP)
    async def get_eigenschap(
        request: AnyRequest, resource: FromPath[str], uuid: FromPath[str], eigenschap: FromPath[str]
    ) -> Response[bytes]:
        mine, _zaak = await under(request, Recht.RAADPLEGEN, "geraadpleegd", resource, uuid, eigenschap)
        return zgw.answer(api, await mine.get(_NAAM, eigenschap, asked_parameters(request)))

    @put(_EIGENSCHAP)
    async def replace_eigenschap(
        request: AnyRequest, resource: FromPath[str], uuid: FromPath[str], eigenschap: FromPath[str]
    ) -> Response[bytes]:
        mine, _zaak = await under(request, Recht.WIJZIGEN, "gewijzigd", resource, uuid, eigenschap)
        body = await zgw.read_body(request)
        made = await mine.write(
            _NAAM, "gewijzigd", eigenschap, lambda unit, register: register.replace(unit, _NAAM, eigenschap, body)
        )
        return zgw.answer(api, made)

    @patch(_EIGENSCHAP)
    async def change_eigenschap(
        request: AnyRequest, resource: FromPath[str], uuid: FromPath[str], eigenschap: FromPath[str]
    ) -> Response[bytes]:
        mine, _zaak = await under(request, Recht.WIJZIGEN, "gewijzigd", resource, uuid, eigenschap)
        body = await zgw.read_body(request)
        made = await mine.write(
            _NAAM, "gewijzigd", eigenschap, lambda unit, register: register.change(unit, _NAAM, eigenschap, body)
        )
        return zgw.answer(api, made)

    @delete(_EIGENSCHAP, status_code=200)
    async def delete_eigenschap(
        request: AnyRequest, resource: FromPath[str], uuid: FromPath[str], eigenschap: FromPath[str]
    ) -> Response[bytes]:
        mine, _zaak = await under(request, Recht.WIJZIGEN, "verwijderd", resource, uuid, eigenschap)
        await mine.write(
            _NAAM, "verwijderd", eigenschap, lambda unit, register: register.delete(unit, _NAAM, eigenschap)
        )
        return zgw.answer(api, None)

    own = [search, register, reserve, list_eigenschappen, create_eigenschap, get_eigenschap]
    return zgw.router(kern, api, acts, [*own, replace_eigenschap, change_eigenschap, delete_eigenschap])
