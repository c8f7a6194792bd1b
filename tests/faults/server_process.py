"""The backend of a round: `kcs-backend serve` on a port that stays the same over its deaths."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx

from kcs_desktop.backend import __main__ as entry
from tests.faults.children import ROOT, Child
from tests.harness.postgres import free_port

WAIT = 60.0  # seconds for the first answer


def run_backend(arguments: list[str], settings: dict[str, str]) -> None:
    """The command line, in a forked child."""
    os.environ.update(settings)
    sys.argv = ["kcs-backend", *arguments]
    entry.main()


class Server:
    """Start, kill and stop it as often as a fault asks. Several workers import for themselves."""

    def __init__(self, database: str, log: Path, *, workers: int = 1, settings: dict[str, str] | None = None) -> None:
        """`settings` are variables of its environment beside the address of its database."""
        self.database = database
        self.settings = settings or {}
        self.port = free_port()
        self.log = log
        self.workers = workers
        self._child: Child | None = None
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Returns when /health answers. Raises AssertionError when it does not come up."""
        arguments = ["serve", "--proefgemeente", "--database", self.database, "--port", str(self.port)]
        if self.workers == 1:
            self._child = Child(run_backend, arguments, self.settings, log=self.log)
        else:
            self._start_many(arguments)
        deadline = time.monotonic() + WAIT
        async with httpx.AsyncClient(timeout=2) as client:
            while True:
                try:
                    if (await client.get(f"http://127.0.0.1:{self.port}/health")).status_code == 200:
                        return
                except httpx.TransportError:
                    pass
                if not self.is_alive or time.monotonic() > deadline:
                    raise AssertionError(f"the backend did not start: {self.log.read_text('utf-8', 'replace')[-2000:]}")
                await asyncio.sleep(0.02)

    def _start_many(self, arguments: list[str]) -> None:
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "kcs_desktop.backend", *arguments, "--workers", str(self.workers)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=ROOT,
                env=os.environ | self.settings,
            )

    @property
    def is_alive(self) -> bool:
        if self._child is not None:
            return self._child.is_alive
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """A power cut, for all its processes."""
        if self._child is not None:
            self._child.kill()
        if self._process is not None and self._process.poll() is None:
            for worker in worker_pids(self._process.pid):
                os.kill(worker, signal.SIGKILL)
            self._process.kill()
            self._process.wait(20)

    def kill_one_worker(self, index: int) -> None:
        """One of several dies; the others go on and it is replaced."""
        assert self._process is not None
        pids = worker_pids(self._process.pid)
        if pids:
            os.kill(pids[index % len(pids)], signal.SIGKILL)

    async def stop(self) -> None:
        """Ask it to end, as systemd does. Raises AssertionError when it must be killed."""
        if self._child is not None and self._child.is_alive:
            self._child.terminate()
            if not await self._child.ended(30):
                self._child.kill()
                raise AssertionError(f"the backend did not stop: {self.log.read_text('utf-8', 'replace')[-2000:]}")
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                await asyncio.to_thread(self._process.wait, 40)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError("the backend did not stop by itself") from None


def worker_pids(parent: int) -> list[int]:
    """The children of this process that serve (a resource tracker of Python is no worker)."""
    found = []
    for name in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
        try:
            command = Path(f"/proc/{name}/cmdline").read_bytes()
        except OSError:
            continue
        if b"spawn_main" in command:
            found.append(int(name))
    return found
