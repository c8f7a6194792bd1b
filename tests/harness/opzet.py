"""Where the registers of a proefgemeente are: in its own SQLite or PostgreSQL, or at doubles of servers elsewhere.

A journey that must go everywhere takes the fixture `opzet` (or `overal`, a backend that runs on it), and goes three
times::

    with opzet.serve() as backend:                  # a real process
        seat = await stage.open(backend.url, profile)
    if opzet.elders is not None:
        opzet.elders.zaken.wrong(…)                 # only where it is elsewhere
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.doubles.openklant import OpenKlant, running_open_klant
from tests.doubles.openzaak import OpenZaak, running_open_zaak
from tests.harness.backend import BackendProcess, backend_process
from tests.harness.calls import undocumented
from tests.harness.loopklok import Loopklok
from tests.harness.proefdam import copy_proefdam

INGEBED = ("sqlite", "postgresql")
OVERAL = (*INGEBED, "upstream")


@dataclass(frozen=True)
class Elders:
    """The servers of others."""

    klanten: OpenKlant
    zaken: OpenZaak

    @property
    def environment(self) -> dict[str, str]:
        """The settings of a backend that has its registers there; what is not answered is soon given up."""
        made = self.klanten.environment() | self.zaken.environment()
        return made | {name.removesuffix("URL") + "TIMEOUT": "3" for name in made if name.endswith("_URL")}


@dataclass(frozen=True)
class Opzet:
    """A database, and where the registers are; `klok` is that of everybody, where a journey asked for it."""

    database: str
    log: Path
    elders: Elders | None = None
    workers: int = 1
    klok: Loopklok | None = None

    @contextmanager
    def serve(
        self, environment: Mapping[str, str] | None = None, *, port: int = 0, workers: int = 0
    ) -> Iterator[BackendProcess]:
        """A real backend until the block ends, with these settings too; `port` to come back where it was, `workers`
        where it must be one."""
        given = {**(self.elders.environment if self.elders is not None else {}), **(environment or {})}
        options = ["--workers", str(workers or self.workers)]
        with backend_process(
            self.database,
            *options,
            log=self.log,
            proefgemeente=True,
            environment=given,
            port=port,
            klok=self.klok,
        ) as process:
            yield process


@contextmanager
def opgezet(request: pytest.FixtureRequest, soort: str, folder: Path, klok: Loopklok | None = None) -> Iterator[Opzet]:
    """One of `OVERAL`; PostgreSQL stands behind two workers."""
    log = folder / "backend.log"
    with ExitStack() as stack:
        if soort == "postgresql":
            yield Opzet(request.getfixturevalue("postgres_proefdam_url"), log, workers=2, klok=klok)
            return
        elders = None
        if soort == "upstream":
            elders = Elders(stack.enter_context(running_open_klant(klok)), stack.enter_context(running_open_zaak(klok)))
        yield Opzet(copy_proefdam(folder / "proefdam.db"), log, elders, klok=klok)
        if elders is not None:
            asked = [*elders.klanten.asked, *elders.zaken.asked]
            assert not undocumented(asked), f"docs/calls.md does not name {sorted(undocumented(asked))}"
