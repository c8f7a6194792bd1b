"""Units of work: one transaction with everything that must stand or fall with it.

A mutation collects its announcements (`emit`) and audit lines (`audit`) on the unit. Just before the commit the hooks
write them: search projections first, the audit next, the change feed last, because the feed takes a lock under which
numbers are given in commit order.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

import msgspec
from sqlalchemy import make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.db import postgres, rechtstreeks, sqlite
from kcs_desktop.backend.db.rechtstreeks import Lijn, Question
from kcs_desktop.backend.db.together import Together
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.gebeurtenis import Vluchtig, Wijziging

Dialect = Literal["sqlite", "postgresql"]
Clock = Callable[[], datetime]
Item = TypeVar("Item")
Outcome = TypeVar("Outcome")
Collected = tuple[Sequence[Wijziging], Sequence[Auditregel], Sequence[Vluchtig]]


def utc_now() -> datetime:
    return datetime.now(UTC)


_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")


class UnitOfWork:
    """One write transaction. `now` is the same for everything in it."""

    def __init__(self, session: AsyncSession, dialect: str, now: datetime) -> None:
        self.session = session
        self.dialect = dialect
        self.now = now
        self.wijzigingen: list[Wijziging] = []
        self.auditregels: list[Auditregel] = []
        self.hints: list[Vluchtig] = []
        self.bij = ""  # the intent in the audit trail that these lines are the outcome of

    async def in_turn(self, key: str) -> None:
        """Go on once no other unit has this key, and have it until the end; SQLite has one writer anyway."""
        if self.dialect == "postgresql":
            await self.session.execute(_TURN, {"key": key})

    def collected(self) -> Collected:
        """What was announced, noted and hinted so far."""
        return tuple(self.wijzigingen), tuple(self.auditregels), tuple(self.hints)

    def back_to(self, before: Collected) -> None:
        """Forget what was collected or changed since then; for whoever undoes the writing that it was about."""
        self.wijzigingen[:], self.auditregels[:], self.hints[:] = before

    def emit(self, wijziging: Wijziging) -> None:
        """Announce a change; seats hear of it after the commit."""
        self.wijzigingen.append(wijziging)

    def hint(self, nieuws: Vluchtig) -> None:
        """Tell the seats something fleeting after the commit; it gets no number and may be lost."""
        self.hints.append(nieuws)

    def audit(self, regel: Auditregel) -> None:
        """Note who did what to whom, in this same transaction."""
        self.auditregels.append(regel)


class Entry(msgspec.Struct, frozen=True):
    """One statement that writes, and when."""

    lijn: Lijn
    now: datetime


Hook = Callable[[UnitOfWork], Awaitable[None]]


class Database:
    """Engines and sessions for one database URL (`sqlite:///file` or `postgresql://…`; drivers are added here)."""

    def __init__(self, url: str, *, clock: Clock = utc_now) -> None:
        parsed = make_url(url)
        self.dialect: Dialect = self.dialect_of(url)
        self.clock = clock
        self.before_commit: list[Hook] = []
        self.after_commit: list[Callable[[UnitOfWork], None]] = []
        self._together: dict[Any, Together[Any, Any, Any]] = {}
        if self.dialect == "sqlite":
            self.url = parsed.set(drivername="sqlite+aiosqlite")
            self._reader, self._writer = sqlite.reading_engine(self.url), sqlite.writing_engine(self.url)
        else:
            self.url = parsed.set(drivername="postgresql+psycopg")
            self._writer = postgres.engine(self.url)
            self._reader = postgres.reading(self._writer)
        self._read_sessions = async_sessionmaker(self._reader, expire_on_commit=False)
        self._write_sessions = async_sessionmaker(self._writer, expire_on_commit=False)

    @staticmethod
    def dialect_of(url: str) -> Dialect:
        """Which of the two databases this address is of. Raises InvalidInput for anything else."""
        try:
            name = make_url(url).get_backend_name()
        except ArgumentError as error:
            raise InvalidInput("Dit is geen adres van een database.", field="database_url") from error
        if name == "sqlite":
            return "sqlite"
        if name == "postgresql":
            return "postgresql"
        raise InvalidInput("Gebruik een database van SQLite of PostgreSQL.", field="database_url")

    @property
    def engine(self) -> AsyncEngine:
        """The engine for schema work and administration."""
        return self._writer

    @property
    def reading_engine(self) -> AsyncEngine:
        """The engine behind `read()`, for whoever measures it; with PostgreSQL the same one."""
        return self._reader

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session for reading. On PostgreSQL each statement stands by itself: what must hold together is written with
        `write`."""
        async with self._read_sessions() as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        """A write transaction: committed when the block ends, rolled back when it raises."""
        async with self._write_sessions() as session, session.begin():
            unit = UnitOfWork(session, self.dialect, self.clock())
            yield unit
            await session.flush()
            for hook in self.before_commit:
                await hook(unit)
        for listener in self.after_commit:
            listener(unit)

    async def write_together(
        self, write: Callable[[UnitOfWork, Sequence[Item]], Awaitable[Sequence[Outcome]]], item: Item
    ) -> Outcome:
        """Write `item` with this `write`, in one transaction with what others write with it in the same moment.

        Returns after the commit; see `Together.add`.
        """
        group = self._together.get(write)
        if group is None:
            group = self._together[write] = Together(self.write, write)
        outcome: Outcome = await group.add(item)
        return outcome

    async def write_at_once(
        self, write: Callable[[Entry, Sequence[Item]], Awaitable[Sequence[Outcome]]], item: Item
    ) -> Outcome:
        """As `write_together`, on PostgreSQL, for a `write` that is one statement: that is its transaction."""
        group = self._together.get(write)
        if group is None:
            group = self._together[write] = Together(self._entry, write)
        outcome: Outcome = await group.add(item)
        return outcome

    @asynccontextmanager
    async def _entry(self) -> AsyncIterator[Entry]:
        async with rechtstreeks.held(self._writer) as lijn:
            yield Entry(lijn, self.clock())

    async def read_with(self, work: Callable[..., Outcome], *arguments: Any) -> Outcome:
        """Carry out synchronous reading: `work` gets the connection first. On PostgreSQL that is no more than a
        `rechtstreeks.Lijn`."""
        if self.dialect == "postgresql":
            return await rechtstreeks.run(self._writer, work, *arguments)
        async with self.read() as session:
            done: Outcome = await (await session.connection()).run_sync(work, *arguments)
            return done

    async def first(self, question: Question, **values: str) -> Any | None:
        """The only row of a question that is asked all the time; None where there is none."""
        if self.dialect == "sqlite":
            async with self.read() as session:
                return (await session.execute(question.statement, values)).one_or_none()
        return await question.first(self._writer, values)

    async def close(self) -> None:
        for group in self._together.values():
            await group.settle()
        await self._reader.dispose()
        if self._writer is not self._reader:
            await self._writer.dispose()
