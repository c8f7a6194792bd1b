"""The child process of a seat runs the product's own code, whatever lies in the folder where it was started."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kcs_desktop.domain.errors import NeverSent
from kcs_desktop.domain.verbinding import Verbinding
from kcs_desktop.domain.wachtrij import Wachtstand
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services import ingebed
from kcs_desktop.services.ingebed import IngebeddeBackend
from kcs_desktop.services.seat import open_seat
from tests.harness.luisteraar import listening
from tests.harness.zitplaats import find, finish_contact, outcome, running_seat, until


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

    backend = IngebeddeBackend(tmp_path / "profiel", lambda url, _geheim: ready.set_result(url), lambda: None, failed)
    backend.start()
    try:
        assert (await ready).startswith("http://127.0.0.1:")
        assert not trace.exists()
    finally:
        await backend.stop()


@pytest.mark.timeout(100)
async def test_one_that_keeps_ending_is_told_and_tried_again_until_it_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingebed, "_PAUSE", 0.001)
    python = sys.executable
    monkeypatch.setattr(sys, "executable", "/bin/false")
    ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    told: list[str] = []

    def failed(melding: str) -> None:
        told.append(melding)
        if len(told) == 2:
            monkeypatch.setattr(sys, "executable", python)

    backend = IngebeddeBackend(tmp_path / "profiel", lambda url, _geheim: ready.set_result(url), lambda: None, failed)
    backend.start()
    try:
        assert (await ready).startswith("http://127.0.0.1:")
        assert len(told) == 2
        assert "backend.log" in told[0]
    finally:
        await backend.stop()


@pytest.mark.timeout(100)
async def test_of_one_that_keeps_ending_who_asks_hears_where_the_reason_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingebed, "_PAUSE", 0.001)
    seat = open_seat(tmp_path, backend="", sleutelbos=Geheugenbos())
    told: list[BaseException] = []
    seat.failed.connect(told.append)
    await seat.start()
    try:
        await until(seat.verbinding_changed, lambda: seat.verbinding is Verbinding.AFGEMELD)
        assert seat._ingebed is not None
        assert seat._ingebed.pid is not None
        python = sys.executable
        monkeypatch.setattr(sys, "executable", "/bin/false")
        os.kill(seat._ingebed.pid, signal.SIGKILL)
        await until(seat.failed, lambda: bool(told))
        with pytest.raises(NeverSent, match=r"backend\.log"):
            await seat._client.call("GET", "/health")
        monkeypatch.setattr(sys, "executable", python)
        await until(seat.verbinding_changed, lambda: bool(seat._client.address))
    finally:
        await seat.close()


@pytest.mark.timeout(100)
async def test_who_comes_to_listen_where_the_backend_was_hears_nothing(tmp_path: Path) -> None:
    heard: list[bytes] = []

    async def hear(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n"))

    async with running_seat(tmp_path, "", account="snelbalie") as seat:
        await until(seat.verbinding_changed, lambda: seat.verbinding is Verbinding.VERBONDEN)
        klant = await find(seat, "999900031")
        assert seat._ingebed is not None
        assert seat._ingebed.pid is not None
        port = urlsplit(seat._client.address).port
        os.kill(seat._ingebed.pid, signal.SIGKILL)
        await seat._ingebed._ended.wait()
        async with listening(hear, port=port or 0):
            assert (await outcome(seat, finish_contact(seat, klant, "Na de val"))).stand is Wachtstand.GESLAAGD
    assert heard == []
