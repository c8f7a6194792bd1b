"""The seat dies at any point, and the employee sits down again."""

from __future__ import annotations

import asyncio

from tests.faults.told import PROMISED
from tests.faults.trial import Kind, SeatProcess, Trial


async def occur(trial: Trial) -> None:
    await asyncio.gather(*(_die(trial, seat) for seat in trial.seats))
    await trial.until_scripts_end()


async def _die(trial: Trial, seat: SeatProcess) -> None:
    for _ in range(trial.chance.randrange(1, 4)):
        await moment(trial, seat)
        seat.kill()
        seat.start()


async def moment(trial: Trial, seat: SeatProcess) -> None:
    """Some lines further; now and then with the last of them older than what is promised to be kept."""
    chance = trial.chance
    await seat.until_end_or(lines=chance.randrange(3, 30))
    late = PROMISED + chance.uniform(0.05, 0.3) if chance.random() < 0.3 else chance.uniform(0.0, 0.4)
    await asyncio.sleep(late)


KIND = Kind("client-dood", occur)
