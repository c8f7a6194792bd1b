"""The register as the rest of the backend uses it: the port `Register`, with the same rules as over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.objecten.register import EmbeddedRegister
from kcs_desktop.backend.standards.objecten.resource import Json
from kcs_desktop.backend.standards.zaken import zaaknummers
from kcs_desktop.backend.standards.zaken.adres import PREFIX
from kcs_desktop.backend.standards.zaken.registry import RESOURCES

RESERVEREN = "zaaknummer_reserveren"


class EmbeddedZaken(EmbeddedRegister):
    """Implements `kcs_desktop.backend.standards.port.Register`. Which zaken somebody may see is not asked here."""

    def __init__(self, base_url: str = PREFIX) -> None:
        super().__init__(RESOURCES, base_url)

    async def create(self, unit: UnitOfWork, resource: str, body: Mapping[str, Any]) -> Json:
        """POST. `zaaknummer_reserveren` is a resource here too, which gives one number."""
        if resource == RESERVEREN:
            made = await zaaknummers.reserve(unit, {**body, "aantal": 1})
            assert isinstance(made, dict)  # noqa: S101 -- one number is one object
            return made
        return await super().create(unit, resource, body)
