"""The embedded backend: a child process on this machine that lives as long as the seat.

The one-time secret goes over its stdin and never on its command line. It tells its port on stdout, and ends by itself
when its stdin closes, so that it does not outlive a seat that was killed. One thread waits on the child's output; that
works the same under every event loop.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from kcs_desktop.services.zitplaatsbestand import NO_LINK

STOP_WAIT = 8.0  # seconds to end by itself
RESTARTS = 5  # in a row, without having been ready in between; from then on it is said each time
_PAUSE = 0.5  # seconds, doubled at each of those


class _Gereed(msgspec.Struct, frozen=True):
    poort: int


class IngebeddeBackend:
    """`on_ready(url, secret)` at each start, `on_ended()` when it ended by itself: another may listen at that address
    now; `on_failed(melding)` each time that it did not start again. All on the event loop."""

    def __init__(
        self,
        profile: Path,
        on_ready: Callable[[str, str], None],
        on_ended: Callable[[], None],
        on_failed: Callable[[str], None],
    ) -> None:
        self._profile = profile
        self._on_ready = on_ready
        self._on_ended = on_ended
        self._on_failed = on_failed
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._stopping = False
        self._tries = 0
        self._ended = asyncio.Event()
        self._restart: asyncio.TimerHandle | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the child; returns at once."""
        self._restart = None
        self._ended.clear()
        try:
            self._process = self._spawn()
        except OSError as fout:
            self._on_failed(f"De ingebouwde server kan niet starten: {fout.strerror or 'onbekende oorzaak'}.")
            self._ended.set()
            return
        geheim = secrets.token_urlsafe(32)
        stdin = self._process.stdin
        if stdin is not None:
            try:
                stdin.write(msgspec.json.encode({"geheim": geheim}) + b"\n")
                stdin.flush()
            except BrokenPipeError:
                pass  # it ended already; the thread tells
        loop = asyncio.get_running_loop()
        self._thread = threading.Thread(
            target=self._attend, args=(self._process, geheim, loop), name="kcs-ingebed", daemon=True
        )
        self._thread.start()

    async def stop(self) -> None:
        """End the child and wait for it."""
        self._stopping = True
        if self._restart is not None:
            self._restart.cancel()
            self._restart = None
        process = self._process
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        for end in (process.terminate, process.kill):
            try:
                async with asyncio.timeout(STOP_WAIT):
                    await self._ended.wait()
                break
            except TimeoutError:
                end()
        await self._ended.wait()
        if self._thread is not None:
            self._thread.join()
        self._process = None

    def _spawn(self) -> subprocess.Popen[bytes]:
        self._profile.mkdir(parents=True, exist_ok=True, mode=0o700)
        database = f"sqlite:///{self._profile / 'proefgemeente.db'}"
        # -P: never a module out of the folder that the seat happens to be started in.
        command = [sys.executable, "-P", "-m", "kcs_desktop.backend", "serve", "--ingebed"]
        command += ["--database", database, "--proefgemeente"]
        greep = os.open(self._profile / "backend.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND | NO_LINK, 0o600)
        with os.fdopen(greep, "ab") as log:
            return subprocess.Popen(  # noqa: S603 -- our own interpreter and module
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, close_fds=True
            )

    def _attend(self, process: subprocess.Popen[bytes], geheim: str, loop: asyncio.AbstractEventLoop) -> None:
        """On its own thread: one readiness line, then the end of the output, then the end of the process."""
        try:
            with suppress(BrokenPipeError), process:  # of what it ended without reading
                if process.stdout is not None:
                    for regel in process.stdout:
                        poort = _parse_ready(regel)
                        if poort:
                            loop.call_soon_threadsafe(self._ready, poort, geheim)
                process.wait()
        finally:
            loop.call_soon_threadsafe(self._has_ended)

    def _ready(self, poort: int, geheim: str) -> None:
        self._tries = 0
        if not self._stopping:
            self._on_ready(f"http://127.0.0.1:{poort}", geheim)

    def _has_ended(self) -> None:
        self._ended.set()
        if self._stopping:
            return
        self._on_ended()
        self._tries += 1
        if self._tries > RESTARTS:
            self._on_failed(f"De ingebouwde server stopt steeds. Waarom, staat in {self._profile / 'backend.log'}.")
        pause = _PAUSE * 2 ** min(self._tries - 1, RESTARTS)
        self._restart = asyncio.get_running_loop().call_later(pause, self.start)


def _parse_ready(regel: bytes) -> int:
    try:
        return msgspec.json.decode(regel, type=_Gereed).poort
    except (msgspec.DecodeError, UnicodeDecodeError):
        return 0
