"""Who sends commands, who looks what became of them, and a zaaktype to make zaken of."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.harness.backend import Backend
from tests.unit.backend.opdrachten.zaken import beheer, f


@pytest.fixture
async def kijker(backend: Backend) -> httpx.AsyncClient:
    return await beheer(backend)


@pytest.fixture
async def types(kijker: httpx.AsyncClient) -> dict[str, dict[str, Any]]:
    return await f.make_types(kijker)


@pytest.fixture
async def client(backend: Backend) -> httpx.AsyncClient:
    return await backend.client_for("snelbalie", naam="Anna")
