"""The registers of customers and zaken are at servers of others: slow, failing after they wrote, cut off, or dead."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from tests.doubles.register import Gevraagd, Wrong
from tests.faults.elsewhere import TIMEOUT, Elsewhere, elsewhere
from tests.faults.trial import Kind, Trial


async def prepare(trial: Trial) -> None:
    trial.elsewhere = await trial.stack.enter_async_context(elsewhere(trial.stand.template))


async def slow(trial: Trial) -> None:
    """Answers come late, now and then later than the backend waits."""
    chance, servers = trial.chance, _servers(trial)
    working = asyncio.create_task(trial.until_scripts_end())
    while not working.done():
        for double in servers.both:
            double.delay = chance.choice((0.0, 0.0, 0.05, 0.2, 0.5))
        late = chance.random() < 0.15
        if late:
            chance.choice(servers.both).delay = TIMEOUT + 0.5
        await asyncio.wait({working}, timeout=chance.uniform(0.1, 0.5) if late else chance.uniform(0.3, 1.5))
    await working
    servers.heal()


def going_wrong(*wrongs: Wrong) -> Callable[[Trial], Awaitable[None]]:
    """Some of what is asked goes wrong in one of these ways."""

    async def occur(trial: Trial) -> None:
        servers = _servers(trial)
        for double in servers.both:
            double.draw = _some(trial, wrongs)
        await trial.until_scripts_end()
        servers.heal()

    return occur


async def dead(trial: Trial) -> None:
    """A server dies in the middle of something and comes back; the backend may die with it."""
    chance, servers = trial.chance, _servers(trial)
    for _ in range(chance.randrange(1, 4)):
        await chance.choice(trial.seats).until_end_or(lines=chance.randrange(3, 25))
        await asyncio.sleep(chance.uniform(0.0, 0.3))
        gone = servers.both if chance.random() < 0.3 else (chance.choice(servers.both),)
        for double in gone:
            double.is_away = True
        if chance.random() < 0.4:
            trial.server.kill()
            await asyncio.sleep(chance.uniform(0.0, 0.3))
            await trial.server.start()
        await asyncio.sleep(chance.uniform(0.2, 1.5))
        for double in gone:
            double.is_away = False
    await trial.until_scripts_end()


def _servers(trial: Trial) -> Elsewhere:
    assert trial.elsewhere is not None
    return trial.elsewhere


def _some(trial: Trial, wrongs: Sequence[Wrong]) -> Callable[[Gevraagd], Wrong | None]:
    chance = trial.chance
    often = {"GET": chance.uniform(0.02, 0.15)}  # a picture of a customer takes dozens of them
    of_writes = chance.uniform(0.1, 0.5)

    def draw(asked: Gevraagd) -> Wrong | None:
        return chance.choice(wrongs) if chance.random() < often.get(asked.method, of_writes) else None

    return draw


KIND_SLOW = Kind("elders-traag", slow, prepare)
KIND_FAILED = Kind(
    "elders-500",
    going_wrong(Wrong.HTML_AFTER, Wrong.JSON_AFTER, Wrong.HTML_BEFORE, Wrong.UNAVAILABLE),
    prepare,
)
KIND_CUT = Kind("elders-knip", going_wrong(Wrong.CUT_AFTER, Wrong.CUT_BEFORE, Wrong.HALF, Wrong.HALF_JSON), prepare)
KIND_DEAD = Kind("elders-dood", dead, prepare)
