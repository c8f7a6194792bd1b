"""How a contact begins, by the keys of an employee: from a number, a mail address, a product, over a channel."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kcs_desktop.sdk import Kanaal
from tests.harness.backend import BackendProcess
from tests.harness.venster import Stage, Venster, play
from tests.journeys.stappen import JOHANNA, register

ONBEKEND = "06 98 71 23 45"
VAN_JOHANNA = "06 12 34 56 78"


ADRES = (
    "SELECT a.soort_digitaal_adres, b.partij IS NOT NULL FROM ki_digitaal_adres a"
    " JOIN ki_betrokkene b ON b.uuid = a.betrokkene WHERE a.adres = ?"
)


def asked(tmp_path: Path, query: str, *values: str) -> list[tuple[object, ...]]:
    """What the register of this test holds."""
    with closing(sqlite3.connect(tmp_path / "proefdam.db")) as database:
        return database.execute(query, values).fetchall()


async def at_tic(stage: Stage, url: str, profile: Path) -> Venster:
    seat = await stage.open(url, profile)
    await seat.sign_in("tic", "tic-1", "tic")
    seat.frame.focus_search()
    return seat


async def finish(seat: Venster, notitie: str) -> None:
    seat.press("F2")
    seat.write(notitie)
    await register(seat)


def test_a_number_that_nobody_has_starts_a_contact_and_is_registered_with_it(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await at_tic(stage, proefdam.url, tmp_path)
        seat.write("0698712345")
        await seat.reads(f"Contact starten met {ONBEKEND}")
        seat.press("Return")
        await seat.reads("De BRP kent geen telefoonnummers.")
        await seat.reads(f"Enter start een contact met {ONBEKEND}")
        assert seat.seat.contacten.active is None
        seat.press("Ctrl+Return")
        contact = await seat.until(lambda: seat.seat.contacten.active, "the contact")
        assert (contact.kanaal, contact.beller, contact.klant) == (Kanaal.TELEFOON, "+31698712345", None)
        assert ONBEKEND in seat.texts()
        await finish(seat, "Vraagt naar de openingstijden.")
        assert asked(tmp_path, ADRES, "+31698712345") == [("telefoonnummer", 0)]

    play(qapp, journey)


def test_a_second_enter_starts_it_too_and_a_mail_address_starts_a_mail_contact(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await at_tic(stage, proefdam.url, tmp_path)
        seat.write("(06) 9871-2345")
        seat.press("Return")
        await seat.reads(f"Enter start een contact met {ONBEKEND}")
        seat.press("Return")
        assert [contact.beller for contact in seat.seat.contacten.open] == ["+31698712345"]
        seat.press("Ctrl+K")
        seat.write("piet@voorbeeld.nl")
        await seat.reads("Contact starten met piet@voorbeeld.nl")
        seat.press("Ctrl+Return")
        active = seat.seat.contacten.active
        assert active is not None
        assert (active.kanaal, active.titel) == (Kanaal.EMAIL, "piet@voorbeeld.nl")
        await finish(seat, "Vraagt per mail naar een uittreksel.")
        assert asked(tmp_path, ADRES, "piet@voorbeeld.nl") == [("email", 0)]

    play(qapp, journey)


def test_a_customer_found_by_number_gets_a_contact_with_that_number(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await at_tic(stage, proefdam.url, tmp_path)
        seat.write("0612345678")
        await seat.until(lambda: seat.frame.overlay.presenter.beeld.heeft_treffers, "the hit")
        seat.press("Down")
        seat.press("Ctrl+Return")
        (contact,) = seat.seat.contacten.open
        assert contact.klant is not None
        assert contact.klant.naam.endswith("Duinrode")
        assert (contact.kanaal, contact.beller) == (Kanaal.TELEFOON, "+31612345678")
        await seat.until(lambda: VAN_JOHANNA in seat.frame.paneel._wie.text(), "the number in the panel")
        await finish(seat, "Belt over de uitrit.")
        assert asked(tmp_path, ADRES, "+31612345678") == [("telefoonnummer", 1)]

    play(qapp, journey)


def test_a_product_starts_a_contact_over_the_channel_used_last_and_so_does_everything_else(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await at_tic(stage, proefdam.url, tmp_path)
        await seat.until(lambda: seat.seat.catalogus.producten, "the catalogue")
        seat.press("Ctrl+N")
        first = seat.seat.contacten.active
        assert first is not None
        assert first.kanaal is Kanaal.TELEFOON
        kanaal = seat.frame.paneel.kanaal.combo
        kanaal.setFocus()
        seat.press("Down")
        assert seat.seat.contacten.active is not None
        gekozen = seat.seat.contacten.active.kanaal
        assert gekozen is not Kanaal.TELEFOON
        seat.seat.contacten.cancel(first.id)

        seat.press("Ctrl+K")
        seat.write("kiezerspas")
        await seat.reads("Contact starten over een product")
        seat.press("Down")
        seat.press("Return")
        await seat.until(lambda: seat.seat.contacten.active is not None, "the contact")
        seat.press("Ctrl+K")
        seat.write(JOHANNA)
        seat.press("Return")
        await seat.until(lambda: seat.frame.klant is not None, "the customer")
        seat.press("Ctrl+Shift+N")
        seat.write("belt terug")
        assert seat.seat.contacten.active.vraag.notitie == "belt terug"  # typed at once, without F2
        seat.press("Ctrl+N")
        contacten = seat.seat.contacten.open
        assert [contact.vraag.product.lower() for contact in contacten] == ["kiezerspas", "", ""]
        assert [contact.kanaal for contact in contacten] == [gekozen] * 3

    play(qapp, journey)
