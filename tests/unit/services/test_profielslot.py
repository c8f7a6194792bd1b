"""One window at a time on a profile: asked politely, taken over from a dead one, ended when it does not respond."""

from __future__ import annotations

import asyncio
import errno
import os
import platform
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from kcs_desktop.services.profielslot import LOCK, Overname, Profielslot
from tests.harness.backend import ROOT
from tests.harness.kleine_schijf import small_disk

HOLDER = """
import asyncio, pathlib, sys
from kcs_desktop.services.profielslot import Profielslot

async def main():
    slot = Profielslot(pathlib.Path(sys.argv[1]))
    assert slot.take()
    print("heeft", flush=True)
    await slot.asked()
    slot.release()
    print("losgelaten", flush=True)
    sys.stdin.readline()

asyncio.run(main())
"""


@asynccontextmanager
async def _other(profile: Path) -> AsyncIterator[Process]:
    """Another process that holds the profile."""
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, str(profile), cwd=ROOT, stdout=pipe, stdin=pipe
    )
    try:
        assert child.stdout is not None
        assert (await child.stdout.readline()).strip() == b"heeft"
        yield child
    finally:
        if child.returncode is None:
            child.kill()
        await child.communicate()


async def test_a_window_that_works_lets_go_when_asked(tmp_path: Path) -> None:
    slot = Profielslot(tmp_path)
    async with _other(tmp_path) as other:
        assert not slot.take()
        assert await slot.ask() is Overname.GEKREGEN
        assert other.stdout is not None
        assert (await other.stdout.readline()).strip() == b"losgelaten"
        third = Profielslot(tmp_path)
        assert not third.take()
        slot.release()
        assert third.take()
        third.release()


def _refuses(*_: object) -> None:
    raise OSError(errno.ENOLCK, "No locks available")


async def test_a_network_disk_without_the_one_kind_of_lock_is_guarded_by_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kcs_desktop.cache.besturingssysteem.fcntl.flock", _refuses)
    slot = Profielslot(tmp_path)
    assert slot.take()
    probe = "import sys, pathlib, fcntl; f = open(sys.argv[1], 'r+b'); fcntl.lockf(f, fcntl.LOCK_EX | fcntl.LOCK_NB)"
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", probe, str(tmp_path / LOCK), stderr=asyncio.subprocess.DEVNULL
    )
    assert await child.wait() == 1, "another process cannot have it too"
    slot.release()
    assert slot.take()
    slot.release()


def test_a_disk_without_any_lock_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kcs_desktop.cache.besturingssysteem.fcntl.flock", _refuses)
    monkeypatch.setattr("kcs_desktop.cache.besturingssysteem.fcntl.lockf", _refuses)
    slot = Profielslot(tmp_path)
    assert slot.take()
    slot.release()
    assert slot.take()


async def test_a_killed_window_holds_nothing(tmp_path: Path) -> None:
    async with _other(tmp_path) as other:
        other.kill()
        await other.wait()
        slot = Profielslot(tmp_path)
        assert slot.take()
        slot.release()


async def test_a_window_that_hangs_is_told_and_can_be_ended(tmp_path: Path) -> None:
    slot = Profielslot(tmp_path, heard_within=0.5)
    async with _other(tmp_path) as other:
        os.kill(other.pid, signal.SIGSTOP)
        assert await slot.ask() is Overname.HANGT
        assert slot.can_end_other()
        assert await slot.end_other()
        assert await other.wait() == -signal.SIGKILL
        slot.release()


async def test_a_window_that_heard_but_takes_long_is_not_called_hanging(tmp_path: Path) -> None:
    holder = Profielslot(tmp_path)
    assert holder.take()
    slot = Profielslot(tmp_path, heard_within=0.5, saved_within=1.0)
    heard, outcome = await asyncio.gather(holder.asked(), slot.ask())
    assert heard is None
    assert outcome is Overname.BEZIG
    holder.release()


async def test_a_window_on_another_computer_is_never_ended(tmp_path: Path) -> None:
    slot = Profielslot(tmp_path, heard_within=0.3)
    async with _other(tmp_path) as other:
        (tmp_path / LOCK).write_text(f'{{"proces": {other.pid}, "computer": "elders"}}')
        assert not slot.can_end_other()
        assert not await slot.end_other()
        assert other.returncode is None


def test_a_folder_that_cannot_be_written_needs_no_lock(tmp_path: Path) -> None:
    with small_disk(tmp_path / "schijf") as schijf:
        schijf.make_read_only()
        assert Profielslot(schijf.path).take()
        assert Profielslot(schijf.path).take()


async def test_a_disk_that_gives_errors_asks_for_nothing(tmp_path: Path) -> None:
    asked = asyncio.ensure_future(Profielslot(tmp_path / ("x" * 300)).asked())
    for _ in range(3):
        await asyncio.sleep(0)
    assert not asked.done()
    asked.cancel()


def test_a_number_that_means_many_processes_ends_none(tmp_path: Path) -> None:
    for number in (-1, 0, 1):
        (tmp_path / LOCK).write_text(f'{{"proces": {number}, "computer": "{platform.node()}"}}')
        assert not Profielslot(tmp_path).can_end_other()
