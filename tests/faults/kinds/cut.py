"""The network cuts: before the request, in the middle of it, after it, and for a while altogether."""

from __future__ import annotations

import asyncio

from tests.faults.kinds.requests import some
from tests.faults.proxy import Fault
from tests.faults.trial import Kind, Trial


async def occur(trial: Trial) -> None:
    chance = trial.chance
    trial.net.draw = some(trial, (Fault.CUT_BEFORE, Fault.CUT_HALFWAY, Fault.CUT_AFTER))
    for _ in range(chance.randrange(3)):
        await asyncio.sleep(chance.uniform(0.1, 0.8))
        trial.net.is_down = True
        trial.net.cut()
        await asyncio.sleep(chance.uniform(0.1, 1.0))
        trial.net.is_down = False
    await trial.until_scripts_end()


KIND = Kind("proxy-knip", occur)
