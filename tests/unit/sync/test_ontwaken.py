"""A machine that slept is noticed, one that was only busy is not."""

from __future__ import annotations

import asyncio

from kcs_desktop.sync.ontwaken import SLEPT, Ontwaken, time_with_sleep


class Horloge:
    """The count that goes on during sleep; each look finds it `stap` further."""

    def __init__(self, *stappen: float) -> None:
        self.stappen = list(stappen)
        self.nu = 1000.0
        self.op = asyncio.Event()

    def __call__(self) -> float:
        if self.stappen:
            self.nu += self.stappen.pop(0)
        else:
            self.op.set()
        return self.nu


async def woken(*stappen: float) -> list[float]:
    horloge, verteld = Horloge(0.0, *stappen), list[float]()
    ontwaken = Ontwaken(horloge, look=0.001)
    ontwaken.woke.connect(verteld.append)
    loop = asyncio.ensure_future(ontwaken.run())
    await horloge.op.wait()
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
    return verteld


async def test_a_night_of_sleep_is_told_once_with_its_length() -> None:
    (lengte,) = await woken(0.001, 30_000.0, 0.001, 0.001)
    assert abs(lengte - 30_000) < 1


async def test_a_busy_machine_and_a_clock_set_back_are_no_sleep() -> None:
    assert await woken(SLEPT / 2, 0.001, -3600.0, 0.001) == []


def test_the_count_goes_on() -> None:
    assert time_with_sleep() <= time_with_sleep()
