"""Who acts for whom, in the picture of either: with the register here, and with an Open Klant behind the backend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import msgspec
import pytest

from kcs_desktop.api.client import Client, Doel
from kcs_desktop.domain.contract import CONTRACT, HEADER
from kcs_desktop.domain.klant import Klantbeeld, KlantSleutel, Klantverwijzing, Relatiesoort, SoortKlant
from kcs_desktop.domain.opdracht import KlantRegistreren
from kcs_desktop.domain.sessie import Medewerker, Sessie, Werkplek
from kcs_desktop.services.beeldlader import Beeldlader, Deel
from kcs_desktop.services.klantbeeld import blank
from kcs_desktop.services.seat import SeatService
from tests.doubles.openklant import OpenKlant, running_open_klant
from tests.doubles.stoel_proxy import Passed, bad_network
from tests.harness.backend import BackendProcess, backend_process
from tests.harness.zitplaats import find, outcome, picture, running_seat

JOHANNA, BAKKERIJ = "999990019", "90000001"
ROOT = "/klantinteracties/api/v1"
DOOR, NAMENS = Relatiesoort.VERTEGENWOORDIGD_DOOR, Relatiesoort.HANDELT_NAMENS


@pytest.fixture(scope="module")
def served_open_klant() -> Iterator[OpenKlant]:
    with running_open_klant() as double:
        yield double


@pytest.fixture(scope="module")
def elders(served_open_klant: OpenKlant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackendProcess]:
    folder = tmp_path_factory.mktemp("elders")
    database, environment = f"sqlite:///{folder / 'kcs.db'}", served_open_klant.environment()
    with backend_process(database, log=folder / "backend.log", proefgemeente=True, environment=environment) as process:
        yield process


@pytest.fixture(params=["proefdam", "elders"])
def gemeente(request: pytest.FixtureRequest) -> BackendProcess:
    backend: BackendProcess = request.getfixturevalue(request.param)
    return backend


def shown(beeld: Klantbeeld) -> list[tuple[Relatiesoort, str]]:
    return [(relatie.soort, relatie.klant.naam) for relatie in beeld.relaties]


async def registered(
    seat: SeatService, naam: str, vertegenwoordigt: KlantSleutel | None = None, soort: SoortKlant = SoortKlant.PERSOON
) -> Klantverwijzing:
    """Somebody new, who acts for this customer."""
    made = KlantRegistreren(soort, naam=naam, achternaam=naam, vertegenwoordigt=vertegenwoordigt)
    if soort is SoortKlant.ORGANISATIE:
        made = KlantRegistreren(soort, naam=naam, vertegenwoordigt=vertegenwoordigt)
    uitkomst = (await outcome(seat, seat.klanten.register(made))).uitkomst
    assert uitkomst is not None
    return Klantverwijzing(KlantSleutel(soort, partij=str(uitkomst.resultaat["partij"])), naam)


async def test_a_company_shows_who_acts_for_it_apart_from_for_whom_it_acts(
    gemeente: BackendProcess, tmp_path: Path
) -> None:
    async with running_seat(tmp_path, gemeente.url, account="snelbalie") as seat:
        eigenaar = await registered(seat, "De Eigenaar")
        beheer = await registered(seat, "Beheer BV", eigenaar.sleutel, SoortKlant.ORGANISATIE)
        await registered(seat, "De Gemachtigde", beheer.sleutel)
        assert shown(await picture(seat, beheer)) == [(DOOR, "De Gemachtigde"), (NAMENS, "De Eigenaar")]
        assert shown(await picture(seat, eigenaar)) == [(DOOR, "Beheer BV")]


async def test_the_one_who_acts_for_a_company_and_that_company_show_each_other_once(
    gemeente: BackendProcess, tmp_path: Path
) -> None:
    async with running_seat(tmp_path, gemeente.url, account="snelbalie") as seat:
        beeld = await picture(seat, await find(seat, JOHANNA))
        (bedrijf,) = [al.klant for al in beeld.relaties if al.klant.sleutel.kvk_nummer == BAKKERIJ]
        assert [al.soort for al in beeld.relaties if al.klant.sleutel.kvk_nummer == BAKKERIJ] == [NAMENS]
        (terug,) = [al for al in (await picture(seat, bedrijf)).relaties if al.klant.sleutel.bsn == JOHANNA]
        assert terug.soort is DOOR


async def test_many_who_act_for_one_are_each_read_once_and_two_at_a_time(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account="snelbalie") as seat:
        vereniging = await registered(seat, "Vereniging", soort=SoortKlant.ORGANISATIE)
        network.seen.clear()
        await picture(seat, vereniging)
        assert len(asked(network.seen, f"{ROOT}/vertegenwoordigingen?")) == 1
        assert len(asked(network.seen, f"{ROOT}/partijen/")) == 1, "its own"
        leden = [await registered(seat, f"Lid {nr}", vereniging.sleutel) for nr in range(5)]
        network.seen.clear()
        beeld = await picture(seat, vereniging)
        assert sorted(shown(beeld)) == [(DOOR, lid.naam) for lid in leden]
        reads = [one for lid in leden for one in asked(network.seen, f"{ROOT}/partijen/{lid.sleutel.partij}")]
        assert len(reads) == len(leden)
        assert max(sum(al.at <= one.at < al.answered_at for al in reads) for one in reads) <= 2


def asked(seen: list[Passed], part: str) -> list[Passed]:
    return [one for one in seen if part in one.path and one.path.startswith(f"{ROOT}/")]


async def test_one_who_is_gone_from_the_register_is_left_out() -> None:
    """An Open Klant that removed him between the two questions; the one asked for acts for himself in it too."""
    eigen, weg, contactpersoon = "p-eigen", "p-weg", "p-contact"

    def handle(request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix(ROOT)
        if path == "/vertegenwoordigingen":
            rijen = [{"vertegenwoordigendePartij": {"uuid": uuid}} for uuid in (eigen, weg, contactpersoon)]
            return httpx.Response(200, content=msgspec.json.encode({"count": 3, "results": rijen}))
        soorten = {f"/partijen/{eigen}": "organisatie", f"/partijen/{contactpersoon}": "contactpersoon"}
        if path in soorten:
            gegevens = {"uuid": path.rpartition("/")[2], "soortPartij": soorten[path]}
            return httpx.Response(200, content=msgspec.json.encode(gegevens))
        return httpx.Response(404, content=b'{"code": "not_found"}', headers={HEADER: str(CONTRACT)})

    nu = datetime(2026, 3, 2, tzinfo=UTC)
    sessie = Sessie("s", Medewerker("aaf", "Aaf"), Werkplek("b", "Balie"), ("tic",), {"crm": 1}, nu)
    client = Client(httpx.MockTransport(handle))
    client.aim("http://127.0.0.1:9")
    beeld = blank(Klantverwijzing(KlantSleutel(SoortKlant.ORGANISATIE, partij=eigen), "Vereniging"))
    async for change in Beeldlader(client, lambda: nu).load(beeld, {Deel.RELATIES}, sessie, Doel()):
        beeld = change(beeld)
    await client.close()
    assert [(al.soort, al.klant.sleutel.partij) for al in beeld.relaties] == [
        (Relatiesoort.CONTACTPERSOON, contactpersoon)
    ]
