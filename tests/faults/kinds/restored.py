"""The backend is put back to an earlier backup while the seats hold open work: what was told to be saved is there."""

from __future__ import annotations

import asyncio
import time

from kcs_desktop.backend.beheer.backup import backup, restore
from tests.faults.trial import Kind, Trial


async def occur(trial: Trial) -> None:
    chance = trial.chance
    seat = chance.choice(trial.seats)
    await _some_lines(trial)
    url, path = trial.server.database, trial.folder / "gisteren.kcsbackup"
    begun = time.monotonic()
    await asyncio.to_thread(backup, url, path)
    await _some_lines(trial)
    if chance.random() < 0.3:
        seat.kill()
    if chance.random() < 0.5:
        trial.server.kill()
    else:
        await trial.server.stop()
    await asyncio.to_thread(restore, url, path)
    await trial.server.start()
    trial.backup = (begun, time.monotonic())
    if not seat.is_alive:
        seat.start()
    await trial.until_scripts_end()
    await trial.until_all_is_back()


async def _some_lines(trial: Trial) -> None:
    await trial.chance.choice(trial.seats).until_end_or(lines=trial.chance.randrange(10, 50))


KIND = Kind("backup-teruggezet", occur)
