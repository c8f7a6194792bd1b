"""One round: a backend, a network, two seats; a kind of fault; then the mending, and what is left of it all."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Protocol

import msgspec

from tests.faults import journal
from tests.faults.checker import Facts, check, check_api
from tests.faults.children import Child
from tests.faults.elsewhere import Elsewhere
from tests.faults.proxy import Network, network
from tests.faults.reading import Sources, carried_out, read_registers
from tests.faults.registers import Registers
from tests.faults.seat_process import Plan, run_seat
from tests.faults.server_process import Server
from tests.faults.vault import Vault, beside

SEATS = 2
LENGTH = (4, 8)  # actions per seat
SCRIPT = 40.0  # seconds that a script may take while things go wrong
LEAVING = 100.0  # seconds that a seat may take to send everything and leave


class Stand(Protocol):
    """Where databases come from: one for a whole run."""

    template: Path  # a filled database on SQLite, to copy

    def sqlite(self, folder: Path) -> str: ...

    def postgres(self) -> str: ...

    async def restart_postgres(self, *, at_once: bool) -> None: ...

    def before(self, url: str) -> Registers: ...


class SeatProcess:
    """The process of one seat, and its journal."""

    def __init__(self, plan: Plan, log: Path) -> None:
        self.plan = plan
        self.log = log
        self.kills: list[float] = []
        self._reader = journal.Reader(self.path)
        self._child: Child | None = None
        self._orders: Connection | None = None

    @property
    def path(self) -> Path:
        return Path(self.plan.journal)

    @property
    def is_alive(self) -> bool:
        return self._child is not None and self._child.is_alive

    def start(self, **changes: object) -> None:
        """Sit down; `changes` are fields of the plan (another clock, another keyring)."""
        self.plan = msgspec.structs.replace(self.plan, **changes)
        theirs, self._orders = Pipe(duplex=False)
        self._child = Child(run_seat, msgspec.json.encode(self.plan), theirs, log=self.log)
        theirs.close()

    def kill(self) -> None:
        """As a power cut at the seat."""
        if self._child is not None and self._child.is_alive:
            self._child.kill()
            self.kills.append(time.monotonic())

    def entries(self) -> list[journal.Entry]:
        return [entry for entry in self._reader.entries() if entry.wat != journal.ALIVE]

    def has(self, wat: str) -> bool:
        """Whether the present run told this."""
        for entry in reversed(self.entries()):
            if entry.wat in {wat, "start"}:
                return entry.wat == wat
        return False

    async def until(self, holds: Callable[[], bool], limit: float = SCRIPT) -> bool:
        """Wait until it holds, or the process ends; False when it does not come to that."""
        deadline = time.monotonic() + limit
        while not holds():
            if time.monotonic() > deadline or not self.is_alive:
                return holds()
            await asyncio.sleep(0.02)
        return True

    async def until_end_or(self, lines: int | None = None) -> None:
        """Until the script ended, or so many more lines are written."""
        point = None if lines is None else len(self.entries()) + lines
        await self.until(lambda: self.has("klaar") or (point is not None and len(self.entries()) >= point))

    async def leave(self) -> None:
        """The fault is mended: send everything and go."""
        if not self.is_alive:
            self.start()
        assert self._orders is not None
        assert self._child is not None
        try:
            self._orders.send_bytes(b"leeg")
        except OSError:
            return  # it ended by itself; the checker says that it did not come to its end
        if not await self._child.ended(LEAVING):
            self.kill()


class Trial:
    """What a kind of fault works with. Folders may be moved in `prepare`, before anything runs."""

    def __init__(self, seed: int, folder: Path, stand: Stand, vault: Vault, stack: AsyncExitStack) -> None:
        self.seed = seed
        self.chance = Random(f"{seed}/storing")
        self.folder = folder
        self.stand = stand
        self.stack = stack
        self.profiles = folder
        self.database_folder = folder
        self.workers = 1
        self.vault = vault
        self.clock_off = [0.0] * SEATS
        self.backup: tuple[float, float] | None = None
        self.server: Server
        self.net: Network
        self.seats: list[SeatProcess] = []
        self.is_postgres = False
        self.elsewhere: Elsewhere | None = None
        self.sources: Sources
        self.before: Registers

    async def start(self) -> None:
        url = (
            await asyncio.to_thread(self.stand.postgres)
            if self.is_postgres
            else self.stand.sqlite(self.database_folder)
        )
        self.server = Server(url, self.folder / "server.log", workers=self.workers, settings=self._registers())
        await self.server.start()
        if self.elsewhere is None:
            self.sources, self.before = Sources(url), await asyncio.to_thread(self.stand.before, url)
        else:
            self.sources = Sources(url, self.elsewhere.klanten.database, self.elsewhere.zaken.database)
            self.before = await asyncio.to_thread(read_registers, self.sources)
        self.net = await self.stack.enter_async_context(network(self.server.port, Random(f"{self.seed}/net")))
        for number in range(SEATS):
            plan = Plan(
                number,
                self.seed,
                self.net.url,
                str(self.profiles / f"stoel-{number}"),
                str(self.folder / f"stoel-{number}.journaal"),
                Random(f"{self.seed}/lengte/{number}").randint(*LENGTH),
                self.clock_off[number],
                self.vault.environment,
            )
            seat = SeatProcess(plan, self.folder / f"stoel-{number}.log")
            self.seats.append(seat)
            self.stack.callback(seat.kill)

    def _registers(self) -> dict[str, str]:
        return self.elsewhere.settings if self.elsewhere is not None else {}

    def sit_down(self) -> None:
        for seat in self.seats:
            seat.start()

    async def until_scripts_end(self) -> None:
        """Everybody did everything, or the time for it is over."""
        await asyncio.gather(*(seat.until_end_or() for seat in self.seats))

    async def until_all_is_back(self) -> None:
        """After a restored backup: until the seats have handed in again what they were told was registered."""
        deadline = time.monotonic() + LEAVING / 2
        while time.monotonic() < deadline:
            entries = [entry for seat in self.seats for entry in seat.entries()]
            told = {entry.feiten["opdracht"] for entry in entries if entry.wat == "geregistreerd"}
            told -= {entry.feiten["opdracht"] for entry in entries if entry.wat == "geweigerd"}
            if told <= await asyncio.to_thread(carried_out, self.server.database):
                return
            await asyncio.sleep(0.1)

    async def settle(self, *, keeps: bool) -> list[str]:
        """Everybody leaves; what is wrong with what is left. `keeps`: as `Kind.keeps`."""
        self.net.heal()
        if self.elsewhere is not None:
            self.elsewhere.heal()
        await asyncio.gather(*(seat.leave() for seat in self.seats))
        found = await check_api(f"http://127.0.0.1:{self.server.port}", self.sources, self.before)
        await self.server.stop()
        facts = Facts(
            self.sources,
            self.before,
            [seat.path for seat in self.seats],
            [seat.kills for seat in self.seats],
            self.backup,
            keeps,
        )
        return found + await check(facts)


async def _nothing(_: Trial) -> None:
    """Most kinds need no preparation."""


class Kind(msgspec.Struct, frozen=True):
    """A kind of fault: `prepare` before anything runs, `occur` while the seats work. It mends what it broke."""

    name: str
    occur: Callable[[Trial], Awaitable[None]]
    prepare: Callable[[Trial], Awaitable[None]] = _nothing
    mounts: bool = False  # needs the right to mount
    keeps: bool = True  # disk and keyring are left alone: every seat keeps its work all the time
    needs_postgres: bool = False


async def run_round(kind: Kind, seed: int, folder: Path, stand: Stand) -> list[str]:
    """Violations of one round; its folder stays when there are any."""
    await asyncio.to_thread(folder.mkdir, parents=True)
    async with AsyncExitStack() as stack:
        # Of this round: one that every seat of a run wrote to gave up after thirty rounds.
        vault = await stack.enter_async_context(beside(Vault.opened(folder / "sleutelbos")))
        trial = Trial(seed, folder, stand, vault, stack)
        try:
            await kind.prepare(trial)
            await trial.start()
            trial.sit_down()
            await kind.occur(trial)
            found = await trial.settle(keeps=kind.keeps)
        finally:
            if hasattr(trial, "server"):
                trial.server.kill()
    if not found:
        await asyncio.to_thread(shutil.rmtree, folder)
    return found
