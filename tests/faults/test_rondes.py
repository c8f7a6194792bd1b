"""Twenty rounds in the suite, of the same seed each time; the long run is `python -m tests.faults`."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter

import pytest

from tests.faults.kinds import KINDS
from tests.faults.mounts import can_mount
from tests.faults.rounds import Result, deck, run_rounds
from tests.faults.stand import shared_stand
from tests.harness.geheimen import missing_programs
from tests.harness.postgres import binaries

ROUNDS = 20
SEED = 20
AT_ONCE = 3


@pytest.mark.xdist_group("storingen")
@pytest.mark.timeout(600)
def test_twenty_rounds_of_faults_lose_nothing_and_double_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    if missing := missing_programs():
        pytest.skip(f"not on this machine: {missing}")
    kinds = [
        kind
        for kind in KINDS
        if (not kind.mounts or can_mount()) and (not kind.needs_postgres or binaries() is not None)
    ]
    if left_out := [kind.name for kind in KINDS if kind not in kinds]:
        with capsys.disabled():
            sys.stdout.write(f"\nstoringen not drawn, for want of PostgreSQL or the right to mount: {left_out}\n")
    found: list[Result] = []
    with shared_stand() as stand:
        asyncio.run(run_rounds(stand, kinds, ROUNDS, SEED, at_once=AT_ONCE, tell=found.append))
    bad = [f"{one.kind} zaad {one.seed} ({one.folder}): {'; '.join(one.violations)}" for one in found if one.violations]
    assert not bad, "\n".join(bad)
    assert len(found) == ROUNDS


def test_every_kind_comes_up_ten_times_in_three_hundred_rounds() -> None:
    for seed in range(20):
        drawn = Counter(kind.name for kind in deck(KINDS, 300, seed))
        assert len(drawn) == len(KINDS)
        assert min(drawn.values()) >= 10
