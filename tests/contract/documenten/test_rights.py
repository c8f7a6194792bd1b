"""Who may see which documents, and what the audit trail and the feed tell of them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.feed.tables import WijzigingRow
from kcs_desktop.domain.rechten import Recht
from tests.contract.documenten import fixtures as f
from tests.contract.documenten.spec import API, EIO
from tests.contract.zaken import fixtures as zaken
from tests.contract.zaken.spec import API as ZAKEN
from tests.contract.zaken.spec import CRS
from tests.harness.backend import Backend, running_backend
from tests.harness.klok import Klok

RECHTEN = "tic=openbaar; tweedelijn=zeer_geheim:parkeren; *=vertrouwelijk"


@pytest.fixture
async def narrowed(db: Database, klok: Klok) -> AsyncIterator[Backend]:
    async with running_backend(db, klok, zaakrechten=RECHTEN) as backend:
        yield backend


async def test_each_sees_the_documents_that_the_settings_give_the_role(narrowed: Backend) -> None:
    maker = await narrowed.application(zaken=Recht.WIJZIGEN, dossier=Recht.WIJZIGEN)
    maker.headers.update(CRS)
    parkeren, uitrit = await f.make_type(maker), await f.make_type(maker, "uitrit")
    made = {}
    for titel, types, aanduiding in (
        ("OPEN", parkeren, "openbaar"),
        ("DICHT", parkeren, "geheim"),
        ("ANDERS", uitrit, "openbaar"),
        ("STIL", uitrit, "vertrouwelijk"),
        ("LOS", None, "openbaar"),
    ):
        fields = {"titel": titel, "vertrouwelijkheidaanduiding": aanduiding}
        made[titel] = await f.make_document(maker, types or parkeren, **fields)
        if types is not None:
            zaak = await zaken.make_zaak(maker, types, vertrouwelijkheidaanduiding="openbaar")
            await f.link(maker, zaak, made[titel])
    tic, achter, balie = [await f.client_of(narrowed, rol) for rol in ("tic", "tweedelijn", "balie2")]
    assert set(await f.found(maker)) == set(made)
    assert set(await f.found(tic)) == {"OPEN", "ANDERS", "LOS"}
    assert set(await f.found(achter)) == {"OPEN", "DICHT", "LOS"}
    assert set(await f.found(balie)) == {"OPEN", "ANDERS", "STIL", "LOS"}
    assert len((await tic.get(f"{API}/objectinformatieobjecten")).json()) == 2
    secret = made["DICHT"]
    large = await f.make_document(maker, parkeren, vertrouwelijkheidaanduiding="geheim", inhoud=None, bestandsomvang=5)
    for answer in (
        await balie.get(secret["url"]),
        await f.download(balie, secret),
        await balie.post(f"{secret['url']}/lock"),
        await balie.patch(secret["url"], json={"titel": "x"}),
        await balie.delete(secret["url"]),
        await f.unlock(balie, large, large["lock"]),
        await f.put_part(balie, large["bestandsdelen"][0], b"12345", large["lock"]),
        await balie.post(f"{API}{EIO}", json=f.document(parkeren, vertrouwelijkheidaanduiding="geheim", titel="Nieuw")),
    ):
        assert answer.status_code == 403, answer.text
    key = await f.lock(balie, made["OPEN"])
    higher = {"vertrouwelijkheidaanduiding": "geheim", "lock": key}
    assert (await balie.patch(made["OPEN"]["url"], json=higher)).status_code == 403
    assert (await f.download(achter, secret)).content == f.INHOUD


async def test_a_document_out_of_reach_does_not_come_into_it_by_a_link_to_a_zaak(narrowed: Backend) -> None:
    maker = await narrowed.application(zaken=Recht.WIJZIGEN, dossier=Recht.WIJZIGEN)
    maker.headers.update(CRS)
    parkeren, uitrit = await f.make_type(maker), await f.make_type(maker, "uitrit")
    own, other = await zaken.make_zaak(maker, parkeren), await zaken.make_zaak(maker, uitrit)
    hidden, loose = await f.make_document(maker, uitrit), await f.make_document(maker, parkeren)
    await f.link(maker, other, hidden)
    achter = await f.client_of(narrowed, "tweedelijn")
    assert (await f.download(achter, hidden)).status_code == 403
    body = {"zaak": own["url"], "informatieobject": hidden["url"]}
    for answer in (
        await achter.post(f"{ZAKEN}/zaakinformatieobjecten", json=body),
        await achter.patch(own["url"], json={"hoofdzaak": other["url"]}),
        await f.download(achter, hidden),
    ):
        assert answer.status_code == 403, answer.text
    await f.link(achter, own, loose)
    assert (await maker.patch(own["url"], json={"hoofdzaak": other["url"]})).status_code == 200
    kept = await achter.patch(own["url"], json={"hoofdzaak": other["url"], "omschrijving": "Anders"})
    assert kept.status_code == 200, kept.text


async def test_a_document_in_zaken_out_of_reach_is_out_of_reach_whatever_it_says_itself(narrowed: Backend) -> None:
    maker = await narrowed.application(zaken=Recht.WIJZIGEN, dossier=Recht.WIJZIGEN)
    maker.headers.update(CRS)
    types = await f.make_type(maker)
    secret = await zaken.make_zaak(maker, types, vertrouwelijkheidaanduiding="zeer_geheim")
    known = await zaken.make_zaak(maker, types, vertrouwelijkheidaanduiding="openbaar")
    only, both = [await f.make_document(maker, types, titel=titel) for titel in ("Alleen", "Beide")]
    for zaak, document in ((secret, only), (secret, both), (known, both)):
        await f.link(maker, zaak, document)
    balie = await f.client_of(narrowed, "balie2")
    for answer in (
        await balie.get(only["url"]),
        await f.download(balie, only),
        await balie.post(f"{only['url']}/lock"),
    ):
        assert answer.status_code == 403, answer.text
    assert (await f.download(balie, both)).status_code == 200
    assert await f.found(balie) == ["Beide"]
    assert await f.found(balie, objectinformatieobjecten__object=secret["url"]) == []
    assert await f.found(balie, objectinformatieobjecten__object=known["url"]) == ["Beide"]
    assert len(await f.found(maker, objectinformatieobjecten__object=secret["url"])) == 2
    links = (await balie.get(f"{API}/objectinformatieobjecten")).json()
    assert [(link["informatieobject"], link["object"]) for link in links] == [(both["url"], known["url"])]
    (link,) = (await maker.get(f"{API}/objectinformatieobjecten", params={"informatieobject": only["url"]})).json()
    assert (await balie.get(link["url"])).status_code == 403


@pytest.mark.parametrize("way", ["zaak", "hoofdzaak", "link"])
async def test_a_document_that_lost_its_zaak_is_for_who_may_see_all(narrowed: Backend, way: str) -> None:
    maker = await narrowed.application(zaken=Recht.BEHEREN, dossier=Recht.WIJZIGEN)
    maker.headers.update(CRS)
    types = await f.make_type(maker)
    hoofdzaak = await zaken.make_zaak(maker, types)
    secret = await zaken.make_zaak(
        maker,
        types,
        vertrouwelijkheidaanduiding="zeer_geheim",
        hoofdzaak=hoofdzaak["url"] if way == "hoofdzaak" else None,
    )
    lost, loose = [await f.make_document(maker, types, titel=titel) for titel in ("Kwijt", "Los")]
    link = await f.link(maker, secret, lost)
    balie = await f.client_of(narrowed, "balie2")
    assert (await balie.get(lost["url"])).status_code == 403
    gone = {"zaak": secret, "hoofdzaak": hoofdzaak, "link": link}[way]
    assert (await maker.delete(gone["url"])).status_code == 204
    for answer in (await balie.get(lost["url"]), await f.download(balie, lost)):
        assert answer.status_code == 403, answer.text
    assert await f.found(balie) == [loose["titel"]]
    assert set(await f.found(maker)) == {"Kwijt", "Los"}
    known = await zaken.make_zaak(maker, types, vertrouwelijkheidaanduiding="openbaar")
    await f.link(maker, known, lost)
    assert (await f.download(balie, lost)).status_code == 200
    await f.change(maker, lost, titel="Gevonden")
    await maker.delete(known["url"])
    await f.change(maker, lost, titel="Weer kwijt")
    async with narrowed.db.read() as session:
        told = select(WijzigingRow.kringen).where(WijzigingRow.object_id == lost["url"].rpartition("/")[2])
        last = (await session.scalars(told.order_by(WijzigingRow.nr.desc()))).first()
    assert last == [["", "zeer_geheim"]]


async def test_one_and_the_same_right_reaches_the_document_and_its_zaak(db: Database, klok: Klok) -> None:
    async with running_backend(db, klok, zaakrechten="receptie=openbaar; tic=zeer_geheim:parkeren") as backend:
        maker = await backend.application(zaken=Recht.WIJZIGEN, dossier=Recht.WIJZIGEN)
        maker.headers.update(CRS)
        both = await f.client_of(backend, "receptie", "tic")
        seen = {}
        for naam in ("parkeren", "uitrit"):
            types = await f.make_type(maker, naam)
            zaak = await zaken.make_zaak(maker, types, vertrouwelijkheidaanduiding="openbaar")
            document = await f.make_document(maker, types, titel=naam, vertrouwelijkheidaanduiding="zeer_geheim")
            await f.link(maker, zaak, document)
            links = await both.get(f"{API}/objectinformatieobjecten", params={"object": zaak["url"]})
            seen[naam] = (await both.get(document["url"])).status_code, len(links.json())
        assert seen == {"parkeren": (200, 1), "uitrit": (403, 0)}


async def test_without_the_functie_nothing_is_seen_and_with_consulting_nothing_changed(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_type(client)
    made = await f.make_document(client, types)
    nobody = await f.client_of(backend, "redacteur")
    for answer in (
        await nobody.get(f"{API}{EIO}"),
        await nobody.get(made["url"]),
        await f.download(nobody, made),
    ):
        assert answer.status_code == 403
    reader = await f.client_of(backend, "tic")
    large = await f.make_document(client, types, inhoud=None, bestandsomvang=5)
    assert (await f.download(reader, made)).content == f.INHOUD
    for answer in (
        await reader.post(f"{API}{EIO}", json=f.document(types)),
        await reader.post(f"{made['url']}/lock"),
        await f.unlock(reader, large, large["lock"]),
        await f.put_part(reader, large["bestandsdelen"][0], b"12345", large["lock"]),
        await reader.delete(made["url"]),
    ):
        assert answer.status_code == 403
    assert (await backend.client().get(f"{made['url']}/download")).status_code == 401


async def test_a_look_is_found_under_the_document_its_zaak_and_its_people(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_type(client)
    zaak = await zaken.make_zaak(client, types)
    await zaken.post(client, "rollen", zaken.initiator(types, zaak))
    made = await f.make_document(client, types)
    uuid = made["url"].rsplit("/", 1)[-1]
    await f.link(client, zaak, made)
    assert await zaken.looks(backend, "informatieobject", uuid) == ["geregistreerd"]
    before = len(await zaken.looks(backend, "bsn", zaken.BSN))
    await client.get(made["url"])
    await f.download(client, made)
    assert await zaken.looks(backend, "informatieobject", uuid) == ["geregistreerd", "geraadpleegd", "geraadpleegd"]
    assert (await zaken.looks(backend, "bsn", zaken.BSN))[before:] == ["geraadpleegd", "geraadpleegd"]
    assert (await zaken.looks(backend, "zaak", zaak["uuid"]))[-2:] == ["geraadpleegd", "geraadpleegd"]
    await f.found(client, objectinformatieobjecten__object=zaak["url"])
    assert (await zaken.looks(backend, "zaak", zaak["uuid"]))[-1] == "gezocht"
    assert (await zaken.looks(backend, "bsn", zaken.BSN))[-1] == "gezocht"
    await f.change(client, made, titel="Anders")
    assert (await zaken.looks(backend, "bsn", zaken.BSN))[-3:] == ["gewijzigd"] * 3


async def test_the_feed_knows_who_may_hear_of_a_zaak_its_parts_and_its_documents(backend: Backend) -> None:
    maker = await backend.application(zaken=Recht.WIJZIGEN, dossier=Recht.WIJZIGEN)
    maker.headers.update(CRS)
    types = await f.make_type(maker)
    zaak = await zaken.make_zaak(maker, types, vertrouwelijkheidaanduiding="intern")
    await zaken.post(maker, "rollen", zaken.initiator(types, zaak))
    made = await f.make_document(maker, types, vertrouwelijkheidaanduiding="openbaar")
    await f.link(maker, zaak, made)
    await f.change(maker, made, vertrouwelijkheidaanduiding="geheim")
    await maker.patch(zaak["url"], json={"vertrouwelijkheidaanduiding": "zeer_geheim"})
    assert (await (await zaken.keeper_of(backend)).delete(zaak["url"])).status_code == 204
    async with backend.db.read() as session:
        rows = (await session.scalars(select(WijzigingRow).order_by(WijzigingRow.nr))).all()
    intern, closed = ["parkeren", "intern"], ["parkeren", "zeer_geheim"]
    soorten = {"zaak", "rol", "zaakinformatieobject", "informatieobject"}
    assert [(row.soort, row.handeling, row.kringen) for row in rows if row.soort in soorten] == [
        ("zaak", "gemaakt", [intern]),
        ("rol", "gemaakt", [intern]),
        ("zaak", "gewijzigd", [intern]),
        ("informatieobject", "gemaakt", [["", "openbaar"]]),  # in no zaak yet
        ("zaakinformatieobject", "gemaakt", [intern]),
        ("zaak", "gewijzigd", [intern]),
        ("informatieobject", "gewijzigd", [intern]),  # the lock
        ("informatieobject", "gewijzigd", [["parkeren", "geheim"], intern]),
        ("informatieobject", "gewijzigd", [["parkeren", "geheim"]]),  # and its end
        ("zaak", "gewijzigd", [intern, closed]),
        ("zaak", "verwijderd", [closed]),
    ]


async def test_the_feed_tells_of_the_document_and_its_zaak_and_never_of_a_bsn(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_type(client)
    zaak = await zaken.make_zaak(client, types)
    await zaken.post(client, "rollen", zaken.initiator(types, zaak))
    made = await f.make_document(client, types)
    await f.link(client, zaak, made)
    await f.change(client, made, titel="Anders")
    async with backend.db.read() as session:
        rows = (await session.scalars(select(WijzigingRow).order_by(WijzigingRow.nr))).all()
    told = [row for row in rows if row.functie == "dossier"]
    assert [(row.soort, row.handeling) for row in told] == [
        ("informatieobject", "gemaakt"),
        ("informatieobject", "gewijzigd"),  # the lock
        ("informatieobject", "gewijzigd"),
        ("informatieobject", "gewijzigd"),  # and its end
    ]
    assert {row.object_id for row in told} == {made["url"].rsplit("/", 1)[-1]}
    assert zaak["uuid"] in str(told[-1].onderwerpen)
    assert zaken.BSN not in str([row.onderwerpen for row in rows])
