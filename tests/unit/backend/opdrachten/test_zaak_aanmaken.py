"""A zaak is made whole, once, with the number that was told; and what it is refused for."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from kcs_desktop.backend.audit.tables import AuditregelRow
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.feed.store import read_after, read_stand
from kcs_desktop.backend.standards.catalogi import tables as cat
from kcs_desktop.backend.standards.zaken import tables as zk
from kcs_desktop.domain.gebeurtenis import Kring, Wijziging
from tests.contract.catalogi import fixtures as catalogi
from tests.harness.backend import Backend, running_backend
from tests.harness.klok import Klok
from tests.unit.backend.opdrachten.bouwen import KVK, URL, bedrijf, contact, opdracht, persoon
from tests.unit.backend.opdrachten.zaken import (
    API,
    aanmaken,
    beheer,
    count,
    f,
    gegevens,
    outcome,
    reasons,
    reserveren,
    uuid_of,
    whole,
)

Json = dict[str, Any]
BSN = "999990019"
PLEK = {"straat": "Schelpenlaan", "huisnummer": 12, "huisletter": "a", "woonplaats": "Proefdam", "postcode": "1234AB"}


async def test_a_zaak_has_its_number_status_initiator_answers_and_place(
    backend: Backend, client: httpx.AsyncClient, kijker: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    nummer = (await outcome(client, reserveren(backend, types)))["nummer"]
    made = await outcome(
        client,
        aanmaken(
            backend,
            types,
            nummer=nummer,
            klant=persoon(),
            omschrijving="Parkeren voor de deur",
            toelichting="Liefst snel.",
            communicatiekanaal="telefoon",
            locatie={**PLEK, "lon": 4.9, "lat": 52.37, "toelichting": "bij de hoek"},
        ),
    )
    assert made["nummer"] == nummer
    assert "nummer_bezet" not in made
    zaak = await whole(kijker, made["zaak"])
    assert (zaak["identificatie"], zaak["omschrijving"], zaak["toelichting"]) == (
        nummer,
        "Parkeren voor de deur",
        "Liefst snel.",
    )
    assert (zaak["startdatum"], zaak["uiterlijkeEinddatumAfdoening"]) == ("2026-11-24", "2027-01-19")
    assert (zaak["communicatiekanaalNaam"], zaak["vertrouwelijkheidaanduiding"]) == ("telefoon", "zaakvertrouwelijk")
    assert zaak["zaakgeometrie"] == {"type": "Point", "coordinates": [4.9, 52.37]}
    parts = zaak["_expand"]
    assert parts["status"]["_expand"]["statustype"]["omschrijving"] == "Ontvangen"
    (rol,) = parts["rollen"]
    assert (rol["omschrijvingGeneriek"], rol["betrokkeneType"]) == ("initiator", "natuurlijk_persoon")
    assert rol["betrokkeneIdentificatie"]["inpBsn"] == BSN
    assert rol["betrokkeneIdentificatie"]["geslachtsnaam"] == "Duinrode"
    assert {al["naam"]: al["waarde"] for al in parts["eigenschappen"]} == {"kenteken": "AB-12-C", "breedte": "1,5"}
    (object_,) = parts["zaakobjecten"]
    assert object_["objectIdentificatie"]["gorOpenbareRuimteNaam"] == "Schelpenlaan"
    assert object_["relatieomschrijving"] == "bij de hoek"


async def test_the_same_command_again_makes_no_second_zaak_and_no_second_number(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    nummer, zaak = reserveren(backend, types), aanmaken(backend, types, klant=persoon())
    for command in (nummer, zaak):
        answers = await asyncio.gather(*(client.post(URL, json=command) for _ in range(3)))
        outcomes = [answer.json() for answer in answers if answer.json()["stand"] == "geslaagd"]
        outcomes.append((await client.post(URL, json=command)).json())
        assert len({str(al["resultaat"]) for al in outcomes}) == 1
    assert await count(backend, zk.Zaak) == 1
    assert await count(backend, zk.Rol) == 1


@pytest.mark.parametrize(
    ("klant", "soort", "numbers"),
    [
        (persoon(), "natuurlijk_persoon", {"inpBsn": BSN}),
        (bedrijf(), "niet_natuurlijk_persoon", {"kvkNummer": KVK, "statutaireNaam": "Bakkerij Duin"}),
        (
            {
                "sleutel": {"soort": "organisatie", "kvk_nummer": KVK, "vestigingsnummer": "000012345678"},
                "naam": "Bakkerij Duin Haven",
            },
            "vestiging",
            {"kvkNummer": KVK, "vestigingsNummer": "000012345678", "handelsnaam": ["Bakkerij Duin Haven"]},
        ),
    ],
)
async def test_each_kind_of_customer_is_initiator_by_its_own_number(
    backend: Backend,
    client: httpx.AsyncClient,
    kijker: httpx.AsyncClient,
    types: dict[str, Json],
    klant: Json,
    soort: str,
    numbers: Json,
) -> None:
    made = await outcome(client, aanmaken(backend, types, klant=klant))
    (rol,) = (await whole(kijker, made["zaak"]))["_expand"]["rollen"]
    assert rol["betrokkeneType"] == soort
    assert {name: rol["betrokkeneIdentificatie"][name] for name in numbers} == numbers


async def test_a_customer_known_by_partij_alone_is_found_by_the_number_behind_it(
    backend: Backend, client: httpx.AsyncClient, kijker: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    partij = (await outcome(client, contact(backend.klok(), klant=persoon())))["partij"]
    klant = {"sleutel": {"soort": "persoon", "partij": partij}, "naam": "J. van Duinrode"}
    made = await outcome(client, aanmaken(backend, types, klant=klant))
    (rol,) = (await whole(kijker, made["zaak"]))["_expand"]["rollen"]
    assert rol["betrokkeneIdentificatie"]["inpBsn"] == BSN


async def test_who_asks_for_a_company_is_its_gemachtigde(backend: Backend, client: httpx.AsyncClient) -> None:
    kijker = await beheer(backend)
    catalogus = await catalogi.make_catalogus(kijker, "ANDER")
    types = await catalogi.make_zaaktype(kijker, catalogus, "uitrit")
    of = {"zaaktype": types["zaaktypen"]["url"]}
    body = {**of, "omschrijving": "Belanghebbende", "omschrijvingGeneriek": "belanghebbende"}
    await catalogi.post(kijker, "roltypen", body)
    end = {**of, "omschrijving": "Klaar", "statustekst": "Klaar.", "volgnummer": 2}
    await catalogi.post(kijker, "statustypen", end)
    for resource in ("informatieobjecttypen", "zaaktypen"):
        assert (await catalogi.publish(kijker, types[resource])).status_code == 200
    command = opdracht(backend.klok(), gegevens(types, {"eigenschappen": "AB-12-C"}, klant=persoon(), namens=bedrijf()))
    made = await outcome(client, command)
    rollen = (await whole(kijker, made["zaak"]))["_expand"]["rollen"]
    assert {(rol["omschrijvingGeneriek"], rol["betrokkeneType"], rol["indicatieMachtiging"]) for rol in rollen} == {
        ("initiator", "niet_natuurlijk_persoon", "machtiginggever"),
        ("belanghebbende", "natuurlijk_persoon", "gemachtigde"),
    }


async def test_a_zaaktype_with_no_status_to_begin_in_is_refused_by_name(
    backend: Backend, client: httpx.AsyncClient, kijker: httpx.AsyncClient
) -> None:
    types = await catalogi.make_zaaktype(kijker, await catalogi.make_catalogus(kijker, "KALE"), "kaal")
    for resource in ("informatieobjecttypen", "zaaktypen"):
        assert (await catalogi.publish(kijker, types[resource])).status_code == 200
    command = opdracht(backend.klok(), gegevens(types, {"eigenschappen": "AB-12-C"}))
    fout = await outcome(client, command, "geweigerd")
    assert (fout["code"], reasons(fout)) == ("zaaktype-onvolledig", {"zaaktype": "zaaktype-onvolledig"})


async def test_a_zaak_without_customer_has_no_initiator_and_keeps_a_place_in_words(
    backend: Backend, client: httpx.AsyncClient, kijker: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    made = await outcome(client, aanmaken(backend, types, locatie={"toelichting": "bij de vijver"}))
    zaak = await whole(kijker, made["zaak"])
    assert zaak["_expand"].get("rollen", []) == []
    assert zaak["toelichting"] == "Locatie: bij de vijver"
    assert zaak["_expand"].get("zaakobjecten", []) == []


async def test_seats_hear_of_the_zaak_once_with_the_partijen_of_its_people(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    partij = (await outcome(client, contact(backend.klok(), klant=persoon())))["partij"]
    before = (await read_stand(backend.db)).hoogste
    made = await outcome(client, aanmaken(backend, types, klant=persoon(), locatie=PLEK))
    _, numbered = await read_after(backend.db, before)
    kring = Kring("parkeren", "zaakvertrouwelijk")
    assert [al.wijziging for al in numbered] == [
        Wijziging("zaak", made["zaak"], "gemaakt", "zaken", (partij,), (kring,))
    ]


async def test_the_audit_trail_has_it_under_the_zaak_and_under_its_people(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    made = await outcome(client, aanmaken(backend, types, klant=persoon()))
    auditor = await backend.client_for("auditor", naam="Auditor")
    for soort, waarde in (("zaak", made["zaak"]), ("bsn", BSN)):
        answer = await auditor.post("/kcs/api/v1/audit/zoeken", json={"soort": soort, "waarde": waarde})
        (line,) = [line for line in answer.json()["regels"] if line["handeling"] == "geregistreerd"]
        assert line["gelukt"] is True


async def test_a_number_that_somebody_used_is_replaced_and_told(
    backend: Backend, client: httpx.AsyncClient, kijker: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    nummer = (await outcome(client, reserveren(backend, types)))["nummer"]
    await f.make_zaak(kijker, types, identificatie=nummer)
    made = await outcome(client, aanmaken(backend, types, nummer=nummer, klant=persoon()))
    assert made["nummer_bezet"] == nummer
    assert made["nummer"] not in ("", nummer)
    assert (await whole(kijker, made["zaak"]))["identificatie"] == made["nummer"]


async def test_a_number_whose_reservation_had_no_answer_yet_is_found_by_its_command(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    reservering = reserveren(backend, types)
    nummer = (await outcome(client, reservering))["nummer"]
    made = await outcome(client, aanmaken(backend, types, reservering=reservering["id"]))
    assert made["nummer"] == nummer
    nobody = await outcome(client, aanmaken(backend, types, reservering="018f0000-0000-7000-8000-000000000000"))
    assert nobody["nummer"] not in ("", nummer)


async def test_the_number_of_a_colleagues_reservation_is_not_taken(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    colleague = await backend.client_for("tic", naam="Bilal")
    reservering = reserveren(backend, types)
    nummer = (await outcome(colleague, reservering))["nummer"]
    assert (await outcome(client, aanmaken(backend, types, reservering=reservering["id"])))["nummer"] != nummer


async def test_a_zaaktype_that_was_withdrawn_meanwhile_is_refused_by_name_and_nothing_is_made(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    ended = update(cat.Zaaktype).values(einde_geldigheid=backend.klok().date().replace(day=1))
    async with backend.db.write() as unit:
        await unit.session.execute(ended)
    for command in (aanmaken(backend, types, klant=persoon()), reserveren(backend, types)):
        fout = await outcome(client, command, "geweigerd")
        assert fout["code"] == "zaaktype-ingetrokken"
        assert "Parkeervergunning" in fout["detail"]
        assert "bewaard" in fout["detail"]
    gone = aanmaken(backend, types)
    gone["gegevens"]["zaaktype"] = "018f0000-0000-7000-8000-000000000000"
    assert (await outcome(client, gone, "geweigerd"))["code"] == "zaaktype-ingetrokken"
    assert await count(backend, zk.Zaak) == 0


async def test_every_answer_that_the_catalogue_does_not_take_is_named_at_its_field(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    kenteken, breedte = uuid_of(types, "eigenschappen"), uuid_of(types, "breedte")
    command = aanmaken(backend, types)
    command["gegevens"]["eigenschappen"] = [
        {"eigenschap": kenteken, "waarde": "x" * 10_000},
        {"eigenschap": "018f0000-0000-7000-8000-000000000000", "waarde": "1"},
    ]
    fout = await outcome(client, command, "geweigerd")
    assert reasons(fout) == {
        f"eigenschappen.{kenteken}": "invalid",
        f"eigenschappen.{breedte}": "required",
        "eigenschappen.018f0000-0000-7000-8000-000000000000": "does_not_exist",
    }
    assert "8 tekens" in fout["detail"]
    assert await count(backend, zk.Zaak) == 0


async def test_two_answers_to_what_is_asked_once_are_one_too_many(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    kenteken = uuid_of(types, "eigenschappen")
    command = aanmaken(backend, types)
    command["gegevens"]["eigenschappen"].append({"eigenschap": kenteken, "waarde": "ZZ-9"})
    fout = await outcome(client, command, "geweigerd")
    assert reasons(fout) == {f"eigenschappen.{kenteken}": "max_length"}


async def test_an_unknown_format_and_a_choice_are_checked_as_the_form_does(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    breedte = uuid_of(types, "breedte")
    async with backend.db.write() as unit:
        odd = {"specificatie_formaat": "kleur", "specificatie_lengte": "2"}
        await unit.session.execute(update(cat.Eigenschap).where(cat.Eigenschap.uuid == breedte).values(**odd))
    command = aanmaken(backend, types)
    command["gegevens"]["eigenschappen"][1]["waarde"] = "#ff8800"
    await outcome(client, command)
    async with backend.db.write() as unit:
        choice = {"specificatie_waardenverzameling": ["rood", "groen"]}
        await unit.session.execute(update(cat.Eigenschap).where(cat.Eigenschap.uuid == breedte).values(**choice))
    command = aanmaken(backend, types)
    fout = await outcome(client, command, "geweigerd")
    assert reasons(fout) == {f"eigenschappen.{breedte}": "invalid"}
    assert "rood, groen" in fout["detail"]


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"omschrijving": "x" * 81}, {"omschrijving": "max_length"}),
        ({"toelichting": "x" * 1001}, {"toelichting": "max_length"}),
        ({"zaaktype": "geen uuid"}, {"zaaktype": "invalid"}),
        ({"locatie": {"lon": 181.0, "lat": 0.0}}, {"locatie.lon": "invalid"}),
        ({"locatie": {"huisletter": "ab"}}, {"locatie.huisletter": "max_length"}),
        ({"klant": {"sleutel": {"soort": "persoon", "bsn": "123456789"}, "naam": "X"}}, {"klant.sleutel.bsn": ""}),
        ({"namens": bedrijf()}, {"klant": "required"}),
    ],
)
async def test_what_cannot_be_stored_is_named_as_the_seat_names_it(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json], fields: Json, named: dict[str, str]
) -> None:
    found_wrong = reasons(await outcome(client, aanmaken(backend, types, **fields), "geweigerd"))
    assert set(found_wrong) == set(named)
    assert all(not code or found_wrong[name] == code for name, code in named.items())


async def test_a_customer_that_is_gone_is_refused_by_name(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    klant = {
        "sleutel": {"soort": "persoon", "partij": "018f0000-0000-7000-8000-000000000000"},
        "naam": "Iemand",
    }
    fout = await outcome(client, aanmaken(backend, types, klant=klant), "geweigerd")
    assert (fout["code"], reasons(fout)) == ("klant-onbekend", {"klant": "klant-onbekend"})
    assert "Iemand" in fout["detail"]


async def test_who_may_not_make_zaken_is_refused_and_that_is_no_verdict(
    backend: Backend, types: dict[str, Json], client: httpx.AsyncClient
) -> None:
    floor = await backend.client_for("floormanager", naam="Fatma")
    for command in (aanmaken(backend, types), reserveren(backend, types)):
        assert (await floor.post(URL, json=command)).status_code == 403


async def test_rights_per_zaaktype_and_aanduiding_hold_for_making_too(db: Database, klok: Klok) -> None:
    async with running_backend(db, klok, zaakrechten="tic=openbaar; *=vertrouwelijk") as backend:
        types = await f.make_types(await beheer(backend))
        for naam in ("tic", "snelbalie"):
            client = await backend.client_for(naam)
            expected = 403 if naam == "tic" else 201
            for command in (aanmaken(backend, types), reserveren(backend, types)):
                assert (await client.post(URL, json=command)).status_code == expected
        assert await count(backend, zk.Zaak) == 1
        async with backend.db.read() as session:
            refused = select(AuditregelRow.reden).where(AuditregelRow.gelukt.is_(False))
            assert set((await session.scalars(refused)).all()) == {"geen-recht"}


async def test_numbers_of_many_at_once_are_all_different(
    backend: Backend, client: httpx.AsyncClient, types: dict[str, Json]
) -> None:
    made = await asyncio.gather(*(outcome(client, reserveren(backend, types)) for _ in range(8)))
    assert len({al["nummer"] for al in made}) == 8
    answer = await client.get(f"{API}/zaken", headers={"Accept-Crs": "EPSG:4326"})
    assert answer.json()["count"] == 0
