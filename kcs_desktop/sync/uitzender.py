"""Pushes the outbox: in order per customer, again and again under the same id, until each command has its outcome.

It decides nothing about what a command means. A command that cannot be sent never holds up those of other customers.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import msgspec

from kcs_desktop.cache.werkbestand import Uitgaand, Werkbestand
from kcs_desktop.cache.werker import Werker
from kcs_desktop.domain.errors import (
    Conflict,
    Forbidden,
    KcsError,
    NeverSent,
    NotFound,
    OwnFault,
    OwnRefusal,
    RetryableError,
    SignedOut,
)
from kcs_desktop.domain.klant import KlantSleutel
from kcs_desktop.domain.opdracht import Uitkomst, Uitkomststand
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.sync.loket import Loket
from kcs_desktop.sync.rijen import PASSED_AFTER, Rij, Rijen
from kcs_desktop.sync.taken import name_task
from kcs_desktop.sync.terugval import CAP, pause

AT_ONCE = 4  # commands of different customers under way together
_NOT_TAKEN = "De server neemt deze opdracht niet aan: {reden} De gegevens zijn bewaard."
_POISON = "De server krijgt deze opdracht niet verwerkt, andere wel. De gegevens zijn bewaard."
_OTHER_ROLE = "Met uw rol van nu mag dit niet. Meld u aan met de rol waarin u dit deed."
_LET_GO = "U haalde deze opdracht weg. Misschien is hij toch al uitgevoerd: kijk dat eerst na."
_UNSENDABLE = "Deze opdracht kan niet worden verstuurd. De gegevens zijn bewaard."


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
        self.other_epoch: Signal[str] = Signal()  # the backend is in this one: a backup was put back
        self.epoch = ""  # of the feed; the backend takes a command of another one only after what it lost
        self._loket = loket
        self._werk = werk
        self._werker = werker
        self._on_error = on_error
        self._clock = clock
        self._toeval = toeval or random.Random()  # noqa: S311 -- spreads retries, guards nothing
        self._rijen = Rijen()
        self._wake = asyncio.Event()
        self._paused = False
        self._kicks = 0
        self._uitkomsten = 0  # how many commands got one: as long as others do, the backend works
        self._onderweg: dict[str, asyncio.Task[None]] = {}

    def load(self, rijen: Iterable[Uitgaand]) -> None:
        """Take over what the store held."""
        self._rijen.load(rijen)
        self._wake.set()

    def take_in(self, rijen: Iterable[Uitgaand]) -> None:
        """The store holds these, some of which it could not read before; what is known keeps to its number there."""
        nieuw = []
        for rij in rijen:
            bekend = self._rijen.get(rij.id)
            if bekend is None:
                nieuw.append(rij)
            else:
                bekend.nr = rij.nr
        self.load(nieuw)
        for rij in nieuw:
            if (al := self._rijen.get(rij.id)) is not None:
                self.changed.emit(al.wachtrij)

    def rows(self) -> list[Wachtrij]:
        """Everything known, in order."""
        return self._rijen.shown()

    def group_of(self, sleutel: KlantSleutel) -> str:
        """The order in which commands about this customer stand."""
        return self._rijen.group_of(sleutel)

    def add(self, nr: int, groep: str, wachtrij: Wachtrij) -> None:
        """A command that stands in the store now."""
        self._rijen.add(Rij(nr, groep, wachtrij))
        self.changed.emit(wachtrij)
        self._wake.set()

    def kick(self) -> None:
        """Try now: the connection is back, the machine woke, or the employee asks. Ends the pause of a sign-out."""
        self._paused = False
        self._kicks += 1
        for rij in self._rijen.in_order():
            rij.niet_voor = 0.0
        self._wake.set()

    def offer_again(self, opdrachten: Iterable[str]) -> None:
        """These succeeded, but the backend may have lost them; the store has them waiting already."""
        for naam in opdrachten:
            rij = self._rijen.get(naam)
            if rij is not None and rij.wachtrij.is_leesbaar:
                self._fresh(rij)
        self._wake.set()

    def retry(self, opdracht: str) -> None:
        """Hand this one in again now, also when it was refused or set apart."""
        rij = self._rijen.get(opdracht)
        if rij is None or not rij.wachtrij.is_leesbaar or rij.wachtrij.stand is Wachtstand.GESLAAGD:
            return
        rij.niet_voor, rij.is_bekend, rij.wacht_op_rol = 0.0, False, False
        if not rij.is_open:
            self._fresh(rij)
        self._wake.set()

    def hold(self, opdracht: str) -> Rij | None:
        """Keep a command that has had no effect for sure from going, while the store lets go of it; None for any other.

        Attempts that never left, or that the backend refused for the role, count for none.
        """
        rij = self._rijen.get(opdracht)
        taak = self._onderweg.get(opdracht)
        if rij is None or rij.wachtrij.trekt_terug or (taak is not None and not taak.done()):
            return None
        if rij.wachtrij.stand is not Wachtstand.WACHT or rij.wachtrij.pogingen:
            return None
        self._mark(rij, is_held=True)
        return rij

    def take_back(self, rij: Rij) -> None:
        """The store let go of it: forget what was held."""
        self._forget(rij, rij.wachtrij)

    def let_go(self, rij: Rij) -> None:
        """The store would not: it waits again as it did."""
        self._mark(rij, is_held=False)
        self._wake.set()

    def remove(self, opdracht: str) -> Rij | None:
        """Forget a command that was refused or set apart; None for any other, and for what could not be read.

        With that the employee decides about one without an outcome: it is told as refused, and why.
        """
        rij = self._rijen.get(opdracht)
        if rij is None or not rij.wachtrij.is_leesbaar:
            return None
        match rij.wachtrij.stand:
            case Wachtstand.GEWEIGERD:
                return self._forget(rij, rij.wachtrij)
            case Wachtstand.APART:
                weg = msgspec.structs.replace(rij.wachtrij, stand=Wachtstand.GEWEIGERD, reden=_LET_GO)
                return self._forget(rij, weg)
            case _:
                return None

    def put_back(self, rij: Rij) -> None:
        """The store would not forget it: it stands where it stood."""
        self._rijen.add(rij)
        self.changed.emit(rij.wachtrij)
        self._wake.set()

    async def run(self) -> None:
        """Until cancelled. A slow answer for one customer holds up nobody else's command."""
        loop = asyncio.get_running_loop()
        try:
            while True:
                self._wake.clear()
                self._collect(loop.time())
                for rij in self._ready(loop.time())[: AT_ONCE - len(self._onderweg)]:
                    taak = asyncio.create_task(self._send(rij), name=f"uitzenden {rij.id}")
                    self._onderweg[rij.id] = taak
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

    def _mark(self, rij: Rij, *, is_held: bool) -> None:
        rij.wachtrij = msgspec.structs.replace(rij.wachtrij, trekt_terug=is_held)
        self.changed.emit(rij.wachtrij)

    def _forget(self, rij: Rij, told: Wachtrij) -> Rij:
        self._rijen.drop(rij.id)
        self.changed.emit(told)
        self._wake.set()  # it may have stood before another
        return rij

    def _fresh(self, rij: Rij) -> None:
        rij.niet_voor, rij.is_bekend, rij.storingen, rij.wacht_op_rol = 0.0, False, 0, False
        self._show(rij, Wachtstand.WACHT, pogingen=rij.wachtrij.pogingen)

    def _collect(self, nu: float) -> None:
        for naam, taak in tuple(self._onderweg.items()):
            if not taak.done():
                continue
            del self._onderweg[naam]
            fout = taak.exception()
            if fout is not None:  # a bug, in the sending or in who listens: said, and no reason to send nothing more
                name_task(fout, taak.get_name())
                self._on_error(fout)
                if (rij := self._rijen.get(naam)) is not None:
                    rij.niet_voor = nu + CAP

    def _ready(self, nu: float) -> list[Rij]:
        return [] if self._paused else [rij for rij in self._idle_heads() if rij.niet_voor <= nu]

    def _idle_heads(self) -> list[Rij]:
        return [rij for rij in self._rijen.heads() if rij.id not in self._onderweg and not rij.is_held]

    def _until_next(self, nu: float) -> float | None:
        tijden = [rij.niet_voor - nu for rij in self._idle_heads()]
        if self._paused or not tijden or len(self._onderweg) >= AT_ONCE:
            return None
        return max(0.01, min(tijden))

    async def _send(self, rij: Rij) -> None:
        pogingen, kicks = rij.wachtrij.pogingen + 1, self._kicks
        # As it was when this one was chosen: an epoch that is entered from here on puts others before it.
        epoch = self.epoch
        # Written before the call: after a crash the command counts as sent and cannot be withdrawn.
        await self._keep(rij, Wachtstand.BEZIG, pogingen=pogingen)
        try:
            uitkomst = await self._ask(rij, epoch)
        except asyncio.CancelledError:
            self._show(rij, Wachtstand.WACHT, pogingen=pogingen)
            raise
        except SignedOut as fout:
            self._paused = True
            await self._keep(rij, Wachtstand.WACHT, pogingen=pogingen, reden=fout.message)
        except Forbidden as fout:
            rij.wacht_op_rol = True
            gedaan = pogingen - 1 if isinstance(fout, OwnRefusal) else pogingen  # else it may have come further
            await self._keep(rij, Wachtstand.WACHT, pogingen=gedaan, reden=_OTHER_ROLE)
        except (RetryableError, NotFound) as fout:
            await self._failed(rij, pogingen, fout)
            if kicks != self._kicks:
                # It failed in the world of before the kick: that one was meant for it too.
                rij.niet_voor = 0.0
                self._wake.set()
        except KcsError as fout:
            if epoch := _other_epoch(fout):
                # What the backend lost must go before this one, or this customer's commands lose their order.
                await self._wait(rij, Wachtstand.WACHT, pogingen, fout.message)
                self.other_epoch.emit(epoch)
                return
            # No outcome: it could not be read there, as by a backend that does not know this kind of command yet.
            await self._keep(rij, Wachtstand.APART, pogingen=pogingen, reden=_NOT_TAKEN.format(reden=fout.message))
        except Exception as fout:  # noqa: BLE001 -- a command that cannot be sent is set apart; the others go on
            self._on_error(fout)
            await self._keep(rij, Wachtstand.APART, pogingen=pogingen, reden=_UNSENDABLE)
        else:
            await self._took(rij, pogingen, uitkomst)

    async def _ask(self, rij: Rij, epoch: str) -> Uitkomst:
        opdracht = rij.wachtrij.opdracht
        if rij.is_bekend:
            try:
                return await self._loket.outcome(opdracht.id)
            except NotFound:
                rij.is_bekend = False
        return await self._loket.submit(opdracht, epoch)

    async def _failed(self, rij: Rij, pogingen: int, fout: KcsError) -> None:
        if isinstance(fout, NeverSent):
            # It can still be withdrawn; only the pause grows.
            rij.onbereikt += 1
            await self._wait(rij, Wachtstand.WACHT, pogingen - 1, fout.message, mislukt=rij.onbereikt)
            return
        rij.onbereikt = 0
        if not isinstance(fout, OwnFault):
            rij.storingen = 0  # the connection, or something on the way: no word of the backend about this command
        elif rij.storingen == 0:
            rij.storingen, rij.sinds_uitkomst = 1, self._uitkomsten
        else:
            rij.storingen += 1
        if rij.storingen >= PASSED_AFTER and self._uitkomsten > rij.sinds_uitkomst:
            rij.storingen = 0
            await self._keep(rij, Wachtstand.APART, pogingen=pogingen, reden=_POISON)
            return
        await self._wait(rij, Wachtstand.WACHT, pogingen, fout.message)

    async def _took(self, rij: Rij, pogingen: int, uitkomst: Uitkomst) -> None:
        rij.storingen = rij.onbereikt = 0
        if uitkomst.stand is Uitkomststand.BEZIG:
            rij.is_bekend = True
            await self._wait(rij, Wachtstand.BEZIG, pogingen, "De server is er nog mee bezig.", cap=10.0)
            return
        self._uitkomsten += 1
        gelukt = uitkomst.stand is Uitkomststand.GESLAAGD
        reden = "" if gelukt else str(uitkomst.fout.get("detail") or uitkomst.fout.get("title") or "")
        stand = Wachtstand.GESLAAGD if gelukt else Wachtstand.GEWEIGERD
        await self._keep(rij, stand, pogingen=pogingen, reden=reden, uitkomst=uitkomst)

    async def _wait(
        self, rij: Rij, stand: Wachtstand, pogingen: int, reden: str, *, mislukt: int = 0, cap: float = CAP
    ) -> None:
        duur = pause(mislukt or pogingen, self._toeval, cap=cap)
        rij.niet_voor = asyncio.get_running_loop().time() + duur
        volgende = self._clock() + timedelta(seconds=duur)
        await self._keep(rij, stand, pogingen=pogingen, reden=reden, volgende=volgende)

    async def _keep(
        self,
        rij: Rij,
        stand: Wachtstand,
        *,
        pogingen: int,
        reden: str = "",
        uitkomst: Uitkomst | None = None,
        volgende: datetime | None = None,
    ) -> None:
        try:
            await self._werker.run(
                self._werk.update, rij.id, stand.value, pogingen=pogingen, reden=reden, uitkomst=uitkomst
            )
        except Exception as fout:  # noqa: BLE001 -- a full disk must not stop the sending; the same id is safe to repeat
            self._on_error(fout)
        self._show(rij, stand, pogingen=pogingen, reden=reden, uitkomst=uitkomst, volgende_poging=volgende)

    def _show(self, rij: Rij, stand: Wachtstand, *, pogingen: int, reden: str = "", **velden: Any) -> None:
        nieuw = {"uitkomst": None, "volgende_poging": None, **velden}
        rij.wachtrij = msgspec.structs.replace(rij.wachtrij, stand=stand, pogingen=pogingen, reden=reden, **nieuw)
        self.changed.emit(rij.wachtrij)


def _other_epoch(fout: KcsError) -> str:
    """The epoch that the backend is in, when it refused because a backup was put back; else ""."""
    return str(fout.current.get("epoch") or "") if isinstance(fout, Conflict) else ""
