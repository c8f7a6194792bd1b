"""The worklists over a register upstream: tasks of our own and of other programs, closed here and elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from kcs_desktop.backend.feed.store import read_after, read_stand
from kcs_desktop.backend.gateway.schrijven.register import UpstreamRegister
from kcs_desktop.backend.gateway.schrijven.sleutels import KLANTINTERACTIES
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.backend.terugbellen.bijhouden import adopt
from kcs_desktop.backend.terugbellen.elders import ELDERS
from kcs_desktop.backend.terugbellen.indeling import Indeling, Indelingen
from kcs_desktop.backend.terugbellen.lijst import Vraag, read_page
from kcs_desktop.backend.terugbellen.spiegel import Spiegel
from kcs_desktop.backend.terugbellen.wacht import Gedaan, Terugbelwacht
from kcs_desktop.domain.opdracht import Uitkomststand
from kcs_desktop.domain.terugbelnorm import Normen
from kcs_desktop.domain.terugbeltaak import Lijst, Taakpagina, Taakstand
from tests.unit.backend.opdrachten.bouwen import opdracht
from tests.unit.backend.opdrachten.upstream.conftest import KEES, MIENA, SOORTEN, Werkplaats
from tests.unit.backend.opdrachten.upstream.test_elke_stap import a_contact

MINE = {"soortActor": "medewerker", "naam": "Miena Smit", "indicatieActief": True}
KEY = {"objectId": "miena", "codeObjecttype": "mdw", "codeRegister": "msei", "codeSoortObjectId": "idf"}
DETAILS = {"functie": "Adviseur", "emailadres": "", "telefoonnummer": "0515123456"}


@pytest.fixture
def spiegel(werkplaats: Werkplaats) -> Spiegel:
    return Spiegel(werkplaats.db, UpstreamRegister(werkplaats.register, KLANTINTERACTIES, SOORTEN))


async def page(
    plek: Werkplaats, spiegel: Spiegel, lijst: Lijst = Lijst.ALLE, stand: Taakstand = Taakstand.OPEN, wie: Any = MIENA
) -> Taakpagina:
    await spiegel.refresh(Verzoek(wie, "", "r2"))
    await adopt(plek.db, Normen(), Indeling(), ELDERS)
    async with plek.db.read() as session:
        vraag = Vraag(lijst, stand, 1, wie.naam, ziet_klanten=True)
        return await read_page(session, vraag, Indeling(), plek.klok(), ELDERS)


async def a_foreign_task(plek: Werkplaats) -> str:
    """Another program promised a customer that Miena calls."""
    contact = {"onderwerp": "Van elders", "kanaal": "balie", "taal": "nld", "vertrouwelijk": False}
    made = await plek.register.make("klantcontacten", contact)
    actor = {**MINE, "actoridentificator": KEY, "actorIdentificatie": DETAILS}
    taak = {
        "gevraagdeHandeling": "Bel terug",
        "aanleidinggevendKlantcontact": {"uuid": made["uuid"]},
        "toegewezenAanActoren": [{"uuid": (await plek.register.make("actoren", actor))["uuid"]}],
        "toelichting": "Over de tuin",
        "status": "te_verwerken",
    }
    return str((await plek.register.make("internetaken", taak))["uuid"])


async def test_a_note_of_ours_shows_what_the_register_and_we_know_of_it(
    werkplaats: Werkplaats, spiegel: Spiegel
) -> None:
    note = (await werkplaats.give(a_contact(werkplaats.klok))).resultaat["internetaken"][0]
    [taak] = (await page(werkplaats, spiegel)).taken
    assert (taak.uuid, taak.onderwerp, taak.beloofd_door) == (note, "Paspoort verlengen", "miena")
    assert taak.klant is not None
    assert taak.klant.naam == "J. van Duinrode"
    assert (taak.toegewezen_aan, taak.telefoonnummer) == (("Burgerzaken",), "+31612345678")


async def test_a_task_of_another_program_is_taken_up_claimed_and_done(werkplaats: Werkplaats, spiegel: Spiegel) -> None:
    uuid = await a_foreign_task(werkplaats)
    found = await page(werkplaats, spiegel, Lijst.EIGEN)
    assert [(taak.uuid, taak.onderwerp) for taak in found.taken] == [(uuid, "Van elders")]
    assert (await page(werkplaats, spiegel, Lijst.EIGEN, wie=KEES)).taken == ()
    gegevens: dict[str, Any] = {"type": "terugbelnotitie.claimen", "notitie": uuid}
    assert (await werkplaats.give(opdracht(werkplaats.klok(), gegevens), KEES)).stand is Uitkomststand.GESLAAGD
    assert (await page(werkplaats, spiegel, Lijst.EIGEN)).taken == ()
    assert (await werkplaats.give(done(werkplaats, uuid), KEES)).stand is Uitkomststand.GESLAAGD
    assert (await page(werkplaats, spiegel)).taken == ()
    [taak] = (await page(werkplaats, spiegel, stand=Taakstand.KLAAR)).taken
    assert (taak.afgehandeld_door, taak.resultaat) == ("Kees Bos", "gesproken")


async def test_a_command_about_a_task_that_no_list_showed_yet_takes_it_up_by_itself(werkplaats: Werkplaats) -> None:
    uuid = await a_foreign_task(werkplaats)
    gegevens = {"type": "terugbelnotitie.claimen", "notitie": uuid}
    assert (await werkplaats.give(opdracht(werkplaats.klok(), gegevens))).stand is Uitkomststand.GESLAAGD


async def test_what_another_program_closes_or_changes_is_seen_and_announced(
    werkplaats: Werkplaats, spiegel: Spiegel
) -> None:
    uuid = await a_foreign_task(werkplaats)
    await page(werkplaats, spiegel)
    reads = werkplaats.register.reads
    await page(werkplaats, spiegel)
    assert werkplaats.register.reads == reads + 1  # nothing changed: the list alone
    await werkplaats.register.patch("internetaken", uuid, {"toelichting": "Over de schuur"})
    before = (await read_stand(werkplaats.db)).hoogste
    assert (await page(werkplaats, spiegel)).taken[0].toelichting == "Over de schuur"
    await werkplaats.register.patch("internetaken", uuid, {"status": "verwerkt"})
    assert (await page(werkplaats, spiegel)).taken == ()
    _, told = await read_after(werkplaats.db, before)
    assert [(one.wijziging.soort, one.wijziging.id) for one in told] == [("terugbelnotitie", uuid)] * 2
    assert len((await page(werkplaats, spiegel, stand=Taakstand.KLAAR)).taken) == 1


async def test_what_the_register_no_longer_has_is_told_as_gone(werkplaats: Werkplaats, spiegel: Spiegel) -> None:
    uuid = await a_foreign_task(werkplaats)
    await page(werkplaats, spiegel)
    await werkplaats.register.remove("internetaken", uuid)
    [taak] = (await page(werkplaats, spiegel, stand=Taakstand.WEG)).taken
    assert (taak.uuid, taak.stand) == (uuid, Taakstand.WEG)


async def test_the_guard_reads_first_and_reminds_of_what_is_still_open(
    werkplaats: Werkplaats, spiegel: Spiegel
) -> None:
    await a_foreign_task(werkplaats)
    closed = await a_foreign_task(werkplaats)
    wacht = Terugbelwacht(werkplaats.db, Normen(), Indelingen(), spiegel=spiegel)
    assert await wacht.turn() == Gedaan()
    await werkplaats.register.patch("internetaken", closed, {"status": "verwerkt"})
    werkplaats.klok.advance(days=3)
    assert await wacht.turn() == Gedaan(herinnerd=1, geescaleerd=1)


def done(plek: Werkplaats, uuid: str) -> dict[str, Any]:
    gegevens = {
        "type": "terugbelnotitie.afhandelen",
        "notitie": uuid,
        "op": plek.klok().isoformat(),
        "resultaat": "gesproken",
    }
    return opdracht(plek.klok(), gegevens)


@pytest.mark.parametrize("is_read_between", [True, False])
async def test_what_was_done_here_and_is_opened_again_elsewhere_is_guarded(
    werkplaats: Werkplaats, spiegel: Spiegel, is_read_between: bool
) -> None:
    uuid = await a_foreign_task(werkplaats)
    wacht = Terugbelwacht(werkplaats.db, Normen(), Indelingen(), spiegel=spiegel)
    assert await wacht.turn() == Gedaan()
    werkplaats.klok.advance(minutes=1)
    assert (await werkplaats.give(done(werkplaats, uuid))).stand is Uitkomststand.GESLAAGD
    if is_read_between:
        assert (await page(werkplaats, spiegel)).taken == ()
    werkplaats.klok.advance(minutes=1)
    assert await wacht.turn() == Gedaan()
    await werkplaats.register.patch("internetaken", uuid, {"status": "te_verwerken"})
    werkplaats.klok.advance(days=3)
    assert await wacht.turn() == Gedaan(herinnerd=1, geescaleerd=1)
    [taak] = (await page(werkplaats, spiegel)).taken
    assert taak.uuid == uuid


class TrageLezer:
    """Hands over the open tasks once it is let go."""

    def __init__(self, lezer: UpstreamRegister) -> None:
        self._lezer = lezer
        self.asked, self.let_go = asyncio.Event(), asyncio.Event()

    async def rows(self, verzoek: Verzoek, resource: str, filters: Mapping[str, str]) -> list[dict[str, Any]]:
        found = await self._lezer.rows(verzoek, resource, filters)
        if resource == "internetaken":
            self.asked.set()
            await self.let_go.wait()
        return found

    async def one(self, verzoek: Verzoek, resource: str, uuid: str) -> dict[str, Any] | None:
        return await self._lezer.one(verzoek, resource, uuid)


async def test_what_is_done_here_while_the_register_is_read_stays_done(
    werkplaats: Werkplaats, spiegel: Spiegel
) -> None:
    uuid = await a_foreign_task(werkplaats)
    await page(werkplaats, spiegel)
    lezer = TrageLezer(UpstreamRegister(werkplaats.register, KLANTINTERACTIES, SOORTEN))
    reading = asyncio.create_task(Spiegel(werkplaats.db, lezer).refresh(Verzoek(KEES, "", "r3")))
    await lezer.asked.wait()
    werkplaats.klok.advance(1)
    assert (await werkplaats.give(done(werkplaats, uuid))).stand is Uitkomststand.GESLAAGD
    lezer.let_go.set()
    await reading
    await Terugbelwacht(werkplaats.db, Normen(), Indelingen(), spiegel=spiegel).turn()
    assert (await page(werkplaats, spiegel)).taken == ()
    [taak] = (await page(werkplaats, spiegel, stand=Taakstand.KLAAR)).taken
    assert (taak.afgehandeld_door, taak.resultaat) == ("Miena Smit", "gesproken")


async def test_a_register_that_is_away_says_so_and_the_guard_goes_on(werkplaats: Werkplaats, spiegel: Spiegel) -> None:
    await a_foreign_task(werkplaats)
    await page(werkplaats, spiegel)
    werkplaats.register.is_away = True
    with pytest.raises(HttpProblem, match="register-onbereikbaar"):
        await page(werkplaats, spiegel)
    werkplaats.klok.advance(days=3)
    assert (await Terugbelwacht(werkplaats.db, Normen(), Indelingen(), spiegel=spiegel).turn()) == Gedaan(1, 1)
