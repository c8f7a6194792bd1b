"""`python -m tests.faults --rondes N [--zaad S] [--soort X]`: exit 1 where a round finds a violation."""

from __future__ import annotations

import argparse
import asyncio
import logging
import secrets
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

import structlog

from tests.faults.kinds import KINDS
from tests.faults.rounds import Result, chosen, run_rounds, table
from tests.faults.stand import shared_stand


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description="Storingen, en wat ervan overblijft.")
    parser.add_argument("--rondes", type=int, default=20, metavar="N")
    parser.add_argument("--zaad", type=int, default=secrets.randbelow(1_000_000), metavar="S")
    parser.add_argument("--soort", default="", choices=["", *(kind.name for kind in KINDS)], metavar="X")
    parser.add_argument("--tegelijk", type=int, default=2, metavar="N", help="rondes tegelijk")
    given = parser.parse_args(arguments)
    print(f"zaad {given.zaad}", flush=True)
    begun = time.monotonic()
    results: list[Result] = []

    def tell(result: Result) -> None:
        results.append(result)
        _tell(result)

    kinds = chosen(given.soort)
    # Registers elsewhere serve within this process; what they log is not what the run tells.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    # A run that is ended from outside takes its servers along, as one that is interrupted does; also one that a shell
    # started in the background, where an interrupt is ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda _number, _frame: signal.raise_signal(signal.SIGINT))
    with shared_stand() as stand, suppress(KeyboardInterrupt):  # what was done by then is told as well
        asyncio.run(run_rounds(stand, kinds, given.rondes, given.zaad, at_once=given.tegelijk, tell=tell))
    bad = sum(bool(result.violations) for result in results)
    print(table(results))
    print(f"{len(results)} rondes in {time.monotonic() - begun:.0f} s, {bad} met een overtreding")
    return 1 if bad or len(results) < given.rondes else 0


def _tell(result: Result) -> None:
    state = "OVERTREDING" if result.violations else "goed"
    print(f"{result.nr:4d} {result.kind:<24} zaad {result.seed:<8} {result.seconds:5.1f} s  {state}", flush=True)
    for violation in result.violations:
        print(f"     {violation}", flush=True)
    if result.violations:
        again = f"python -m tests.faults --rondes 1 --zaad {result.seed} --soort {result.kind}"
        print(f"     opnieuw: {again}   (zie {result.folder})", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
