"""What this API says of itself: its resources, which documents somebody may see, and whose they are."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.audit.links import Sleutel
from kcs_desktop.backend.bestanden.onderzoek import new_stand
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.principal import Principal
from kcs_desktop.backend.standards.catalogi.api import CatalogiApi
from kcs_desktop.backend.standards.documenten import bereik
from kcs_desktop.backend.standards.documenten.adres import API_VERSION, NAAM, PREFIX
from kcs_desktop.backend.standards.documenten.informatieobjecten import Informatieobjecten
from kcs_desktop.backend.standards.documenten.koppeling import zaken_of
from kcs_desktop.backend.standards.documenten.onderdelen import (
    Gebruiksrechten,
    Objectinformatieobjecten,
    documents_of,
)
from kcs_desktop.backend.standards.documenten.steps import DOCUMENT, GEBRUIKSRECHT, KOPPELING
from kcs_desktop.backend.standards.objecten.fields import parse_uuid
from kcs_desktop.backend.standards.objecten.resource import NO_BOUNDS, Resource, Within
from kcs_desktop.backend.standards.objecten.urls import uuid_in
from kcs_desktop.backend.standards.zaken.onderdelen import keys_of
from kcs_desktop.backend.standards.zgw.api import Api, Subject
from kcs_desktop.backend.standards.zgw.bounds import zaakrechten_of

_OBJECT = "objectinformatieobjecten__object"


class DocumentenApi(Api):
    prefix = PREFIX
    version = API_VERSION
    bron = "documenten"
    elsewhere = CatalogiApi.resources
    large = frozenset({NAAM})

    def __init__(self, kern: Kern) -> None:
        self._kern = kern
        self.documenten = Informatieobjecten(stand=new_stand(kern.settings), maximum=kern.settings.bestand_maximum)
        kinds: tuple[Resource, ...] = (self.documenten, Gebruiksrechten(), Objectinformatieobjecten())
        self.resources = {kind.naam: kind for kind in kinds}

    def scope(self, wie: Principal) -> Hashable:
        return zaakrechten_of(self._kern, wie)

    def within(self, wie: Principal) -> Within:
        rechten = zaakrechten_of(self._kern, wie)
        allowed = bereik.visible(rechten)
        links = bereik.link(rechten, KOPPELING.informatieobject, KOPPELING.object)
        if allowed is None or links is None:
            return NO_BOUNDS
        of_such = exists(select(1).where(DOCUMENT.uuid == GEBRUIKSRECHT.informatieobject, allowed))
        return {
            NAAM: allowed,
            Objectinformatieobjecten.naam: links,
            Gebruiksrechten.naam: of_such.correlate(GEBRUIKSRECHT.uuid.table),
        }

    def narrowed(self, wie: Principal, asked: Mapping[str, str]) -> ColumnElement[bool] | None:
        if not asked.get(_OBJECT):
            return None
        zaak = parse_uuid(uuid_in(asked[_OBJECT])) or ""
        return bereik.visible_in(zaakrechten_of(self._kern, wie), zaak)

    async def subjects(self, session: AsyncSession, resource: str, rows: Sequence[Row[Any]]) -> list[Subject]:
        """The document with the zaken it is in and their people; of several documents one line."""
        documents = documents_of(resource, rows)
        zaken = await zaken_of(session, documents)
        keys = await keys_of(session, list(dict.fromkeys(zaak for some in zaken.values() for zaak in some)))
        seen: set[Sleutel] = {("zaak", zaak) for some in zaken.values() for zaak in some}.union(*keys.values())
        if len(documents) == 1:
            return [Subject("informatieobject", documents[0], gezien=tuple(sorted(seen)))]
        seen |= {("informatieobject", document) for document in documents}
        return [Subject("", "", gezien=tuple(sorted(seen)))] if seen else []

    def asked(self, asked: Mapping[str, str]) -> list[Subject]:
        zaak = uuid_in(asked.get(_OBJECT, "")).lower()[:36]
        return [Subject("zaak", zaak)] if zaak else []
