"""Pushes the outbox: in order per customer, again and again under the same id, until each command has its outcome.

It decides nothing about what a command means. A command that cannot be sent never holds up those of other customers.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol

import msgspec

from kcs_desktop.cache.werkbestand import Uitgaand, Werkbestand
from kcs_desktop.cache.werker import Werker
from kcs_desktop.domain.errors import KcsError, NotFound, RetryableError, SignedOut
from kcs_desktop.domain.klant import SoortKlant
from kcs_desktop.domain.opdracht import KlantRegistreren, Opdracht, Uitkomst, Uitkomststand
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.sync.terugval import pause

AT_ONCE = 4  # commands of different customers under way together


class Loket(Protocol):
    """Where commands are handed in."""

    async def submit(self, opdracht: Opdracht) -> Uitkomst: ...

    async def outcome(self, opdracht: str) -> Uitkomst: ...


class _Rij(msgspec.Struct):
    nr: int
    groep: str
    wachtrij: Wachtrij
    niet_voor: float = 0.0  # loop time
    is_bekend: bool = False  # the backend said "running": ask for the outcome instead of handing in again
    is_leesbaar: bool = True  # False: its row no longer parses; shown and kept, never sent


class Uitzender:
    """The outbox of one signed-in employee. `run` is its loop; everything else is called on the same event loop."""

    def __init__(
        self,
        loket: Loket,
        werk: Werkbestand,
        werker: Werker,
        *,
        on_error: Callable[[BaseException], None],
        clock: Callable[[], datetime],
        toeval: random.Random | None = None,
    ) -> None:
        self.changed: Signal[Wachtrij] = Signal()
        self._loket = loket
        self._werk = werk
        self._werker = werker
        self._on_error = on_error
        self._clock = clock
        self._toeval = toeval or random.Random()  # noqa: S311 -- spreads retries, guards nothing
        self._rijen: dict[str, _Rij] = {}
        self._wake = asyncio.Event()
        self._paused = False
        self._onderweg: dict[str, asyncio.Task[None]] = {}

    def load(self, rijen: Iterable[Uitgaand]) -> None:
        """Take over what the store held; a command that was under way is simply handed in again."""
        for rij in rijen:
            if rij.opdracht is None:
                self._rijen[rij.id] = _Rij(rij.nr, rij.groep, _unreadable(rij), is_leesbaar=False)
                continue
            stand = Wachtstand(rij.stand) if rij.stand in set(Wachtstand) else Wachtstand.WACHT
            if stand is Wachtstand.BEZIG:
                stand = Wachtstand.WACHT
            wachtrij = Wachtrij(rij.opdracht, stand, rij.titel, rij.sinds, rij.pogingen, rij.reden, rij.uitkomst)
            self._rijen[rij.id] = _Rij(rij.nr, rij.groep, wachtrij)
        self._wake.set()

    def rows(self) -> list[Wachtrij]:
        """Everything known, in order."""
        return [rij.wachtrij for rij in sorted(self._rijen.values(), key=lambda rij: rij.nr)]

    def add(self, nr: int, groep: str, wachtrij: Wachtrij) -> None:
        """A command that stands in the store now."""
        self._rijen[wachtrij.opdracht.id] = _Rij(nr, groep, wachtrij)
        self.changed.emit(wachtrij)
        self._wake.set()

    def kick(self) -> None:
        """Try now: the connection is back, or the employee asks. Ends the pause after a sign-out."""
        self._paused = False
        for rij in self._rijen.values():
            rij.niet_voor = 0.0
        self._wake.set()

    def offer_again(self, opdrachten: Iterable[str]) -> None:
        """These succeeded, but the backend may have lost them; the store has them waiting already."""
        for naam in opdrachten:
            rij = self._rijen.get(naam)
            if rij is not None and rij.is_leesbaar:
                rij.niet_voor, rij.is_bekend = 0.0, False
                self._show(rij, Wachtstand.WACHT, pogingen=rij.wachtrij.pogingen)
        self._wake.set()

    def retry(self, opdracht: str) -> None:
        """Hand this one in again now, also when it was refused."""
        rij = self._rijen.get(opdracht)
        if rij is None or not rij.is_leesbaar or rij.wachtrij.stand is Wachtstand.GESLAAGD:
            return
        rij.niet_voor, rij.is_bekend = 0.0, False
        if rij.wachtrij.stand is Wachtstand.GEWEIGERD:
            self._show(rij, Wachtstand.WACHT, pogingen=rij.wachtrij.pogingen)
        self._wake.set()

    def take_back(self, opdracht: str) -> bool:
        """Forget a command that was never sent; False when it was."""
        rij = self._rijen.get(opdracht)
        if rij is None or opdracht in self._onderweg:
            return False
        if rij.wachtrij.stand is not Wachtstand.WACHT or rij.wachtrij.pogingen:
            return False
        del self._rijen[opdracht]
        self.changed.emit(rij.wachtrij)
        return True

    async def run(self) -> None:
        """Until cancelled. A slow answer for one customer holds up nobody else's command."""
        loop = asyncio.get_running_loop()
        try:
            while True:
                self._wake.clear()
                self._collect()
                for rij in self._ready(loop.time())[: AT_ONCE - len(self._onderweg)]:
                    taak = asyncio.create_task(self._send(rij), name=f"uitzenden {rij.wachtrij.opdracht.id}")
                    self._onderweg[rij.wachtrij.opdracht.id] = taak
                    taak.add_done_callback(lambda _: self._wake.set())
                try:
                    async with asyncio.timeout(self._until_next(loop.time())):
                        await self._wake.wait()
                except TimeoutError:
                    continue
        finally:
            onderweg = tuple(self._onderweg.values())
            for taak in onderweg:
                taak.cancel()
            await asyncio.gather(*onderweg, return_exceptions=True)
            self._onderweg.clear()

    def _collect(self) -> None:
        for naam, taak in tuple(self._onderweg.items()):
            if taak.done():
                del self._onderweg[naam]
                taak.result()  # a bug in the sending itself must surface

    def _heads(self) -> list[_Rij]:
        """The first open command of each customer: those behind it wait for it."""
        gezien: set[str] = set()
        koppen = []
        for rij in sorted(self._rijen.values(), key=lambda rij: rij.nr):
            if rij.wachtrij.stand in {Wachtstand.GESLAAGD, Wachtstand.GEWEIGERD} or rij.groep in gezien:
                continue
            gezien.add(rij.groep)
            koppen.append(rij)
        return koppen

    def _ready(self, nu: float) -> list[_Rij]:
        return [] if self._paused else [rij for rij in self._idle_heads() if rij.niet_voor <= nu]

    def _idle_heads(self) -> list[_Rij]:
        return [rij for rij in self._heads() if rij.wachtrij.opdracht.id not in self._onderweg]

    def _until_next(self, nu: float) -> float | None:
        tijden = [rij.niet_voor - nu for rij in self._idle_heads()]
        if self._paused or not tijden or len(self._onderweg) >= AT_ONCE:
            return None
        return max(0.01, min(tijden))

    async def _send(self, rij: _Rij) -> None:
        opdracht = rij.wachtrij.opdracht
        pogingen = rij.wachtrij.pogingen + 1
        # Written before the call: after a crash the command counts as sent and cannot be withdrawn.
        await self._keep(rij, Wachtstand.BEZIG, pogingen=pogingen)
        try:
            if rij.is_bekend:
                try:
                    uitkomst = await self._loket.outcome(opdracht.id)
                except NotFound:
                    rij.is_bekend = False
                    uitkomst = await self._loket.submit(opdracht)
            else:
                uitkomst = await self._loket.submit(opdracht)
        except asyncio.CancelledError:
            self._show(rij, Wachtstand.WACHT, pogingen=pogingen)
            raise
        except SignedOut as fout:
            self._paused = True
            await self._keep(rij, Wachtstand.WACHT, pogingen=pogingen, reden=fout.message)
        except (RetryableError, NotFound) as fout:
            rij.niet_voor = asyncio.get_running_loop().time() + pause(pogingen, self._toeval)
            await self._keep(rij, Wachtstand.WACHT, pogingen=pogingen, reden=fout.message)
        except KcsError as fout:
            await self._close(rij, pogingen, _refusal(opdracht.id, fout.code, fout.message, self._clock()))
        except Exception as fout:  # noqa: BLE001 -- a command that cannot be sent is set apart; the others go on
            self._on_error(fout)
            reden = "Deze opdracht kan niet worden verstuurd. De gegevens zijn bewaard."
            await self._close(rij, pogingen, _refusal(opdracht.id, "onverwerkbaar", reden, self._clock()))
        else:
            await self._took(rij, pogingen, uitkomst)

    async def _took(self, rij: _Rij, pogingen: int, uitkomst: Uitkomst) -> None:
        if uitkomst.stand is Uitkomststand.BEZIG:
            rij.is_bekend = True
            rij.niet_voor = asyncio.get_running_loop().time() + pause(pogingen, self._toeval, cap=10.0)
            await self._keep(rij, Wachtstand.BEZIG, pogingen=pogingen, reden="De server is er nog mee bezig.")
        else:
            await self._close(rij, pogingen, uitkomst)

    async def _close(self, rij: _Rij, pogingen: int, uitkomst: Uitkomst) -> None:
        gelukt = uitkomst.stand is Uitkomststand.GESLAAGD
        reden = "" if gelukt else str(uitkomst.fout.get("detail") or uitkomst.fout.get("title") or "")
        stand = Wachtstand.GESLAAGD if gelukt else Wachtstand.GEWEIGERD
        await self._keep(rij, stand, pogingen=pogingen, reden=reden, uitkomst=uitkomst)

    async def _keep(
        self, rij: _Rij, stand: Wachtstand, *, pogingen: int, reden: str = "", uitkomst: Uitkomst | None = None
    ) -> None:
        sleutel = rij.wachtrij.opdracht.id
        try:
            await self._werker.run(
                self._werk.update, sleutel, stand.value, pogingen=pogingen, reden=reden, uitkomst=uitkomst
            )
        except Exception as fout:  # noqa: BLE001 -- a full disk must not stop the sending; the same id is safe to repeat
            self._on_error(fout)
        self._show(rij, stand, pogingen=pogingen, reden=reden, uitkomst=uitkomst)

    def _show(
        self, rij: _Rij, stand: Wachtstand, *, pogingen: int, reden: str = "", uitkomst: Uitkomst | None = None
    ) -> None:
        oud = rij.wachtrij
        rij.wachtrij = Wachtrij(oud.opdracht, stand, oud.titel, oud.sinds, pogingen, reden, uitkomst)
        self.changed.emit(rij.wachtrij)


def _unreadable(rij: Uitgaand) -> Wachtrij:
    """A row of a newer or damaged version, set apart: the person it shows is only there to fill the place."""
    return Wachtrij(
        Opdracht(rij.id, KlantRegistreren(SoortKlant.PERSOON), rij.sinds),
        Wachtstand.GEWEIGERD,
        rij.titel,
        rij.sinds,
        rij.pogingen,
        "Deze opdracht kan niet worden gelezen en wordt niet verstuurd. De gegevens blijven bewaard.",
        rij.uitkomst,
    )


def _refusal(opdracht: str, code: str, melding: str, op: datetime) -> Uitkomst:
    return Uitkomst(
        opdracht, Uitkomststand.GEWEIGERD, fout={"code": code, "title": melding, "detail": melding}, afgehandeld_op=op
    )
