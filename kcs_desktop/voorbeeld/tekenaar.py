"""Starts the child that draws, asks it for pages, and ends it when it takes too long or too much.

Its pipes are read and written on a thread of its own; that works the same under every event loop.
"""

from __future__ import annotations

import asyncio
import os
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import msgspec

from kcs_desktop.domain.errors import UserError
from kcs_desktop.domain.voorbeeld import Blad

Tekensoort = Literal["pdf", "beeld"]

SECONDS = 15.0  # until an answer; the child's own limit is in processor time
MAX_PIXELS = 16_000_000  # of a page; more than the child may send
_CHILD = Path(__file__).with_name("kind.py")
_ADVIES = "Sla het bestand op als u het nodig hebt, of vraag de klant om een ander bestand."
_MELDINGEN = {
    "wachtwoord": "Dit bestand is met een wachtwoord beveiligd en kan hier niet worden getoond.",
    "kapot": "Dit bestand is beschadigd of anders dan het lijkt, en kan hier niet worden getoond.",
    "te-groot": "Dit bestand is te groot om hier te tonen.",
    "geen-blad": "Deze bladzijde is er niet.",
}
_ENDED = "Dit bestand kan hier niet worden getoond: het tekenen ervan is gestopt."
_TOO_LATE = "Dit bestand kan hier niet worden getoond: het tekenen duurt te lang."


class _Antwoord(msgspec.Struct, frozen=True):
    omvang: int
    fout: str = ""
    bladen: int = 0
    breedte: int = 0
    hoogte: int = 0


def _environment() -> dict[str, str]:
    """Nothing of the seat's; Windows does not start a program without its own folder."""
    return {naam: os.environ[naam] for naam in ("SYSTEMROOT",) if naam in os.environ}


class Tekenaar:
    """One document in one child. `close` must be called; the seat goes on whatever becomes of the child."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self.bladen = 0
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = self._is_closed = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kcs-voorbeeld")
        self._turn = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    async def open(self, soort: Tekensoort, inhoud: bytes) -> None:
        """Hand the document over. Raises UserError in Dutch where it cannot be drawn."""
        antwoord, _ = await self._ask({"open": soort, "omvang": len(inhoud)}, inhoud)
        self.bladen = antwoord.bladen

    async def page(self, blad: int, breedte: int) -> Blad:
        """Page `blad`, from 0, at this width in pixels or less where it would become too large."""
        antwoord, rgb = await self._ask({"blad": blad, "breedte": breedte})
        if len(rgb) != antwoord.breedte * antwoord.hoogte * 3:
            raise UserError(_ENDED, code="voorbeeld", advice=_ADVIES)
        return Blad(antwoord.breedte, antwoord.hoogte, rgb)

    async def close(self) -> None:
        """End the child; nothing of the document stays."""
        self._kill()
        async with self._turn:
            if not self._is_closed:  # behind a child that is still being started
                await asyncio.wrap_future(self._thread.submit(self._reap))
            self._is_closed = True
        self._thread.shutdown(wait=False)

    async def _ask(self, asked: dict[str, Any], inhoud: bytes = b"") -> tuple[_Antwoord, bytes]:
        async with self._turn:
            werk = self._thread.submit(self._exchange, asked, inhoud)
            try:
                async with asyncio.timeout(self._seconds):
                    antwoord, rgb = await asyncio.wrap_future(werk)
            except TimeoutError:
                self._kill()
                raise UserError(_TOO_LATE, code="voorbeeld", advice=_ADVIES) from None
            except asyncio.CancelledError:
                self._kill()  # who asked went away, and so does what was asked
                raise
            except (OSError, EOFError, ValueError, msgspec.MsgspecError) as error:
                self._kill()
                raise UserError(_ENDED, code="voorbeeld", advice=_ADVIES) from error
        if antwoord.fout:
            raise UserError(_MELDINGEN.get(antwoord.fout, _ENDED), code=f"voorbeeld-{antwoord.fout}", advice=_ADVIES)
        return antwoord, rgb

    def _exchange(self, asked: dict[str, Any], inhoud: bytes) -> tuple[_Antwoord, bytes]:
        """On the thread: one request, one answer."""
        if self._process is None:
            self._process = self._spawn()
            if self._is_over:  # ended before there was anything to end
                raise EOFError
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise EOFError
        encoded = msgspec.json.encode(asked)
        stdin.write(struct.pack(">I", len(encoded)) + encoded)
        stdin.write(inhoud)
        stdin.flush()
        (length,) = struct.unpack(">I", _exactly(stdout.read(4), 4))
        if length > 4096:
            raise ValueError(length)
        antwoord = msgspec.json.decode(_exactly(stdout.read(length), length), type=_Antwoord)
        if not 0 <= antwoord.omvang <= MAX_PIXELS * 3:
            raise ValueError(antwoord.omvang)
        return antwoord, _exactly(stdout.read(antwoord.omvang), antwoord.omvang)

    def _spawn(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 -- our own interpreter and file
            [sys.executable, "-I", str(_CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            close_fds=True,
            cwd=os.sep,
            env=_environment(),
            start_new_session=True,  # a key that ends the seat's group is not for it
        )

    def _reap(self) -> None:
        """On the thread."""
        if self._process is not None:
            _reap(self._process)
            self._process = None

    def _kill(self) -> None:
        self._is_over = True
        if self._process is not None:
            self._process.kill()


def _exactly(data: bytes, length: int) -> bytes:
    if len(data) != length:
        raise EOFError
    return data


def _reap(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):  # what was not written to a child that is gone
                pipe.close()
    process.wait()
