"""Who coordinates a department, and which groups it has: from the catalogue, read again only when that was loaded."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.accounts.tables import AccountRij
from kcs_desktop.backend.catalogus.laden import ONLY
from kcs_desktop.backend.catalogus.tables import CatalogusRow


class Indeling(msgspec.Struct, frozen=True):
    """`groepen` maps a group to its department; `coordinatoren` a department to an account name."""

    groepen: dict[str, str] = {}
    coordinatoren: dict[str, str] = {}

    def groups_of(self, afdeling: str) -> tuple[str, ...]:
        return tuple(groep for groep, van in self.groepen.items() if van == afdeling)

    def coordinates(self, gebruikersnaam: str) -> frozenset[str]:
        """The departments of which this employee is the coordinator."""
        return frozenset(afdeling for afdeling, wie in self.coordinatoren.items() if wie == gebruikersnaam)


class Indelingen:
    """Keeps the last one read."""

    def __init__(self) -> None:
        self._stand: tuple[datetime, Indeling] | None = None

    async def read(self, session: AsyncSession) -> Indeling:
        geladen_op = await session.scalar(select(CatalogusRow.geladen_op).where(CatalogusRow.id == ONLY))
        if geladen_op is None:
            return Indeling()
        if self._stand is None or self._stand[0] != geladen_op:
            inhoud = await session.scalar(select(CatalogusRow.inhoud).where(CatalogusRow.id == ONLY))
            self._stand = (geladen_op, msgspec.convert(inhoud or {}, Indeling))
        return self._stand[1]


async def names_of(session: AsyncSession, gebruikersnamen: set[str]) -> dict[str, str]:
    """The names to show of these accounts."""
    if not gebruikersnamen:
        return {}
    query = select(AccountRij.gebruikersnaam, AccountRij.naam).where(AccountRij.gebruikersnaam.in_(gebruikersnamen))
    return {row.gebruikersnaam: row.naam for row in (await session.execute(query)).all()}


async def department_of(session: AsyncSession, gebruikersnaam: str) -> str:
    """The department of an account; "" where it has none or there is no such account."""
    query = select(AccountRij.afdeling).where(AccountRij.gebruikersnaam == gebruikersnaam)
    return await session.scalar(query) or ""
