"""Work that goes on: one turn that fails is logged and takes nothing else along."""

from __future__ import annotations

import asyncio

from structlog.testing import capture_logs

from kcs_desktop.backend.doorlopend import Doorlopend


class Wankel(Doorlopend):
    """Its first turn fails in a way that nobody foresaw."""

    naam = "wankel"

    def __init__(self) -> None:
        super().__init__(0.0)
        self.turns = 0
        self.again = asyncio.Event()
        self.has_left = False

    async def turn(self) -> None:
        self.turns += 1
        if self.turns == 1:
            raise KeyError("burgerservicenummer 999990019")
        self.again.set()

    async def leave(self) -> None:
        self.has_left = True


async def test_a_turn_that_fails_unforeseen_is_tried_again_and_stopping_goes_well() -> None:
    work = Wankel()
    with capture_logs() as logged:
        work.start()
        await asyncio.wait_for(work.again.wait(), 20)
        await work.stop()
    assert work.has_left
    assert logged == [{"event": "wankel.failed", "error": "KeyError", "log_level": "warning"}]
