"""BAG upstream: checked as the embedded one does and asked there. Addresses are public, so none is audited."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, Router, get
from litestar.params import FromPath

from kcs_desktop.backend.gateway import fouten
from kcs_desktop.backend.gateway.adressen import Adressen
from kcs_desktop.backend.gateway.verbinding import Verbinding
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.standards.bag.router import HAL, PAD, answered, asked, base, check_id, not_found, require
from kcs_desktop.backend.standards.bag.vraag import parse_adressen, parse_zoek
from kcs_desktop.backend.verzoek import current, refuse_unknown_parameters


def router(kern: Kern, verbinding: Verbinding) -> Router:
    """The routes of the BAG, answered upstream. `kern` is not needed: nothing is looked up and nothing noted."""

    @get("/adressen", include_in_schema=False)
    async def adressen(request: Request[Any, Any, Any]) -> Response[bytes]:
        require(request)
        parse_adressen(asked(request))
        return await _answer(request, "/adressen", "_embedded")

    @get("/adressen/zoek", include_in_schema=False)
    async def zoek(request: Request[Any, Any, Any]) -> Response[bytes]:
        require(request)
        parse_zoek(asked(request))
        return await _answer(request, "/adressen/zoek", "_embedded")

    @get("/adressen/{identificatie:str}", include_in_schema=False)
    async def adres(request: Request[Any, Any, Any], identificatie: FromPath[str]) -> Response[bytes]:
        require(request)
        refuse_unknown_parameters(request, ())
        check_id(identificatie)
        return await _answer(request, f"/adressen/{identificatie}", "huisnummer")

    async def _answer(request: Request[Any, Any, Any], path: str, needs: str) -> Response[bytes]:
        verzoek = current(request)
        antwoord = await verbinding.ask(verzoek, "GET", path, query=urlencode(asked(request)))
        if antwoord.status == 404:
            if needs == "_embedded":  # the BAG says so of a list without rows
                return answered({"_embedded": {}, "_links": {"self": {"href": base(request) + path}}})
            raise not_found()
        if antwoord.is_error:
            return Response(antwoord.encode(), status_code=antwoord.status, media_type="application/problem+json")
        if needs not in antwoord.gegevens and not (needs == "_embedded" and "_links" in antwoord.gegevens):
            raise fouten.faulty("bag")
        Adressen(verbinding.base, base(request), base(request) + path).rewrite(antwoord.gegevens)
        return Response(antwoord.encode(), media_type=HAL)

    return Router(path=PAD, route_handlers=[adressen, zoek, adres])
