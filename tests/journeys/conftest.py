"""The backend that journeys work on: a real process with the proefgemeente."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doubles.openzaak import running_open_zaak
from tests.harness.backend import BackendProcess, backend_process


@pytest.fixture
def proefdam(tmp_path: Path) -> Iterator[BackendProcess]:
    """A fresh proefgemeente on SQLite behind a real server."""
    database = f"sqlite:///{tmp_path / 'proefdam.db'}"
    with backend_process(database, log=tmp_path / "backend.log", proefgemeente=True) as process:
        yield process


@pytest.fixture(params=["embedded", "upstream"])
def proefdam_met_zaken(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[BackendProcess]:
    """The same, in turn with its own zaken and with those of a double of Open Zaak."""
    if request.param == "embedded":
        yield request.getfixturevalue("proefdam")
        return
    database = f"sqlite:///{tmp_path / 'proefdam.db'}"
    with (
        running_open_zaak() as open_zaak,
        backend_process(
            database, log=tmp_path / "backend.log", proefgemeente=True, environment=open_zaak.environment()
        ) as process,
    ):
        yield process
        assert open_zaak.count("GET", "/zaken/api/v1/zaken") > 0, "the zaken came from there"
        assert {one.claims["user_id"] for one in open_zaak.asked if one.claims} == {"snelbalie"}
