"""The proefgemeente in a database, made once per process for each moment and copied: filling one takes seconds."""

from __future__ import annotations

import asyncio
import atexit
import shutil
import tempfile
import threading
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

from kcs_desktop.backend.db.migratie import migrate
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.proefgemeente import fill
from tests.harness.backend import running_backend


@cache
def proefdam_file(now: datetime | None = None) -> Path:
    """A SQLite file with the proefgemeente as of `now` (None: as of today)."""
    folder = tempfile.mkdtemp(prefix="proefdam-sjabloon-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "register.db"
    url = f"sqlite:///{path}"
    migrate(url)
    filled(url, now)
    return path


def copy_proefdam(to: Path, now: datetime | None = None) -> str:
    """The url of a SQLite database of one's own with it."""
    shutil.copy(proefdam_file(now), to)
    return f"sqlite:///{to}"


def filled(url: str, now: datetime | None = None) -> None:
    """Put the proefgemeente in an empty database with the schema."""

    async def make() -> None:
        db = Database(url, **({"clock": lambda: now} if now else {}))
        try:
            async with running_backend(db, cast(Any, None)):
                await fill(db)
        finally:
            await db.close()

    thread = threading.Thread(target=lambda: asyncio.run(make()))
    thread.start()  # a loop may be running in this one
    thread.join()
