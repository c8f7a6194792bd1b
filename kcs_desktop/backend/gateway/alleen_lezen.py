"""The port of the commands to a register upstream: each is refused clearly, nothing is half written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.gateway import fouten
from kcs_desktop.backend.standards.port import Resource


class AlleenLezen:
    """Implements `standards.port.Register`; a command that looks something up first is refused there already."""

    def __init__(self, naam: str) -> None:
        self._naam = naam

    async def create(self, unit: UnitOfWork, resource: str, body: Mapping[str, Any]) -> Resource:
        raise fouten.read_only(self._naam)

    async def add(self, unit: UnitOfWork, resource: str, body: Mapping[str, Any]) -> str:
        raise fouten.read_only(self._naam)

    async def change(self, unit: UnitOfWork, resource: str, uuid: str, body: Mapping[str, Any]) -> Resource:
        raise fouten.read_only(self._naam)

    async def delete(self, unit: UnitOfWork, resource: str, uuid: str) -> None:
        raise fouten.read_only(self._naam)

    async def get(self, unit: UnitOfWork, resource: str, uuid: str) -> Resource:
        raise fouten.read_only(self._naam)

    async def find(self, unit: UnitOfWork, resource: str, filters: Mapping[str, str]) -> Sequence[Resource]:
        raise fouten.read_only(self._naam)

    async def take_turn(self, unit: UnitOfWork, partij: str) -> None:
        raise fouten.read_only(self._naam)

    async def uuids(self, unit: UnitOfWork, resource: str, filters: Mapping[str, str]) -> Sequence[str]:
        raise fouten.read_only(self._naam)

    async def has(self, unit: UnitOfWork, resource: str, uuid: str) -> bool:
        raise fouten.read_only(self._naam)
