"""Waiting times double up to a cap, and are spread."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.sync.terugval import CAP, FIRST, pause


@given(st.integers(0, 10_000), st.integers())
def test_a_pause_lies_between_half_and_the_whole_of_the_doubled_time(pogingen: int, zaad: int) -> None:
    vol = min(CAP, FIRST * 2.0 ** max(0, min(pogingen - 1, 30)))
    assert vol / 2 <= pause(pogingen, random.Random(zaad)) <= vol


def test_seats_that_lost_the_server_together_do_not_return_together() -> None:
    assert len({pause(6, random.Random(zaad)) for zaad in range(50)}) > 40


def test_it_doubles_and_then_stays() -> None:
    hoogste = [max(pause(n, random.Random(zaad)) for zaad in range(300)) for n in range(1, 12)]
    assert hoogste == sorted(hoogste)
    assert hoogste[1] > 1.8 * hoogste[0]
    assert hoogste[-1] <= CAP
