"""`POST /kcs/api/v1/zoeken`: search the CRM index. The text is in the body, so that it stands in no URL and no log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
from litestar import Request, Router, post
from litestar.params import JSONBody

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.audit.store import record_looks, record_refused
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.verzoek import current, refuse_other_content, refuse_unknown_parameters
from kcs_desktop.backend.zoeken.tables import ZOEKTABELLEN
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.zoeken import Treffer, Zoekvraag
from kcs_desktop.search.document import Hit
from kcs_desktop.search.recognise import recognise
from kcs_desktop.search.zoeker import Zoeker

MAX_TEXT = 10_000
MAX_HITS = 200
ELDERS = "Het klantregister staat elders en wordt hier niet doorzocht. Zoek in de BRP en het Handelsregister."
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_zoeker = Zoeker(ZOEKTABELLEN)


class Zoekopdracht(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked. A text beyond 200 characters is searched by its beginning."""

    tekst: Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]
    maximum: Annotated[int, msgspec.Meta(ge=1, le=MAX_HITS)] = 20


class Zoekantwoord(msgspec.Struct, frozen=True):
    """The best hits first. `melding` says what this index cannot know."""

    treffers: list[Treffer]
    melding: str = ""


def router(kern: Kern) -> Router:
    """The route of the CRM search."""

    @post("/zoeken", status_code=200)
    async def zoeken(request: Request[Any, Any, Any], data: JSONBody[Zoekopdracht]) -> Zoekantwoord:
        verzoek = current(request)
        refuse_unknown_parameters(request, ())
        refuse_other_content(request.scope)
        return await find(kern, verzoek, data)

    return Router("/kcs/api/v1", route_handlers=[zoeken], tags=["zoeken"])


async def find(kern: Kern, verzoek: Verzoek, opdracht: Zoekopdracht) -> Zoekantwoord:
    """Search and note it; a search that could not be noted is not answered."""
    vraag = recognise(opdracht.tekst, kern.db.clock().astimezone(_AMSTERDAM).date())
    if not verzoek.wie.mag("crm", Recht.RAADPLEGEN):
        await record_refused(kern.db, msgspec.structs.replace(_audit_line(verzoek, vraag, ()), reden="geen-recht"))
        verzoek.wie.require("crm", Recht.RAADPLEGEN)
    is_upstream = bool(kern.settings.register("klantinteracties").url)
    # What an embedded register held before would lead to customers that the one elsewhere knows under other ids.
    hits = [] if is_upstream else await kern.db.read_with(_zoeker.search, vraag, opdracht.maximum)
    await record_looks(kern.db, [_audit_line(verzoek, vraag, hits)])
    return Zoekantwoord([hit.treffer("crm") for hit in hits], ELDERS if is_upstream else "")


def _audit_line(verzoek: Verzoek, vraag: Zoekvraag, hits: Sequence[Hit]) -> Auditregel:
    """One line per search, found under everybody who stood among the hits.

    The number that was asked for is its subject; of other searches only the kind is kept.
    """
    soort, onderwerp = "zoekvraag", f"{vraag.soort}: {len(hits)}"
    for naam in ("bsn", "kvk_nummer", "vestigingsnummer"):
        if vraag.is_volledig and (waarde := getattr(vraag, naam)):
            soort, onderwerp = naam, waarde
            break
    return Auditregel(
        verzoek.wie,
        "gezocht",
        soort,
        onderwerp,
        doelbinding=verzoek.doelbinding,
        bron="crm",
        gezien=tuple(key for hit in hits for key in _keys(hit)),
    )


def _keys(hit: Hit) -> list[tuple[str, str]]:
    document = hit.document
    values = {naam: getattr(document, naam) for naam in ("partij", "bsn", "kvk_nummer", "vestigingsnummer")}
    return [(naam, waarde) for naam, waarde in values.items() if waarde]
