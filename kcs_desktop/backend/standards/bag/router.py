"""The calls of the BAG and their description. Addresses are public: a look at one stands in no audit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl, urlencode

import msgspec
from litestar import Request, Response, Router, get
from litestar.params import FromPath

from kcs_desktop.backend.accounts.poort import OPENBAAR
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.backend.standards.bag import vorm
from kcs_desktop.backend.standards.bag.vraag import Vraag, parse_adressen, parse_zoek
from kcs_desktop.backend.standards.bag.zoek import Gevonden, find, search
from kcs_desktop.backend.verzoek import current, refuse_unknown_parameters
from kcs_desktop.domain.rechten import Recht

PAD = "/bag/api/v2"
HAL = "application/hal+json"
Asked = list[tuple[str, str]]


def router(kern: Kern) -> Router:
    """The routes of the embedded BAG."""

    @get("/openapi.yaml", opt={OPENBAAR: True}, include_in_schema=False, sync_to_thread=False)
    def openapi() -> Response[bytes]:
        beschrijving = files("kcs_desktop.backend.standards.bag").joinpath("openapi.yaml").read_bytes()
        return Response(beschrijving, media_type="application/yaml")

    @get("/adressen", include_in_schema=False)
    async def adressen(request: Request[Any, Any, Any]) -> Response[bytes]:
        require(request)
        vraag = parse_adressen(asked(request))
        async with kern.db.read() as session:
            rijen = await find(session, vraag)
        return _listed(request, "adressen", vraag, rijen, lambda rij: vorm.adres(rij[0], rij[1], base(request)))

    @get("/adressen/zoek", include_in_schema=False)
    async def zoek(request: Request[Any, Any, Any]) -> Response[bytes]:
        require(request)
        vraag = parse_zoek(asked(request))
        async with kern.db.read() as session:
            rijen = await search(session, vraag)
        return _listed(
            request, "zoekresultaten", vraag, rijen, lambda rij: vorm.zoekresultaat(rij[0], rij[1], base(request))
        )

    @get("/adressen/{identificatie:str}", include_in_schema=False)
    async def adres(request: Request[Any, Any, Any], identificatie: FromPath[str]) -> Response[bytes]:
        require(request)
        refuse_unknown_parameters(request, ())
        check_id(identificatie)
        async with kern.db.read() as session:
            rijen = await find(session, Vraag({"zoekresultaatIdentificatie": identificatie}))
        if not rijen:
            raise not_found()
        return answered(vorm.adres(rijen[0][0], rijen[0][1], base(request)))

    return Router(path=PAD, route_handlers=[openapi, adressen, zoek, adres])


def require(request: Request[Any, Any, Any]) -> None:
    """Who works with zaken, or may ask the base registers."""
    wie = current(request).wie
    if not wie.mag("basisregistraties", Recht.RAADPLEGEN):
        wie.require("zaken", Recht.RAADPLEGEN)


def asked(request: Request[Any, Any, Any]) -> Asked:
    """The query as it was written."""
    return parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)


def base(request: Request[Any, Any, Any]) -> str:
    return str(request.base_url).rstrip("/") + PAD


def check_id(identificatie: str) -> None:
    """404 for what cannot be an identificatie."""
    if len(identificatie) != 16 or not identificatie.isascii() or not identificatie.isdigit():
        raise not_found()


def not_found() -> HttpProblem:
    return HttpProblem(404, "notFound", "Dit adres staat niet in de BAG.")


def answered(gegevens: dict[str, Any]) -> Response[bytes]:
    return Response(msgspec.json.encode(gegevens), media_type=HAL)


def _listed(
    request: Request[Any, Any, Any],
    naam: str,
    vraag: Vraag,
    rijen: Sequence[Gevonden],
    made: Callable[[Gevonden], dict[str, Any]],
) -> Response[bytes]:
    """A page; `rijen` has one more than it holds where there is a next one."""
    links = {"self": _page(request, vraag.pagina)}
    if len(rijen) > vraag.per_pagina:
        links["next"] = _page(request, vraag.pagina + 1)
    if vraag.pagina > 1:
        links["prev"] = _page(request, vraag.pagina - 1)
    embedded = {naam: [made(rij) for rij in rijen[: vraag.per_pagina]]}
    return answered({"_embedded": embedded, "_links": links})


def _page(request: Request[Any, Any, Any], pagina: int) -> dict[str, str]:
    overig = [(naam, waarde) for naam, waarde in asked(request) if naam != "page"]
    pad = request.url.path.removeprefix(PAD)
    return {"href": f"{base(request)}{pad}?{urlencode([*overig, ('page', str(pagina))])}"}
