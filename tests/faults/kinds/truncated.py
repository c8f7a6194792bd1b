"""Answers break off halfway."""

from __future__ import annotations

from tests.faults.kinds.requests import some
from tests.faults.proxy import Fault
from tests.faults.trial import Kind, Trial


async def occur(trial: Trial) -> None:
    trial.net.draw = some(trial, (Fault.TRUNCATED,), most=0.5)
    await trial.until_scripts_end()


KIND = Kind("proxy-afgekapt", occur)
