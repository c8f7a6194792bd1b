"""The current session: its tokens, their renewal (one at a time), and the lock.

It knows no network: who renews is handed in as a protocol.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from typing import Protocol

import msgspec

from kcs_desktop.domain.errors import KcsError, SignedOut
from kcs_desktop.domain.sessie import Sessie, SessieAntwoord, Tokens
from kcs_desktop.domain.signal import Signal

MARGIN = 20.0  # seconds before its end that a token is renewed
_WHOLE = 600.0  # seconds; no token lives longer


class Vernieuwer(Protocol):
    """Exchanges a refresh token; raises SignedOut when the session ended."""

    async def renew_session(self, verversing: str) -> SessieAntwoord: ...


class OnthoudenSessie(msgspec.Struct, frozen=True):
    """What the keyring remembers of a session. `tot` is when it ends whatever happens."""

    verversing: str
    tot: datetime


class Sessiehouder:
    """Gives the access token to the client and renews it. `ended` tells once that the session is over."""

    def __init__(
        self,
        vernieuwer: Vernieuwer,
        clock: Callable[[], datetime],
        remember: Callable[[OnthoudenSessie], Awaitable[None]],
    ) -> None:
        self._vernieuwer = vernieuwer
        self._clock = clock
        self._remember = remember
        self._tokens: Tokens | None = None
        self._good_until = 0.0  # monotonic
        self._running: asyncio.Task[str] | None = None
        self.sessie: Sessie | None = None
        self.is_locked = False
        self.ended: Signal[SignedOut] = Signal()
        self.renewed: Signal[Sessie] = Signal()

    async def take(self, antwoord: SessieAntwoord) -> None:
        """Work with this session from now on."""
        self._tokens, self.sessie = antwoord.tokens, antwoord.sessie
        rest = (antwoord.tokens.toegang_verloopt_op - self._clock()).total_seconds()
        # A seat's clock may be hours off: then half the longest life is assumed, and a 401 does the rest.
        self._good_until = time.monotonic() + (rest if 0 < rest <= _WHOLE else _WHOLE / 2)
        await self._remember(OnthoudenSessie(antwoord.tokens.verversing, antwoord.sessie.verloopt_op))

    def take_offline(self, sessie: Sessie, onthouden: OnthoudenSessie) -> None:
        """Work with a remembered session whose token must be renewed at the first call that succeeds."""
        self.sessie = sessie
        self._tokens = Tokens("", onthouden.verversing, onthouden.tot)
        self._good_until = 0.0

    def drop(self) -> None:
        """Forget the session and its tokens."""
        self._tokens = self.sessie = None
        self.is_locked = False
        if self._running is not None:
            self._running.cancel()
            self._running = None

    async def token(self) -> str:
        tokens = self._tokens
        if tokens is None:
            return ""
        if not tokens.toegang or self.seconds_to_renewal() <= 0:
            return await self.renew(tokens.toegang)
        return tokens.toegang

    async def renew(self, used: str) -> str:
        """A token other than `used`. Many may ask at once: one call is made. Raises SignedOut or a RetryableError."""
        tokens = self._tokens
        if tokens is None:
            raise SignedOut
        if tokens.toegang != used and tokens.toegang:
            return tokens.toegang
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._renew(tokens), name="sessie vernieuwen")
        # A caller that is cancelled must not take the renewal of all others with it.
        return await asyncio.shield(self._running)

    async def _renew(self, tokens: Tokens) -> str:
        try:
            antwoord = await self._vernieuwer.renew_session(tokens.verversing)
        except SignedOut as fout:
            if self._tokens is tokens:
                self._tokens = None
                self.ended.emit(fout)
            raise
        await self.take(antwoord)
        self.renewed.emit(antwoord.sessie)
        return antwoord.tokens.toegang

    async def keep(self) -> None:
        """Renew the access token before it ends, so that no call of the employee waits for it."""
        while True:
            await asyncio.sleep(max(5.0, self.seconds_to_renewal()))
            with suppress(KcsError):  # the first call that needs it says so
                await self.token()

    def seconds_to_renewal(self) -> float:
        """How long the access token is still good; 0 when it must be renewed now."""
        if self._tokens is None:
            return 60.0
        return max(0.0, self._good_until - MARGIN - time.monotonic())
