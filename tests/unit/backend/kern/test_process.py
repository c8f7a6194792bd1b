"""The backend as a real process: starts, answers, keeps quiet, stops."""

from __future__ import annotations

import json
from pathlib import Path

import httpx

from tests.harness.backend import backend_process


def test_it_serves_and_stops_by_itself(database_url: str, tmp_path: Path) -> None:
    with backend_process(database_url, log=tmp_path / "log") as process:
        health = httpx.get(f"{process.url}/health").json()
        assert health["status"] == "ok"
        assert health["registers"]["brp"] == "embedded"
        assert process.stop() == 0
        lines = [json.loads(line)["event"] for line in process.log_text().splitlines()]
        assert lines == ["server.started", "server.stopped"]  # a read is only counted


def test_the_database_is_for_the_account_of_the_server_only(tmp_path: Path) -> None:
    path = tmp_path / "nieuw.db"
    with backend_process(f"sqlite:///{path}", log=tmp_path / "log", proefgemeente=True):
        made = [path, *tmp_path.glob("nieuw.db-*")]
        assert len(made) > 1  # the journals hold what the database holds
        assert [file.name for file in made if file.stat().st_mode & 0o077] == []
