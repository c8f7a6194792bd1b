"""How often a password may be tried without the backend: the count outlives the window, and never locks out for ever.

It stands in the keyring, without which no session is taken up after a restart. Blocking: key worker only.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from math import ceil

import msgspec

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.zitplaats import Moment
from kcs_desktop.security.sleutelbos import KeyringFault, Sleutelbos

TRIES = 5  # at once; after that one per WAIT
WAIT = timedelta(minutes=15)


class _Stand(msgspec.Struct, frozen=True):
    """Wrong passwords in a row, and when the last one was."""

    fout: int = 0
    sinds: Moment | None = None


class Pogingen:
    """Per employee. A keyring that refuses leaves the count to this run of the window."""

    def __init__(self, bos: Sleutelbos, clock: Callable[[], datetime]) -> None:
        self._bos = bos
        self._clock = clock
        self._hier: dict[str, _Stand] = {}

    def begin(self, winkel: str) -> None:
        """Count a try as wrong before it is made, so that ending the program gains none; InvalidInput when it must
        wait."""
        stand, nu = self._read(winkel), self._clock()
        if stand.fout >= TRIES and stand.sinds is not None:
            rest = WAIT - (nu - stand.sinds)
            if rest > WAIT:  # the clock was put back: nobody knows how long ago it was
                self._write(winkel, _Stand(stand.fout, nu))
                rest = WAIT
            if rest > timedelta(0):
                minuten = ceil(rest / timedelta(minutes=1))
                wanneer = "1 minuut" if minuten == 1 else f"{minuten} minuten"
                raise InvalidInput(
                    f"Te vaak een verkeerd wachtwoord. Probeer het over {wanneer} opnieuw, of zodra er verbinding is.",
                    field="wachtwoord",
                    code="wachten",
                )
        self._write(winkel, _Stand(stand.fout + 1, nu))

    def succeed(self, winkel: str) -> None:
        """The password was right."""
        self._hier.pop(winkel, None)
        with suppress(KeyringFault):
            self._bos.erase(_naam(winkel))

    def _read(self, winkel: str) -> _Stand:
        hier = self._hier.get(winkel, _Stand())
        with suppress(KeyringFault, msgspec.DecodeError):
            daar = msgspec.json.decode(self._bos.read(_naam(winkel)) or b"{}", type=_Stand)
            return max(hier, daar, key=lambda stand: stand.fout)
        return hier

    def _write(self, winkel: str, stand: _Stand) -> None:
        self._hier[winkel] = stand
        with suppress(KeyringFault):
            self._bos.write(_naam(winkel), msgspec.json.encode(stand).decode())


def _naam(winkel: str) -> str:
    return f"pogingen-{winkel}"
