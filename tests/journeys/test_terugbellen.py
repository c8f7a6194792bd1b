"""A callback note through three windows: promised at one, kept at another, seen at every one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kcs_desktop.sdk import Lijst, Terugbeltaak
from plugins.zaken.terugbellen_view import Terugbelview
from tests.harness.backend import BackendProcess
from tests.harness.venster import Stage, Venster, play
from tests.journeys.stappen import is_settled, open_customer, send

BSN, HANDELING = "999990032", "Bellen over de akte van geboorte"


def note_at(seat: Venster, lijst: Lijst) -> Terugbeltaak | None:
    """The note of this journey in a list of this seat."""
    taken = seat.seat.terugbelnotities.known(lijst).taken
    return next((taak for taak in taken if taak.handeling == HANDELING), None)


async def sees(seat: Venster, lijst: Lijst, what: str, is_so: Callable[[Terugbeltaak], bool]) -> None:
    """Wait until this seat's list shows the note so."""
    await seat.until(lambda: (taak := note_at(seat, lijst)) is not None and is_so(taak), what)


async def gone(seat: Venster, lijst: Lijst) -> None:
    await seat.until(lambda: note_at(seat, lijst) is None, "the end of the note in this list")


def _tries(number: int) -> Callable[[Terugbeltaak], bool]:
    return lambda taak: len(taak.pogingen) == number


async def show_list(seat: Venster, knop: str) -> Terugbelview:
    seat.take_turn()
    seat.press("Ctrl+Shift+B")
    page = await seat.until(lambda: seat.shown(Terugbelview), "the page of callback notes")
    seat.click(seat.button(knop))
    return page


async def promise(seat: Venster) -> None:
    """A contact about the akte of this customer, with a note for Burgerzaken; registered."""
    await open_customer(seat, BSN)
    seat.press("F2")
    seat.write("Wil weten of de akte klaar is.")
    seat.click(seat.button("Terugbellen"))
    seat.frame.paneel.presenter.change_verzoek("afdeling", "Burgerzaken")
    seat.frame.paneel.presenter.change_verzoek("gevraagde_handeling", HANDELING)
    send(seat)
    await seat.until(lambda: is_settled(seat.seat), "the registration")


def test_a_promise_is_kept_at_another_seat_and_each_step_is_seen_at_three(
    qapp: QApplication, overal: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seats = []
        for naam, plek, rol in (
            ("snelbalie", "balie-1", "snelbalie"),
            ("balie2", "balie-2", "balie2"),
            ("tweedelijn", "kantoor-1", "tweedelijn"),
        ):
            profile = tmp_path / naam
            profile.mkdir()
            seats.append(await stage.open(overal.url, profile))
            await seats[-1].sign_in(naam, plek, rol)
        anna, bilal, thea = seats
        await show_list(thea, "Mijn team")
        page = await show_list(bilal, "Mijn team")

        anna.take_turn()
        await promise(anna)
        await show_list(anna, "Door mij beloofd")
        taak = await bilal.until(lambda: note_at(bilal, Lijst.TEAM), "the note at the team")
        await thea.until(lambda: note_at(thea, Lijst.TEAM), "the note at a colleague")
        await anna.until(lambda: note_at(anna, Lijst.BELOOFD), "the note at who promised it")

        bilal.take_turn()
        await bilal.until(bilal.window.isActiveWindow, "the keyboard")
        page.lijst.select(taak.uuid)
        await bilal.reads(HANDELING)
        bilal.press("Alt+1")
        for seat, lijst in ((anna, Lijst.BELOOFD), (thea, Lijst.TEAM)):
            await sees(seat, lijst, "the claim", lambda taak: taak.door == "balie2")
        for number in (1, 2):
            bilal.press("Alt+2")
            combo = page.detail.paneel.resultaat.combo
            combo.setCurrentIndex(1)
            combo.activated.emit(1)
            bilal.press("Ctrl+Return")
            for seat, lijst in ((anna, Lijst.BELOOFD), (thea, Lijst.TEAM)):
                await sees(seat, lijst, f"attempt {number}", _tries(number))
        await anna.reads("2 pogingen")
        bilal.press("Alt+3")
        bilal.write("Akte ligt klaar.")
        bilal.press("Ctrl+Return")
        for seat, lijst in ((anna, Lijst.BELOOFD), (thea, Lijst.TEAM), (bilal, Lijst.TEAM)):
            await gone(seat, lijst)
        anna.click(anna.button("Afgehandeld"))
        await anna.reads("door Bilal Öztürk")
        await anna.reads("Klant gesproken")
        assert all(is_settled(seat.seat) for seat in seats)

    play(qapp, journey)
