"""Two windows on one profile, as two real processes: the second says so and takes over, and nothing typed is lost."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.harness.backend import ROOT, BackendProcess
from tests.harness.venster import Stage, Venster, play

TYPED = "Getypt in het eerste venster"
CHILD = f"""
import asyncio, pathlib, sys
from PySide6.QtWidgets import QApplication
from tests.harness.venster import Stage, play

async def journey(stage):
    seat = await stage.open(sys.argv[1], pathlib.Path(sys.argv[2]))
    await seat.sign_in("snelbalie", "balie-1", "snelbalie")
    seat.press("Ctrl+N")
    seat.write("{TYPED}")
    await seat.until(lambda: seat.seat.contacten.active.vraag.notitie == "{TYPED}", "the note")
    await seat.seat.contacten.flush()
    print("getypt", flush=True)
    await seat.reads("Een ander venster van KCS Desktop heeft uw werk overgenomen.", 80)
    print("overgenomen", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    seat.click(seat.button("Toch hier verder werken"))
    await seat.until(lambda: seat.composition.frame is not None, "the work taken back")
    print([contact.vraag.notitie for contact in seat.seat.contacten.open], flush=True)

play(QApplication([]), journey)
"""


@asynccontextmanager
async def _first_window(backend: str, profile: Path) -> AsyncIterator[Process]:
    """A window in a process of its own, with a note that is on disk."""
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", CHILD, backend, str(profile), cwd=ROOT, stdout=pipe, stdin=pipe
    )
    try:
        await _says(child, "getypt")
        yield child
    finally:
        if child.returncode is None:
            child.kill()
        await child.communicate()


async def _says(child: Process, what: str) -> None:
    assert child.stdout is not None
    line = await asyncio.wait_for(child.stdout.readline(), 60)
    assert line.decode().strip() == what


async def _works(seat: Venster) -> None:
    await seat.until(lambda: seat.composition.frame is not None, "the remembered session")
    assert seat.seat.bewaart == ""
    assert [contact.vraag.notitie for contact in seat.seat.contacten.open] == [TYPED]


def test_the_second_window_takes_over_and_the_first_takes_back(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path, secret_service: Mapping[str, str]
) -> None:
    assert secret_service
    profile = tmp_path / "seat"
    profile.mkdir()

    async def journey(stage: Stage) -> None:
        async with _first_window(proefdam.url, profile) as first:
            second = await stage.open(proefdam.url, profile)
            await second.reads("Op deze werkplek is KCS Desktop al open in een ander venster.")
            assert second.composition.frame is None
            second.click(second.button("Hier verder werken"))
            await _works(second)
            await _says(first, "overgenomen")
            assert first.stdin is not None
            first.stdin.write(b"terug\n")
            await second.reads("Een ander venster van KCS Desktop heeft uw werk overgenomen.")
            assert second.composition.frame is None
            await _says(first, str([TYPED]))
            await first.wait()

    play(qapp, journey)


def test_a_killed_window_blocks_nobody(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path, secret_service: Mapping[str, str]
) -> None:
    assert secret_service
    profile = tmp_path / "seat"
    profile.mkdir()

    async def journey(stage: Stage) -> None:
        async with _first_window(proefdam.url, profile) as first:
            first.kill()
            await first.wait()
            await _works(await stage.open(proefdam.url, profile))

    play(qapp, journey)


def test_a_window_that_hangs_is_said_and_can_be_ended(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path, secret_service: Mapping[str, str]
) -> None:
    assert secret_service
    profile = tmp_path / "seat"
    profile.mkdir()

    async def journey(stage: Stage) -> None:
        async with _first_window(proefdam.url, profile) as first:
            os.kill(first.pid, signal.SIGSTOP)
            second = await stage.open(proefdam.url, profile)
            await second.reads("KCS Desktop is al open")
            second.click(second.button("Hier verder werken"))
            await second.reads("Het andere venster reageert niet")
            second.click(second.button("Ander venster afsluiten"))
            await _works(second)
            assert await first.wait() == -signal.SIGKILL

    play(qapp, journey)
