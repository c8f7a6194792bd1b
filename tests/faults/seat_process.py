"""An employee at a seat, in a process of its own: does the script, goes on where a kill broke it off, and writes down
what the window told.

The seat is the product's own, without a window. The runner says over a pipe when the fault is mended; then the employee
waits until the outbox is empty and leaves.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from types import SimpleNamespace

import msgspec

from kcs_desktop.backend.accounts.proef import WACHTWOORD
from kcs_desktop.domain import uuid7
from kcs_desktop.domain.errors import KcsError
from kcs_desktop.domain.opdracht import DocumentToevoegen
from kcs_desktop.domain.toevoeging import ENDED
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.security.sleutelbos import OsSleutelbos
from kcs_desktop.services.seat import open_seat, utc_now
from tests.faults import employee_zaken
from tests.faults.employee import Employee, as_typed
from tests.faults.journal import TICK, Journal, read, told
from tests.faults.script import ACCOUNTS, script_of

DRAINED = 90.0  # seconds after the mending in which everything must be sent
AGAIN = 0.15  # seconds before an employee tries to sign in once more


class Plan(msgspec.Struct, frozen=True):
    """Everything a seat needs to know. `clock_off` is in seconds; `environment` leads to the keyring."""

    seat: int
    seed: int
    backend: str
    profile: str
    journal: str
    length: int
    clock_off: float = 0.0
    environment: dict[str, str] = {}


def run_seat(plan: bytes, orders: Connection) -> None:
    """The process."""
    read_plan = msgspec.json.decode(plan, type=Plan)
    os.environ.update(read_plan.environment)
    os.umask(0o077)
    logging.captureWarnings(capture=True)
    clock = _clock(read_plan.clock_off)
    asyncio.run(_Sitting(read_plan, orders, clock).run())


def _clock(off: float) -> Callable[[], datetime]:
    """The seat's clock; ids follow it too, as they would on a computer whose clock is wrong."""
    if off:
        vars(uuid7)["time"] = SimpleNamespace(time_ns=lambda: time.time_ns() + int(off * 1e9))
    return lambda: utc_now() + timedelta(seconds=off)


