"""Searching on the Zaken page: what was searched goes with whom it was for, and what failed can be asked again."""

from __future__ import annotations

import asyncio

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from kcs_desktop.sdk import Medewerker
from tests.harness.seat_content import sessie
from tests.harness.seat_zaken import regel
from tests.plugins.zaken.proef import JOHANNA, Proef


async def _search_in_flight(proef: Proef) -> None:
    """The number of a person stands in the field, and its zaken are still to come."""
    proef.start()
    await proef.reads("Z-2026-004127")
    proef.seat.nep_zaken.gevonden = [regel(7000)]
    proef.seat.nep_zaken.poort.clear()
    proef.page.lijst.zoekveld.set_text("999990019")
    proef.page.lijst.gezocht.emit()
    await proef.until(lambda: proef.seat.nep_zaken.gezocht, "the search")


async def _nothing_comes(proef: Proef) -> None:
    proef.seat.nep_zaken.poort.set()
    for _ in range(20):
        await asyncio.sleep(0)
        QApplication.processEvents()
    assert proef.page.lijst.zoekveld.text == ""
    assert proef.page.presenter.vraag is None
    assert "Z-2026-007000" not in proef.texts


async def test_the_end_of_the_contact_takes_the_search_along(proef: Proef) -> None:
    await _search_in_flight(proef)
    proef.tab.contact_activated(None)
    await _nothing_comes(proef)


async def test_another_customer_takes_the_search_along(proef: Proef) -> None:
    await _search_in_flight(proef)
    proef.tab.show_klant(JOHANNA)
    await _nothing_comes(proef)


@pytest.mark.parametrize("kept", [True, False])
async def test_another_contact_takes_the_search_along(proef: Proef, kept: bool) -> None:
    await _search_in_flight(proef)
    proef.tab.contact_activated(proef.seat.nep_contacten.start())
    if kept:
        proef.tab.restore('{"paginas":{"zaken":"{}"}}')
    await _nothing_comes(proef)


async def test_another_employee_takes_the_search_along(proef: Proef) -> None:
    await _search_in_flight(proef)
    ander = msgspec.structs.replace(sessie(), medewerker=Medewerker("f.ander", "Femke Ander"))
    proef.seat.sessie_changed.emit(ander)
    await _nothing_comes(proef)
