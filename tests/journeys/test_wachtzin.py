"""A desk without a keyring: the sign-in asks a passphrase in its own page, and work is back with it only."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.harness.backend import BackendProcess
from tests.harness.venster import Stage, Venster, play
from ui.aanmelden.view import AanmeldScherm
from ui.aanmelden.wachtzin_blad import WachtzinBlad

ZIN = "vier paarden in de wei"


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/kcs")


async def _until_asked(seat: Venster) -> WachtzinBlad:
    """Up to the page that asks about the store."""
    screen = await seat.until(lambda: seat.shown(AanmeldScherm), "the sign-in page")
    wachtwoord = await seat.until(lambda: screen.presenter.proefwachtwoord, "the published password")
    screen.wachtwoord.naam.edit.setText("snelbalie")
    screen.wachtwoord.wachtwoord.edit.setText(wachtwoord)
    screen.wachtwoord.verder.click()
    await seat.until(lambda: bool(screen.werkplek.boxes), "the choice of werkplek")
    screen.werkplek.begin.click()
    return await seat.until(lambda: seat.shown(WachtzinBlad), "the page about the store")


def test_work_is_back_with_the_passphrase_and_a_wrong_one_is_told(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def first_day(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        page = await _until_asked(seat)
        await seat.reads("De sleutelbos van deze computer is niet beschikbaar.")
        page.focus_first()
        seat.write(ZIN)
        seat.press("Return")
        seat.write(ZIN)
        seat.press("Return")
        await seat.until(lambda: seat.composition.frame is not None, "the window")
        assert seat.seat.bewaart == ""
        seat.press("Ctrl+N")
        seat.write("Bewaard met een wachtzin")

    async def second_day(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        page = await _until_asked(seat)
        assert "Nog een keer" not in seat.texts()
        page.focus_first()
        seat.write("vijf paarden in de wei")
        seat.press("Return")
        await seat.reads("Deze wachtzin klopt niet.")
        seat.write(ZIN)
        seat.press("Return")
        await seat.until(lambda: seat.composition.frame is not None, "the window")
        notities = [contact.vraag.notitie for contact in seat.seat.contacten.open]
        assert notities == ["Bewaard met een wachtzin"]

    play(qapp, first_day)
    play(qapp, second_day)


def test_going_on_without_keeping_is_said_as_long_as_it_lasts(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        await _until_asked(seat)
        seat.click(seat.button("Verder zonder te bewaren"))
        await seat.until(lambda: seat.composition.frame is not None, "the window")
        await seat.reads("Op deze werkplek wordt niets bewaard als u afsluit.")

    play(qapp, journey)
    assert not [*tmp_path.glob("werk-*"), *tmp_path.glob("cache-*"), *tmp_path.glob("sleutel-*")]
