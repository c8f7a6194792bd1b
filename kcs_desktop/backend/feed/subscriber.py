"""One seat's stream: what it may hear, in a bounded queue that never makes the others wait.

A change of what the seat shows keeps its place in the queue until what changed is there to go with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

import msgspec

from kcs_desktop.backend.feed.getoond import Getoond, Kijker
from kcs_desktop.backend.feed.store import Nummer
from kcs_desktop.backend.principal import Principal
from kcs_desktop.domain.gebeurtenis import Gebeurtenis, Vluchtig, Wijziging
from kcs_desktop.domain.zaakrechten import Zaakrechten, mag_zaak

QUEUE_LENGTH = 1000
MOST_BROUGHT = 20  # changes that wait at once: more are read sooner as a whole, by the seat
_encode = msgspec.json.Encoder().encode


class Announced(msgspec.Struct, frozen=True):
    """A change made ready once for all streams: only `vorige` differs per subscriber, and what is brought along."""

    nr: int
    wijziging: Wijziging
    brings: frozenset[str]  # whoever shows one of these may get what changed with it
    before: bytes
    after: bytes

    def frame(self, vorige: int, gegevens: bytes | None = None) -> bytes:
        if gegevens is None:
            return b"%b%d%b}\n\n" % (self.before, vorige, self.after)
        return b'%b%d%b,"gegevens":%b}\n\n' % (self.before, vorige, self.after, gegevens)


def announce(epoch: str, number: Nummer, *, brings: bool = False) -> Announced:
    """Encode one change."""
    told = msgspec.structs.replace(number.wijziging, kringen=())
    whole = _encode(Gebeurtenis(epoch, number.nr, 0, number.op, told))
    head, mark, tail = whole.partition(b'"vorige":')
    start = b"id: %b:%d\nevent: wijziging\ndata: " % (epoch.encode(), number.nr)
    return Announced(
        number.nr,
        number.wijziging,
        frozenset(number.wijziging.onderwerpen if brings else ()),
        start + head + mark,
        tail[1:-1],  # the placeholder 0 goes, and the end stays open
    )


class Waiting:
    """A change at its place in one queue, until it is known what goes with it."""

    def __init__(self, announced: Announced, vorige: int) -> None:
        self.announced = announced
        self.frame: bytes | None = None
        self._vorige = vorige

    def settle(self, gegevens: bytes | None) -> None:
        """Only the first time counts."""
        if self.frame is None:
            self.frame = self.announced.frame(self._vorige, gegevens)


def position_frame(event: str, epoch: str, nr: int) -> bytes:
    """`hartslag` or `opnieuw`: where the feed is, with nothing of its own to tell."""
    data = _encode({"epoch": epoch, "nr": nr})
    return b"id: %b:%d\nevent: %b\ndata: %b\n\n" % (epoch.encode(), nr, event.encode(), data)


def hint_frame(nieuws: Vluchtig) -> bytes:
    """Fleeting news. It has no id: a seat's place in the feed stays where it was."""
    return b"event: %b\ndata: %b\n\n" % (nieuws.soort.encode(), _encode({"onderwerpen": nieuws.onderwerpen}))


class Subscriber:
    """A stream. `ends_at` is when its token ends; None means it ends with the session alone.

    `base_url` is the address under which the seat reached us; `zaakrechten` say which zaken it may hear of.
    """

    def __init__(
        self,
        wie: Principal,
        *,
        vorige: int,
        ends_at: datetime | None,
        length: int = QUEUE_LENGTH,
        base_url: str = "",
        zaakrechten: Zaakrechten = frozenset(),
    ) -> None:
        self.wie = wie
        self._zaakrechten = zaakrechten
        self.ends_at = ends_at
        self.kijker = Kijker(wie, "", base_url)
        self._shows: tuple[str, ...] = ()
        self._vorige = vorige
        self._length = length
        self._frames: list[bytes | Waiting] = []
        self._waiting = 0
        self._ready = asyncio.Event()
        self._closed = False

    @property
    def is_closed(self) -> bool:
        return self._closed

    def show(self, getoond: Getoond) -> None:
        """From now on what changed of these comes along."""
        self._shows = getoond.onderwerpen
        self.kijker = msgspec.structs.replace(self.kijker, doelbinding=getoond.doelbinding)

    def may_hear(self, announced: Announced) -> bool:
        wijziging = announced.wijziging
        if not wijziging.functie or not self.wie.mag(wijziging.functie):
            return False
        kringen = wijziging.kringen
        return not kringen or any(mag_zaak(self._zaakrechten, one.zaaktype, one.aanduiding) for one in kringen)

    def offer(self, batch: Sequence[Announced]) -> list[Waiting]:
        """Queue what this subscriber may hear; what came of it that waits for what changed.

        A reader too slow for its queue is closed; it resumes by its last id.
        """
        waiting: list[Waiting] = []
        for announced in batch:
            if announced.nr <= self._vorige or not self.may_hear(announced):
                continue
            if announced.brings.isdisjoint(self._shows) or self._waiting >= MOST_BROUGHT:
                self.put(announced.frame(self._vorige))
            else:
                waits = Waiting(announced, self._vorige)
                self._waiting += 1
                self.put(waits)
                waiting.append(waits)
            self._vorige = announced.nr
        return waiting

    def bring(self, waits: Waiting, gegevens: bytes | None) -> None:
        """Let a change that waited go, with what changed where it may be seen."""
        waits.settle(gegevens)
        self._ready.set()

    def hint(self, functie: str, frame: bytes) -> None:
        """Queue fleeting news that this subscriber may hear."""
        if self.wie.mag(functie):
            self.put(frame)

    def restart(self, epoch: str, nr: int) -> None:
        """Tell the seat to read everything again, and go on from `nr`."""
        self._vorige = nr
        self.put(position_frame("opnieuw", epoch, nr))

    def put(self, frame: bytes | Waiting) -> None:
        if self._closed:
            return
        if len(self._frames) >= self._length:
            self.close()
            return
        self._frames.append(frame)
        self._ready.set()

    def close(self) -> None:
        """End the stream after what is queued already; nothing more comes along with that."""
        self._closed = True
        for frame in self._frames:
            if isinstance(frame, Waiting):
                frame.settle(None)
        self._ready.set()

    async def frames(self) -> AsyncIterator[bytes]:
        """Everything that was ready since the last turn, in order, joined into one write."""
        while True:
            await self._ready.wait()
            self._ready.clear()
            ready = self._take()
            if ready:
                yield b"".join(ready)
            if self._closed:
                return

    def _take(self) -> list[bytes]:
        ready: list[bytes] = []
        for queued in self._frames:
            frame = queued.frame if isinstance(queued, Waiting) else queued
            if frame is None:
                break
            self._waiting -= isinstance(queued, Waiting)
            ready.append(frame)
        del self._frames[: len(ready)]
        return ready
