"""Files are looked at as soon as they are in, one at a time, and a scan does not hold up the end of the backend."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from kcs_desktop.backend.bestanden import opslag
from kcs_desktop.backend.bestanden.onderzoek import FUNCTIE, Onderzoek
from kcs_desktop.backend.bestanden.scanner import Scanner, Uitslag
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.domain.bestandsoverdracht import Bestandstand as Stand
from kcs_desktop.domain.gebeurtenis import Wijziging

HOUR = 3600.0
PATIENT = 20.0


class Bedachtzaam(Scanner):
    """Says clean, one file for each time it is let go."""

    def __init__(self) -> None:
        self.at_once = 0
        self.most = 0
        self.begun = asyncio.Event()
        self.let_go = asyncio.Semaphore(0)

    async def scan(self, omvang: int, inhoud: AsyncIterator[bytes]) -> Uitslag:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.begun.set()
        try:
            await self.let_go.acquire()
        finally:
            self.at_once -= 1
        return Uitslag(is_schoon=True)


async def send(db: Database) -> None:
    async with db.write() as unit:
        made = await opslag.store(unit, "brief.pdf", "application/pdf", b"inhoud", Stand.ONDERZOEK)
        unit.emit(Wijziging("bestand", made.id, "gewijzigd", FUNCTIE, ()))


class Teller:
    """Says when so many changes were told."""

    def __init__(self, count: int) -> None:
        self._left = count
        self.enough = asyncio.Event()

    def heard(self, unit: UnitOfWork) -> None:
        self._left -= len(unit.wijzigingen)
        if self._left <= 0:
            self.enough.set()


async def test_what_comes_in_is_looked_at_at_once_one_at_a_time(db: Database) -> None:
    scanner = Bedachtzaam()
    onderzoek = Onderzoek(db, scanner, 30.0, interval=HOUR)
    db.after_commit.append(onderzoek.heard)
    onderzoek.start()
    try:
        await send(db)
        await asyncio.wait_for(scanner.begun.wait(), PATIENT)
        teller = Teller(5)  # two that come in, and three that are concluded upon
        db.after_commit.append(teller.heard)
        await send(db)
        await send(db)
        for _ in range(3):
            scanner.let_go.release()
        await asyncio.wait_for(teller.enough.wait(), PATIENT)
    finally:
        await onderzoek.stop()
    assert scanner.most == 1


async def test_the_end_does_not_wait_for_a_scan(db: Database) -> None:
    scanner = Bedachtzaam()
    onderzoek = Onderzoek(db, scanner, 30.0, interval=HOUR)
    db.after_commit.append(onderzoek.heard)
    onderzoek.start()
    await send(db)
    await asyncio.wait_for(scanner.begun.wait(), PATIENT)
    await asyncio.wait_for(onderzoek.stop(), PATIENT)
    assert scanner.at_once == 0
