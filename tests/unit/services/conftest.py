"""One proefgemeente behind a real server for all tests of the services; each test takes customers of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.harness.backend import BackendProcess, backend_process


@pytest.fixture(scope="session")
def proefdam(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackendProcess]:
    """A real backend process with the proefgemeente, shared by the tests of this folder."""
    directory = tmp_path_factory.mktemp("proefdam")
    database = f"sqlite:///{directory / 'kcs.db'}"
    with backend_process(database, log=directory / "backend.log", proefgemeente=True) as process:
        yield process
