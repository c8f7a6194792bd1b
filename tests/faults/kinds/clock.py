"""The seat's clock is hours off, ahead or behind, and may be set right while the seat is down."""

from __future__ import annotations

from tests.faults.kinds.seat_killed import moment
from tests.faults.trial import Kind, Trial


async def prepare(trial: Trial) -> None:
    for seat in range(len(trial.clock_off)):
        hours = trial.chance.uniform(1, 23)  # the backend takes ids up to a day ahead
        trial.clock_off[seat] = trial.chance.choice((-1, 1)) * hours * 3600


async def occur(trial: Trial) -> None:
    for seat in trial.seats:
        if trial.chance.random() < 0.5:
            await moment(trial, seat)
            seat.kill()
            seat.start(clock_off=trial.chance.choice((0.0, -seat.plan.clock_off)))
    await trial.until_scripts_end()


KIND = Kind("klok-scheef", occur, prepare)
