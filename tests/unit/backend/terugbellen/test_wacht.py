"""The guard reminds on the day a promise is due and escalates after it, once, whichever worker looks."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from kcs_desktop.backend.accounts.tables import AccountRij
from kcs_desktop.backend.catalogus.laden import load_catalogus
from kcs_desktop.backend.feed.store import read_after, read_stand
from kcs_desktop.backend.settings import Settings
from kcs_desktop.backend.terugbellen.indeling import Indelingen
from kcs_desktop.backend.terugbellen.normen import read_normen
from kcs_desktop.backend.terugbellen.wacht import Gedaan, Terugbelwacht
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.terugbelnorm import Normen
from tests.harness.backend import Backend
from tests.unit.backend.terugbellen.bouwen import TAKEN, give, listed, make_note, note

AFDELINGEN = "afdeling;coordinator;groepen\nBurgerzaken;thea-tweedelijn;\n"


def guard(backend: Backend) -> Terugbelwacht:
    return Terugbelwacht(backend.db, Normen(), Indelingen())


async def seen(backend: Backend, uuid: str) -> dict[str, Any]:
    """The note as somebody sees it who signs in now: sessions of before have ended."""
    return await note(await backend.client_for("tic", naam=f"Om {backend.klok():%d %H.%M}"), uuid)


async def told(backend: Backend, naam: str, rol: str) -> tuple[list[str], int]:
    """The notes that were escalated to this employee, and the number for at the tab."""
    account = f"{naam.lower()}-{rol}"
    async with backend.db.read() as session:
        is_known = await session.scalar(select(AccountRij.id).where(AccountRij.gebruikersnaam == account))
    if is_known is None:
        await backend.account(naam, [rol])
    antwoord = await backend.sign_in(account, [rol])
    page = await listed(backend.client(Authorization=f"Bearer {antwoord.tokens.toegang}"), "gemeld")
    return [taak["uuid"] for taak in page["taken"]], page.get("gemeld", 0)


async def test_first_a_reminder_then_the_coordinator_then_the_floormanager(backend: Backend) -> None:
    async with backend.db.write() as unit:
        await load_catalogus(unit, afdelingen_csv=AFDELINGEN)
    client = await backend.client_for("snelbalie")
    await backend.account("Thea", ["tweedelijn"])
    uuid = await make_note(client, backend)  # Tuesday 10:00; due on Wednesday at 17:00
    wacht = guard(backend)
    backend.klok.advance(minutes=5)
    assert await wacht.turn() == Gedaan()
    backend.klok.advance(hours=22)  # Wednesday 8:05
    assert await wacht.turn() == Gedaan()
    before = (await read_stand(backend.db)).hoogste
    backend.klok.advance(minutes=30)  # open
    assert await wacht.turn() == Gedaan(herinnerd=1)
    _, numbered = await read_after(backend.db, before)
    assert [(al.wijziging.soort, al.wijziging.id) for al in numbered] == [("terugbelnotitie", uuid)]
    assert (await seen(backend, uuid)).get("escalatie", "") == ""
    backend.klok.advance(minutes=5)
    assert await wacht.turn() == Gedaan()  # once
    backend.klok.advance(hours=9)  # past five
    assert await wacht.turn() == Gedaan(geescaleerd=1)
    taak = await seen(backend, uuid)
    assert (taak["escalatie"], taak["escalatie_naar"]) == ("coordinator", "Thea")
    assert await told(backend, "Thea", "tweedelijn") == ([uuid], 1)
    assert await told(backend, "Fleur", "floormanager") == ([], 0)
    backend.klok.advance(days=1)
    assert await wacht.turn() == Gedaan(geescaleerd=1)
    assert (await seen(backend, uuid))["escalatie"] == "floormanager"
    assert await told(backend, "Thea", "tweedelijn") == ([uuid], 1)
    assert await told(backend, "Fleur", "floormanager") == ([uuid], 1)
    assert await told(backend, "Anna", "tic") == ([], 0)
    backend.klok.advance(days=30)
    assert await wacht.turn() == Gedaan()


async def test_a_note_that_nobody_picked_up_counts_for_its_team_from_the_day_itself(backend: Backend) -> None:
    anna = await backend.client_for("snelbalie")
    uuid = await make_note(anna, backend)
    backend.klok.advance(hours=22, minutes=35)  # Wednesday 8:35, the day that it is due

    async def waiting(naam: str, afdeling: str) -> int:
        client = await backend.client_for("tweedelijn", naam=f"{naam} {backend.klok():%H.%M}", afdeling=afdeling)
        return int((await listed(client, "eigen")).get("team_vandaag", 0))

    assert await waiting("Bilal", "Burgerzaken") == 0
    assert await guard(backend).turn() == Gedaan(herinnerd=1)
    assert await waiting("Thea", "Burgerzaken") == 1
    assert await waiting("Sem", "Belastingen") == 0
    backend.klok.advance(minutes=5)
    bilal = await backend.client_for("tweedelijn", naam="Bilal die belt", afdeling="Burgerzaken")
    assert (await give(bilal, backend, "claimen", uuid)).json()["stand"] == "geslaagd"
    assert await waiting("Thea", "Burgerzaken") == 0


async def test_the_number_at_the_tab_is_the_same_whichever_list_is_read(backend: Backend) -> None:
    await make_note(await backend.client_for("snelbalie"), backend)
    backend.klok.advance(hours=22, minutes=35)  # Wednesday 8:35, the day that it is due
    assert await guard(backend).turn() == Gedaan(herinnerd=1)
    thea = await backend.client_for("tweedelijn", naam="Thea", afdeling="Burgerzaken")
    for lijst in ("eigen", "team", "beloofd", "gemeld"):
        assert (await listed(thea, lijst)).get("team_vandaag", 0) == 1, lijst


async def test_what_was_escalated_to_somebody_of_its_team_counts_once(backend: Backend) -> None:
    async with backend.db.write() as unit:
        await load_catalogus(unit, afdelingen_csv=AFDELINGEN)
    await make_note(await backend.client_for("snelbalie"), backend)
    backend.klok.advance(days=1, hours=8)  # Wednesday past five
    thea = await backend.client_for("tweedelijn", naam="Thea", afdeling="Burgerzaken")
    sem = await backend.client_for("tweedelijn", naam="Sem", afdeling="Burgerzaken")
    assert await guard(backend).turn() == Gedaan(herinnerd=1, geescaleerd=1)
    for client, counted in ((thea, (1, 0)), (sem, (0, 1))):
        page = await listed(client, "eigen")
        assert (page.get("gemeld", 0), page.get("team_vandaag", 0)) == counted


async def test_without_a_coordinator_the_floormanager_hears_at_once(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    uuid = await make_note(client, backend)
    backend.klok.advance(days=2)
    assert await guard(backend).turn() == Gedaan(herinnerd=1, geescaleerd=1)
    assert (await seen(backend, uuid))["escalatie"] == "floormanager"


async def test_what_is_done_or_gone_is_not_escalated(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    website = await backend.application(crm=Recht.WIJZIGEN, terugbelnotities=Recht.WIJZIGEN)
    done, closed, gone = [await make_note(client, backend) for _ in range(3)]
    assert (await give(client, backend, "afhandelen", done)).json()["stand"] == "geslaagd"
    assert (await website.patch(f"{TAKEN}/{closed}", json={"status": "verwerkt"})).status_code == 200
    assert (await website.delete(f"{TAKEN}/{gone}")).status_code == 204
    backend.klok.advance(days=2)
    assert await guard(backend).turn() == Gedaan()


async def test_what_another_program_opens_again_is_guarded_again(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    website = await backend.application(crm=Recht.WIJZIGEN, terugbelnotities=Recht.WIJZIGEN)
    uuid, wacht = await make_note(client, backend), guard(backend)
    assert (await website.patch(f"{TAKEN}/{uuid}", json={"status": "verwerkt"})).status_code == 200
    backend.klok.advance(days=2)
    assert await wacht.turn() == Gedaan()
    assert (await website.patch(f"{TAKEN}/{uuid}", json={"status": "te_verwerken"})).status_code == 200
    backend.klok.advance(minutes=5)
    assert await wacht.turn() == Gedaan(herinnerd=1, geescaleerd=1)
    backend.klok.advance(minutes=5)
    assert await wacht.turn() == Gedaan()


async def test_what_was_done_here_and_is_opened_again_elsewhere_is_guarded_and_no_longer_done(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    website = await backend.application(crm=Recht.WIJZIGEN, terugbelnotities=Recht.WIJZIGEN)
    uuid, wacht = await make_note(client, backend), guard(backend)
    assert (await give(client, backend, "afhandelen", uuid)).json()["stand"] == "geslaagd"
    backend.klok.advance(days=2)
    assert await wacht.turn() == Gedaan()
    assert (await website.patch(f"{TAKEN}/{uuid}", json={"status": "te_verwerken"})).status_code == 200
    backend.klok.advance(minutes=5)
    assert await wacht.turn() == Gedaan(herinnerd=1, geescaleerd=1)
    assert (await website.patch(f"{TAKEN}/{uuid}", json={"status": "verwerkt"})).status_code == 200
    taak = await note(await backend.client_for("tic"), uuid, status="klaar")
    assert (taak.get("afgehandeld_door", ""), taak.get("resultaat", "")) == ("", "")


async def test_what_was_escalated_to_the_end_and_done_is_told_on_once_it_is_open_again(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    website = await backend.application(crm=Recht.WIJZIGEN, terugbelnotities=Recht.WIJZIGEN)
    uuid, wacht = await make_note(client, backend), guard(backend)
    backend.klok.advance(days=2)
    assert await wacht.turn() == Gedaan(herinnerd=1, geescaleerd=1)
    client = await backend.client_for("tic")
    assert (await give(client, backend, "afhandelen", uuid)).json()["stand"] == "geslaagd"
    assert await told(backend, "Fleur", "floormanager") == ([], 0)
    assert (await website.patch(f"{TAKEN}/{uuid}", json={"status": "te_verwerken"})).status_code == 200
    backend.klok.advance(minutes=5)
    assert await wacht.turn() == Gedaan()
    assert await told(backend, "Fleur", "floormanager") == ([uuid], 1)


async def test_a_later_moment_starts_anew(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    uuid = await make_note(client, backend)
    backend.klok.advance(hours=24)
    client = await backend.client_for("tic")
    wacht = guard(backend)
    assert await wacht.turn() == Gedaan(herinnerd=1)
    uiterlijk = backend.klok().replace(day=30).isoformat()
    assert (await give(client, backend, "verzetten", uuid, uiterlijk=uiterlijk)).json()["stand"] == "geslaagd"
    backend.klok.advance(days=2)
    assert await wacht.turn() == Gedaan()
    backend.klok.advance(days=5)
    assert (await wacht.turn() or Gedaan()).geescaleerd == 1


async def test_of_two_workers_one_looks(backend: Backend) -> None:
    one, other = guard(backend), guard(backend)
    backend.klok.advance(minutes=10)
    assert await one.turn() is not None
    assert await other.turn() is None
    backend.klok.advance(minutes=10)
    assert await other.turn() is not None


def test_the_norm_differs_per_department_and_a_wrong_setting_is_named() -> None:
    settings = Settings(database_url="x", terugbellen_normen="Burgerzaken=2, Bouwen en Wonen=5", gesloten_dagen="")
    normen = read_normen(settings)
    assert dict(normen.per_afdeling) == {"Burgerzaken": 2, "Bouwen en Wonen": 5}
