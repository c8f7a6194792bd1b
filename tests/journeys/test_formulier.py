"""A form is sent on the website: it appears at two seats, one of them takes it up, and its customer is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from PySide6.QtWidgets import QApplication

from kcs_desktop.domain.rechten import Recht
from plugins.zaken.eformulieren_pagina import Eformulierenpagina
from plugins.zaken.view import EFORMULIEREN, ZakenTab
from tests.doubles.openformulieren import Inzending, OpenFormulieren
from tests.harness.backend import BackendProcess, backend_process, create_application
from tests.harness.venster import Stage, Venster, play
from tests.journeys.stappen import JOHANNA, register


@pytest.fixture(params=["sqlite", "postgresql"])
def gemeente(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[BackendProcess, str]]:
    """The proefgemeente on SQLite, and on PostgreSQL behind two workers; with the token of Open Formulieren."""
    url, options = f"sqlite:///{tmp_path / 'proefdam.db'}", list[str]()
    if request.param == "postgresql":
        url, options = request.getfixturevalue("postgres_url"), ["--workers", "2"]
    with backend_process(url, *options, log=tmp_path / "backend.log", proefgemeente=True) as process:
        yield process, create_application(url, "Open Formulieren", zaken=Recht.WIJZIGEN)


async def _at_the_forms(stage: Stage, url: str, tmp_path: Path) -> list[Venster]:
    seats = []
    for naam, plek, rol in (("snelbalie", "balie-1", "snelbalie"), ("tic", "tic-1", "tic")):
        profile = tmp_path / naam
        profile.mkdir()
        seat = await stage.open(url, profile)
        await seat.sign_in(naam, plek, rol)
        seat.press("Ctrl+Shift+E")
        await seat.until(page_of(seat).view.isVisible, "the page")
        seats.append(seat)
    seats[0].take_turn()
    return seats


def page_of(seat: Venster) -> Eformulierenpagina:
    tab = seat.frame.tabs.loaded["zaken"]
    assert isinstance(tab, ZakenTab)
    page = tab.page(EFORMULIEREN)
    assert isinstance(page, Eformulierenpagina)
    return page


def test_a_form_arrives_at_two_seats_and_one_takes_it_up(
    qapp: QApplication, gemeente: tuple[BackendProcess, str], tmp_path: Path
) -> None:
    process, token = gemeente

    async def journey(stage: Stage) -> None:
        here, there = await _at_the_forms(stage, process.url, tmp_path)
        async with httpx.AsyncClient(base_url=process.url, headers={"Authorization": f"Token {token}"}) as client:
            website = OpenFormulieren(client, lambda: datetime.now(UTC))
            website.verlies.add("zaak")  # its answer is lost once; the number keeps it one zaak
            antwoorden = {"kenteken": "AB-123-C", "ingangsdatum": "20261106"}
            inzending = Inzending(
                website, "parkeervergunning-bewoners", "OF-7K2M9P", bsn=JOHANNA, antwoorden=antwoorden
            )
            await inzending.register_until_done()
        for seat in (here, there):
            await seat.reads("OF-7K2M9P")
            await seat.reads("Duinrode")
            assert seat.texts().count("OF-7K2M9P") == 1

        here.press("Ctrl+N")
        page = page_of(here)
        page.focus_first()
        here.actions = 0
        page.view.lijst.select(inzending.resultaat["zaak"]["uuid"])
        here.press("Ctrl+Shift+J")
        await here.until(lambda: page.presenter.is_attached, "the zaak in the contact")
        page.focus_first()
        here.press("Return")
        await here.reads("6 november 2026")  # what was filled in, as a date
        assert "AB-123-C" in here.texts()
        await here.reads("Zaken van")
        assert here.actions <= 2, "linked and opened"
        here.press("F2")
        here.write("Formulier doorgenomen met de klant.")
        await register(here)
        formulier = page.presenter.lijst.find(inzending.resultaat["zaak"]["uuid"])
        assert formulier is not None, "nobody took it on in the zaaksysteem: it still waits"
        here.frame.open_zaak(formulier.regel.verwijzing, formulier.klant)
        await here.reads("Formulier doorgenomen met de klant")

    play(qapp, journey)
