"""The auditor's question, straight to the backend: nothing of the trail is kept at a seat."""

from __future__ import annotations

from datetime import datetime

from kcs_desktop.api.kcs import Kcs
from kcs_desktop.domain.audit import Auditantwoord


class AuditService:
    """Implements `sdk.Audit`."""

    def __init__(self, kcs: Kcs) -> None:
        self._kcs = kcs

    async def ask(
        self, soort: str, waarde: str, van: datetime | None = None, tot: datetime | None = None, pagina: int = 1
    ) -> Auditantwoord:
        return await self._kcs.audit(soort, waarde, van, tot, pagina)
