"""A backend whose three registers are upstream, at a double on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.settings import RegisterSettings
from tests.doubles.upstream import Upstream, running_upstream
from tests.harness.backend import Backend, running_backend
from tests.harness.klok import Klok

TOKEN = "sleutel-van-het-register"


@pytest.fixture
async def upstream() -> AsyncIterator[Upstream]:
    async with running_upstream() as double:
        double.echo = f"{TOKEN} {double.url}"
        yield double


@pytest.fixture
async def gateway(upstream: Upstream, db: Database, klok: Klok) -> AsyncIterator[Backend]:
    register = RegisterSettings(upstream.url, TOKEN, 0.5)
    registers = dict.fromkeys(("brp", "kvk", "klantinteracties"), register)
    async with running_backend(db, klok, registers=registers) as made:
        yield made
