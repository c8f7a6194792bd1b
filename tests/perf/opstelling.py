"""What benchmarks stand on: a backend with the proefgemeente, and a signed-in seat without a window."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services.seat import SeatService, open_seat
from tests.harness.backend import BackendProcess, backend_process

WACHTWOORD = "kijken-en-proberen"
VEELZIJDIG = ("veelzijdig", "snelbalie", "auditor")  # an account and its roles, which have every tab together
VELE = "999990020"  # 100 contacts, 50 callback notes
TWINTIG = "999990032"  # 20 contacts, 10 callback notes


@contextlib.contextmanager
def proefdam(environment: dict[str, str] | None = None) -> Iterator[tuple[BackendProcess, Path]]:
    """A backend process with the proefgemeente on SQLite, and a scratch folder."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        url = f"sqlite:///{folder / 'proefdam.db'}"
        with backend_process(url, log=folder / "backend.log", proefgemeente=True, environment=environment) as process:
            yield process, folder


def make_versatile(folder: Path) -> None:
    """Make the account VEELZIJDIG in the backend of `proefdam`."""
    wie, *rollen = VEELZIJDIG
    command = [sys.executable, "-m", "kcs_desktop.backend", "account"]
    command += ["--database", f"sqlite:///{folder / 'proefdam.db'}", "maak", wie, "--naam", "Vera Veelzijdig"]
    command += [part for rol in rollen for part in ("--rol", rol)]
    subprocess.run(command, input=f"{WACHTWOORD}\n", capture_output=True, text=True, check=True)


@contextlib.asynccontextmanager
async def signed_in_seat(url: str, profile: Path, naam: str = "snelbalie") -> AsyncIterator[SeatService]:
    """A seat at `url`; its keys live in memory, everything else is the product's."""
    profile.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 -- before anything is timed
    seat = open_seat(profile, backend=url, sleutelbos=Geheugenbos())
    await seat.start()
    try:
        aanmelding = await seat.aanmelden.sign_in(naam, WACHTWOORD)
        await seat.aanmelden.choose(aanmelding, "balie-1", ("snelbalie",))
        yield seat
    finally:
        await seat.close()
