"""Which links between zaken and documents upstream somebody may see: one right must reach to both ends.

A link says nothing of its document, so the documents of its zaak are asked; not for who may see them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from kcs_desktop.backend.gateway.samenvoegen import MAX_PAGE_SIZE
from kcs_desktop.backend.gateway.tegelijk import each
from kcs_desktop.backend.gateway.zaakkennis import Gekend
from kcs_desktop.backend.gateway.zgw import Bron
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.standards.documenten.adres import NAAM as DOCUMENTEN
from kcs_desktop.backend.standards.objecten.urls import uuid_in
from kcs_desktop.domain.zaakrechten import Zaakrechten, reaches_all, reaching


class Koppeling(msgspec.Struct, frozen=True):
    """A document in a zaak, each by its address."""

    zaak: str
    document: str


async def visible_links(
    bron: Bron, verzoek: Verzoek, rechten: Zaakrechten, zaken: Mapping[str, Gekend], links: Iterable[Koppeling]
) -> set[Koppeling]:
    """Those that may be seen, of zaken that are known; per zaak one question, or one per full page of documents."""
    if reaches_all(rechten):
        return set(links)
    per_zaak: dict[str, set[Koppeling]] = {}
    for link in links:
        if uuid_in(link.zaak) in zaken:
            per_zaak.setdefault(link.zaak, set()).add(link)

    async def look(address: str) -> list[Koppeling]:
        own, zaak = per_zaak[address], zaken[uuid_in(address)]
        aanduidingen = await _aanduidingen(bron, verzoek, address, own)
        reach = {link: reaching(rechten, aanduidingen.get(uuid_in(link.document), "")) for link in own}
        return [link for link in own if await bron.kennis.allows(verzoek, reach[link], zaak)]

    return {link for seen in await each(look, per_zaak) for link in seen}


async def _aanduidingen(bron: Bron, verzoek: Verzoek, zaak: str, links: set[Koppeling]) -> Mapping[str, str]:
    """Of these documents of one zaak, by uuid; of one that is gone there is none."""
    path = f"/{DOCUMENTEN}"
    if len(links) == 1:
        (link,) = links
        antwoord = await bron.server.ask(verzoek, "documenten", f"{path}/{uuid_in(link.document)}", {})
        rows = [] if antwoord.is_error else [antwoord.gegevens]
    else:
        asked = {"objectinformatieobjecten__object": zaak, "pageSize": str(MAX_PAGE_SIZE)}
        rows = await bron.server.whole(verzoek, "documenten", path, asked)
    return {uuid_in(str(row["url"])): str(row.get("vertrouwelijkheidaanduiding") or "") for row in rows}
