"""Reads the open tasks of a register upstream, so that lists and guard know them: what is new, changed, done or gone.

One reading at a time per worker; who asks while one is under way shares the next. What changed is announced, so that
the seats that show a list hear of a task that another program made or closed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import delete, select, update

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.opdrachten.slot import hold_slots
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.terugbellen.bijhouden import announce
from kcs_desktop.backend.terugbellen.bron import OPEN
from kcs_desktop.backend.terugbellen.elders import known_since
from kcs_desktop.backend.terugbellen.tables import TbElders, TbEldersActor
from kcs_desktop.domain.digitaaladres import kind_from_register
from kcs_desktop.domain.klant import SoortDigitaalAdres, SoortKlant

Json = dict[str, Any]
AT_ONCE = 8  # calls to the register together
PORTION = 40  # tasks that are stored together
KEPT = timedelta(days=90)  # whom a task that is done was about
_NOBODY = {"partij": "", "klant_naam": "", "telefoonnummer": "", "toelichting": "", "onderwerp": ""}


class Lezer(Protocol):
    """A register upstream, for reading."""

    async def rows(self, verzoek: Verzoek, resource: str, filters: Mapping[str, str]) -> list[Json]: ...

    async def one(self, verzoek: Verzoek, resource: str, uuid: str) -> Json | None: ...


class Spiegel:
    """`refresh` before a list is read."""

    def __init__(self, db: Database, lezer: Lezer) -> None:
        self._db = db
        self._lezer = lezer
        self._limit = asyncio.Semaphore(AT_ONCE)
        self._running: asyncio.Task[None] | None = None
        self._next: asyncio.Task[None] | None = None
        self._actoren: dict[str, Json] = {}

    async def refresh(self, verzoek: Verzoek) -> None:
        """Return after a reading that began after this was asked. Raises what the register's answer raises."""
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._read(verzoek), name="terugbelnotities spiegelen")
            task = self._running
        else:
            if self._next is None or self._next.done():
                self._next = asyncio.create_task(self._after(self._running, verzoek), name="terugbelnotities erna")
            task = self._next
        await asyncio.shield(task)

    async def _after(self, running: asyncio.Task[None], verzoek: Verzoek) -> None:
        await asyncio.wait([running])
        self._running, self._next = self._next, None
        await self._read(verzoek)

    async def _read(self, verzoek: Verzoek) -> None:
        begonnen = self._db.clock()
        found = {str(taak["uuid"]): taak for taak in await self._rows(verzoek, "internetaken", {"status": OPEN})}
        async with self._db.read() as session:
            known = {rij.uuid: rij for rij in await session.scalars(select(TbElders).where(TbElders.status == OPEN))}
        gone = sorted(known.keys() - found.keys())
        ended = await asyncio.gather(*(self._one(verzoek, "internetaken", uuid) for uuid in gone))
        changed = [taak for uuid, taak in found.items() if uuid not in known or _differs(known[uuid], taak)]
        changed += [taak for taak in ended if taak is not None]
        removed = [uuid for uuid, taak in zip(gone, ended, strict=True) if taak is None]
        for first in range(
            0, len(changed) or len(removed[:1]), PORTION
        ):  # what was read stays, also where the next fails
            part = changed[first : first + PORTION]
            rows = await asyncio.gather(*(self._row(verzoek, taak, known.get(str(taak["uuid"]))) for taak in part))
            await self._store(begonnen, rows, removed)
            removed = []

    async def _store(
        self, begonnen: datetime, rows: Sequence[tuple[TbElders, list[TbEldersActor]]], removed: Sequence[str]
    ) -> None:
        """What became known after this reading began stays; the next one finds what differs from it."""
        async with self._db.write() as unit:
            await hold_slots(unit, "terugbelnotities spiegelen")  # another worker may have read the same
            await unit.session.execute(delete(TbElders).where(TbElders.uuid.in_(removed)))
            later = await known_since(unit.session, begonnen, [rij.uuid for rij, _ in rows])
            for rij, actoren in rows:
                if rij.uuid in later:
                    continue
                rij.gelezen_op = begonnen
                await unit.session.merge(rij)
                await unit.session.execute(delete(TbEldersActor).where(TbEldersActor.internetaak == rij.uuid))
                await unit.session.flush()
                unit.session.add_all(actoren)
                announce(unit, rij.uuid, rij.partij)
            for uuid in removed:
                announce(unit, uuid, "")
            done = (TbElders.status != OPEN, TbElders.gelezen_op < unit.now - KEPT)
            await unit.session.execute(update(TbElders).where(*done).values(**_NOBODY))

    async def _row(self, verzoek: Verzoek, taak: Json, known: TbElders | None) -> tuple[TbElders, list[TbEldersActor]]:
        uuid, contact = str(taak["uuid"]), _ref(taak, "aanleidinggevendKlantcontact")
        rij = TbElders(
            uuid=uuid,
            status=str(taak["status"]),
            nummer=str(taak.get("nummer") or "") or None,
            gevraagde_handeling=str(taak.get("gevraagdeHandeling") or "")[:200],
            toelichting=str(taak.get("toelichting") or ""),
            toegewezen_op=moment(taak.get("toegewezenOp")) or self._db.clock(),
            afgehandeld_op=moment(taak.get("afgehandeldOp")),
            klantcontact=contact,
            actoren=[_ref({"a": one}, "a") for one in taak.get("toegewezenAanActoren") or ()],
        )
        if known is not None and known.klantcontact == contact:
            for name in _OF_CONTACT:
                setattr(rij, name, getattr(known, name))
        else:
            await self._read_contact(verzoek, rij)
        actoren = await asyncio.gather(*(self._actor(verzoek, actor) for actor in rij.actoren))
        return rij, [
            TbEldersActor(
                internetaak=uuid,
                volgorde=volgorde,
                soort=str(actor.get("soortActor") or ""),
                object_id=str((actor.get("actoridentificator") or {}).get("objectId") or "")[:200],
                naam=str(actor.get("naam") or "")[:200],
            )
            for volgorde, actor in enumerate(actoren)
        ]

    async def _read_contact(self, verzoek: Verzoek, rij: TbElders) -> None:
        """Subject, customer and number. Part by part: expanding what is null may fail there."""
        contact = await self._one(verzoek, "klantcontacten", rij.klantcontact) if rij.klantcontact else None
        rij.onderwerp = str((contact or {}).get("onderwerp") or "")[:200]
        rij.partij = rij.klant_soort = rij.klant_naam = rij.telefoonnummer = ""
        rij.geheim = False
        if contact is None:
            return
        betrokkenen = await self._rows(verzoek, "betrokkenen", {"hadKlantcontact__uuid": rij.klantcontact})
        for betrokkene in sorted(betrokkenen, key=lambda one: one.get("rol") == "klant"):
            rij.partij = _ref(betrokkene, "wasPartij") or rij.partij
            adressen = await self._rows(
                verzoek, "digitaleadressen", {"verstrektDoorBetrokkene__uuid": str(betrokkene["uuid"])}
            )
            for adres in adressen:
                nummer = str(adres.get("adres") or "")
                soort = kind_from_register(str(adres.get("soortDigitaalAdres") or ""), nummer)
                if soort is SoortDigitaalAdres.TELEFOONNUMMER:
                    rij.telefoonnummer = nummer[:80]
        partij = await self._one(verzoek, "partijen", rij.partij) if rij.partij else None
        if partij is None or partij.get("soortPartij") not in set(SoortKlant):
            rij.partij = ""
            return
        identificatie = partij.get("partijIdentificatie") or {}
        rij.klant_soort = str(partij["soortPartij"])
        rij.klant_naam = str(identificatie.get("naam") or identificatie.get("volledigeNaam") or "")[:500]
        rij.geheim = bool(partij.get("indicatieGeheimhouding"))

    async def _actor(self, verzoek: Verzoek, uuid: str) -> Json:
        if uuid not in self._actoren:
            self._actoren[uuid] = await self._one(verzoek, "actoren", uuid) or {}
        return self._actoren[uuid]

    async def _one(self, verzoek: Verzoek, resource: str, uuid: str) -> Json | None:
        async with self._limit:
            return await self._lezer.one(verzoek, resource, uuid)

    async def _rows(self, verzoek: Verzoek, resource: str, filters: Mapping[str, str]) -> list[Json]:
        async with self._limit:
            return await self._lezer.rows(verzoek, resource, filters)


_OF_CONTACT = ("onderwerp", "partij", "klant_soort", "klant_naam", "geheim", "telefoonnummer")


def moment(text: object) -> datetime | None:
    """A moment with its zone; None for anything else."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _differs(known: TbElders, taak: Json) -> bool:
    actoren = [_ref({"a": one}, "a") for one in taak.get("toegewezenAanActoren") or ()]
    now = (taak["status"], taak.get("gevraagdeHandeling"), taak.get("toelichting") or "", actoren)
    return now != (known.status, known.gevraagde_handeling, known.toelichting, known.actoren)


def _ref(body: Mapping[str, Any], name: str) -> str:
    found = body.get(name)
    return str(found.get("uuid") or "") if isinstance(found, Mapping) else ""
