"""What was kept long enough is forgotten once a day, by one worker."""

from __future__ import annotations

from sqlalchemy import func, select

from kcs_desktop.backend.accounts.tables import SessieRij
from kcs_desktop.backend.audit.chain import seal, verify_chain
from kcs_desktop.backend.audit.tables import AuditregelRow
from kcs_desktop.backend.beheer.onderhoud import Onderhoud
from kcs_desktop.backend.feed.store import read_after, read_stand
from kcs_desktop.backend.opdrachten.tables import OpdrachtRow
from kcs_desktop.backend.settings import Settings
from tests.harness.backend import Backend
from tests.unit.backend.opdrachten.bouwen import URL, contact, persoon


async def count(backend: Backend, table: type) -> int:
    async with backend.db.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def filled(backend: Backend) -> None:
    client = await backend.client_for("tic")
    assert (await client.post(URL, json=contact(backend.klok(), klant=persoon()))).status_code == 201
    await seal(backend.db)


async def test_each_kind_is_forgotten_after_its_own_time(backend: Backend) -> None:
    await filled(backend)
    onderhoud = Onderhoud(backend.db, Settings(database_url="x", bewaren_audit=200))
    highest = (await read_stand(backend.db)).hoogste

    backend.klok.advance(days=29)
    assert await onderhoud.turn() is not None
    assert (await read_after(backend.db, 0))[1]
    assert await count(backend, SessieRij) == 1

    backend.klok.advance(days=2)
    await onderhoud.turn()
    stand, numbered = await read_after(backend.db, 0)
    assert not numbered
    assert (stand.hoogste, stand.afgekapt_tot) == (highest, highest)
    assert await count(backend, SessieRij) == 0
    assert await count(backend, OpdrachtRow) == 1

    backend.klok.advance(days=60)
    await onderhoud.turn()
    assert await count(backend, OpdrachtRow) == 0
    assert await count(backend, AuditregelRow) > 0

    backend.klok.advance(days=120)
    done = await onderhoud.turn()
    assert done is not None
    assert done.auditregels > 0
    await seal(backend.db)
    report = await verify_chain(backend.db)
    assert report.is_whole
    assert report.sealed == 1  # the line that notes the cut


async def test_it_is_done_once_a_day_whichever_worker_asks(backend: Backend) -> None:
    settings = Settings(database_url="x")
    one, other = Onderhoud(backend.db, settings), Onderhoud(backend.db, settings)
    backend.klok.advance(days=2)  # the application's own worker did today's
    assert await one.turn() is not None
    assert await other.turn() is None
    backend.klok.advance(hours=25)
    assert await other.turn() is not None
    assert await one.turn() is None


async def test_a_worker_that_died_in_the_middle_is_followed_up(backend: Backend) -> None:
    settings = Settings(database_url="x")
    dead, other = Onderhoud(backend.db, settings), Onderhoud(backend.db, settings)
    backend.klok.advance(days=2)
    assert await dead._beurt.hold()
    assert await other.turn() is None
    backend.klok.advance(minutes=31)
    assert await other.turn() is not None


async def test_a_turn_that_failed_is_tried_again_by_its_own_worker_at_once(backend: Backend) -> None:
    settings = Settings(database_url="x")
    mine, other = Onderhoud(backend.db, settings), Onderhoud(backend.db, settings)
    backend.klok.advance(days=2)
    assert await mine._beurt.hold()  # and what came after it failed
    assert await other.turn() is None
    assert await mine.turn() is not None
    assert await mine.turn() is None
