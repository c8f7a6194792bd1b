"""What this API says of itself: its resources, which zaken somebody may see, and who stands in them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.audit.links import Sleutel
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.principal import Principal
from kcs_desktop.backend.standards.catalogi.api import CatalogiApi
from kcs_desktop.backend.standards.documenten import bereik as documenten
from kcs_desktop.backend.standards.documenten.adres import NAAM as DOCUMENTEN
from kcs_desktop.backend.standards.objecten.resource import NO_BOUNDS, Within
from kcs_desktop.backend.standards.zaken import bereik
from kcs_desktop.backend.standards.zaken.adres import API_VERSION, PREFIX
from kcs_desktop.backend.standards.zaken.betrokkene import KEYS, SOORT_SLEUTEL
from kcs_desktop.backend.standards.zaken.onderdelen import keys_of
from kcs_desktop.backend.standards.zaken.registry import RESOURCES
from kcs_desktop.backend.standards.zaken.steps import DOCUMENT, ZAAK
from kcs_desktop.backend.standards.zaken.zaakinformatieobjecten import Zaakinformatieobjecten
from kcs_desktop.backend.standards.zgw.api import Api, Subject
from kcs_desktop.backend.standards.zgw.bounds import zaakrechten_of

_ONDERDELEN = {naam: kind for naam, kind in RESOURCES.items() if naam != "zaken"}
# The parameter that names a customer, by its last part.
_ASKED = {wire: SOORT_SLEUTEL[column] for wire, column in KEYS.items() if column in SOORT_SLEUTEL}


def _of_such(table: Table, allowed: ColumnElement[bool]) -> ColumnElement[bool]:
    """A part of a zaak that may be seen: asked per row, because a list of all those zaken is a long one."""
    return exists(select(1).where(ZAAK.uuid == table.c.zaak, allowed)).correlate(table)


class ZakenApi(Api):
    prefix = PREFIX
    version = API_VERSION
    bron = "zaken"
    resources = RESOURCES
    elsewhere = CatalogiApi.resources
    crs = frozenset({"zaken"})

    def __init__(self, kern: Kern) -> None:
        self._kern = kern

    def scope(self, wie: Principal) -> Hashable:
        return zaakrechten_of(self._kern, wie)

    def within(self, wie: Principal) -> Within:
        rechten = zaakrechten_of(self._kern, wie)
        allowed, papers = bereik.visible(rechten), documenten.visible(rechten)
        links = documenten.link(rechten, DOCUMENT.informatieobject, DOCUMENT.zaak)
        if allowed is None or papers is None or links is None:
            return NO_BOUNDS
        onderdelen = {naam: _of_such(kind.table, allowed) for naam, kind in _ONDERDELEN.items()}
        return {"zaken": allowed, DOCUMENTEN: papers, **onderdelen, Zaakinformatieobjecten.naam: links}

    async def subjects(self, session: AsyncSession, resource: str, rows: Sequence[Row[Any]]) -> list[Subject]:
        """The zaak with the people in it; of several zaken one line, found under each of them."""
        zaken = list(dict.fromkeys(self.about(resource, row) for row in rows))
        keys = await keys_of(session, zaken)
        if len(zaken) == 1:
            return [Subject("zaak", zaken[0], gezien=tuple(sorted(keys.get(zaken[0], ()))))]
        seen: set[Sleutel] = {("zaak", zaak) for zaak in zaken}.union(*keys.values())
        return [Subject("", "", gezien=tuple(sorted(seen)))] if seen else []

    def about(self, resource: str, row: Row[Any]) -> str:
        return str(row.uuid if resource == "zaken" else row.zaak)

    def asked(self, asked: Mapping[str, str]) -> list[Subject]:
        for name, value in asked.items():
            soort = _ASKED.get(name.rpartition("__")[2])
            if value and soort and "betrokkeneIdentificatie__" in name:
                return [Subject(soort, value)]
        return []
