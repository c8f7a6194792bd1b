"""The backend as a real process: starts, answers, keeps quiet, stops."""

from __future__ import annotations

from pathlib import Path

import httpx

from tests.harness.backend import backend_process


def test_it_serves_and_stops_by_itself(database_url: str, tmp_path: Path) -> None:
    with backend_process(database_url, log=tmp_path / "log") as process:
        health = httpx.get(f"{process.url}/health").json()
        assert health["status"] == "ok"
        assert health["registers"]["brp"] == "embedded"
        assert process.stop() == 0
        assert process.log_text() == ""
