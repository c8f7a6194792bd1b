"""BRP upstream: a question is checked as the embedded BRP does, asked there, and everyone seen stands in the audit."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, Router, post

from kcs_desktop.backend.gateway import fouten
from kcs_desktop.backend.gateway.antwoord import Antwoord
from kcs_desktop.backend.gateway.vastleggen import Gezien, Vraag, recorded, refused
from kcs_desktop.backend.gateway.verbinding import Verbinding
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.standards.brp import problem
from kcs_desktop.backend.standards.brp.router import PAD, read_body
from kcs_desktop.backend.standards.brp.vraag import parse
from kcs_desktop.backend.verzoek import current
from kcs_desktop.domain.rechten import Recht

_BSN = "burgerservicenummer"


def router(kern: Kern, verbinding: Verbinding) -> Router:
    """The routes of the BRP, answered upstream."""

    @post("/personen", status_code=200, include_in_schema=False)
    async def personen(request: Request[Any, Any, Any]) -> Response[bytes]:
        verzoek = current(request)
        try:
            antwoord = await ask(kern, verbinding, verzoek, await read_body(request))
        except problem.BrpProblem as fout:
            return fout.response(request)
        if antwoord.is_error:
            return Response(antwoord.encode(), status_code=antwoord.status, media_type="application/problem+json")
        return Response(antwoord.encode(), media_type="application/json; charset=utf-8")

    return Router(path=PAD, route_handlers=[personen])


async def ask(kern: Kern, verbinding: Verbinding, verzoek: Verzoek, body: bytes) -> Antwoord:
    """Raises BrpProblem for a question that is wrong or not allowed; then nothing is asked upstream."""
    gevraagd = parse(body)
    bsns = gevraagd.waarden[_BSN] if gevraagd.is_raadpleging else []
    handeling = "geraadpleegd" if gevraagd.is_raadpleging else "gezocht"
    vraag = Vraag(verzoek, "brp", handeling, [("bsn", bsn) for bsn in dict.fromkeys(bsns)], soort="bsn")
    if not verzoek.wie.mag("basisregistraties", Recht.RAADPLEGEN):
        await refused(kern.db, vraag, "geen-recht")
        raise problem.forbidden()
    # Written anew: of a name that stands twice in the body, both sides then read the same one.
    uit: dict[str, Any] = msgspec.json.decode(body)
    adds_bsn = not gevraagd.is_raadpleging and _BSN not in uit["fields"]
    if adds_bsn:
        uit["fields"] = [*uit["fields"], _BSN]  # who is seen must be noted, also when the caller does not ask it

    async def call() -> Antwoord:
        antwoord = await verbinding.ask(verzoek, "POST", "/personen", content=msgspec.json.encode(uit))
        if not antwoord.is_error and not _is_list_of_persons(antwoord):
            raise fouten.faulty("brp")
        return antwoord

    antwoord = await recorded(kern.db, vraag, call, _seen)
    if adds_bsn and not antwoord.is_error:
        for persoon in antwoord.gegevens["personen"]:
            persoon.pop(_BSN, None)
    return antwoord


def _is_list_of_persons(antwoord: Antwoord) -> bool:
    personen = antwoord.gegevens.get("personen")
    return isinstance(personen, list) and all(isinstance(persoon, dict) for persoon in personen)


def _seen(antwoord: Antwoord) -> Gezien:
    personen = antwoord.gegevens.get("personen", [])
    return Gezien(tuple(("bsn", persoon[_BSN][:20]) for persoon in personen if isinstance(persoon.get(_BSN), str)))
