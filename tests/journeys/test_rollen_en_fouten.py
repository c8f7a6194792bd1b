"""What a role may see, what a colleague changed meanwhile, and what is back after a restart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kcs_desktop.cache.eerste_blik import recent
from kcs_desktop.sdk import Kanaal
from kcs_desktop.services.zitplaatsbestand import Zitplaatsbestand
from plugins.zaken.terugbellen_view import Terugbelview
from tests.harness.backend import BackendProcess, backend_process
from tests.harness.postgres import free_port
from tests.harness.venster import Stage, play
from tests.journeys.stappen import JOHANNA, is_settled, open_customer
from tests.journeys.test_two_seats import two_seats_with, write_phone


def test_a_role_without_base_registers_searches_the_crm_only(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        await seat.sign_in("receptie", "receptie", "receptie")
        seat.frame.focus_search()
        seat.write("duinrode")
        await seat.reads("Johanna van Duinrode")
        seat.press("Return")
        await seat.reads("Met uw rol kunt u de basisregistraties niet raadplegen.")
        assert "Zoeken in de BRP" not in seat.texts()
        assert seat.frame.klant is None, "nobody was opened by it"

    play(qapp, journey)


def test_an_invalid_bsn_is_explained_before_anything_is_asked(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        await seat.sign_in("snelbalie", "balie-1", "snelbalie")
        seat.frame.focus_search()
        seat.write("999990018")
        await seat.reads("Dit is geen geldig BSN: de controle klopt niet.")
        seat.press("Return")
        assert seat.frame.klant is None

    play(qapp, journey)


def test_two_vragen_become_two_klantcontacten_in_one_go(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        await seat.sign_in("snelbalie", "balie-1", "snelbalie")
        await open_customer(seat, JOHANNA)
        seat.press("F2")
        seat.write("Eerste vraag over het paspoort.")
        seat.press("Ctrl+J")
        seat.write("Tweede vraag over de rolemmer.")
        seat.press("Ctrl+Return")
        seat.press("Return")
        seat.press("Return")
        await seat.until(lambda: is_settled(seat.seat), "the registration")
        assert len(seat.seat.outbox.waiting()) == 1
        await seat.reads("14, nieuwste boven")
        await seat.reads("Eerste vraag over het paspoort")
        await seat.reads("Tweede vraag over de rolemmer")

    play(qapp, journey)


def test_contacts_side_by_side_keep_their_own_text_and_customer(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        await seat.sign_in("snelbalie", "balie-1", "snelbalie")
        await open_customer(seat, JOHANNA)
        seat.press("F2")
        seat.write("Notitie van de eerste")
        first = seat.seat.contacten.active
        seat.press("Ctrl+N")
        seat.write("Notitie van de tweede")
        seat.press("Ctrl+Tab")
        assert seat.seat.contacten.active is not None
        assert first is not None
        assert seat.seat.contacten.active.id == first.id
        assert seat.frame.paneel.notitie.text == "Notitie van de eerste"
        await seat.reads("12, nieuwste boven")
        seat.press("Ctrl+Tab")
        assert seat.frame.paneel.notitie.text == "Notitie van de tweede"
        assert seat.frame.klant is None

    play(qapp, journey)


def test_a_colleagues_change_gives_a_choice_and_never_overwrites(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        here, there = await two_seats_with(stage, proefdam.url, tmp_path, JOHANNA)
        for seat, nummer in ((there, "06-22223333"), (here, "06-11112222")):
            seat.take_turn()
            await write_phone(seat, nummer)
        here.press("Return")
        await here.until(lambda: is_settled(here.seat), "the change")
        await there.reads("06 11 11 22 22")  # marked in the form that is still open
        assert "06-22223333" in there.texts()

    play(qapp, journey)


def test_a_backend_that_dies_in_the_middle_costs_nothing_and_doubles_nothing(
    qapp: QApplication, tmp_path: Path
) -> None:
    port, database = free_port(), f"sqlite:///{tmp_path / 'proefdam.db'}"

    async def journey(stage: Stage) -> None:
        seat_map = tmp_path / "seat"
        seat_map.mkdir()
        with backend_process(database, log=tmp_path / "1.log", proefgemeente=True, port=port) as first:
            seat = await stage.open(first.url, seat_map)
            await seat.sign_in("snelbalie", "balie-1", "snelbalie")
            await open_customer(seat, JOHANNA)
            seat.press("F2")
            seat.write("De server valt nu weg.")
            first.kill()
        seat.press("Ctrl+Return")
        seat.press("Return")
        assert seat.seat.contacten.open == ()
        assert len(seat.seat.outbox.waiting()) == 1
        with backend_process(database, log=tmp_path / "2.log", proefgemeente=True, port=port):
            await seat.until(lambda: is_settled(seat.seat), "the registration", 60)
            await open_customer(seat, JOHANNA)
            await seat.reads("13, nieuwste boven")
            await seat.close()

    play(qapp, journey)


def test_after_a_restart_customer_and_contact_are_there_before_the_backend_answers(
    qapp: QApplication,
    proefdam: BackendProcess,
    tmp_path: Path,
    secret_service: Mapping[str, str],
) -> None:
    assert secret_service
    profile = tmp_path / "seat"
    profile.mkdir()

    async def first_day(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, profile)
        await seat.sign_in("snelbalie", "balie-1", "snelbalie")
        assert seat.seat.bewaart == ""
        await open_customer(seat, JOHANNA)
        seat.seat.contacten.start(Kanaal.BALIE, klant=seat.frame.klant)
        seat.press("F2")
        seat.write("Blijft bewaard")
        # A picture goes into the store once a source has answered; this reads the file itself.
        await seat.until(lambda: (seen := recent(profile)) is not None and bool(seen.klanten), "the store")

    async def second_start(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, profile)
        assert "Johanna van Duinrode" in seat.texts()  # painted before anything was asked
        await seat.until(lambda: seat.composition.frame is not None, "the remembered session")
        assert [contact.vraag.notitie for contact in seat.seat.contacten.open] == ["Blijft bewaard"]
        await seat.until(lambda: seat.frame.paneel.notitie.text == "Blijft bewaard", "the note")

    play(qapp, first_day)
    play(qapp, second_start)

    async def after_lunch(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, profile)
        assert "Johanna" not in seat.texts()
        await seat.until(lambda: seat.window.is_covered and "Ontgrendelen" in seat.texts(), "the lock")
        assert "Johanna" not in seat.texts()

    bestand = Zitplaatsbestand(profile)
    assert bestand.value.laatst_bezig is not None
    bestand.change(laatst_bezig=bestand.value.laatst_bezig - timedelta(minutes=11))
    play(qapp, after_lunch)


def test_a_role_without_a_tab_is_told_so(qapp: QApplication, proefdam: BackendProcess, tmp_path: Path) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        await seat.sign_in("redacteur", "kantoor-1", "redacteur")
        await seat.reads("Voor uw rol is hier nog geen tabblad")
        assert "de verbinding wordt gelegd" not in seat.texts()

    play(qapp, journey)


def test_a_floormanager_sees_the_callback_notes_that_are_told_and_no_zaken(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        await seat.sign_in("floormanager", "kantoor-1", "floormanager")
        await seat.until(lambda: seat.shown(Terugbelview), "the callback notes")
        assert seat.button("Aan mij gemeld").isChecked()
        seat.click(seat.button("Alle"))
        seat.press("Ctrl+Shift+B")
        await seat.reads("Terugbelnotities")
        assert "Zaak aanmaken" not in seat.texts()
        assert "E-formulieren" not in seat.texts()

    play(qapp, journey)
