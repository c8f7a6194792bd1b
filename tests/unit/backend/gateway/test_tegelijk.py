"""Many questions side by side: few at a time, answered in order, and none goes on when one has failed."""

from __future__ import annotations

import asyncio

import pytest

from kcs_desktop.backend.gateway.tegelijk import AT_ONCE, each
from kcs_desktop.backend.problem import HttpProblem


async def test_a_few_are_asked_at_a_time_and_the_answers_stand_in_their_order() -> None:
    busy: set[int] = set()
    most = 0

    async def ask(number: int) -> int:
        nonlocal most
        busy.add(number)
        most = max(most, len(busy))
        for _ in range(20 - number):  # the last ones are answered first
            await asyncio.sleep(0)
        busy.remove(number)
        return number * 2

    assert await each(ask, range(20)) == [number * 2 for number in range(20)]
    assert most == AT_ONCE
    assert await each(ask, []) == []


async def test_what_fails_is_raised_itself_and_the_others_are_ended() -> None:
    begun: set[int] = set()
    ended: set[int] = set()

    async def ask(number: int) -> None:
        begun.add(number)
        try:
            if number == 3:
                raise HttpProblem(502, "register-fout", "Stuk.", "")
            await asyncio.Event().wait()
        finally:
            ended.add(number)

    with pytest.raises(HttpProblem, match="register-fout"):
        await each(ask, range(20))
    assert begun == ended >= set(range(AT_ONCE))
    assert 19 not in begun
