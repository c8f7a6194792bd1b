"""What a seat shows is told when it differs from what was told, on the stream that lives now."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from kcs_desktop.api.client import Doel
from kcs_desktop.domain.errors import KcsError, NotFound, Unreachable
from kcs_desktop.sync.getoond import MOST, Getoond

BALIE = Doel("balie")


class Loket:
    """Takes the tellings; `gate` holds them up, `fault` refuses them."""

    def __init__(self) -> None:
        self.told: list[tuple[tuple[str, ...], Doel]] = []
        self.doel = Doel()
        self.fault: KcsError | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.news = asyncio.Event()

    async def tell(self, partijen: Sequence[str], doel: Doel) -> None:
        self.told.append((tuple(partijen), doel))
        self.news.set()
        await self.gate.wait()
        if self.fault is not None:
            raise self.fault

    async def until(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.told) < count:
                self.news.clear()
                await self.news.wait()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kcs_desktop.sync.getoond.PACE", 0.0)


@pytest.fixture
def loket() -> Loket:
    return Loket()


def seat(loket: Loket) -> tuple[Getoond, list[BaseException]]:
    failures: list[BaseException] = []
    return Getoond(loket.tell, lambda: loket.doel, failures.append), failures


async def settled(getoond: Getoond) -> None:
    await getoond._taken.settle()


async def test_the_last_of_what_was_shown_in_a_moment_is_told_once(loket: Loket) -> None:
    getoond, failures = seat(loket)
    getoond.on_stream(connected=True)
    for partijen in (("a",), ("a", "b"), ("b",)):
        getoond.show(partijen)
    await settled(getoond)
    getoond.show(("b",))
    getoond.look()
    await settled(getoond)
    assert loket.told == [(("b",), Doel())]
    getoond.show(())
    await settled(getoond)
    assert loket.told[1:] == [((), Doel())]
    assert failures == []


async def test_nothing_is_told_without_a_stream_or_of_nothing(loket: Loket) -> None:
    getoond, _ = seat(loket)
    getoond.show(("a",))
    getoond.on_stream(connected=False)
    getoond.show(())
    getoond.on_stream(connected=True)
    await settled(getoond)
    assert loket.told == []


async def test_another_stream_is_told_again(loket: Loket) -> None:
    getoond, _ = seat(loket)
    getoond.show(("a",))
    getoond.on_stream(connected=True)
    await settled(getoond)
    getoond.on_stream(connected=True)
    await settled(getoond)
    assert loket.told == [(("a",), Doel())] * 2


async def test_a_stream_that_begins_during_a_telling_is_told_again(loket: Loket) -> None:
    getoond, _ = seat(loket)
    loket.gate.clear()
    getoond.show(("a",))
    getoond.on_stream(connected=True)
    await loket.until(1)
    getoond.on_stream(connected=True)
    loket.gate.set()
    await settled(getoond)
    assert loket.told == [(("a",), Doel())] * 2


async def test_another_purpose_is_told(loket: Loket) -> None:
    getoond, _ = seat(loket)
    getoond.on_stream(connected=True)
    getoond.show(("a",))
    await settled(getoond)
    loket.doel = BALIE
    getoond.look()
    await settled(getoond)
    assert loket.told == [(("a",), Doel()), (("a",), BALIE)]


@pytest.mark.parametrize("fault", [NotFound(), Unreachable()])  # a backend of one version earlier; a lost answer
async def test_a_telling_that_failed_waits_for_the_next_stream(loket: Loket, fault: KcsError) -> None:
    getoond, failures = seat(loket)
    loket.fault = fault
    getoond.on_stream(connected=True)
    getoond.show(("a",))
    await settled(getoond)
    getoond.look()
    await settled(getoond)
    assert len(loket.told) == 1
    assert failures == []
    getoond.on_stream(connected=True)
    await settled(getoond)
    assert len(loket.told) == 2


async def test_of_too_many_the_ones_shown_last_are_told(loket: Loket) -> None:
    getoond, _ = seat(loket)
    getoond.on_stream(connected=True)
    getoond.show([f"{number:02}" for number in range(MOST + 3)])
    await settled(getoond)
    assert loket.told == [(tuple(f"{number:02}" for number in range(3, MOST + 3)), Doel())]
