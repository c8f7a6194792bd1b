"""A zaak that is looked at for a vraag is noted with it, without saying which one."""

from __future__ import annotations

from kcs_desktop.sdk import Unreachable
from tests.harness.seat_zaken import beeld as zaakbeeld
from tests.harness.seat_zaken import regel
from tests.plugins.zaken.proef import JOHANNA, Proef
from tests.plugins.zaken.test_klant_in_beeld import JOHANNA_VRAAGT, PIETER, open_zaak

TITEL = "Zaken › Zaakgegevens"


def _noted(proef: Proef) -> set[tuple[str, str, str]]:
    return {(bron.soort, bron.titel, bron.verwijzing) for bron in proef.seat.nep_contacten.geraadpleegd}


async def test_each_zaak_that_is_opened_in_a_contact_is_noted(proef: Proef) -> None:
    proef.start()
    await open_zaak(proef, 4127, JOHANNA_VRAAGT)
    await open_zaak(proef, 9000)
    await proef.until(lambda: len(_noted(proef)) == 2, "both")
    assert _noted(proef) == {("zaak", TITEL, "z-4127"), ("zaak", TITEL, "z-9000")}


async def test_the_zaak_in_sight_is_noted_when_a_contact_of_its_customer_begins(proef: Proef) -> None:
    await open_zaak(proef, 9000, JOHANNA_VRAAGT)
    assert _noted(proef) == set()
    proef.seat.nep_contacten.start(klant=PIETER)
    assert _noted(proef) == set()
    contact = proef.seat.nep_contacten.start(klant=JOHANNA)
    proef.seat.nep_contacten.change(contact.id, beller="")
    assert _noted(proef) == {("zaak", TITEL, "z-9000")}


async def test_a_later_vraag_of_the_contact_has_not_looked_at_it(proef: Proef) -> None:
    contacten = proef.seat.nep_contacten
    await open_zaak(proef, 9000, JOHANNA_VRAAGT)
    contact = contacten.start(klant=JOHANNA)
    contacten.change(contact.id, beller="")
    contacten.geraadpleegd.clear()
    contacten.change(contact.id, beller="0612345678")
    assert _noted(proef) == set()


async def test_the_zaak_that_is_linked_is_noted(proef: Proef) -> None:
    await open_zaak(proef, 9000)
    proef.seat.nep_contacten.start()
    proef.page.attach()
    assert _noted(proef) == {("zaak", TITEL, "z-9000")}


async def test_what_comes_in_of_an_open_zaak_is_noted_with_no_other_contact(proef: Proef) -> None:
    await open_zaak(proef, 9000, JOHANNA_VRAAGT)
    proef.seat.nep_contacten.start(klant=PIETER)
    proef.seat.nep_zaken.changed.emit(zaakbeeld(regel(9000, "Kapvergunning")))
    assert _noted(proef) == set()


async def test_a_zaak_that_could_not_be_read_is_not_noted(proef: Proef) -> None:
    proef.seat.nep_zaken.beelden["z-9000"] = [Unreachable("Het zaaksysteem is niet bereikbaar.")]
    proef.start()
    proef.tab.show_zaak(regel(9000).verwijzing)
    await proef.reads("Het zaaksysteem is niet bereikbaar.")
    assert _noted(proef) == set()
