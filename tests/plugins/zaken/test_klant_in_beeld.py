"""Whose contact begins on the Zaken page, and what stays in front when it does."""

from __future__ import annotations

import msgspec
import pytest

from kcs_desktop.sdk import KlantSleutel, Klantverwijzing, SoortKlant, Zaakrol
from tests.harness.seat_zaken import beeld as zaakbeeld
from tests.harness.seat_zaken import regel
from tests.plugins.zaken.proef import JOHANNA, Proef

BSN = JOHANNA.sleutel.bsn
PIETER = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn="999990032"), "P.J. Hoekstra")
JOHANNA_VRAAGT = Zaakrol("J. van Duinrode", "Aanvrager", "initiator", "natuurlijk_persoon", bsn=BSN)


def lay(proef: Proef, nummer: int, *rollen: Zaakrol) -> None:
    """A zaak in which these have a part."""
    made = zaakbeeld(regel(nummer))
    assert made.zaak is not None
    made = msgspec.structs.replace(made, zaak=msgspec.structs.replace(made.zaak, rollen=rollen))
    proef.seat.nep_zaken.beelden[regel(nummer).verwijzing.uuid] = [made]


async def open_zaak(proef: Proef, nummer: int, *rollen: Zaakrol) -> None:
    """From elsewhere, as a search would."""
    lay(proef, nummer, *rollen)
    proef.tab.show_zaak(regel(nummer).verwijzing)
    await proef.reads("Dit leest de inwoner online")


async def test_an_empty_page_shows_no_customer(proef: Proef) -> None:
    proef.tab.show_page("zaken")
    assert proef.tab.klant_in_sight is None


async def test_the_customer_is_whose_zaken_the_list_shows_until_something_else_is_searched(proef: Proef) -> None:
    proef.page.show_klant(JOHANNA)
    await proef.reads("Z-2026-004127")
    assert proef.tab.klant_in_sight == JOHANNA
    await open_zaak(proef, 4127, Zaakrol("Iemand anders", "Aanvrager", "initiator", "natuurlijk_persoon", bsn="1"))
    assert proef.tab.klant_in_sight == JOHANNA, "it is one of hers"
    proef.page.lijst.zoekveld.set_text("Z-2026")
    proef.page.lijst.gezocht.emit()
    await proef.reads("Zoekvraag wissen" if proef.page.presenter.klant is None else "Terug naar de klant")
    assert proef.tab.klant_in_sight is None, "her list made way"


@pytest.mark.parametrize(
    ("rollen", "wie"),
    [
        ((JOHANNA_VRAAGT, Zaakrol("M. Zandstra", generiek="behandelaar", soort="medewerker")), BSN),
        ((), ""),
        ((Zaakrol("J. Jansen", generiek="initiator", soort="natuurlijk_persoon"),), ""),
        ((JOHANNA_VRAAGT, msgspec.structs.replace(JOHANNA_VRAAGT, bsn="999990032")), ""),
    ],
    ids=["one", "nobody", "without a number", "two"],
)
async def test_of_a_zaak_the_customer_is_the_one_known_aanvrager(
    proef: Proef, rollen: tuple[Zaakrol, ...], wie: str
) -> None:
    await open_zaak(proef, 9000, *rollen)
    klant = proef.tab.klant_in_sight
    assert (klant.sleutel.bsn if klant is not None else "") == wie


async def test_another_page_in_front_hides_the_customer(proef: Proef) -> None:
    await open_zaak(proef, 9000, JOHANNA_VRAAGT)
    proef.tab.show_page("eformulieren")
    assert proef.tab.klant_in_sight is None


@pytest.mark.parametrize("klant", [JOHANNA, PIETER, None], ids=["of it", "of another", "of nobody"])
async def test_the_zaak_in_front_stays_when_a_contact_begins(proef: Proef, klant: Klantverwijzing | None) -> None:
    await open_zaak(proef, 9000, JOHANNA_VRAAGT)
    proef.tab.contact_activated(proef.seat.nep_contacten.start(klant=klant))
    assert proef.page.presenter.zaak == regel(9000).verwijzing
    proef.page.attach()
    assert proef.frame.gezegd == ["Z-2026-009000 is gekoppeld aan dit contact"]


@pytest.mark.parametrize(("klant", "stays"), [(JOHANNA, True), (PIETER, False), (None, False)])
async def test_out_of_sight_only_a_zaak_of_the_customer_stays(
    proef: Proef, klant: Klantverwijzing | None, stays: bool
) -> None:
    await open_zaak(proef, 9000, JOHANNA_VRAAGT)
    proef.tab.widget.hide()
    proef.tab.contact_activated(proef.seat.nep_contacten.start(klant=klant))
    assert (proef.page.presenter.zaak is not None) is stays


async def test_a_search_in_front_stays_when_a_contact_begins(proef: Proef) -> None:
    proef.seat.nep_zaken.gevonden = [regel(7000)]
    proef.page.search("Z-2026")
    await proef.reads("Z-2026-007000")
    proef.tab.contact_activated(proef.seat.nep_contacten.start(klant=JOHANNA))
    assert proef.page.lijst.zoekveld.text == "Z-2026"
    assert "Z-2026-007000" in proef.texts


async def test_without_a_zaak_there_is_nothing_to_link_and_that_is_said(proef: Proef) -> None:
    proef.start()
    proef.page.attach()
    assert proef.frame.geweigerd == ["Kies eerst een zaak. Die koppelt u aan het contact."]
