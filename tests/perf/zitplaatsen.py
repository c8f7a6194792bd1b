"""Two hundred seats without a window, in a process of their own: they follow the feed, and some show a customer.

Started by `tests.perf.stoelen`; prints one JSON object. Each seat has the product's client, follower and customer
service; what it lacks is a store and a window.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.gebeurtenissen import follow
from kcs_desktop.api.kcs import Kcs
from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.klant import Klantbeeld, KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.opdracht import KlantcontactRegistreren, Opdracht, VraagGegevens
from kcs_desktop.domain.sessie import SessieAntwoord
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services.inzagen import Inzagen
from kcs_desktop.services.klanten import KlantenService
from kcs_desktop.services.opslag import Opslag
from kcs_desktop.services.outbox import OutboxService
from kcs_desktop.sync.getoond import Getoond
from kcs_desktop.sync.loket import loket_at
from kcs_desktop.sync.volger import Volger

PATIENCE = 20.0  # seconds that the last changes get
_TICK = 0.01


class Opzet(msgspec.Struct, frozen=True):
    """What the parent asks. `klanten` are shown by the first `tonen` seats, each by as many."""

    url: str
    sessies: tuple[SessieAntwoord, ...]
    klanten: tuple[tuple[str, str], ...]  # partij and BSN
    tonen: int
    per_seconde: int
    aanloop: int  # changes before the measuring starts
    gemeten: int
    programmas: dict[str, int] = {}  # name → the process whose children are counted with it


class _Toegang:
    """The access token of one session; it outlives the benchmark."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def token(self) -> str:
        return self._token

    async def renew(self, used: str) -> str:
        raise AssertionError("a token ended during the benchmark")


class Zitplaats:
    """One seat. `heard` and `applied` are the moments at which it first knew of a klantcontact."""

    def __init__(self, url: str, sessie: SessieAntwoord, folder: Path) -> None:
        self.heard: dict[str, float] = {}
        self.applied: dict[str, float] = {}
        self.client = Client()
        self.client.toegang = _Toegang(sessie.tokens.toegang)
        self.client.aim(url)
        self.loket = loket_at(self.client)
        self.volger = Volger(lambda position: follow(self.client, position))
        self.volger.changed.connect(self._hear)
        self.connected = asyncio.Event()
        self.volger.connected.connect(lambda is_connected: self.connected.set() if is_connected else None)
        self.epoch = ""
        self.volger.epoch.connect(self._take_epoch)
        self._folder = folder
        self._sessie = sessie.sessie

    def _take_epoch(self, epoch: str) -> None:
        self.epoch = epoch

    def show(self, klant: Klantverwijzing) -> KlantenService:
        """Show this customer from now on, as the Klant tab does."""
        opslag = Opslag(self._folder, Geheugenbos(), _now)
        service = KlantenService(
            self.client,
            opslag,
            OutboxService(opslag, self.loket, _now, _surface),
            Inzagen(Kcs(self.client), opslag, _now),
            sessie=lambda: self._sessie,
            doel=Doel,
            clock=_now,
            on_error=_surface,
        )
        service.changed.connect(self._apply)
        self.getoond = Getoond(Kcs(self.client).shows, Doel, _surface)
        service.shown.connect(self.getoond.show)
        self.volger.connected.connect(self.getoond.on_stream)
        self.getoond.on_stream(connected=self.connected.is_set())
        service.watch(klant)
        self.volger.happened.connect(service.on_event)
        service.on_resync()
        return service

    def _hear(self, wijziging: Wijziging) -> None:
        if wijziging.soort == "klantcontact":
            self.heard.setdefault(wijziging.id, time.perf_counter())

    def _apply(self, beeld: Klantbeeld) -> None:
        now = time.perf_counter()
        for contact in beeld.contacten:
            self.applied.setdefault(contact.uuid, now)


def _now() -> datetime:
    return datetime.now(UTC)


def _surface(error: BaseException) -> None:
    raise error


