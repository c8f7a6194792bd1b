"""Follows the change feed: reconnects, notices gaps and restored backups, and says what changed.

It fetches nothing itself: who shows the subject does, unless what changed came along.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing

from kcs_desktop.api.gebeurtenissen import Bericht, Hartslag, Meekijknieuws, Opnieuw
from kcs_desktop.domain.errors import Forbidden, RetryableError, SignedOut
from kcs_desktop.domain.gebeurtenis import Gebeurtenis, Wijziging
from kcs_desktop.domain.signal import Signal
from kcs_desktop.sync.terugval import pause

Bron = Callable[[str], AsyncIterator[Bericht]]


class Volger:
    """`changed`: one change; `resync`: something was missed, read again; `connected`: the stream lives.

    `happened`: the same change as it came, with what was brought along, before `changed`.

    `meekijkers`: somebody came to or left one of these customers.

    `epoch` tells the feed's epoch when it is first heard and whenever it is another: then a backup was put back.
    """

    def __init__(self, bron: Bron, *, position: str = "", toeval: random.Random | None = None) -> None:
        self.changed: Signal[Wijziging] = Signal()
        self.happened: Signal[Gebeurtenis] = Signal()
        self.resync: Signal[None] = Signal()
        self.connected: Signal[bool] = Signal()
        self.epoch: Signal[str] = Signal()
        self.meekijkers: Signal[tuple[str, ...]] = Signal()
        self._bron = bron
        self._toeval = toeval or random.Random()  # noqa: S311 -- spreads reconnects, guards nothing
        epoch, _, nr = position.partition(":")
        self._epoch = epoch
        self._seen = int(nr) if nr.isdigit() else 0  # the last change heard
        self._reached = self._seen  # how far the feed was at the last heartbeat
        self._wake = asyncio.Event()

    @property
    def position(self) -> str:
        """What to resume from, as `Last-Event-ID`; "" before the first message."""
        return f"{self._epoch}:{self._reached}" if self._epoch else ""

    def kick(self) -> None:
        """Reconnect now instead of after the pause."""
        self._wake.set()

    async def run(self) -> None:
        """Until cancelled, or until the session ended."""
        pogingen = 0
        while True:
            self._wake.clear()
            try:
                async with aclosing(self._listen()) as berichten:
                    async for _ in berichten:
                        pogingen = 0
                pogingen += 1  # the stream ended by itself: its token did, or a server restarts
            except (SignedOut, Forbidden):
                self.connected.emit(value=False)
                return
            except RetryableError:
                pogingen += 1
                self.connected.emit(value=False)
            try:
                async with asyncio.timeout(pause(pogingen, self._toeval, first=0.2, cap=15.0)):
                    await self._wake.wait()
            except TimeoutError:
                continue

    async def _listen(self) -> AsyncGenerator[None, None]:
        eerste = True
        stroom = self._bron(self.position)
        try:
            async for bericht in stroom:
                if eerste:
                    eerste = False
                    self.connected.emit(value=True)
                self.take(bericht)
                yield
        finally:
            sluit = getattr(stroom, "aclose", None)
            if sluit is not None:
                await sluit()

    def take(self, bericht: Bericht) -> None:
        """One message, in whatever order it came."""
        match bericht:
            case Opnieuw():
                self._restart(bericht.epoch or self._epoch, bericht.nr or self._reached)
            case Hartslag() if self._epoch and bericht.epoch != self._epoch:
                self._restart(bericht.epoch, bericht.nr)
            case Hartslag():
                self._enter(bericht.epoch)
                self._reached = max(self._reached, bericht.nr)
            case Meekijknieuws():
                self.meekijkers.emit(bericht.onderwerpen)
            case Gebeurtenis():
                self._take_change(bericht)

    def _take_change(self, bericht: Gebeurtenis) -> None:
        if self._epoch and bericht.epoch != self._epoch:
            self._restart(bericht.epoch, bericht.nr)
            return
        if self._epoch and bericht.nr <= self._seen:
            return  # heard before
        missed = bool(self._epoch) and bericht.vorige > self._reached
        self._enter(bericht.epoch)
        self._seen = bericht.nr
        self._reached = max(self._reached, bericht.nr)
        if missed:
            self.resync.emit(None)
        self.happened.emit(bericht)
        self.changed.emit(bericht.wijziging)

    def _restart(self, epoch: str, nr: int) -> None:
        self._enter(epoch)
        self._seen, self._reached = nr, nr
        self.resync.emit(None)

    def _enter(self, epoch: str) -> None:
        if epoch != self._epoch:
            self._epoch = epoch
            self.epoch.emit(epoch)
