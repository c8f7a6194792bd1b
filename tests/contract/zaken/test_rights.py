"""Who may see which zaken, and what the audit trail and the feed tell of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import select, update

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.feed.tables import WijzigingRow
from kcs_desktop.backend.standards.zaken.tables import Zaak
from kcs_desktop.domain.rechten import Recht
from tests.contract.documenten import fixtures as documenten
from tests.contract.zaken import fixtures as f
from tests.contract.zaken.spec import API, CRS
from tests.harness.backend import Backend, running_backend
from tests.harness.klok import Klok
from tests.harness.wachtenden import until_waiting

RECHTEN = "tic=openbaar; tweedelijn=zeer_geheim:parkeren; *=vertrouwelijk"


@pytest.fixture
async def narrowed(db: Database, klok: Klok) -> AsyncIterator[Backend]:
    async with running_backend(db, klok, zaakrechten=RECHTEN) as backend:
        yield backend


async def _numbers(client: httpx.AsyncClient, **asked: str) -> set[str]:
    answer = await client.get(f"{API}/zaken", params=asked)
    assert answer.status_code == 200, answer.text
    assert answer.json()["count"] == len(answer.json()["results"])
    return {item["identificatie"] for item in answer.json()["results"]}


async def test_each_sees_the_zaken_that_the_settings_give_the_role(narrowed: Backend) -> None:
    maker = await narrowed.application(zaken=Recht.WIJZIGEN)
    maker.headers.update(CRS)
    parkeren, uitrit = await f.make_types(maker), await f.make_types(maker, "uitrit")
    made = {
        naam: await f.make_zaak(maker, types, identificatie=naam, vertrouwelijkheidaanduiding=aanduiding)
        for naam, types, aanduiding in (
            ("OPEN", parkeren, "openbaar"),
            ("DICHT", parkeren, "geheim"),
            ("ANDERS", uitrit, "openbaar"),
            ("STIL", uitrit, "vertrouwelijk"),
        )
    }
    await f.post(maker, "rollen", f.initiator(parkeren, made["DICHT"]))
    tic, achter, balie = [await f.client_of(narrowed, rol) for rol in ("tic", "tweedelijn", "snelbalie")]
    assert await _numbers(maker) == set(made)
    assert await _numbers(tic) == {"OPEN", "ANDERS"}
    assert await _numbers(achter) == {"OPEN", "DICHT"}
    assert await _numbers(balie) == {"OPEN", "ANDERS", "STIL"}
    assert await _numbers(tic, identificatie__icontains="DICHT") == set()
    assert (await tic.get(f"{API}/rollen")).json()["count"] == 0
    assert (await achter.get(f"{API}/rollen")).json()["count"] == 1
    found = await tic.post(f"{API}/zaken/_zoek", json={"uuid__in": [zaak["uuid"] for zaak in made.values()]})
    assert found.json()["count"] == 2
    for answer in (
        await tic.get(made["DICHT"]["url"]),
        await tic.patch(made["DICHT"]["url"], json={"omschrijving": "x"}),
        await tic.delete(made["DICHT"]["url"]),
        await tic.post(f"{API}/rollen", json=f.behandelaar(parkeren, made["DICHT"])),
        await tic.post(f"{API}/zaken", json=f.zaak_body(parkeren, vertrouwelijkheidaanduiding="geheim")),
        await tic.patch(made["OPEN"]["url"], json={"vertrouwelijkheidaanduiding": "geheim"}),
        await tic.get(f"{API}/zaken/{made['DICHT']['uuid']}/zaakeigenschappen/{made['DICHT']['uuid']}"),
    ):
        assert answer.status_code in {403, 404}, answer.text
    assert await _numbers(achter, identificatie="DICHT") == {"DICHT"}


async def test_a_related_zaak_that_is_not_to_be_seen_is_not_expanded(narrowed: Backend) -> None:
    maker = await narrowed.application(zaken=Recht.WIJZIGEN)
    maker.headers.update(CRS)
    types = await f.make_types(maker)
    hoofd = await f.make_zaak(maker, types, vertrouwelijkheidaanduiding="geheim")
    deel = await f.make_zaak(maker, types, vertrouwelijkheidaanduiding="openbaar", hoofdzaak=hoofd["url"])
    tic = await f.client_of(narrowed, "tic")
    shown = (await tic.get(deel["url"], params={"expand": "hoofdzaak"})).json()
    assert shown["_expand"]["hoofdzaak"] is None


async def test_a_zaak_names_no_other_zaak_that_is_out_of_reach(narrowed: Backend) -> None:
    maker = await narrowed.application(zaken=Recht.WIJZIGEN)
    maker.headers.update(CRS)
    types = await f.make_types(maker)
    dicht, ook, open_ = [
        await f.make_zaak(maker, types, vertrouwelijkheidaanduiding=al) for al in ("geheim", "geheim", "openbaar")
    ]
    elders = "https://elders.example/zaken/api/v1/zaken/" + dicht["uuid"].replace("0", "1")
    relevant = [{"url": url, "aardRelatie": "vervolg"} for url in (dicht["url"], open_["url"], elders)]
    related = [{"url": url} for url in (dicht["url"], open_["url"])]
    fields = {"relevanteAndereZaken": relevant, "gerelateerdeZaken": related, "hoofdzaak": ook["url"]}
    made = await f.make_zaak(maker, types, vertrouwelijkheidaanduiding="openbaar", **fields)
    tic = await f.client_of(narrowed, "tic")
    for client, hoofd, named in (
        (maker, ook["url"], [dicht["url"], open_["url"], elders]),
        (tic, None, [open_["url"], elders]),
    ):
        listed = await client.get(f"{API}/zaken", params={"identificatie": made["identificatie"]})
        for zaak in ((await client.get(made["url"])).json(), *listed.json()["results"]):
            assert zaak["hoofdzaak"] == hoofd
            assert [al["url"] for al in zaak["relevanteAndereZaken"]] == named
            assert [al["url"] for al in zaak["gerelateerdeZaken"]] == named[:-1]
    kept = {"relevanteAndereZaken": relevant, "gerelateerdeZaken": related}  # as they stand there
    assert (await tic.patch(made["url"], json=kept)).status_code == 200
    assert len((await maker.get(made["url"])).json()["relevanteAndereZaken"]) == 3
    shown = (await tic.get(made["url"])).json()
    for change in (tic.patch, tic.put):  # what was not told is not taken away by writing what was
        changed = await change(made["url"], json={**shown, "gerelateerdeZaken": []})
        assert (changed.status_code, changed.json()["gerelateerdeZaken"]) == (200, []), changed.text
        now = (await maker.get(made["url"])).json()
        assert now["hoofdzaak"] == ook["url"]
        assert {al["url"] for al in now["relevanteAndereZaken"]} == {dicht["url"], open_["url"], elders}
        assert [al["url"] for al in now["gerelateerdeZaken"]] == [dicht["url"]]
    for field in kept:
        new = {field: [{"url": ook["url"], "aardRelatie": "vervolg"}]}
        assert (await tic.patch(open_["url"], json=new)).status_code == 403
        body = f.zaak_body(types, vertrouwelijkheidaanduiding="openbaar", **new)
        assert (await tic.post(f"{API}/zaken", json=body)).status_code == 403


async def test_what_a_colleague_adds_out_of_reach_while_another_writes_is_not_taken_away(narrowed: Backend) -> None:
    maker = await narrowed.application(zaken=Recht.WIJZIGEN)
    maker.headers.update(CRS)
    types = await f.make_types(maker)
    dicht = await f.make_zaak(maker, types, vertrouwelijkheidaanduiding="geheim")
    made = await f.make_zaak(maker, types, vertrouwelijkheidaanduiding="openbaar")
    tic = await f.client_of(narrowed, "tic")
    added = {"url": dicht["url"], "aardRelatie": "vervolg", "overigeRelatie": "", "toelichting": ""}
    async with narrowed.db.write() as unit:
        await unit.session.execute(update(Zaak).where(Zaak.uuid == made["uuid"]).values(relevante_andere_zaken=[added]))
        writing = asyncio.create_task(tic.patch(made["url"], json={"relevanteAndereZaken": []}))
        await until_waiting(narrowed.db)
    assert (await writing).status_code == 200
    assert [al["url"] for al in (await maker.get(made["url"])).json()["relevanteAndereZaken"]] == [dicht["url"]]


async def test_a_zaak_names_no_deelzaak_and_no_document_that_is_out_of_reach(narrowed: Backend) -> None:
    maker = await narrowed.application(zaken=Recht.WIJZIGEN, dossier=Recht.WIJZIGEN)
    maker.headers.update(CRS)
    types = await documenten.make_type(maker)
    hoofd = await f.make_zaak(maker, types, vertrouwelijkheidaanduiding="openbaar")
    links = {}
    for aanduiding in ("openbaar", "zeer_geheim"):
        await f.make_zaak(maker, types, hoofdzaak=hoofd["url"], vertrouwelijkheidaanduiding=aanduiding)
        document = await documenten.make_document(maker, types, vertrouwelijkheidaanduiding=aanduiding)
        body = {"zaak": hoofd["url"], "informatieobject": document["url"], "titel": aanduiding}
        links[aanduiding] = await f.post(maker, "zaakinformatieobjecten", body)
    balie = await f.client_of(narrowed)
    for client, seen in ((maker, {"openbaar", "zeer_geheim"}), (balie, {"openbaar"})):
        listed = (await client.get(f"{API}/zaakinformatieobjecten", params={"zaak": hoofd["url"]})).json()
        assert {link["titel"] for link in listed} == seen
        for answer in (
            await client.get(hoofd["url"], params={"expand": "zaakinformatieobjecten,deelzaken"}),
            await client.patch(hoofd["url"], json={"omschrijving": "Anders"}),
        ):
            zaak = answer.json()
            assert {*zaak["zaakinformatieobjecten"]} == {links[aanduiding]["url"] for aanduiding in seen}
            assert len(zaak["deelzaken"]) == len(seen)
            shown = zaak.get("_expand", {"zaakinformatieobjecten": listed})["zaakinformatieobjecten"]
            assert {link["titel"] for link in shown} == seen
    assert (await balie.get(links["zeer_geheim"]["url"])).status_code == 403


async def test_without_the_functie_nothing_is_seen_and_with_consulting_nothing_changed(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    zaak = await f.make_zaak(client, types)
    for rol in ("floormanager", "redacteur"):
        nobody = await f.client_of(backend, rol)
        assert (await nobody.get(f"{API}/zaken")).status_code == 403
        assert (await nobody.get(zaak["url"])).status_code == 403
    website = await backend.application(zaken=Recht.RAADPLEGEN)
    website.headers.update(CRS)
    assert (await website.get(zaak["url"])).status_code == 200
    for answer in (
        await website.post(f"{API}/zaken", json=f.zaak_body(types)),
        await website.post(f"{API}/zaaknummer_reserveren", json={"bronorganisatie": f.RSIN}),
        await website.post(f"{API}/zaak_registreren", json={}),
        await website.patch(zaak["url"], json={}),
        await website.delete(zaak["url"]),
    ):
        assert answer.status_code == 403


async def test_a_look_is_found_under_the_zaak_and_under_its_people(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    zaak = await f.make_zaak(client, types)
    other = await f.make_zaak(client, types)
    await f.post(client, "rollen", f.initiator(types, zaak))
    await client.get(zaak["url"])
    assert await f.looks(backend, "zaak", zaak["uuid"]) == ["geregistreerd", "geregistreerd", "geraadpleegd"]
    assert await f.looks(backend, "bsn", f.BSN) == ["geregistreerd", "geraadpleegd"]
    await client.get(f"{API}/zaken")
    assert (await f.looks(backend, "bsn", f.BSN))[-1] == "gezocht"
    assert (await f.looks(backend, "zaak", other["uuid"]))[-1] == "gezocht"
    await client.get(f"{API}/zaken", params={"rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": "999990019"})
    assert await f.looks(backend, "bsn", "999990019") == ["gezocht"]
    before = len(await f.looks(backend, "zaak", zaak["uuid"]))
    await client.post(f"{API}/statussen", json=f.status(types, "statustypen", zaak))
    assert len(await f.looks(backend, "zaak", zaak["uuid"])) == before + 1


async def test_the_feed_tells_of_the_zaak_and_the_partij_and_never_of_a_bsn(backend: Backend) -> None:
    client = await f.client_of(backend)
    partij = await _partij(client)
    types = await f.make_types(client)
    zaak = await f.make_zaak(client, types)
    await f.post(client, "rollen", f.initiator(types, zaak))
    await f.post(client, "statussen", f.status(types, "statustypen", zaak))
    told = await _told(backend)
    assert [(row.soort, row.handeling) for row in told] == [
        ("zaak", "gemaakt"),
        ("rol", "gemaakt"),
        ("zaak", "gewijzigd"),
        ("status", "gemaakt"),
        ("zaak", "gewijzigd"),
    ]
    assert {row.object_id for row in told if row.soort == "zaak"} == {zaak["uuid"]}
    assert partij in str(told[-1].onderwerpen)
    assert f.BSN not in str([(row.onderwerpen, row.object_id) for row in told])


async def test_a_zaak_that_is_registered_with_its_people_is_told_to_whom_shows_them(backend: Backend) -> None:
    client = await f.client_of(backend)
    partij = await _partij(client)
    types = await f.make_types(client)
    body = {
        "zaak": f.zaak_body(types),
        "rollen": [f.initiator(types)],
        "status": f.status(types, "statustypen"),
    }
    before, seen = len(await _told(backend)), len(await f.looks(backend, "bsn", f.BSN))
    made = (await client.post(f"{API}/zaak_registreren", json=body)).json()
    (told,) = [row for row in (await _told(backend))[before:] if row.soort == "zaak"]
    assert (told.object_id, told.handeling, told.onderwerpen) == (made["zaak"]["uuid"], "gemaakt", [partij])
    assert (await f.looks(backend, "bsn", f.BSN))[seen:] == ["geregistreerd"]


async def test_deelzaken_that_go_with_their_hoofdzaak_are_told_and_audited_each(backend: Backend) -> None:
    client = await f.client_of(backend)
    partij = await _partij(client)
    types = await f.make_types(client)
    hoofd = await f.make_zaak(client, types)
    keeper = await f.keeper_of(backend)
    delen = [await f.make_zaak(client, types, hoofdzaak=hoofd["url"]) for _ in range(2)]
    await f.post(client, "rollen", f.initiator(types, delen[1]))
    before = len(await _told(backend))
    assert (await keeper.delete(hoofd["url"])).status_code == 204
    assert {(row.object_id, row.handeling): row.onderwerpen for row in (await _told(backend))[before:]} == {
        (hoofd["uuid"], "verwijderd"): [],
        (delen[0]["uuid"], "verwijderd"): [],
        (delen[1]["uuid"], "verwijderd"): [partij],
    }
    for zaak in (hoofd, *delen):
        assert (await f.looks(backend, "zaak", zaak["uuid"]))[-1] == "verwijderd"
    assert (await f.looks(backend, "bsn", f.BSN))[-1] == "verwijderd"


async def test_a_hoofdzaak_does_not_go_where_a_deelzaak_of_it_may_not_be_seen(db: Database, klok: Klok) -> None:
    async with running_backend(db, klok, zaakrechten="toepassing=vertrouwelijk; *=zeer_geheim") as backend:
        maker = await f.client_of(backend)
        types = await f.make_types(maker)
        hoofd = await f.make_zaak(maker, types, vertrouwelijkheidaanduiding="openbaar")
        deel = await f.make_zaak(maker, types, vertrouwelijkheidaanduiding="geheim", hoofdzaak=hoofd["url"])
        keeper = await f.keeper_of(backend)
        assert (await keeper.delete(hoofd["url"])).status_code == 403
        assert (await maker.get(deel["url"])).json()["hoofdzaak"] == hoofd["url"]
        await maker.patch(deel["url"], json={"vertrouwelijkheidaanduiding": "openbaar"})
        assert (await keeper.delete(hoofd["url"])).status_code == 204


async def test_a_zaak_is_removed_by_who_keeps_them_and_not_by_who_works_with_them(backend: Backend) -> None:
    maker = await f.client_of(backend)
    types = await f.make_types(maker)
    zaak = await f.make_zaak(maker, types)
    rol = await f.post(maker, "rollen", f.initiator(types, zaak))
    website = await backend.application(zaken=Recht.WIJZIGEN)
    website.headers.update(CRS)
    for client in (maker, await f.client_of(backend, "receptie"), await f.client_of(backend, "beheerder"), website):
        answer = await client.delete(zaak["url"])
        assert (answer.status_code, answer.json()["code"]) == (403, "geen-recht")
    assert "verwijderd" not in await f.looks(backend, "zaak", zaak["uuid"])
    assert (await maker.delete(rol["url"])).status_code == 204, "a part of it is a change of it"
    assert (await (await f.keeper_of(backend)).delete(zaak["url"])).status_code == 204
    assert (await maker.get(zaak["url"])).status_code == 404


async def test_the_right_is_asked_before_anything_is_looked_up(narrowed: Backend) -> None:
    maker = await narrowed.application(zaken=Recht.WIJZIGEN)
    maker.headers.update(CRS)
    types = await f.make_types(maker)
    closed = await f.make_zaak(maker, types, vertrouwelijkheidaanduiding="geheim")
    nobody, balie = await f.client_of(narrowed, "floormanager"), await f.client_of(narrowed, "snelbalie")
    nowhere = f"{API}/zaken/019ac000-0000-7000-8000-000000000001/zaakeigenschappen"
    square = [[4.0, 52.0], [5.0, 52.0], [5.0, 53.0], [4.0, 53.0], [4.0, 52.0]]
    area = {"zaakgeometrie": {"within": {"type": "Polygon", "coordinates": [square]}}}
    for answer in (
        await nobody.get(nowhere),
        await nobody.post(nowhere, json={}),
        await nobody.delete(f"{nowhere}/{closed['uuid']}"),
        await nobody.post(f"{API}/zaken/_zoek", json=area),
        await balie.get(f"{API}/zaken/{closed['uuid']}/zaakeigenschappen"),
        await balie.post(f"{API}/zaken/{closed['uuid']}/zaakeigenschappen", json={}),
    ):
        assert answer.status_code == 403, answer.text
    assert (await balie.get(nowhere)).status_code == 404


async def _partij(client: httpx.AsyncClient) -> str:
    """The customer register knows the person of `fixtures.initiator`; the uuid of the partij."""
    identificator = {
        "codeObjecttype": "natuurlijk_persoon",
        "codeSoortObjectId": "bsn",
        "objectId": f.BSN,
        "codeRegister": "brp",
    }
    answer = await client.post(
        "/klantinteracties/api/v1/partijen",
        json={
            "soortPartij": "persoon",
            "indicatieActief": True,
            "partijIdentificatie": {"contactnaam": {"achternaam": "Test"}},
            "partijIdentificatoren": [{"partijIdentificator": identificator}],
        },
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["uuid"])


async def _told(backend: Backend) -> list[WijzigingRow]:
    """What the feed told of zaken and their parts."""
    wanted = WijzigingRow.soort.in_(("zaak", "rol", "status"))
    async with backend.db.read() as session:
        return list((await session.scalars(select(WijzigingRow).where(wanted).order_by(WijzigingRow.nr))).all())
