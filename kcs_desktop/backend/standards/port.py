"""How the rest of the backend writes to a register: in the standard's own words, within one unit of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from kcs_desktop.backend.db.unit import UnitOfWork

Resource = dict[str, Any]


class Register(Protocol):
    """A register with resources (`partijen`, `klantcontacten` …); bodies and answers are the standard's JSON.

    Every method validates as the HTTP face does and raises `InvalidBody` with the standard's invalidParams.
    """

    async def create(self, unit: UnitOfWork, resource: str, body: Mapping[str, Any]) -> Resource: ...

    async def add(self, unit: UnitOfWork, resource: str, body: Mapping[str, Any]) -> str:
        """Create a part of something that the caller makes and announces as a whole; its uuid.

        What the body refers to must just have been found or made, and a refusal must end the unit.
        """
        ...

    async def change(self, unit: UnitOfWork, resource: str, uuid: str, body: Mapping[str, Any]) -> Resource:
        """PATCH: only the given fields."""
        ...

    async def delete(self, unit: UnitOfWork, resource: str, uuid: str) -> None: ...

    async def get(self, unit: UnitOfWork, resource: str, uuid: str) -> Resource:
        """Raises NotFound."""
        ...

    async def find(self, unit: UnitOfWork, resource: str, filters: Mapping[str, str]) -> Sequence[Resource]:
        """All pages of the list under the standard's query parameters."""
        ...

    async def take_turn(self, unit: UnitOfWork, partij: str) -> None:
        """From here to the end of the unit nobody else changes this partij or its addresses, where the register can
        promise that. What is compared before it is written must be read after this."""
        ...

    async def uuids(self, unit: UnitOfWork, resource: str, filters: Mapping[str, str]) -> Sequence[str]:
        """Which objects `find` would give."""
        ...

    async def has(self, unit: UnitOfWork, resource: str, uuid: str) -> bool:
        """Whether `get` would give an object."""
        ...
