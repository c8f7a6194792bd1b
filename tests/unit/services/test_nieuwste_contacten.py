"""What the register no longer holds leaves the picture; what was read of further pages stays."""

from __future__ import annotations

from datetime import UTC, datetime

from kcs_desktop.api.klantinteracties import Contactpagina
from kcs_desktop.domain.klant import Contactregel, Klantbeeld, KlantSleutel, SoortKlant, Terugbelnotitie
from kcs_desktop.services.klantbeeld import with_contacten, with_newest

LEEG = Klantbeeld(KlantSleutel(SoortKlant.PERSOON, partij="p"), "J. Bakker")


def page(*dagen: int, totaal: int = 0, is_laatste: bool, herkomst: str = "") -> Contactpagina:
    regels = tuple(
        Contactregel(f"{herkomst}c{dag}", "Vraag", "balie", datetime(2026, 3, dag, tzinfo=UTC)) for dag in dagen
    )
    notities = tuple(Terugbelnotitie(f"n-{r.uuid}", "Bellen", "te_verwerken", klantcontact=r.uuid) for r in regels)
    return Contactpagina(regels, notities, totaal or len(dagen), is_laatste)


def uuids(beeld: Klantbeeld) -> list[str]:
    assert {n.klantcontact for n in beeld.terugbelnotities} == {regel.uuid for regel in beeld.contacten}
    return [regel.uuid for regel in beeld.contacten]


def test_a_contact_that_came_back_under_another_number_stands_there_once() -> None:
    voor = with_newest(LEEG, page(3, 2, 1, is_laatste=True))
    na = with_newest(voor, page(3, 2, 1, is_laatste=True, herkomst="nieuw-"))
    assert uuids(na) == ["nieuw-c3", "nieuw-c2", "nieuw-c1"]
    assert na.contacten_totaal == 3


def test_older_pages_stay_and_a_contact_gone_from_the_first_does_not() -> None:
    voor = with_contacten(
        with_newest(LEEG, page(9, 8, 7, totaal=5, is_laatste=False)), page(2, 1, totaal=5, is_laatste=True)
    )
    na = with_newest(voor, page(9, 7, 6, totaal=5, is_laatste=False))
    assert uuids(na) == ["c9", "c7", "c6", "c2", "c1"]


def test_a_history_that_is_gone_leaves_nothing() -> None:
    assert uuids(with_newest(with_newest(LEEG, page(2, 1, is_laatste=True)), page(is_laatste=True))) == []
