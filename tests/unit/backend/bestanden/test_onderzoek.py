"""Files are looked at as soon as they are in, one at a time, and a scan does not hold up the end of the backend."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from kcs_desktop.backend.bestanden import opslag
from kcs_desktop.backend.bestanden.onderzoek import FUNCTIE, Onderzoek
from kcs_desktop.backend.bestanden.opslag import BESTAND
from kcs_desktop.backend.bestanden.scanner import Scanner, ScannerFailed, Uitslag
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.domain.bestandsoverdracht import Bestandstand as Stand
from kcs_desktop.domain.gebeurtenis import Wijziging
from tests.harness.klok import Klok

HOUR = 3600.0
PATIENT = 20.0
TURN = 15  # seconds from one turn to the next
LIMIT = 120.0


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


class Struikelend(Scanner):
    """Fails on these contents, after so many seconds; the rest is clean at once."""

    def __init__(self, klok: Klok, seconds: float, *fails_on: bytes) -> None:
        self.fails_on = set(fails_on)
        self.seen: list[bytes] = []
        self._klok = klok
        self._seconds = seconds

    async def scan(self, omvang: int, inhoud: AsyncIterator[bytes]) -> Uitslag:
        content = b"".join([stuk async for stuk in inhoud])
        self.seen.append(content)
        if content in self.fails_on:
            self._klok.advance(self._seconds)
            raise ScannerFailed("te laat")
        return Uitslag(is_schoon=True)


async def send(db: Database, inhoud: bytes = b"inhoud") -> None:
    async with db.write() as unit:
        made = await opslag.store(unit, "brief.pdf", "application/pdf", inhoud, Stand.ONDERZOEK)
        unit.emit(Wijziging("bestand", made.id, "gewijzigd", FUNCTIE, ()))


async def count(db: Database, stand: Stand) -> int:
    async with db.read() as session:
        return len((await session.scalars(select(BESTAND.id).where(BESTAND.stand == stand))).all())


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


class Verwisseld(Scanner):
    """Says `first` of the first file, when another came in under its id; of that one, that a virus is in it."""

    def __init__(self, db: Database, first: Uitslag | None) -> None:
        self.seen: list[bytes] = []
        self._db = db
        self._first = first

    async def scan(self, omvang: int, inhoud: AsyncIterator[bytes]) -> Uitslag:
        self.seen.append(b"".join([stuk async for stuk in inhoud]))
        if len(self.seen) > 1:
            return Uitslag(is_schoon=False, reden="tweede")
        async with self._db.write() as unit:
            bestand = await opslag.find(unit.session, str(await unit.session.scalar(select(BESTAND.id))))
            assert bestand is not None
            await opslag.drop(unit, [bestand.id])
            renewed = await opslag.begin(unit, bestand.id, bestand.eigenaar, bestand.naam, "", len(b"ander"))
            await opslag.put_piece(unit, renewed, 1, b"ander")
            await opslag.complete(unit, renewed, "0" * 64, "application/pdf", Stand.ONDERZOEK)
        if self._first is None:
            raise ScannerFailed("te laat")
        return self._first


@pytest.mark.parametrize("first", [Uitslag(is_schoon=True), Uitslag(is_schoon=False, reden="eerste"), None])
async def test_what_is_said_of_a_file_does_not_count_for_another_that_came_in_its_place(
    db: Database, first: Uitslag | None
) -> None:
    await send(db)
    scanner = Verwisseld(db, first)
    onderzoek = Onderzoek(db, scanner, 30.0)
    await onderzoek.turn()
    await onderzoek.turn()
    assert scanner.seen == [b"inhoud", b"ander"]
    async with db.read() as session:
        assert (await session.execute(select(BESTAND.stand, BESTAND.reden))).one() == (Stand.BESMET, "tweede")


@pytest.fixture(params=[0.0, LIMIT], ids=["fails-at-once", "takes-all-its-time"])
def scanner(request: pytest.FixtureRequest, klok: Klok) -> Struikelend:
    """A scanner that can say nothing about two files."""
    return Struikelend(klok, request.param, b"een", b"twee")


async def test_files_that_the_scanner_fails_on_hold_up_no_new_one(
    db: Database, klok: Klok, scanner: Struikelend
) -> None:
    onderzoek = Onderzoek(db, scanner, LIMIT)
    for inhoud in (b"een", b"twee"):
        await send(db, inhoud)
        klok.advance(seconds=1)
    for _ in range(4):
        await onderzoek.turn()
        klok.advance(seconds=TURN)
    await send(db, b"nieuw")
    await onderzoek.turn()
    assert await count(db, Stand.SCHOON) == 1


async def test_each_file_gets_its_turn_after_a_scanner_that_failed_on_all(
    db: Database, klok: Klok, scanner: Struikelend
) -> None:
    onderzoek = Onderzoek(db, scanner, LIMIT)
    all_ = [b"een", b"twee", b"drie", b"vier"]
    scanner.fails_on.update(all_)
    for inhoud in all_:
        await send(db, inhoud)
        klok.advance(seconds=1)
    for _ in all_:
        await onderzoek.turn()
        klok.advance(seconds=TURN)
    assert set(scanner.seen) == set(all_)
    scanner.fails_on.difference_update({b"drie", b"vier"})
    begun = klok()
    while await count(db, Stand.SCHOON) < 2:
        await onderzoek.turn()
        klok.advance(seconds=TURN)
        assert (klok() - begun).total_seconds() < HOUR / 2


async def test_what_the_scanner_keeps_failing_on_is_tried_ever_less_often_and_never_given_up(
    db: Database, klok: Klok, scanner: Struikelend
) -> None:
    onderzoek = Onderzoek(db, scanner, LIMIT)
    await send(db, b"een")
    begun = klok()
    while (klok() - begun).total_seconds() < 2 * HOUR:
        await onderzoek.turn()
        klok.advance(seconds=TURN)
    assert 10 <= len(scanner.seen) <= 20
    scanner.fails_on.clear()
    klok.advance(minutes=10)
    assert await onderzoek.turn() == 1
