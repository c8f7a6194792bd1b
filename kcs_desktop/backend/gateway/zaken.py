"""Zaken upstream: which somebody may see by zaaktype and aanduiding, and who is in them.

A zaak is asked with its rollen, also where the caller does not ask for those: the audit trail must know who was seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
from litestar import Response

from kcs_desktop.backend.gateway import fouten
from kcs_desktop.backend.gateway.dossier import Koppeling, visible_links
from kcs_desktop.backend.gateway.tegelijk import each
from kcs_desktop.backend.gateway.uitbreiden import addresses_in
from kcs_desktop.backend.gateway.vastleggen import Subject
from kcs_desktop.backend.gateway.zaakkennis import ROLLEN, Gekend, zaak_in
from kcs_desktop.backend.gateway.zeef import MOST, MOST_ASKED
from kcs_desktop.backend.gateway.zgw import Bron, Geopend, Poort, Regels, soorten_of
from kcs_desktop.backend.gateway.zgwbron import Json
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.principal import Principal, Verzoek
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.backend.standards.objecten.expand import expanded_functies
from kcs_desktop.backend.standards.objecten.requests import AnyRequest
from kcs_desktop.backend.standards.objecten.urls import uuid_in
from kcs_desktop.backend.standards.zaken.api import ZakenApi
from kcs_desktop.backend.standards.zaken.zoek import read_question
from kcs_desktop.backend.standards.zgw.bounds import zaakrechten_of
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.zaakrechten import AANDUIDINGEN, Vertrouwelijkheid, Zaakrechten, reaches_all

_NAAM = "zaken"
_EIGENSCHAPPEN = "zaakeigenschappen"
_DOCUMENTEN = "zaakinformatieobjecten"
_HOOFDZAAK = "hoofdzaak"
_OTHERS = ("deelzaken", "relevanteAndereZaken", "gerelateerdeZaken")  # lists that name other zaken
_HIGHEST = "maximaleVertrouwelijkheidaanduiding"


class Zaakregels(Regels):
    naam = _NAAM
    version = ZakenApi.version
    crs = ZakenApi.crs
    search_path = f"/{_NAAM}/_zoek"

    def __init__(self, kern: Kern) -> None:
        self._kern = kern
        self._api = ZakenApi(kern)
        self._reachable = {**ZakenApi.elsewhere, **ZakenApi.resources}
        # Another zaak within an answer would need rights and audit of its own: it is asked by itself.
        self.soorten = {
            naam: msgspec.structs.replace(
                soort, expansions={name: step for name, step in soort.expansions.items() if step.resource != _NAAM}
            )
            for naam, soort in soorten_of(self._api).items()
        }

    def functies(self, resource: str, expand: str) -> set[str]:
        kind = self.soorten[resource]
        return {kind.functie, *expanded_functies(self._reachable, kind.expansions, expand)}

    def wider(self, wie: Principal, resource: str, uuid: str, asked: Mapping[str, str]) -> Mapping[str, str]:
        if resource != _NAAM:
            return asked
        paths = [path for path in asked.get("expand", "").split(",") if path.strip()]
        whole = {**asked, "expand": ",".join([*paths, *([] if ROLLEN in paths else [ROLLEN])])}
        return whole if uuid else {**whole, **self._at_most(wie, asked.get(_HIGHEST, ""))}

    def _at_most(self, wie: Principal, asked: str) -> dict[str, str]:
        """A list holds nothing above the caller's highest aanduiding, so that its pages and count are right."""
        highest = max((recht.hoogste for recht in zaakrechten_of(self._kern, wie)), default=Vertrouwelijkheid.openbaar)
        if highest == len(AANDUIDINGEN) or (asked and asked not in AANDUIDINGEN):
            return {}
        return {_HIGHEST: AANDUIDINGEN[min(highest, Vertrouwelijkheid[asked] if asked else highest) - 1]}

    def hides(self, wie: Principal, resource: str) -> bool:
        """A list of zaken is asked up to the highest aanduiding, so that only the zaaktypen leave any out of it."""
        rechten = zaakrechten_of(self._kern, wie)
        if resource != _NAAM:
            return not reaches_all(rechten)
        highest = max((recht.hoogste for recht in rechten), default=None)
        return not any(recht.hoogste == highest and not recht.zaaktypen for recht in rechten)

    def gone_through(self, resource: str, asked: Mapping[str, str]) -> int:
        """Each part may be of another zaak, which is asked."""
        return MOST if resource == _NAAM or zaak_in(asked.get("zaak", "")) else MOST_ASKED

    def question(self, body: object) -> tuple[Mapping[str, str], Json]:
        read = read_question(body)
        geometrie = body.get("zaakgeometrie") if isinstance(body, Mapping) else None
        return {**read.filters, **read.beside}, {} if geometrie is None else {"zaakgeometrie": geometrie}

    def named(self, resource: str, uuid: str, asked: Mapping[str, str]) -> list[Subject]:
        if uuid:
            return [("zaak", uuid.lower()[:36])] if resource == _NAAM else []
        if zaak := zaak_in(asked.get("zaak", "")):
            return [("zaak", zaak)]
        return [(subject.soort, subject.waarde[:200]) for subject in self._api.asked(asked)]

    async def under(self, poort: Poort, request: AnyRequest, resource: str, uuid: str, part: str) -> Response[Any]:
        if (resource, part) != (_NAAM, _EIGENSCHAPPEN):
            raise NotFound(fouten.GEEN_ADRES)
        return await poort.answer(request, part, f"/{resource}/{uuid}/{part}", "")

    async def opened(
        self, bron: Bron, verzoek: Verzoek, resource: str, asked: Mapping[str, str], rows: Sequence[Json]
    ) -> list[Geopend]:
        rechten = zaakrechten_of(self._kern, verzoek.wie)
        known: Mapping[str, Gekend]
        if resource == _NAAM:
            learned = await each(partial(bron.kennis.learn, verzoek), rows)
            known = {uuid_in(row["url"]): zaak for row, zaak in zip(rows, learned, strict=True)}
        else:
            known = await bron.kennis.of(verzoek, (_zaak_of(row) for row in rows))
        found: list[Geopend] = []
        for row in rows:
            uuid = uuid_in(row["url"]) if resource == _NAAM else _zaak_of(row)
            zaak = known.get(uuid)
            if zaak is None or not await bron.kennis.allows(verzoek, rechten, zaak):
                continue
            if resource == _NAAM:
                _take_out(row, asked)
            found.append(Geopend(row, (("zaak", uuid), *zaak.mensen)))
        shown = await self._with_links(bron, verzoek, resource, rechten, known, found)
        if resource == _NAAM and not reaches_all(rechten):
            await _name_in_reach(bron, verzoek, rechten, [one.row for one in shown])
        return shown

    async def _with_links(
        self,
        bron: Bron,
        verzoek: Verzoek,
        resource: str,
        rechten: Zaakrechten,
        known: Mapping[str, Gekend],
        found: Sequence[Geopend],
    ) -> list[Geopend]:
        """The same with only the links to documents that may be seen, as rows or in what was expanded."""
        if resource not in {_NAAM, _DOCUMENTEN}:
            return list(found)

        def links_of(row: Json) -> list[Json]:
            return [row] if resource == _DOCUMENTEN else _expanded(row).get(_DOCUMENTEN) or []

        links = {id(link): _koppeling(link) for one in found for link in links_of(one.row)}
        shown = await visible_links(bron, verzoek, rechten, known, links.values())
        if resource == _DOCUMENTEN:
            return [one for one in found if links[id(one.row)] in shown]
        for one in found:
            if _DOCUMENTEN in _expanded(one.row):
                _expanded(one.row)[_DOCUMENTEN] = [link for link in links_of(one.row) if links[id(link)] in shown]
        return list(found)


