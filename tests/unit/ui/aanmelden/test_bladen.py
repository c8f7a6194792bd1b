"""The sign-in pages by what is typed in them: nothing of one attempt or one person is left for the next."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kcs_desktop.sdk import InvalidInput, KcsError, SignedOut, Sleutelvraag, Unreachable, UserError
from tests.harness.leesbaar import visible_texts
from tests.unit.ui.aanmelden.test_presenter import FakeAanmelden
from ui.aanmelden.hulp import HULP
from ui.aanmelden.presenter import AanmeldPresenter, Stap
from ui.aanmelden.view import AanmeldScherm
from ui.aanmelden.wachtzin_blad import WachtzinBlad
from ui.tasks import TaskScope
from ui.widgets.button import Button


@pytest.fixture
def screen(qtbot: QtBot) -> Iterator[tuple[AanmeldScherm, FakeAanmelden]]:
    aanmelden = FakeAanmelden(("bakker", "balie-1", ("tic",)))
    errors: list[BaseException] = []
    widget = AanmeldScherm(AanmeldPresenter(aanmelden), TaskScope(errors.append))
    qtbot.addWidget(widget)
    widget.show()
    yield widget, aanmelden
    widget.close_pages()
    assert errors == []


async def test_a_refused_password_is_overtyped_not_added_to(screen: tuple[AanmeldScherm, FakeAanmelden]) -> None:
    widget, aanmelden = screen
    aanmelden.error = SignedOut("De gebruikersnaam, het wachtwoord of de code klopt niet.")
    widget.wachtwoord.wachtwoord.set_text("fout")
    await widget.presenter.submit("bakker", "fout")
    assert widget.wachtwoord.wachtwoord.edit.selectedText() != ""
    assert widget.presenter.melding == "De gebruikersnaam, het wachtwoord of de code klopt niet."


@pytest.mark.parametrize(
    ("naam", "wachtwoord", "error", "wrong"),
    [
        ("", "goed", None, "gebruikersnaam"),
        ("bakker", "", None, "wachtwoord"),
        ("bakker", "fout", SignedOut("Het wachtwoord klopt niet."), "wachtwoord"),
        ("bakker", "goed", Unreachable("De server is niet bereikbaar."), "wachtwoord"),
        ("bakker", "goed", SignedOut("Vul ook uw code in.", code="code-nodig"), "code"),
    ],
)
async def test_the_cursor_goes_to_what_is_wrong_with_its_text_selected(
    screen: tuple[AanmeldScherm, FakeAanmelden], naam: str, wachtwoord: str, error: KcsError | None, wrong: str
) -> None:
    widget, aanmelden = screen
    aanmelden.error = error
    page = widget.wachtwoord
    page.naam.set_text(naam)
    page.wachtwoord.set_text(wachtwoord)
    page.verder.setFocus()
    await widget.presenter.submit(naam, wachtwoord)
    field = page.fields()[wrong]
    assert widget.focusWidget() is field.edit
    QTest.keyClicks(field.edit, "123456")
    assert field.text == "123456"


async def test_what_the_page_asks_meanwhile_leaves_the_cursor(screen: tuple[AanmeldScherm, FakeAanmelden]) -> None:
    widget, aanmelden = screen
    aanmelden.error = SignedOut("Het wachtwoord klopt niet.")
    await widget.presenter.submit("bakker", "fout")
    widget.wachtwoord.naam.setFocus()
    await widget.presenter.load()
    assert widget.focusWidget() is widget.wachtwoord.naam.edit


async def test_a_lock_that_stays_shut_takes_the_next_password_at_once(
    screen: tuple[AanmeldScherm, FakeAanmelden],
) -> None:
    widget, aanmelden = screen
    await widget.presenter.submit("bakker", "goed")
    await widget.presenter.choose("balie-1", ("tic",))
    widget.presenter.lock()
    page = widget.vergrendeld
    page.wachtwoord.set_text("fout")
    page.open.setFocus()
    aanmelden.error = InvalidInput("Het wachtwoord klopt niet.")
    await widget.presenter.unlock("fout")
    assert widget.focusWidget() is page.wachtwoord.edit
    assert page.wachtwoord.edit.selectedText() != ""


async def test_the_cursor_goes_to_the_roles_where_none_is_chosen(screen: tuple[AanmeldScherm, FakeAanmelden]) -> None:
    widget, _ = screen
    await widget.presenter.submit("bakker", "goed")
    QCoreApplication.processEvents()
    await widget.presenter.choose("balie-1", ())
    assert widget.focusWidget() is widget.werkplek.boxes["snelbalie"]


async def _choosing(widget: AanmeldScherm, aanmelden: FakeAanmelden) -> WachtzinBlad:
    """At the page where a passphrase is made up."""
    aanmelden.vraag = Sleutelvraag("Geen sleutelbos.")
    await widget.presenter.submit("bakker", "goed")
    await widget.presenter.choose("balie-1", ("tic",))
    return widget.wachtzin


async def test_a_short_passphrase_is_told_while_it_is_typed_and_before_it_is_repeated(
    screen: tuple[AanmeldScherm, FakeAanmelden],
) -> None:
    widget, aanmelden = screen
    page = await _choosing(widget, aanmelden)
    QTest.keyClicks(page.wachtzin.edit, "kort")
    assert page.wachtzin.box.tag.text() == "4 van 12 tekens"
    QTest.keyClick(page.wachtzin.edit, Qt.Key.Key_Return)
    assert page.wachtzin.error == "Kies een wachtzin van minstens 12 tekens."
    assert widget.focusWidget() is page.wachtzin.edit
    QTest.keyClicks(page.wachtzin.edit, "vier paarden")
    assert (page.wachtzin.error, page.wachtzin.box.tag.text()) == ("", "")
    QTest.keyClick(page.wachtzin.edit, Qt.Key.Key_Return)
    assert widget.focusWidget() is page.herhaling.edit
    page.wachtzin.set_text("ababababababab")
    page.wachtzin.setFocus()
    QTest.keyClick(page.wachtzin.edit, Qt.Key.Key_Tab)
    assert page.wachtzin.error == "Kies een wachtzin met meer verschillende tekens."


async def test_a_button_stays_under_the_pointer_when_a_short_passphrase_is_left(
    qtbot: QtBot, screen: tuple[AanmeldScherm, FakeAanmelden]
) -> None:
    widget, aanmelden = screen
    page = await _choosing(widget, aanmelden)
    widget.resize(800, 700)
    qtbot.waitUntil(widget.isActiveWindow)
    QTest.keyClicks(page.wachtzin.edit, "kort")
    qtbot.wait(1)
    before = page.zonder.mapTo(widget, QPoint(page.zonder.width() // 2, 4))
    handle, asked = widget.windowHandle(), list[bool]()
    page.went_without.connect(lambda: asked.append(True))
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, before)
    qtbot.wait(1)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, before)
    assert asked == [True]


async def test_a_repetition_that_differs_is_typed_once_more(screen: tuple[AanmeldScherm, FakeAanmelden]) -> None:
    widget, aanmelden = screen
    page = await _choosing(widget, aanmelden)
    page.wachtzin.set_text("vier paarden in de wei")
    page.herhaling.set_text("vier paarden")
    page.verder.setFocus()
    await widget.presenter.give_passphrase("vier paarden in de wei", "vier paarden")
    assert widget.focusWidget() is page.herhaling.edit
    assert page.herhaling.edit.selectedText() != ""


async def test_a_passphrase_that_is_known_is_not_counted(screen: tuple[AanmeldScherm, FakeAanmelden]) -> None:
    widget, aanmelden = screen
    aanmelden.vraag = Sleutelvraag("Uw werk is beveiligd.", bekend=True)
    await widget.presenter.submit("bakker", "goed")
    await widget.presenter.choose("balie-1", ("tic",))
    page = widget.wachtzin
    QTest.keyClicks(page.wachtzin.edit, "kort")
    assert page.wachtzin.box.tag.text() == ""
    aanmelden.error = UserError("Deze wachtzin klopt niet.")
    await widget.presenter.give_passphrase("kort")
    assert page.wachtzin.error == ""
    assert page.wachtzin.edit.selectedText() != ""


async def test_going_back_leaves_no_password_behind(screen: tuple[AanmeldScherm, FakeAanmelden]) -> None:
    widget, _ = screen
    widget.wachtwoord.wachtwoord.set_text("goed")
    await widget.presenter.submit("bakker", "goed")
    widget.presenter.back()
    assert widget.wachtwoord.wachtwoord.text == ""
    assert widget.wachtwoord.naam.text == "bakker"


async def test_the_next_person_finds_an_empty_name(screen: tuple[AanmeldScherm, FakeAanmelden]) -> None:
    widget, _ = screen
    widget.focus_first()
    assert widget.wachtwoord.naam.text == "bakker"
    await widget.presenter.switch_person()
    assert widget.wachtwoord.naam.text == ""
    assert widget.focusWidget() is widget.wachtwoord.naam.edit
    assert widget.presenter.last_gebruikersnaam() == "bakker"


@pytest.mark.parametrize(
    ("error", "can_ask_again"),
    [(SignedOut("Het wachtwoord klopt niet."), False), (Unreachable("De server is niet bereikbaar."), True)],
)
async def test_asking_again_is_offered_for_a_silent_server_only(
    screen: tuple[AanmeldScherm, FakeAanmelden], error: KcsError, can_ask_again: bool
) -> None:
    widget, aanmelden = screen
    aanmelden.error = error
    await widget.presenter.submit("bakker", "iets")
    buttons = widget.wachtwoord.banner.findChildren(Button)
    assert [not button.isHidden() for button in buttons] == [can_ask_again]


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
async def test_the_card_stays_where_it_is_when_the_accounts_come(
    screen: tuple[AanmeldScherm, FakeAanmelden], size: tuple[int, int]
) -> None:
    widget, _ = screen
    widget.resize(*size)
    QCoreApplication.processEvents()
    before = widget.wachtwoord.mapTo(widget, QPoint(0, 0))
    await widget.presenter.load()
    QCoreApplication.processEvents()
    assert not widget.wachtwoord.proef.isHidden()
    assert widget.wachtwoord.mapTo(widget, QPoint(0, 0)) == before


async def test_nobody_is_asked_for_accounts_once_somebody_works_here(
    screen: tuple[AanmeldScherm, FakeAanmelden],
) -> None:
    widget, aanmelden = screen
    aanmelden.silent = 1_000_000
    widget.begin()
    await widget.presenter.submit("bakker", "goed")
    await widget.presenter.choose("balie-1", ("tic",))
    await asyncio.sleep(0)
    assert not widget._tasks.is_running("aanmeldgegevens")


async def test_tab_follows_the_page_and_enter_on_a_role_begins(screen: tuple[AanmeldScherm, FakeAanmelden]) -> None:
    widget, _ = screen
    await widget.presenter.submit("bakker", "goed")
    QCoreApplication.processEvents()
    blad = widget.werkplek
    order: list[QWidget] = [blad.plek.combo, *blad.boxes.values(), blad.terug, blad.begin]
    blad.plek.setFocus()
    passed = []
    for _step in order:
        focused = widget.focusWidget()
        assert focused is not None
        passed.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert [w.accessibleName() for w in passed] == [w.accessibleName() for w in order]
    asked: list[tuple[str, tuple[str, ...]]] = []
    blad.submitted.connect(lambda plek, rollen: asked.append((plek, rollen)))
    QTest.keyClick(next(iter(blad.boxes.values())), Qt.Key.Key_Return)
    assert [rollen for _plek, rollen in asked] == [("tic",)]


async def test_what_was_half_typed_as_a_werkplek_is_not_there_for_the_next_person(
    screen: tuple[AanmeldScherm, FakeAanmelden],
) -> None:
    widget, aanmelden = screen
    await widget.presenter.submit("bakker", "goed")
    plek = widget.werkplek.plek
    line = plek.combo.lineEdit()
    assert line is not None
    plek.combo.setFocus()
    line.selectAll()
    QTest.keyClicks(plek.combo, "qqq")
    widget.werkplek.begin.setFocus()
    assert plek.error != ""
    asked: list[str] = []
    widget.werkplek.submitted.connect(lambda plek, _rollen: asked.append(plek))
    widget.werkplek.begin.click()
    assert (asked, widget.focusWidget()) == ([], plek.combo), "nobody begins somewhere else than what stands there"
    shown = plek.combo.itemText(plek.combo.currentIndex())
    widget.presenter.back()
    aanmelden.keuze = "van de volgende"
    await widget.presenter.submit("bakker", "goed")
    assert (line.text(), plek.error) == (shown, "")


async def test_the_ways_in_are_those_that_the_backend_offers(screen: tuple[AanmeldScherm, FakeAanmelden]) -> None:
    widget, aanmelden = screen
    page = widget.wachtwoord
    assert page.gemeente.isHidden()
    aanmelden.offers = {"gemeenteaccount": True}
    await widget.presenter.load()
    assert [w.isHidden() for w in (page.gemeente, page.naam, page.wachtwoord)] == [False, False, False]
    aanmelden.offers = {"gemeenteaccount": True, "alleen_gemeenteaccount": True}
    await widget.presenter.load()
    assert [w.isHidden() for w in (page.gemeente, page.naam, page.wachtwoord, page.verder)] == [False, True, True, True]
    assert widget.focusWidget() is page.gemeente
    assert page.gemeente.accessibleName() == "Aanmelden met uw gemeente-account"


async def test_escape_leaves_the_page_that_waits_for_the_browser(screen: tuple[AanmeldScherm, FakeAanmelden]) -> None:
    widget, aanmelden = screen
    aanmelden.offers = {"gemeenteaccount": True}
    widget.presenter._open_url = lambda _url: True
    await widget.presenter.load()
    widget.wachtwoord.gemeente.click()
    await aanmelden.opened.wait()
    assert widget.browser.isVisible()
    assert widget.focusWidget() is widget.browser.annuleren
    assert widget.browser.opnieuw.accessibleName() == "Browser opnieuw openen"
    QTest.keyClick(widget.browser.annuleren, Qt.Key.Key_Escape)
    assert widget.wachtwoord.isVisible()
    aanmelden.browser.set()
    await asyncio.sleep(0)
    assert widget.wachtwoord.isVisible()


async def test_f1_explains_the_step_also_where_a_covered_window_has_that_key(
    screen: tuple[AanmeldScherm, FakeAanmelden],
) -> None:
    widget, aanmelden = screen
    stolen: list[bool] = []
    QShortcut(QKeySequence("F1"), widget).activated.connect(lambda: stolen.append(True))
    widget.activateWindow()
    await widget.presenter.submit("bakker", "goed")
    QCoreApplication.processEvents()
    blad, begin = widget.werkplek, widget.werkplek.begin
    assert blad.hulp.isHidden()
    QTest.keyClick(begin, Qt.Key.Key_F1)
    assert blad.hulp.isVisible()
    assert widget.focusWidget() is begin
    words = " ".join(visible_texts(blad))
    assert "Kies waar u vandaag werkt" in words
    assert "Spatie: een rol kiezen" in words
    QTest.keyClick(begin, Qt.Key.Key_Escape)
    assert blad.hulp.isHidden()
    assert widget.presenter.stap is Stap.WERKPLEK
    QTest.keyClick(begin, Qt.Key.Key_F1)
    aanmelden.vraag = Sleutelvraag("Geen sleutelbos.")
    await widget.presenter.choose("balie-1", ("tic",))
    assert widget.wachtzin.hulp.isHidden()
    QTest.keyClick(widget.wachtzin.wachtzin.edit, Qt.Key.Key_F1)
    assert "Met een wachtzin wordt uw werk" in " ".join(visible_texts(widget.wachtzin))
    QTest.keyClick(widget.wachtzin.wachtzin.edit, Qt.Key.Key_F1)
    assert widget.wachtzin.hulp.isHidden()
    assert stolen == []


def test_every_step_that_is_shown_has_help() -> None:
    assert set(HULP) == set(Stap) - {Stap.KLAAR}
