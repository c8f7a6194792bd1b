"""Tells the audit trail which customers were looked at from the cache: kept until the backend has it."""

from __future__ import annotations

from collections.abc import Sequence

from kcs_desktop.api.kcs import Kcs
from kcs_desktop.cache.werkbestand import Inzage
from kcs_desktop.domain.errors import InvalidInput, KcsError
from kcs_desktop.services.opslag import Opslag

AT_ONCE = 100


class Inzagen:
    """`push` is called whenever the connection is there."""

    def __init__(self, kcs: Kcs, opslag: Opslag) -> None:
        self._kcs = kcs
        self._opslag = opslag
        self._refused: set[str] = set()  # kept, and told again at the next start; they hold up no other

    async def push(self) -> None:
        """Hand in everything that waits; what was not taken stays for the next time."""
        opslag = self._opslag
        while opslag.is_open:
            rijen = await opslag.werker.run(opslag.werk.inzagen, AT_ONCE + len(self._refused))
            inzagen = [inzage for _, inzage in rijen if inzage.id not in self._refused][:AT_ONCE]
            if not inzagen:
                return
            try:
                told = await self._tell(inzagen)
            except KcsError:
                return  # no connection, or a backend one version older that does not take them yet
            if told and opslag.is_open:
                await opslag.werker.run(opslag.werk.remove_inzagen, told)

    async def _tell(self, inzagen: Sequence[Inzage]) -> set[str]:
        """The ids of those that were taken. One that cannot be read there must not keep the others from the trail."""
        try:
            await self._kcs.report_looks(inzagen)
        except InvalidInput:
            if len(inzagen) == 1:
                self._refused.add(inzagen[0].id)
                return set()
            half = len(inzagen) // 2
            return await self._tell(inzagen[:half]) | await self._tell(inzagen[half:])
        return {inzage.id for inzage in inzagen}
