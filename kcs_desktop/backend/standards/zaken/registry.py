"""Every resource that this register offers, by its name in the address."""

from __future__ import annotations

from collections.abc import Mapping

from kcs_desktop.backend.standards.objecten.resource import Resource
from kcs_desktop.backend.standards.zaken.resultaten import Resultaten
from kcs_desktop.backend.standards.zaken.rollen import Rollen
from kcs_desktop.backend.standards.zaken.statussen import Statussen
from kcs_desktop.backend.standards.zaken.zaakeigenschappen import Zaakeigenschappen
from kcs_desktop.backend.standards.zaken.zaakinformatieobjecten import Zaakinformatieobjecten
from kcs_desktop.backend.standards.zaken.zaakobjecten import Zaakobjecten
from kcs_desktop.backend.standards.zaken.zaken import Zaken

RESOURCES: Mapping[str, Resource] = {
    resource.naam: resource
    for resource in (
        Resultaten(),
        Rollen(),
        Statussen(),
        Zaakeigenschappen(),
        Zaakinformatieobjecten(),
        Zaakobjecten(),
        Zaken(),
    )
}
