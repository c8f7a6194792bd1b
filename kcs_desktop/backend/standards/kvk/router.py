"""The KvK calls and their description: who may ask, what is answered, and a line in the audit for each company seen."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl, urlencode

import msgspec
from litestar import Request, Response, Router, get
from litestar.params import FromPath

from kcs_desktop.backend.accounts.poort import OPENBAAR
from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.audit.store import record_looks
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.problem import InvalidParam
from kcs_desktop.backend.standards.kvk import fout
from kcs_desktop.backend.standards.kvk.opslag import by_kvk, by_vestiging
from kcs_desktop.backend.standards.kvk.profiel import basisprofiel, vestigingsprofiel
from kcs_desktop.backend.standards.kvk.vraag import MAX_PAGINA, Zoekvraag, parse
from kcs_desktop.backend.standards.kvk.zoek import search
from kcs_desktop.backend.verzoek import current
from kcs_desktop.domain.rechten import Recht

PAD = "/kvk/api"
_GEO = ("geoData",)  # KvK's own extra of the profiles; the embedded register holds no coordinates
Subject = tuple[str, str]


def router(kern: Kern) -> Router:
    """The routes of the embedded Handelsregister."""

    @get("/openapi.yaml", opt={OPENBAAR: True}, include_in_schema=False, sync_to_thread=False)
    def openapi() -> Response[bytes]:
        beschrijving = files("kcs_desktop.backend.standards.kvk").joinpath("openapi.yaml").read_bytes()
        return Response(beschrijving, media_type="application/yaml")

    @get("/v2/zoeken", include_in_schema=False)
    async def zoeken(request: Request[Any, Any, Any]) -> Response[bytes]:
        return await _answer(kern, request, _zoeken)

    @get("/v1/basisprofielen/{kvk_nummer:str}", include_in_schema=False)
    async def basisprofielen(request: Request[Any, Any, Any], kvk_nummer: FromPath[str]) -> Response[bytes]:
        async def profiel(kern: Kern, verzoek: Verzoek, request: Request[Any, Any, Any]) -> dict[str, Any]:
            _check(request, "kvkNummer", r"[0-9]{8}", kvk_nummer)
            async with kern.db.read() as session:
                bedrijf = await by_kvk(session, kvk_nummer)
            await _audit(kern, verzoek, "geraadpleegd", [("kvk_nummer", kvk_nummer)])
            if bedrijf is None:
                raise fout.not_found()
            return basisprofiel(bedrijf, _basis(request))

        return await _answer(kern, request, profiel, ("kvk_nummer", kvk_nummer))

    @get("/v1/vestigingsprofielen/{vestigingsnummer:str}", include_in_schema=False)
    async def vestigingsprofielen(request: Request[Any, Any, Any], vestigingsnummer: FromPath[str]) -> Response[bytes]:
        async def profiel(kern: Kern, verzoek: Verzoek, request: Request[Any, Any, Any]) -> dict[str, Any]:
            _check(request, "vestigingsnummer", r"[0-9]{12}", vestigingsnummer)
            async with kern.db.read() as session:
                bedrijf = await by_vestiging(session, vestigingsnummer)
            await _audit(kern, verzoek, "geraadpleegd", [("vestigingsnummer", vestigingsnummer)])
            vestigingen = bedrijf.vestigingen if bedrijf else ()
            vestiging = next((v for v in vestigingen if v.vestigingsnummer == vestigingsnummer), None)
            if bedrijf is None or vestiging is None:
                raise fout.not_found()
            return vestigingsprofiel(bedrijf, vestiging, _basis(request))

        return await _answer(kern, request, profiel, ("vestigingsnummer", vestigingsnummer))

    return Router(path=PAD, route_handlers=[openapi, zoeken, basisprofielen, vestigingsprofielen])


Work = Callable[[Kern, Verzoek, Request[Any, Any, Any]], Awaitable[dict[str, Any]]]


async def _answer(
    kern: Kern, request: Request[Any, Any, Any], work: Work, subject: Subject = ("kvk_nummer", "")
) -> Response[bytes]:
    verzoek = current(request)
    try:
        if not verzoek.wie.mag("basisregistraties", Recht.RAADPLEGEN):
            veilig = (subject[0], subject[1][:20])
            await _audit(kern, verzoek, "geraadpleegd" if subject[1] else "gezocht", [veilig], "geen-recht")
            raise fout.forbidden()
        antwoord = await work(kern, verzoek, request)
    except fout.KvkFout as kvk_fout:
        return kvk_fout.response()
    return Response(msgspec.json.encode(antwoord), media_type="application/json")


async def _zoeken(kern: Kern, verzoek: Verzoek, request: Request[Any, Any, Any]) -> dict[str, Any]:
    vraag = parse(parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True))
    async with kern.db.read() as session:
        totaal, resultaten = await search(session, vraag)
    nummers = dict.fromkeys(r["kvkNummer"] for r in resultaten)
    await _audit(kern, verzoek, "gezocht", [("kvk_nummer", n) for n in nummers] or [("kvk_nummer", "")])
    if not resultaten:
        raise fout.not_found()
    basis = _basis(request)
    antwoord: dict[str, Any] = {
        "pagina": vraag.pagina,
        "resultatenPerPagina": vraag.per_pagina,
        "totaal": totaal,
        "resultaten": [{**r, "links": _links(r, basis)} for r in resultaten],
    }
    if vraag.pagina > 1:
        antwoord["vorige"] = _page(request, vraag, vraag.pagina - 1)
    if vraag.pagina * vraag.per_pagina < totaal and vraag.pagina < MAX_PAGINA:
        antwoord["volgende"] = _page(request, vraag, vraag.pagina + 1)
    return antwoord


def _links(resultaat: dict[str, Any], basis: str) -> list[dict[str, str]]:
    links = [{"rel": "basisprofiel", "href": f"{basis}/v1/basisprofielen/{resultaat['kvkNummer']}"}]
    if vestiging := resultaat.get("vestigingsnummer"):
        links.append({"rel": "vestigingsprofiel", "href": f"{basis}/v1/vestigingsprofielen/{vestiging}"})
    return links


def _page(request: Request[Any, Any, Any], vraag: Zoekvraag, pagina: int) -> str:
    overig = [(k, w) for k, w in parse_qsl(request.scope["query_string"].decode("latin-1")) if k != "pagina"]
    return f"{_basis(request)}/v2/zoeken?{urlencode([*overig, ('pagina', str(pagina))])}"


def _basis(request: Request[Any, Any, Any]) -> str:
    return str(request.base_url).rstrip("/") + PAD


def _check(request: Request[Any, Any, Any], naam: str, patroon: str, waarde: str) -> None:
    fouten = [
        InvalidParam(n, fout.ONJUIST, "Deze parameter bestaat niet.") for n in request.query_params if n not in _GEO
    ]
    if not re.fullmatch(patroon, waarde):
        fouten.append(InvalidParam(naam, fout.ONJUIST, "Het nummer heeft niet de juiste vorm."))
    if fouten:
        raise fout.wrong(fouten[:50])


async def _audit(kern: Kern, verzoek: Verzoek, handeling: str, subjects: Iterable[Subject], reden: str = "") -> None:
    regels = [
        Auditregel(
            wie=verzoek.wie,
            handeling=handeling,
            onderwerp_soort=soort,
            onderwerp=nummer,
            doelbinding=verzoek.doelbinding,
            gelukt=not reden,
            reden=reden,
            bron="kvk",
        )
        for soort, nummer in subjects
    ]
    await record_looks(kern.db, regels)
