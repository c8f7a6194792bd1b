"""How the rest of the backend makes a document of a file that was received before, or of content it made itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.documenten.adres import NAAM
from kcs_desktop.backend.standards.documenten.inhoud import Verwijzing

Json = dict[str, Any]


class Maker(Protocol):
    """The part of a register that this needs."""

    async def create(self, unit: UnitOfWork, resource: str, body: Mapping[str, Any]) -> Json: ...


async def add_document(register: Maker, unit: UnitOfWork, body: Mapping[str, Any], bestand: str, eigenaar: str) -> Json:
    """An enkelvoudiginformatieobject with the content of this file, which `eigenaar` (an account) sent.

    Name and media type are those of the file where the body says none. Raises InvalidBody for the body; for the file
    what `bestanden.opslag.take` raises: 422 `bestand-besmet`, `bestand-onvolledig` or `bestand-gebruikt`, NotFound
    `bestand-onbekend`, RetryableError `bestand-in-onderzoek`.
    """
    return await register.create(unit, NAAM, {**body, "inhoud": Verwijzing(bestand, eigenaar)})
