"""The published specification, and where the API is found."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from tests.contract.openapi import Spec


class ZakenSpec(Spec):
    """What is expanded out of the catalogue is described elsewhere on the internet: here it may be anything."""

    @cached_property
    def raw(self) -> dict[str, Any]:
        loaded: dict[str, Any] = _without_remote(super().raw)
        return loaded


def _without_remote(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_remote(item) for item in node]
    if not isinstance(node, dict):
        return node
    if str(node.get("$ref", "")).startswith("http"):
        return {}
    return {key: _without_remote(value) for key, value in node.items()}


SPEC = ZakenSpec("openzaak-zaken-1.5.1.yaml")
API = "/zaken/api/v1"
CRS = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
LISTS = ("zaken", "rollen", "statussen", "resultaten", "zaakinformatieobjecten", "zaakobjecten")
EIGENSCHAPPEN = "/zaken/{zaak_uuid}/zaakeigenschappen"
PATHS = (
    *(path for naam in LISTS for path in (f"/{naam}", f"/{naam}/{{uuid}}")),
    EIGENSCHAPPEN,
    f"{EIGENSCHAPPEN}/{{uuid}}",
    "/zaken/_zoek",
    "/zaak_registreren",
    "/zaaknummer_reserveren",
    "/reserveer_zaaknummer",
)
