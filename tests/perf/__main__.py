"""`python -m tests.perf [NAME …]`: run one benchmark, some, or all; exit 1 where a target is missed."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

BENCHMARKS = (
    "start",
    "geheugen",
    "klantbeeld",
    "stal",
    "api",
    "klantbeeld_cache",
    "handeling",
    "stoelen",
    "zoeken",
    "zoeken_backend",
    "synchronisatie",
    "zaken_lijst",
    "zaak_aanmaken",
)


def main(names: Sequence[str]) -> int:
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    all_ok = True
    for name in names or BENCHMARKS:
        for figure in importlib.import_module(f"tests.perf.{name}").measure():
            print(figure.line(), flush=True)
            all_ok = all_ok and figure.ok
    return 0 if all_ok else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
