"""Parts of a picture that are read side by side: the changes they bring, in the order in which they come, and how it
stands with each source. A part that failed leaves what was there, and its source says so.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, Self, TypeVar

import msgspec

from kcs_desktop.domain.errors import KcsError, TimedOut, Unreachable
from kcs_desktop.domain.klant import Bron, Bronstand, Klantbeeld
from kcs_desktop.domain.zaakbeeld import Zaakbeeld

B = TypeVar("B", Klantbeeld, Zaakbeeld)
D = TypeVar("D", bound=StrEnum)

VAN_REGISTER = "register-"  # codes of a register behind the backend, whose text names it
_OUD = frozenset({Bronstand.LAADT, Bronstand.FOUT, Bronstand.WACHT})  # what is shown then was read before


class Lading(ABC, Generic[B, D]):
    """One load; leaving it cancels what is still under way. A part is named as its source, unless `source_of` says so.

    `is_starting`: the backend is not there yet. What it does not answer then is waited for, not failed.
    """

    def __init__(self, clock: Callable[[], datetime], is_starting: Callable[[], bool]) -> None:
        self._clock = clock
        self._is_starting = is_starting
        self._klaar: asyncio.Queue[Callable[[B], B] | asyncio.Task[None]] = asyncio.Queue()
        self._taken: set[asyncio.Task[None]] = set()  # of which the end was not taken from the queue
        self._bezig: set[D] = set()
        self._fouten: dict[D, str] = {}
        self._te_vroeg: set[D] = set()  # asked before the backend was there

    @abstractmethod
    def said(self, deel: D, fout: KcsError) -> str:
        """One short sentence: it stands in a line beside the source, and every part of a source may fail at once."""

    @abstractmethod
    def refused(self, deel: D, fout: KcsError) -> str:
        """The same where the register has nothing for this sign-in; "" where it failed."""

    def source_of(self, deel: D) -> str:
        return deel.value

    def without(self, deel: D, beeld: B) -> B:
        """What is left of the picture where this part was refused."""
        return beeld

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for taak in self._taken:
            taak.cancel()
        await asyncio.gather(*self._taken, return_exceptions=True)

    async def next(self) -> Callable[[B], B] | None:
        """The next change; None when everything answered."""
        while self._taken or not self._klaar.empty():
            gekomen = await self._klaar.get()
            if not isinstance(gekomen, asyncio.Task):
                return gekomen
            self._taken.discard(gekomen)
            gekomen.result()  # it has ended; a bug inside a part must surface
        return None

    def put(self, verandering: Callable[[B], B]) -> None:
        self._klaar.put_nowait(verandering)

    def tell(self, bron: Bron) -> None:
        """What is shown already keeps its age until it is read anew."""

        def told(beeld: B) -> B:
            oud = beeld.bron(bron.naam)
            aged = msgspec.structs.replace(bron, opgehaald_op=oud.opgehaald_op, uit_cache=oud.uit_cache)
            return with_bron(beeld, aged if bron.stand in _OUD else bron)

        self.put(told)

    def leave(self, deel: D, melding: str) -> None:
        """It is not asked for."""
        self.tell(Bron(self.source_of(deel), Bronstand.NIET_GEVRAAGD, melding))

    def lacks(self, deel: D, melding: str) -> None:
        """It was read, and one of its sources was not: told as a failure, beside what came."""
        self._fouten[deel] = melding

    def is_under_way(self, deel: D) -> bool:
        return deel in self._bezig

    def start(self, deel: D, werk: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._bezig.add(deel)
        self._tell_of(deel)
        taak = asyncio.create_task(self._guard(deel, werk), name=f"{type(self).__name__} {deel}")
        self._taken.add(taak)
        taak.add_done_callback(self._klaar.put_nowait)

    async def _guard(self, deel: D, werk: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await werk()
        except KcsError as fout:
            has_answered = not isinstance(fout, (Unreachable, TimedOut))
            if not has_answered and self._is_starting():
                self._te_vroeg.add(deel)
            elif has_answered and (melding := self.refused(deel, fout)):
                self.put(lambda beeld: self.without(deel, beeld))
                self.leave(deel, melding)
                return
            elif has_answered or fout.code.startswith(VAN_REGISTER):
                self._fouten[deel] = self.said(deel, fout)
            else:
                self._fouten[deel] = "De server antwoordt niet."
        finally:
            self._bezig.discard(deel)
        self._tell_of(deel)

    def _tell_of(self, deel: D) -> None:
        """The state of the source this part comes from, over all its parts."""
        naam = self.source_of(deel)
        meldingen = dict.fromkeys(melding for al, melding in self._fouten.items() if self.source_of(al) == naam)
        melding = next(iter(meldingen), "") if len(meldingen) < 2 else "Niet alle gegevens konden worden opgehaald."
        if naam in map(self.source_of, self._bezig):
            self.tell(Bron(naam, Bronstand.LAADT, melding))
        elif melding:
            self.tell(Bron(naam, Bronstand.FOUT, melding))
        elif naam in map(self.source_of, self._te_vroeg):
            self.tell(Bron(naam, Bronstand.WACHT))
        else:
            self.tell(Bron(naam, Bronstand.KLAAR, opgehaald_op=self._clock()))


def with_bron(beeld: B, bron: Bron) -> B:
    """The picture with this state of a source in place of the former."""
    bronnen: list[Bron] = [al for al in beeld.bronnen if al.naam != bron.naam]
    return msgspec.structs.replace(beeld, bronnen=(*bronnen, bron))
