"""A referral is noted in the vraag that it is about, and leaves what is about something else as it is."""

from __future__ import annotations

from typing import Any

import pytest

from kcs_desktop.sdk import Contact, Doorverwijzing, Resultaat, Zaakverwijzing
from plugins.zaken.aanmaken_keuzes import Keuze
from plugins.zaken.aanmaken_pagina import Aanmaakpagina
from tests.plugins.zaken.aanmaken_proef import WMO, button, contact, press, started, write
from tests.plugins.zaken.proef import Proef

NOTITIE = "Doorverwezen naar Wmo-loket. Doorgegeven: naam en telefoonnummer."
PARKEREN: dict[str, Any] = {
    "onderwerp": "Parkeervergunning bewoners",
    "product": "Parkeervergunning bewoners",
    "afdeling": "Parkeren",
    "notitie": "Wil een vergunning.",
    "zaak": Zaakverwijzing("z-1", "Z-1", "Parkeervergunning", "o-1"),
}


def referred(proef: Proef, page: Aanmaakpagina) -> Contact:
    """The Wmo is chosen in the list, and noted with the key that has the focus then."""
    page.presenter.put_away()
    page.beeld.draw()
    page.keuze.focus_search()
    write(proef, "wmo")
    press(proef, "Return")
    page.beeld.finish()
    press(proef, "Return")
    found = proef.seat.contacten.active
    assert found is not None
    return found


async def test_a_vraag_about_another_zaak_keeps_what_it_is_and_the_referral_is_a_vraag_of_its_own(
    proef: Proef, page: Aanmaakpagina
) -> None:
    eerste = contact(proef, **PARKEREN).vraag
    nu = referred(proef, page)
    assert nu.vragen[0] == eerste
    assert len(nu.vragen) == 2
    assert nu.actieve_vraag == 1
    assert (nu.vraag.onderwerp, nu.vraag.resultaat) == ("Wmo-voorziening", Resultaat.DOORVERWEZEN)
    assert (nu.vraag.notitie, nu.vraag.zaak, nu.vraag.afdeling) == (NOTITIE, None, "")
    button(proef, "Leg vast als doorverwezen").click()
    assert proef.seat.contacten.active == nu  # once more, by a hand that was too quick


async def test_a_vraag_for_which_a_zaak_was_begun_is_left_to_that(proef: Proef, page: Aanmaakpagina) -> None:
    made = contact(proef)
    started(proef, page, contact=made.id, vraag=made.vraag.id)
    eerste = proef.seat.nep_contacten.open[0].vraag
    nu = referred(proef, page)
    assert nu.vragen[0] == eerste
    assert nu.vraag.notitie == NOTITIE


@pytest.mark.parametrize(
    "velden",
    [
        {"resultaat": Resultaat.CONTACTVERZOEK, "onderwerp": "Parkeren"},
        {
            "resultaat": Resultaat.DOORVERWEZEN,
            "notitie": "Doorverwezen naar Kadaster. Niets over de klant doorgegeven.",
        },
        {"product": "Rijbewijs", "onderwerp": "Rijbewijs", "herkomst": {"onderwerp": "product"}},
        {"product": "Kadastrale gegevens"},  # of another loket
    ],
)
async def test_a_vraag_that_ends_otherwise_or_is_about_another_product_is_not_written_over(
    proef: Proef, page: Aanmaakpagina, velden: dict[str, Any]
) -> None:
    eerste = contact(proef, **velden).vraag
    nu = referred(proef, page)
    assert nu.vragen[0] == eerste
    assert (nu.vraag.onderwerp, nu.vraag.notitie) == ("Wmo-voorziening", NOTITIE)


@pytest.mark.parametrize(
    ("velden", "onderwerp", "product"),
    [
        ({}, "Wmo-voorziening", ""),
        ({"onderwerp": "Traplift", "notitie": "Kan de trap niet op."}, "Traplift", ""),
        ({"resultaat": Resultaat.DOORVERWEZEN}, "Wmo-voorziening", ""),
        ({"product": "Traplift"}, "Wmo-voorziening", "Traplift"),  # of the same loket
        (  # of a zaak that was begun and let go of
            {
                "product": "Rijbewijs",
                "onderwerp": "Rijbewijs",
                "herkomst": {"product": "zaaktype", "onderwerp": "zaaktype"},
            },
            "Wmo-voorziening",
            "",
        ),
    ],
)
async def test_a_vraag_that_is_about_nothing_else_is_the_one_that_is_referred(
    proef: Proef, page: Aanmaakpagina, velden: dict[str, Any], onderwerp: str, product: str
) -> None:
    naar = WMO.doorverwijzing
    assert isinstance(naar, Doorverwijzing)
    proef.seat.zaakaanmaken.verwijzingen["Traplift"] = naar
    eerste = contact(proef, **velden).vraag
    page.presenter.take(Keuze(WMO.naam, WMO, elders=naar))
    assert page.presenter.note_referral()
    (vraag,) = proef.seat.nep_contacten.open[0].vragen
    assert (vraag.id, vraag.resultaat) == (eerste.id, Resultaat.DOORVERWEZEN)
    assert (vraag.onderwerp, vraag.product) == (onderwerp, product)
    assert vraag.notitie == "\n".join(filter(None, (eerste.notitie, NOTITIE)))
    assert not vraag.herkomst  # a zaak that is begun later renews nothing of it


async def test_a_second_product_for_the_same_loket_is_a_vraag_of_its_own(proef: Proef, page: Aanmaakpagina) -> None:
    naar = WMO.doorverwijzing
    assert isinstance(naar, Doorverwijzing)
    contact(proef)
    for product in ("Traplift", "Rolstoel", "Rolstoel"):
        proef.seat.zaakaanmaken.verwijzingen[product] = naar
        page.presenter.take(Keuze(product, product=product, elders=naar))
        assert page.presenter.note_referral()
    vragen = proef.seat.nep_contacten.open[0].vragen
    assert [(vraag.product, vraag.notitie) for vraag in vragen] == [("Traplift", NOTITIE), ("Rolstoel", NOTITIE)]
