"""The Klant tab on a narrow page, and the order in which Tab walks through it."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from kcs_desktop.sdk import SoortKlant
from tests.harness.alt_letters import letters, letters_beside
from tests.harness.leesbaar import visible_texts
from tests.harness.seat_fake import FakeSeat
from tests.plugins.klant.klanten import bakkerij, contacten, johanna
from tests.plugins.klant.proef import Proef
from ui.sdk import Look, current_theme


async def test_arrows_in_a_list_bring_the_current_row_into_sight_of_a_narrow_page(proef: Proef) -> None:
    proef.tab.widget.resize(420, 500)
    await proef.open(johanna(contacten=contacten(20), contacten_totaal=20))
    view = proef.tab.beeld.contacten.lijst.view
    page = page_of(proef)
    view.setFocus()
    for _ in range(15):
        QTest.keyClick(view, Qt.Key.Key_Down)
        QApplication.processEvents()
    row = view.visualRect(view.currentIndex())
    seen = QRect(view.viewport().mapTo(page.viewport(), row.topLeft()), row.size())
    assert view.currentIndex().row() >= 14
    assert page.viewport().rect().contains(seen), f"{seen} is not in {page.viewport().rect()}"


def page_of(proef: Proef) -> QScrollArea:
    return next(area for area in proef.tab.beeld.findChildren(QScrollArea) if area.accessibleName() == "Klantbeeld")


@pytest.mark.parametrize("is_known", [True, False])
async def test_a_customer_who_is_opened_begins_at_the_name(proef: Proef, *, is_known: bool) -> None:
    """The focus stands in the contacts below; it took the page there, and name and warnings were out of sight."""
    proef.tab.widget.resize(420, 300)
    een = johanna(contacten=contacten(20), contacten_totaal=20)
    ander = bakkerij(contacten=contacten(40)[20:], contacten_totaal=20)
    proef.seat.nep_klanten.in_geheugen = (een, ander) if is_known else ()
    for beeld in (een, ander):
        await proef.open(beeld)
        await proef.until(lambda: not proef.tab.is_drawing)
        view = proef.tab.beeld.contacten.lijst.view
        assert proef.focused is view
        assert view.currentIndex().row() == 0
        assert page_of(proef).verticalScrollBar().value() == 0
        QTest.keyClick(view, Qt.Key.Key_Down)
        assert page_of(proef).verticalScrollBar().value() > 0  # who moves in the list is followed


async def test_tab_walks_the_registration_in_reading_order(proef: Proef) -> None:
    proef.tab.register(SoortKlant.PERSOON)
    form = proef.tab.registreren
    expected = [field.edit for field in form.velden.values()] + [form.annuleren, form.opslaan]
    walked = []
    for _ in expected:
        focused = proef.tab.widget.focusWidget()
        walked.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert walked == expected
    places = [w.mapTo(form, QPoint(0, 0)) for w in expected]
    assert [p.y() for p in places[:-2]] == sorted(p.y() for p in places[:-2])


async def test_the_buttons_of_the_registration_stand_under_its_last_field(proef: Proef) -> None:
    proef.tab.register(SoortKlant.PERSOON)
    QApplication.processEvents()
    form = proef.tab.registreren
    last = list(form.velden.values())[-1]
    gap = form.opslaan.mapTo(form, QPoint(0, 0)).y() - last.mapTo(form, QPoint(0, last.height())).y()
    assert 0 < gap < 60


async def test_tab_walks_the_start_view_in_reading_order(proef: Proef) -> None:
    start = proef.tab.start
    proef.tab.show_recent()
    start.zoeken.setFocus()
    walked = []
    for _ in range(4):
        focused = proef.tab.widget.focusWidget()
        walked.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert walked == [start.zoeken, start.persoon, start.bedrijf, start.contactpersoon]


async def test_alt_with_a_letter_is_of_the_start_view_or_of_the_panel_beside_it(proef: Proef, qtbot: QtBot) -> None:
    proef.tab.show_recent()
    own = letters(proef.tab.start)
    assert own == ["Alt+E", "Alt+J", "Alt+A"]
    assert not set(own) & set(letters_beside(FakeSeat(), qtbot))


async def test_the_start_view_leaves_the_warning_of_the_store_to_the_frame(proef: Proef) -> None:
    proef.seat.bewaart = "De sleutelbos antwoordt niet."
    proef.tab.show_recent()
    assert "sleutelbos" not in "\n".join(visible_texts(proef.tab.widget))


@pytest.mark.parametrize(
    ("width", "height", "tekst"),
    [(955, 790, 100), (720, 600, 100), (600, 700, 100), (690, 700, 200), (570, 540, 200)],
)
async def test_the_form_opens_with_its_cursor_and_its_buttons_in_sight(
    proef: Proef, width: int, height: int, tekst: int
) -> None:
    """The card was as high as the list behind it, and stayed so after large text: its buttons were below the fold."""
    theme = current_theme()
    try:
        proef.tab.widget.resize(570, 540)
        await proef.open(johanna(contacten=contacten(20), contacten_totaal=20))
        theme.apply(Look(tekst=200))
        QApplication.processEvents()
        proef.tab.widget.resize(width, height)
        theme.apply(Look(tekst=tekst))
        await settled()
        proef.tab.edit()
        await settled()
        form = proef.tab.beeld.wijzigen
        assert proef.tab.widget.focusWidget() is next(iter(form._rows.values())).adres.edit
        view = _page(proef)
        for widget in (proef.tab.widget.focusWidget(), form.annuleren, form.opslaan):
            seen = QRect(widget.mapTo(view, QPoint(0, 0)), widget.size())
            assert view.rect().contains(seen), f"{widget.accessibleName()} at {seen} is not in {view.rect()}"
        fields = form.schuifvak.widget()
        assert fields is not None
        assert fields.width() <= form.schuifvak.viewport().width()
    finally:
        theme.apply(Look())


@pytest.mark.parametrize(("width", "height"), [(690, 700), (570, 540)])
async def test_cards_of_a_page_that_scrolls_stand_apart(proef: Proef, width: int, height: int) -> None:
    theme = current_theme()
    try:
        proef.tab.widget.resize(width, height)
        await proef.open(johanna(contacten=contacten(5), contacten_totaal=5))
        theme.apply(Look(tekst=200))
        await settled()
        proef.tab.edit()
        await settled()
        beeld = proef.tab.beeld
        cards = [beeld.kop, beeld.links, beeld.notities, beeld.relaties]
        assert all(a.geometry().bottom() < b.geometry().top() for a, b in pairwise(cards))
    finally:
        theme.apply(Look())


def _page(proef: Proef) -> QWidget:
    areas = proef.tab.beeld.findChildren(QScrollArea)
    return next(area for area in areas if area.accessibleName() == "Klantbeeld").viewport()


async def settled() -> None:
    """Until layouts that depend on each other have stopped asking for room."""
    for _ in range(10):
        QApplication.processEvents()
        await asyncio.sleep(0)
