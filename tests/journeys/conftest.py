"""The backend that journeys work on: a real process with the proefgemeente."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.backend import BackendProcess, backend_process


@pytest.fixture
def proefdam(tmp_path: Path) -> Iterator[BackendProcess]:
    """A fresh proefgemeente on SQLite behind a real server."""
    database = f"sqlite:///{tmp_path / 'proefdam.db'}"
    with backend_process(database, log=tmp_path / "backend.log", proefgemeente=True) as process:
        yield process
