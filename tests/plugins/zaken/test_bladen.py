"""The pages of a long list: only those shown are asked, and a list that was counted part-way grows while it is read."""

from __future__ import annotations

import msgspec

from kcs_desktop.sdk import PAGE_ROWS, Zaakpagina
from plugins.zaken.bladen import AT_ONCE, MOST, Bladen
from plugins.zaken.lijsten import of_search
from tests.harness.seat_zaken import regel
from ui.sdk import Lijststand


def _page(nummer: int, totaal: int, *, rows: int = PAGE_ROWS, last: bool = False) -> Zaakpagina:
    begin = (nummer - 1) * PAGE_ROWS
    return Zaakpagina(tuple(regel(begin + nr) for nr in range(rows)), totaal, is_laatste=last)


def test_a_list_that_was_counted_part_way_grows_at_its_end_and_ends_where_it_ends() -> None:
    bladen = Bladen()
    bladen.begin(_page(1, 1000))
    assert (bladen.totaal, bladen.is_geteld) == (1000, False)
    bladen.put(4, _page(4, 1000))
    assert bladen.totaal == 5 * PAGE_ROWS
    bladen.put(5, _page(5, 1000, rows=10, last=True))
    assert (bladen.totaal, bladen.is_geteld) == (4 * PAGE_ROWS + 10, True)


def test_only_the_pages_shown_last_are_asked() -> None:
    bladen = Bladen()
    bladen.begin(_page(1, 100_000))
    for nummer in range(2, 12):
        assert bladen.regel((nummer - 1) * PAGE_ROWS) is None
    asked = []
    while nummer := bladen.take_wanted() or 0:
        asked.append(nummer)
    assert asked == [11, 10, 9][:AT_ONCE]
    bladen.put(11, _page(11, 100_000))
    found = bladen.regel(10 * PAGE_ROWS)
    assert found is not None
    assert bladen.find(found.verwijzing.uuid) == found


def test_the_zaaktypen_are_those_of_the_pages_that_stayed() -> None:
    bladen = Bladen()
    bladen.begin(Zaakpagina((regel(1, "Paspoort"),), 100_000, is_laatste=False))
    bladen.put(2, Zaakpagina((regel(2, "Kapvergunning"),), 100_000, is_laatste=False))
    assert bladen.zaaktypen == {"Paspoort", "Kapvergunning"}
    for nummer in range(3, 3 + MOST):
        bladen.put(nummer, Zaakpagina((regel(nummer, "Losse stoeptegel"),), 100_000, is_laatste=False))
    assert bladen.zaaktypen == {"Losse stoeptegel"}
    bladen.begin(Zaakpagina((regel(1, "Verhuizing"),), 1, is_laatste=True))
    assert bladen.zaaktypen == {"Verhuizing"}


def test_a_source_that_did_not_answer_is_named_with_the_list_until_another_list_begins() -> None:
    bladen = Bladen()
    bladen.begin(_page(1, 600))
    assert list(bladen.ontbreekt) == []
    bladen.put(2, msgspec.structs.replace(_page(2, 600), ontbreekt=("Zaken van Duinrode",)))
    bladen.put(3, msgspec.structs.replace(_page(3, 600), ontbreekt=("Zaken van Duinrode",)))
    assert list(bladen.ontbreekt) == ["Zaken van Duinrode"]
    stand = of_search(600, None, zoekt=False, has_asked=True, ontbreekt=bladen.ontbreekt)
    assert (stand.stand, stand.melding) == (Lijststand.GEDEELTELIJK, "600 gevonden. Zaken van Duinrode antwoordt niet.")
    leeg = of_search(0, None, zoekt=False, has_asked=True, ontbreekt=bladen.ontbreekt)
    assert leeg.advies == "Zaken van Duinrode antwoordt niet."
    bladen.begin(_page(1, 600))
    assert list(bladen.ontbreekt) == []