class _Sitting:
    """One run of the seat's process."""

    def __init__(self, plan: Plan, orders: Connection, clock: Callable[[], datetime]) -> None:
        self._plan = plan
        self._orders = orders
        self._mended = asyncio.Event()
        self._journal = Journal(Path(plan.journal))
        earlier = read(Path(plan.journal))
        self._begun = {entry.feiten["nr"] for entry in earlier if entry.wat == "actie"}
        # A fixed pace per run; which run it is stands in the journal, so a restart does not repeat the same.
        self._run = sum(entry.wat == "start" for entry in earlier)
        self._seat = open_seat(Path(plan.profile), backend=plan.backend, clock=clock, sleutelbos=OsSleutelbos())
        self._signed_in = asyncio.Lock()
        self._handed_in: set[str] = set()
        chance = Random(f"{plan.seed}/{plan.seat}/{self._run}")
        handled = {entry.feiten["notitie"] for entry in earlier if "notitie" in entry.feiten and "nr" in entry.feiten}
        self._employee = Employee(
            self._seat,
            self._journal,
            chance,
            self.sign_in,
            folder=Path(plan.journal).parent,
            number=plan.seat,
            handled=handled,
        )

    async def run(self) -> None:
        asyncio.get_running_loop().add_reader(self._orders.fileno(), self._on_order)
        seat = self._seat
        seat.failed.connect(lambda fout: self._journal.write("fout", soort=type(fout).__name__, tekst=str(fout)[:300]))
        seat.bewaart_changed.connect(lambda melding: self._journal.write("bewaart", melding=melding))
        seat.outbox.changed.connect(self._on_row)
        self._journal.write("start", run=self._run, scheef=self._plan.clock_off)
        ticking = asyncio.create_task(self._tick())
        await seat.start()
        await self.sign_in()
        for actie in script_of(self._plan.seed, self._plan.seat, self._plan.length):
            if actie.nr not in self._begun:
                await self._employee.act(actie)
        await self._employee.tidy_up()
        self._journal.write("klaar")
        await self._mended.wait()
        await self._drain()
        await seat.close()
        ticking.cancel()
        self._journal.write("einde")
        self._journal.close()

    async def _tick(self) -> None:
        while True:
            self._journal.tick()
            await asyncio.sleep(TICK)

    async def sign_in(self) -> None:
        """Take up the remembered session, else sign in; as often as it takes."""
        async with self._signed_in:
            is_first = True
            while self._seat.sessie is None:
                if not is_first:
                    await asyncio.sleep(AGAIN)
                try:
                    await self._one_sign_in(may_resume=is_first)
                except KcsError as fout:
                    self._journal.write("niet aangemeld", code=fout.code)
                is_first = False

    async def _one_sign_in(self, *, may_resume: bool) -> None:
        seat = self._seat
        how = "hervat"
        if not may_resume or await seat.aanmelden.resume() is None:
            how = "aangemeld"
            aanmelding = await seat.aanmelden.sign_in(ACCOUNTS[self._plan.seat], WACHTWOORD)
            rollen = aanmelding.medewerker.rollen
            await seat.aanmelden.choose(aanmelding, aanmelding.werkplekken[self._plan.seat].id, rollen)
        contacten = [as_typed(contact) for contact in seat.contacten.open]
        zaken = [employee_zaken.as_typed(concept) for concept in seat.zaakaanmaken.concepten]
        self._journal.write("terug", hoe=how, bewaart=seat.bewaart, contacten=contacten, zaken=zaken)

    async def _drain(self) -> None:
        """Nobody presses anything but to sign in: with the connection back everything goes by itself."""
        deadline = time.monotonic() + DRAINED
        while (rows := self._waiting()) or self._documents_on_their_way() or await self._seat.inzagen.waiting():
            if time.monotonic() > deadline:
                self._journal.write("niet leeg", rijen=[_shown(row) for row in rows])
                return
            await self.sign_in()
            if rows:
                await self._changed_or(0.5)
            else:  # a look that the trail does not know yet, or a document that is being sent
                await asyncio.sleep(AGAIN)
        self._journal.write("leeg")

    async def _changed_or(self, seconds: float) -> None:
        changed = asyncio.Event()
        stop = self._seat.outbox.changed.connect(lambda _: changed.set())
        try:
            async with asyncio.timeout(seconds):
                while self._waiting():
                    changed.clear()
                    await changed.wait()
        except TimeoutError:
            return
        finally:
            stop()

    def _documents_on_their_way(self) -> bool:
        return any(al.stand not in ENDED for al in self._seat.dossier.waiting)

    def _waiting(self) -> list[Wachtrij]:
        return [row for row in self._seat.outbox.waiting() if row.stand in {Wachtstand.WACHT, Wachtstand.BEZIG}]

    def _on_row(self, row: Wachtrij) -> None:
        is_new = isinstance(row.opdracht.gegevens, DocumentToevoegen) and row.opdracht.id not in self._handed_in
        if is_new:  # the service does so once the file is there, without the employee
            self._handed_in.add(row.opdracht.id)
            told(self._journal, "gewijzigd", row.opdracht)
        if row.stand is Wachtstand.GESLAAGD and row.uitkomst is not None:
            self._journal.write("geregistreerd", opdracht=row.opdracht.id, resultaat=row.uitkomst.resultaat)
        elif row.stand is Wachtstand.GEWEIGERD:
            fout = row.uitkomst.fout if row.uitkomst else {}
            self._journal.write("geweigerd", opdracht=row.opdracht.id, reden=row.reden, code=fout.get("code", ""))

    def _on_order(self) -> None:
        try:
            self._orders.recv_bytes()
        except EOFError:
            asyncio.get_running_loop().remove_reader(self._orders.fileno())
        self._mended.set()


def _shown(row: Wachtrij) -> dict[str, object]:
    return {"opdracht": row.opdracht.id, "stand": row.stand.value, "pogingen": row.pogingen, "reden": row.reden}
