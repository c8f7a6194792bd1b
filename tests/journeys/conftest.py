"""The backends that journeys work on: a real process with the proefgemeente, its registers here or elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kcs_desktop.domain.weergave import local
from kcs_desktop.domain.werkdagen import Dienstkalender
from kcs_desktop.services.seat import open_seat
from tests.harness.backend import BackendProcess, backend_process
from tests.harness.loopklok import Loopklok
from tests.harness.opzet import INGEBED, OVERAL, Opzet, opgezet
from tests.harness.proefdam import copy_proefdam


def tuesday_morning() -> datetime:
    """Ten o'clock on the first Tuesday from now on that has two working days after it."""
    kalender, dag = Dienstkalender(), local(datetime.now(UTC)).date()
    while dag.weekday() != 1 or not all(kalender.is_werkdag(dag + timedelta(days=over)) for over in range(3)):
        dag += timedelta(days=1)
    return datetime(dag.year, dag.month, dag.day, 10, tzinfo=ZoneInfo(kalender.zone))


@pytest.fixture
def proefdam(tmp_path: Path) -> Iterator[BackendProcess]:
    """A fresh proefgemeente on SQLite behind a real server."""
    database = copy_proefdam(tmp_path / "proefdam.db")
    with backend_process(database, log=tmp_path / "backend.log", proefgemeente=True) as process:
        yield process


@pytest.fixture(params=INGEBED)
def ingebed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[BackendProcess]:
    """The proefgemeente with its own registers, on SQLite and on PostgreSQL behind two workers."""
    with opgezet(request, request.param, tmp_path) as made, made.serve() as process:
        yield process


@pytest.fixture(params=OVERAL)
def opzet(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opzet]:
    """In turn on SQLite, on PostgreSQL, and with customers and zaken at doubles of Open Klant and Open Zaak."""
    with opgezet(request, request.param, tmp_path) as made:
        yield made


@pytest.fixture
def overal(opzet: Opzet) -> Iterator[BackendProcess]:
    """A backend on each of them."""
    with opzet.serve() as process:
        yield process


@pytest.fixture
def loopklok(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Loopklok:
    """The clock of every seat of this journey; a backend takes it with `klok`."""
    klok = Loopklok(tmp_path / "klok")
    klok.put_at(tuesday_morning())
    defaults = open_seat.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "clock", klok)
    return klok


@pytest.fixture(params=OVERAL)
def opzet_op_klok(request: pytest.FixtureRequest, tmp_path: Path, loopklok: Loopklok) -> Iterator[Opzet]:
    """As `opzet`, with everybody on the clock of the journey."""
    with opgezet(request, request.param, tmp_path, loopklok) as made:
        yield made