async def _name_in_reach(bron: Bron, verzoek: Verzoek, rechten: Zaakrechten, rows: Sequence[Json]) -> None:
    """Leave in these zaken the names of other zaken that may be seen or are of another server, and of links to
    documents those that were expanded: which of the others may be seen would be a question per zaak, to another
    register."""
    fields = (row.get(field, []) for row in rows for field in (_HOOFDZAAK, *_OTHERS))
    named = {uuid_in(address) for value in fields for address in addresses_in(value) if _is_here(bron, address)}

    async def is_in_reach(uuid: str) -> bool:
        try:
            known = await bron.kennis.of(verzoek, [uuid])
        except HttpProblem as error:
            if error.code != fouten.ZONDER_RECHT:
                raise
            return False  # the server gives this backend no right to that one; that is no trouble with this zaak
        return uuid in known and await bron.kennis.allows(verzoek, rechten, known[uuid])

    in_reach = {uuid for uuid, is_so in zip(named, await each(is_in_reach, named), strict=True) if is_so}

    def may_be_named(reference: Any) -> bool:
        return all(uuid_in(one) in in_reach or not _is_here(bron, one) for one in addresses_in(reference))

    for row in rows:
        if row.get(_HOOFDZAAK) and not may_be_named(row[_HOOFDZAAK]):
            row[_HOOFDZAAK] = None
        row |= {field: [one for one in row[field] or () if may_be_named(one)] for field in _OTHERS if field in row}
        if row.pop(_DOCUMENTEN, None) is not None and _DOCUMENTEN in _expanded(row):
            row[_DOCUMENTEN] = [link["url"] for link in _expanded(row)[_DOCUMENTEN]]


def _is_here(bron: Bron, address: str) -> bool:
    return bron.server.adresboek.locate(address) is not None


def _koppeling(link: Json) -> Koppeling:
    return Koppeling(str(link.get("zaak") or ""), str(link.get("informatieobject") or ""))


def _expanded(row: Json) -> Json:
    expanded = row.get("_expand")
    return expanded if isinstance(expanded, dict) else {}


def _zaak_of(row: Json) -> str:
    return uuid_in(str(row.get("zaak") or ""))


def _take_out(row: Json, asked: Mapping[str, str]) -> None:
    """What was asked beside the caller's own expansions does not reach the caller."""
    expanded = _expanded(row)
    wanted = {path.strip().partition(".")[0] for path in asked.get("expand", "").split(",")}
    for name in [name for name in expanded if name not in wanted]:
        del expanded[name]
    if not expanded:
        row.pop("_expand", None)
