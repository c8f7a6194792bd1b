"""An application's token does not end, but its stream does: that is when a withdrawn one is noticed."""

from __future__ import annotations

import asyncio

from kcs_desktop.backend.accounts.beheer import set_blocked, withdraw_toepassing
from kcs_desktop.backend.accounts.tokens import LIFETIME
from kcs_desktop.domain.rechten import Recht
from tests.harness.backend import Backend

STREAM = "/kcs/api/v1/gebeurtenissen"


async def test_a_withdrawn_application_stops_hearing(backend: Backend) -> None:
    website = await backend.application("Website", crm=Recht.RAADPLEGEN)
    await backend.client_for("tic")
    reader = backend.client()
    stream = asyncio.create_task(website.get(STREAM, timeout=60))
    async with asyncio.timeout(30):
        while _streams((await reader.get("/metrics")).text) == 0:
            assert not stream.done()
        backend.klok.advance(seconds=LIFETIME.total_seconds())
        async with backend.db.write() as unit:
            await withdraw_toepassing(unit, "Website")
            await set_blocked(unit, "test-tic", geblokkeerd=True)  # is announced, which wakes whoever follows
        await stream
    assert (await website.get(STREAM)).status_code == 401


def _streams(text: str) -> int:
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("kcs_feed_streams{"))
