"""A contact and the zaak that it is about: named by number, by uuid or by the command that makes it, in any order."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.standards.klantinteracties.register import EmbeddedKlantinteracties
from tests.harness.backend import Backend, running_backend
from tests.harness.klok import Klok
from tests.unit.backend.opdrachten.bouwen import OTHER_BSN, contact, found, persoon, vraag
from tests.unit.backend.opdrachten.zaken import aanmaken, beheer, f, outcome

Json = dict[str, Any]


async def test_a_contact_names_its_new_zaak_by_the_command_that_made_it(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    command = aanmaken(backend, types, klant=persoon())
    made = await outcome(client, command)
    zaak = {"uuid": "", "identificatie": made["nummer"], "opdracht": command["id"]}
    await outcome(client, contact(backend.klok(), vraag(zaak=zaak), klant=persoon()))
    (onderwerp,) = await found(backend, "onderwerpobjecten")
    assert onderwerp["onderwerpobjectidentificator"]["objectId"] == made["zaak"]


async def test_a_contact_names_the_zaak_that_its_command_made_anew(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    """As after a backup that was put back: the uuid that the seat had is of a zaak that was lost with it."""
    command = aanmaken(backend, types, klant=persoon())
    made = await outcome(client, command)
    lost = "019a9ad6-5e00-7000-8000-000000000001"
    zaak = {"uuid": lost, "identificatie": made["nummer"], "opdracht": command["id"]}
    await outcome(client, contact(backend.klok(), vraag(zaak=zaak), klant=persoon()))
    (onderwerp,) = await found(backend, "onderwerpobjecten")
    assert onderwerp["onderwerpobjectidentificator"]["objectId"] == made["zaak"]


async def test_a_contact_finds_a_zaak_by_number_alone(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    made = await outcome(client, aanmaken(backend, types))
    await outcome(client, contact(backend.klok(), vraag(zaak={"uuid": "", "identificatie": made["nummer"]})))
    (onderwerp,) = await found(backend, "onderwerpobjecten")
    assert onderwerp["onderwerpobjectidentificator"]["objectId"] == made["zaak"]


async def test_a_contact_finds_no_zaak_by_number_that_its_employee_may_not_see(db: Database, klok: Klok) -> None:
    """Its uuid would tell that it is there; one that is not there gives the same text."""
    async with running_backend(db, klok, zaakrechten="tic=openbaar; *=vertrouwelijk") as backend:
        types = await f.make_types(await beheer(backend))
        made = await outcome(await backend.client_for("snelbalie"), aanmaken(backend, types))
        client = await backend.client_for("tic")
        for nummer in (made["nummer"], "Z-weg"):
            named = vraag(zaak={"uuid": "", "identificatie": nummer}, inhoud="")
            await outcome(client, contact(backend.klok(), named))
        assert await found(backend, "onderwerpobjecten") == []
        told = {item["inhoud"] for item in await found(backend, "klantcontacten")}
        assert told == {f"Zaak {made['nummer']} is niet gevonden.", "Zaak Z-weg is niet gevonden."}


async def test_a_contact_names_no_zaak_by_its_uuid_that_its_employee_may_not_see(db: Database, klok: Klok) -> None:
    async with running_backend(db, klok, zaakrechten="tic=openbaar; *=vertrouwelijk") as backend:
        types = await f.make_types(await beheer(backend))
        made = await outcome(await backend.client_for("snelbalie"), aanmaken(backend, types))
        named = {"uuid": made["zaak"], "identificatie": made["nummer"]}
        for rol in ("tic", "balie2"):
            client = await backend.client_for(rol)
            await outcome(client, contact(backend.klok(), vraag(zaak=named, inhoud=""), klant=persoon()))
        (onderwerp,) = await found(backend, "onderwerpobjecten")
        assert onderwerp["onderwerpobjectidentificator"]["objectId"] == made["zaak"]
        told = sorted(item["inhoud"] for item in await found(backend, "klantcontacten"))
        assert told == ["", f"Zaak {made['nummer']} is niet gevonden."]


async def test_a_contact_whose_zaak_was_refused_is_registered_with_the_number_in_its_text(
    backend: Backend, client: httpx.AsyncClient, kijker: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    command = aanmaken(backend, types, omschrijving="x" * 81)
    await outcome(client, command, "geweigerd")
    await f.make_zaak(kijker, types, identificatie="Z-9")  # of somebody else: not what this contact was about
    zaak = {"uuid": "", "identificatie": "Z-9", "zaaktype": "Parkeren", "opdracht": command["id"]}
    await outcome(client, contact(backend.klok(), vraag(zaak=zaak, inhoud="x" * 1000), klant=persoon(OTHER_BSN)))
    assert await found(backend, "onderwerpobjecten") == []
    (item,) = await found(backend, "klantcontacten")
    assert item["inhoud"].endswith("…\nZaak Z-9 (Parkeren) was nog niet aangemaakt.")
    assert len(item["inhoud"]) <= 1000


@pytest.mark.parametrize("eerst", ["contact", "zaak"])
async def test_a_zaak_that_is_made_after_a_refusal_stands_with_its_contact(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json], eerst: str
) -> None:
    geweigerd = aanmaken(backend, types, omschrijving="x" * 81)
    await outcome(client, geweigerd, "geweigerd")
    ended = contact(backend.klok(), vraag(zaak={"uuid": "", "identificatie": "", "opdracht": geweigerd["id"]}))
    fields = {"eerdere": [geweigerd["id"]], "contactopdracht": ended["id"]}
    if eerst == "contact":
        registered = await outcome(client, ended)
        backend.klok.advance(minutes=1)
        made = await outcome(client, aanmaken(backend, types, **fields))
    else:
        made = await outcome(client, aanmaken(backend, types, **fields))
        backend.klok.advance(minutes=1)
        registered = await outcome(client, ended)
    (onderwerp,) = await found(backend, "onderwerpobjecten")
    assert onderwerp["klantcontact"]["uuid"] == registered["klantcontacten"][0]
    assert onderwerp["onderwerpobjectidentificator"]["objectId"] == made["zaak"]


async def test_a_zaak_that_is_made_after_its_contact_was_registered_stands_with_it(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    """As after a crash that kept the contact, which named the command, and not the command."""
    later = aanmaken(backend, types)
    ended = contact(backend.klok(), vraag(zaak={"uuid": "", "identificatie": "", "opdracht": later["id"]}))
    later["gegevens"]["contactopdracht"] = ended["id"]
    registered = await outcome(client, ended)
    backend.klok.advance(minutes=1)
    made = await outcome(client, later)
    (onderwerp,) = await found(backend, "onderwerpobjecten")
    assert onderwerp["klantcontact"]["uuid"] == registered["klantcontacten"][0]
    assert onderwerp["onderwerpobjectidentificator"]["objectId"] == made["zaak"]


async def test_a_zaak_takes_no_contact_of_a_colleague_and_is_made_without_one_that_is_gone(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    geweigerd = aanmaken(backend, types, omschrijving="x" * 81)
    await outcome(client, geweigerd, "geweigerd")
    ended = contact(backend.klok(), vraag(zaak={"uuid": "", "identificatie": "", "opdracht": geweigerd["id"]}))
    (klantcontact,) = (await outcome(client, ended))["klantcontacten"]
    backend.klok.advance(minutes=1)
    fields = {"eerdere": [geweigerd["id"]], "contactopdracht": ended["id"]}
    collega = await backend.client_for("balie2")
    await outcome(collega, aanmaken(backend, types, **fields))
    assert await found(backend, "onderwerpobjecten") == []
    async with backend.db.write() as unit:
        await EmbeddedKlantinteracties().delete(unit, "klantcontacten", klantcontact)
    await outcome(client, aanmaken(backend, types, **fields))
    assert await found(backend, "onderwerpobjecten") == []
