"""The rows of documents on their way into a dossier: in memory at once, in the store behind it, with their copies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from kcs_desktop.cache.bijlagen import erase, folder_of, sweep
from kcs_desktop.cache.toevoegingen import Bron, Onderweg, may_speak_of_others, read_toevoegingen, save_toevoegingen
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.toevoeging import UNDER_WAY, Toevoeging, Toevoegstand
from kcs_desktop.services.opslag import Opslag
from kcs_desktop.sync.taken import Taken


class Onderwegs:
    """By id, in the order they were chosen."""

    def __init__(self, opslag: Opslag, profile: Path, on_error: Callable[[BaseException], None]) -> None:
        self.changed: Signal[Toevoeging] = Signal()
        self._opslag = opslag
        self._profile = profile
        self._on_error = on_error
        self._rijen: dict[str, Onderweg] = {}
        self._taken = Taken(on_error)
        self.is_known = False  # whether nothing of this work stands where it cannot be read

    @property
    def folder(self) -> Path:
        """Where the copies of who is signed in stand."""
        return folder_of(self._profile, self._opslag.winkel)

    @property
    def all(self) -> Sequence[Onderweg]:
        return tuple(self._rijen.values())

    def find(self, naam: str) -> Onderweg | None:
        return self._rijen.get(naam)

    def get(self, naam: str) -> Onderweg:
        try:
            return self._rijen[naam]
        except KeyError:
            raise NotFound("Dit document is er niet meer.") from None

    def put(self, rij: Onderweg) -> Onderweg:
        """Show it; kept where it is more than another part that was sent."""
        naam = rij.toevoeging.id
        vorige = self._rijen.get(naam)
        if vorige == rij:
            return rij
        kopie = self._copy_of(rij)
        if rij.toevoeging.stand is Toevoegstand.BESMET:
            rij = Onderweg(rij.toevoeging, Bron(rij.bron.omvang))
        self._rijen[naam] = rij
        if rij.toevoeging.stand is Toevoegstand.TOEGEVOEGD:
            self._let_go(rij)
        elif rij.toevoeging.stand is Toevoegstand.BESMET:  # told until the employee takes it away; its content goes
            self._taken.also("document loslaten", self._keep([rij], kopie=kopie))
        elif vorige is None or not _is_progress(vorige.toevoeging, rij.toevoeging):
            self._taken.also("documenten bewaren", self._keep([rij]))
        self.changed.emit(rij.toevoeging)
        return rij

    def change(self, naam: str, **velden: Any) -> Toevoeging:
        """Show it with these fields; NotFound where it is gone."""
        rij = self.get(naam)
        return self.put(Onderweg(msgspec.structs.replace(rij.toevoeging, **velden), rij.bron)).toevoeging

    def replace(self, oud: str, rij: Onderweg) -> None:
        """The same document under another id, in its place."""
        self._rijen = {
            (rij.toevoeging.id if naam == oud else naam): (rij if naam == oud else al)
            for naam, al in self._rijen.items()
        }
        self._taken.also("documenten bewaren", self._keep([rij], [oud]))
        self.changed.emit(rij.toevoeging)

    def drop(self, naam: str) -> None:
        rij = self._rijen.pop(naam, None)
        if rij is not None:
            self._let_go(rij)
            self.changed.emit(rij.toevoeging)

    async def begin(self) -> None:
        """Bring back what was on its way, and erase copies that belong to nothing."""
        opslag = self._opslag
        bewaard = await opslag.werker.run(read_toevoegingen, opslag.werk)
        self._rijen = {al.toevoeging.id: al for al in bewaard}
        self.is_known = not await opslag.werker.run(may_speak_of_others, opslag.werk)
        if self.is_known:  # else nothing says which copies are of use
            await opslag.werker.run(sweep, self.folder, {al.bron.kopie for al in bewaard})

    async def take_in(self) -> Sequence[Onderweg]:
        """The store holds its file again: those in it that could not be read before are there too, and given."""
        bewaard = await self._opslag.werker.run(read_toevoegingen, self._opslag.werk)
        nieuw = [al for al in bewaard if al.toevoeging.id not in self._rijen]
        for al in nieuw:
            self._rijen[al.toevoeging.id] = al
            self.changed.emit(al.toevoeging)
        return nieuw

    async def flush(self) -> None:
        """What was handed in to be saved is saved."""
        await self._taken.settle()

    async def end(self) -> None:
        await self.flush()
        self._rijen.clear()

    def _let_go(self, rij: Onderweg) -> None:
        """It needs not be kept, and neither does its copy."""
        self._taken.also("document loslaten", self._keep((), [rij.toevoeging.id], self._copy_of(rij)))

    def _copy_of(self, rij: Onderweg) -> Path | None:
        return self.folder / rij.bron.kopie if rij.bron.kopie else None

    async def _keep(self, over: Sequence[Onderweg], weg: Sequence[str] = (), kopie: Path | None = None) -> None:
        opslag = self._opslag
        await opslag.werker.run(save_toevoegingen, opslag.werk, over, weg)
        if kopie is not None:
            await opslag.werker.run(erase, kopie)


def _is_progress(vorige: Toevoeging, nu: Toevoeging) -> bool:
    return vorige.stand is nu.stand and nu.stand in UNDER_WAY and vorige.verstuurd != nu.verstuurd
