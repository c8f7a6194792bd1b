"""The worklist of e-formulieren where the zaken are at an Open Zaak, to which Open Formulieren registers by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.doubles.openformulieren import Inzending, OpenFormulieren
from tests.doubles.openzaak import OpenZaak, running_open_zaak
from tests.doubles.register import Gevraagd, Wrong
from tests.harness.backend import BackendProcess, backend_process
from tests.harness.zitplaats import running_seat

JOHANNA = "999990019"


@pytest.fixture(scope="module")
def served_open_zaak() -> Iterator[OpenZaak]:
    with running_open_zaak() as double:
        yield double


@pytest.fixture
def open_zaak(served_open_zaak: OpenZaak) -> Iterator[OpenZaak]:
    yield served_open_zaak
    served_open_zaak.reset()


@pytest.fixture(scope="module")
def gemeente(served_open_zaak: OpenZaak, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackendProcess]:
    folder = tmp_path_factory.mktemp("eformulieren")
    database, environment = f"sqlite:///{folder / 'kcs.db'}", served_open_zaak.environment()
    with backend_process(database, log=folder / "backend.log", proefgemeente=True, environment=environment) as process:
        yield process


@pytest.fixture
async def website(open_zaak: OpenZaak) -> AsyncIterator[OpenFormulieren]:
    headers = {"X-Voorbij": open_zaak._token}
    async with httpx.AsyncClient(base_url=open_zaak.url, headers=headers, timeout=30, trust_env=False) as client:
        yield OpenFormulieren(client, lambda: datetime.now(UTC), documenten=True)


@pytest.mark.parametrize("kenmerk", [True, False])
async def test_a_form_registered_there_is_listed_with_its_customer(
    gemeente: BackendProcess, website: OpenFormulieren, tmp_path: Path, *, kenmerk: bool
) -> None:
    """By its kenmerk, or by what Open Formulieren says of the one who sent it."""
    referentie = f"OF-ELDERS-{kenmerk}"
    zaak = await Inzending(website, "parkeervergunning-bewoners", referentie, bsn=JOHANNA, kenmerk=kenmerk).register()
    async with running_seat(tmp_path, gemeente.url, account="snelbalie") as seat:
        await seat.eformulieren.load()
        al = seat.eformulieren.lijst.find(zaak["uuid"])
        assert al is not None
        assert al.regel.verwijzing.identificatie == referentie
        assert al.klant is not None
        assert (al.vanuit, al.klant.sleutel.bsn) == ("klantregistratie", JOHANNA)
        assert "Duinrode" in al.klant.naam


async def test_an_open_zaak_that_falls_over_expand_keeps_no_form_out(
    gemeente: BackendProcess, open_zaak: OpenZaak, website: OpenFormulieren, tmp_path: Path
) -> None:
    zaak = await Inzending(website, "parkeervergunning-bewoners", "OF-ZONDER", bsn=JOHANNA).register()
    open_zaak.draw = lambda asked: Wrong.HTML_BEFORE if _is_expanded(asked) else None
    async with running_seat(tmp_path, gemeente.url, account="snelbalie") as seat:
        await seat.eformulieren.load()
        assert set(open_zaak.gone_wrong) == {Wrong.HTML_BEFORE}
        assert seat.eformulieren.lijst.find(zaak["uuid"]) is not None
        open_zaak.is_away = True
        await seat.eformulieren.load()
        lijst = seat.eformulieren.lijst
        assert "zaakregister" in lijst.fout.lower()
        assert lijst.find(zaak["uuid"]) is not None


async def test_a_form_that_cannot_be_told_as_one_is_not_missed_in_silence(
    gemeente: BackendProcess, open_zaak: OpenZaak, website: OpenFormulieren, tmp_path: Path
) -> None:
    """Its register answers lists, but neither expanded nor part by part."""
    zaak = await Inzending(website, "parkeervergunning-bewoners", "OF-HALF", bsn=JOHANNA).register()
    async with running_seat(tmp_path, gemeente.url, account="snelbalie") as seat:
        await seat.eformulieren.load()
        assert seat.eformulieren.lijst.find(zaak["uuid"]) is not None
        open_zaak.draw = lambda asked: Wrong.HTML_BEFORE if _is_expanded(asked) or "/rollen/" in asked.path else None
        await seat.eformulieren.load()
        lijst = seat.eformulieren.lijst
        assert lijst.fout
        assert lijst.find(zaak["uuid"]) is not None


def _is_expanded(asked: Gevraagd) -> bool:
    return asked.path.endswith("/zaken/api/v1/zaken") and bool(asked.query.get("expand"))
