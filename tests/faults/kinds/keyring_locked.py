"""The keyring is locked when the seat starts: it says so, works on, and later finds what was kept before."""

from __future__ import annotations

import asyncio

from tests.faults.kinds.seat_killed import moment
from tests.faults.trial import Kind, Trial


async def occur(trial: Trial) -> None:
    if trial.chance.random() < 0.6:
        await asyncio.gather(*(moment(trial, seat) for seat in trial.seats))
    for seat in trial.seats:
        seat.kill()
    trial.vault.lock()
    for seat in trial.seats:
        seat.start()
    await trial.until_scripts_end()
    await asyncio.gather(*(seat.leave() for seat in trial.seats))
    trial.vault.unlock()
    for seat in trial.seats:
        seat.start()
    await trial.until_scripts_end()


KIND = Kind("sleutelbos-op-slot", occur, keeps=False)
