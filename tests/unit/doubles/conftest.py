"""The doubles, served once for all these tests; each test leaves them as it found them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.doubles.openklant import OpenKlant, running_open_klant
from tests.doubles.openzaak import OpenZaak, running_open_zaak


@pytest.fixture(scope="package")
def open_zaak() -> Iterator[OpenZaak]:
    with running_open_zaak() as double:
        yield double


@pytest.fixture(scope="package")
def open_klant() -> Iterator[OpenKlant]:
    with running_open_klant() as double:
        yield double
