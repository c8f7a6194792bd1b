"""What an employee does with the dossier of a zaak: add a document to it. The service hands in the command later."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from kcs_desktop.domain.errors import KcsError
from kcs_desktop.domain.klant import Klantbeeld
from kcs_desktop.domain.toevoeging import ENDED
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.domain.zaakbeeld import Zaakbeeld
from kcs_desktop.services.seat import SeatService
from tests.faults.journal import Journal
from tests.faults.script import Actie
from tests.faults.told import FROM_STORE


class Dossier:
    """Files are chosen from `folder`, which no fault touches."""

    def __init__(self, seat: SeatService, journal: Journal, pause: Callable[[], Awaitable[None]], folder: Path) -> None:
        self._seat = seat
        self._journal = journal
        self._pause = pause
        self._folder = folder

    async def add(self, actie: Actie, beeld: Klantbeeld | None) -> None:
        """To a zaak of this customer that was there before the round: others may be gone after a backup."""
        of_round = f"{actie.wordt.partition('-')[0]}-"
        zaken = beeld.zaken if beeld is not None else ()
        zaak = next((al.verwijzing for al in zaken if al.verwijzing.uuid and of_round not in al.omschrijving), None)
        if zaak is None:
            return
        await self._pause()
        try:
            await self._add(actie, zaak)
        except (KcsError, OSError) as fout:
            self._journal.write("niet toegevoegd", nr=actie.nr, soort=type(fout).__name__, tekst=str(fout))

    async def _add(self, actie: Actie, zaak: Zaakverwijzing) -> None:
        shown = await self._look(zaak)
        if shown is None or shown.zaak is None:
            return
        soorten = await self._seat.dossier.types(shown.zaak.zaaktype_url)
        await self._pause()
        path = self._folder / f"{actie.wordt}.txt"
        await asyncio.to_thread(path.write_bytes, b"0123456789abcde\n" * (actie.omvang // 16))
        self._journal.write("gaat toevoegen", nr=actie.nr)
        toevoeging = await self._seat.dossier.add(shown.verwijzing, path, soorten=soorten)
        facts = {"opdracht": toevoeging.opdracht, "omvang": toevoeging.omvang}
        self._journal.write("voegt toe", **facts)
        self._seat.dossier.change(toevoeging.id, informatieobjecttype=soorten[0].uuid)
        self._seat.dossier.confirm([toevoeging.id])
        self._journal.write("toegevoegd", **facts)

    async def _look(self, zaak: Zaakverwijzing) -> Zaakbeeld | None:
        """What is known of it in the end; seen in the store first, it is seen."""
        self._journal.write("gaat openen", bsn=zaak.uuid)
        beeld: Zaakbeeld | None = None
        async for al in self._seat.zaken.open(zaak):
            if beeld is None and al.zaak is not None:
                self._journal.write("gezien", bsn=zaak.uuid, bron=FROM_STORE)
            beeld = al
        return beeld

    def tidy_up(self) -> None:
        """What was chosen and not confirmed when the seat died is let go of."""
        for al in self._seat.dossier.waiting:
            if not al.bevestigd and al.stand not in ENDED:
                self._seat.dossier.cancel(al.id)
