"""The page of callback notes by keys, offscreen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, time, timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kcs_desktop.domain.opdracht import TerugbelnotitieClaimen
from kcs_desktop.domain.terugbelnorm import Normen
from kcs_desktop.domain.werkdagen import Dienstkalender
from kcs_desktop.sdk import (
    Belresultaat,
    Escalatie,
    Klantverwijzing,
    Lijst,
    Poging,
    Taaklijst,
    Taakstand,
    Terugbeltaak,
    Unreachable,
    Verbinding,
    Wachtstand,
)
from plugins.zaken import terugbellen_commands, terugbellen_rijen
from plugins.zaken.manifest import MANIFEST
from plugins.zaken.terugbellen_invoer import Actie
from plugins.zaken.terugbellen_pagina import Terugbelpagina
from plugins.zaken.terugbellen_presenter import Toestand
from plugins.zaken.view import PAGINAS, TERUGBELLEN, create_tab
from tests.harness.alt_letters import letters, letters_beside
from tests.harness.leesbaar import visible_texts
from tests.harness.seat_content import JOHANNA, NU, sessie
from tests.harness.seat_fake import FakeSeat
from tests.harness.seat_zaken import regel
from tests.plugins.klant.proef import NepFrame
from ui.plugins import resolve
from ui.sdk import Row, TabContext, current_theme

TAAK = Terugbeltaak(
    "t-1",
    Taakstand.OPEN,
    "Bel over de aanslag",
    NU + timedelta(hours=6),
    nummer="0000000007",
    toelichting="Graag na de lunch.",
    toegewezen_aan=("Belastingen",),
    klant=JOHANNA,
    telefoonnummer="+31612345678",
    moment="na 13:00",
    beloofd_door_naam="Tom van Dijk",
)


def taak(uuid: str, **velden: object) -> Terugbeltaak:
    return msgspec.structs.replace(TAAK, uuid=uuid, **velden)


class Proef:
    def __init__(self, seat: FakeSeat) -> None:
        self.seat, self.frame = seat, NepFrame()
        self.pagina = Terugbelpagina(TabContext(seat, self.frame, current_theme()))
        self.view = self.pagina.view
        self.view.resize(1100, 700)
        self.view.show()

    def lay(self, *taken: Terugbeltaak, lijst: Lijst = Lijst.EIGEN, **velden: object) -> None:
        made = Taaklijst(lijst, taken=taken, totaal=len(taken), opgehaald_op=NU)
        self.seat.terugbelnotities.lay(msgspec.structs.replace(made, **velden))

    @property
    def rijen(self) -> list[str]:
        return [row.spoken for row in self.view.lijst.model.rows]

    def knoppen(self) -> list[str]:
        return [naam for naam, knop in self.view.detail.knoppen.items() if knop.isVisible()]

    def type(self, wat: str, text: str) -> None:
        """In the panel of this act, on the note in sight."""
        self.pagina.act(wat)
        QTest.keyClicks(self.view.detail.paneel.toelichting.edit, text)

    @property
    def getoond(self) -> str:
        QApplication.processEvents()
        return "\n".join(visible_texts(self.view))

    def weg(self) -> None:
        self.pagina.close()
        self.view.close()
        self.view.deleteLater()
        QApplication.processEvents()

    async def until(self, condition: Callable[[], bool]) -> None:
        for _ in range(200):
            QApplication.processEvents()
            await asyncio.sleep(0)
            if condition():
                return
        raise AssertionError("this never came")


@pytest.fixture
async def proef(qapp: QApplication) -> AsyncIterator[Proef]:
    made = Proef(FakeSeat())
    await made.until(lambda: bool(made.seat.terugbelnotities.geladen))
    yield made
    made.weg()
    assert not made.frame.fouten
    assert made.seat.terugbelnotities.grepen == []


async def test_what_is_late_is_said_in_words_and_by_its_sign_and_stands_on_top(proef: Proef) -> None:
    laat = taak("t-0", deadline=NU - timedelta(days=2), escalatie=Escalatie.COORDINATOR, escalatie_naar="Thea")
    proef.lay(laat, TAAK, taak("t-2", deadline=NU + timedelta(days=1), door="m", door_naam="Marit", pogingen=()))
    late, today, other = proef.rijen
    assert "Te laat, 2 dagen" in late
    assert "Gemeld aan Thea, coördinator" in late
    assert proef.view.lijst.model.rows[0].icon == "fout"
    assert "Vandaag" in today
    assert "vandaag 16:42" in today
    assert "door Marit" in other


async def test_an_arrow_shows_another_note_and_makes_no_row_anew(proef: Proef, monkeypatch: pytest.MonkeyPatch) -> None:
    proef.lay(TAAK, taak("t-2", handeling="Bel over de vergunning"))
    proef.view.lijst.select("t-1")
    made: list[object] = []

    def count(*whole: object) -> list[Row]:
        made.append(whole)
        return []

    monkeypatch.setattr(terugbellen_rijen, "rows", count)
    QTest.keyClick(proef.view.lijst.view, Qt.Key.Key_Down)
    QApplication.processEvents()
    assert proef.pagina.presenter.toestand.gekozen == "t-2"
    assert "Bel over de vergunning" in "\n".join(visible_texts(proef.view.detail))
    assert made == []


async def test_the_five_states(proef: Proef) -> None:
    assert "geen terugbelnotities" not in " ".join(proef.rijen)
    proef.lay()
    assert proef.view.lijst.model.rows == []
    proef.lay(TAAK)
    assert len(proef.rijen) == 1
    proef.lay(TAAK, fout="De server is niet bereikbaar.", uit_cache=True)
    assert len(proef.rijen) == 1  # with its age above it
    proef.lay(fout="De server is niet bereikbaar.")
    proef.view.lijst.retry.emit()
    await proef.until(lambda: len(proef.seat.terugbelnotities.geladen) >= 2)


async def test_a_note_tells_everything_and_offers_what_fits(proef: Proef) -> None:
    proef.lay(TAAK)
    proef.pagina.presenter.select("t-1")
    shown = " ".join(label.text() for label in proef.view.detail.findChildren(type(proef.view.detail.leeg)))
    for part in ("Bel over de aanslag", "06 12 34 56 78", "na 13:00", "Graag na de lunch.", "Tom van Dijk"):
        assert part in shown
    assert proef.knoppen() == ["oppakken", "poging", "afhandelen", "verzetten", "doorzetten"]
    proef.lay(taak("t-1", door="m.zandstra", door_naam="Marit"))
    assert proef.knoppen() == []
    labels = [label.text() for label in proef.view.detail.findChildren(type(proef.view.detail.leeg))]
    assert "Opgepakt door" in labels
    proef.lay(taak("t-1", door="m.zandstra", door_naam="Marit", mag_overnemen=True))
    assert proef.knoppen() == ["oppakken", "doorzetten", "teruggeven"]
    assert proef.view.detail.knoppen["oppakken"].text() == "Overnemen"
    proef.pagina.act("overnemen")
    assert proef.seat.terugbelnotities.gedaan == [("claim", "t-1", {"take_over": True})]


async def test_an_attempt_by_keys(proef: Proef) -> None:
    proef.lay(TAAK)
    proef.pagina.presenter.select("t-1")
    proef.pagina.act("poging")
    paneel = proef.view.detail.paneel
    QTest.keyClick(paneel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert paneel.resultaat.error == "Kies hoe het ging."
    assert proef.seat.terugbelnotities.gedaan == []
    paneel.resultaat.combo.setCurrentIndex(1)
    paneel.resultaat.combo.activated.emit(1)
    QTest.keyClicks(paneel.toelichting.edit, "Geen gehoor.")
    QTest.keyClick(paneel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    arguments = {"resultaat": Belresultaat.NIET_BEREIKT, "toelichting": "Geen gehoor."}
    assert proef.seat.terugbelnotities.gedaan == [("attempt", "t-1", arguments)]
    assert not paneel.isVisible()


async def test_what_gets_the_cursor_is_in_sight_with_its_button(proef: Proef) -> None:
    proef.view.resize(1100, 420)
    proef.lay(taak("t-1", toelichting="Belt over de uitrit en wil weten wat er nog moet gebeuren. " * 6))
    proef.pagina.presenter.select("t-1")
    proef.pagina.act("afhandelen")
    paneel = proef.view.detail.paneel

    def in_sight(widget: QWidget) -> bool:
        return widget.visibleRegion().boundingRect() == widget.rect()

    await proef.until(lambda: in_sight(paneel.toelichting.edit))
    assert in_sight(paneel.uitvoeren)


async def test_what_is_typed_stays_when_the_list_changes_and_goes_with_escape(proef: Proef) -> None:
    proef.lay(TAAK)
    proef.pagina.presenter.select("t-1")
    proef.pagina.act("afhandelen")
    paneel = proef.view.detail.paneel
    QTest.keyClicks(paneel.toelichting.edit, "Uitgelegd")
    proef.lay(taak("t-1", pogingen=(Poging(NU, "Bilal", "niet_bereikt"),)), taak("t-9"))
    assert paneel.toelichting.text == "Uitgelegd"
    ander = Proef(proef.seat)  # as after a restart
    ander.pagina.restore(proef.pagina.state())
    assert ander.view.detail.paneel.toelichting.text == "Uitgelegd"
    assert ander.pagina.presenter.actie is Actie.AFHANDELEN
    for wrong in ("onzin", msgspec.json.encode(Toestand(actie="onzin")).decode()):
        ander.pagina.restore(wrong)
        assert ander.pagina.presenter.actie is Actie.AFHANDELEN
    ander.weg()
    QTest.keyClick(paneel, Qt.Key.Key_Escape)
    assert not paneel.isVisible()
    proef.pagina.act("afhandelen")
    assert paneel.toelichting.text == ""


async def test_another_moment_needs_a_day_that_comes(proef: Proef) -> None:
    proef.lay(TAAK)
    presenter = proef.pagina.presenter
    presenter.select("t-1")
    proef.pagina.act("verzetten")
    assert presenter.invoer.moment == "na 13:00"
    for wrong in ("x", "31-2-2027", "23-11-2026", "1-2"):
        presenter.fill_in("datum", wrong)
        assert [problem.field for problem in presenter.problems()] == ["datum"], wrong
    presenter.fill_in("datum", "4-12-2026")
    proef.pagina.submit()
    uiterlijk = datetime(2026, 12, 4, 16, tzinfo=UTC)
    assert proef.seat.terugbelnotities.gedaan == [("reschedule", "t-1", {"moment": "na 13:00", "uiterlijk": uiterlijk})]


async def test_the_last_day_is_one_on_which_somebody_is_there_until_it_closes(proef: Proef) -> None:
    proef.lay(TAAK)
    uren = Dienstkalender(opent=time(9), sluit=time(20), gesloten=frozenset({date(2026, 12, 7)}))
    proef.seat.catalogus = msgspec.structs.replace(proef.seat.catalogus, terugbelnormen=Normen(uren))
    presenter = proef.pagina.presenter
    presenter.select("t-1")
    proef.pagina.act("verzetten")
    for dicht, eerste in (("5-12-2026", "dinsdag 8 december"), ("25-12-2026", "maandag 28 december")):
        presenter.fill_in("datum", dicht)
        (mis,) = presenter.problems()
        assert mis.message.endswith(f"is niemand er. Kies {eerste}."), mis.message
    presenter.fill_in("datum", "4-12-2026")
    proef.pagina.submit()
    ((_, _, gedaan),) = proef.seat.terugbelnotities.gedaan
    assert gedaan["uiterlijk"] == datetime(2026, 12, 4, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "datum", "mis"),
    [
        ("31-12-2026 10:00", "4-12-2026", ["moment"]),
        ("31 december 2026", "4-12-2026", ["moment"]),
        ("31-12-2026", "", ["moment"]),  # the last day stays that of today
        ("4-12-2026 10:00", "4-12-2026", []),
        ("31-12-2026 10:00", "31-12-2026", []),
        ("31-12-2026 10:00", "x", ["datum"]),
        ("31-2-2026 10:00", "4-12-2026", []),  # no date: it is for who calls
        ("na 31 december", "4-12-2026", []),
        ("vrijdag na 14:00", "4-12-2026", []),
    ],
)
async def test_a_moment_that_is_a_date_lies_not_behind_the_last_day(
    proef: Proef, moment: str, datum: str, mis: list[str]
) -> None:
    proef.lay(TAAK)
    proef.pagina.presenter.select("t-1")
    proef.pagina.act("verzetten")
    proef.pagina.presenter.fill_in("moment", moment)
    proef.pagina.presenter.fill_in("datum", datum)
    assert [problem.field for problem in proef.pagina.presenter.problems()] == mis
    proef.pagina.submit()
    assert bool(proef.seat.terugbelnotities.gedaan) is not bool(mis)


async def test_a_note_that_is_gone_or_refused_says_so(proef: Proef) -> None:
    proef.lay(
        taak("t-1", stand=Taakstand.WEG),
        taak("t-2"),
        geweigerd={"t-2": "Marit heeft deze terugbelnotitie al opgepakt."},
        wacht=("t-1",),
    )
    gone, refused = proef.rijen
    assert "Weggehaald door een ander programma" in gone
    assert "Wordt verstuurd" in gone
    assert "Niet gelukt: Marit heeft deze" in refused
    proef.pagina.presenter.select("t-1")
    assert proef.knoppen() == ["afhandelen"]


async def test_lists_are_chosen_and_a_further_page_that_fails_says_so(proef: Proef) -> None:
    proef.pagina.show_list(Lijst.TEAM)
    await proef.until(lambda: proef.seat.terugbelnotities.geladen[-1][0] is Lijst.TEAM)
    proef.lay(TAAK, lijst=Lijst.TEAM, totaal=70)
    assert proef.view.meer.isVisible()
    proef.seat.terugbelnotities.meer = Unreachable()
    proef.pagina.more()
    await proef.until(lambda: "niet bereikbaar" in proef.view.geladen.text())
    proef.pagina.toggle_done()
    await proef.until(lambda: proef.seat.terugbelnotities.geladen[-1] == (Lijst.TEAM, Taakstand.KLAAR))


async def test_a_further_page_is_off_beforehand_without_a_connection(proef: Proef) -> None:
    proef.lay(TAAK, totaal=70)
    meer = proef.view.meer
    assert meer.isEnabled()
    proef.seat.set_verbinding(Verbinding.GEEN_VERBINDING)
    assert (meer.isVisible(), meer.isEnabled()) == (True, False)
    assert meer.accessibleDescription() == "Dit kan niet zonder verbinding."
    proef.seat.set_verbinding(Verbinding.VERBONDEN)
    assert meer.isEnabled()


async def test_that_the_notes_in_sight_are_done_is_seen_and_read(proef: Proef) -> None:
    proef.pagina.show_list(Lijst.BELOOFD)
    assert "Door mij beloofd, afgehandeld" not in proef.getoond
    proef.pagina.toggle_done()
    assert "Door mij beloofd, afgehandeld" in proef.getoond
    on = proef.view.klaar.grab().toImage()
    proef.pagina.toggle_done()
    assert proef.view.klaar.grab().toImage() != on


async def test_alt_with_a_letter_is_of_the_note_or_of_the_panel_beside_it(proef: Proef, qtbot: QtBot) -> None:
    proef.lay(TAAK)
    proef.view.lijst.select("t-1")
    own, beside = letters(proef.view.detail), letters_beside(proef.seat, qtbot)
    assert own == ["Alt+E"]
    assert not set(own) & set(beside)


async def test_the_mark_and_the_note_in_sight_are_one_also_in_a_list_that_holds_the_same_notes(proef: Proef) -> None:
    proef.lay(TAAK, taak("t-2"), taak("t-3"))
    proef.lay(TAAK, taak("t-2"), lijst=Lijst.TEAM)
    for before, then in (("t-2", "t-2"), ("t-3", "t-1")):
        proef.pagina.show_list(Lijst.EIGEN)
        proef.view.lijst.select(before)
        proef.pagina.show_list(Lijst.TEAM)
        proef.view.lijst.setFocus()
        assert proef.view.lijst.selected == proef.pagina.presenter.toestand.gekozen == then
        assert "oppakken" in proef.knoppen()


async def test_a_note_that_a_contact_stood_on_and_that_is_not_there_leaves_the_mark_on_no_other(proef: Proef) -> None:
    proef.lay(TAAK, taak("t-2"))
    proef.view.lijst.select("t-2")
    proef.pagina.restore(msgspec.json.encode(Toestand(gekozen="t-9")).decode())
    assert proef.view.lijst.selected == ""
    proef.lay(TAAK, taak("t-2"), taak("t-9"))
    assert proef.view.lijst.selected == proef.pagina.presenter.toestand.gekozen == "t-9"


async def test_who_may_only_look_begins_with_what_was_told_and_has_no_acts(qapp: QApplication) -> None:
    proef = Proef(FakeSeat(sessie("floormanager")))
    assert proef.pagina.presenter.keuze is Lijst.GEMELD
    proef.lay(msgspec.structs.replace(TAAK, klant=None, is_afgeschermd=True), lijst=Lijst.GEMELD)
    assert [naam for naam, knop in proef.view.knoppen.items() if knop.isVisible()] == [Lijst.GEMELD, Lijst.ALLE]
    proef.pagina.presenter.select("t-1")
    assert proef.knoppen() == []
    assert proef.rijen[0].startswith("Klantgegevens niet zichtbaar voor uw rol")
    assert "Klant niet bekend" not in proef.rijen[0]
    proef.pagina.restore(msgspec.json.encode(Toestand(Lijst.TEAM)).decode())  # as another role left it
    assert proef.pagina.presenter.keuze is Lijst.GEMELD
    proef.weg()


async def test_a_role_without_zaken_has_the_tab_with_the_notes_alone(qapp: QApplication) -> None:
    seat, frame = FakeSeat(sessie("floormanager")), TabFrame()
    context = TabContext(seat, frame, current_theme())
    tab = create_tab(context)
    try:
        assert tab.current == TERUGBELLEN
        tab.show_zaak(regel().verwijzing)
        tab.make_zaak("zt-1", None)
        assert tab.current == TERUGBELLEN
        assert [naam for naam in PAGINAS if tab.page(naam) is not None] == [TERUGBELLEN]
    finally:
        tab.close()
        tab.widget.deleteLater()
        QApplication.processEvents()


def test_the_manifest_names_what_any_page_asks_for() -> None:
    assert set(MANIFEST.functies) == {soort.functie for soort in PAGINAS.values()}


async def test_the_tab_offers_the_page_by_key_and_acts_on_the_note_in_sight(qapp: QApplication) -> None:
    seat, frame = FakeSeat(), TabFrame()
    context = TabContext(seat, frame, current_theme())
    tab = create_tab(context)
    try:
        terugbellen_commands.lists(context)
        page = tab.page(TERUGBELLEN)
        assert isinstance(page, Terugbelpagina)
        assert tab.current == TERUGBELLEN
        seat.terugbelnotities.lay(Taaklijst(Lijst.EIGEN, taken=(TAAK,), totaal=1, opgehaald_op=NU))
        assert not tab.works_here("zaken.terugbellen_poging")
        page.presenter.select("t-1")
        assert tab.works_here("zaken.terugbellen_poging")
        assert not tab.works_here("zaken.terugbellen_teruggeven")
        assert tab.works_here("zaken.volgende_pagina")
        tab.widget.show()
        terugbellen_commands.poging(context)
        assert page.presenter.actie is Actie.POGING
        terugbellen_commands.oppakken(context)
        assert [name for name, _uuid, _arguments in seat.terugbelnotities.gedaan] == ["claim"]
        kept = tab.state()
        tab.restore(kept)
        assert tab.current == TERUGBELLEN
        assert page.presenter.toestand.gekozen == "t-1"
    finally:
        tab.close()
        tab.widget.deleteLater()
        QApplication.processEvents()


async def test_a_key_of_the_page_does_nothing_to_a_note_that_nobody_sees(qapp: QApplication) -> None:
    seat = FakeSeat()
    context = TabContext(seat, TabFrame(), current_theme())
    tab = create_tab(context)
    try:
        tab.widget.show()
        page = tab.show_notes()
        assert page is not None
        seat.terugbelnotities.lay(Taaklijst(Lijst.EIGEN, taken=(TAAK,), totaal=1, opgehaald_op=NU))
        page.presenter.select("t-1")
        tab.show_zaken().show_zaak(regel().verwijzing)
        assert not tab.works_here("zaken.terugbellen_oppakken")
        assert tab.works_here("zaken.kopieer_nummer")
        terugbellen_commands.oppakken(context)
        assert (tab.current, seat.terugbelnotities.gedaan) == (TERUGBELLEN, []), "the first time it only shows"
        tab.widget.hide()  # the frame shows another tab
        terugbellen_commands.oppakken(context)
        assert seat.terugbelnotities.gedaan == []
        tab.widget.show()
        terugbellen_commands.oppakken(context)
        assert [name for name, _uuid, _arguments in seat.terugbelnotities.gedaan] == ["claim"]
    finally:
        tab.close()
        tab.widget.deleteLater()
        QApplication.processEvents()


def test_each_command_of_the_page_is_there() -> None:
    named = [command.doet for command in MANIFEST.commands if "terugbellen" in command.id]
    assert len(named) == 7
    for target in named:
        assert callable(resolve(target))


class TabFrame(NepFrame):
    """Takes any tab."""

    def open_tab(self, id: str, klant: Klantverwijzing | None = None) -> None: ...  # noqa: A002 -- the protocol's word


async def test_an_act_that_was_set_apart_is_not_done_anew_but_goes_again_by_its_button(proef: Proef) -> None:
    opdracht = proef.seat.outbox.put(TerugbelnotitieClaimen("t-1"), "Terugbelnotitie")
    reden = "De server krijgt deze opdracht niet verwerkt."
    proef.seat.outbox.settle(opdracht.id, Wachtstand.APART, reden)
    proef.lay(TAAK, taak("t-2"), geweigerd={"t-1": reden}, apart={"t-1": opdracht.id})
    assert "Niet bekend of dit is gelukt" in proef.rijen[0]
    proef.view.lijst.select("t-1")
    assert "Het is niet bekend of uw vorige handeling is uitgevoerd." in proef.getoond
    assert reden in proef.getoond
    assert proef.knoppen() == []
    proef.view.detail.apart.focus_action()
    focused = proef.view.window().focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert proef.seat.outbox.retried == [opdracht.id]
    assert proef.seat.terugbelnotities.gedaan == []
    proef.view.lijst.select("t-2")
    assert "uw vorige handeling" not in proef.getoond
    assert proef.knoppen() != []
