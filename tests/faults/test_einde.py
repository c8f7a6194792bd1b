"""A run that is ended from outside leaves no server behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults.children import ROOT
from tests.harness.geheimen import missing_programs
from tests.harness.postgres import binaries

KIND = "postgresql-herstart"


def _of_session(leader: int) -> dict[int, str]:
    """Process number and name of everything that this session still runs."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            name, _, rest = (entry / "stat").read_text().partition("(")[2].rpartition(")")
        except OSError:
            continue  # it ended meanwhile
        state, _, _, session = rest.split()[:4]
        if int(session) == leader and state != "Z":
            found[int(entry.name)] = name
    return found


def _wait_for(run: subprocess.Popen[bytes], names: set[str]) -> None:
    deadline = time.monotonic() + 30
    while not names <= set(_of_session(run.pid).values()):
        assert run.poll() is None
        assert time.monotonic() < deadline, f"never saw {names}"
        time.sleep(0.02)


@pytest.mark.xdist_group("storingen")
@pytest.mark.timeout(180)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_ended_takes_keyring_and_databases_along(number: signal.Signals) -> None:
    if missing := missing_programs():
        pytest.skip(f"not on this machine: {missing}")
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed")
    command = [sys.executable, "-m", "tests.faults", "--rondes", "50", "--tegelijk", "1", "--soort", KIND]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline().startswith(b"zaad")
        assert KIND.encode() in run.stdout.readline()  # the first round is done, the second goes
        _wait_for(run, {"gnome-keyring-d", "postgres"})  # those of the second round are among them
        os.kill(run.pid, number)
        rest = run.stdout.read()
        left = _of_session(run.pid)
        run.wait()
    assert b"rondes in" in rest, "what was done by then is told"
    assert run.returncode == 1
    assert [name for name in left.values() if not name.startswith("python")] == []
