"""One window at a time on a profile: a lock that ends with its process, and a note that asks the other to let go.

The system drops the lock of a process that was killed, so that a dead window never blocks. A window that asks writes a
note; one that works takes the note away, saves, and lets go. A note that stays means that the other does not respond.
"""

from __future__ import annotations

import asyncio
import os
import platform
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec

from kcs_desktop.cache.besturingssysteem import end_process, lock_file
from kcs_desktop.services.zitplaatsbestand import NO_LINK

LOCK, NOTE = "venster.slot", "venster.vraag"
LOOK_EVERY = 0.25  # seconds between looks for a note, and between tries for the lock
HEARD_WITHIN = 4.0  # seconds in which a window that works takes the note away
SAVED_WITHIN = 60.0  # seconds in which it has saved and let go after that


class Overname(StrEnum):
    """What became of asking: ours, no response, or it is busy saving and takes long."""

    GEKREGEN = "gekregen"
    HANGT = "hangt"
    BEZIG = "bezig"


class Houder(msgspec.Struct, frozen=True):
    """Who holds the profile, as it wrote in the lock."""

    proces: Annotated[int, msgspec.Meta(gt=1)]  # to a system call, anything lower means many processes at once
    computer: str


class Profielslot:
    """The lock of one profile, for one window."""

    def __init__(
        self, profile: Path, *, heard_within: float = HEARD_WITHIN, saved_within: float = SAVED_WITHIN
    ) -> None:
        self._profile = profile
        self._heard_within = heard_within
        self._saved_within = saved_within
        self._greep: int | None = None

    def take(self) -> bool:
        """Ours when nobody has it, also on a folder that cannot be written or a disk without locks.

        There is nothing to share then: stores do not open there either, work stays in memory and the window says so.
        """
        if self._greep is not None:
            return True
        try:
            self._profile.mkdir(parents=True, exist_ok=True, mode=0o700)
            greep = os.open(self._profile / LOCK, os.O_RDWR | os.O_CREAT | NO_LINK, 0o600)
        except OSError:
            return True
        try:
            is_free = lock_file(greep)
        except OSError:
            os.close(greep)
            return True
        if not is_free:
            os.close(greep)
            return False
        self._greep = greep
        with suppress(OSError):
            os.ftruncate(greep, 0)
            os.lseek(greep, 0, os.SEEK_SET)
            os.write(greep, msgspec.json.encode(Houder(os.getpid(), platform.node())))
        self._take_note_away()
        return True

    def release(self) -> None:
        if self._greep is not None:
            os.close(self._greep)
            self._greep = None

    async def asked(self) -> None:
        """Returns when another window asks for the profile; the note is gone then, which tells it that we work."""
        while not self._is_asked():  # noqa: ASYNC110 -- another process writes it
            await asyncio.sleep(LOOK_EVERY)
        self._take_note_away()

    async def ask(self) -> Overname:
        """Ask the other window to let go, and wait for it."""
        note = self._profile / NOTE
        with suppress(OSError):
            note.touch(mode=0o600)
        loop = asyncio.get_running_loop()
        begonnen = loop.time()
        while not self.take():
            duur = loop.time() - begonnen
            if self._is_asked() and duur > self._heard_within:
                self._take_note_away()
                return Overname.HANGT
            if duur > self._saved_within:
                return Overname.BEZIG
            await asyncio.sleep(LOOK_EVERY)
        return Overname.GEKREGEN

    def can_end_other(self) -> bool:
        """Whether the other window runs on this computer, so that it can be ended from here."""
        houder = self._houder()
        return houder is not None and houder.computer == platform.node()

    async def end_other(self) -> bool:
        """End the process that holds the profile and take over; False when that did not work."""
        houder = self._houder()
        if houder is not None and self.can_end_other() and not self.take():
            with suppress(OSError):
                end_process(houder.proces)
        try:
            async with asyncio.timeout(self._heard_within):
                while not self.take():  # noqa: ASYNC110 -- another process lets go of it
                    await asyncio.sleep(LOOK_EVERY)
        except TimeoutError:
            return False
        return True

    def _is_asked(self) -> bool:
        """A disk with errors asks for nothing: letting go then would lose what it cannot save."""
        try:
            return (self._profile / NOTE).exists()
        except OSError:
            return False

    def _houder(self) -> Houder | None:
        try:
            return msgspec.json.decode((self._profile / LOCK).read_bytes(), type=Houder)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return None

    def _take_note_away(self) -> None:
        with suppress(OSError):
            (self._profile / NOTE).unlink(missing_ok=True)
