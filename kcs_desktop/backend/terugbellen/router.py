"""`GET /kcs/api/v1/terugbelnotities`: the worklists, each look in the audit trail under every customer it shows."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from litestar import Request, Router, get

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.audit.store import record_intent, record_looks, record_outcome, record_refused
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.problem import HttpProblem, InvalidBody, InvalidParam
from kcs_desktop.backend.schema import ANTWOORD
from kcs_desktop.backend.terugbellen.bijhouden import FUNCTIE, adopt
from kcs_desktop.backend.terugbellen.bron import Bron
from kcs_desktop.backend.terugbellen.elders import ELDERS
from kcs_desktop.backend.terugbellen.indeling import Indelingen
from kcs_desktop.backend.terugbellen.ingebed import INGEBED
from kcs_desktop.backend.terugbellen.lijst import Vraag, read_page
from kcs_desktop.backend.terugbellen.spiegel import Spiegel
from kcs_desktop.backend.verzoek import current, refuse_unknown_parameters
from kcs_desktop.domain.errors import Forbidden
from kcs_desktop.domain.terugbelnorm import Normen
from kcs_desktop.domain.terugbeltaak import Lijst, Taakpagina, Taakstand

MAX_PAGE = 10_000
FLOORMANAGER = "floormanager"  # the role that hears of what the coordinator did not solve
_Keuze = TypeVar("_Keuze", Lijst, Taakstand)


def router(kern: Kern, normen: Normen, indelingen: Indelingen, spiegel: Spiegel | None = None) -> Router:
    """Mount the lists; over what `spiegel` reads where the register is upstream."""
    bron: Bron = INGEBED if spiegel is None else ELDERS

    @get("/kcs/api/v1/terugbelnotities", opt={ANTWOORD: Taakpagina})
    async def terugbelnotities(request: Request[Any, Any, Any]) -> Taakpagina:
        verzoek = current(request)
        refuse_unknown_parameters(request, ("lijst", "status", "pagina"))
        asked = _read(request.query_params, verzoek)
        regel = Auditregel(
            verzoek.wie, "geraadpleegd", "terugbelnotities", asked.lijst.value, verzoek.doelbinding, bron="kcs"
        )
        try:
            verzoek.wie.require(FUNCTIE)
        except Forbidden as refused:
            await record_refused(kern.db, msgspec.structs.replace(regel, reden=refused.code))
            raise
        intent = await record_intent(kern.db, regel) if spiegel is not None else ""
        if spiegel is not None:
            await _mirrored(kern, spiegel, verzoek, intent, regel)
        async with kern.db.read() as session:
            indeling = await indelingen.read(session)
        await adopt(kern.db, normen, indeling, bron)
        async with kern.db.read() as session:
            page = await read_page(session, asked, indeling, kern.db.clock(), bron)
        seen = msgspec.structs.replace(regel, gezien=_seen(page))
        if intent:
            await record_outcome(kern.db, intent, seen)
        else:
            await record_looks(kern.db, [seen])
        return page

    return Router(path="/", route_handlers=[terugbelnotities])


async def _mirrored(kern: Kern, spiegel: Spiegel, verzoek: Verzoek, intent: str, regel: Auditregel) -> None:
    try:
        await spiegel.refresh(verzoek)
    except HttpProblem as problem:
        await record_outcome(kern.db, intent, msgspec.structs.replace(regel, gelukt=False, reden=problem.code))
        raise


def _read(params: Any, verzoek: Verzoek) -> Vraag:
    wrong: list[InvalidParam] = []
    lijst = _choice(Lijst, params.get("lijst", Lijst.EIGEN.value), "lijst", wrong)
    stand = _choice(Taakstand, params.get("status", Taakstand.OPEN.value), "status", wrong)
    tekst = params.get("pagina", "1")
    if not (tekst.isascii() and tekst.isdecimal() and 1 <= int(tekst[:9]) <= MAX_PAGE):
        wrong.append(InvalidParam("pagina", "invalid", "Geef een paginanummer vanaf 1."))
    if wrong or lijst is None or stand is None:
        raise InvalidBody(wrong, "De vraag is niet goed gesteld.")
    wie = verzoek.wie
    return Vraag(lijst, stand, int(tekst), wie.naam, wie.mag("crm"), FLOORMANAGER in wie.rollen)


def _choice(kind: type[_Keuze], tekst: str, naam: str, wrong: list[InvalidParam]) -> _Keuze | None:
    try:
        return kind(tekst)
    except ValueError:
        wrong.append(InvalidParam(naam, "invalid_choice", f"Kies uit: {', '.join(kind)}."))
        return None


def _seen(page: Taakpagina) -> tuple[tuple[str, str], ...]:
    """Every customer on the page; where none is known by a key, the contact it came from."""
    keys = (
        ("partij", taak.klant.sleutel.partij) if taak.klant is not None else ("klantcontact", taak.klantcontact)
        for taak in page.taken
    )
    return tuple(dict.fromkeys(key for key in keys if key[1]))
