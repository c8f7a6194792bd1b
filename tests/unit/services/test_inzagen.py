"""Opening a customer from the seat's own store reaches the auditor, with its purpose, once."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import httpx

from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.security.sleutelbos import Geheugenbos
from tests.doubles.stoel_proxy import Fault, bad_network
from tests.harness.backend import BackendProcess
from tests.harness.zitplaats import find, picture, running_seat

BSN = "999900201"
TWICE = "999900316"
API = "/kcs/api/v1"


def _auditor(url: str) -> httpx.Client:
    """A client of the auditor of the proefgemeente, signed in."""
    client = httpx.Client(base_url=url, trust_env=False)
    wachtwoord = client.get(f"{API}/aanmelden").json()["wachtwoord"]
    keuze = client.post(f"{API}/aanmelden", json={"gebruikersnaam": "auditor", "wachtwoord": wachtwoord}).json()
    body = {"keuzetoken": keuze["keuzetoken"], "werkplek": keuze["werkplekken"][0]["id"], "rollen": ["auditor"]}
    tokens = client.post(f"{API}/sessies", json=body).json()["tokens"]
    client.headers["Authorization"] = f"Bearer {tokens['toegang']}"
    return client


def looks_at(url: str, bsn: str = BSN) -> list[dict[str, Any]]:
    """What the trail says of looks at this person from a seat's own store."""
    with closing(_auditor(url)) as client:
        answer = client.post(f"{API}/audit/zoeken", json={"soort": "bsn", "waarde": bsn})
        assert answer.status_code == 200, answer.text
        return [regel for regel in answer.json()["regels"] if regel["bron"] == "werkplek"]


async def test_a_look_without_connection_is_told_when_it_is_back(proefdam: BackendProcess, tmp_path: Path) -> None:
    bos = Geheugenbos()
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path, network.url, bos=bos, account="tic") as seat:
            klant = await find(seat, BSN)
            await picture(seat, klant)
            seat.contacten.start(Kanaal.TELEFOON)
        network.is_down = True
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None
            beeld = await picture(seat, klant)
            assert beeld.naam
            assert looks_at(proefdam.url) == []
        network.is_down = False
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None
            await network.until_answered("POST", f"{API}/audit/inzage")
        (regel,) = looks_at(proefdam.url)
        assert regel["doelbinding"] == "Klantcontact via telefoon"
        assert regel["gelukt"] is True


async def test_a_look_that_was_not_taken_is_told_again_by_itself(proefdam: BackendProcess, tmp_path: Path) -> None:
    """With the connection there all the time, and nobody who opens anything else."""
    pad = f"{API}/audit/inzage"
    async with bad_network(proefdam.url) as network:
        network.prefix = pad
        network.faults.extend((Fault.HTML_500_AFTER, Fault.UNSENT, Fault.CUT_AFTER))
        async with running_seat(tmp_path, network.url, account="tic") as seat:
            klant = await find(seat, TWICE)
            await picture(seat, klant)
            await picture(seat, klant)
            await network.until_answered("POST", pad)
            assert not network.faults
    assert len(looks_at(proefdam.url, TWICE)) == 1
