"""The page of e-formulieren by keys, offscreen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kcs_desktop.sdk import Eformulierlijst, Eformulierregels, KlantSleutel, Klantverwijzing, SoortKlant
from plugins.zaken import eformulieren_commands
from plugins.zaken import eformulieren_tekst as tekst
from plugins.zaken.commands import attach
from plugins.zaken.eformulieren_pagina import Eformulierenpagina
from plugins.zaken.view import EFORMULIEREN
from tests.harness.alt_letters import letters, letters_beside
from tests.harness.seat_eformulieren import FakeEformulieren, formulier
from tests.harness.seat_zaken import NU
from tests.plugins.zaken.proef import JOHANNA, Proef
from tests.plugins.zaken.test_terugbellen_ruimte import in_sight
from ui.sdk import Look, current_theme

SMALL = (570, 428)  # what a window of 1280 by 720 leaves for the page with large text
NAMELOOS = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn="999990019"), "")


def _shown(proef: Proef) -> tuple[Eformulierenpagina, FakeEformulieren]:
    eformulieren_commands.show(proef.context)
    page = proef.tab.page(EFORMULIEREN)
    assert isinstance(page, Eformulierenpagina)
    return page, proef.seat.eformulieren


def _holds(page: Eformulierenpagina, keys: tuple[str, ...]) -> bool:
    return tuple(row.key for row in page.view.lijst.model.rows) == keys


async def test_the_list_says_who_what_when_and_how_long_it_waits(proef: Proef) -> None:
    page, eformulieren = _shown(proef)
    await proef.until(lambda: eformulieren.geladen == 1)
    te_laat = formulier(5002, ontvangen=NU - timedelta(days=6))
    eformulieren.lay(formulier(), te_laat)
    await proef.reads("J. van Duinrode")
    assert "Parkeervergunning aanvragen · Bewonersvergunning" in proef.texts
    assert "vandaag 10:42" in proef.texts
    rows = page.view.lijst.model.rows
    assert [row.key for row in rows] == ["z-5001", "z-5002"]
    assert rows[1].right_below == "wacht 4 werkdagen"
    assert (rows[1].icon, rows[1].flags) == ("let_op", (("Over de norm", "fout"),))
    assert "2, 1 over de norm" in proef.texts


async def test_alt_with_a_letter_is_of_the_form_or_of_the_panel_beside_it(proef: Proef, qtbot: QtBot) -> None:
    page, eformulieren = _shown(proef)
    eformulieren.lay(formulier(5001, klant=NAMELOOS))
    await proef.until(lambda: page.view.detail.openen.isVisibleTo(page.view.detail))
    own = letters(page.view.detail)
    assert set(own) >= {"Alt+A", "Alt+E"}
    assert not set(own) & set(letters_beside(proef.seat, qtbot))


async def test_the_first_of_a_list_with_the_cursor_is_the_one_that_is_shown(proef: Proef) -> None:
    page, eformulieren = _shown(proef)
    proef.tab.widget.window().activateWindow()
    page.focus_first()
    eformulieren.lay(formulier(), formulier(5002))
    await proef.reads("Z-2026-005002")
    await proef.until(lambda: page.view.lijst.selected)
    assert page.presenter.toestand.gekozen == page.view.lijst.selected == "z-5001"


async def test_what_leaves_the_list_gives_its_place_to_the_next(proef: Proef) -> None:
    page, eformulieren = _shown(proef)
    eformulieren.lay(formulier(), formulier(5002), formulier(5003))
    await proef.reads("Z-2026-005003")
    lijst = page.view.lijst
    for left, then in ((("z-5001", "z-5003"), "z-5003"), (("z-5001",), "z-5001")):
        lijst.select(lijst.model.rows[1].key)
        eformulieren.lay(*(formulier(int(key[2:])) for key in left))
        await proef.until(partial(_holds, page, left), "the shorter list")
        assert page.presenter.toestand.gekozen == lijst.selected == then
        assert f"Z-2026-00{then[2:]}" in proef.texts


async def test_arrows_show_one_and_enter_opens_its_zaak(proef: Proef) -> None:
    page, eformulieren = _shown(proef)
    eformulieren.lay(formulier(), formulier(5002))
    await proef.reads("Z-2026-005002")
    page.focus_first()
    QTest.keyClick(page.view.lijst.view, Qt.Key.Key_Down)
    await proef.reads("Oppakken uiterlijk donderdag 26 november")
    assert "999 990 019" in proef.texts
    QTest.keyClick(page.view.lijst.view, Qt.Key.Key_Return)
    gekozen = page.presenter.formulier
    assert gekozen is not None
    assert proef.frame.zaken == [gekozen.regel.verwijzing]


@pytest.fixture
def large_text() -> Iterator[None]:
    current_theme().apply(Look(tekst=200))
    yield
    current_theme().apply(Look())
    QApplication.processEvents()


@pytest.mark.usefixtures("large_text")
async def test_with_large_text_in_a_small_window_list_and_form_take_turns(proef: Proef) -> None:
    page, eformulieren = _shown(proef)
    proef.tab.widget.resize(*SMALL)
    proef.tab.widget.activateWindow()
    eformulieren.lay(formulier(), formulier(5002))
    await proef.reads("J. van Duinrode")
    page.focus_first()
    view, detail = page.view, page.view.detail
    await proef.until(lambda: not detail.isVisible(), "the list alone")
    assert in_sight(view.lijst.view)
    QTest.keyClick(view.lijst.view, Qt.Key.Key_Down)
    QTest.keyClick(view.lijst.view, Qt.Key.Key_Return)
    assert proef.frame.zaken == [], "it is read first"
    await proef.until(lambda: in_sight(detail.openen), "what can be done")
    assert not view.kaart.isVisible()
    assert detail.openen.hasFocus()
    assert in_sight(detail.terug)
    before = detail.scroll_column.verticalScrollBar().value()
    QTest.keyClick(detail.openen, Qt.Key.Key_PageDown)
    assert detail.scroll_column.verticalScrollBar().value() > before
    QTest.keyClick(detail.openen, Qt.Key.Key_Escape)
    assert view.lijst.view.hasFocus()
    assert not detail.isVisible()
    QTest.keyClick(view.lijst.view, Qt.Key.Key_Return)
    QTest.keyClick(detail.openen, Qt.Key.Key_Return)
    assert [zaak.uuid for zaak in proef.frame.zaken] == ["z-5002"]


async def test_it_is_linked_to_the_contact_from_where_it_stands(proef: Proef) -> None:
    contact = proef.seat.nep_contacten.start(klant=JOHANNA)
    proef.tab.contact_activated(contact)
    page, eformulieren = _shown(proef)
    eformulieren.lay(formulier())
    await proef.reads("J. van Duinrode")
    page.presenter.select("z-5001")
    assert page.works_here("zaken.koppelen")
    attach(proef.context)
    assert proef.frame.gezegd == ["Z-2026-005001 is gekoppeld aan dit contact"]
    actief = proef.seat.nep_contacten.active
    assert actief is not None
    assert actief.vraag.zaak is not None
    assert actief.vraag.zaak.uuid == "z-5001"
    assert proef.tab.current == EFORMULIEREN, "the employee stays at the list"


async def test_a_name_is_asked_of_the_registers_on_demand_alone(proef: Proef) -> None:
    proef.seat.rechten |= {"basisregistraties": 1, "crm": 1}
    page, eformulieren = _shown(proef)
    eformulieren.lay(formulier(klant=NAMELOOS, vanuit=""))
    await proef.reads("Inwoner, naam nog niet bekend")
    page.presenter.select("z-5001")
    await proef.until(page.view.detail.naam.isVisible)
    assert eformulieren.recognised == []
    page.view.detail.naam.click()
    await proef.until(lambda: eformulieren.recognised == ["z-5001"])
    eformulieren.lay(formulier(klant=msgspec.structs.replace(NAMELOOS, naam="J. van Duinrode"), vanuit="BRP"))
    await proef.reads("uit de BRP")
    assert not page.view.detail.naam.isVisible()


async def test_without_the_right_no_name_is_asked_and_no_customer_opened(proef: Proef) -> None:
    proef.seat.rechten |= {"basisregistraties": 0, "crm": 0}
    page, eformulieren = _shown(proef)
    eformulieren.lay(formulier(klant=NAMELOOS, vanuit=""))
    page.presenter.select("z-5001")
    await proef.reads("Inwoner, naam nog niet bekend")
    QApplication.processEvents()
    assert not page.view.detail.naam.isVisible()
    assert not page.view.detail.klant.isVisible()


async def test_the_states_of_the_list(proef: Proef) -> None:
    page, eformulieren = _shown(proef)
    await proef.until(lambda: eformulieren.geladen == 1)
    eformulieren.lay()
    await proef.reads("Er wacht geen formulier")
    assert "De server antwoordt niet" not in proef.texts
    eformulieren.lay(fout="De server antwoordt niet.", opgehaald_op=None)
    await proef.reads("De server antwoordt niet.")
    assert "Er wacht geen formulier" not in proef.texts
    eformulieren.lay(formulier(), fout="De server antwoordt niet.", uit_cache=True)
    await proef.reads("Dit is van vandaag 10:42.")
    assert [row.key for row in page.view.lijst.model.rows] == ["z-5001"]
    eformulieren.lay(formulier(), is_afgekapt=True)
    await proef.reads("Alleen de nieuwste zaken zijn bekeken, van de laatste 30 dagen.")
    assert "De server antwoordt niet" not in proef.texts
    page.view.lijst.retry.emit()
    await proef.until(lambda: eformulieren.geladen == 2)
    assert [row.key for row in page.view.lijst.model.rows] == ["z-5001"]  # they stay while it is read anew


async def test_it_is_live_only_while_it_is_in_sight(proef: Proef) -> None:
    _page, eformulieren = _shown(proef)
    assert len(eformulieren.grepen) == 1
    proef.tab.show_zaken()
    QApplication.processEvents()
    assert eformulieren.grepen == []


def test_what_a_form_holds_is_one_line_without_tricks() -> None:
    vals = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON), "<b>J.\u202e</b>\nDuin")
    assert "\u202e" not in tekst.customer(formulier(klant=vals))
    assert "\n" not in tekst.customer(formulier(klant=vals))
    assert tekst.customer(formulier(klant=None)) == "Afzender niet bekend"
    assert tekst.count(Eformulierlijst(), Eformulierregels(), NU) == ""
