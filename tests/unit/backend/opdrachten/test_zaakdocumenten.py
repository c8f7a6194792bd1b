"""Documents of a zaak by command: with the zaak, afterwards, and the confirmation of a formal request."""

from __future__ import annotations

import hashlib
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, update

from kcs_desktop.backend.accounts.tables import AccountRij
from kcs_desktop.backend.bestanden import opslag
from kcs_desktop.backend.bestanden.tables import Bestand
from kcs_desktop.backend.catalogus.kenmerken import store_kenmerken
from kcs_desktop.backend.feed.store import read_after, read_stand
from kcs_desktop.backend.standards.catalogi import tables as cat
from kcs_desktop.backend.standards.documenten import tables as doc
from kcs_desktop.backend.standards.zaken import tables as zk
from kcs_desktop.domain.bestandsoverdracht import Bestandstand as Stand
from kcs_desktop.domain.gebeurtenis import Kring, Wijziging
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.domain.zaaktype import Zaaktypekenmerk
from tests.harness.backend import Backend
from tests.unit.backend.opdrachten.bouwen import URL, opdracht, persoon
from tests.unit.backend.opdrachten.zaken import aanmaken, outcome, reasons, uuid_of

Json = dict[str, Any]
DOCUMENTEN = "/documenten/api/v1/enkelvoudiginformatieobjecten"
FOTO = b"\x89PNG\r\n\x1a\n" + b"x" * 40


@pytest.fixture
async def client(backend: Backend) -> httpx.AsyncClient:
    return await backend.client_for("balie2", naam="Anna")


async def file(backend: Backend, stand: Stand = Stand.ONBEKEND, naam: str = "foto.png", wie: str = "Anna") -> str:
    """A file as the intake leaves it, sent by this employee."""
    uuid = new_id(backend.klok())
    async with backend.db.write() as unit:
        query = select(AccountRij.id).where(AccountRij.naam == wie)
        eigenaar = str((await unit.session.scalars(query)).one())
        made = await opslag.begin(unit, uuid, eigenaar, naam, "image/png", len(FOTO))
        await opslag.put_piece(unit, made, 1, FOTO)
        await opslag.complete(unit, made, hashlib.sha256(FOTO).hexdigest(), "image/png", stand)
    return uuid


def document(types: dict[str, Json], bestand: str, **fields: Any) -> Json:
    soort = uuid_of(types, "informatieobjecttypen")
    return {"bestand": bestand, "naam": "foto.png", "titel": "De auto", "informatieobjecttype": soort, **fields}


async def documents(backend: Backend, zaak: str) -> list[Json]:
    reader = await backend.application(naam="Lezer", dossier=Recht.RAADPLEGEN, zaken=Recht.RAADPLEGEN)
    asked = {"objectinformatieobjecten__object": f"http://127.0.0.1:8000/zaken/api/v1/zaken/{zaak}"}
    answer = await reader.get(DOCUMENTEN, params=asked | {"objectinformatieobjecten__objectType": "zaak"})
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["results"]
    return found


async def test_a_zaak_is_made_with_its_documents(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    made_of = [document(types, await file(backend), titel=f"Foto {nr}") for nr in range(3)]
    made_of[0]["ontvangstdatum"] = "2026-11-23"
    made = await outcome(client, aanmaken(backend, types, klant=persoon(), documenten=made_of))
    found = await documents(backend, made["zaak"])
    assert {al["titel"] for al in found} == {"Foto 0", "Foto 1", "Foto 2"}
    assert {al["url"].rsplit("/", 1)[-1] for al in found} == set(made["documenten"])
    assert {(al["bestandsnaam"], al["bestandsomvang"], al["auteur"]) for al in found} == {("foto.png", 48, "Anna")}
    assert {al["ontvangstdatum"] for al in found} == {"2026-11-23", None}


@pytest.mark.parametrize(("stand", "code"), [(Stand.BESMET, "bestand-besmet"), (Stand.ONTVANGEN, "bestand-onvolledig")])
async def test_a_file_that_cannot_be_used_keeps_the_zaak_from_being_made_and_is_named(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json], stand: Stand, code: str
) -> None:
    fine, bad = await file(backend), await file(backend, stand)
    fout = await outcome(
        client, aanmaken(backend, types, documenten=[document(types, fine), document(types, bad)]), "geweigerd"
    )
    assert (fout["code"], reasons(fout)) == (code, {"documenten.1": code})
    assert "foto.png" in fout["detail"]
    async with backend.db.read() as session:
        for table in (zk.Zaak, doc.Informatieobject):
            assert await session.scalar(select(func.count()).select_from(table)) == 0
    await outcome(client, aanmaken(backend, types, documenten=[document(types, fine)]))  # it was not used up


