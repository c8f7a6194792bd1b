"""What an employee does with callback notes of others: claim one, try, finish it or hand it back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from kcs_desktop.domain.opdracht import Opdracht
from kcs_desktop.domain.terugbeltaak import Belresultaat, Lijst, Terugbeltaak
from kcs_desktop.services.seat import SeatService
from tests.faults.journal import Journal, told
from tests.faults.script import FINISH, HAND_BACK, Actie, is_for


class Notes:
    """`pause` gives the seat time, and signs in where that is needed. `handled` are notes of earlier in this round."""

    def __init__(
        self, seat: SeatService, journal: Journal, pause: Callable[[], Awaitable[None]], number: int, handled: set[str]
    ) -> None:
        self._seat = seat
        self._journal = journal
        self._pause = pause
        self._number = number
        self._handled = handled

    async def work_on_one(self, actie: Actie) -> None:
        taak = await self._pick(actie)
        if taak is None or actie.notitie is None:
            return
        self._handled.add(taak.uuid)
        notes = self._seat.terugbelnotities
        await self._do(actie, taak, partial(notes.claim, taak))
        for nr, resultaat in enumerate(actie.notitie.pogingen):
            await self._do(actie, taak, partial(notes.attempt, taak, resultaat, f"{actie.wordt}-{nr}"))
        if actie.notitie.einde == FINISH:
            await self._do(actie, taak, partial(notes.finish, taak, Belresultaat.GESPROKEN, f"{actie.wordt}-klaar"))
        elif actie.notitie.einde == HAND_BACK:
            await self._do(actie, taak, partial(notes.hand_back, taak))

    async def _pick(self, actie: Actie) -> Terugbeltaak | None:
        """An open one that nobody has. Those of this round are left: after a backup they come back as others."""
        notes = self._seat.terugbelnotities
        await notes.load(Lijst.ALLE)
        lijst = notes.known(Lijst.ALLE)
        if not lijst.fout and not lijst.uit_cache and lijst.opgehaald_op is not None:
            self._journal.write("lijst gezien", lijst=lijst.lijst.value)
        of_round = f"{actie.wordt.partition('-')[0]}-"
        return next((taak for taak in lijst.taken if self._may_take(taak, of_round)), None)

    def _may_take(self, taak: Terugbeltaak, of_round: str) -> bool:
        is_free = not taak.door and taak.uuid not in self._handled
        return is_free and is_for(self._number, taak.uuid) and of_round not in taak.handeling

    async def _do(self, actie: Actie, taak: Terugbeltaak, give: Callable[[], Opdracht]) -> None:
        await self._pause()
        self._journal.write("gaat wijzigen", nr=actie.nr, notitie=taak.uuid)
        told(self._journal, "gewijzigd", give(), nr=actie.nr)
