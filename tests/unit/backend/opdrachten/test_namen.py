"""A customer whom a command names only by a key gets its name; and nobody is made twice."""

from __future__ import annotations

from sqlalchemy import func, select

from kcs_desktop.backend.accounts.beheer import create_werkplek
from kcs_desktop.backend.accounts.proef import WACHTWOORD as PROEFWACHTWOORD
from kcs_desktop.backend.accounts.tables import AccountRij
from kcs_desktop.backend.proefgemeente import fill
from kcs_desktop.backend.proefgemeente.bedrijven import bedrijven
from kcs_desktop.backend.standards.klantinteracties import tables as t
from kcs_desktop.backend.standards.kvk import opslag
from tests.harness.backend import WERKPLEK, Backend
from tests.unit.backend.opdrachten.bouwen import KVK, URL, bedrijf, contact, found, registratie, vraag


async def signed_in(backend: Backend, gebruikersnaam: str) -> str:
    """The access token of an employee of the proefgemeente, in a role that may register."""
    async with backend.db.write() as unit:
        account = (
            await unit.session.scalars(select(AccountRij).where(AccountRij.gebruikersnaam == gebruikersnaam))
        ).one()
        account.proef = False  # its published password opens a proefgemeente only
        account.rollen = ["tic"]
        await create_werkplek(unit, WERKPLEK)
    first = await backend.client().post(
        "/kcs/api/v1/aanmelden", json={"gebruikersnaam": gebruikersnaam, "wachtwoord": PROEFWACHTWOORD}
    )
    keuze = {"keuzetoken": first.json()["keuzetoken"], "werkplek": WERKPLEK.id, "rollen": ["tic"]}
    second = await backend.client().post("/kcs/api/v1/sessies", json=keuze)
    assert second.status_code == 201, second.text
    return str(second.json()["tokens"]["toegang"])


def keys(partij: dict[str, object]) -> set[tuple[str, str]]:
    identificatoren = partij["partijIdentificatoren"]
    assert isinstance(identificatoren, list)
    return {
        (item["partijIdentificator"]["codeSoortObjectId"], item["partijIdentificator"]["objectId"])
        for item in identificatoren
    }


async def test_a_company_known_by_its_number_gets_the_name_and_rsin_of_the_handelsregister(backend: Backend) -> None:
    zaak = next(b for b in bedrijven() if b.rsin)
    async with backend.db.write() as unit:
        await opslag.store(unit.session, [zaak])
    client = await backend.client_for("tic")
    body = registratie(
        backend.klok(),
        soort="contactpersoon",
        achternaam="Wolters",
        werkt_voor={"soort": "organisatie", "kvk_nummer": zaak.kvkNummer},
    )
    answer = (await client.post(URL, json=body)).json()
    assert answer["stand"] == "geslaagd", answer
    [company] = await found(backend, "partijen", soortPartij="organisatie")
    assert company["partijIdentificatie"]["naam"] == zaak.naam
    assert keys(company) == {("kvk_nummer", zaak.kvkNummer), ("rsin", zaak.rsin)}


async def test_a_company_keeps_both_its_numbers_and_is_found_by_either(backend: Backend) -> None:
    client = await backend.client_for("tic")
    both = bedrijf()
    both["sleutel"]["rsin"] = "123456782"
    only_rsin = {"sleutel": {"soort": "organisatie", "rsin": "123456782"}, "naam": "Bakkerij Duin"}
    for klant in (both, only_rsin, bedrijf()):
        answer = (await client.post(URL, json=contact(backend.klok(), klant=klant))).json()
        assert answer["stand"] == "geslaagd", answer
    [company] = await found(backend, "partijen")
    assert keys(company) == {("kvk_nummer", KVK), ("rsin", "123456782")}


async def test_a_contact_by_an_employee_of_the_proefgemeente_makes_no_second_actor(backend: Backend) -> None:
    await fill(backend.db)
    async with backend.db.read() as session:
        before = await session.scalar(select(func.count()).select_from(t.Actor))
        actor = (
            await session.scalars(select(t.Actor).where(t.Actor.soort_actor == "organisatorische_eenheid"))
        ).first()
        employee = (await session.scalars(select(t.Actor).where(t.Actor.soort_actor == "medewerker"))).first()
    assert actor is not None
    assert employee is not None
    page = {"afdeling": actor.actoridentificator_object_id, "medewerker": employee.actoridentificator_object_id}
    antwoord = await signed_in(backend, employee.actoridentificator_object_id)
    client = backend.client(Authorization=f"Bearer {antwoord}")
    note = {**page, "telefoonnummer": "0612345678", "gevraagde_handeling": "Terugbellen"}
    body = contact(backend.klok(), vraag(resultaat="contactverzoek", terugbelverzoek=note))
    answer = (await client.post(URL, json=body)).json()
    assert answer["stand"] == "geslaagd", answer
    async with backend.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(t.Actor)) == before
        assigned = await session.scalars(
            select(t.InterneTaakActor.actor).where(
                t.InterneTaakActor.internetaak == answer["resultaat"]["internetaken"][0]
            )
        )
        assert set(assigned) == {actor.uuid, employee.uuid}
