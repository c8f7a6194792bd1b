"""The network is slow: requests and answers come late, so that they overtake each other."""

from __future__ import annotations

from tests.faults.kinds.requests import some
from tests.faults.proxy import Fault
from tests.faults.trial import Kind, Trial


async def occur(trial: Trial) -> None:
    trial.net.draw = some(trial, (Fault.SLOW_BEFORE, Fault.SLOW_AFTER), most=0.5)
    await trial.until_scripts_end()


KIND = Kind("proxy-traag", occur)
