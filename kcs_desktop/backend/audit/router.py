"""`POST /kcs/api/v1/audit/zoeken`: for the auditor role and nobody else, and itself part of the trail.

A POST, because a BSN has no place in an address.
"""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Router, post
from litestar.status_codes import HTTP_200_OK

from kcs_desktop.backend.audit.inzage import handler as inzage
from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.audit.store import record_looks, record_refused
from kcs_desktop.backend.audit.vraag import Antwoord, Vraag, answer
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.opdrachten.lezen import read_body
from kcs_desktop.backend.schema import INVOER
from kcs_desktop.backend.verzoek import current, refuse_other_content, refuse_unknown_parameters
from kcs_desktop.domain.errors import Forbidden
from kcs_desktop.domain.rechten import Recht

DOELBINDING = "Toezicht op het gebruik van persoonsgegevens"


def router(kern: Kern) -> Router:
    """Mount the auditor's question, and what seats tell of looks from their own store."""

    @post("/kcs/api/v1/audit/zoeken", status_code=HTTP_200_OK, opt={INVOER: Vraag})
    async def zoeken(request: Request[Any, Any, Any]) -> Antwoord:
        verzoek = current(request)
        refuse_unknown_parameters(request, ())
        refuse_other_content(request.scope)
        vraag = await read_body(request, Vraag)
        regel = Auditregel(verzoek.wie, "spoor ingezien", vraag.soort, vraag.waarde, DOELBINDING, bron="audit")
        try:
            verzoek.wie.require("audit", Recht.RAADPLEGEN)
        except Forbidden as refused:
            await record_refused(kern.db, msgspec.structs.replace(regel, reden=refused.code))
            raise
        vraag.check()
        async with kern.db.read() as session:
            found = await answer(session, vraag)
        await record_looks(kern.db, [regel])
        return found

    return Router(path="/", route_handlers=[zoeken, inzage(kern)])
