"""The published specification, and where the API is found."""

from __future__ import annotations

from tests.contract.openapi import Spec

SPEC = Spec("openzaak-catalogi-1.3.1.yaml")
API = "/catalogi/api/v1"
RESOURCES = (
    "catalogussen",
    "zaaktypen",
    "statustypen",
    "roltypen",
    "resultaattypen",
    "eigenschappen",
    "informatieobjecttypen",
    "zaaktype-informatieobjecttypen",
)
