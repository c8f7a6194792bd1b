"""Real processes without their start-up: forked from one parent that has imported everything already.

A backend and a seat take seconds to import; a round starts several of each. What runs in them is the product's own
entry (`kcs-backend …`, the seat's services), in a process of its own that can be killed at any moment.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PRELOADED = ["tests.faults.preload"]


def context() -> ForkServerContext:
    """The one parent of all children; made at the first use."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(PRELOADED)
    # The parent finds the packages by this alone.
    os.environ["PYTHONPATH"] = str(ROOT)
    return made


class Child:
    """A running process. Its output is in the file `log`."""

    def __init__(self, target: Callable[..., None], *arguments: Any, log: Path) -> None:
        self.log = log
        self._process = context().Process(target=_begin, args=(target, arguments, str(log)), daemon=True)
        self._process.start()

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    @property
    def exit_code(self) -> int | None:
        return self._process.exitcode

    def kill(self) -> None:
        """As a power cut: no chance to tidy up."""
        self._process.kill()
        self._process.join(20)

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    async def ended(self, limit: float) -> bool:
        """Wait for its end; False when it did not end in time."""
        deadline = time.monotonic() + limit
        while self._process.is_alive():
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(0.01)
        self._process.join()
        return True


def _begin(target: Callable[..., None], arguments: tuple[Any, ...], log: str) -> None:
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(output, stream)
    target(*arguments)
    sys.stdout.flush()
