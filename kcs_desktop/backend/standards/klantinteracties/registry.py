"""Every resource that this register offers, by its name in the address."""

from __future__ import annotations

from collections.abc import Mapping

from kcs_desktop.backend.standards.klantinteracties.actoren import Actoren
from kcs_desktop.backend.standards.klantinteracties.actorklantcontacten import Actorklantcontacten
from kcs_desktop.backend.standards.klantinteracties.betrokkenen import Betrokkenen
from kcs_desktop.backend.standards.klantinteracties.digitaleadressen import DigitaleAdressen
from kcs_desktop.backend.standards.klantinteracties.identificatoren import PartijIdentificatoren
from kcs_desktop.backend.standards.klantinteracties.internetaken import Internetaken
from kcs_desktop.backend.standards.klantinteracties.klantcontacten import Klantcontacten
from kcs_desktop.backend.standards.klantinteracties.onderwerpobjecten import Onderwerpobjecten
from kcs_desktop.backend.standards.klantinteracties.partijen import Partijen
from kcs_desktop.backend.standards.klantinteracties.rekeningnummers import Rekeningnummers
from kcs_desktop.backend.standards.klantinteracties.vertegenwoordigingen import Vertegenwoordigingen
from kcs_desktop.backend.standards.objecten.resource import Resource

ONDERWERPOBJECTEN = Onderwerpobjecten()
RESOURCES: Mapping[str, Resource] = {
    resource.naam: resource
    for resource in (
        Actoren(),
        Actorklantcontacten(),
        Betrokkenen(),
        DigitaleAdressen(),
        Internetaken(),
        Klantcontacten(),
        ONDERWERPOBJECTEN,
        PartijIdentificatoren(),
        Partijen(),
        Rekeningnummers(),
        Vertegenwoordigingen(),
    )
}
