"""The frame as a whole: named and reachable, its failing plugin aside, its choices landing in the contact."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from kcs_desktop.domain.terugbeltaak import Terugbelnieuws
from kcs_desktop.sdk import KlantRegistreren, Klantverwijzing, SoortKlant, Verbinding, Wachtstand
from tests.harness.leesbaar import visible_texts
from tests.harness.seat_content import BAKKERIJ, sessie
from tests.harness.seat_fake import FakeContacten, FakeSeat
from tests.harness.seat_terugbellen import FakeTerugbelnotities
from tests.unit.ui.accessibility import defects
from tests.unit.ui.frame.tabbladen import PAGED, PagedTab
from tests.unit.ui.frame.toetsen import active, press
from ui.frame import cursor
from ui.frame.controller import FrameController
from ui.frame.tabs import TabHost
from ui.frame.window import MainWindow
from ui.manifest import Manifest
from ui.plugins import Plugin
from ui.redacted import redacted
from ui.widgets.button import Button
from ui.widgets.choice import Choice
from ui.widgets.field import Field
from ui.widgets.state_list import StateList


async def test_every_control_of_the_frame_is_named_and_whole(frame: FrameController) -> None:
    QCoreApplication.processEvents()
    assert defects(frame.window) == []


async def test_a_failing_plugin_is_switched_off_in_sight_and_its_commands_go(frame: FrameController) -> None:
    frame.open_tab("stuk")
    assert frame.plugins[0].fout
    assert frame.registry.get("stuk.a") is None
    button = frame.window.rail.button("stuk")
    assert button is not None
    assert "uitgeschakeld" in button.accessibleName()


async def test_opening_a_customer_gives_it_to_a_contact_without_one(frame: FrameController) -> None:
    contacten = frame.seat.contacten
    contacten.activate("c-2")
    frame.open_klant(BAKKERIJ)
    assert contacten.active is not None
    assert contacten.active.klant == BAKKERIJ


async def test_a_first_contact_from_the_search_leaves_what_was_in_front_of_somebody_else(
    frame: FrameController,
) -> None:
    contacten = frame.seat.contacten
    for contact in tuple(contacten.open):
        contacten.cancel(contact.id)
    frame.open_tab("bladen")
    fronts: list[str] = []
    contacten.activated.connect(lambda _: fronts.append(frame.tabs.current))
    frame.start_contact(BAKKERIJ)
    assert fronts == ["klant"], "a tab in front when a contact begins stays as it is"
    assert frame.klant == BAKKERIJ


async def test_a_reminder_waits_under_a_lock_until_it_is_gone(frame: FrameController) -> None:
    taken = frame.seat.terugbelnotities
    assert isinstance(taken, FakeTerugbelnotities)
    frame.window.show_cover(QWidget())
    taken.remind(Terugbelnieuws(gemeld=1))
    taken.remind(Terugbelnieuws(gemeld=1))
    assert frame.window.toasts.shown is None
    frame.window.hide_cover()
    frame.tell_news()
    assert "2 terugbelnotities zijn te laat" in "\n".join(visible_texts(frame.window))
    frame.window.toasts.clear()
    frame.tell_news()
    assert frame.window.toasts.shown is None, "told once"


async def test_what_is_typed_after_a_contact_from_the_search_is_its_note(frame: FrameController) -> None:
    frame.window.activateWindow()
    for klant in (BAKKERIJ, None):
        frame.paneel.onderwerp.setFocus()
        frame.start_contact(klant)
        assert frame.window.focusWidget() is frame.paneel.notitie.edit


async def test_another_contact_from_the_search_leaves_the_tab_of_the_one_before(frame: FrameController) -> None:
    contacten = frame.seat.contacten
    contacten.activate("c-2")
    frame.open_tab("bladen")
    frame.start_contact(BAKKERIJ)
    contacten.activate("c-2")
    assert frame.tabs.current == "bladen"


async def test_a_product_brings_its_afdeling_but_never_over_what_was_typed(frame: FrameController) -> None:
    contacten = frame.seat.contacten
    contacten.activate("c-2")
    contacten.change_vraag("c-2", "v-3", onderwerp="Iets anders")
    frame.choose_product("Kwijtschelding")
    assert contacten.active is not None
    vraag = contacten.active.vraag
    assert (vraag.product, vraag.afdeling, vraag.onderwerp) == ("Kwijtschelding", "Belastingen", "Iets anders")


async def test_a_role_without_the_right_cannot_start_a_contact(frame: FrameController) -> None:
    seat = frame.seat
    assert isinstance(seat, FakeSeat)
    seat.set_sessie(sessie("auditor"))
    before = len(seat.contacten.open)
    assert not frame.run("contact.nieuw")
    assert len(seat.contacten.open) == before


async def test_the_list_of_keys_holds_what_works_on_the_page_of_the_tab(frame: FrameController) -> None:
    frame.open_tab("bladen")
    assert frame.run("venster.help")
    shown = {row.key for keys in frame.window.findChildren(StateList) for row in keys.model.rows}
    assert "bladen.kan" in shown
    assert "bladen.niet" not in shown


def test_a_report_holds_no_message_of_the_error() -> None:
    try:
        raise ValueError("BSN 999990019 van Johanna")
    except ValueError as error:
        text = redacted(error)
    assert "ValueError" in text
    assert "999990019" not in text
    assert "Johanna" not in text


async def test_the_next_employee_at_this_window_has_every_key(frame: FrameController) -> None:
    """Keys left behind by the one before would be ambiguous, and an ambiguous key does nothing."""
    seat = frame.seat
    assert isinstance(seat, FakeSeat)
    window = frame.window
    # As at a switch of person: closed inside the very signal the frame listens to itself.
    frame.close()
    frame.show_sessie()
    following = FrameController(window, FakeSeat(), ())
    keys = [s.key().toString() for s in window.findChildren(QShortcut) if s.isEnabled()]
    assert "Ctrl+K" in keys
    assert sorted(keys) == sorted(set(keys))
    following.close()


async def test_nothing_of_who_worked_here_stays_in_the_window(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    before = {widget for widget in window.findChildren(QWidget) if not window.rail.isAncestorOf(widget)}
    frame = FrameController(window, FakeSeat(), (PAGED,))
    frame.open_tab("bladen")
    assert frame.run("venster.help")
    frame.paneel.presenter.type("notitie", "Belt over de uitrit")
    frame.close()
    frame.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [widget for widget in window.findChildren(QWidget) if not window.rail.isAncestorOf(widget)]
    assert [widget for widget in left if widget not in before] == []
    assert window.topbar.account.accessibleName() == "Niet aangemeld: menu"
    assert window.findChildren(TabHost) == [], "what hears of it would keep the frame alive, with all that it holds"


async def test_a_key_that_is_held_goes_on_and_finishes_nothing(frame: FrameController) -> None:
    repeats = {al.key().toString(): al.autoRepeat() for al in frame.window.findChildren(QShortcut) if al.isEnabled()}
    assert {keys for keys, again in repeats.items() if again} == {"Ctrl+Tab", "Ctrl+Shift+Tab", "Ctrl++", "Ctrl+-"}
    assert not repeats["Ctrl+Return"]


@pytest.mark.parametrize(("front", "klant"), [("wie", BAKKERIJ), ("bladen", None)])
async def test_a_note_is_of_the_customer_in_sight_and_of_no_other(
    frame: FrameController, front: str, klant: Klantverwijzing | None
) -> None:
    contacten = frame.seat.contacten
    for contact in tuple(contacten.open):
        contacten.cancel(contact.id)
    frame.open_tab("wie", BAKKERIJ)
    frame.open_tab(front)
    frame.paneel.presenter.type("notitie", "Nog iets")
    (made,) = contacten.open
    assert made.klant == klant
    assert frame.tabs.current == front, "where it began"
    assert made.id == (contacten.active or made).id
    assert contacten.active is not None
    assert contacten.active.actieve_tab == front


async def test_a_customer_in_a_window_of_its_own_is_in_sight_until_that_is_minimised(frame: FrameController) -> None:
    frame.open_tab("wie", BAKKERIJ)
    frame.tear_off("wie")
    frame.open_tab("bladen")
    assert frame.klant == BAKKERIJ
    tab = frame.tabs.loaded["wie"]
    tab.widget.window().showMinimized()
    assert frame.klant is None


async def test_the_end_of_a_contact_keeps_the_customer_in_sight(frame: FrameController) -> None:
    frame.open_tab("wie", BAKKERIJ)
    frame.seat.contacten.activated.emit(None)
    assert frame.klant == BAKKERIJ


async def test_the_tab_takes_the_room_of_a_role_that_registers_no_contacts(frame: FrameController) -> None:
    seat = frame.seat
    assert isinstance(seat, FakeSeat)
    assert not frame.window.panel.isHidden()
    seat.set_sessie(sessie("auditor"))
    assert frame.window.panel.isHidden()
    assert frame.window.strip.isHidden()


async def test_the_next_employee_finds_an_empty_search_field(frame: FrameController) -> None:
    line = frame.window.topbar.search.line
    line.setText("999990019")
    frame.close()
    assert line.text() == ""


async def test_enter_after_registering_opens_nobody(frame: FrameController, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Klantverwijzing] = []
    monkeypatch.setattr(frame, "open_klant", opened.append)
    line = frame.window.topbar.search.line
    frame.focus_search()
    for text, key in (("bakkerij", Qt.Key.Key_Down), ("bakker", Qt.Key.Key_Return)):
        line.clear()
        QTest.keyClicks(line, text)
        await frame.tasks.wait()
        QTest.keyClick(line, key)
        await frame.tasks.wait()
        frame.paneel.notitie.edit.setFocus()
        frame.paneel.registered.emit("J. Bakker", "o-1")
        assert line.hasFocus()
        assert line.text() == ""
        QTest.keyClick(line, Qt.Key.Key_Return)
        await frame.tasks.wait()
    assert opened == []
    assert line.hasFocus()


async def test_a_start_in_the_middle_of_a_note_goes_on_in_the_note(frame: FrameController) -> None:
    contacten, search = frame.seat.contacten, frame.window.topbar.search.line
    active = contacten.active
    assert active is not None
    for notitie, wanted in (("", search), ("Half", frame.paneel.notitie.edit)):
        contacten.change_vraag(active.id, active.vraag.id, notitie=notitie)
        search.setFocus()
        frame.resume()
        assert frame.window.focusWidget() is wanted


async def test_a_field_that_comes_late_does_not_take_the_cursor_from_who_types(
    frame: FrameController, qtbot: QtBot
) -> None:
    contacten, note = frame.seat.contacten, frame.paneel.notitie.edit
    active = contacten.active
    assert active is not None
    frame.open_tab("bladen")
    wanted = cursor.write(cursor.Plek("bladen", "Omschrijving"))
    contacten.remember_screen(active.id, cursor.NAAM, wanted)
    frame.resume()
    assert frame.window.focusWidget() is note
    QTest.keyClicks(note, "dui")
    late = Field("Omschrijving")
    late.setParent(frame.tabs.loaded["bladen"].widget)
    late.show()

    def kept() -> str:
        return contacten.active.scherm[cursor.NAAM] if contacten.active is not None else wanted

    qtbot.waitUntil(lambda: kept() != wanted or late.edit.hasFocus())
    assert frame.window.focusWidget() is note


@pytest.mark.parametrize(
    ("verbinding", "said"),
    [
        (Verbinding.VERBONDEN, "Contact met J. Bakker wordt geregistreerd"),
        (Verbinding.GEEN_VERBINDING, "Bewaard. Wordt verstuurd zodra er verbinding is."),
    ],
)
async def test_registering_without_a_connection_promises_no_registration_now(
    frame: FrameController, verbinding: Verbinding, said: str
) -> None:
    seat = frame.seat
    assert isinstance(seat, FakeSeat)
    seat.set_verbinding(verbinding)
    frame.paneel.registered.emit("J. Bakker", "o-1")
    toast = frame.window.toasts.shown
    assert toast is not None
    assert toast.accessibleName() == said


@pytest.mark.parametrize(
    ("stand", "said"),
    [
        (Wachtstand.BEZIG, "Contact met J. Bakker wordt geregistreerd"),
        (Wachtstand.GESLAAGD, "Contact met J. Bakker is geregistreerd"),
        (Wachtstand.GEWEIGERD, "Contact met J. Bakker wordt geregistreerd"),
    ],
)
async def test_a_registration_that_arrives_is_said_to_have_arrived(
    frame: FrameController, stand: Wachtstand, said: str
) -> None:
    seat = frame.seat
    assert isinstance(seat, FakeSeat)
    opdracht = seat.outbox.put(KlantRegistreren(SoortKlant.PERSOON), "Contact met J. Bakker")
    frame.paneel.registered.emit("J. Bakker", opdracht.id)
    seat.outbox.settle(opdracht.id, stand)
    toast = frame.window.toasts.shown
    assert toast is not None
    assert toast.accessibleName() == said


async def test_a_registration_that_arrives_later_takes_no_other_words_away(frame: FrameController) -> None:
    seat = frame.seat
    assert isinstance(seat, FakeSeat)
    opdracht = seat.outbox.put(KlantRegistreren(SoortKlant.PERSOON), "Contact met J. Bakker")
    frame.paneel.registered.emit("J. Bakker", opdracht.id)
    frame.toast("Zaaknummer gekopieerd")
    seat.outbox.settle(opdracht.id, Wachtstand.GESLAAGD)
    toast = frame.window.toasts.shown
    assert toast is not None
    assert toast.accessibleName() == "Zaaknummer gekopieerd"


async def test_a_panel_that_was_shut_is_told_nothing_any_more(frame: FrameController) -> None:
    seat = frame.seat
    assert isinstance(seat, FakeSeat)
    for _ in range(2):
        frame.actions.show_outbox()
        frame.side.shut()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    told: list[str] = []
    seat.outbox.changed.connect(lambda rij: told.append(rij.titel))
    # As when the backend stops: what was under way says so, and a page that is gone must not break who says it.
    seat.outbox.put(KlantRegistreren(SoortKlant.PERSOON), "Wacht")
    assert told == ["Wacht"]


def _typed_second_vraag(frame: FrameController) -> None:
    frame.seat.contacten.activate("c-2")
    frame.run("contact.vraag_erbij")
    QTest.keyClicks(frame.paneel.notitie.edit, "Wil een afspraak")


async def test_a_vraag_thrown_away_comes_back_with_one_key(frame: FrameController, qtbot: QtBot) -> None:
    await active(frame, qtbot)
    _typed_second_vraag(frame)
    paneel = frame.paneel
    weg = next(b for b in paneel.findChildren(Button) if b.accessibleName() == "Deze vraag weghalen")
    weg.setFocus()
    press(frame, Qt.Key.Key_Space)
    contact = frame.seat.contacten.active
    assert contact is not None
    assert len(contact.vragen) == 1
    assert paneel.notitie.edit.hasFocus()  # and not the button that cancels the contact
    toast = frame.window.toasts.shown
    assert toast is not None
    assert toast.accessibleName() == "Vraag 2 weggehaald"
    press(frame, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert paneel.notitie.text == "Wil een afspraak"
    assert paneel.notitie.edit.hasFocus()
    assert frame.window.toasts.shown is None


async def test_a_cancelled_contact_comes_back_with_one_key_or_by_its_command(
    frame: FrameController, qtbot: QtBot
) -> None:
    await active(frame, qtbot)
    seat = frame.seat
    for contact in seat.contacten.open[1:]:
        seat.contacten.cancel(contact.id)
    contact = seat.contacten.open[0]
    for undo in (
        lambda: press(frame, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        lambda: frame.run("venster.ongedaan"),
    ):
        frame.run("contact.annuleren")
        assert seat.contacten.active is None
        assert frame.window.topbar.search.line.hasFocus()  # a press too many does nothing there
        undo()
        assert [open_.id for open_ in seat.contacten.open] == [contact.id]
        assert frame.paneel.notitie.edit.hasFocus()


async def test_undo_is_of_the_text_while_there_is_typing_to_undo(frame: FrameController, qtbot: QtBot) -> None:
    await active(frame, qtbot)
    _typed_second_vraag(frame)
    frame.paneel.remove_vraag()
    QTest.keyClicks(frame.paneel.notitie.edit, "x")
    press(frame, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    contact = frame.seat.contacten.active
    assert contact is not None
    assert len(contact.vragen) == 1
    press(frame, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [vraag.notitie for vraag in frame.seat.contacten.open[1].vragen][-1] == "Wil een afspraak"


async def test_the_settings_on_screen_follow_a_key(frame: FrameController) -> None:
    frame.run("venster.instellingen")
    try:
        frame.run("venster.groter")
        page = frame.side.content
        assert page is not None
        shown = [choice.value for choice in page.findChildren(Choice) if choice.naam == "Tekstgrootte"]
        assert shown == ["110"]
    finally:
        frame.run("venster.normaal")


async def test_the_number_of_notes_that_need_attention_is_at_the_tab_before_it_was_opened(qtbot: QtBot) -> None:
    seat, window = FakeSeat(), MainWindow()
    seat.terugbelnotities.aandacht = 2
    tab = Plugin("zaken", Manifest("zaken", "Zaken", "zaken", (), 20, "tests.unit.ui.frame.test_controller:none"))
    controller = FrameController(window, seat, (tab,))

    def badges() -> str:
        return " ".join(button.accessibleName() for button in window.rail.findChildren(QAbstractButton))

    assert "2 wachten" in badges()
    seat.terugbelnotities.counted.emit(3)
    assert "3 wachten" in badges()
    seat.terugbelnotities.counted.emit(0)
    assert "wachten" not in badges()
    controller.close()
    window.let_go()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize(
    ("nu", "daarna"),
    [("{}", "van eerder"), ('{"getypt":[{"bij":"nu","regels":["x"]}]}', "van nu")],
)
async def test_what_was_typed_in_a_store_that_comes_back_stands_in_its_tab_unless_something_was_typed_since(
    frame: FrameController, nu: str, daarna: str
) -> None:
    contacten = frame.seat.contacten
    assert isinstance(contacten, FakeContacten)
    for contact in tuple(contacten.open):
        contacten.cancel(contact.id)
    frame.open_tab("bladen")
    tab = frame.tabs.loaded["bladen"]
    assert isinstance(tab, PagedTab)
    tab.toestand = nu
    eerder = '{"getypt":[{"bij":"eerder","regels":["x"]}]}'
    contacten.los["bladen"] = eerder
    contacten.returned.emit(None)
    assert tab.toestand == {"van eerder": eerder, "van nu": nu}[daarna]
