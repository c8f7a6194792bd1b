"""The child process of a seat runs the product's own code, whatever lies in the folder where it was started."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from kcs_desktop.services.ingebed import IngebeddeBackend


@pytest.mark.timeout(100)
async def test_a_module_in_the_current_folder_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path / "downloads"
    elsewhere.mkdir()
    trace = elsewhere / "was hier"
    (elsewhere / "litestar.py").write_text(f"open({str(trace)!r}, 'w').close()\nraise ImportError")
    monkeypatch.chdir(elsewhere)
    ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def failed(melding: str) -> None:
        if not ready.done():
            ready.set_exception(AssertionError(melding))

    backend = IngebeddeBackend(tmp_path / "profiel", lambda url, _geheim: ready.set_result(url), failed)
    backend.start()
    try:
        assert (await ready).startswith("http://127.0.0.1:")
        assert not trace.exists()
    finally:
        await backend.stop()
