"""A look that the backend cannot read is kept, and keeps no other look from the trail."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import msgspec

from kcs_desktop.api.client import Client
from kcs_desktop.api.kcs import Kcs
from kcs_desktop.cache.werkbestand import Inzage
from kcs_desktop.domain.contract import HEADER
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services.inzagen import Inzagen
from kcs_desktop.services.opslag import Opslag

NU = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WRONG = ("i3", "i7")


async def test_a_look_that_is_refused_keeps_no_other_from_the_trail(tmp_path: Path) -> None:
    told: list[str] = []
    asked = 0

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        inzagen: list[dict[str, Any]] = msgspec.json.decode(request.content)["inzagen"]
        ids = [inzage["id"] for inzage in inzagen]
        if not set(WRONG).isdisjoint(ids):
            return httpx.Response(400, headers={HEADER: "1"}, json={"code": "invalid", "title": "Niet goed ingevuld."})
        told.extend(ids)
        return httpx.Response(204)

    client = Client(httpx.MockTransport(answer))
    client.aim("http://127.0.0.1:1")
    opslag = Opslag(tmp_path, Geheugenbos(), lambda: NU)
    await opslag.open("a")
    try:
        for nummer in range(10):
            await opslag.werker.run(opslag.werk.add_inzage, Inzage(f"i{nummer}", NU, "persoon", bsn="999990019"))
        inzagen = Inzagen(Kcs(client), opslag, lambda: NU)
        await inzagen.push()
        assert told == [f"i{nummer}" for nummer in range(10) if f"i{nummer}" not in WRONG]
        asked = 0
        await opslag.werker.run(opslag.werk.add_inzage, Inzage("later", NU, "persoon", bsn="999990019"))
        await inzagen.push()
        assert told[-1] == "later"
        assert asked == 1
        assert [inzage.id for _, inzage in await opslag.werker.run(opslag.werk.inzagen)] == list(WRONG)
    finally:
        await opslag.close()
        await client.close()
