"""Fan the change feed out to all streams of this process: one reader, one database read per batch.

The reader lives while there are subscribers, so that nothing runs for a backend nobody follows. It must not know what
a change means, with one exception: a `sessie` that ended closes its own streams, on every worker. What goes along with
a change to those who show it is asked of a `Meegever`, once per worker and change; no other stream waits for that.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

import msgspec
import structlog
from sqlalchemy.exc import SQLAlchemyError

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.feed.getoond import Getoond, Meegever
from kcs_desktop.backend.feed.store import Nummer, Stand, read_after, read_stand, tell_shown
from kcs_desktop.backend.feed.subscriber import (
    QUEUE_LENGTH,
    Announced,
    Subscriber,
    Waiting,
    announce,
    hint_frame,
    position_frame,
)
from kcs_desktop.backend.feed.wake import Wake
from kcs_desktop.backend.principal import Principal
from kcs_desktop.domain.zaakrechten import STANDAARD, Zaakrechtentabel

log = structlog.get_logger(__name__)

SESSION_ENDED = "sessie"
_RING = 2000
_READ = 500
_POLL_SECONDS = 5.0  # the safety net under a lost wake-up
_BRING_SECONDS = 2.0  # then a change goes with its ids alone


class Position(msgspec.Struct, frozen=True):
    """Where a subscriber left off: a parsed Last-Event-ID."""

    epoch: str
    nr: int


def parse_position(last_event_id: str) -> Position | None:
    """`<epoch>:<nr>`; None for no header. Nonsense becomes a position of no epoch, which leads to a resync."""
    if not last_event_id:
        return None
    epoch, _, nr = last_event_id.rpartition(":")
    if not nr.isascii() or not nr.isdigit() or len(nr) > 18:
        return Position("", 0)
    return Position(epoch, int(nr))


class FeedHub:
    """Subscribe with `subscribe`, leave with `unsubscribe`; `stop` ends every stream at shutdown."""

    def __init__(
        self,
        db: Database,
        *,
        heartbeat: float = 15.0,
        poll: float = _POLL_SECONDS,
        meegever: Meegever | None = None,
        zaakrechten: Zaakrechtentabel = STANDAARD,
    ) -> None:
        self._db = db
        self._zaakrechten = zaakrechten
        self._meegever = meegever
        self._bringing: set[asyncio.Task[None]] = set()
        self._heartbeat = heartbeat
        self._poll = min(poll, heartbeat)
        self._subscribers: set[Subscriber] = set()
        self._ring: deque[Announced] = deque(maxlen=_RING)
        self._stand = Stand("", 0, 0)
        self._read_to = 0
        self._wake: Wake | None = None  # of the current reader; an earlier one that is still ending must change nothing
        self._readers: set[asyncio.Task[None]] = set()
        self._starting = asyncio.Lock()
        self._stopped = False

    @property
    def streams(self) -> int:
        return len(self._subscribers)

    @property
    def high_water(self) -> int:
        """The number up to which this process has fanned out."""
        return self._read_to

    async def subscribe(
        self,
        wie: Principal,
        last: Position | None = None,
        *,
        ends_at: datetime | None = None,
        length: int = QUEUE_LENGTH,
        base_url: str = "",
    ) -> Subscriber:
        """A stream for `wie`: what was missed since `last` first, then everything live."""
        async with self._starting:
            await self._ensure_reader()
            if last is not None and last.nr > self._read_to:
                # Another worker may have told this seat more than this one has read yet.
                known = await read_stand(self._db)
                is_lost = last.epoch != known.epoch or last.nr > known.hoogste
            else:
                known = self._stand
                is_lost = last is not None and (last.epoch != known.epoch or last.nr < known.afgekapt_tot)
            start = self._read_to if last is None or is_lost else last.nr
            rechten = self._zaakrechten.van(wie.zaakrollen)
            subscriber = Subscriber(
                wie, vorige=start, ends_at=ends_at, length=length, base_url=base_url, zaakrechten=rechten
            )
            if self._stopped:
                subscriber.close()
            elif last is None:
                subscriber.put(position_frame("hartslag", known.epoch, start))
            elif is_lost:
                subscriber.restart(known.epoch, start)
            else:
                await self._replay(subscriber, last.nr)
            # Nothing awaits between the last missed batch and joining the live ones: no change falls in between.
            self._subscribers.add(subscriber)
            return subscriber

    def unsubscribe(self, subscriber: Subscriber) -> None:
        """Leave; the reader stops with the last one. Never waits: it runs while a stream is being cancelled."""
        subscriber.close()
        self._subscribers.discard(subscriber)
        if not self._subscribers and not self._starting.locked():  # else the one that is joining needs it
            self._dismiss_reader()

    async def shows(self, getoond: Getoond) -> None:
        """A seat says what is on its screen; its stream may be of another worker."""
        if self._db.dialect == "postgresql":
            await tell_shown(self._db, getoond)
        else:
            self._take_shown(getoond)

    async def stop(self) -> None:
        """End all streams, so that the server can shut down."""
        self._stopped = True
        for subscriber in tuple(self._subscribers):
            subscriber.close()
        self._dismiss_reader()
        for bringing in self._bringing:
            bringing.cancel()
        await asyncio.gather(*self._readers, *self._bringing, return_exceptions=True)

    async def _ensure_reader(self) -> None:
        if self._wake is not None or self._stopped:
            return
        wake = Wake(self._db)
        await wake.start()
        self._stand = await read_stand(self._db)
        self._read_to = self._stand.hoogste
        self._ring.clear()
        self._wake = wake
        reader = asyncio.create_task(self._read(wake), name="feed-reader")
        self._readers.add(reader)
        reader.add_done_callback(self._readers.discard)

    def _dismiss_reader(self) -> None:
        wake, self._wake = self._wake, None
        if wake is not None:
            wake.event.set()

    async def _replay(self, subscriber: Subscriber, nr: int) -> None:
        epoch = self._stand.epoch
        while nr < self._read_to:
            if self._ring and self._ring[0].nr <= nr + 1:
                subscriber.offer([announced for announced in self._ring if announced.nr > nr])
                return
            _stand, numbered = await read_after(self._db, nr, limit=_READ)
            wanted = [number for number in numbered if number.nr <= self._read_to]
            if self._stand.epoch != epoch or not wanted:  # restored or truncated meanwhile
                subscriber.restart(self._stand.epoch, self._read_to)
                return
            subscriber.offer([announce(epoch, number) for number in wanted])
            nr = wanted[-1].nr

    async def _read(self, wake: Wake) -> None:
        loop = asyncio.get_running_loop()
        beat_at = loop.time() + self._heartbeat
        try:
            while wake is self._wake:
                with suppress(TimeoutError):
                    await asyncio.wait_for(wake.event.wait(), max(0.01, min(self._poll, beat_at - loop.time())))
                wake.event.clear()
                self._end_expired()  # first: what comes now is not for a token that ended
                self._pass_hints(wake)
                while wake.shown:
                    self._take_shown(wake.shown.popleft())
                try:
                    while wake is self._wake and await self._read_batch(wake):
                        pass
                except (SQLAlchemyError, OSError) as error:
                    # The streams stay open without news; the next turn tries again.
                    log.warning("feed.read_failed", error=type(error).__name__)
                if loop.time() >= beat_at:
                    beat_at = loop.time() + self._heartbeat
                    frame = position_frame("hartslag", self._stand.epoch, self._read_to)
                    for subscriber in tuple(self._subscribers):
                        subscriber.put(frame)
        finally:
            await wake.stop()

    def _pass_hints(self, wake: Wake) -> None:
        while wake.hints:
            nieuws = wake.hints.popleft()
            frame = hint_frame(nieuws)
            for subscriber in tuple(self._subscribers):
                subscriber.hint(nieuws.functie, frame)

    async def _read_batch(self, wake: Wake) -> bool:
        """Fan out one batch; whether there may be more."""
        stand, numbered = await read_after(self._db, self._read_to, limit=_READ)
        if wake is not self._wake:
            return False
        restored = stand.epoch != self._stand.epoch or stand.hoogste < self._read_to
        self._stand = stand
        if restored:
            self._read_to = stand.hoogste
            self._ring.clear()
            for subscriber in tuple(self._subscribers):
                subscriber.restart(stand.epoch, stand.hoogste)
            return True
        if not numbered:
            return False
        batch = [announce(stand.epoch, number, brings=self._brings(number)) for number in numbered]
        self._read_to = batch[-1].nr
        self._ring.extend(batch)
        ended = {one.wijziging.id: place for place, one in enumerate(batch) if one.wijziging.soort == SESSION_ENDED}
        waiting: dict[int, list[tuple[Subscriber, Waiting]]] = {}
        for subscriber in tuple(self._subscribers):
            place = ended.get(subscriber.wie.sessie)
            for waits in subscriber.offer(batch[:place]):  # what came after the end of its session is not for it
                waiting.setdefault(waits.announced.nr, []).append((subscriber, waits))
            if place is not None:
                subscriber.close()
        for those in waiting.values():
            bringing = asyncio.create_task(self._bring(those), name="feed-bring")
            self._bringing.add(bringing)
            bringing.add_done_callback(self._bringing.discard)
        return len(numbered) == _READ

    def _brings(self, number: Nummer) -> bool:
        return self._meegever is not None and self._meegever.brings(number.wijziging)

    def _take_shown(self, getoond: Getoond) -> None:
        for subscriber in self._subscribers:
            if subscriber.wie.sessie == getoond.sessie:
                subscriber.show(getoond)

    async def _bring(self, those: list[tuple[Subscriber, Waiting]]) -> None:
        """Give one change what goes with it, at every stream that waits for that; without it where that fails."""
        given: Sequence[bytes | None] = [None] * len(those)
        try:
            if self._meegever is not None:
                async with asyncio.timeout(_BRING_SECONDS):
                    kijkers = [subscriber.kijker for subscriber, _ in those]
                    given = await self._meegever.bring(those[0][1].announced.wijziging, kijkers)
        except Exception as error:  # noqa: BLE001 -- the streams go on: a seat fetches what did not come along
            log.warning("feed.bring_failed", error=type(error).__name__)
        finally:
            for (subscriber, waits), gegevens in zip(those, given, strict=True):
                subscriber.bring(waits, gegevens)

    def _end_expired(self) -> None:
        now = self._db.clock()
        for subscriber in tuple(self._subscribers):
            if subscriber.ends_at is not None and subscriber.ends_at <= now:
                self.unsubscribe(subscriber)  # also one whose caller left before its stream began
