"""BRP upstream: a question is checked as the embedded BRP does, asked there, and everyone seen stands in the audit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from litestar import Request, Response, Router, post

from kcs_desktop.backend.gateway import fouten
from kcs_desktop.backend.gateway.antwoord import Antwoord
from kcs_desktop.backend.gateway.vastleggen import Gezien, Subject, Vraag, recorded, refused
from kcs_desktop.backend.gateway.verbinding import Verbinding
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.standards.brp import problem
from kcs_desktop.backend.standards.brp.router import PAD, read_body
from kcs_desktop.backend.standards.brp.verwanten import BSN, GROEPEN, told_of
from kcs_desktop.backend.standards.brp.vraag import parse
from kcs_desktop.backend.verzoek import current
from kcs_desktop.domain.rechten import Recht


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
    bsns = gevraagd.waarden[BSN] if gevraagd.is_raadpleging else []
    handeling = "geraadpleegd" if gevraagd.is_raadpleging else "gezocht"
    vraag = Vraag(verzoek, "brp", handeling, [("bsn", bsn) for bsn in dict.fromkeys(bsns)], soort="bsn")
    if not verzoek.wie.mag("basisregistraties", Recht.RAADPLEGEN):
        await refused(kern.db, vraag, "geen-recht")
        raise problem.forbidden()
    # Written anew: of a name that stands twice in the body, both sides then read the same one.
    uit: dict[str, Any] = msgspec.json.decode(body)
    erbij = _unasked(uit["fields"])  # who is seen must be noted, also when the caller does not ask it
    uit["fields"] = [*uit["fields"], *erbij]

    async def call() -> Antwoord:
        antwoord = await verbinding.ask(verzoek, "POST", "/personen", content=msgspec.json.encode(uit))
        if not antwoord.is_error and not _is_list_of_persons(antwoord):
            raise fouten.faulty("brp")
        return antwoord

    antwoord = await recorded(kern.db, vraag, call, _seen)
    if not antwoord.is_error:
        for persoon in antwoord.gegevens["personen"]:
            _take_out(persoon, erbij)
    return antwoord


def _unasked(fields: Sequence[str]) -> list[str]:
    """The paths of the BSNs of those whom an answer with these fields tells about, as far as they are not asked."""
    delen = {field.partition(".")[0] for field in fields}
    paden = [BSN, *(f"{groep}.{BSN}" for groep in GROEPEN if groep in delen and groep not in fields)]
    return [pad for pad in paden if pad not in fields]


def _take_out(persoon: dict[str, Any], paden: Iterable[str]) -> None:
    """What was asked beside the caller's fields does not reach the caller."""
    for pad in paden:
        groep, _, veld = pad.rpartition(".")
        if not groep:
            persoon.pop(veld, None)
        elif isinstance(leden := persoon.get(groep), list):
            over = [{k: w for k, w in lid.items() if k != veld} for lid in leden if isinstance(lid, dict)]
            persoon[groep] = [lid for lid in over if lid]
            if not persoon[groep]:
                del persoon[groep]


def _is_list_of_persons(antwoord: Antwoord) -> bool:
    personen = antwoord.gegevens.get("personen")
    return isinstance(personen, list) and all(isinstance(persoon, dict) for persoon in personen)


def _seen(antwoord: Antwoord) -> Gezien:
    personen = antwoord.gegevens.get("personen", [])
    bekend = [persoon for persoon in personen if isinstance(persoon.get(BSN), str)]
    anderen = {_subject(persoon[BSN]): tuple(map(_subject, told_of(persoon, persoon))) for persoon in bekend}
    return Gezien(tuple(anderen), anderen=anderen)


def _subject(bsn: str) -> Subject:
    return "bsn", bsn[:20]
