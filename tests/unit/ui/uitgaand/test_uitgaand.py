"""The outbox in words and buttons: what waits, why, since when, how often, when again, and what can be done."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kcs_desktop.domain.opdracht import Uitkomst, Uitkomststand
from kcs_desktop.sdk import (
    Gegevens,
    Kanaal,
    KlantcontactRegistreren,
    KlantRegistreren,
    SoortKlant,
    UserError,
    Wachtrij,
    Wachtstand,
    ZaakAanmaken,
    local,
)
from tests.harness.leesbaar import visible_texts
from tests.harness.seat_content import NU
from tests.harness.seat_fake import FakeSeat
from ui.uitgaand.presenter import UitgaandPresenter, needs_attention, open_count, subtitle
from ui.uitgaand.teller import Uitgaandteller
from ui.uitgaand.view import UitgaandLijst
from ui.widgets.button import Button


@pytest.fixture
def seat() -> FakeSeat:
    return FakeSeat(met_contacten=False)


def put(seat: FakeSeat, titel: str) -> str:
    return seat.outbox.put(KlantRegistreren(SoortKlant.PERSOON), titel).id


def row(seat: FakeSeat, opdracht: str) -> Wachtrij:
    return next(rij for rij in seat.outbox.waiting() if rij.opdracht.id == opdracht)


def test_what_was_refused_or_set_apart_stands_first_and_counts(seat: FakeSeat) -> None:
    presenter = UitgaandPresenter(seat)
    done, refused, apart, waits = (put(seat, titel) for titel in ("Klaar", "Geweigerd", "Apart", "Wacht"))
    seat.outbox.settle(done, Wachtstand.GESLAAGD)
    assert not needs_attention(seat)
    seat.outbox.settle(refused, Wachtstand.GEWEIGERD, "De naam is te lang.")
    seat.outbox.settle(apart, Wachtstand.APART, "De server neemt deze opdracht niet aan.")
    assert [rij.opdracht.id for rij in presenter.rows()] == [refused, apart, waits, done]
    assert open_count(seat) == 3
    assert needs_attention(seat)
    assert presenter.subtitle(presenter.rows()[0]).endswith("De naam is te lang.")


def test_what_can_be_done_with_each(seat: FakeSeat) -> None:
    presenter = UitgaandPresenter(seat)
    naam = put(seat, "Wacht")
    vers = row(seat, naam)

    def possible(rij: Wachtrij) -> tuple[bool, bool, bool]:
        return presenter.can_retry(rij), presenter.can_withdraw(rij), presenter.can_remove(rij)

    replaced = msgspec.structs.replace
    assert possible(vers) == (True, True, False)
    assert possible(replaced(vers, pogingen=1)) == (True, False, False)
    assert possible(replaced(vers, stand=Wachtstand.BEZIG)) == (False, False, False)
    assert possible(replaced(vers, stand=Wachtstand.APART)) == (True, False, True)
    assert possible(replaced(vers, stand=Wachtstand.GEWEIGERD)) == (False, False, True)
    assert possible(replaced(vers, stand=Wachtstand.GESLAAGD)) == (False, False, False)
    assert possible(replaced(vers, stand=Wachtstand.APART, is_leesbaar=False)) == (False, False, False)


def test_a_waiting_command_says_why_since_when_how_often_when_again_and_behind_what(seat: FakeSeat) -> None:
    rij = msgspec.structs.replace(
        row(seat, put(seat, "Wacht")),
        pogingen=3,
        reden="De server is niet bereikbaar.",
        volgende_poging=seat.nu + timedelta(seconds=61),
    )
    tekst = subtitle(rij, seat.nu)
    assert tekst.startswith("Wacht sinds ")
    assert ", 3 pogingen, volgende poging om " in tekst
    assert tekst.endswith("De server is niet bereikbaar.")
    achter = msgspec.structs.replace(row(seat, put(seat, "Wacht")), achter="Contact met J. Bakker")
    assert subtitle(achter, seat.nu).endswith("Gaat na: Contact met J. Bakker.")
    gisteren = subtitle(rij, seat.nu + timedelta(days=1))
    assert f"Wacht sinds {seat.nu:%d-%m-%Y}" in gisteren


def test_what_is_done_happened_at_a_time(seat: FakeSeat) -> None:
    done = put(seat, "Klaar")
    seat.outbox.settle(done, Wachtstand.GESLAAGD)
    assert subtitle(row(seat, done), seat.nu).startswith("Geregistreerd om ")


def test_what_waited_says_when_it_was_done_not_when_it_was_handed_in(seat: FakeSeat) -> None:
    done = put(seat, "Klaar")
    later = seat.nu + timedelta(minutes=3)
    uitkomst = Uitkomst(done, Uitkomststand.GESLAAGD, afgehandeld_op=later)
    seat.outbox.settle(done, Wachtstand.GESLAAGD, uitkomst=uitkomst)
    assert subtitle(row(seat, done), later).startswith(f"Geregistreerd om {local(later):%H:%M}")


def test_before_what_was_set_apart_goes_it_says_that_it_may_have_been_done(qapp: QApplication, seat: FakeSeat) -> None:
    apart, refused = put(seat, "Apart"), put(seat, "Geweigerd")
    seat.outbox.settle(apart, Wachtstand.APART, "Niet verwerkt.")
    seat.outbox.settle(refused, Wachtstand.GEWEIGERD, "Te lang.")
    lijst = UitgaandLijst(UitgaandPresenter(seat))
    for opdracht, is_said in ((apart, True), (refused, False)):
        lijst.list.select(opdracht)
        assert "Misschien" not in lijst.explain.text()
        lijst.remove.click()
        assert ("Misschien is dit al geregistreerd." in lijst.explain.text()) is is_said
        assert not lijst.explain.isHidden() or not is_said
    lijst.close_list()


def test_withdrawing_and_removing_go_by_the_buttons_and_removing_asks_once(qapp: QApplication, seat: FakeSeat) -> None:
    waits, refused = put(seat, "Wacht"), put(seat, "Geweigerd")
    seat.outbox.settle(refused, Wachtstand.GEWEIGERD, "Te lang.")
    lijst = UitgaandLijst(UitgaandPresenter(seat))
    gezegd: list[str] = []
    gevraagd: list[str] = []
    lijst.toasted.connect(gezegd.append)
    lijst.withdraw_asked.connect(gevraagd.append)
    lijst.list.select(refused)
    lijst.remove.click()
    assert lijst.remove.accessibleName() == "Ja, voorgoed weghalen"
    lijst.list.select(waits)
    lijst.list.select(refused)
    assert lijst.remove.accessibleName() == "Weghalen"  # another was looked at in between
    lijst.remove.click()
    lijst.remove.click()
    lijst.list.select(waits)
    lijst.withdraw.click()
    assert gezegd == ["Weggehaald"]
    assert gevraagd == [waits]
    lijst.close_list()


async def test_an_empty_list_says_no_more_than_is_true(qapp: QApplication, seat: FakeSeat) -> None:
    lijst = UitgaandLijst(UitgaandPresenter(seat))
    lijst.show()
    waits = put(seat, "Wacht")
    assert "Er wacht niets" not in "\n".join(visible_texts(lijst))
    assert await seat.outbox.withdraw(waits)
    gezegd = "\n".join(visible_texts(lijst))
    assert "Er wacht niets" in gezegd, "it was taken back, not sent"
    assert "staat hier tot de server het heeft bevestigd" in gezegd
    assert "is verstuurd" not in gezegd
    seat.outbox.onleesbaar = 1
    lijst.refresh()
    gezegd = "\n".join(visible_texts(lijst))
    assert "Verder wacht er niets" in gezegd
    assert "Er wacht niets" not in gezegd
    lijst.close_list()
    lijst.close()


def test_a_button_that_is_off_says_why(qapp: QApplication, seat: FakeSeat) -> None:
    lijst = UitgaandLijst(UitgaandPresenter(seat))
    buttons = (lijst.retry, lijst.withdraw, lijst.remove, lijst.export)
    assert [button.isEnabled() for button in buttons] == [False] * 4
    gezegd = [*["Er staat niets in de lijst."] * 3, "Er is niets om te exporteren."]
    assert [button.accessibleDescription() for button in buttons] == gezegd
    waits, refused, done = (put(seat, titel) for titel in ("Wacht", "Geweigerd", "Klaar"))
    seat.outbox.settle(refused, Wachtstand.GEWEIGERD, "Te lang.")
    seat.outbox.settle(done, Wachtstand.GESLAAGD)
    lijst.list.select("")
    assert [button.accessibleDescription() for button in buttons] == ["Kies eerst een regel."] * 3 + [""]
    for chosen in (waits, refused, done):
        lijst.list.select(chosen)
        assert [not button.isEnabled() for button in buttons] == [bool(b.accessibleDescription()) for b in buttons]
    assert [b.accessibleDescription() for b in buttons[:3]] == ["Dit is al geregistreerd."] * 3
    lijst.close_list()


def test_there_is_a_reason_exactly_where_something_cannot_be_done(seat: FakeSeat) -> None:
    presenter = UitgaandPresenter(seat)
    vers = row(seat, put(seat, "Wacht"))
    for stand in Wachtstand:
        for velden in ({}, {"pogingen": 1}, {"trekt_terug": True}, {"is_leesbaar": False}):
            rij = msgspec.structs.replace(vers, stand=stand, **velden)
            assert bool(presenter.refuses_retry(rij)) is not presenter.can_retry(rij)
            assert bool(presenter.refuses_withdraw(rij)) is not presenter.can_withdraw(rij)
            assert bool(presenter.refuses_remove(rij)) is not presenter.can_remove(rij)


async def test_a_command_that_is_being_taken_back_says_so_and_can_do_nothing_else(seat: FakeSeat) -> None:
    presenter = UitgaandPresenter(seat)
    waits, sent = put(seat, "Wacht"), put(seat, "Verstuurd")
    seat.outbox.settle(sent, Wachtstand.BEZIG)
    rij = msgspec.structs.replace(row(seat, waits), trekt_terug=True)
    assert subtitle(rij, seat.nu) == "Wordt teruggetrokken."
    assert (presenter.can_retry(rij), presenter.can_withdraw(rij), presenter.can_remove(rij)) == (False, False, False)
    assert await presenter.withdraw(waits) == "Teruggetrokken."
    assert await presenter.withdraw(sent) == "Dit is al verstuurd en kan niet meer worden teruggetrokken."
    assert [one.opdracht.id for one in seat.outbox.waiting()] == [sent]


@pytest.mark.parametrize(
    ("gegevens", "weer_open"),
    [
        (KlantcontactRegistreren("c", Kanaal.BALIE, NU, NU, ()), " Het contact staat weer open."),
        (ZaakAanmaken("t", NU.date()), " De zaak staat weer open"),
        (KlantRegistreren(SoortKlant.PERSOON), ""),
    ],
)
async def test_what_is_open_again_after_taking_back_is_said(seat: FakeSeat, gegevens: Gegevens, weer_open: str) -> None:
    opdracht = seat.outbox.put(gegevens, "Wacht").id
    gezegd = await UitgaandPresenter(seat).withdraw(opdracht)
    assert gezegd.startswith(f"Teruggetrokken.{weer_open}")
    assert ("weer open" in gezegd) is bool(weer_open)


def test_drafts_that_cannot_be_read_are_said_and_can_be_exported(qapp: QApplication, seat: FakeSeat) -> None:
    seat.outbox.onleesbaar = 2
    lijst = UitgaandLijst(UitgaandPresenter(seat))
    lijst.show()
    assert lijst.warning.isVisible()
    assert UitgaandPresenter(seat).warning() == "Van uw werk van eerder kunnen 2 delen niet worden gelezen."
    assert lijst.export.isEnabled()
    lijst.close_list()
    lijst.hide()


def test_the_count_in_the_top_bar_is_there_only_while_something_waits(qapp: QApplication, seat: FakeSeat) -> None:
    getoond: list[bool] = []
    button = Button("", naam="Uitgaand")
    teller = Uitgaandteller(seat, button, lambda: getoond.append(True))
    assert button.isHidden()
    naam = put(seat, "Wacht")
    assert not button.isHidden()
    assert button.text() == "1 uitgaand"
    button.click()
    assert getoond == [True]
    seat.outbox.settle(naam, Wachtstand.GESLAAGD)
    assert button.isHidden()
    put(seat, "Van wie zich afmeldt")
    teller.close()
    assert button.isHidden()
    put(seat, "Komt te laat")
    assert button.isHidden()


async def test_an_export_that_fails_says_why(seat: FakeSeat, tmp_path: Path) -> None:
    presenter = UitgaandPresenter(seat)
    await presenter.export(tmp_path / presenter.file_name())
    assert [path.suffix for path in seat.outbox.exported] == [".json"]
    seat.outbox.export_fault = UserError("Het bestand kon niet worden gemaakt.")
    with pytest.raises(UserError):
        await presenter.export(tmp_path / "x.json")


def test_the_first_row_has_the_keys_at_once(qtbot: QtBot, seat: FakeSeat) -> None:
    waits = put(seat, "Wacht")
    lijst = UitgaandLijst(UitgaandPresenter(seat))
    qtbot.addWidget(lijst)
    lijst.show()
    lijst.setFocus()
    assert lijst.focusWidget() is lijst.list.view
    assert lijst.list.selected == waits
    assert lijst.withdraw.isEnabled()
    lijst.close_list()


async def test_the_focus_stays_in_the_list_when_the_pressed_button_goes_off(qtbot: QtBot, seat: FakeSeat) -> None:
    frame = QWidget()
    column = QVBoxLayout(frame)
    elsewhere = QLineEdit()
    page = UitgaandLijst(UitgaandPresenter(seat))
    opdrachten = [put(seat, "Een"), put(seat, "Twee")]
    column.addWidget(page)
    column.addWidget(elsewhere)
    qtbot.addWidget(frame)
    frame.show()
    for opdracht in opdrachten:
        page.list.select(opdracht)
        page.withdraw.setFocus()
        await seat.outbox.withdraw(opdracht)
        focused = frame.focusWidget()
        assert focused is not None
        # A second Enter does nothing that was not asked: neither the next row, nor an export.
        assert focused is (page.list.view if seat.outbox.waiting() else page.findChild(Button))
        assert focused.isEnabled()
    page.close_list()


def test_who_takes_back_by_the_keys_stands_in_the_list_and_reads_why_it_cannot_be(qtbot: QtBot, seat: FakeSeat) -> None:
    een, twee = put(seat, "Een"), put(seat, "Twee")
    page = UitgaandLijst(UitgaandPresenter(seat))
    qtbot.addWidget(page)
    page.show()
    asked: list[str] = []
    page.withdraw_asked.connect(asked.append)
    page.list.select(een)
    assert page.explain.isHidden()
    page.withdraw.setFocus()
    QTest.keyClick(page.withdraw, Qt.Key.Key_Return)
    assert asked == [een]
    assert page.window().focusWidget() is page.list.view
    page.list.select(twee)
    page.withdraw.setFocus()
    seat.outbox.settle(twee, Wachtstand.BEZIG)
    assert page.window().focusWidget() is page.list.view
    assert page.explain.text() == "Terugtrekken kan niet. Dit wordt nu verstuurd."
    assert page.explain.isVisible()
    page.close_list()


@pytest.mark.parametrize(("reden", "is_told"), [("De naam is te lang.", False), ("De naam is te lang. " * 20, True)])
def test_the_foot_repeats_only_what_the_row_has_no_room_for(
    qtbot: QtBot, seat: FakeSeat, reden: str, is_told: bool
) -> None:
    opdracht = put(seat, "Geweigerd")
    seat.outbox.settle(opdracht, Wachtstand.GEWEIGERD, reden)
    page = UitgaandLijst(UitgaandPresenter(seat))
    qtbot.addWidget(page)
    page.resize(440, 600)
    page.show()
    QApplication.processEvents()
    assert page.list.selected == opdracht
    assert (reden.strip() in page.explain.text()) == is_told
    page.close_list()


def test_the_row_that_the_foot_explains_is_wholly_in_sight(qtbot: QtBot, seat: FakeSeat) -> None:
    """The foot takes its room from the list, and End had just brought the last row to the edge of it."""
    opdrachten = [put(seat, f"Opdracht {nummer}") for nummer in range(20)]
    seat.outbox.settle(opdrachten[-1], Wachtstand.BEZIG)
    page = UitgaandLijst(UitgaandPresenter(seat))
    qtbot.addWidget(page)
    page.resize(440, 400)
    page.show()
    QTest.keyClick(page.list.view, Qt.Key.Key_End)
    QApplication.processEvents()
    assert page.explain.isVisible()
    last, room = page.list.view.visualRect(page.list.view.currentIndex()), page.list.view.viewport().rect()
    assert room.contains(last)
    page.list.view.verticalScrollBar().setValue(0)
    page.resize(440, 380)
    QApplication.processEvents()
    assert page.list.view.verticalScrollBar().value() == 0, "who looks elsewhere is not taken back"
    page.close_list()
