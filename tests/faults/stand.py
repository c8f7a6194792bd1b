"""What all rounds of a run share: filled databases to copy, and a PostgreSQL that may be restarted."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from kcs_desktop.backend import proefgemeente
from kcs_desktop.backend.db.migratie import migrate
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.zoeken.projection import rebuild_when_behind
from tests.faults.reading import Sources, read_registers
from tests.faults.registers import Registers
from tests.harness.postgres import Cluster, running_cluster

_TEMPLATE = "proefdam"
# A crash must lose nothing that was committed, as in production; the machine itself does not fail.
_SAFE = {"synchronous_commit": "on", "full_page_writes": "on"}


class SharedStand:
    """Implements `trial.Stand`. PostgreSQL starts at the first round that needs it."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._stack = stack
        self._cluster: Cluster | None = None
        self.template = folder / "proefdam.db"
        _fill(f"sqlite:///{self.template}")
        self._before = read_registers(Sources(f"sqlite:///{self.template}"))
        self._before_postgres: Registers | None = None

    def sqlite(self, folder: Path) -> str:
        """A filled database in this folder."""
        shutil.copy(self.template, folder / "kcs.db")
        return f"sqlite:///{folder / 'kcs.db'}"

    def postgres(self) -> str:
        """A filled database of its own."""
        cluster = self._running()
        name = f"ronde_{uuid.uuid4().hex}"
        cluster.create(name, _TEMPLATE)
        return cluster.url(name)

    def before(self, url: str) -> Registers:
        """What a fresh database holds."""
        if url.startswith("sqlite"):
            return self._before
        if self._before_postgres is None:
            self._before_postgres = read_registers(Sources(self._running().url(_TEMPLATE)))
        return self._before_postgres

    async def restart_postgres(self, *, at_once: bool) -> None:
        """Stop it (`at_once`: as if it crashed) and start it again on the same data and port."""
        await asyncio.to_thread(self._running().restart, at_once=at_once)

    def _running(self) -> Cluster:
        if self._cluster is None:
            self._cluster = self._stack.enter_context(running_cluster(**_SAFE))
            self._cluster.admin(f"CREATE DATABASE {_TEMPLATE}")
            _fill(self._cluster.url(_TEMPLATE))
        return self._cluster


def _fill(url: str) -> None:
    migrate(url)

    async def fill() -> None:
        db = Database(url)
        try:
            await proefgemeente.fill(db)
            await rebuild_when_behind(db)
        finally:
            await db.close()

    asyncio.run(fill())


@contextmanager
def shared_stand() -> Iterator[SharedStand]:
    """Everything ends with the block."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kcs-storing-")))
        yield SharedStand(folder, stack)
