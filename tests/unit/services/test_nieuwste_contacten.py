"""What the register no longer holds leaves the picture; what was read of further pages stays."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from kcs_desktop.api.klantinteracties import Contactpagina
from kcs_desktop.domain.klant import Contactregel, Klantbeeld, KlantSleutel, SoortKlant, Terugbelnotitie
from kcs_desktop.services.klantbeeld import with_contacten, with_newest, with_terugbelnotities

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


def oude_notitie(uuid: str) -> Terugbelnotitie:
    return Terugbelnotitie(uuid, "Bellen", "te_verwerken", klantcontact=f"oud-{uuid}")


def test_notes_of_contacts_on_no_page_stay_until_all_are_read_anew() -> None:
    beeld = with_newest(LEEG, page(9, 8, totaal=5, is_laatste=False))
    beeld = with_terugbelnotities(beeld, (*beeld.terugbelnotities, oude_notitie("a"), oude_notitie("b")))
    beeld = with_newest(beeld, page(9, 7, totaal=5, is_laatste=False))
    assert {n.uuid for n in beeld.terugbelnotities} == {"n-c9", "n-c7", "a", "b"}
    assert {n.uuid for n in with_terugbelnotities(beeld, (oude_notitie("b"),)).terugbelnotities} == {"b"}


def test_the_last_page_holds_every_note() -> None:
    beeld = with_terugbelnotities(LEEG, (oude_notitie("a"),))
    assert {n.uuid for n in with_newest(beeld, page(9, is_laatste=True)).terugbelnotities} == {"n-c9"}


def test_a_page_without_notes_says_nothing_about_them() -> None:
    beeld = with_newest(LEEG, page(2, 1, is_laatste=True))
    zonder = msgspec.structs.replace(page(2, 1, is_laatste=True), terugbelnotities=(), met_notities=False)
    assert not zonder.is_volledig
    assert with_newest(beeld, zonder).terugbelnotities == beeld.terugbelnotities
