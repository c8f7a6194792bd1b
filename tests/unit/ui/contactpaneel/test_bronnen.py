"""Consulted sources in the panel: one line per source and subject."""

from __future__ import annotations

from kcs_desktop.sdk import GeraadpleegdeBron, Kanaal
from tests.harness.seat_fake import FakeSeat
from ui.contactpaneel.brongroepen import grouped
from ui.contactpaneel.presenter import ContactpaneelPresenter

BRP, CRM = "BRP › Persoonsgegevens", "CRM › Klantbeeld"
GERAADPLEEGD = (
    GeraadpleegdeBron("brp", BRP, "a"),
    GeraadpleegdeBron("klant", CRM, "a"),
    GeraadpleegdeBron("klant", CRM, "b"),
    GeraadpleegdeBron("kennis", "Rijbewijs › Kosten"),
    GeraadpleegdeBron("klant", CRM, "c"),
)


def test_the_pictures_of_several_customers_are_one_line_with_a_count() -> None:
    assert [(groep.naam, groep.plaatsen) for groep in grouped(GERAADPLEEGD)] == [
        (BRP, (0,)),
        (f"{CRM} (3 klanten)", (1, 2, 4)),
        ("Rijbewijs › Kosten", (3,)),
    ]


def test_several_zaken_are_one_line_with_a_count() -> None:
    bronnen = [GeraadpleegdeBron("zaak", "Zaken › Zaakgegevens", uuid) for uuid in ("z-1", "z-2")]
    assert [groep.naam for groep in grouped(bronnen)] == ["Zaken › Zaakgegevens (2 zaken)"]


def test_a_line_goes_along_or_stays_out_with_all_its_sources() -> None:
    seat = FakeSeat(met_contacten=False)
    presenter = ContactpaneelPresenter(seat, lambda: None)
    contact = seat.contacten.start(Kanaal.BALIE)
    seat.contacten.change_vraag(contact.id, contact.vraag.id, bronnen=GERAADPLEEGD)
    presenter.toggle_bron(1, meegenomen=False)
    active = seat.contacten.active
    assert active is not None
    assert [bron.meegenomen for bron in active.vraag.bronnen] == [True, False, False, True, False]
    assert [groep.meegenomen for groep in presenter.bronnen] == [True, False, True]
