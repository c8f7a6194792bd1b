"""The CRM search over HTTP: partijen are found as soon as their change is committed, and every search is noted."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sqlalchemy import select, text

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.standards.klantinteracties.register import EmbeddedKlantinteracties
from kcs_desktop.backend.zoeken import projection
from kcs_desktop.backend.zoeken.adres import Postadres, read_address
from kcs_desktop.backend.zoeken.tables import ZOEKTABELLEN
from kcs_desktop.domain.postcode import Huisnummer
from tests.harness.backend import Backend

PAD = "/kcs/api/v1/zoeken"
REGISTER = EmbeddedKlantinteracties()
EMPTY: dict[str, Any] = {
    "digitaleAdressen": [],
    "voorkeursDigitaalAdres": None,
    "rekeningnummers": [],
    "voorkeursRekeningnummer": None,
    "indicatieActief": True,
}


def persoon(voornaam: str, voorvoegsel: str, achternaam: str, **more: Any) -> dict[str, Any]:
    naam = {"voorletters": "", "voornaam": voornaam, "voorvoegselAchternaam": voorvoegsel, "achternaam": achternaam}
    return {**EMPTY, "soortPartij": "persoon", "partijIdentificatie": {"contactnaam": naam}, **more}


def identificator(
    soort: str, waarde: str, objecttype: str = "natuurlijk_persoon", register: str = "brp"
) -> dict[str, Any]:
    return {
        "partijIdentificator": {
            "codeObjecttype": objecttype,
            "codeSoortObjectId": soort,
            "objectId": waarde,
            "codeRegister": register,
        }
    }


async def create(db: Database, body: dict[str, Any]) -> str:
    async with db.write() as unit:
        return str((await REGISTER.create(unit, "partijen", body))["uuid"])


async def find(client: httpx.AsyncClient, tekst: str) -> list[dict[str, Any]]:
    answer = await client.post(PAD, json={"tekst": tekst})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["treffers"]
    return found


class _Aborted(Exception):
    pass


async def _create_and_abort(db: Database) -> None:
    async with db.write() as unit:
        await REGISTER.create(unit, "partijen", persoon("Ubbo", "", "Nauta"))
        await projection.apply(unit)
        raise _Aborted


async def test_a_person_is_found_by_name_number_phone_and_address(backend: Backend) -> None:
    body = persoon("Theodora", "van der", "Quist", partijIdentificatoren=[identificator("bsn", "999990019")])
    body["bezoekadres"] = {"adresregel1": "Kerkstraat 12a", "adresregel2": "9999 ZZ Voorbeeldstad", "land": "NL"}
    uuid = await create(backend.db, body)
    async with backend.db.write() as unit:
        adres = {"soortDigitaalAdres": "telefoonnummer", "adres": "0687654321", "omschrijving": "mobiel"}
        await REGISTER.create(
            unit, "digitaleadressen", {**adres, "verstrektDoorPartij": {"uuid": uuid}, "verstrektDoorBetrokkene": None}
        )
    client = await backend.client_for("tic")
    for tekst in ("quist", "teodora kwist", "999 990 019", "+31 6 87654321", "9999zz 12a", "kerkstraat 12"):
        treffers = await find(client, tekst)
        assert [treffer["klant"]["sleutel"]["partij"] for treffer in treffers] == [uuid], tekst
    assert treffers[0]["klant"]["naam"] == "Theodora van der Quist"
    assert treffers[0]["bron"] == "crm"
    assert "Kerkstraat 12A, 9999 ZZ Voorbeeldstad" in treffers[0]["omschrijving"]


async def test_a_change_is_found_at_once_and_the_old_name_no_longer(backend: Backend) -> None:
    uuid = await create(backend.db, persoon("Ubbo", "", "Nauta"))
    client = await backend.client_for("tic")
    assert await find(client, "nauta")
    async with backend.db.write() as unit:
        await REGISTER.replace(unit, "partijen", uuid, persoon("Ubbo", "", "Oosting"))
    assert await find(client, "nauta") == []
    assert [treffer["klant"]["naam"] for treffer in await find(client, "oosting")] == ["Ubbo Oosting"]


async def test_what_is_rolled_back_is_not_found(backend: Backend) -> None:
    with pytest.raises(_Aborted):
        await _create_and_abort(backend.db)
    assert await find(await backend.client_for("tic"), "nauta") == []


async def test_an_establishment_carries_the_kvk_number_it_belongs_to(backend: Backend) -> None:
    naam = {"soortPartij": "organisatie", "partijIdentificatie": {"naam": "De Gouden Krakeling B.V."}}
    kvk = identificator("kvk_nummer", "90000013", "niet_natuurlijk_persoon", "hr")
    hoofd = await create(backend.db, {**EMPTY, **naam, "partijIdentificatoren": [kvk]})
    client = await backend.client_for("tic")
    treffers = await find(client, "9000 0013")
    assert [(t["klant"]["sleutel"]["partij"], t["exact"]) for t in treffers] == [(hoofd, True)]
    assert [t["klant"]["naam"] for t in await find(client, "krakelin gouden")] == ["De Gouden Krakeling B.V."]


async def test_a_bulk_load_is_indexed_afterwards(backend: Backend) -> None:
    hooks, backend.db.before_commit = backend.db.before_commit, []
    uuid = await create(backend.db, persoon("Ubbo", "", "Nauta"))
    backend.db.before_commit = hooks
    assert await projection.is_behind(backend.db)
    assert await projection.rebuild(backend.db) == 1
    assert not await projection.is_behind(backend.db)
    async with backend.db.read() as session:
        assert list(await session.scalars(select(ZOEKTABELLEN.document.c.id))) == [uuid]


async def test_every_search_is_one_line_in_the_audit_without_what_was_typed(backend: Backend) -> None:
    client = await backend.client_for("tic")
    await find(client, "quist geheim")
    await find(client, "999990019")
    async with backend.db.read() as session:
        rows = [tuple(row) for row in await session.execute(text("SELECT * FROM auditregel"))]
    searched = [row for row in rows if "gezocht" in row]
    assert len(searched) == 2
    assert "quist" not in str(searched)
    assert any("999990019" in row for row in searched)


async def test_who_stood_among_the_hits_finds_the_search_in_the_trail(backend: Backend) -> None:
    bsn = identificator("bsn", "999990019", "natuurlijk_persoon", "brp")
    gevonden = await create(backend.db, persoon("Bram", "", "Quistenhof", partijIdentificatoren=[bsn]))
    client, auditor = await backend.client_for("tic"), await backend.client_for("auditor", naam="Auditor")
    assert [hit["klant"]["sleutel"]["partij"] for hit in await find(client, "quistenh")] == [gevonden]
    for soort, waarde in (("partij", gevonden), ("bsn", "999990019")):
        answer = await auditor.post("/kcs/api/v1/audit/zoeken", json={"soort": soort, "waarde": waarde})
        (regel,) = [regel for regel in answer.json()["regels"] if regel["bron"] == "crm"]
        assert (regel["handeling"], regel["onderwerp"]) == ("gezocht", "naam: 1")


async def test_who_may_not_see_the_crm_is_refused_and_noted(backend: Backend) -> None:
    client = await backend.application("Website")
    answer = await client.post(PAD, json={"tekst": "quist"})
    assert answer.status_code == 403
    assert answer.json()["code"] == "geen-recht"
    async with backend.db.read() as session:
        rows = [tuple(row) for row in await session.execute(text("SELECT * FROM auditregel"))]
    assert any("gezocht" in row and "geen-recht" in row for row in rows)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"tekst": "x"', 400),
        (b'{"tekst": 1}', 400),
        (b'{"tekst": "x", "meer": 1}', 400),
        (b'{"tekst": "x", "maximum": 0}', 400),
        (b'{"tekst": "' + b"x" * 10_000 + b'"}', 200),
        (b'{"tekst": "' + b"x" * 10_001 + b'"}', 400),
        (b'{"tekst": "a\\u0000b\\u202e"}', 200),
        (b'{"tekst": "\\ud800"}', 400),
    ],
)
async def test_bad_input_is_refused_and_strange_input_searched(backend: Backend, body: bytes, status: int) -> None:
    client = await backend.client_for("tic")
    answer = await client.post(PAD, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status, answer.text


async def test_unknown_parameters_and_other_content_are_refused(backend: Backend) -> None:
    client = await backend.client_for("tic")
    assert (await client.post(f"{PAD}?q=x", json={"tekst": "x"})).status_code == 400
    other = await client.post(PAD, content=b"tekst=x", headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert other.status_code == 415
    assert (await backend.client().post(PAD, json={"tekst": "x"})).status_code == 401


def test_an_address_is_read_from_fields_or_lines() -> None:
    assert read_address("Kade", 3, "bis", "9999 zz", "Proefdorp", "", "") == Postadres(
        "Kade", Huisnummer(3, "", "bis"), "9999ZZ", "Proefdorp"
    )
    assert read_address("", None, "", "", "", "Kade 3", "9999ZZ Proefdorp") == Postadres(
        "Kade", Huisnummer(3), "9999ZZ", "Proefdorp"
    )
    assert read_address("", None, "", "", "", "Postbus", "") == Postadres("Postbus")
    assert read_address("", None, "", "", "", "", "") is None
