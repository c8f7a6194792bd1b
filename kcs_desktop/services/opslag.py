"""The two encrypted stores of the signed-in employee, and the warning when they cannot keep anything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from kcs_desktop.cache.bestand import Bestand, InUse
from kcs_desktop.cache.cachebestand import Cachebestand
from kcs_desktop.cache.terzijde import (
    CACHE,
    WERK,
    Reden,
    Terzijde,
    asides_of,
    expire_files,
    mark_seen,
    move_aside,
    write_note,
)
from kcs_desktop.cache.toegang import Toegang
from kcs_desktop.cache.werkbestand import Werkbestand
from kcs_desktop.cache.werker import Werker
from kcs_desktop.domain.bewaartermijnen import Bewaartermijnen
from kcs_desktop.domain.signal import Signal
from kcs_desktop.security.sleutelbos import KeyringFault, Sleutelbos
from kcs_desktop.services.bewaarsleutel import Bewaarsleutel
from kcs_desktop.services.opslagmelding import IN_USE, NOTHING_KEPT, about_cache, about_elsewhere, about_work
from kcs_desktop.services.winkels import Elders, was_used

SAVE_EVERY = 5.0  # seconds between tries to get back to a disk that refused
EXPIRE_EVERY = 3600.0  # seconds
READ_AFTER = 60.0  # seconds that a message stood on screen before it counts as read


class Opslag:
    """Open for one employee at a time. `melding` is Dutch and stays on screen; "" when all is well.

    `changed` is emitted with it, on the loop, when file or disk changed while working. `returned` when work that was
    in memory is on disk again: the file may have held more than could be read before.
    """

    def __init__(
        self,
        profile: Path,
        bos: Sleutelbos,
        clock: Callable[[], datetime],
        termijnen: Bewaartermijnen = Bewaartermijnen(),  # noqa: B008 -- immutable
    ) -> None:
        self.changed: Signal[str] = Signal()
        self.returned: Signal[None] = Signal()
        self._profile = profile
        self.sleutel = Bewaarsleutel(profile, bos, clock)
        self._clock = clock
        self.termijnen = termijnen
        self.werker = Werker()
        self.sleutelwerker = Werker()  # apart: a locked keyring may wait for the employee
        self.melding = ""
        self.winkel = ""
        self._reason = ""  # why nothing is kept at all
        self._was_in_memory = False
        self._elders: Sequence[Elders] = ()
        self._terzijde: dict[str, Terzijde] = {}  # by name: set aside, and not told when this store was opened
        self._cache: Cachebestand | None = None
        self._werk: Werkbestand | None = None
        self._left: dict[str, Werkbestand] = {}  # of who signed out while the disk refused it: not on disk yet
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def cache(self) -> Cachebestand:
        if self._cache is None:
            raise RuntimeError("no employee is signed in")
        return self._cache

    @property
    def werk(self) -> Werkbestand:
        if self._werk is None:
            raise RuntimeError("no employee is signed in")
        return self._werk

    @property
    def is_open(self) -> bool:
        return self._werk is not None

    @property
    def toegang(self) -> Toegang:
        return Toegang(self.werk, self.cache)

    async def open(self, winkel: str, elders: Sequence[Elders] = ()) -> None:
        """Open the stores of this employee; in memory, with a warning, where nothing can be kept.

        `elders` is what this employee left here for other addresses.
        """
        await self.close_stores()
        self._loop = asyncio.get_running_loop()
        self.winkel, self._elders = winkel, elders
        try:
            sleutel = await self.sleutelwerker.run(self.sleutel.take, winkel)
        except KeyringFault as fout:
            self._reason = f"{fout} {NOTHING_KEPT}"
            await self.werker.run(self._open_in_memory, winkel)
        else:
            await self.werker.run(self._open_files, winkel, sleutel.waarde, sleutel.is_lost)
        self._was_in_memory = self.is_in_memory
        self.melding = await self.werker.run(self._compose)

    async def keep(self, is_seen: Callable[[], bool]) -> None:
        """Until cancelled: back to a disk that refused as soon as it can, and erase what is past its term.

        What was set aside counts as told once its message stood on screen for a while: `is_seen` says that it does.
        """
        gezien = 0.0
        while True:
            for _ in range(int(EXPIRE_EVERY / SAVE_EVERY)):
                await asyncio.sleep(SAVE_EVERY)
                await self.werker.run(self.werk.save_again)
                await self.werker.run(self.cache.save_again)
                gezien = gezien + SAVE_EVERY if is_seen() and self._terzijde else 0.0
                if gezien >= READ_AFTER:
                    await self.werker.run(self._mark_seen)
                    gezien = 0.0
            await self.werker.run(self.cache.expire)

    async def wipe(self) -> bool:
        """Erase the cache of this employee, search index and asides included. Drafts and outbox stay.

        False where the disk refuses to erase.
        """
        return await self.werker.run(self.cache.wipe)

    @property
    def is_in_memory(self) -> bool:
        """Whether the work of who is signed in stands in memory only."""
        return self._werk is not None and not self._werk.has_disk

    @property
    def has_left(self) -> bool:
        """Whether somebody signed out whose work is in memory only."""
        return bool(self._left)

    async def save_left(self) -> None:
        """Until the disk took what who signed out left in memory."""
        while self._left:
            await self.werker.run(self._save_left)
            await asyncio.sleep(SAVE_EVERY)

    async def close_stores(self) -> None:
        """Close both files; what was handed in before is written first.

        Work that the disk refuses stays in memory, for its author's next sign-in here, and is tried again.
        """
        cache, werk, winkel = self._cache, self._werk, self.winkel
        self._cache = self._werk = None
        self.melding = self.winkel = self._reason = ""
        self._elders = ()
        self._terzijde = {}
        if cache is not None:
            await self.werker.run(cache.close)
        if werk is not None:
            await self.werker.run(self._put_away, winkel, werk)

    async def close(self) -> None:
        """Close the stores and end both threads. What the disk refuses to the end is gone: `has_left` told of it."""
        await self.close_stores()
        for werk in self._left.values():
            await self.werker.run(werk.close)
        self._left.clear()
        for werker in (self.werker, self.sleutelwerker):
            await asyncio.to_thread(werker.close)

    # on the worker threads

    def _put_away(self, winkel: str, werk: Werkbestand) -> None:
        if werk.is_on_disk() or not werk.holds_work():
            werk.close()
        else:
            self._left[winkel] = werk

    def _save_left(self) -> None:
        for winkel, werk in tuple(self._left.items()):
            if werk.is_on_disk():
                werk.close()
                del self._left[winkel]

    def _open_in_memory(self, winkel: str) -> None:
        self._cache = self._new_cache(None, b"")
        self._cache.open()
        self._werk = self._left.pop(winkel, None)
        if self._werk is None:
            self._werk = Werkbestand(None, b"", self._clock)
            self._werk.open()

    def _open_files(self, winkel: str, key: bytes, is_lost: bool) -> None:
        expire_files(self._profile, self._clock(), self.termijnen)
        self._cache = self._new_cache(self._profile / f"{CACHE}{winkel}.db", key)
        try:
            self._cache.open()
        except InUse:
            # The cache can be missed: it is filled again from the backend.
            self._cache = self._new_cache(None, b"")
            self._cache.open()
        if winkel in self._left:
            self._werk = self._left.pop(winkel)
            return
        path = self._profile / f"{WERK}{winkel}.db"
        self._set_emptied_aside(path, winkel)
        self._werk = Werkbestand(path, key, self._clock, self._on_change)
        try:
            self._werk.open()
        except InUse:
            self._reason = IN_USE
            self._werk = Werkbestand(None, b"", self._clock)
            self._werk.open()
        if is_lost and self._werk.bestand.terzijde is not None:
            self._werk.bestand.terzijde = replace(self._werk.bestand.terzijde, reden=Reden.SLEUTEL_WEG)
            write_note(self._profile, self._werk.bestand.terzijde)

    def _set_emptied_aside(self, path: Path, winkel: str) -> None:
        """An empty file is no loss, unless work was kept in it once."""
        with suppress(OSError):
            if path.is_file() and not path.stat().st_size and was_used(self._profile, winkel):
                write_note(self._profile, Terzijde(Reden.BESCHADIGD, move_aside(path, self._clock()).name))

    def _mark_seen(self) -> None:
        for bestand in self._bestanden():
            if bestand.path is not None:
                mark_seen(bestand.path, list(self._terzijde), self._clock())

    def _bestanden(self) -> list[Bestand]:
        return [al.bestand for al in (self._werk, self._cache) if al is not None]

    def _set_aside(self, bestand: Bestand) -> list[Terzijde]:
        """What was set aside of this store and not told before it was opened, this session's own included."""
        op_schijf = [] if bestand.path is None else asides_of(bestand.path)
        nu = [bestand.terzijde] if bestand.terzijde is not None else []
        for terzijde in (*(al for al in op_schijf if al.gezien_op is None), *nu):
            self._terzijde[terzijde.naam] = terzijde
        stam = bestand.path.stem if bestand.path is not None else ""
        return [al for naam, al in self._terzijde.items() if stam and naam.startswith(stam)]

    def _new_cache(self, path: Path | None, key: bytes) -> Cachebestand:
        return Cachebestand(path, key, self._clock, self.termijnen, self._on_change)

    def _compose(self) -> str:
        werk, cache = self._werk, self._cache  # the loop may close them meanwhile
        zinnen = [self._reason] if self._reason else []
        if werk is not None:
            zinnen += about_work(werk, self._set_aside(werk.bestand))
        zinnen += about_elsewhere(self._elders)
        if cache is not None:
            is_told = werk is not None and werk.bestand.buiten is not None
            zinnen += about_cache(cache, self._set_aside(cache.bestand), says_why=not is_told)
        return " ".join(zinnen)

    def _on_change(self) -> None:
        """A store was mended, or left its file, or is back; told on the loop."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._look_again)

    def _look_again(self) -> None:
        if self.is_open:
            was_in_memory, self._was_in_memory = self._was_in_memory, self.is_in_memory
            if was_in_memory and not self._was_in_memory:
                self.returned.emit(None)
            asyncio.wrap_future(self.werker.post(self._compose)).add_done_callback(self._tell)

    def _tell(self, gezegd: asyncio.Future[str]) -> None:
        if self.is_open and gezegd.result() != self.melding:
            self.melding = gezegd.result()
            self.changed.emit(self.melding)
