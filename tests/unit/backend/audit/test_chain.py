"""The audit trail: written with the act, sealed afterwards, cut only where the check still holds."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Delete, delete, select, update

from kcs_desktop.backend.audit.chain import purge, seal, unsealed, verify_chain
from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.audit.sealer import Sealer
from kcs_desktop.backend.audit.store import record_intent, record_outcome, record_refused, write
from kcs_desktop.backend.audit.tables import AuditregelRow, Auditsleutel, AuditStand
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.principal import Principal
from tests.harness.klok import Klok

WIE = Principal("a1", "jan", "medewerker", {}, ("snelbalie",), "balie-1", "s1", "Jan")


@pytest.fixture
def audited(db: Database) -> Database:
    db.before_commit = [write]
    return db


def look(*, bron: str = "", gelukt: bool = True, reden: str = "") -> Auditregel:
    return Auditregel(WIE, "geraadpleegd", "bsn", "999990019", bron=bron, gelukt=gelukt, reden=reden)


async def note(db: Database, count: int = 1) -> None:
    for _ in range(count):
        async with db.write() as unit:
            unit.audit(look())


async def test_a_rolled_back_act_leaves_no_line(audited: Database) -> None:
    async def act() -> None:
        async with audited.write() as unit:
            unit.audit(look())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await act()
    assert await unsealed(audited) == 0


async def test_sealing_chains_every_committed_line(audited: Database) -> None:
    await note(audited, 3)
    assert (await verify_chain(audited)).unsealed == 3
    assert await seal(audited) == 3
    report = await verify_chain(audited)
    assert (report.sealed, report.unsealed, report.is_whole) == (3, 0, True)


async def test_a_changed_line_is_found_at_its_link(audited: Database) -> None:
    await note(audited, 3)
    await seal(audited)
    async with audited.write() as unit:
        await unit.session.execute(
            update(AuditregelRow).where(AuditregelRow.schakel == 2).values(weergavenaam="Iemand anders")
        )
    report = await verify_chain(audited)
    assert not report.is_whole
    assert report.broken_at == 2


@pytest.mark.parametrize("link", [1, 2, 3])
async def test_a_removed_line_is_found(audited: Database, link: int) -> None:
    await note(audited, 3)
    await seal(audited)
    async with audited.write() as unit:
        wanted = (await unit.session.scalars(select(AuditregelRow.id).where(AuditregelRow.schakel == link))).one()
        await unit.session.execute(delete_keys(wanted))
        await unit.session.execute(delete(AuditregelRow).where(AuditregelRow.id == wanted))
    assert not (await verify_chain(audited)).is_whole


def delete_keys(regel: str) -> Delete:
    return delete(Auditsleutel).where(Auditsleutel.regel == regel)


async def test_retention_cuts_at_a_checkpoint_and_the_check_still_passes(audited: Database, klok: Klok) -> None:
    await note(audited, 4)
    await seal(audited)
    klok.advance(days=30)
    await note(audited, 2)
    await seal(audited)
    assert await purge(audited, klok() - timedelta(days=1)) == 4
    assert (await verify_chain(audited)).is_whole
    await seal(audited)
    report = await verify_chain(audited)
    assert (report.sealed, report.is_whole) == (3, True)  # the two kept lines and the cut itself
    klok.advance(days=30)
    await note(audited)
    await seal(audited)
    assert await purge(audited, klok() - timedelta(days=1)) == 3
    await seal(audited)
    assert (await verify_chain(audited)).is_whole


async def test_retention_keeps_what_is_not_sealed(audited: Database, klok: Klok) -> None:
    await note(audited, 2)
    klok.advance(days=30)
    assert await purge(audited, klok()) == 0
    assert await unsealed(audited) == 2


async def test_a_cut_that_nobody_noted_is_found(audited: Database, klok: Klok) -> None:
    await note(audited, 3)
    await seal(audited)
    klok.advance(days=2)
    await note(audited)
    await purge(audited, klok() - timedelta(days=1))
    await seal(audited)
    async with audited.write() as unit:
        await unit.session.execute(
            update(AuditregelRow).where(AuditregelRow.onderwerp_soort == "schakel").values(reden="0" * 64)
        )
    assert not (await verify_chain(audited)).is_whole


async def test_two_sealers_at_once_make_one_chain(audited: Database) -> None:
    await note(audited, 20)
    await asyncio.gather(*(seal(audited, limit=7) for _ in range(6)))
    report = await verify_chain(audited)
    assert (report.sealed, report.unsealed, report.is_whole) == (20, 0, True)


async def test_only_the_holder_of_the_lease_seals_until_it_expires(audited: Database, klok: Klok) -> None:
    first, second = Sealer(audited), Sealer(audited)
    await note(audited)
    assert await first.turn() == 1
    await note(audited)
    assert await second.turn() == 0
    klok.advance(seconds=16)
    assert await second.turn() == 1


async def test_a_stopping_sealer_seals_the_rest_and_gives_up_its_lease(audited: Database) -> None:
    sealer = Sealer(audited, interval=60)
    sealer.start()
    await asyncio.sleep(0)
    await note(audited, 2)
    await sealer.stop()
    assert (await verify_chain(audited)).unsealed == 0
    async with audited.read() as session:
        assert (await session.scalars(select(AuditStand.houder))).one() == ""


async def test_a_refused_act_is_noted_in_a_transaction_of_its_own(audited: Database) -> None:
    await record_refused(audited, look(reden="geen-recht"))
    async with audited.read() as session:
        row = (await session.scalars(select(AuditregelRow))).one()
    assert (row.gelukt, row.reden) == (False, "geen-recht")


async def test_an_upstream_call_has_its_intent_and_its_outcome(audited: Database) -> None:
    intent = await record_intent(audited, look(bron="brp"))
    await record_outcome(audited, intent, look(bron="brp", gelukt=False, reden="te-laat"))
    async with audited.read() as session:
        rows = {row.fase: row for row in await session.scalars(select(AuditregelRow))}
    assert rows["voornemen"].id == rows["uitkomst"].bij == intent
    assert rows["uitkomst"].gelukt is False
