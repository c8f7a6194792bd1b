"""The thin path through everything: the embedded backend, sign-in, a picture, a finished contact, the outbox."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services.seat import open_seat


@pytest.mark.timeout(100)
async def test_a_finished_contact_of_an_embedded_seat_is_registered_once(tmp_path: Path) -> None:
    seat = open_seat(tmp_path, sleutelbos=Geheugenbos())
    done: asyncio.Future[Wachtrij] = asyncio.get_running_loop().create_future()
    failures: list[BaseException] = []
    seat.failed.connect(failures.append)

    def on_outbox(rij: Wachtrij) -> None:
        if rij.uitkomst is not None and not done.done():
            done.set_result(rij)

    seat.outbox.changed.connect(on_outbox)
    await seat.start()
    try:
        proef = await seat.aanmelden.proefgemeente()
        account = next(al for al in proef["accounts"] if "snelbalie" in al["rollen"])
        aanmelding = await seat.aanmelden.sign_in(account["gebruikersnaam"], proef["wachtwoord"])
        await seat.aanmelden.choose(aanmelding, aanmelding.werkplekken[0].id, ["snelbalie"])
        treffer = [al async for al in seat.zoeken.while_typing("jan")][-1].treffers[0]
        beeld = [al async for al in seat.klanten.open(treffer.klant)][-1]
        contact = seat.contacten.start(Kanaal.BALIE, klant=treffer.klant)
        seat.contacten.change_vraag(contact.id, contact.vraag.id, onderwerp="Vraag over een paspoort")
        first = seat.contacten.finish(contact.id)
        assert seat.contacten.finish(contact.id) is first
        rij = await asyncio.wait_for(done, 20)
        assert rij.stand is Wachtstand.GESLAAGD
        later = [al async for al in seat.klanten.open(treffer.klant)][-1]
        assert later.contacten_totaal == beeld.contacten_totaal + 1
        assert failures == []
    finally:
        await seat.close()
