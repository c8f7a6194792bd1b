"""Keeps the content of files, piece by piece. Whoever calls knows who may do so.

A file is begun, gets its pieces in any order, and is completed when they are all there. A piece never changes, so
whoever reads needs no lock: what was complete stays complete until it is dropped. An id that was dropped may be begun
anew: who reads first and concludes later does so about that one reception (`same`), and who hands content on names its
hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.bestanden import tables
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.backend.standards.objecten.resource import table_of
from kcs_desktop.domain.bestand import BEGIN
from kcs_desktop.domain.bestandsoverdracht import NO_ROOM
from kcs_desktop.domain.bestandsoverdracht import Bestandstand as Stand
from kcs_desktop.domain.errors import NotFound, RetryableError
from kcs_desktop.domain.uuid7 import new_id

STUK = 1024 * 1024
MOST = 1000  # files of one account that no document has yet
BESTAND = table_of(tables.Bestand).c
STUKKEN = table_of(tables.Stuk).c
_BESTAND, _STUK = table_of(tables.Bestand), table_of(tables.Stuk)


class Bestand(msgspec.Struct, frozen=True):
    """A file as it is kept, without its content."""

    id: str
    eigenaar: str
    ontvangst: str
    naam: str
    mediatype: str
    omvang: int
    sha256: str
    stand: str
    reden: str
    gebruikt: bool
    gemaakt_op: datetime

    @property
    def stukken(self) -> int:
        """How many pieces it has when it is whole."""
        return pieces_in(self.omvang)

    def size_of(self, nr: int) -> int:
        """How long that piece is; 0 where there is no such piece."""
        if not 1 <= nr <= self.stukken:
            return 0
        return STUK if nr < self.stukken else self.omvang - STUK * (nr - 1)


class Digest(msgspec.Struct, frozen=True):
    """What the content is: its hash, and its first bytes to judge it by."""

    sha256: str
    begin: bytes


_COLUMNS = [BESTAND[name] for name in Bestand.__struct_fields__]


def pieces_in(omvang: int) -> int:
    return -(-omvang // STUK)


def refused(code: str, title: str, detail: str) -> HttpProblem:
    """422: what was asked is understood, and cannot be."""
    return HttpProblem(422, code, title, detail)


async def find(session: AsyncSession, uuid: str, *, lock: bool = False) -> Bestand | None:
    query = select(*_COLUMNS).where(BESTAND.id == uuid)
    row = (await session.execute(query.with_for_update() if lock else query)).first()
    return None if row is None else Bestand(*row)


def same(bestand: Bestand) -> ColumnElement[bool]:
    """It is still the file that was read, and no other one under its id."""
    return and_(BESTAND.id == bestand.id, BESTAND.ontvangst == bestand.ontvangst)


async def begin(
    unit: UnitOfWork, uuid: str, eigenaar: str, naam: str, mediatype: str, omvang: int, *, gebruikt: bool = False
) -> Bestand:
    """Begin a file. Again with the same facts is fine; another's file is NotFound, other facts are 422."""
    dialect = postgresql if unit.dialect == "postgresql" else sqlite
    values = {
        "id": uuid,
        "eigenaar": eigenaar,
        "ontvangst": new_id(unit.now),
        "naam": naam,
        "mediatype": mediatype,
        "omvang": omvang,
        "stand": Stand.ONTVANGEN.value,
        "gemaakt_op": unit.now,
        "gebruikt": gebruikt,
    }
    await unit.session.execute(dialect.insert(_BESTAND).values(values).on_conflict_do_nothing())
    found = await find(unit.session, uuid)
    if found is None or found.eigenaar != eigenaar:
        raise NotFound("Dit bestand is hier niet bekend.")
    if (found.naam, found.omvang) != (naam, omvang):
        raise refused(
            "id-bezet",
            "Dit bestandsnummer is al gebruikt.",
            "Onder dit nummer wordt al een ander bestand ontvangen. Begin het bestand opnieuw.",
        )
    return found


async def require_room(unit: UnitOfWork, eigenaar: str, omvang: int, maximum: int) -> None:
    """413 where what this account sends, and no document has yet, would be more than `maximum` bytes with this, or more
    than `MOST` files: a file of nearly nothing takes a place too."""
    await unit.in_turn(f"bestanden:{eigenaar}")  # two that begin at once are counted one after the other
    kept = func.sum(BESTAND.omvang).filter(BESTAND.stand != Stand.BESMET.value)  # of the others the content is gone
    loose = select(func.count(), func.coalesce(kept, 0)).where(BESTAND.eigenaar == eigenaar, ~BESTAND.gebruikt)
    files, has = (await unit.session.execute(loose)).one()
    if files >= MOST:
        raise _no_room(f"Er staan {files} bestanden van u klaar die nog niet zijn toegevoegd. Meer kan niet.")
    if has + omvang > maximum:
        raise _no_room(
            f"Er staat {has // STUK} MB van u klaar dat nog niet is toegevoegd, en hoogstens {maximum // STUK or 1} MB"
            " kan."
        )


