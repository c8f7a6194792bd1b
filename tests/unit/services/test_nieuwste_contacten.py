"""What the register no longer holds leaves the picture; what was read of further pages stays."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from kcs_desktop.api.klantinteracties import Contactpagina
from kcs_desktop.domain.klant import Contactregel, Klantbeeld, KlantSleutel, SoortKlant, Terugbelnotitie
from kcs_desktop.services import beeldlader, klanten
from kcs_desktop.services.klantbeeld import with_contacten, with_further, with_new, with_newest, with_terugbelnotities
from tests.harness.backend import BackendProcess
from tests.harness.zitplaats import find, picture, running_seat

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


def test_a_history_with_contacts_that_are_listed_twice_ends_where_it_was_read_to_its_end() -> None:
    """Of nine rows, three a page: one is on both sides of the first boundary, and one twice on the last page."""
    beeld = with_newest(LEEG, page(9, 8, 7, totaal=9, is_laatste=False))
    beeld = with_further(beeld, page(7, 6, 5, totaal=9, is_laatste=False), 3)
    assert (len(beeld.contacten), beeld.contacten_totaal) == (5, 8)
    beeld = with_further(beeld, page(4, 3, totaal=8, is_laatste=True), 6)
    assert uuids(beeld) == ["c9", "c8", "c7", "c6", "c5", "c4", "c3"]
    assert beeld.contacten_totaal == 7


async def test_more_goes_past_pages_that_were_read_and_stops_where_the_history_ends(
    proefdam: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every contact stands in the register's list twice: as many as are known end halfway what was read."""
    regels = [Contactregel(f"c{nr:03}", "Vraag", "balie", datetime(2026, 3, 1, tzinfo=UTC)) for nr in range(130)]
    lijst = [regel for regel in regels for _ in range(2)]
    asked: list[int] = []

    async def read(_client: object, _sleutel: object, pagina: int = 1, doel: object = None) -> Contactpagina:
        asked.append(pagina)
        rijen = lijst[(pagina - 1) * 100 : pagina * 100]
        een = tuple(dict.fromkeys(rijen))
        return Contactpagina(een, (), len(lijst) - len(rijen) + len(een), is_laatste=pagina == 3)

    for module in (beeldlader, klanten):
        monkeypatch.setattr(module, "read_contacten", read)
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        klant = await find(seat, "999900110")
        beeld = await picture(seat, klant)
        assert len(beeld.contacten) == 50 < beeld.contacten_totaal
        beeld = await seat.klanten.more_contacten(klant)
        assert (len(beeld.contacten), beeld.contacten_totaal) == (100, 160)
        beeld = await seat.klanten.more_contacten(klant)
        assert (len(beeld.contacten), beeld.contacten_totaal) == (130, 130)
    assert asked == [1, 1, 2, 2, 3]


def test_new_contacts_do_not_bring_back_what_was_listed_twice() -> None:
    beeld = with_newest(LEEG, page(3, 2, totaal=2, is_laatste=True))
    assert with_new(beeld, page(4, 3, totaal=7, is_laatste=False)).contacten_totaal == 3


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
