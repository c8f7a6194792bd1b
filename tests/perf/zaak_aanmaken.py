"""A new zaak at a seat, with 50 ms added to each request: from choosing the zaaktype until its number is known, and
from Enter until the employee is free for the next thing. The zaak is registered behind that."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.zaakconcept import Conceptstand, Nummerstand, Zaakconcept
from kcs_desktop.domain.zaakgegevens import Locatie
from kcs_desktop.services.seat import SeatService
from tests.harness.vertraging import Vertraging, slow_network
from tests.harness.zitplaats import until
from tests.perf.figure import Figure, percentile
from tests.perf.opstelling import TWINTIG, proefdam, signed_in_seat

DELAY = 0.05
ROUNDS = 20
PADEN = ("/kcs/api/v1/opdrachten",)
ZAAKTYPE, PRODUCT = "melding-openbare-ruimte", "Fietswrak melden"
KLANT = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn=TWINTIG), "Klant")


def measure() -> Iterator[Figure]:
    with proefdam() as (backend, folder):
        nummers, verzoeken, vrij = asyncio.run(_make_often(backend.url, folder))
    yield Figure("zaak_aanmaken.nummer", percentile(nummers, 0.95), "ms", target=150, note=_note(nummers))
    yield Figure("zaak_aanmaken.verzoeken", verzoeken, "verzoeken", target=1)
    yield Figure("zaak_aanmaken.vrij", percentile(vrij, 0.95), "ms", target=50, note=_note(vrij))


def _note(values: list[float]) -> str:
    return f"p95 of {len(values)}; worst {max(values):.0f} ms"


async def _make_often(url: str, folder: Path) -> tuple[list[float], int, list[float]]:
    nummers: list[float] = []
    vrij: list[float] = []
    verzoeken = 0
    async with slow_network(url, delay=DELAY) as network, signed_in_seat(network.url, folder / "seat") as seat:
        await seat.zaakaanmaken.refresh()
        assert seat.zaakaanmaken.catalogus.keuzes
        for ronde in range(ROUNDS + 1):  # the first one warms the connections up
            took, asked, free = await _make_one(seat, network)
            if ronde:
                nummers.append(took)
                vrij.append(free)
                verzoeken = max(verzoeken, asked)
    return nummers, verzoeken, vrij


async def _make_one(seat: SeatService, network: Vertraging) -> tuple[float, int, float]:
    aan = seat.zaakaanmaken
    contact = seat.contacten.start(Kanaal.TELEFOON, klant=KLANT)
    seat.contacten.change_vraag(contact.id, contact.vraag.id, onderwerp="Fietswrak", notitie="Bij het hek.")
    await seat.contacten.flush()
    network.seen.clear()
    told: list[Zaakconcept] = []
    weg = aan.changed.connect(told.append)

    begin = time.perf_counter()
    concept = aan.start(ZAAKTYPE, contact=contact.id, product=PRODUCT)
    await until(aan.changed, lambda: any(al.nummerstand is Nummerstand.BEKEND for al in told))
    took = (time.perf_counter() - begin) * 1000
    asked = len(network.paths(*PADEN))

    aan.change(concept.id, locatie=Locatie("Schelpenlaan", 12, woonplaats="Proefdam"))
    for veld in aan.form(concept.id).velden:
        nu = aan.concept(concept.id)
        assert nu is not None
        if veld.verplicht and not nu.waarden(veld.id):
            aan.fill(concept.id, veld.id, veld.keuzes[0] if veld.keuzes else "1")
    begin = time.perf_counter()
    aan.create(concept.id)
    await asyncio.sleep(0)
    free = (time.perf_counter() - begin) * 1000
    await until(aan.changed, lambda: told[-1].stand is Conceptstand.GEMAAKT)
    assert told[-1].nummer
    weg()
    seat.contacten.cancel(contact.id)
    return took, asked, free
