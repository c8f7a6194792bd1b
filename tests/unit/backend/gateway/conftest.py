"""A backend whose registers are upstream, at a double on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from itertools import count

import pytest

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.gateway.instellingen import RegisterSettings
from kcs_desktop.backend.opdrachten import bezorgen
from kcs_desktop.domain.bsn import passes_elfproef
from tests.doubles.openklant import OpenKlant, running_open_klant
from tests.doubles.openzaak import OpenZaak, running_open_zaak
from tests.doubles.upstream import Upstream, running_upstream
from tests.harness.backend import Backend, running_backend
from tests.harness.klok import Klok
from tests.unit.backend.gateway.dossier import Dossier, made_at

TOKEN = "sleutel-van-het-register"
_NUMBERS = (str(number) for number in count(999_994_000) if passes_elfproef(str(number)))


@pytest.fixture
async def upstream() -> AsyncIterator[Upstream]:
    async with running_upstream() as double:
        double.echo = f"{TOKEN} {double.url}"
        yield double


@pytest.fixture
async def gateway(upstream: Upstream, db: Database, klok: Klok) -> AsyncIterator[Backend]:
    register = RegisterSettings(upstream.url, TOKEN, 0.5)
    registers = dict.fromkeys(("brp", "kvk", "klantinteracties", "bag"), register)
    async with running_backend(db, klok, registers=registers) as made:
        yield made


@pytest.fixture
async def zgw_gateway(upstream: Upstream, db: Database, klok: Klok) -> AsyncIterator[Backend]:
    """A backend whose zaken, catalogi and documenten are at `upstream`."""
    async with running_backend(db, klok, registers=upstream.zgw_settings()) as made:
        yield made


@pytest.fixture(scope="package")
def served_open_zaak() -> Iterator[OpenZaak]:
    """With the clock as `klok` begins."""
    with running_open_zaak(Klok()) as double:
        yield double


@pytest.fixture
def bsn() -> str:
    """Of a person whom no other test asks for: a double keeps what was made, for the tests of either database."""
    return next(_NUMBERS)


@pytest.fixture
def open_zaak(served_open_zaak: OpenZaak) -> Iterator[OpenZaak]:
    yield served_open_zaak
    served_open_zaak.reset()


@pytest.fixture(scope="package")
def served_open_klant() -> Iterator[OpenKlant]:
    with running_open_klant(Klok()) as double:
        yield double


@pytest.fixture
def open_klant(served_open_klant: OpenKlant) -> Iterator[OpenKlant]:
    yield served_open_klant
    served_open_klant.reset()


@pytest.fixture
async def zaakgateway(open_zaak: OpenZaak, db: Database, klok: Klok) -> AsyncIterator[Backend]:
    """A backend whose zaken, catalogi and documenten are at the double of Open Zaak."""
    async with running_backend(db, klok, registers=open_zaak.settings()) as made:
        yield made


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the smallest files go along in a body."""
    monkeypatch.setattr(bezorgen, "MAX_INLINE", 1024)


@pytest.fixture
async def dossier(backend: Backend, open_zaak: OpenZaak) -> Dossier:
    """Documents to a zaak, at the `backend` of the test file."""
    return await made_at(backend, open_zaak)
