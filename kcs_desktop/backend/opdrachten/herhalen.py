"""Replay: a handler runs from its start until it asks for a call that has no result yet.

Nothing is called from here. Results that are stored are given again; what has none is raised, the caller's transaction
is undone, and whoever made it carries the call out and runs the handler again.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.opdrachten.bezorgen import deliver
from kcs_desktop.backend.opdrachten.slot import marked
from kcs_desktop.backend.opdrachten.stap import MAKES, Daad, Stand, Stap, Upstream, Vraag, as_error
from kcs_desktop.backend.standards.documenten.inhoud import Verwijzing
from kcs_desktop.backend.standards.port import Resource
from kcs_desktop.domain.gebeurtenis import Wijziging


class StapNodig(Exception):
    """This call has no result yet."""

    def __init__(self, nr: int, vraag: Vraag) -> None:
        super().__init__(f"{nr} {vraag.daad}")
        self.nr = nr
        self.vraag = vraag


class SlotNodig(Exception):
    """These names must be held before what comes after the step with this number."""

    def __init__(self, nr: int, names: Collection[str]) -> None:
        super().__init__(str(len(names)))
        self.nr = nr
        self.names = names


class Afgeweken(Exception):
    """The handler asks for another call than the one that stands under this number."""

    def __init__(self, nr: int) -> None:
        super().__init__(str(nr))
        self.nr = nr


class Verloop:
    """One run of a handler over the steps of its command."""

    def __init__(self, stappen: Iterable[Stap], held: Collection[str]) -> None:
        self._stappen = {stap.nr: stap for stap in stappen}
        self._held = held
        self._nr = 0
        self.betrokken: dict[str, set[str]] = {}  # per klantcontact of this command, its partijen

    def ask(self, vraag: Vraag) -> Any:
        """The stored answer. Raises the stored refusal, or StapNodig."""
        self._nr += 1
        stap = self._stappen.get(self._nr)
        if stap is not None and not stap.vraag.is_like(vraag):
            raise Afgeweken(self._nr)
        if stap is None or stap.stand is Stand.VOORGENOMEN:
            raise StapNodig(self._nr, vraag)
        if stap.fout is not None:
            raise as_error(stap.fout)
        return copy.deepcopy(stap.waarde)

    def is_next(self, resource: str) -> bool:
        """Whether the next call that is stored makes one of these."""
        stap = self._stappen.get(self._nr + 1)
        return stap is not None and stap.vraag.daad in MAKES and stap.vraag.resource == resource

    def hold(self, *names: str) -> None:
        """Raises SlotNodig unless this command holds all of them."""
        absent = [name for name in names if marked(name) not in self._held]
        if absent:
            raise SlotNodig(self._nr, absent)

    def seen(self, vraag: Vraag) -> dict[str, Any] | None:
        """How the object of this call was last read or written by this command."""
        return last_seen(list(self._stappen.values()), vraag)


def last_seen(stappen: Sequence[Stap], vraag: Vraag) -> dict[str, Any] | None:
    """How the object that this call is about was last read or written in these steps; None where it was not."""
    for stap in sorted(stappen, key=lambda one: -one.nr):
        if stap.vraag.register != vraag.register or stap.vraag.resource != vraag.resource:
            continue
        for item in stap.waarde if isinstance(stap.waarde, list) else [stap.waarde]:
            if isinstance(item, dict) and str(item.get("uuid", "")).lower() == vraag.uuid.lower():
                return item
    return None


class StapRegister:
    """Implements `standards.port.Register`: every call is the next step of the command."""

    def __init__(self, upstream: Upstream, verloop: Verloop) -> None:
        self._upstream = upstream
        self._verloop = verloop

    async def create(self, unit: UnitOfWork, resource: str, body: Mapping[str, Any]) -> Resource:
        if isinstance(inhoud := body.get("inhoud"), Verwijzing):

            def ask(daad: Daad, uuid: str, lichaam: Mapping[str, Any]) -> Resource:
                answer: Resource = self._verloop.ask(self._vraag(daad, resource, uuid, lichaam))
                return answer

            return await deliver(unit, body, inhoud, ask, self._verloop.hold)
        made: Resource = self._verloop.ask(self._vraag(Daad.CREATE, resource, lichaam=body))
        if "uuid" in made:  # a number that was reserved is no object
            self._announce(unit, resource, str(made["uuid"]), "gemaakt", body)
        return made

    async def add(self, unit: UnitOfWork, resource: str, body: Mapping[str, Any]) -> str:
        uuid = str(self._verloop.ask(self._vraag(Daad.ADD, resource, lichaam=body)))
        if resource == "betrokkenen":
            of_contact = self._verloop.betrokken.setdefault(_ref(body, "hadKlantcontact"), set())
            of_contact.update({_ref(body, "wasPartij")} - {""})
        return uuid

    async def change(self, unit: UnitOfWork, resource: str, uuid: str, body: Mapping[str, Any]) -> Resource:
        vraag = self._vraag(Daad.CHANGE, resource, uuid, body)
        changed: Resource = self._verloop.ask(vraag)
        self._announce(unit, resource, uuid, "gewijzigd", {**(self._verloop.seen(vraag) or {}), **changed})
        return changed

    async def delete(self, unit: UnitOfWork, resource: str, uuid: str) -> None:
        vraag = self._vraag(Daad.DELETE, resource, uuid)
        self._verloop.ask(vraag)
        self._announce(unit, resource, uuid, "verwijderd", self._verloop.seen(vraag) or {})

    async def get(self, unit: UnitOfWork, resource: str, uuid: str) -> Resource:
        found: Resource = self._verloop.ask(self._vraag(Daad.GET, resource, uuid))
        return found

    async def find(self, unit: UnitOfWork, resource: str, filters: Mapping[str, str]) -> Sequence[Resource]:
        found: list[Resource] = self._verloop.ask(self._vraag(Daad.FIND, resource, lichaam=filters))
        return found

    async def take_turn(self, unit: UnitOfWork, partij: str) -> None:
        """The register promises no turns; commands of ours wait for each other by the slots they hold."""

    async def uuids(self, unit: UnitOfWork, resource: str, filters: Mapping[str, str]) -> Sequence[str]:
        found: list[str] = self._verloop.ask(self._vraag(Daad.UUIDS, resource, lichaam=filters))
        return found

    async def has(self, unit: UnitOfWork, resource: str, uuid: str) -> bool:
        return bool(self._verloop.ask(self._vraag(Daad.HAS, resource, uuid)))

    def _vraag(self, daad: Daad, resource: str, uuid: str = "", lichaam: Mapping[str, Any] | None = None) -> Vraag:
        return Vraag(self._upstream.naam, daad, resource, uuid, dict(lichaam or {}))

    def _announce(self, unit: UnitOfWork, resource: str, uuid: str, handeling: str, body: Mapping[str, Any]) -> None:
        soort, functie = self._upstream.announced(resource)
        concerned = {_ref(body, name) for name in _PARTIJEN} - {""}
        concerned |= self._verloop.betrokken.get(_ref(body, "aanleidinggevendKlantcontact"), set())
        if resource == "partijen":
            concerned.add(uuid)
        unit.emit(Wijziging(soort, uuid, handeling, functie, tuple(sorted(concerned))))


_PARTIJEN = (
    "verstrektDoorPartij",
    "wasPartij",
    "identificeerdePartij",
    "vertegenwoordigendePartij",
    "vertegenwoordigdePartij",
)


def _ref(body: Mapping[str, Any], name: str) -> str:
    found = body.get(name)
    return str(found.get("uuid") or "") if isinstance(found, Mapping) else ""
