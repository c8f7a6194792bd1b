"""The Zaken tab over a fake seat, offscreen, on a plain loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from kcs_desktop.sdk import Bron, Bronstand, Klantbeeld, KlantSleutel, Klantverwijzing, SoortKlant, Zaakregel
from plugins.zaken.view import ZakenTab, create_tab
from plugins.zaken.zaken_pagina import Zakenpagina
from tests.harness.leesbaar import visible_texts
from tests.harness.seat_zaken import NU, regel
from tests.plugins.klant.proef import NepFrame
from tests.plugins.klant.zitplaats import NepSeat, as_seat
from ui.sdk import TabContext, current_theme

JOHANNA = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, partij="p-1", bsn="999990019"), "J. van Duinrode")


def beeld(*zaken: Zaakregel, stand: Bronstand = Bronstand.KLAAR, melding: str = "", oud: bool = False) -> Klantbeeld:
    """The customer's picture, with these zaken."""
    bron = Bron("zaken", stand, melding, NU if stand is Bronstand.KLAAR or oud else None, uit_cache=oud)
    return Klantbeeld(JOHANNA.sleutel, JOHANNA.naam, zaken=zaken, zaken_totaal=len(zaken), bronnen=(bron,))


VIER = (regel(4127), regel(3980, "Losse stoeptegel", -4), regel(3611, "Paspoort", opgeschort=True), regel(1204))


class Proef:
    """The tab, its seat and its frame."""

    def __init__(self) -> None:
        self.seat, self.frame = NepSeat(), NepFrame()
        self.seat.rechten |= {"zaken": 2, "dossier": 1}
        self.seat.nep_klanten.antwoorden = [beeld(*VIER)]
        self.context = TabContext(as_seat(self.seat), self.frame, current_theme())
        self.tab: ZakenTab = create_tab(self.context)
        self.tab.widget.resize(1000, 800)
        self.tab.widget.show()

    @property
    def page(self) -> Zakenpagina:
        return self.tab.show_zaken()

    def start(self) -> None:
        """A contact with the customer."""
        self.tab.contact_activated(self.seat.nep_contacten.start(klant=JOHANNA))

    @property
    def texts(self) -> str:
        return "\n".join(visible_texts(self.tab.widget))

    async def reads(self, text: str) -> None:
        await self.until(lambda: text in self.texts, text)

    async def until(self, ready: Callable[[], object], what: str = "it") -> None:
        end = asyncio.get_running_loop().time() + 5
        while not ready():
            assert asyncio.get_running_loop().time() < end, f"waited for {what}; in sight:\n{self.texts}"
            QApplication.processEvents()
            await asyncio.sleep(0)
