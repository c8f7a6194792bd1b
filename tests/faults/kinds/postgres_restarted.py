"""PostgreSQL restarts under two workers, in order or as after a crash; or one of the workers dies."""

from __future__ import annotations

import asyncio

from tests.faults.trial import Kind, Trial


async def prepare(trial: Trial) -> None:
    trial.is_postgres = True
    trial.workers = 2


async def occur(trial: Trial) -> None:
    chance = trial.chance
    for _ in range(chance.randrange(1, 3)):
        seat = chance.choice(trial.seats)
        await seat.until_end_or(lines=chance.randrange(5, 40))
        await asyncio.sleep(chance.uniform(0.0, 0.2))
        if chance.random() < 0.25:
            trial.server.kill_one_worker(chance.randrange(2))
        else:
            await trial.stand.restart_postgres(at_once=chance.random() < 0.5)
    await trial.until_scripts_end()


KIND = Kind("postgresql-herstart", occur, prepare, needs_postgres=True)
