"""Starting a measured process and reading what it says.

An installed product runs from compiled bytecode. The measured processes do so too, whatever the environment says about
writing it: it is kept in a folder of this run, filled by the first process of each kind, which no benchmark counts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import cache
from typing import Any

from tests.harness.backend import ROOT


def measured(
    what: str, *arguments: str, environment: Mapping[str, str] | None = None, timeout: float = 300
) -> dict[str, Any]:
    """Run `tests.perf.kind what …` offscreen; where it paints, `took` is seconds from start to then."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPYCACHEPREFIX": _bytecode().name, **(environment or {})}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "tests.perf.kind", what, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=env,
        check=False,
        timeout=timeout,
    )
    if done.returncode != 0:
        raise AssertionError(f"{what} failed: {done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    if "painted" in answer:
        answer["took"] = answer["painted"] - start
    return answer


@cache
def _bytecode() -> tempfile.TemporaryDirectory[str]:
    """Lives as long as this process."""
    return tempfile.TemporaryDirectory(prefix="kcs-bytecode-")
