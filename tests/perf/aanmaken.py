"""What `tests.perf.kind` does for `zaak_aanmaken`: zaken made one after another in the real window."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.zaakconcept import Conceptstand, Nummerstand, Zaakconcept
from kcs_desktop.domain.zaakgegevens import Locatie
from kcs_desktop.services.seat import SeatService
from tests.perf.handelingen import settle, timed

if TYPE_CHECKING:
    from kcs_desktop.domain.klant import Klantverwijzing
    from plugins.zaken.aanmaken_pagina import Aanmaakpagina
    from tests.harness.venster import Venster

PLACE = Locatie("Schelpenlaan", 12, woonplaats="Proefdam")


async def zaken(
    seat: Venster, page: Aanmaakpagina, klant: Klantverwijzing, zaaktype: str, product: str, rondes: int
) -> dict[str, Any]:
    """`nummer` and `vrij` in milliseconds, of each round but the first, which opens the connections."""
    service, presenter = seat.seat, page.presenter
    assert isinstance(service, SeatService)
    await service.zaakaanmaken.refresh()
    nummers: list[float] = []
    vrij: list[float] = []
    for _ in range(rondes + 1):
        contact = service.contacten.start(Kanaal.TELEFOON, klant=klant)
        service.contacten.change_vraag(contact.id, contact.vraag.id, onderwerp=product, notitie="Bij het hek.")
        await settle(seat)

        def is_numbered(contact: str = contact.id) -> bool:
            concept = presenter.concept
            return (
                concept is not None
                and concept.contact == contact
                and concept.nummerstand is Nummerstand.BEKEND
                and page.formulier.kop.nummer.text() == concept.nummer
            )

        nummers.append(await timed(seat, partial(page.start, zaaktype, product), is_numbered))
        concept = presenter.concept
        assert concept is not None
        service.zaakaanmaken.change(concept.id, locatie=PLACE)
        for veld in service.zaakaanmaken.form(concept.id).velden:
            if veld.verplicht and not concept.waarden(veld.id):
                service.zaakaanmaken.fill(concept.id, veld.id, veld.keuzes[0] if veld.keuzes else "1")
        await settle(seat)

        made: list[Zaakconcept] = []
        forget = presenter.made.connect(made.append)
        vrij.append(await timed(seat, page.create, lambda: not presenter.is_open))
        sent = presenter.concept
        assert sent is None or sent.stand is not Conceptstand.OPEN, presenter.problems()
        await seat.until(partial(bool, made), "the zaak in the register")
        forget()
        service.contacten.cancel(contact.id)
        await asyncio.sleep(0.05)
    return {"nummer": nummers[1:], "vrij": vrij[1:]}
