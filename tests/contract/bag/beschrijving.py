"""The shipped description of the BAG calls."""

from __future__ import annotations

from tests.contract.beschrijving import Beschrijving

API = "/bag/api/v2"
ADRESSEN, ZOEK, ADRES = "/adressen", "/adressen/zoek", "/adressen/{nummeraanduidingIdentificatie}"
BESCHRIJVING = Beschrijving("kcs_desktop.backend.standards.bag")
check = BESCHRIJVING.check
