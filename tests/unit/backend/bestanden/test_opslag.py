"""Content is kept piece by piece, in any order, once; and goes when nobody needs it."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from kcs_desktop.backend.bestanden import opslag
from kcs_desktop.backend.bestanden.opslag import BESTAND, STUK, STUKKEN
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.domain.bestandsoverdracht import Bestandstand as Stand
from kcs_desktop.domain.errors import NotFound, RetryableError
from kcs_desktop.domain.uuid7 import new_id
from tests.harness.klok import Klok

WIE = "medewerker-1"
INHOUD = bytes(range(256)) * 10_000  # two whole pieces and a rest


def pieces_of(inhoud: bytes) -> list[bytes]:
    return [inhoud[start : start + STUK] for start in range(0, len(inhoud), STUK)]


async def begin(db: Database, inhoud: bytes = INHOUD, naam: str = "brief.pdf", eigenaar: str = WIE) -> opslag.Bestand:
    async with db.write() as unit:
        return await opslag.begin(unit, new_id(), eigenaar, naam, "application/pdf", len(inhoud))


async def put(db: Database, bestand: opslag.Bestand, nr: int, inhoud: bytes) -> None:
    async with db.write() as unit:
        await opslag.put_piece(unit, bestand, nr, inhoud)


async def whole(db: Database, inhoud: bytes = INHOUD, stand: Stand = Stand.ONBEKEND) -> opslag.Bestand:
    bestand = await begin(db, inhoud)
    for nr, stuk in enumerate(pieces_of(inhoud), start=1):
        await put(db, bestand, nr, stuk)
    made = await opslag.digest(opslag.read_slowly(db, bestand))
    async with db.write() as unit:
        await opslag.complete(unit, bestand, made.sha256, bestand.mediatype, stand)
    return bestand


async def stored(db: Database, bestand: opslag.Bestand) -> opslag.Bestand | None:
    async with db.read() as session:
        return await opslag.find(session, bestand.id)


def code(refusal: pytest.ExceptionInfo[HttpProblem]) -> str:
    assert refusal.value.status == 422
    return refusal.value.code


async def test_pieces_come_in_any_order_and_are_read_back_as_one(db: Database) -> None:
    bestand = await begin(db)
    stukken = pieces_of(INHOUD)
    assert [len(stuk) for stuk in stukken] == [bestand.size_of(nr) for nr in (1, 2, 3)]
    for nr in (3, 1):
        await put(db, bestand, nr, stukken[nr - 1])
    async with db.read() as session:
        assert list(await opslag.received(session, bestand.id)) == [1, 3]
        with pytest.raises(HttpProblem) as missing:
            await opslag.require_whole(session, bestand)
    assert code(missing) == "stukken-ontbreken"
    await put(db, bestand, 2, stukken[1])
    made = await opslag.digest(opslag.read_slowly(db, bestand))
    assert made.sha256 == hashlib.sha256(INHOUD).hexdigest()
    assert INHOUD.startswith(made.begin)
    async with db.read() as session:
        await opslag.require_whole(session, bestand)
        assert b"".join([content async for content in opslag.pieces(session, bestand)]) == INHOUD


async def test_the_same_piece_again_is_fine_and_another_is_refused(db: Database) -> None:
    bestand = await begin(db)
    stuk = pieces_of(INHOUD)[0]
    await put(db, bestand, 1, stuk)
    await put(db, bestand, 1, stuk)
    for nr, inhoud, expected in (
        (1, bytes(STUK), "stuk-anders"),
        (1, stuk[:-1], "stuk-omvang"),
        (3, stuk, "stuk-omvang"),
        (4, stuk, "stuk-onbekend"),
        (0, stuk, "stuk-onbekend"),
        (-1, stuk, "stuk-onbekend"),
    ):
        with pytest.raises(HttpProblem) as refusal:
            await put(db, bestand, nr, inhoud)
        assert code(refusal) == expected, nr
    async with db.read() as session:
        assert await opslag.piece(session, bestand.id, 1) == stuk


async def test_two_who_send_one_piece_at_once_leave_one(db: Database) -> None:
    bestand = await begin(db)
    stuk = pieces_of(INHOUD)[0]
    others = [stuk, stuk, bytes(STUK), stuk]
    done = await asyncio.gather(*(put(db, bestand, 1, one) for one in others), return_exceptions=True)
    assert any(isinstance(one, HttpProblem) for one in done)
    assert None in done
    async with db.read() as session:
        assert await session.scalar(select(func.count()).where(STUKKEN.bestand == bestand.id)) == 1


async def test_an_id_is_of_one_file_and_of_one_employee(db: Database) -> None:
    bestand = await begin(db)
    async with db.write() as unit:
        again = await opslag.begin(unit, bestand.id, WIE, bestand.naam, "", bestand.omvang)
        assert again == bestand
    for eigenaar, naam, omvang in ((WIE, "ander.pdf", bestand.omvang), (WIE, bestand.naam, 1)):
        with pytest.raises(HttpProblem) as refusal:
            async with db.write() as unit:
                await opslag.begin(unit, bestand.id, eigenaar, naam, "", omvang)
        assert code(refusal) == "id-bezet"
    with pytest.raises(NotFound):
        async with db.write() as unit:
            await opslag.begin(unit, bestand.id, "een-ander", bestand.naam, "", bestand.omvang)


async def take(db: Database, bestand: opslag.Bestand, eigenaar: str = WIE) -> str:
    """The code of the refusal, or nothing."""
    try:
        async with db.write() as unit:
            await opslag.take(unit, bestand.id, eigenaar)
    except (HttpProblem, NotFound, RetryableError) as error:
        return error.code
    return ""


async def test_a_document_takes_a_whole_file_that_is_clean_or_not_scanned_and_once(db: Database) -> None:
    assert await take(db, await begin(db)) == "bestand-onvolledig"
    assert await take(db, await whole(db, stand=Stand.BESMET)) == "bestand-besmet"
    assert await take(db, await whole(db, stand=Stand.ONDERZOEK)) == "bestand-in-onderzoek"
    for stand in (Stand.SCHOON, Stand.ONBEKEND):
        bestand = await whole(db, stand=stand)
        assert await take(db, bestand, "een-ander") == "bestand-onbekend"
        assert await take(db, bestand) == ""
        assert await take(db, bestand) == "bestand-gebruikt"


async def test_of_two_documents_that_take_one_file_at_once_one_gets_it(db: Database) -> None:
    bestand = await whole(db)
    assert sorted(await asyncio.gather(take(db, bestand), take(db, bestand))) == ["", "bestand-gebruikt"]


async def test_who_completes_last_changes_nothing(db: Database) -> None:
    bestand = await whole(db, stand=Stand.SCHOON)
    async with db.write() as unit:
        await opslag.complete(unit, bestand, "0" * 64, "text/html", Stand.ONBEKEND)
    kept = await stored(db, bestand)
    assert kept is not None
    assert (kept.stand, kept.mediatype) == ("schoon", "application/pdf")


async def anew(db: Database, bestand: opslag.Bestand) -> opslag.Bestand:
    """Dropped, and begun again under the same id with the same facts."""
    async with db.write() as unit:
        await opslag.drop(unit, [bestand.id])
        return await opslag.begin(unit, bestand.id, WIE, bestand.naam, "application/pdf", bestand.omvang)


async def test_what_was_concluded_about_a_file_does_not_count_for_the_next_under_its_id(db: Database) -> None:
    bestand = await begin(db)
    renewed = await anew(db, bestand)
    with pytest.raises(NotFound):
        await put(db, bestand, 1, pieces_of(INHOUD)[0])
    async with db.write() as unit:
        await opslag.complete(unit, bestand, "0" * 64, "text/html", Stand.SCHOON)
    assert await stored(db, bestand) == renewed


async def test_a_reader_gets_nothing_of_the_next_file_under_the_id(db: Database) -> None:
    bestand = await stored(db, await whole(db))
    assert bestand is not None
    parts = opslag.read_part(db, bestand.id, bestand.sha256, 5, bestand.omvang - 5)
    assert await anext(parts) == INHOUD[5:STUK]
    renewed = await anew(db, bestand)
    for nr, stuk in enumerate(pieces_of(bytes(len(INHOUD))), start=1):
        await put(db, renewed, nr, stuk)
    async with db.write() as unit:
        await opslag.complete(unit, renewed, "0" * 64, "application/pdf", Stand.SCHOON)
    with pytest.raises(NotFound):
        await anext(parts)


async def test_what_no_document_names_is_dropped_with_its_pieces(db: Database, klok: Klok) -> None:
    used, unused = await whole(db), await begin(db)
    await put(db, unused, 1, pieces_of(INHOUD)[0])
    assert await take(db, used) == ""
    klok.advance(days=8)
    young = await begin(db)
    assert await opslag.drop_unused(db, klok() - timedelta(days=7)) == 1
    async with db.read() as session:
        assert set((await session.scalars(select(BESTAND.id))).all()) == {used.id, young.id}
        assert set((await session.scalars(select(STUKKEN.bestand))).all()) == {used.id}
        with pytest.raises(NotFound):
            await opslag.piece(session, unused.id, 1)


async def test_content_that_is_here_already_is_stored_as_a_whole(db: Database) -> None:
    async with db.write() as unit:
        made = await opslag.store(unit, "brief.pdf", "application/pdf", INHOUD, Stand.ONBEKEND)
    kept = await stored(db, made)
    assert kept is not None
    assert (kept.stand, kept.gebruikt, kept.sha256) == ("onbekend", True, hashlib.sha256(INHOUD).hexdigest())
    assert b"".join([content async for content in opslag.read_slowly(db, kept)]) == INHOUD
