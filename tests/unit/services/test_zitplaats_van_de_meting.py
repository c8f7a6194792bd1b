"""The seats of the benchmark `stoelen` ask exactly what a real seat asks."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import msgspec

from kcs_desktop.domain.klant import Klantbeeld, Klantverwijzing
from kcs_desktop.domain.sessie import Aanmelding, SessieAntwoord
from tests.doubles.stoel_proxy import BadNetwork, bad_network
from tests.harness.backend import BackendProcess
from tests.harness.zitplaats import find, finish_contact, picture, running_seat, until
from tests.perf.opstelling import WACHTWOORD
from tests.perf.zitplaatsen import Zitplaats

ONDERWERP = "Gezien bij beide"


STREAM = "/kcs/api/v1/gebeurtenissen"
SHOWN = f"{STREAM}/getoond"


def _asked(network: BadNetwork) -> list[tuple[str, str]]:
    return sorted((one.method, one.path) for one in network.seen if one.path != STREAM)


def _told(network: BadNetwork) -> bytes:
    return network.passed("POST", SHOWN)[-1].body


def _holds(shown: list[Klantbeeld]) -> bool:
    return bool(shown) and any(regel.onderwerp == ONDERWERP for regel in shown[-1].contacten)


async def _signed_in(url: str) -> SessieAntwoord:
    async with httpx.AsyncClient(base_url=url) as client:
        first = await client.post("/kcs/api/v1/aanmelden", json={"gebruikersnaam": "tic", "wachtwoord": WACHTWOORD})
        keuze = msgspec.json.decode(first.raise_for_status().content, type=Aanmelding).keuzetoken
        choice = {"keuzetoken": keuze, "werkplek": "balie-1", "rollen": ["tic"]}
        second = await client.post("/kcs/api/v1/sessies", json=choice)
        return msgspec.json.decode(second.raise_for_status().content, type=SessieAntwoord)


async def test_after_a_change_both_ask_the_same(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with (
        bad_network(proefdam.url) as of_seat,
        bad_network(proefdam.url) as of_benchmark,
        running_seat(tmp_path / "een", of_seat.url, account="snelbalie") as seat,
        running_seat(tmp_path / "ander", proefdam.url, account="tic") as ander,
    ):
        klant = await find(seat, "999900341")
        beeld = await picture(seat, klant)
        known = Klantverwijzing(beeld.sleutel, beeld.naam)
        watch = seat.klanten.watch(known)
        measured = Zitplaats(of_benchmark.url, await _signed_in(proefdam.url), tmp_path)
        stream = asyncio.create_task(measured.volger.run())
        try:
            await asyncio.wait_for(measured.connected.wait(), 20)
            service = measured.show(known)
            at_seat: list[Klantbeeld] = []
            at_benchmark: list[Klantbeeld] = []
            seat.klanten.changed.connect(at_seat.append)
            service.changed.connect(at_benchmark.append)
            await until(service.changed, lambda: bool(at_benchmark))
            for network in (of_seat, of_benchmark):
                await network.until_answered("POST", SHOWN)
            assert _told(of_seat) == _told(of_benchmark)
            of_seat.seen.clear()
            of_benchmark.seen.clear()
            finish_contact(ander, klant, ONDERWERP)
            await until(seat.klanten.changed, lambda: _holds(at_seat))
            await until(service.changed, lambda: _holds(at_benchmark))
            assert _asked(of_benchmark) == _asked(of_seat) == []
            await measured.getoond.end()
            await service.end()
        finally:
            watch.close()
            stream.cancel()
            await asyncio.gather(stream, return_exceptions=True)
            await measured.client.close()
