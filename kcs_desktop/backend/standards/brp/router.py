"""`POST /brp/haalcentraal/api/brp/personen`: who may ask, what is answered, and a line in the audit for each person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from litestar import Request, Response, Router, post

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.audit.store import record_looks
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.problem import InvalidParam
from kcs_desktop.backend.standards.brp import problem
from kcs_desktop.backend.standards.brp.fields import cut
from kcs_desktop.backend.standards.brp.persoon import persoon, persoon_beperkt
from kcs_desktop.backend.standards.brp.verwanten import BSN, told_of
from kcs_desktop.backend.standards.brp.vraag import Vraag, parse
from kcs_desktop.backend.standards.brp.zoek import find
from kcs_desktop.backend.verzoek import current
from kcs_desktop.domain.rechten import Recht

PAD = "/brp/haalcentraal/api/brp"
MAX_BODY = 2_000_000
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_JSON = "application/json; charset=utf-8"


def router(kern: Kern) -> Router:
    """The routes of the embedded BRP."""

    @post("/personen", status_code=200, include_in_schema=False)
    async def personen(request: Request[Any, Any, Any]) -> Response[bytes]:
        verzoek = current(request)
        try:
            antwoord = await ask(kern, verzoek, await read_body(request))
        except problem.BrpProblem as fout:
            return fout.response(request)
        return Response(msgspec.json.encode(antwoord), media_type=_JSON)

    return Router(path=PAD, route_handlers=[personen], exception_handlers=problem.HANDLERS)


async def ask(kern: Kern, verzoek: Verzoek, body: bytes) -> dict[str, Any]:
    """Answer one question. Who is seen stands in the audit before the answer leaves; a refusal stands there too."""
    vraag = parse(body)
    if not verzoek.wie.mag("basisregistraties", Recht.RAADPLEGEN):
        await _audit(kern, verzoek, vraag, vraag.waarden.get(BSN) or (), "geen-recht")
        raise problem.forbidden()
    try:
        async with kern.db.read() as session:
            bronnen = await find(session, vraag)
    except problem.BrpProblem as fout:
        await _audit(kern, verzoek, vraag, (), fout.code)
        raise
    vandaag = kern.db.clock().astimezone(_AMSTERDAM).date()
    maak = persoon if vraag.is_raadpleging else persoon_beperkt
    personen: list[dict[str, Any]] = []
    anderen: dict[str, tuple[str, ...]] = {}
    for bron in bronnen:
        heel = maak(bron, vandaag)
        personen.append(cut(heel, vraag.fields))
        anderen[str(bron[BSN])] = told_of(heel, personen[-1])
    gevraagd = vraag.waarden[BSN] if vraag.is_raadpleging else anderen
    await _audit(kern, verzoek, vraag, gevraagd, "", anderen)
    return {"type": vraag.type, "personen": personen}


async def _audit(
    kern: Kern,
    verzoek: Verzoek,
    vraag: Vraag,
    bsns: Iterable[str],
    reden: str,
    anderen: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> None:
    """A line per BSN, found under `anderen` of whom the answer tells too; a search that shows nobody leaves one line
    without a subject."""
    handeling = "geraadpleegd" if vraag.is_raadpleging else "gezocht"
    regels = [
        Auditregel(
            wie=verzoek.wie,
            handeling=handeling,
            onderwerp_soort="bsn",
            onderwerp=bsn,
            doelbinding=verzoek.doelbinding,
            gelukt=not reden,
            reden=reden,
            bron="brp",
            gezien=tuple(("bsn", ander) for ander in anderen.get(bsn, ())),
        )
        for bsn in list(dict.fromkeys(bsns)) or [""]
    ]
    await record_looks(kern.db, regels)


async def read_body(request: Request[Any, Any, Any]) -> bytes:
    """The body of a request that asks in the standard's way, or BrpProblem."""
    if onbekend := sorted(set(request.query_params)):
        raise problem.invalid_params([InvalidParam(n, "unknownParam", "Parameter is niet verwacht.") for n in onbekend])
    if not _accepts_json(request.headers.get("accept", "*/*")):
        raise problem.not_acceptable()
    soort, _, rest = request.headers.get("content-type", "").lower().partition(";")
    charset = _parameters(rest).get("charset", "utf-8").strip('"')
    if soort.strip() != "application/json" or charset not in {"utf-8", "utf8"}:
        raise problem.unsupported()
    body = await request.body()
    if len(body) > MAX_BODY:
        raise problem.too_large()
    return body


def _accepts_json(accept: str) -> bool:
    soorten = {deel.partition(";")[0].strip().lower() for deel in accept.split(",")}
    return bool(soorten & {"", "*/*", "application/*", "application/json"})


def _parameters(text: str) -> Mapping[str, str]:
    delen = (deel.partition("=") for deel in text.split(";"))
    return {naam.strip(): waarde.strip() for naam, _, waarde in delen}
