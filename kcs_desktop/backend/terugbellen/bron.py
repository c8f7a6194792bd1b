"""Where the tasks of the worklists stand: in the embedded register, or in what was read of a register upstream.

The lists, the guard and the adoption are the same over either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import msgspec
from sqlalchemy import ColumnElement, Select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.domain.klant import Klantverwijzing

OPEN, KLAAR = "te_verwerken", "verwerkt"


class Taakfeit(msgspec.Struct, frozen=True):
    """What is taken over of a task that nobody here promised. `toegewezen` are (soort of actor, its objectId)."""

    internetaak: str
    toegewezen_op: Any
    handeling: str
    klantcontact: str
    partij: str
    toegewezen: tuple[tuple[str, str], ...]


class Bron(Protocol):
    """`taak` is a mapped class with the columns of an internetaak, `onderwerp` that of the contact it came from."""

    taak: Any
    onderwerp: Any

    def joined(self, query: Select[Any]) -> Select[Any]:
        """Whatever `onderwerp` needs, from `taak` on."""
        ...

    def assigned_to(self, soort: str, namen: Sequence[str]) -> ColumnElement[bool]:
        """Notes whose task is assigned to one of these actoren."""
        ...

    async def assigned(self, session: AsyncSession, taken: Sequence[str]) -> dict[str, list[str]]:
        """Per task the names of its actoren, in their order."""
        ...

    async def customers(
        self, session: AsyncSession, contacten: Sequence[str]
    ) -> dict[str, tuple[Klantverwijzing, bool]]:
        """Per klantcontact its customer, else who acted for one; and whether that partij is kept secret."""
        ...

    async def numbers(self, session: AsyncSession, contacten: Sequence[str]) -> dict[str, str]:
        """The phone number that was given in the contact, where there is one."""
        ...

    async def without_row(self, session: AsyncSession, limit: int) -> list[str]:
        """Open tasks that no note stands beside yet, the oldest first."""
        ...

    async def facts(self, session: AsyncSession, taken: Sequence[str]) -> list[Taakfeit]: ...
