"""The shipped description of the KvK calls."""

from __future__ import annotations

from tests.contract.beschrijving import Beschrijving

API = "/kvk/api"
ZOEKEN, BASIS, VESTIGING = (
    "/v2/zoeken",
    "/v1/basisprofielen/{kvkNummer}",
    "/v1/vestigingsprofielen/{vestigingsnummer}",
)
BESCHRIJVING = Beschrijving("kcs_desktop.backend.standards.kvk")
check = BESCHRIJVING.check
