"""Tells the audit trail which customers were looked at from the cache: kept until the backend has it."""

from __future__ import annotations

from kcs_desktop.api.kcs import Kcs
from kcs_desktop.domain.errors import KcsError
from kcs_desktop.services.opslag import Opslag


class Inzagen:
    """`push` is called whenever the connection is there."""

    def __init__(self, kcs: Kcs, opslag: Opslag) -> None:
        self._kcs = kcs
        self._opslag = opslag

    async def push(self) -> None:
        """Hand in everything that waits; what was not taken stays for the next time."""
        opslag = self._opslag
        while opslag.is_open:
            rijen = await opslag.werker.run(opslag.werk.inzagen)
            if not rijen:
                return
            try:
                await self._kcs.report_looks([inzage for _, inzage in rijen])
            except KcsError:
                return  # no connection, or a backend one version older that does not take them yet
            await opslag.werker.run(opslag.werk.remove_inzagen, [nr for nr, _ in rijen])
