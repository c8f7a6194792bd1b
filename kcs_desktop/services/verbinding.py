"""The state of the connection, from what is known: the live stream when signed in, else whether the backend answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from kcs_desktop.api.kcs import Kcs
from kcs_desktop.domain.errors import KcsError
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.verbinding import Verbinding

QUICK, SLOW = 0.5, 10.0  # seconds between looks: while starting, and once connected


class Verbindingstoestand:
    """`value` and its signal. `is_signed_in` tells whether "connected" or "signed out" is the word."""

    def __init__(self, kcs: Kcs, is_signed_in: Callable[[], bool]) -> None:
        self.changed: Signal[Verbinding] = Signal()
        self.value = Verbinding.OPSTARTEN
        self._kcs = kcs
        self._is_signed_in = is_signed_in

    def show(self, *, reached: bool) -> None:
        """The backend answered, or did not."""
        if not reached and self._kcs.is_other_version:
            nieuw = Verbinding.ANDERE_VERSIE
        elif not reached:
            # Before the first answer it is still starting, not lost.
            nieuw = Verbinding.OPSTARTEN if self.value is Verbinding.OPSTARTEN else Verbinding.GEEN_VERBINDING
        else:
            nieuw = Verbinding.VERBONDEN if self._is_signed_in() else Verbinding.AFGEMELD
        if nieuw is not self.value:
            self.value = nieuw
            self.changed.emit(nieuw)

    def give_up_starting(self) -> None:
        """It does not start: say so."""
        if self._kcs.is_other_version:
            return  # it does, and was said to be of another version
        if self.value is not Verbinding.GEEN_VERBINDING:
            self.value = Verbinding.GEEN_VERBINDING
            self.changed.emit(self.value)

    async def look(self) -> None:
        """Ask, until cancelled, as no stream tells without a session. Ten looks without answer: it is lost."""
        pogingen = 0
        while True:
            try:
                await self._kcs.health()
            except KcsError:
                pogingen += 1
                self.show(reached=False)
                if pogingen >= 10:
                    self.give_up_starting()
                await asyncio.sleep(QUICK if pogingen < 40 else SLOW)
            else:
                pogingen = 0
                self.show(reached=True)
                await asyncio.sleep(SLOW)
