"""A file that comes piece by piece: whole in its place, or nothing of it."""

from __future__ import annotations

import asyncio
import os
import threading
from pathlib import Path

import pytest

from kcs_desktop.services.halfbestand import Halfbestand, half_of


async def _cancelled_while_it_opens(path: Path, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """What lets the disk go on."""
    reached, goes_on, real = threading.Event(), threading.Event(), os.open

    def opening(*args: object, **kwargs: object) -> int:
        reached.set()
        assert goes_on.wait(20)
        return real(*args, **kwargs)  # type: ignore[arg-type]

    async def write() -> None:
        async with Halfbestand(path):
            raise AssertionError("it was cancelled before")

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", opening)
        taak = asyncio.create_task(write())
        assert await asyncio.to_thread(reached.wait, 20)
    taak.cancel()
    await asyncio.gather(taak, return_exceptions=True)
    assert taak.cancelled()
    return goes_on


def _threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("kcs-bestand")]


def _in(folder: Path) -> dict[str, bytes]:
    return {al.name: al.read_bytes() for al in folder.iterdir()}


async def test_what_was_cancelled_while_it_was_opened_is_gone_when_its_thread_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = await _cancelled_while_it_opens(tmp_path / "brief.pdf", monkeypatch)
    threads = _threads()
    assert threads
    goes_on.set()
    for thread in threads:
        await asyncio.to_thread(thread.join, 20)
        assert not thread.is_alive()
    assert _in(tmp_path) == {}


async def test_the_next_in_the_same_place_begins_when_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "brief.pdf"
    goes_on = await _cancelled_while_it_opens(path, monkeypatch)

    async def write() -> None:
        async with Halfbestand(path) as half:
            await half.write(b"geachte")
            await half.keep()

    taak = asyncio.create_task(write())
    goes_on.set()
    await taak
    assert _in(tmp_path) == {"brief.pdf": b"geachte"}


async def test_what_stood_there_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(b"van eerder")
    half_of(path).write_bytes(b"van een venster dat werd gestopt")
    async with Halfbestand(path) as half:
        await half.write(b"half")
    assert _in(tmp_path) == {"brief.pdf": b"van eerder"}
    with pytest.raises(FileNotFoundError):
        async with Halfbestand(tmp_path / "geen-map" / "brief.pdf"):
            pass
