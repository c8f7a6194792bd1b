"""A look from the seat's own store reaches the trail however it was chosen, over a kill, and once."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from kcs_desktop.cache.eerste_blik import recent
from kcs_desktop.domain.klant import Klantverwijzing
from kcs_desktop.security.sleutelbos import Geheugenbos, OsSleutelbos
from tests.doubles.stoel_proxy import Fault, bad_network
from tests.harness.backend import ROOT, BackendProcess
from tests.harness.zitplaats import find, picture, running_seat
from tests.unit.services.test_inzagen import API, looks_at

INZAGE = f"{API}/audit/inzage"
CHILD = """
import asyncio, pathlib, sys
from kcs_desktop.security.sleutelbos import OsSleutelbos
from tests.harness.zitplaats import picture, running_seat

async def main():
    profile, backend = pathlib.Path(sys.argv[1]), sys.argv[2]
    async with running_seat(profile, backend, bos=OsSleutelbos()) as seat:
        assert await seat.aanmelden.resume() is not None
        (beeld,) = seat.klanten.recent()
        await picture(seat, beeld)
        print("gezien", flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_a_hit_of_the_own_store_counts_as_a_look_when_it_is_opened(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos, bsn = Geheugenbos(), "999900249"
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path, network.url, bos=bos, account="tic") as seat:
            beeld = await picture(seat, await find(seat, bsn))
        network.is_down = True
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None
            treffers = [al async for al in seat.zoeken.while_typing(beeld.naam)][-1].treffers
            assert [treffer.bron for treffer in treffers] == ["eigen"]
            await picture(seat, treffers[0].klant)
        assert looks_at(proefdam.url, bsn) == []
        network.is_down = False
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None
            await network.until_answered("POST", INZAGE)
        assert len(looks_at(proefdam.url, bsn)) == 1


@pytest.mark.usefixtures("secret_service")
async def test_a_row_of_the_first_glance_counts_as_a_look_when_it_is_opened(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bsn = "999900250"
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path, network.url, bos=OsSleutelbos(), account="tic") as seat:
            await picture(seat, await find(seat, bsn))
        glance = recent(tmp_path)
        assert glance is not None
        (beeld,) = glance.klanten
        async with running_seat(tmp_path, network.url, bos=OsSleutelbos()) as seat:
            assert await seat.aanmelden.resume() is not None
            await picture(seat, Klantverwijzing(beeld.sleutel, beeld.naam))
            await network.until_answered("POST", INZAGE)
        assert len(looks_at(proefdam.url, bsn)) == 1


@pytest.mark.usefixtures("secret_service")
async def test_a_look_survives_a_kill_and_a_lost_answer_and_is_told_once(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bsn = "999900262"
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path, network.url, bos=OsSleutelbos(), account="tic") as seat:
            await picture(seat, await find(seat, bsn))
        network.is_down = True
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", CHILD, str(tmp_path), network.url, cwd=ROOT, stdout=asyncio.subprocess.PIPE
        )
        try:
            assert child.stdout is not None
            assert (await child.stdout.readline()).strip() == b"gezien"
        finally:
            child.kill()
            await child.communicate()
        network.is_down = False
        network.seen.clear()
        network.prefix = INZAGE
        network.faults.append(Fault.CUT_AFTER)
        async with running_seat(tmp_path, network.url, bos=OsSleutelbos()) as seat:
            assert await seat.aanmelden.resume() is not None
            await network.until_answered("POST", INZAGE)  # the first answer was cut off: it is told again by itself
            assert len(network.passed("POST", INZAGE)) == 2
        assert not network.faults
        assert len(looks_at(proefdam.url, bsn)) == 1