async def test_a_file_that_the_scanner_has_not_seen_is_asked_again_later(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    uuid = await file(backend, Stand.ONDERZOEK)
    command = aanmaken(backend, types, documenten=[document(types, uuid)])
    answer = await client.post(URL, json=command)
    assert (answer.status_code, answer.json()["code"]) == (503, "bestand-in-onderzoek")
    async with backend.db.write() as unit:
        clean = update(Bestand).where(Bestand.id == uuid).values(stand=Stand.SCHOON.value)
        await unit.session.execute(clean)
    assert len((await outcome(client, command))["documenten"]) == 1


async def test_the_file_of_a_colleague_and_one_that_was_used_are_refused(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    await backend.client_for("balie2", naam="Bilal")
    other, own = await file(backend, wie="Bilal"), await file(backend)
    fout = await outcome(client, aanmaken(backend, types, documenten=[document(types, other)]), "geweigerd")
    assert fout["code"] == "bestand-onbekend"
    await outcome(client, aanmaken(backend, types, documenten=[document(types, own)]))
    fout = await outcome(client, aanmaken(backend, types, documenten=[document(types, own)]), "geweigerd")
    assert fout["code"] == "bestand-gebruikt"


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"titel": " "}, "documenten.0.titel"),
        ({"titel": "x" * 201}, "documenten.0.titel"),
        ({"bestand": "geen"}, "documenten.0.bestand"),
        ({"vertrouwelijkheidaanduiding": "stil"}, "documenten.0.vertrouwelijkheidaanduiding"),
        (
            {"informatieobjecttype": "018f0000-0000-7000-8000-000000000000"},
            "documenten.0.informatieobjecttype",
        ),
    ],
)
async def test_what_is_wrong_with_a_document_is_named_at_it(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json], fields: Json, named: str
) -> None:
    made_of = document(types, await file(backend)) | fields
    fout = await outcome(client, aanmaken(backend, types, documenten=[made_of]), "geweigerd")
    assert list(reasons(fout)) == [named]


