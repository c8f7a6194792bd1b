"""A real window in a process of its own, so that a journey can end it as a power cut would.

The steps are coroutines of a module of the test, which get the window; the parent names them one by one::

    with window_process("tests.journeys.stappen", url, profile, secret_service) as child:
        await child.do("sign_in")
        child.kill()
"""

from __future__ import annotations

import asyncio
import importlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.harness.backend import ROOT
from tests.harness.venster import Stage, play

PATIENCE = 60.0  # seconds for one step


class Vensterproces:
    """The running child."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    async def do(self, stap: str) -> None:
        """Let the child carry out a step, and wait until it did."""
        async with asyncio.timeout(PATIENCE):
            await asyncio.to_thread(self._ask, stap)

    def kill(self) -> None:
        """No chance to tidy up: SIGKILL."""
        self._process.kill()
        self._process.wait(20)

    def _ask(self, stap: str) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{stap}\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            if line.strip() == f"gedaan {stap}":
                return
        raise AssertionError(f"the window process ended in step {stap}")


@contextmanager
def window_process(steps: str, url: str, profile: Path, environment: Mapping[str, str]) -> Iterator[Vensterproces]:
    """A window at `url` with its store in `profile`; killed at the end, if it was not before."""
    command = [sys.executable, "-m", __name__, steps, url, str(profile)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment, "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        child = Vensterproces(process)
        try:
            yield child
        finally:
            child.kill()


def main(steps: str, url: str, profile: str) -> None:
    """The child: until its parent says nothing any more."""
    known = importlib.import_module(steps)

    async def journey(stage: Stage) -> None:
        seat = await stage.open(url, Path(profile))
        while stap := (await asyncio.to_thread(sys.stdin.readline)).strip():
            await getattr(known, stap)(seat)
            sys.stdout.write(f"gedaan {stap}\n")
            sys.stdout.flush()

    play(QApplication(["kcs-desktop"]), journey, patience=600)


if __name__ == "__main__":
    main(*sys.argv[1:])
