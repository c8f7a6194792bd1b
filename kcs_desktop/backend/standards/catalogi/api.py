"""The API as the family's router serves it. Nobody's data is in it, so looks are not audited; changes are."""

from __future__ import annotations

from collections.abc import Mapping

from kcs_desktop.backend.standards.catalogi.adres import API_VERSION, PREFIX
from kcs_desktop.backend.standards.catalogi.catalogussen import Catalogussen
from kcs_desktop.backend.standards.catalogi.eigenschappen import Eigenschappen
from kcs_desktop.backend.standards.catalogi.informatieobjecttypen import Informatieobjecttypen
from kcs_desktop.backend.standards.catalogi.koppelingen import ZaaktypeInformatieobjecttypen
from kcs_desktop.backend.standards.catalogi.resultaattypen import Resultaattypen
from kcs_desktop.backend.standards.catalogi.roltypen import Roltypen
from kcs_desktop.backend.standards.catalogi.statustypen import Statustypen
from kcs_desktop.backend.standards.catalogi.zaaktypen import Zaaktypen
from kcs_desktop.backend.standards.objecten.resource import Resource
from kcs_desktop.backend.standards.zgw.api import Api

ZAAKTYPEN = Zaaktypen()
INFORMATIEOBJECTTYPEN = Informatieobjecttypen()


class CatalogiApi(Api):
    prefix = PREFIX
    version = API_VERSION
    bron = "catalogi"
    looks_are_audited = False
    resources: Mapping[str, Resource] = {
        kind.naam: kind
        for kind in (
            Catalogussen(),
            Eigenschappen(),
            INFORMATIEOBJECTTYPEN,
            Resultaattypen(),
            Roltypen(),
            Statustypen(),
            ZaaktypeInformatieobjecttypen(),
            ZAAKTYPEN,
        )
    }