async def test_a_document_is_added_to_a_zaak_that_is_there(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    zaak = (await outcome(client, aanmaken(backend, types, klant=persoon())))["zaak"]
    command = opdracht(
        backend.klok(), {"type": "document.toevoegen", "zaak": zaak, **document(types, await file(backend))}
    )
    before = (await read_stand(backend.db)).hoogste
    made = await outcome(client, command)
    assert await outcome(client, command) == made
    (found,) = await documents(backend, zaak)
    assert found["url"].endswith(made["document"])
    _, numbered = await read_after(backend.db, before)
    assert [al.wijziging for al in numbered] == [
        Wijziging(
            "informatieobject",
            made["document"],
            "gemaakt",
            "dossier",
            (zaak,),
            (Kring("parkeren", "zaakvertrouwelijk"),),
        )
    ]
    auditor = await backend.client_for("auditor", naam="Auditor")
    answer = await auditor.post("/kcs/api/v1/audit/zoeken", json={"soort": "zaak", "waarde": zaak})
    assert [al["bron"] for al in answer.json()["regels"] if al["handeling"] == "geregistreerd"].count("documenten") == 1


async def test_of_a_document_more_closed_than_its_zaak_only_who_may_see_it_hears(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    zaak = (await outcome(client, aanmaken(backend, types)))["zaak"]
    before = (await read_stand(backend.db)).hoogste
    for aanduiding in ("geheim", "openbaar"):
        fields = document(types, await file(backend), vertrouwelijkheidaanduiding=aanduiding)
        await outcome(client, opdracht(backend.klok(), {"type": "document.toevoegen", "zaak": zaak, **fields}))
    _, numbered = await read_after(backend.db, before)
    assert [al.wijziging.kringen for al in numbered] == [
        (Kring("parkeren", "geheim"),),
        (Kring("parkeren", "zaakvertrouwelijk"),),
    ]


async def test_to_a_zaak_that_is_gone_or_by_who_may_not_nothing_is_added(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    made_of = document(types, await file(backend))
    gone = {"type": "document.toevoegen", "zaak": "018f0000-0000-7000-8000-000000000000", **made_of}
    assert (await outcome(client, opdracht(backend.klok(), gone), "geweigerd"))["code"] == "zaak-onbekend"
    floor = await backend.client_for("floormanager", naam="Fatma")
    assert (await floor.post(URL, json=opdracht(backend.klok(), gone))).status_code == 403


async def test_who_may_only_start_zaken_adds_to_what_they_started_and_to_nothing_else(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    tic = await backend.client_for("tic", naam="Bram")
    making, other = aanmaken(backend, types, klant=persoon()), aanmaken(backend, types, klant=persoon())
    own, foreign = (await outcome(tic, making))["zaak"], (await outcome(client, other))["zaak"]
    made_of = {"type": "document.toevoegen", **document(types, await file(backend, wie="Bram"))}

    def adding(zaak: str, aanmaking: str) -> Json:
        return opdracht(backend.klok(), {**made_of, "zaak": zaak, "aanmaking": aanmaking})

    assert (await tic.post(URL, json=adding(own, ""))).status_code == 403
    for zaak, aanmaking in ((foreign, making["id"]), (foreign, other["id"]), (own, new_id(backend.klok()))):
        refused = await outcome(tic, adding(zaak, aanmaking), "geweigerd")
        assert refused["code"] == "aanmaking-onbekend"
    made = await outcome(tic, adding(own, making["id"]))
    (found,) = await documents(backend, own)
    assert found["url"].endswith(made["document"])


async def test_a_formal_request_is_confirmed_once_with_a_document_of_the_zaak(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    async with backend.db.write() as unit:
        await store_kenmerken(unit, [Zaaktypekenmerk("parkeren", formeel_verzoek=True)])
    plain = await outcome(client, aanmaken(backend, types))  # of nobody: nobody to confirm it to
    assert "ontvangstbevestiging" not in plain
    assert plain["zonder_ontvangstbevestiging"] == "klant"
    made = await outcome(client, aanmaken(backend, types, klant=persoon()))
    uuid = made.get("ontvangstbevestiging")
    assert uuid is None  # this zaaktype sends no document out
    assert made["zonder_ontvangstbevestiging"] == "documentsoort"
    async with backend.db.write() as unit:
        await unit.session.execute(update(cat.ZaaktypeInformatieobjecttype).values(richting="uitgaand"))
    command = aanmaken(backend, types, klant=persoon())
    made = await outcome(client, command)
    assert await outcome(client, command) == made
    (found,) = await documents(backend, made["zaak"])
    assert found["url"].endswith(made["ontvangstbevestiging"])
    assert "zonder_ontvangstbevestiging" not in made
    assert (found["formaat"], found["status"]) == ("application/pdf", "definitief")
    reader = await backend.application(naam="Ophaler", dossier=Recht.RAADPLEGEN)
    content = (await reader.get(f"{DOCUMENTEN}/{made['ontvangstbevestiging']}/download")).content
    assert content.startswith(b"%PDF-")
    assert made["nummer"].encode() in content
    assert b"J. van Duinrode" in content
    assert b"999990019" not in content
