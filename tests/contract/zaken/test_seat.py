"""The seat's own client against the real register: a list in one call, a whole zaak in three."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any, cast

import httpx
import pytest

from kcs_desktop.api.client import Client
from kcs_desktop.api.zaken import find_zaken, read_zaak, read_zaken_of
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.klant import KlantSleutel, SoortKlant
from kcs_desktop.domain.termijn import Termijnstand
from tests.contract.zaken import fixtures as f
from tests.harness.backend import BASE, Backend


class _Token:
    """A token that is already there."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def token(self) -> str:
        return self._token

    async def renew(self, used: str) -> str:
        return used


@pytest.fixture
async def made(backend: Backend) -> AsyncIterator[tuple[Client, httpx.AsyncClient, dict[str, f.Json]]]:
    """A seat's client, another client that may write, and a zaaktype."""
    other = await f.client_of(backend)
    client = Client(httpx.ASGITransport(cast(Any, backend.app), client=("127.0.0.1", 50000)))
    client.aim(BASE)
    client.toegang = _Token(other.headers["Authorization"].removeprefix("Bearer "))
    yield client, other, await f.make_types(other)
    await client.close()


Made = tuple[Client, httpx.AsyncClient, dict[str, f.Json]]


async def test_a_customer_has_his_zaken_latest_first(made: Made) -> None:
    client, other, types = made
    for day in (1, 20, 10):
        zaak = await f.make_zaak(other, types, startdatum=f"2026-11-{day:02d}", omschrijving=f"Zaak {day}")
        await f.post(other, "rollen", f.initiator(types, zaak))
    await f.make_zaak(other, types)
    await f.post(other, "statussen", f.status(types, "statustypen", zaak))
    pagina = await read_zaken_of(client, KlantSleutel(SoortKlant.PERSOON, bsn=f.BSN))
    assert [regel.omschrijving for regel in pagina.regels] == ["Zaak 20", "Zaak 10", "Zaak 1"]
    assert (pagina.totaal, pagina.is_laatste) == (3, True)
    regel = pagina.regels[1]
    assert regel.verwijzing.zaaktype == "Parkeervergunning aanvragen"
    assert regel.status == "Wij hebben uw aanvraag ontvangen."
    assert regel.termijn(date(2026, 11, 26)).stand is Termijnstand.LOOPT
    eerste = await find_zaken(client, {"einddatum__isnull": "true"}, omvang=2)
    assert (len(eerste.regels), eerste.totaal, eerste.is_laatste) == (2, 4, False)
    assert (await find_zaken(client, {"omschrijving": "zaak"})).totaal == 3


async def test_a_whole_zaak_has_its_steps_people_and_properties(made: Made) -> None:
    client, other, types = made
    zaak = await f.make_zaak(other, types, opschorting={"indicatie": True, "reden": "Stukken"})
    await f.post(other, "rollen", f.initiator(types, zaak))
    await f.post(other, "rollen", f.behandelaar(types, zaak))
    await f.post(other, "statussen", f.status(types, "statustypen", zaak))
    await f.post(other, "statussen", f.status(types, "In behandeling", zaak, "2026-11-05T09:00:00Z"))
    await f.post(
        other,
        f"zaken/{zaak['uuid']}/zaakeigenschappen",
        {"zaak": zaak["url"], "eigenschap": types["breedte"]["url"], "waarde": "3,5"},
        "/zaken/{zaak_uuid}/zaakeigenschappen",
    )
    whole = await read_zaak(client, zaak["uuid"])
    assert [(stap.naam, stap.gezet_op is not None, stap.is_huidig) for stap in whole.stappen] == [
        ("Ontvangen", True, False),
        ("In behandeling", True, True),
        ("Afgehandeld", False, False),
    ]
    assert [stap.naam for stap in whole.statusgeschiedenis] == ["In behandeling", "Ontvangen"]
    assert whole.initiator is not None
    assert (whole.initiator.naam, whole.initiator.bsn) == ("Jan Test", f.BSN)
    assert whole.behandelaar is not None
    assert whole.behandelaar.naam == "Zandstra"
    assert [(one.naam, one.waarde) for one in whole.eigenschappen] == [("breedte", "3,5")]
    assert (whole.regel.opgeschort, whole.opschorting_reden) == (True, "Stukken")
    assert whole.regel.termijn(date(2027, 6, 1)).stand is Termijnstand.OPGESCHORT
    with pytest.raises(NotFound):
        await read_zaak(client, "019ac000-0000-7000-8000-000000000001")
