"""The network is slow: requests and answers come late, so that they overtake each other, or
later than a seat waits."""

from __future__ import annotations

from tests.faults.kinds.requests import some
from tests.faults.proxy import Fault
from tests.faults.trial import Kind, Trial

COMMANDS = "/kcs/api/v1/opdrachten"


async def occur(trial: Trial) -> None:
    late = some(trial, (Fault.SLOW_BEFORE, Fault.SLOW_AFTER), most=0.5)
    never = trial.chance.randrange(2)

    def draw(method: str, path: str) -> Fault | None:
        nonlocal never
        if never and method == "POST" and path.startswith(COMMANDS):
            never -= 1
            return Fault.UNANSWERED
        return late(method, path)

    trial.net.draw = draw
    await trial.until_scripts_end()


KIND = Kind("proxy-traag", occur)
