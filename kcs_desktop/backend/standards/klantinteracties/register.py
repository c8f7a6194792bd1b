"""The register as the rest of the backend uses it: the port `Register`, with the same rules as over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.klantinteracties import maak, turns
from kcs_desktop.backend.standards.klantinteracties.adres import PREFIX
from kcs_desktop.backend.standards.klantinteracties.registry import ONDERWERPOBJECTEN, RESOURCES
from kcs_desktop.backend.standards.objecten.register import EmbeddedRegister, whole
from kcs_desktop.backend.standards.objecten.resource import Json


class EmbeddedKlantinteracties(EmbeddedRegister):
    """Implements `kcs_desktop.backend.standards.port.Register`."""

    def __init__(self, base_url: str = PREFIX) -> None:
        super().__init__(RESOURCES, base_url)

    async def create(self, unit: UnitOfWork, resource: str, body: Mapping[str, Any]) -> Json:
        """POST. `maak-klantcontact` is a resource here too."""
        if resource == maak.NAAM:
            async with whole(unit):
                return await maak.make(unit, body, self.urls)
        return await super().create(unit, resource, body)

    async def delete_onderwerpobject(self, unit: UnitOfWork, uuid: str) -> Json:
        """DELETE of an onderwerpobject with `cascade=true`; names the klantcontacten that stay."""
        async with whole(unit):
            return {"behouden": await ONDERWERPOBJECTEN.delete_with_contact(unit, uuid, self.urls)}

    async def take_turn(self, unit: UnitOfWork, partij: str) -> None:
        await turns.take_turn(unit, partij)
