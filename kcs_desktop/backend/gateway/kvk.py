"""Handelsregister upstream: checked as the embedded one does, asked there, every company seen stands in the audit."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlencode

import msgspec
from litestar import Request, Response, Router, get
from litestar.params import FromPath

from kcs_desktop.backend.gateway import fouten
from kcs_desktop.backend.gateway.adressen import Adressen
from kcs_desktop.backend.gateway.antwoord import Antwoord
from kcs_desktop.backend.gateway.vastleggen import Gezien, Subject, Vraag, recorded, refused
from kcs_desktop.backend.gateway.verbinding import Verbinding
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.problem import InvalidParam
from kcs_desktop.backend.standards.kvk import fout
from kcs_desktop.backend.standards.kvk.router import PAD
from kcs_desktop.backend.standards.kvk.vraag import parse
from kcs_desktop.backend.verzoek import current
from kcs_desktop.domain.rechten import Recht

_GEO = "geoData"
_SUBJECTS = {"kvkNummer": "kvk_nummer", "vestigingsnummer": "vestigingsnummer", "rsin": "rsin"}


class _Call(msgspec.Struct, frozen=True):
    """One call: `needs` is the name that an answer of the standard holds."""

    path: str
    query: list[tuple[str, str]]
    handeling: str
    subjects: list[Subject]
    needs: str


def router(kern: Kern, verbinding: Verbinding) -> Router:
    """The routes of the Handelsregister, answered upstream."""

    @get("/v2/zoeken", include_in_schema=False)
    async def zoeken(request: Request[Any, Any, Any]) -> Response[bytes]:
        asked = _asked(request)
        subjects = [(soort, dict(asked)[naam]) for naam, soort in _SUBJECTS.items() if naam in dict(asked)]
        return await _answer(request, _Call("/v2/zoeken", asked, "gezocht", subjects, "resultaten"))

    @get("/v1/basisprofielen/{kvk_nummer:str}", include_in_schema=False)
    async def basisprofielen(request: Request[Any, Any, Any], kvk_nummer: FromPath[str]) -> Response[bytes]:
        path, subject = f"/v1/basisprofielen/{kvk_nummer}", ("kvk_nummer", kvk_nummer[:20])
        return await _answer(request, _Call(path, _asked(request), "geraadpleegd", [subject], "kvkNummer"))

    @get("/v1/vestigingsprofielen/{vestigingsnummer:str}", include_in_schema=False)
    async def vestigingsprofielen(request: Request[Any, Any, Any], vestigingsnummer: FromPath[str]) -> Response[bytes]:
        path, subject = f"/v1/vestigingsprofielen/{vestigingsnummer}", ("vestigingsnummer", vestigingsnummer[:20])
        return await _answer(request, _Call(path, _asked(request), "geraadpleegd", [subject], "vestigingsnummer"))

    async def _answer(request: Request[Any, Any, Any], call: _Call) -> Response[bytes]:
        try:
            antwoord = await _ask(kern, verbinding, request, call)
        except fout.KvkFout as kvk_fout:
            return kvk_fout.response()
        return Response(antwoord.encode(), status_code=antwoord.status, media_type="application/json")

    return Router(path=PAD, route_handlers=[zoeken, basisprofielen, vestigingsprofielen])


async def _ask(kern: Kern, verbinding: Verbinding, request: Request[Any, Any, Any], call: _Call) -> Antwoord:
    verzoek = current(request)
    vraag = Vraag(verzoek, "kvk", call.handeling, [(s, w[:20]) for s, w in call.subjects], soort="kvk_nummer")
    if not verzoek.wie.mag("basisregistraties", Recht.RAADPLEGEN):
        await refused(kern.db, vraag, "geen-recht")
        raise fout.forbidden()
    _check(call)
    ours = str(request.base_url).rstrip("/") + PAD

    async def passed_on() -> Antwoord:
        antwoord = await verbinding.ask(verzoek, "GET", call.path, query=urlencode(call.query))
        if not antwoord.is_error:
            if call.needs not in antwoord.gegevens:
                raise fouten.faulty("kvk")
            Adressen(verbinding.base, ours, ours + call.path).rewrite(antwoord.gegevens)
        return antwoord

    return await recorded(kern.db, vraag, passed_on, _seen)


def _asked(request: Request[Any, Any, Any]) -> list[tuple[str, str]]:
    return parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)


def _check(call: _Call) -> None:
    """Raises KvkFout for what the standard does not know; then nothing is asked upstream."""
    if call.needs == "resultaten":
        parse(call.query)
        return
    wrong = [InvalidParam(n, fout.ONJUIST, "Deze parameter bestaat niet.") for n, _ in call.query if n != _GEO]
    digits = 8 if call.needs == "kvkNummer" else 12
    if not re.fullmatch(rf"[0-9]{{{digits}}}", call.path.rpartition("/")[2]):
        wrong.append(InvalidParam(call.needs, fout.ONJUIST, "Het nummer heeft niet de juiste vorm."))
    if wrong:
        raise fout.wrong(wrong[:50])


def _seen(antwoord: Antwoord) -> Gezien:
    resultaten = antwoord.gegevens.get("resultaten")
    rows = [row for row in resultaten if isinstance(row, dict)] if isinstance(resultaten, list) else []
    nummers = dict.fromkeys(row["kvkNummer"][:20] for row in rows if isinstance(row.get("kvkNummer"), str))
    return Gezien(tuple(("kvk_nummer", nummer) for nummer in nummers))
