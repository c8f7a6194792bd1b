"""One document that is looked at. Qt-free and async; the view listens to `changed`."""

from __future__ import annotations

from pathlib import Path

from kcs_desktop.sdk import Blad, KcsError, Seat, Signal, Voorbeeld, Zaakdocument

ZOOMS = (50, 75, 100, 125, 150, 200, 300, 400)  # percent of the width of the view


class Voorbeeldpresenter:
    """`close` must be awaited when it goes: a process stands behind it."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self.changed: Signal[None] = Signal()
        self.document: Zaakdocument | None = None
        self.voorbeeld: Voorbeeld | None = None
        self.beeld: Blad | None = None
        self.fout: KcsError | None = None
        self.blad = 0
        self.zoom = 100
        self.gedaan = self.totaal = 0
        self.slaat_op = False
        self.breedte = 0  # of the view, in pixels of the screen
        self.tekent = False

    @property
    def bladen(self) -> int:
        return self.voorbeeld.bladen if self.voorbeeld is not None else 0

    @property
    def is_busy(self) -> bool:
        return self.document is not None and self.voorbeeld is None and self.fout is None

    @property
    def voortgang(self) -> str:
        if self.totaal > 0:
            return f"{min(99, self.gedaan * 100 // self.totaal)}%"
        return ""

    def begin(self, document: Zaakdocument) -> None:
        """What is about to be opened."""
        self.document, self.fout, self.beeld = document, None, None
        self.blad, self.zoom, self.gedaan, self.totaal = 0, 100, 0, document.omvang
        self.changed.emit(None)

    async def load(self) -> None:
        """Fetch it; an error is kept, not raised."""
        document = self.document
        if document is None:
            return
        await self._let_go()
        try:
            voorbeeld = await self._seat.dossier.open(document, self._on_progress)
        except KcsError as fout:
            if self.document is document:
                self.fout = fout
                self.changed.emit(None)
            return
        if self.document is not document:
            await voorbeeld.close()
            return
        self.voorbeeld = voorbeeld
        self.changed.emit(None)

    async def draw(self) -> None:
        """The present page at the present width, and whatever is the present one after that.

        A page that is being drawn is waited for: cutting it off would end the process that draws.
        """
        self.tekent = True
        try:
            while (voorbeeld := self.voorbeeld) is not None and voorbeeld.bladen:
                gevraagd = self._page
                await self._draw_page(voorbeeld, *gevraagd)
                if (self.voorbeeld, self._page) == (voorbeeld, gevraagd):
                    return
        finally:
            self.tekent = False

    @property
    def _page(self) -> tuple[int, int]:
        return self.blad, max(64, self.breedte * self.zoom // 100)

    async def _draw_page(self, voorbeeld: Voorbeeld, blad: int, breedte: int) -> None:
        try:
            beeld = await voorbeeld.page(blad, breedte)
        except KcsError as fout:
            if (self.voorbeeld, self.blad) == (voorbeeld, blad):
                self.fout, self.beeld = fout, None
                self.changed.emit(None)
            return
        if (self.voorbeeld, self.blad) == (voorbeeld, blad):
            self.beeld = beeld
            self.changed.emit(None)

    def turn(self, stappen: int) -> bool:
        """To another page; True where it must be drawn."""
        naar = min(max(0, self.blad + stappen), max(0, self.bladen - 1))
        if naar == self.blad:
            return False
        self.blad, self.fout = naar, None
        return True

    def magnify(self, stappen: int) -> bool:
        """Larger or smaller; 0 is the width of the view. True where it must be drawn."""
        vorige = self.zoom
        if stappen == 0:
            self.zoom = 100
        else:
            plek = ZOOMS.index(self.zoom) + stappen
            self.zoom = ZOOMS[min(max(0, plek), len(ZOOMS) - 1)]
        return self.zoom != vorige

    async def save(self, path: Path) -> bool:
        """Into a file; False where that failed, which `fout` tells. Raises it where the document is out of sight."""
        document = self.document
        if document is None:
            return False
        self.slaat_op, self.gedaan, self.totaal = True, 0, document.omvang
        if self.voorbeeld is not None:
            self.fout = None
        self.changed.emit(None)
        try:
            await self._seat.dossier.save(document, path, self._on_progress)
        except KcsError as fout:
            if self.document is not document:
                raise
            self.fout = fout
            return False
        finally:
            self.slaat_op = False
            self.changed.emit(None)
        return True

    def leave(self) -> None:
        """Nothing of it is in sight any more; `close` must follow."""
        self.document = self.fout = self.beeld = None
        self.changed.emit(None)

    async def close(self) -> None:
        await self._let_go()

    async def _let_go(self) -> None:
        voorbeeld, self.voorbeeld, self.beeld = self.voorbeeld, None, None
        if voorbeeld is not None:
            await voorbeeld.close()

    def _on_progress(self, gedaan: int, totaal: int) -> None:
        vorige = self.voortgang
        self.gedaan, self.totaal = gedaan, totaal
        if self.voortgang != vorige:  # it comes in by many small parts
            self.changed.emit(None)
