"""A command that comes again to a backend which no longer knows it, as after a backup was put back: the registers
elsewhere have what it made, with what others did since. Nothing is made twice and nothing of theirs is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from sqlalchemy import delete

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.gateway.schrijven.register import merk_of
from kcs_desktop.backend.opdrachten.tables import OpdrachtRow, StapRow
from tests.doubles.openklant import OpenKlant
from tests.doubles.openzaak import OpenZaak, running_open_zaak
from tests.doubles.register import Wrong
from tests.harness.backend import Backend, running_backend
from tests.harness.klok import Klok
from tests.unit.backend.gateway.test_zaak_elders import ZAKEN, catalogue_at, settled
from tests.unit.backend.opdrachten.bouwen import URL, contact, opdracht, persoon, vraag
from tests.unit.backend.opdrachten.zaken import aanmaken, outcome, reserveren

Json = dict[str, Any]
KLANT = "/klantinteracties/api/v1"
VAN_EEN_CONTACT = (
    *("klantcontacten", "betrokkenen", "onderwerpobjecten", "actorklantcontacten"),
    *("internetaken", "digitaleadressen", "partijen", "actoren"),
)


@pytest.fixture
def open_zaak(klok: Klok) -> Iterator[OpenZaak]:
    """With the clock of the backend, which goes on."""
    with running_open_zaak(klok) as double:
        yield double


@pytest.fixture
async def backend(open_zaak: OpenZaak, db: Database, klok: Klok) -> AsyncIterator[Backend]:
    async with running_backend(db, klok, registers=open_zaak.settings()) as made:
        yield made


@pytest.fixture
async def types(open_zaak: OpenZaak) -> AsyncIterator[Json]:
    async with catalogue_at(open_zaak) as made:
        yield made


async def forget(backend: Backend, *opdrachten: Json) -> None:
    """As a backup of before these commands does."""
    for body in opdrachten:
        async with backend.db.write() as unit:
            await unit.session.execute(delete(StapRow).where(StapRow.opdracht == body["id"]))
            await unit.session.execute(delete(OpdrachtRow).where(OpdrachtRow.id == body["id"]))


def parts(open_zaak: OpenZaak, zaak: Json) -> Json:
    own = {name: open_zaak.get(f"{ZAKEN}/{name}", zaak=zaak["url"])["count"] for name in ("statussen", "rollen")}
    return own | {"zaakeigenschappen": len(open_zaak.get(f"{ZAKEN}/zaken/{zaak['uuid']}/zaakeigenschappen"))}


def worked_on(open_zaak: OpenZaak, zaak: Json, klok: Klok) -> Json:
    """Its handler set the next status, at the register; the zaak as it is then."""
    steps = open_zaak.get("/catalogi/api/v1/statustypen", zaaktype=zaak["zaaktype"])["results"]
    second = sorted(steps, key=lambda step: int(step["volgnummer"]))[1]
    klok.advance(60)
    given = {"zaak": zaak["url"], "statustype": second["url"], "datumStatusGezet": klok().isoformat()}
    open_zaak.request("POST", f"{ZAKEN}/statussen", given)
    klok.advance(60)
    found: Json = open_zaak.get(f"{ZAKEN}/zaken/{zaak['uuid']}")
    return found


def zaak_of(open_zaak: OpenZaak, resultaat: Json) -> Json:
    found: Json = open_zaak.get(f"{ZAKEN}/zaken/{resultaat['zaak']}")
    return found


@pytest.mark.parametrize("is_known", [True, False])
async def test_a_zaak_that_its_handler_works_on_stays_as_it_is(
    backend: Backend, open_zaak: OpenZaak, types: Json, klok: Klok, bsn: str, *, is_known: bool
) -> None:
    client = await backend.client_for("snelbalie", naam="Anna")
    who = {"klant": persoon(bsn)} if is_known else {}
    body = aanmaken(backend, types, **who)
    first = await outcome(client, body)
    zaak = worked_on(open_zaak, zaak_of(open_zaak, first), klok)
    before, all_zaken = parts(open_zaak, zaak), open_zaak.get(f"{ZAKEN}/zaken")["count"]
    assert merk_of(body["id"]) in zaak["kenmerken"]
    await forget(backend, body)
    again = await outcome(client, body)
    assert (again["zaak"], again["nummer"]) == (first["zaak"], first["nummer"])
    assert parts(open_zaak, zaak) == before
    assert zaak_of(open_zaak, first)["status"] == zaak["status"]
    assert open_zaak.get(f"{ZAKEN}/zaken")["count"] == all_zaken
    assert open_zaak.requests("DELETE") == []


async def test_a_zaak_that_was_ordered_without_a_network_is_found_by_its_command(
    backend: Backend, open_zaak: OpenZaak, types: Json, bsn: str
) -> None:
    """It names its reservation, and after the backup that gives another number."""
    client = await backend.client_for("snelbalie", naam="Anna")
    reservering = reserveren(backend, types)
    await outcome(client, reservering)
    body = aanmaken(backend, types, klant=persoon(bsn), reservering=reservering["id"])
    first = await outcome(client, body)
    all_zaken = open_zaak.get(f"{ZAKEN}/zaken")["count"]
    await forget(backend, body, reservering)
    await outcome(client, reservering)
    assert await outcome(client, body) == first
    assert open_zaak.get(f"{ZAKEN}/zaken")["count"] == all_zaken


async def test_the_number_of_a_zaak_gives_nobody_a_hold_on_it(
    backend: Backend, open_zaak: OpenZaak, types: Json, bsn: str
) -> None:
    first = (await settled(backend, aanmaken(backend, types, klant=persoon(bsn))))["resultaat"]
    before = parts(open_zaak, zaak_of(open_zaak, first))
    client = await backend.client_for("snelbalie", naam="Bram")
    other = await outcome(client, aanmaken(backend, types, klant=persoon("999990019"), nummer=first["nummer"]))
    assert other["zaak"] != first["zaak"]
    assert other["nummer"] != first["nummer"]
    assert parts(open_zaak, zaak_of(open_zaak, first)) == before


async def test_a_command_that_is_refused_takes_no_zaak_away_that_somebody_worked_on(
    backend: Backend, open_zaak: OpenZaak, types: Json, klok: Klok, bsn: str
) -> None:
    client = await backend.client_for("snelbalie", naam="Anna")
    body = aanmaken(backend, types, klant=persoon(bsn))
    before = {zaak["uuid"] for zaak in open_zaak.get(f"{ZAKEN}/zaken")["results"]}
    for _ in range(3):
        open_zaak.wrong(Wrong.CUT_BEFORE, "POST", "/rollen")
    assert (await client.post(URL, json=body)).status_code == 502
    [zaak] = [one for one in open_zaak.get(f"{ZAKEN}/zaken")["results"] if one["uuid"] not in before]
    worked_on(open_zaak, zaak, klok)
    rol = open_zaak.get("/catalogi/api/v1/roltypen", zaaktype=zaak["zaaktype"], omschrijvingGeneriek="initiator")
    own = {"betrokkeneType": "natuurlijk_persoon", "betrokkeneIdentificatie": {"inpBsn": "999990019"}}
    given = {"zaak": zaak["url"], "roltype": rol["results"][0]["url"], "roltoelichting": "", **own}
    open_zaak.request("POST", f"{ZAKEN}/rollen", given)  # and there is one initiator: ours is refused
    open_zaak.reset()
    made = await settled(backend, body)
    assert made["stand"] == "geweigerd", made
    assert "de zaak" in made["fout"]["detail"]
    assert open_zaak.requests("DELETE") == []
    assert open_zaak.get(f"{ZAKEN}/zaken/{zaak['uuid']}")["identificatie"] == zaak["identificatie"]


@pytest.mark.parametrize("is_known", [True, False])
async def test_a_contact_and_its_callback_note_stand_once(
    open_klant: OpenKlant, db: Database, klok: Klok, bsn: str, *, is_known: bool
) -> None:
    """Also where the customer had still to be made, the first time: the numbers do not depend on that."""
    vragen = vraag(product="Paspoort", terugbelverzoek={"afdeling": "Burgerzaken", "telefoonnummer": "0612345678"})
    adressen = [{"soort": "email", "adres": "a@example.nl"}]

    def counts() -> Counter[str]:
        return Counter({name: open_klant.get(f"{KLANT}/{name}")["count"] for name in VAN_EEN_CONTACT})

    async with running_backend(db, klok, registers=open_klant.settings()) as backend:
        client = await backend.client_for("snelbalie", naam="Anna")
        if is_known:
            await outcome(client, contact(klok(), vragen, klant=persoon(bsn)))
        body = contact(klok(), vragen, klant=persoon(bsn), digitale_adressen=adressen)
        first = await outcome(client, body)
        # A colleague corrects the note meanwhile.
        uuid = first["klantcontacten"][0]
        open_klant.request("PATCH", f"{KLANT}/klantcontacten/{uuid}", {"inhoud": "Gecorrigeerd"})
        poging = {"type": "terugbelnotitie.poging", "notitie": first["internetaken"][0], "resultaat": "niet_bereikt"}
        attempt = opdracht(klok(), {**poging, "op": klok().isoformat(), "toelichting": "Geen gehoor"})
        await outcome(client, attempt)
        before = counts()
        await forget(backend, body, attempt)
        again = await outcome(client, body)
        await outcome(client, attempt)
        assert (again["klantcontacten"], again["internetaken"]) == (first["klantcontacten"], first["internetaken"])
        assert counts() == before
        assert open_klant.get(f"{KLANT}/klantcontacten/{uuid}")["inhoud"] == "Gecorrigeerd"
