"""Zaken and the catalogue upstream read as the embedded ones do: our addresses, the employee's rights, the audit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import msgspec
import pytest
from sqlalchemy import select

from kcs_desktop.api.catalogi import read_vorm, read_zaaktypen
from kcs_desktop.api.client import Client
from kcs_desktop.api.zaken import find_zaken, find_zaken_at, read_zaak, read_zaken_of
from kcs_desktop.backend.audit.tables import AuditregelRow
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.domain.klant import KlantSleutel, SoortKlant
from kcs_desktop.domain.opdracht import Opdracht, ZaaknummerReserveren
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.uuid7 import new_id
from tests.doubles.openzaak import OpenZaak
from tests.harness.backend import BASE, Backend, running_backend
from tests.harness.klok import Klok
from tests.unit.backend.gateway.test_customer_picture import _Toegang

JOHANNA = "999990019"
ZAKEN, CATALOGI = "/zaken/api/v1", "/catalogi/api/v1"
BSN = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"
CRS = {"Accept-Crs": "EPSG:4326"}
RSIN = "002564440"


async def client_of(backend: Backend, *rollen: str, naam: str = "Test") -> httpx.AsyncClient:
    client = await backend.client_for(*(rollen or ("snelbalie",)), naam=naam)
    client.headers.update(CRS)
    return client


@pytest.fixture
async def seat(zaakgateway: Backend) -> AsyncIterator[Client]:
    antwoord = await zaakgateway.sign_in(await zaakgateway.account("Stoel", ["snelbalie"]), ["snelbalie"])
    client = Client(httpx.ASGITransport(cast(Any, zaakgateway.app), client=("127.0.0.1", 50000)))
    client.aim(BASE)
    client.toegang = _Toegang(antwoord.tokens.toegang)
    yield client
    await client.close()


def new_zaak(open_zaak: OpenZaak, aanduiding: str, bsn: str) -> dict[str, Any]:
    """A zaak of this person with this aanduiding, made at the server by somebody else."""
    zaaktype = open_zaak.get(f"{CATALOGI}/zaaktypen")["results"][0]
    roltypen = open_zaak.get(f"{CATALOGI}/roltypen", zaaktype=zaaktype["url"], omschrijvingGeneriek="initiator")
    body = {"bronorganisatie": RSIN, "verantwoordelijkeOrganisatie": RSIN, "zaaktype": zaaktype["url"]}
    body |= {"startdatum": "2026-11-02", "vertrouwelijkheidaanduiding": aanduiding}
    zaak: dict[str, Any] = open_zaak.request("POST", f"{ZAKEN}/zaken", body)
    rol = {"zaak": zaak["url"], "roltype": roltypen["results"][0]["url"], "roltoelichting": "x"}
    rol |= {"betrokkeneType": "natuurlijk_persoon", "betrokkeneIdentificatie": {"inpBsn": bsn}}
    open_zaak.request("POST", f"{ZAKEN}/rollen", rol)
    return zaak | {"identificatieVanType": zaaktype["identificatie"]}


async def audited(db: Database, bron: str = "zaken") -> list[tuple[str, str, str, bool, str, str]]:
    """(fase, soort, onderwerp, gelukt, reden, sleutels) of each line."""
    async with db.read() as session:
        rows = (await session.scalars(select(AuditregelRow).order_by(AuditregelRow.id))).all()
    return [
        (row.fase, row.onderwerp_soort, row.onderwerp, row.gelukt, row.reden, str(row.sleutels))
        for row in rows
        if row.bron == bron
    ]


async def test_the_seat_reads_zaken_and_their_catalogue_as_ever(seat: Client, open_zaak: OpenZaak) -> None:
    van_johanna = await read_zaken_of(seat, KlantSleutel(SoortKlant.PERSOON, bsn=JOHANNA))
    assert van_johanna.totaal == len(van_johanna.regels) >= 4
    assert all(regel.status and regel.verwijzing.zaaktype for regel in van_johanna.regels)
    oudste = van_johanna.regels[-1]  # of the proefgemeente: other tests make newer ones
    zaak = await read_zaak(seat, oudste.verwijzing.uuid)
    assert zaak.url == f"{BASE}{ZAKEN}/zaken/{zaak.regel.verwijzing.uuid}"
    assert len(zaak.stappen) >= 4
    assert any(stap.gezet_op for stap in zaak.stappen)
    assert any(rol.bsn == JOHANNA for rol in zaak.rollen)
    zaaktypen = await read_zaaktypen(seat, open_zaak.now().date())
    assert len(zaaktypen) >= 25
    vorm = await read_vorm(seat, zaaktypen[0])
    assert (len(vorm.statustypen) >= 4, bool(vorm.roltypen)) == (True, True)


async def test_every_address_is_ours_and_pages_are_followed_here(zaakgateway: Backend, open_zaak: OpenZaak) -> None:
    client = await client_of(zaakgateway)
    url: str | None = f"{BASE}{ZAKEN}/zaken?pageSize=40&ordering=-startdatum&expand=status,status.statustype"
    seen: list[str] = []
    total = 0
    while url:
        answer = await client.get(url)
        page = answer.json()
        seen += [row["url"] for row in page["results"]]
        url, total = page["next"], page["count"]
        assert open_zaak.host not in answer.text
        assert all(row["zaaktype"].startswith(f"{BASE}{CATALOGI}/zaaktypen/") for row in page["results"])
        assert all("rollen" not in row["_expand"] for row in page["results"]), "asked for the audit trail only"
        assert "etag" not in answer.headers
    assert len(seen) == len(set(seen)) == total > 40
    assert (answer.headers["api-version"], answer.headers["content-crs"]) == ("1.5.1", "EPSG:4326")


async def test_the_zaken_at_a_place_are_found_within_the_rights_of_who_asks(
    zaakgateway: Backend, seat: Client, open_zaak: OpenZaak, bsn: str
) -> None:
    lon, lat = 3.0 + int(bsn[-5:]) / 1000, 52.5  # of this test alone
    punt = {"type": "Point", "coordinates": [lon, lat]}
    openbaar, geheim = (new_zaak(open_zaak, al, bsn) for al in ("openbaar", "zeer_geheim"))
    for zaak in (openbaar, geheim):
        open_zaak.request("PATCH", f"{ZAKEN}/zaken/{zaak['uuid']}", {"zaakgeometrie": punt})
    pagina = await find_zaken_at(seat, (lon + 0.0001, lat + 0.0001), {"einddatum__isnull": "true"})
    assert [regel.verwijzing.uuid for regel in pagina.regels] == [openbaar["uuid"]]
    assert pagina.regels[0].verwijzing.zaaktype
    assert (await find_zaken_at(seat, (lon + 0.0007, lat), {})).regels == ()
    lines = await audited(zaakgateway.db)
    assert any(
        fase == "uitkomst" and openbaar["uuid"] in sleutels + onderwerp for fase, _, onderwerp, *_, sleutels in lines
    )
    client = await client_of(zaakgateway)
    client.headers["Content-Crs"] = "EPSG:4326"
    refused = await client.post(f"{ZAKEN}/zaken/_zoek", json={"zaakgeometrie": {"within": {"type": "Point"}}})
    assert (refused.status_code, refused.json()["invalidParams"][0]["name"]) == (400, "zaakgeometrie.within")


@pytest.mark.parametrize("calls_itself", ["", "https://open-zaak.gemeente.example", "http://intern:8000/oz"])
async def test_filters_by_address_find_what_they_name(
    zaakgateway: Backend, open_zaak: OpenZaak, calls_itself: str
) -> None:
    """The server knows only the addresses that it gives itself, also the first time it is asked."""
    zaak = open_zaak.get(f"{ZAKEN}/zaken", **{BSN: JOHANNA})["results"][0]
    statustypen = open_zaak.get(f"{CATALOGI}/statustypen", zaaktype=zaak["zaaktype"])["count"]
    open_zaak.calls_itself = calls_itself
    client = await client_of(zaakgateway)
    zaak_uuid, zaaktype_uuid = zaak["url"].rsplit("/", 1)[1], zaak["zaaktype"].rsplit("/", 1)[1]
    for start in (BASE, ""):  # a seat may know the path only
        found = await client.get(f"{ZAKEN}/statussen", params={"zaak": f"{start}{ZAKEN}/zaken/{zaak_uuid}"})
        assert found.json()["count"] >= 1
        asked = {"zaaktype": f"{start}{CATALOGI}/zaaktypen/{zaaktype_uuid}"}
        found = await client.get(f"{CATALOGI}/statustypen", params=asked)
        assert found.json()["count"] == statustypen > 1
        assert "open-zaak.gemeente.example" not in found.text
    rollen = await client.get(f"{ZAKEN}/zaken/{zaak_uuid}", params={"expand": "rollen"})
    assert rollen.json()["zaaktype"] == f"{BASE}{CATALOGI}/zaaktypen/{zaaktype_uuid}"


@pytest.mark.parametrize("calls_itself", ["", "http://intern:8000/oz"])
async def test_an_object_under_another_teaches_the_same_addresses(
    zaakgateway: Backend, open_zaak: OpenZaak, bsn: str, calls_itself: str
) -> None:
    zaak = new_zaak(open_zaak, "openbaar", bsn)
    eigenschap = open_zaak.get(f"{CATALOGI}/eigenschappen", zaaktype=zaak["zaaktype"])["results"][0]["url"]
    body = {"zaak": zaak["url"], "eigenschap": eigenschap, "waarde": "2026-11-24T14:05:00"}
    open_zaak.request("POST", f"{ZAKEN}/zaken/{zaak['uuid']}/zaakeigenschappen", body)
    open_zaak.calls_itself = calls_itself
    client = await client_of(zaakgateway)
    (found,) = (await client.get(f"{ZAKEN}/zaken/{zaak['uuid']}/zaakeigenschappen")).json()
    ours = f"{BASE}{ZAKEN}/zaken/{zaak['uuid']}"
    assert (found["zaak"], found["url"].rpartition("/")[0]) == (ours, f"{ours}/zaakeigenschappen")
    assert (await client.get(f"{ZAKEN}/rollen", params={"zaak": ours})).json()["count"] == 1


async def test_each_employee_is_known_there_by_name(zaakgateway: Backend, open_zaak: OpenZaak) -> None:
    for naam in ("Sanne", "Kees"):
        await (await client_of(zaakgateway, naam=naam)).get(f"{ZAKEN}/zaken", params={"pageSize": "1"})
    claims = [one.claims for one in open_zaak.requests("GET", f"{ZAKEN}/zaken") if one.path.endswith("/zaken")]
    assert [(one["user_id"], one["user_representation"]) for one in claims] == [
        ("sanne-snelbalie", "Sanne"),
        ("kees-snelbalie", "Kees"),
    ]
    assert {one["exp"] - one["iat"] for one in claims} == {360}


async def test_a_zaak_above_the_role_is_not_in_lists_and_refused_by_itself(
    zaakgateway: Backend, open_zaak: OpenZaak, bsn: str
) -> None:
    geheim, gewoon = (new_zaak(open_zaak, aanduiding, bsn) for aanduiding in ("geheim", "openbaar"))
    client = await client_of(zaakgateway)
    page = (await client.get(f"{ZAKEN}/zaken", params={BSN: bsn})).json()
    assert [row["identificatie"] for row in page["results"]] == [gewoon["identificatie"]]
    assert page["count"] == 1
    uuid = geheim["uuid"]
    answer = await client.get(f"{ZAKEN}/zaken/{uuid}")
    assert answer.status_code == 403
    assert geheim["identificatie"] not in answer.text
    rollen = await client.get(f"{ZAKEN}/rollen", params={"zaak": f"{BASE}{ZAKEN}/zaken/{uuid}"})
    assert (rollen.json()["results"], rollen.json()["count"]) == ([], 0)
    rol = open_zaak.get(f"{ZAKEN}/rollen", zaak=geheim["url"])["results"][0]["uuid"]
    assert (await client.get(f"{ZAKEN}/rollen/{rol}")).status_code == 403
    refused = [line for line in await audited(zaakgateway.db) if line[2] == uuid and not line[3]]
    assert refused[0][4] == "geen-recht"
    application = await zaakgateway.application(zaken=Recht.RAADPLEGEN)
    assert (await application.get(f"{ZAKEN}/zaken/{uuid}", headers=CRS)).status_code == 200


async def test_a_zaak_names_no_deelzaak_above_the_role(zaakgateway: Backend, open_zaak: OpenZaak, bsn: str) -> None:
    hoofdzaak, open_, geheim = (new_zaak(open_zaak, al, bsn) for al in ("openbaar", "openbaar", "zeer_geheim"))
    for deel in (open_, geheim):
        open_zaak.request("PATCH", f"{ZAKEN}/zaken/{deel['uuid']}", {"hoofdzaak": hoofdzaak["url"]})
    website = await zaakgateway.application(zaken=Recht.RAADPLEGEN)
    website.headers.update(CRS)
    for client, expected in (
        (await client_of(zaakgateway), {open_["uuid"]}),
        (website, {open_["uuid"], geheim["uuid"]}),
    ):
        one = (await client.get(f"{ZAKEN}/zaken/{hoofdzaak['uuid']}")).json()
        page = (await client.get(f"{ZAKEN}/zaken", params={BSN: bsn})).json()
        (listed,) = [row for row in page["results"] if row["uuid"] == hoofdzaak["uuid"]]
        for row in (one, listed):
            assert {url.rsplit("/", 1)[1] for url in row["deelzaken"]} == expected


async def test_a_zaak_names_no_other_zaak_above_the_role(zaakgateway: Backend, open_zaak: OpenZaak, bsn: str) -> None:
    geheim, open_, zaak = (new_zaak(open_zaak, al, bsn) for al in ("zeer_geheim", "openbaar", "openbaar"))
    elsewhere = f"https://elders.test/zaken/{geheim['uuid']}"
    related = [{"url": al, "aardRelatie": "vervolg"} for al in (geheim["url"], open_["url"], elsewhere)]
    changed = {"hoofdzaak": geheim["url"], "relevanteAndereZaken": related}
    open_zaak.request("PATCH", f"{ZAKEN}/zaken/{zaak['uuid']}", changed)
    website = await zaakgateway.application(zaken=Recht.RAADPLEGEN)
    website.headers.update(CRS)
    here = [f"{BASE}{ZAKEN}/zaken/{al['uuid']}" for al in (geheim, open_)]
    for client, hoofdzaak, others in (
        (await client_of(zaakgateway), None, [here[1], elsewhere]),
        (website, here[0], [*here, elsewhere]),
    ):
        found = (await client.get(f"{ZAKEN}/zaken/{zaak['uuid']}")).json()
        assert found["hoofdzaak"] == hoofdzaak
        assert [al["url"] for al in found["relevanteAndereZaken"]] == others


@pytest.mark.parametrize("calls_itself", ["", "http://intern:8000/oz"])
async def test_the_first_search_names_no_other_zaak_above_the_role(
    zaakgateway: Backend, open_zaak: OpenZaak, bsn: str, calls_itself: str
) -> None:
    """What the server calls itself is known by then."""
    lon, lat = 4.0 + int(bsn[-5:]) / 1000, 51.5  # of this test alone
    geheim, zaak = (new_zaak(open_zaak, al, bsn) for al in ("zeer_geheim", "openbaar"))
    deel = new_zaak(open_zaak, "zeer_geheim", bsn)
    punt = {"type": "Point", "coordinates": [lon, lat]}
    related = [{"url": geheim["url"], "aardRelatie": "vervolg"}]
    changed = {"zaakgeometrie": punt, "relevanteAndereZaken": related}
    open_zaak.request("PATCH", f"{ZAKEN}/zaken/{zaak['uuid']}", changed)
    open_zaak.request("PATCH", f"{ZAKEN}/zaken/{deel['uuid']}", {"hoofdzaak": zaak["url"]})
    open_zaak.calls_itself = calls_itself
    client = await client_of(zaakgateway)
    client.headers["Content-Crs"] = "EPSG:4326"
    ring = [[lon - 0.001, lat - 0.001], [lon + 0.001, lat - 0.001], [lon, lat + 0.001], [lon - 0.001, lat - 0.001]]
    body = {"zaakgeometrie": {"within": {"type": "Polygon", "coordinates": [ring]}}}
    (found,) = (await client.post(f"{ZAKEN}/zaken/_zoek", json=body)).json()["results"]
    assert (found["relevanteAndereZaken"], found["deelzaken"]) == ([], [])
    assert found["url"] == f"{BASE}{ZAKEN}/zaken/{zaak['uuid']}"


async def test_no_count_and_no_next_page_tells_of_a_zaak_that_is_not_to_be_seen(
    zaakgateway: Backend, open_zaak: OpenZaak, db: Database, klok: Klok, bsn: str
) -> None:
    for aanduiding in ("zeer_geheim", "zeer_geheim", "openbaar", "zeer_geheim"):
        gewoon = new_zaak(open_zaak, aanduiding, bsn)
    client = await client_of(zaakgateway)
    rollen = BSN.removeprefix("rol__")
    for size in ("1", "2", "100"):
        page = (await client.get(f"{ZAKEN}/rollen", params={rollen: bsn, "pageSize": size})).json()
        assert (page["count"], len(page["results"]), page["next"]) == (1, 1, None), size
    beyond = await client.get(f"{ZAKEN}/rollen", params={rollen: bsn, "pageSize": "1", "page": "2"})
    assert beyond.status_code == 404
    rechten = "snelbalie=zeer_geheim:anders"
    async with running_backend(db, klok, registers=open_zaak.settings(), zaakrechten=rechten) as narrowed:
        asked = {BSN: bsn, "pageSize": "1"}
        page = (await (await client_of(narrowed, naam="Ander")).get(f"{ZAKEN}/zaken", params=asked)).json()
        assert (page["count"], page["results"], page["next"]) == (0, [], None), gewoon["identificatie"]


async def test_a_role_with_a_few_zaaktypen_sees_only_those(
    open_zaak: OpenZaak, db: Database, klok: Klok, bsn: str
) -> None:
    mag = new_zaak(open_zaak, "openbaar", bsn)
    ander = open_zaak.get(f"{CATALOGI}/zaaktypen")["results"][1]
    body = {"bronorganisatie": RSIN, "verantwoordelijkeOrganisatie": RSIN, "zaaktype": ander["url"]}
    open_zaak.request("POST", f"{ZAKEN}/zaken", {**body, "startdatum": "2026-11-02"})
    rechten = f"snelbalie=openbaar:{mag['identificatieVanType']}"
    async with running_backend(db, klok, registers=open_zaak.settings(), zaakrechten=rechten) as backend:
        rows = (await (await client_of(backend)).get(f"{ZAKEN}/zaken?pageSize=500")).json()["results"]
        assert {row["zaaktype"].rsplit("/", 1)[1] for row in rows} == {mag["zaaktype"].rsplit("/", 1)[1]}
        assert {row["vertrouwelijkheidaanduiding"] for row in rows} == {"openbaar"}


async def test_a_look_stands_under_the_zaak_and_under_its_people(
    zaakgateway: Backend, open_zaak: OpenZaak, bsn: str
) -> None:
    zaak = new_zaak(open_zaak, "openbaar", bsn)
    client = await client_of(zaakgateway)
    await client.get(f"{ZAKEN}/zaken", params={BSN: bsn})
    await client.get(f"{ZAKEN}/zaken/{zaak['uuid']}")
    await client.get(f"{ZAKEN}/statussen", params={"zaak": f"{BASE}{ZAKEN}/zaken/{zaak['uuid']}"})
    await client.get(f"{ZAKEN}/zaken/{zaak['uuid']}/zaakeigenschappen")
    lines = await audited(zaakgateway.db)
    assert [line[:3] for line in lines if line[0] == "voornemen"] == [
        ("voornemen", "bsn", bsn),
        ("voornemen", "zaak", zaak["uuid"]),
        ("voornemen", "zaak", zaak["uuid"]),
        ("voornemen", "", ""),
    ]
    outcomes = [line for line in lines if line[0] == "uitkomst"]
    assert [line[1] for line in outcomes] == ["bsn", "zaak", "zaak", ""]
    assert zaak["uuid"] in outcomes[0][5]
    assert bsn in outcomes[1][5]
    assert await audited(zaakgateway.db, "catalogi") == []


async def test_who_may_not_see_zaken_is_refused_and_nothing_is_asked(zaakgateway: Backend, open_zaak: OpenZaak) -> None:
    client = await zaakgateway.application()
    client.headers.update(CRS)
    for path in (f"{ZAKEN}/zaken", f"{CATALOGI}/zaaktypen", "/documenten/api/v1/enkelvoudiginformatieobjecten"):
        assert (await client.get(path)).status_code == 403
    assert open_zaak.asked == []


async def test_writes_and_what_is_no_address_of_the_standard_are_never_passed_on(
    zaakgateway: Backend, open_zaak: OpenZaak
) -> None:
    client = await zaakgateway.application(zaken=Recht.WIJZIGEN, dossier=Recht.WIJZIGEN)
    client.headers.update(CRS)
    for method, path in (
        ("POST", f"{ZAKEN}/zaken"),
        ("PATCH", f"{ZAKEN}/zaken/1"),
        ("POST", f"{ZAKEN}/zaken/1/zaakeigenschappen"),
        ("POST", f"{CATALOGI}/zaaktypen/1/publish"),
        ("DELETE", "/documenten/api/v1/enkelvoudiginformatieobjecten/1"),
    ):
        answer = await client.request(method, path, json={})
        assert (answer.status_code, answer.json()["code"]) == (405, "register-alleen-lezen"), path
    for path in ("/besluiten", "/zaken/1", "/zaken/1/zaakeigenschappen", "/zaken/..%2Fgeheim"):
        assert (await client.get(ZAKEN + path)).status_code == 404, path
    assert (await client.get(f"{ZAKEN}/zaken", params={"expand": "hoofdzaak"})).status_code == 400
    assert open_zaak.asked == []


async def test_the_system_of_coordinates_is_asked_here_as_well(zaakgateway: Backend, open_zaak: OpenZaak) -> None:
    client = await zaakgateway.client_for()
    assert (await client.get(f"{ZAKEN}/zaken")).status_code == 412
    assert (await client.get(f"{ZAKEN}/zaken", headers={"Accept-Crs": "EPSG:28992"})).status_code == 406
    assert open_zaak.asked == []


async def test_what_the_server_refuses_in_the_question_is_told(zaakgateway: Backend) -> None:
    answer = await (await client_of(zaakgateway)).get(f"{ZAKEN}/zaken", params={"onbekend": "1"})
    assert (answer.status_code, answer.json()["invalidParams"][0]["name"]) == (400, "onbekend")
    absent = await (await client_of(zaakgateway)).get(f"{ZAKEN}/zaken/0192d3a4-0000-7000-8000-000000000001")
    assert absent.status_code == 404


async def test_a_search_by_number_passes(seat: Client, open_zaak: OpenZaak) -> None:
    nummer = open_zaak.get(f"{ZAKEN}/zaken", **{BSN: JOHANNA})["results"][0]["identificatie"]
    found = await find_zaken(seat, {"identificatie__icontains": nummer[-6:]})
    assert nummer in {regel.verwijzing.identificatie for regel in found.regels}


async def test_a_command_on_zaken_elsewhere_goes_there(zaakgateway: Backend, open_zaak: OpenZaak) -> None:
    """A zaak in our own tables would be seen by nobody."""
    zaaktype = open_zaak.get(f"{CATALOGI}/zaaktypen")["results"][0]["url"].rsplit("/", 1)[1]
    now = zaakgateway.klok()
    opdracht = Opdracht(new_id(now), ZaaknummerReserveren(zaaktype), now)
    client = await client_of(zaakgateway)
    answer = await client.post("/kcs/api/v1/opdrachten", json=msgspec.to_builtins(opdracht))
    assert answer.json()["stand"] == "geslaagd", answer.text
    assert open_zaak.count("POST", "/zaaknummer_reserveren") == 1


async def test_zaken_are_of_the_organisation_that_the_settings_name(
    open_zaak: OpenZaak, db: Database, klok: Klok
) -> None:
    zaaktype = open_zaak.get(f"{CATALOGI}/zaaktypen")["results"][0]["url"].rsplit("/", 1)[1]
    named = msgspec.structs.replace(open_zaak.settings()["zaken"], bronorganisatie="517439943")
    async with running_backend(db, klok, registers={**open_zaak.settings(), "zaken": named}) as backend:
        opdracht = Opdracht(new_id(klok()), ZaaknummerReserveren(zaaktype), klok())
        client = await client_of(backend)
        answer = await client.post("/kcs/api/v1/opdrachten", json=msgspec.to_builtins(opdracht))
    assert answer.json()["stand"] == "geslaagd", answer.text
    (asked,) = open_zaak.requests("POST", "/zaaknummer_reserveren")
    assert msgspec.json.decode(asked.body) == {"bronorganisatie": "517439943"}
