"""A backup is one file made while people work; it goes back whole, under another epoch, or not at all."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select

from kcs_desktop.backend.audit.chain import seal, verify_chain
from kcs_desktop.backend.audit.tables import AuditregelRow, AuditStand
from kcs_desktop.backend.beheer.backup import backup, restore
from kcs_desktop.backend.beheer.hiaat import TERUGGEZET
from kcs_desktop.backend.bestanden import opslag
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.feed.store import read_after, read_stand
from kcs_desktop.domain.bestandsoverdracht import Bestandstand
from kcs_desktop.domain.errors import KcsError
from tests.harness.backend import Backend, running_backend
from tests.harness.klok import Klok
from tests.unit.backend.opdrachten.bouwen import URL, contact, found, persoon


def url_of(db: Database) -> str:
    return db.url.set(drivername=db.dialect).render_as_string(hide_password=False)


async def test_what_was_backed_up_comes_back_under_another_epoch(db: Database, klok: Klok, tmp_path: Path) -> None:
    path, url = tmp_path / "een.kcsbackup", url_of(db)
    async with running_backend(db, klok) as backend:
        client = await backend.client_for("tic")
        await client.post(URL, json=contact(klok(), klant=persoon()))
        await seal(db)
        epoch = (await read_stand(db)).epoch
        await asyncio.to_thread(backup, url, path)
        await client.post(URL, json=contact(klok(), klant=persoon()))
        assert len(await found(backend, "klantcontacten")) == 2
        with pytest.raises(KcsError) as refused:
            await asyncio.to_thread(restore, url, path)
        assert refused.value.code == "database-in-gebruik"
    await db.close()
    await asyncio.to_thread(restore, url, path)
    assert len(await found(backend, "klantcontacten")) == 1
    assert (await read_stand(db)).epoch != epoch
    assert (await verify_chain(db)).is_whole


async def test_the_content_of_files_comes_back_byte_for_byte(db: Database, tmp_path: Path) -> None:
    path, url = tmp_path / "bestand.kcsbackup", url_of(db)
    inhoud = bytes(range(256)) * 5000
    async with db.write() as unit:
        made = await opslag.store(unit, "foto.png", "image/png", inhoud, Bestandstand.SCHOON)
    await asyncio.to_thread(backup, url, path)
    async with db.write() as unit:
        await opslag.drop(unit, [made.id])
    await db.close()
    await asyncio.to_thread(restore, url, path)
    assert b"".join([stuk async for stuk in opslag.read_slowly(db, made)]) == inhoud


async def test_the_gap_that_a_backup_leaves_stands_in_the_trail(db: Database, klok: Klok, tmp_path: Path) -> None:
    path, url = tmp_path / "gat.kcsbackup", url_of(db)
    async with running_backend(db, klok) as backend:
        client = await backend.client_for("tic")
        await client.post(URL, json=contact(klok(), klant=persoon()))
        manifest = await asyncio.to_thread(backup, url, path)
        await client.post(URL, json=contact(klok(), klant=persoon()))
        await seal(db)
    await db.close()
    async with db.read() as session:
        end = (await session.execute(select(AuditStand.schakel, AuditStand.zegel))).one()
    await db.close()
    await asyncio.to_thread(restore, url, path)
    async with db.read() as session:
        line = (await session.scalars(select(AuditregelRow).where(AuditregelRow.handeling == TERUGGEZET))).one()
    assert line.onderwerp == manifest.gemaakt_op.isoformat(timespec="seconds")
    assert f"schakel {end.schakel}, zegel {end.zegel}" in line.reden
    while await seal(db):
        pass
    assert (await verify_chain(db)).is_whole


async def test_a_backup_while_seats_write_is_of_one_moment(db: Database, klok: Klok, tmp_path: Path) -> None:
    path, url = tmp_path / "twee.kcsbackup", url_of(db)
    async with running_backend(db, klok) as backend:
        client = await backend.client_for("tic")

        async def work() -> None:
            for _ in range(8):
                assert (await client.post(URL, json=contact(klok(), klant=persoon()))).status_code == 201

        working = asyncio.create_task(work())
        await asyncio.to_thread(backup, url, path)
        await working
    await db.close()
    await asyncio.to_thread(restore, url, path)
    contacts, actors = await found(backend, "klantcontacten"), await found(backend, "actorklantcontacten")
    assert len(contacts) == len(actors)
    stand, numbered = await read_after(db, 0)
    assert [number.nr for number in numbered] == list(range(1, stand.hoogste + 1))


@pytest.mark.parametrize("where", [0.2, 0.5, 0.9])
async def test_a_damaged_backup_is_refused_and_changes_nothing(backend: Backend, tmp_path: Path, where: float) -> None:
    client = await backend.client_for("tic")
    path, url = tmp_path / "drie.kcsbackup", url_of(backend.db)
    await client.post(URL, json=contact(backend.klok()))
    await asyncio.to_thread(backup, url, path)
    content = bytearray(path.read_bytes())
    content[int(len(content) * where)] ^= 0xFF
    path.write_bytes(content)
    await backend.db.close()
    with pytest.raises(KcsError):
        await asyncio.to_thread(restore, url, path)
    assert len(await found(backend, "klantcontacten")) == 1
