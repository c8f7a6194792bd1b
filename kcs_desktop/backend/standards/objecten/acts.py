"""One act of a caller on a register: allowed, carried out, audited, in that order; a refused one is audited too.

Reads answer only after their audit line is committed. Writes carry theirs in the same transaction. Who a line is about
the register's own acts say; here it is seen to that it is written.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

import msgspec
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.audit.store import record_looks, record_refused
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.problem import InvalidBody
from kcs_desktop.backend.standards.objecten.shared import Shared
from kcs_desktop.domain.errors import Forbidden, ServerFault
from kcs_desktop.domain.rechten import Recht

T = TypeVar("T")
S = TypeVar("S")
_DEADLOCK = frozenset({"40P01", "40001"})
_ATTEMPTS = 4


class Reading(msgspec.Struct, Generic[S], frozen=True):
    """What a question brought, encoded, and who was seen in it."""

    answer: msgspec.Raw
    subjects: list[S]
    is_empty: bool = False


class Acts(Generic[S]):
    """The acts of one request. `shared` holds what several callers ask of the same state at once."""

    def __init__(self, db: Database, verzoek: Verzoek, base_url: str, shared: Shared[Reading[S]]) -> None:
        self._db = db
        self._verzoek = verzoek
        self._base_url = base_url
        self._shared = shared

    async def _read(self, key: tuple[object, ...], read: Callable[[], Awaitable[Reading[S]]]) -> Reading[S]:
        """Together with whoever asks the same of the same state. What the rights change must stand in the key."""
        return await self._shared.read(self._verzoek.stand, (self._base_url, *key), read)

    async def _require(self, rechten: Mapping[str, Recht], refused: Sequence[Auditregel]) -> None:
        """`rechten` are what must be had, per functie. Raises Forbidden, after `refused` is in the audit trail."""
        try:
            for functie, recht in sorted(rechten.items()):
                self._verzoek.wie.require(functie, recht)
        except Forbidden as error:
            await self._refused(refused, error.code)
            raise

    async def _seen(self, lines: Sequence[Auditregel]) -> None:
        """Commit who was seen; only then may the answer leave."""
        await record_looks(self._db, lines)

    async def _refused(self, lines: Sequence[Auditregel], reden: str) -> None:
        for line in lines:
            await record_refused(self._db, msgspec.structs.replace(line, reden=reden))

    async def _write(self, do: Callable[[UnitOfWork], Awaitable[T]], refused: Sequence[Auditregel]) -> T:
        """In one transaction, which `do` gives its audit lines; it may be called again. What it refuses is audited."""

        async def once() -> T:
            async with self._db.write() as unit:
                return await do(unit)

        try:
            return await _again_on_deadlock(once)
        except (InvalidBody, Forbidden) as error:
            await self._refused(refused, error.code)
            raise


async def _again_on_deadlock(act: Callable[[], Awaitable[T]]) -> T:
    """Two writers can hold what the other waits for; the database ends one of them, which simply starts again."""
    for attempt in range(_ATTEMPTS):
        try:
            return await act()
        except (OperationalError, PoolTimeout) as error:
            state = getattr(getattr(error, "orig", None), "sqlstate", None)
            if state not in _DEADLOCK or attempt == _ATTEMPTS - 1:
                raise ServerFault("De database is nu niet beschikbaar.") from error
    raise AssertionError("unreachable")
