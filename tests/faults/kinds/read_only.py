"""The profile cannot be written when the seat starts: it says so, works on, and later finds what was kept before."""

from __future__ import annotations

import asyncio

from tests.faults.kinds.seat_killed import moment
from tests.faults.mounts import set_read_only, small_disk
from tests.faults.trial import Kind, Trial

PROFILES = 12_000  # kB


async def prepare(trial: Trial) -> None:
    trial.profiles = trial.stack.enter_context(small_disk(trial.folder / "profielen", PROFILES))


async def occur(trial: Trial) -> None:
    if trial.chance.random() < 0.6:
        # There is something to keep: the seats die with it, and come back to a disk that cannot be written.
        await asyncio.gather(*(moment(trial, seat) for seat in trial.seats))
    for seat in trial.seats:
        seat.kill()
    set_read_only(trial.profiles, read_only=True)
    for seat in trial.seats:
        seat.start()
    await trial.until_scripts_end()
    await asyncio.gather(*(seat.leave() for seat in trial.seats))
    set_read_only(trial.profiles, read_only=False)
    for seat in trial.seats:
        seat.start()
    await trial.until_scripts_end()


KIND = Kind("profiel-alleen-lezen", occur, prepare, mounts=True, keeps=False)