def _no_room(reason: str) -> HttpProblem:
    advice = "Voeg die documenten eerst toe of haal ze weg."
    return HttpProblem(413, NO_ROOM, "Er staan te veel bestanden van u klaar.", f"{reason} {advice}")


async def received(session: AsyncSession, uuid: str) -> Sequence[int]:
    """The numbers of the pieces that are here."""
    return (await session.scalars(select(STUKKEN.nr).where(STUKKEN.bestand == uuid).order_by(STUKKEN.nr))).all()


async def put_piece(unit: UnitOfWork, bestand: Bestand, nr: int, inhoud: bytes) -> None:
    """Keep one piece of a file that is still coming in. The same again is always fine; 422 for another length, other
    bytes, a piece that does not belong to it, and a file in which a virus was found."""
    size = bestand.size_of(nr)
    if not size:
        raise refused("stuk-onbekend", "Dit stuk hoort er niet bij.", f"Dit bestand heeft {bestand.stukken} stukken.")
    if len(inhoud) != size:
        raise refused(
            "stuk-omvang",
            "Dit stuk heeft een andere grootte.",
            f"Stuk {nr} moet {size} bytes zijn en is {len(inhoud)}. Is het bestand intussen gewijzigd? Voeg het opnieuw"
            " toe.",
        )
    # Held, so that nothing is concluded about the file while a piece is added to it.
    held = select(BESTAND.stand).where(same(bestand)).with_for_update(read=True)
    stand = await unit.session.scalar(held)
    if stand == Stand.ONTVANGEN:
        dialect = postgresql if unit.dialect == "postgresql" else sqlite
        values = {"bestand": bestand.id, "nr": nr, "inhoud": inhoud}
        new = await unit.session.execute(
            dialect.insert(_STUK).values(values).on_conflict_do_nothing().returning(STUKKEN.nr)
        )
        if new.first() is not None:
            return
    if stand == Stand.BESMET:
        raise _infected()
    if await piece(unit.session, bestand.id, nr) != inhoud:
        raise refused(
            "stuk-anders",
            "Dit stuk is al ontvangen, met een andere inhoud.",
            "Is het bestand intussen gewijzigd? Voeg het opnieuw toe.",
        )


async def piece(session: AsyncSession, uuid: str, nr: int) -> bytes:
    """Raises NotFound where it is not here."""
    found = await session.scalar(select(STUKKEN.inhoud).where(STUKKEN.bestand == uuid, STUKKEN.nr == nr))
    if found is None:
        raise _gone()
    return bytes(found)


async def pieces(session: AsyncSession, bestand: Bestand) -> AsyncIterator[bytes]:
    """The content, a piece at a time."""
    for nr in range(1, bestand.stukken + 1):
        yield await piece(session, bestand.id, nr)


async def read_slowly(db: Database, bestand: Bestand) -> AsyncIterator[bytes]:
    """The same for a reader that may take its time: nothing is held from one piece to the next."""
    for nr in range(1, bestand.stukken + 1):
        async with db.read() as session:
            content = await piece(session, bestand.id, nr)
        yield content


async def read_part(db: Database, uuid: str, sha256: str, begin: int, omvang: int) -> AsyncIterator[bytes]:
    """So many bytes of the whole file with this hash from this one on, and nothing is held from one piece to the next.
    Raises NotFound where it is gone, also where another one came under its id."""
    while omvang > 0:
        nr, skipped = begin // STUK + 1, begin % STUK
        part = select(STUKKEN.inhoud).join(_BESTAND, BESTAND.id == STUKKEN.bestand)
        part = part.where(BESTAND.id == uuid, BESTAND.sha256 == sha256, STUKKEN.nr == nr)
        async with db.read() as session:
            content = bytes(await session.scalar(part) or b"")[skipped : skipped + omvang]
        if not content:
            raise _gone()
        begin, omvang = begin + len(content), omvang - len(content)
        yield content


async def require_whole(session: AsyncSession, bestand: Bestand) -> None:
    """422 while pieces are missing."""
    count = await session.scalar(select(func.count()).where(STUKKEN.bestand == bestand.id))
    if count != bestand.stukken:
        raise refused(
            "stukken-ontbreken",
            "Het bestand is nog niet compleet.",
            f"Er zijn {count} van de {bestand.stukken} stukken ontvangen.",
        )


