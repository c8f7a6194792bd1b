"""One seat's stream: what it may hear, in a bounded queue that never makes the others wait."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

import msgspec

from kcs_desktop.backend.feed.store import Nummer
from kcs_desktop.backend.principal import Principal
from kcs_desktop.domain.gebeurtenis import Gebeurtenis, Vluchtig

QUEUE_LENGTH = 1000
_encode = msgspec.json.Encoder().encode


class Announced(msgspec.Struct, frozen=True):
    """A change made ready once for all streams: only `vorige` differs per subscriber."""

    nr: int
    soort: str
    object_id: str
    functie: str
    before: bytes
    after: bytes

    def frame(self, vorige: int) -> bytes:
        return b"%b%d%b" % (self.before, vorige, self.after)


def announce(epoch: str, number: Nummer) -> Announced:
    """Encode one change."""
    whole = _encode(Gebeurtenis(epoch, number.nr, 0, number.op, number.wijziging))
    head, mark, tail = whole.partition(b'"vorige":')
    start = b"id: %b:%d\nevent: wijziging\ndata: " % (epoch.encode(), number.nr)
    return Announced(
        number.nr,
        number.wijziging.soort,
        number.wijziging.id,
        number.wijziging.functie,
        start + head + mark,
        tail[1:] + b"\n\n",  # the placeholder 0 goes
    )


def position_frame(event: str, epoch: str, nr: int) -> bytes:
    """`hartslag` or `opnieuw`: where the feed is, with nothing of its own to tell."""
    data = _encode({"epoch": epoch, "nr": nr})
    return b"id: %b:%d\nevent: %b\ndata: %b\n\n" % (epoch.encode(), nr, event.encode(), data)


def hint_frame(nieuws: Vluchtig) -> bytes:
    """Fleeting news. It has no id: a seat's place in the feed stays where it was."""
    return b"event: %b\ndata: %b\n\n" % (nieuws.soort.encode(), _encode({"onderwerpen": nieuws.onderwerpen}))


class Subscriber:
    """A stream. `ends_at` is when its token ends; None means it ends with the session alone."""

    def __init__(self, wie: Principal, *, vorige: int, ends_at: datetime | None, length: int = QUEUE_LENGTH) -> None:
        self.wie = wie
        self.ends_at = ends_at
        self._vorige = vorige
        self._length = length
        self._frames: list[bytes] = []
        self._ready = asyncio.Event()
        self._closed = False

    @property
    def is_closed(self) -> bool:
        return self._closed

    def may_hear(self, announced: Announced) -> bool:
        return bool(announced.functie) and self.wie.mag(announced.functie)

    def offer(self, batch: Sequence[Announced]) -> None:
        """Queue what this subscriber may hear. A reader too slow for its queue is closed; it resumes by its last id."""
        for announced in batch:
            if announced.nr <= self._vorige or not self.may_hear(announced):
                continue
            self.put(announced.frame(self._vorige))
            self._vorige = announced.nr

    def hint(self, functie: str, frame: bytes) -> None:
        """Queue fleeting news that this subscriber may hear."""
        if self.wie.mag(functie):
            self.put(frame)

    def restart(self, epoch: str, nr: int) -> None:
        """Tell the seat to read everything again, and go on from `nr`."""
        self._vorige = nr
        self.put(position_frame("opnieuw", epoch, nr))

    def put(self, frame: bytes) -> None:
        if self._closed:
            return
        if len(self._frames) >= self._length:
            self.close()
            return
        self._frames.append(frame)
        self._ready.set()

    def close(self) -> None:
        """End the stream after what is queued already."""
        self._closed = True
        self._ready.set()

    async def frames(self) -> AsyncIterator[bytes]:
        """Everything queued since the last turn, joined into one write."""
        while True:
            await self._ready.wait()
            self._ready.clear()
            frames, self._frames = self._frames, []
            if frames:
                yield b"".join(frames)
            if self._closed:
                return
