"""A contact with a callback note, registered at an Open Klant that is cut at every step: it stands there once."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PySide6.QtWidgets import QApplication

from kcs_desktop.sdk import Lijst
from tests.doubles.openklant import OpenKlant, running_open_klant
from tests.doubles.register import Wrong
from tests.harness.backend import backend_process
from tests.harness.venster import Stage, play
from tests.journeys.stappen import is_settled, open_customer, send

BSN, TEKST, HANDELING = "999990032", "Wil weten of de akte klaar is.", "Bellen over de akte van geboorte"
API = "/klantinteracties/api/v1"
# Each of them is carried out, or not, and its answer is lost.
CUT = (
    (Wrong.CUT_AFTER, "klantcontacten"),
    (Wrong.HTML_AFTER, "betrokkenen"),
    (Wrong.HALF, "digitaleadressen"),
    (Wrong.CUT_BEFORE, "actorklantcontacten"),
)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the backend of this journey keeps its own part."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'kcs.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


def once_in(klant: OpenKlant) -> str:
    """That the contact and everything under it stand there once; the uuid of its internetaak."""
    [contact] = klant.get(f"{API}/klantcontacten", inhoud=TEKST)["results"]
    [betrokkene] = klant.get(f"{API}/betrokkenen", hadKlantcontact__uuid=contact["uuid"])["results"]
    [adres] = klant.get(f"{API}/digitaleadressen", verstrektDoorBetrokkene__uuid=betrokkene["uuid"])["results"]
    assert adres["adres"] == "+31612345678"
    [_handled] = klant.get(f"{API}/actorklantcontacten", klantcontact__uuid=contact["uuid"])["results"]
    [taak] = klant.get(f"{API}/internetaken", klantcontact__uuid=contact["uuid"])["results"]
    assert taak["gevraagdeHandeling"] == HANDELING
    return str(taak["uuid"])


def test_a_contact_that_is_cut_at_every_step_stands_once_in_the_register(
    qapp: QApplication, database: str, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        with running_open_klant() as klant:
            environment = {**klant.environment(), "KCS_REGISTER_KLANTINTERACTIES_TIMEOUT": "3"}
            log = tmp_path / "backend.log"
            with backend_process(database, log=log, proefgemeente=True, environment=environment) as first:
                port = urlsplit(first.url).port
                seat = await stage.open(first.url, tmp_path)
                await seat.sign_in("snelbalie", "balie-1", "snelbalie")
                await open_customer(seat, BSN)
                seat.press("F2")
                seat.write(TEKST)
                seat.click(seat.button("Terugbellen"))
                presenter = seat.frame.paneel.presenter
                presenter.change_verzoek("afdeling", "Burgerzaken")
                presenter.change_verzoek("gevraagde_handeling", HANDELING)
                presenter.change_verzoek("telefoonnummer", "0612345678")
                for how, resource in CUT:
                    klant.wrong(how, "POST", f"/{resource}")
                klant.wrong(Wrong.HELD_AFTER, "POST", "/internetaken")
                send(seat)
                await asyncio.to_thread(klant.wait_until_held, 60)
                first.kill()  # the note stands there, and nobody was told
            klant.release()
            with backend_process(database, log=log, environment=environment, port=port or 0):
                await seat.until(lambda: is_settled(seat.seat), "the registration", 60)
                assert {how for how, _resource in CUT} <= set(klant.gone_wrong)
                uuid = once_in(klant)
                lijst = seat.seat.terugbelnotities
                lijst.watch(Lijst.BELOOFD)
                await lijst.load(Lijst.BELOOFD)
                await seat.until(lambda: lijst.known(Lijst.BELOOFD).find(uuid) is not None, "the note", 60)

    play(qapp, journey, 180)