async def digest(inhoud: AsyncIterator[bytes]) -> Digest:
    """Of the whole content."""
    made, begin_of = hashlib.sha256(), b""
    async for content in inhoud:
        begin_of = begin_of or content[:BEGIN]
        made.update(content)
    return Digest(made.hexdigest(), begin_of)


async def complete(unit: UnitOfWork, bestand: Bestand, sha256: str, mediatype: str, stand: Stand) -> None:
    """All of it is here and this is what it is; who came first has it."""
    await unit.session.execute(
        update(_BESTAND)
        .where(same(bestand), BESTAND.stand == Stand.ONTVANGEN)
        .values(sha256=sha256, mediatype=mediatype, stand=stand.value)
    )


async def store(unit: UnitOfWork, naam: str, mediatype: str, inhoud: bytes, stand: Stand) -> Bestand:
    """A file that is here as a whole already, for a document that is made in the same unit."""
    uuid = new_id(unit.now)
    made = await begin(unit, uuid, "", naam, mediatype, len(inhoud), gebruikt=True)
    for nr in range(1, made.stukken + 1):
        await put_piece(unit, made, nr, inhoud[(nr - 1) * STUK : nr * STUK])
    await complete(unit, made, hashlib.sha256(inhoud).hexdigest(), mediatype, stand)
    return made


async def take(unit: UnitOfWork, uuid: str, eigenaar: str) -> Bestand:
    """A document takes this file as its content: from here on it is kept.

    Raises NotFound, also where somebody else sent it, 422 where it is incomplete, infected or another document's, and
    RetryableError where the scanner has not looked yet.
    """
    found = await usable(unit.session, uuid, eigenaar, lock=True)
    await unit.session.execute(update(_BESTAND).where(BESTAND.id == uuid).values(gebruikt=True))
    return found


async def usable(session: AsyncSession, uuid: str, eigenaar: str, *, lock: bool = False) -> Bestand:
    """The file, where a document may have it as its content. Raises as `take` does."""
    found = await find(session, uuid, lock=lock)
    if found is None or found.eigenaar not in {eigenaar, ""}:
        raise NotFound("Dit bestand is er niet meer.", code="bestand-onbekend", advice="Voeg het bestand opnieuw toe.")
    if found.gebruikt or not found.eigenaar:
        raise refused("bestand-gebruikt", "Dit bestand hoort al bij een document.", "Voeg het bestand opnieuw toe.")
    refuse_unfit(found)
    return found


async def hand_over(unit: UnitOfWork, uuid: str) -> None:
    """A document elsewhere has this content now: here it is nobody's any more, and goes with what is unused."""
    await unit.session.execute(update(_BESTAND).where(BESTAND.id == uuid).values(eigenaar=""))


def refuse_unfit(bestand: Bestand) -> None:
    """Raises where this content may not be handed on: it is incomplete, infected, or not looked at yet."""
    if bestand.stand == Stand.ONTVANGEN:
        raise refused(
            "bestand-onvolledig", "Dit bestand is nog niet helemaal ontvangen.", "Stuur eerst de rest van het bestand."
        )
    if bestand.stand == Stand.BESMET:
        raise _infected()
    if bestand.stand == Stand.ONDERZOEK:
        raise RetryableError(
            "De virusscanner heeft dit bestand nog niet onderzocht.",
            code="bestand-in-onderzoek",
            advice="Dit gaat vanzelf verder. Uw werk is bewaard.",
        )


def _gone() -> NotFound:
    return NotFound("De inhoud van dit bestand is er niet meer.")


def _infected() -> HttpProblem:
    return refused(
        "bestand-besmet",
        "In dit bestand is een virus gevonden.",
        "Het bestand wordt niet bewaard. Vraag de klant om een ander bestand.",
    )


async def drop(unit: UnitOfWork, uuids: Sequence[str]) -> None:
    """Remove files with their content."""
    await unit.session.execute(delete(_BESTAND).where(BESTAND.id.in_(uuids)))


async def drop_unused(db: Database, before: datetime) -> int:
    """Remove what was begun before this moment and no document names, and what a document elsewhere has. Each in a
    transaction of its own: the content of one may be long."""
    unused = (~BESTAND.gebruikt, or_(BESTAND.gemaakt_op < before, BESTAND.eigenaar == ""))
    async with db.read() as session:
        uuids = (await session.scalars(select(BESTAND.id).where(*unused))).all()
    gone = 0
    for uuid in uuids:
        async with db.write() as unit:
            found = await unit.session.execute(
                delete(_BESTAND).where(BESTAND.id == uuid, *unused).returning(BESTAND.id)
            )
            gone += found.first() is not None
    return gone
