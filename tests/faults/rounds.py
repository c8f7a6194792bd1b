"""Draws the kinds in shuffled decks, runs the rounds, and tells what went wrong."""

from __future__ import annotations

import asyncio
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from random import Random

import msgspec

from tests.faults.kinds import KINDS
from tests.faults.trial import Kind, Stand, run_round


class Result(msgspec.Struct, frozen=True):
    """One round. `folder` holds its journals and logs where there are violations."""

    nr: int
    kind: str
    seed: int
    seconds: float
    violations: Sequence[str] = ()
    folder: str = ""


def deck(kinds: Sequence[Kind], count: int, seed: int) -> Iterator[Kind]:
    """Every kind once, shuffled; then again: no kind comes up twice more often than another."""
    chance = Random(seed)
    drawn: list[Kind] = []
    for _ in range(count):
        if not drawn:
            drawn = list(kinds)
            chance.shuffle(drawn)
        yield drawn.pop()


def chosen(name: str) -> Sequence[Kind]:
    """The kinds of this name; all for ""."""
    return [kind for kind in KINDS if name in {"", kind.name}]


async def run_rounds(
    stand: Stand, kinds: Sequence[Kind], count: int, seed: int, *, at_once: int, tell: Callable[[Result], None]
) -> list[Result]:
    """Round n has seed `seed + n`, so that it can be run again by itself."""
    limit = asyncio.Semaphore(at_once)
    one_postgres = asyncio.Lock()  # they share one, which each may restart
    home = Path(tempfile.mkdtemp(prefix="kcs-rondes-"))

    async def one(nr: int, kind: Kind) -> Result:
        async with one_postgres if kind.needs_postgres else nullcontext(), limit:
            begun = time.monotonic()
            folder = home / f"{nr:04d}-{kind.name}"
            try:
                violations = await run_round(kind, seed + nr, folder, stand)
            except Exception:  # noqa: BLE001 -- a round that breaks is a violation as well; the others go on
                violations = [traceback.format_exc()]
            where = str(folder) if violations else ""
            result = Result(nr, kind.name, seed + nr, time.monotonic() - begun, violations, where)
            tell(result)
            return result

    results = await asyncio.gather(*(one(nr, kind) for nr, kind in enumerate(deck(kinds, count, seed))))
    if not any(result.violations for result in results):
        await asyncio.to_thread(home.rmdir)
    return results


def table(results: Sequence[Result]) -> str:
    """Kind, rounds drawn, rounds with a violation."""
    drawn = Counter(result.kind for result in results)
    bad = Counter(result.kind for result in results if result.violations)
    rows = [f"{'soort':<28}{'rondes':>8}{'overtreding':>13}"]
    rows += [f"{name:<28}{drawn[name]:>8}{bad[name]:>13}" for name in sorted(drawn)]
    return "\n".join(rows)
