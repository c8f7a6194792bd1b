"""A backend of its own with the proefgemeente, and the administrator's command line."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.harness.backend import ROOT, BackendProcess, backend_process


class Administered:
    """What a test that withdraws or blocks an account must not share."""

    def __init__(self, process: BackendProcess, database: str) -> None:
        self.url = process.url
        self._database = database

    async def account(self, *words: str) -> None:
        """`kcs-backend account` with these arguments, on the database of this backend."""
        command = [sys.executable, "-m", "kcs_desktop.backend", "account", "--database", self._database, *words]
        await asyncio.to_thread(subprocess.run, command, cwd=ROOT, check=True, capture_output=True)


@contextmanager
def administered(folder: Path) -> Iterator[Administered]:
    """Until the block ends; the database is in `folder`."""
    database = f"sqlite:///{folder / 'kcs.db'}"
    with backend_process(database, log=folder / "backend.log", proefgemeente=True) as process:
        yield Administered(process, database)
