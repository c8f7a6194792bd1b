"""Requests arrive twice, as when something on the way repeats them."""

from __future__ import annotations

from tests.faults.kinds.requests import some
from tests.faults.proxy import Fault
from tests.faults.trial import Kind, Trial


async def occur(trial: Trial) -> None:
    trial.net.draw = some(trial, (Fault.TWICE,), most=0.8)
    await trial.until_scripts_end()


KIND = Kind("proxy-dubbel", occur)
