"""A disk is full: that of the seats' profiles, or that of the database; then there is room again."""

from __future__ import annotations

import asyncio
import os

from tests.faults.mounts import fill, small_disk
from tests.faults.trial import Kind, Trial

PROFILES = 6_000  # kB
DATABASE = 24_000


async def prepare(trial: Trial) -> None:
    if trial.chance.random() < 0.5:
        trial.profiles = trial.stack.enter_context(small_disk(trial.folder / "profielen", PROFILES))
    else:
        trial.database_folder = trial.stack.enter_context(small_disk(trial.folder / "database", DATABASE))


async def occur(trial: Trial) -> None:
    chance = trial.chance
    disk = trial.profiles if trial.profiles != trial.folder else trial.database_folder
    seat = chance.choice(trial.seats)
    await seat.until_end_or(lines=chance.randrange(1, 40))
    ballast = fill(disk, leave=chance.choice((0, 0, 4096, 32768)))
    await asyncio.sleep(chance.uniform(0.3, 2.0))
    os.remove(ballast)
    await trial.until_scripts_end()


KIND = Kind("schijf-vol", occur, prepare, mounts=True, keeps=False)