async def run(opzet: Opzet, folder: Path) -> dict[str, object]:
    """Everything, from connecting to the last change seen."""
    async with AsyncExitStack() as stack:
        seats = [Zitplaats(opzet.url, sessie, folder) for sessie in opzet.sessies]
        for seat in seats:
            stack.push_async_callback(seat.client.close)
        streams = [asyncio.create_task(seat.volger.run()) for seat in seats]
        stack.push_async_callback(_end, streams)
        for seat in seats:
            await asyncio.wait_for(seat.connected.wait(), PATIENCE)
        klanten = [
            Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, partij=partij, bsn=bsn), "Klant")
            for partij, bsn in opzet.klanten
        ]
        shows = [(seats[place], place % len(klanten)) for place in range(opzet.tonen)]
        for seat, which in shows:
            stack.push_async_callback(seat.show(klanten[which]).end)
        await _until(lambda: all(seat.applied for seat, _ in shows), "the first pictures")
        random.Random(200).shuffle(seats)
        late: list[float] = []
        stack.push_async_callback(_end, [asyncio.create_task(_tick(late))])
        await _change(opzet, seats, klanten, opzet.aanloop)
        late.clear()
        before, began = _used(opzet.programmas), time.perf_counter()
        sent = await _change(opzet, seats, klanten, opzet.gemeten)
        after, took = _used(opzet.programmas), time.perf_counter() - began
        viewers: dict[int, list[Zitplaats]] = defaultdict(list)
        for seat, which in shows:
            viewers[which].append(seat)
        listeners = [seat for seat in seats if all(seat is not showing for showing, _ in shows)]
        await _until(
            lambda: (
                all(uuid in seat.applied for which, uuid, _ in sent for seat in viewers[which])
                and all(uuid in seat.heard for _, uuid, _ in sent for seat in listeners)
            ),
            "every change at every seat",
        )
        return {
            "toegepast": [seat.applied[uuid] - at for which, uuid, at in sent for seat in viewers[which]],
            "gehoord": [seat.heard[uuid] - at for _, uuid, at in sent for seat in listeners],
            "gehoord_door_tonenden": [seat.heard[uuid] - at for which, uuid, at in sent for seat in viewers[which]],
            "achterstand": late,
            "cpu": {name: (seconds - before[name]) / took for name, seconds in after.items()},
        }


async def _change(
    opzet: Opzet, seats: Sequence[Zitplaats], klanten: Sequence[Klantverwijzing], count: int
) -> list[tuple[int, str, float]]:
    """`count` changes at fixed moments, also when earlier ones are not answered yet: customer, klantcontact, moment."""
    began = time.perf_counter()

    async def one(number: int) -> tuple[int, str, float]:
        await asyncio.sleep(max(0.0, began + number / opzet.per_seconde - time.perf_counter()))
        which, seat = number % len(klanten), seats[number % len(seats)]
        nu = _now()
        gegevens = KlantcontactRegistreren(
            new_id(), Kanaal.BALIE, nu, nu, (VraagGegevens(f"Vraag {number}", "Een antwoord."),), klanten[which]
        )
        opdracht = Opdracht(new_id(), gegevens, nu, gegevens.contact, "", Kanaal.BALIE.value)
        at = time.perf_counter()
        uitkomst = await seat.loket.submit(opdracht, seat.epoch)
        return which, str(uitkomst.resultaat["klantcontacten"][0]), at

    return list(await asyncio.gather(*(one(number) for number in range(count))))


def _used(programs: Mapping[str, int]) -> dict[str, float]:
    """Seconds of processor time so far: of this process, and of each program with all that it started."""
    return {"seats": time.process_time(), **{name: _of_tree(pid) for name, pid in programs.items()}}


def _of_tree(pid: int) -> float:
    process = Path(f"/proc/{pid}")
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    ticks = sum(int(field) for field in fields[11:15])  # with the children that ended
    children = (process / "task" / str(pid) / "children").read_text().split()
    return ticks / os.sysconf("SC_CLK_TCK") + sum(_of_tree(int(child)) for child in children)


async def _tick(late: list[float]) -> None:
    """How late this process itself is: part of every time it measures."""
    while True:
        due = time.perf_counter() + _TICK
        await asyncio.sleep(_TICK)
        late.append(time.perf_counter() - due)


async def _until(holds: Callable[[], bool], what: str) -> None:
    end = time.perf_counter() + PATIENCE
    while not holds():
        assert time.perf_counter() < end, f"not within {PATIENCE} s: {what}"
        await asyncio.sleep(0.05)


async def _end(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


if __name__ == "__main__":
    asked = Path(sys.argv[1])
    answer = asyncio.run(run(msgspec.json.decode(asked.read_bytes(), type=Opzet), asked.parent))
    print(json.dumps(answer))
