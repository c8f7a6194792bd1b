"""The backend dies at any point and is started again."""

from __future__ import annotations

import asyncio

from tests.faults.trial import Kind, Trial


async def occur(trial: Trial) -> None:
    chance = trial.chance
    for _ in range(chance.randrange(1, 3)):
        seat = chance.choice(trial.seats)
        await seat.until_end_or(lines=chance.randrange(5, 40))
        await asyncio.sleep(chance.uniform(0.0, 0.2))
        trial.server.kill()
        await asyncio.sleep(chance.uniform(0.0, 0.5))
        await trial.server.start()
    await trial.until_scripts_end()


KIND = Kind("backend-dood", occur)
