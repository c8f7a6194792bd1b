"""Documenten upstream: which somebody may see by their own aanduiding and by the zaken that they are in.

The content of a document is passed on as it comes, however large; that somebody asked for it is noted before it leaves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from litestar import Response
from litestar.response import Stream

from kcs_desktop.backend.gateway import fouten
from kcs_desktop.backend.gateway.dossier import Koppeling, visible_links
from kcs_desktop.backend.gateway.tegelijk import each
from kcs_desktop.backend.gateway.vastleggen import Subject
from kcs_desktop.backend.gateway.verbinding import Inhoud
from kcs_desktop.backend.gateway.zaakkennis import Gekend, zaak_in
from kcs_desktop.backend.gateway.zeef import MOST, MOST_ASKED
from kcs_desktop.backend.gateway.zgw import Bron, Geopend, Poort, Regels, Soort
from kcs_desktop.backend.gateway.zgwbron import Json
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.principal import Principal, Verzoek
from kcs_desktop.backend.standards.objecten.requests import AnyRequest, asked_parameters
from kcs_desktop.backend.standards.objecten.resource import Expansion
from kcs_desktop.backend.standards.objecten.urls import uuid_in
from kcs_desktop.backend.standards.zgw.bounds import zaakrechten_of
from kcs_desktop.backend.verzoek import current
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.zaakrechten import Zaakrechten, reaches_all, reaching

_DOCUMENTEN, _KOPPELINGEN = "enkelvoudiginformatieobjecten", "objectinformatieobjecten"
_OF_ZAAK = f"{_KOPPELINGEN}__object"
_SOORT = "enkelvoudiginformatieobject"
_VERSIE, _MOMENT = "versie", "registratieOp"
_VERSION = frozenset({_VERSIE, _MOMENT})


class Documentregels(Regels):
    naam = "documenten"
    version = "1.4.2"

    def __init__(self, kern: Kern) -> None:
        self._kern = kern
        self.soorten = {
            _DOCUMENTEN: Soort(
                "dossier",
                expansions={"informatieobjecttype": Expansion("informatieobjecttypen")},
                detail_parameters=_VERSION,
            ),
            _KOPPELINGEN: Soort("dossier", paged=False),
        }

    def hides(self, wie: Principal, resource: str) -> bool:
        return not reaches_all(zaakrechten_of(self._kern, wie))

    def wider(self, wie: Principal, resource: str, uuid: str, asked: Mapping[str, str]) -> Mapping[str, str]:
        """Of one document first the present version, whatever was asked: that says who may have any of them."""
        return {name: value for name, value in asked.items() if name not in _VERSION} if uuid else asked

    def form(self, asked: Mapping[str, str], row: Json) -> Mapping[str, str] | None:
        is_present = _MOMENT not in asked and asked.get(_VERSIE) == str(row.get("versie"))
        return None if is_present or not asked.keys() & _VERSION else asked

    def gone_through(self, resource: str, asked: Mapping[str, str]) -> int:
        """Of each document it is asked which zaken hold it, where it is not asked by its zaak."""
        return MOST if asked.get(_OF_ZAAK) else MOST_ASKED

    def named(self, resource: str, uuid: str, asked: Mapping[str, str]) -> list[Subject]:
        if uuid:
            return [(_SOORT, uuid.lower()[:36])] if resource == _DOCUMENTEN else []
        zaak = zaak_in(asked.get(_OF_ZAAK) or asked.get("object", ""))
        return [("zaak", zaak)] if zaak else []

    async def under(self, poort: Poort, request: AnyRequest, resource: str, uuid: str, part: str) -> Response[Any]:
        """The content: first the document is asked, which says who may have it."""
        if (resource, part) != (_DOCUMENTEN, "download"):
            raise NotFound(fouten.GEEN_ADRES)
        path, opened = f"/{resource}/{uuid}", list[Inhoud]()

        async def then(bron: Bron) -> None:
            asked = {name: value for name, value in asked_parameters(request).items() if name in _VERSION}
            query = urlencode(asked)
            opened.append(await bron.server.lijnen[self.naam].content(current(request), f"{path}/{part}", query))

        try:
            antwoord = await poort.opened(request, resource, path, uuid, then)
        except BaseException:  # without the audit line nobody reads it, and its line would stay open
            for inhoud in opened:
                await inhoud.close()
            raise
        if antwoord.is_error:
            return Response(antwoord.encode(), status_code=antwoord.status, media_type="application/problem+json")
        (inhoud,) = opened
        return Stream(inhoud.parts(), media_type=inhoud.media_type, headers={"API-version": self.version})

    async def opened(
        self, bron: Bron, verzoek: Verzoek, resource: str, asked: Mapping[str, str], rows: Sequence[Json]
    ) -> list[Geopend]:
        rechten = zaakrechten_of(self._kern, verzoek.wie)
        if resource == _KOPPELINGEN:
            return await self._opened_links(bron, verzoek, rechten, rows)
        of_zaak = asked.get(_OF_ZAAK)

        async def holders_of(row: Json) -> list[str]:
            return [zaak_in(of_zaak)] if of_zaak else await self._holders_of(bron, verzoek, row)

        open_enough = [(row, reach) for row in rows if (reach := reaching(rechten, _aanduiding(row)))]
        holders = await each(holders_of, [row for row, _ in open_enough])
        known = await bron.kennis.of(verzoek, (uuid for uuids in holders for uuid in uuids if uuid))
        found: list[Geopend] = []
        for (row, reach), uuids in zip(open_enough, holders, strict=True):
            zaken = {uuid: known[uuid] for uuid in uuids if uuid in known}
            allowed = [await bron.kennis.allows(verzoek, reach, zaak) for zaak in zaken.values()]
            if not uuids or any(allowed) or reaches_all(rechten):
                found.append(Geopend(row, _seen(zaken)))
        return found

    async def _opened_links(
        self, bron: Bron, verzoek: Verzoek, rechten: Zaakrechten, rows: Sequence[Json]
    ) -> list[Geopend]:
        named = [self._object_of(row) for row in rows]
        links = [Koppeling(str(row["object"]), str(row.get("informatieobject") or "")) for row in rows]
        zaken = await bron.kennis.of(verzoek, named)
        shown = await visible_links(bron, verzoek, rechten, zaken, links)
        return [
            Geopend(row, _seen({uuid: zaken[uuid]} if uuid in zaken else {}))
            for row, uuid, link in zip(rows, named, links, strict=True)
            if link in shown
        ]

    async def _holders_of(self, bron: Bron, verzoek: Verzoek, row: Json) -> list[str]:
        """The zaken that hold this document, those that this server does not know too; "" for what is not told to be a
        zaak. Raises HttpProblem for a link to nothing, and where the links are not told: whoever may see the document
        is then not known."""
        asked = {"informatieobject": str(row["url"])}
        antwoord = await bron.server.ask(verzoek, self.naam, f"/{_KOPPELINGEN}", asked, array=True)
        if antwoord.is_error:
            raise fouten.faulty(self.naam)
        links = antwoord.gegevens["results"]
        return [self._object_of(link) if link.get("objectType") == "zaak" else "" for link in links]

    def _object_of(self, link: Json) -> str:
        uuid = uuid_in(str(link.get("object") or ""))
        if not uuid:
            raise fouten.faulty(self.naam)
        return uuid


def _aanduiding(row: Json) -> str:
    return str(row.get("vertrouwelijkheidaanduiding") or "")


def _seen(zaken: Mapping[str, Gekend]) -> tuple[Subject, ...]:
    """These zaken and the people in them."""
    return (*(("zaak", uuid) for uuid in zaken), *(mens for zaak in zaken.values() for mens in zaak.mensen))
