"""Who signs out while a customer is being read: what was read goes into the own store, or nowhere; nothing breaks."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from kcs_desktop.domain.klant import Bronstand, Klantbeeld
from kcs_desktop.security.sleutelbos import Geheugenbos
from tests.harness.backend import BackendProcess
from tests.harness.zitplaats import find, picture, running_seat, sign_in

BSN = "999900249"


async def test_what_is_being_saved_when_its_employee_signs_out_is_saved(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running_seat(tmp_path, proefdam.url, bos=Geheugenbos(), account="tic") as seat:
        klant = await find(seat, BSN)
        is_read, may_save, saves = asyncio.Event(), asyncio.Event(), asyncio.Event()
        closes = threading.Event()

        async def look() -> None:
            async for beeld in seat.klanten.open(klant):
                if not any(bron.stand is Bronstand.LAADT for bron in beeld.bronnen) and not is_read.is_set():
                    is_read.set()
                    await may_save.wait()

        seat.klanten.changed.connect(lambda _: saves.set())
        end = seat.zoeken.end

        async def last_before_the_store_closes() -> None:
            await end()
            seat._opslag.werker.post(closes.wait, 20)  # what is handed in now is done when there is no store any more
            may_save.set()
            await saves.wait()
            await asyncio.sleep(0)

        looking = asyncio.create_task(look())
        await is_read.wait()
        with monkeypatch.context() as slow:
            slow.setattr(seat.zoeken, "end", last_before_the_store_closes)
            signing_out = asyncio.create_task(seat.aanmelden.sign_out())
            while seat._opslag.is_open:  # noqa: ASYNC110 -- nobody is told when it begins to close
                await asyncio.sleep(0)
            closes.set()
            await asyncio.gather(looking, signing_out)
        await sign_in(seat, "tic")
        assert [beeld.naam for beeld in seat.klanten.recent()] == [klant.naam]


async def test_what_was_read_in_another_sign_in_is_not_kept_in_this_one(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with running_seat(tmp_path, proefdam.url, bos=Geheugenbos(), account="tic") as seat:
        klant = await find(seat, BSN)
        beelden = seat.klanten.open(klant)
        while any(bron.stand is Bronstand.LAADT for bron in (await anext(beelden)).bronnen):
            pass
        await seat.aanmelden.sign_out()
        await sign_in(seat, "snelbalie")
        kept: list[Klantbeeld] = []
        seat.klanten.kept.connect(kept.append)
        assert [al async for al in beelden]
        assert (kept, seat.klanten.recent()) == ([], [])
        await picture(seat, klant)
        assert len(seat.klanten.recent()) == 1
