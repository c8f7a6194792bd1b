"""A contact is registered whole, once, in the standard's own objects."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import pytest

from kcs_desktop.backend.feed.store import read_after, read_stand
from kcs_desktop.backend.opdrachten import actoren, partijen
from kcs_desktop.backend.opdrachten.uitvoering import Werk
from kcs_desktop.backend.principal import Principal, Verzoek
from kcs_desktop.backend.standards.klantinteracties.register import EmbeddedKlantinteracties
from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing, SoortKlant
from tests.harness.backend import Backend
from tests.unit.backend.opdrachten.bouwen import BSN, KVK, OTHER_BSN, URL, bedrijf, contact, found, persoon, vraag

BRON = {"soort": "kennis", "titel": "Paspoort aanvragen"}


async def test_each_vraag_becomes_a_klantcontact_with_its_betrokkene_actor_and_product(backend: Backend) -> None:
    client = await backend.client_for("snelbalie", naam="Jan")
    body = contact(
        backend.klok(),
        vraag(product="Paspoort", afdeling="Burgerzaken", bronnen=[BRON, {**BRON, "verwijzing": "2"}]),
        vraag(onderwerp="Verhuizing", resultaat="doorverwezen"),
        klant=persoon(),
    )
    answer = await client.post(URL, json=body)
    assert answer.status_code == 201, answer.text
    outcome = answer.json()
    assert outcome["stand"] == "geslaagd"
    contacten = await found(backend, "klantcontacten")
    assert {item["uuid"] for item in contacten} == set(outcome["resultaat"]["klantcontacten"])
    first = next(item for item in contacten if item["onderwerp"] == "Paspoort verlengen")
    assert (first["kanaal"], first["taal"], first["vertrouwelijk"]) == ("telefoon", "nld", False)
    assert first["indicatieContactGelukt"] is True
    assert first["metadata"] == {
        "resultaat": "beantwoord",
        "product": "Paspoort",
        "afdeling": "Burgerzaken",
        "medewerker": "Jan",
        "contact": body["gegevens"]["contact"],
        "bronnen": "Paspoort aanvragen",
        "duurSeconden": "240",
    }
    (partij,) = await found(backend, "partijen")
    assert partij["uuid"] == outcome["resultaat"]["partij"]
    assert partij["partijIdentificatie"]["contactnaam"]["voorvoegselAchternaam"] == "van"
    assert partij["partijIdentificatie"]["contactnaam"]["achternaam"] == "Duinrode"
    betrokkenen = await found(backend, "betrokkenen")
    assert [(b["wasPartij"]["uuid"], b["rol"], b["initiator"]) for b in betrokkenen] == [
        (partij["uuid"], "klant", True)
    ] * 2
    (actor,) = await found(backend, "actoren")
    assert actor["soortActor"] == "medewerker"
    assert len(await found(backend, "actorklantcontacten")) == 2
    (onderwerp,) = await found(backend, "onderwerpobjecten")
    assert onderwerp["onderwerpobjectidentificator"]["objectId"] == "Paspoort"


async def test_a_known_customer_is_not_made_twice(backend: Backend) -> None:
    client = await backend.client_for("tic")
    for _ in range(2):
        assert (await client.post(URL, json=contact(backend.klok(), klant=persoon()))).status_code == 201
    assert len(await found(backend, "partijen")) == 1
    assert len(await found(backend, "actoren")) == 1


async def test_a_registration_tells_the_seats_one_change_per_vraag_with_all_its_partijen(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    wie = {"klant": persoon(), "namens": bedrijf()}
    assert (await client.post(URL, json=contact(backend.klok(), **wie))).status_code == 201  # makes both partijen
    before = (await read_stand(backend.db)).hoogste
    answer = await client.post(URL, json=contact(backend.klok(), vraag(product="Paspoort"), vraag(), **wie))
    assert answer.status_code == 201, answer.text
    _, numbered = await read_after(backend.db, before)
    concerned = tuple(sorted(partij["uuid"] for partij in await found(backend, "partijen")))
    assert [number.wijziging for number in numbered] == [
        Wijziging("klantcontact", uuid, "gemaakt", "crm", concerned)
        for uuid in answer.json()["resultaat"]["klantcontacten"]
    ]


async def test_commands_of_one_employee_about_one_customer_do_not_wait_for_each_other(backend: Backend) -> None:
    if backend.db.dialect == "sqlite":
        pytest.skip("SQLite has one writer")
    client = await backend.client_for("snelbalie")
    assert (await client.post(URL, json=contact(backend.klok(), klant=persoon()))).status_code == 201
    (actor,) = await found(backend, "actoren")
    (partij,) = await found(backend, "partijen")
    wie = Principal("a", actor["actoridentificator"]["objectId"], "medewerker", {})
    klant = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn=BSN), "Iemand")
    async with asyncio.timeout(20), AsyncExitStack() as open_units:
        for number in range(2):
            unit = await open_units.enter_async_context(backend.db.write())
            werk = Werk(unit, EmbeddedKlantinteracties(), Verzoek(wie, "", str(number)), "")
            assert await partijen.find_or_create_all(werk, klant, None) == [partij["uuid"], ""]
            me = actoren.of_principal(wie)
            assert await actoren.find_or_create_all(werk, [me]) == {me.slot: actor["uuid"]}


async def test_who_acts_for_a_company_is_its_representative(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    answer = await client.post(URL, json=contact(backend.klok(), klant=persoon(), namens=bedrijf()))
    assert answer.status_code == 201, answer.text
    betrokkenen = await found(backend, "betrokkenen")
    assert {(b["rol"], b["initiator"]) for b in betrokkenen} == {("vertegenwoordiger", True), ("klant", False)}
    company = (await found(backend, "partijen", soortPartij="organisatie"))[0]
    assert next(b for b in betrokkenen if b["rol"] == "klant")["wasPartij"]["uuid"] == company["uuid"]


async def test_an_establishment_hangs_under_its_company(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    klant = {
        "sleutel": {"soort": "organisatie", "kvk_nummer": KVK, "vestigingsnummer": "000012345678"},
        "naam": "Bakkerij Duin Haven",
    }
    for _ in range(2):
        answer = await client.post(URL, json=contact(backend.klok(), klant=klant))
        assert answer.json()["stand"] == "geslaagd", answer.text
    assert len(await found(backend, "partijen")) == 2
    assert len(await found(backend, "partijen", subIdentificatorVan__objectId=KVK)) == 1


async def test_an_establishment_hangs_under_a_company_that_was_known_by_its_rsin_alone(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    only_rsin = {"sleutel": {"soort": "organisatie", "rsin": "123456782"}, "naam": "Bakkerij Duin"}
    sleutel = {"soort": "organisatie", "kvk_nummer": KVK, "vestigingsnummer": "000012345678", "rsin": "123456782"}
    for klant in (only_rsin, {"sleutel": sleutel, "naam": "Bakkerij Duin Haven"}):
        answer = await client.post(URL, json=contact(backend.klok(), klant=klant))
        assert answer.json()["stand"] == "geslaagd", answer.text
    (haven,) = await found(backend, "partijen", subIdentificatorVan__objectId=KVK)
    assert len(await found(backend, "partijen")) == 2
    assert haven["partijIdentificatie"]["naam"] == "Bakkerij Duin Haven"


async def test_an_anonymous_contact_has_a_betrokkene_only_with_an_address(backend: Backend) -> None:
    client = await backend.client_for("tic")
    await client.post(URL, json=contact(backend.klok()))
    assert await found(backend, "betrokkenen") == []
    adres = {"soort": "telefoonnummer", "adres": "06 12 34 56 78"}
    answer = await client.post(URL, json=contact(backend.klok(), digitale_adressen=[adres]))
    assert answer.json()["resultaat"]["partij"] == ""
    (betrokkene,) = await found(backend, "betrokkenen")
    assert betrokkene["wasPartij"] is None
    (digitaal,) = await found(backend, "digitaleadressen")
    assert (digitaal["adres"], digitaal["verstrektDoorBetrokkene"]["uuid"]) == ("+31612345678", betrokkene["uuid"])


async def test_a_contactverzoek_becomes_an_internetaak_for_department_and_colleague(backend: Backend) -> None:
    client = await backend.client_for("tic")
    colleague = await backend.account("Eva", ["tweedelijn"])
    verzoek = {
        "afdeling": "Burgerzaken",
        "medewerker": colleague,
        "telefoonnummer": "0612345678",
        "voorkeursmoment": "morgen na 10 uur",
        "toelichting": "Belt over het paspoort.",
    }
    body = contact(backend.klok(), vraag(resultaat="contactverzoek", terugbelverzoek=verzoek), klant=persoon())
    outcome = (await client.post(URL, json=body)).json()
    (taak,) = await found(backend, "internetaken")
    assert [taak["uuid"]] == outcome["resultaat"]["internetaken"]
    assert taak["gevraagdeHandeling"] == "Terugbellen"
    assert taak["status"] == "te_verwerken"
    assert taak["toelichting"] == (
        "Telefoonnummer: 06 12 34 56 78\nVoorkeursmoment: morgen na 10 uur\nBelt over het paspoort."
    )
    actoren = {item["uuid"]: item for item in await found(backend, "actoren")}
    assert {actoren[ref["uuid"]]["naam"] for ref in taak["toegewezenAanActoren"]} == {"Burgerzaken", "Eva"}


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"vragen": [vraag(onderwerp="")]}, "vragen.0.onderwerp", "required"),
        ({"vragen": [vraag(), vraag(onderwerp="x" * 201)]}, "vragen.1.onderwerp", "max_length"),
        ({"vragen": [vraag(inhoud="x" * 1001)]}, "vragen.0.inhoud", "max_length"),
        ({"vragen": [vraag(onderwerp="x" + "\u202e" * 5000)]}, "vragen.0.onderwerp", "max_length"),
        ({"vragen": []}, "vragen", "required"),
        ({"vragen": [vraag(resultaat="contactverzoek")]}, "vragen.0.terugbelverzoek", "required"),
        ({"vragen": [vraag(terugbelverzoek={})]}, "vragen.0.terugbelverzoek.afdeling", "required"),
        (
            {"vragen": [vraag(terugbelverzoek={"afdeling": "A"})]},
            "vragen.0.terugbelverzoek.telefoonnummer",
            "required",
        ),
        (
            {"vragen": [vraag(terugbelverzoek={"medewerker": "niemand", "telefoonnummer": "0612345678"})]},
            "vragen.0.terugbelverzoek.medewerker",
            "does_not_exist",
        ),
        (
            {
                "vragen": [
                    vraag(terugbelverzoek={"afdeling": "A", "telefoonnummer": "0612345678", "toelichting": "x" * 990})
                ]
            },
            "vragen.0.terugbelverzoek.toelichting",
            "max_length",
        ),
        ({"klant": persoon("123456789")}, "klant.sleutel.bsn", "bsn-elfproef"),
        ({"klant": {"sleutel": {"soort": "persoon"}, "naam": "x"}}, "klant.sleutel", "required"),
        ({"namens": bedrijf()}, "klant", "required"),
        ({"digitale_adressen": [{"soort": "email", "adres": "geen adres"}]}, "digitale_adressen.0.adres", None),
        ({"begonnen_op": "2026-11-24T09:00:00"}, "begonnen_op", "invalid"),
        ({"beeindigd_op": "2020-01-01T09:00:00Z"}, "beeindigd_op", "before-begin"),
        ({"begonnen_op": "2099-01-01T09:00:00Z"}, "beeindigd_op", "before-begin"),
        (
            {"begonnen_op": "2099-01-01T09:00:00Z", "beeindigd_op": "2099-01-01T09:05:00Z"},
            "begonnen_op",
            "in-future",
        ),
        ({"beeindigd_op": "2099-01-01T09:05:00Z"}, "beeindigd_op", "in-future"),
    ],
)
async def test_what_cannot_be_is_refused_under_the_seats_field_name(
    backend: Backend, change: dict[str, Any], field: str, code: str | None
) -> None:
    client = await backend.client_for("tic")
    answer = await client.post(URL, json=contact(backend.klok(), **change))
    outcome = answer.json()
    assert (answer.status_code, outcome["stand"]) == (201, "geweigerd")
    wrong = {param["name"]: param["code"] for param in outcome["fout"]["invalidParams"]}
    assert field in wrong
    assert code in {None, wrong[field]}
    for resource in ("klantcontacten", "partijen", "betrokkenen", "internetaken", "actoren"):
        assert await found(backend, resource) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("=1+1", "=1+1"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("Blij 😀 met 👩‍👩‍👧", "Blij 😀 met 👩‍👩‍👧"),
        ("a\u202eb\u2066c\x00\x07d", "abcd"),
        ("'; DROP TABLE ki_partij;--", "'; DROP TABLE ki_partij;--"),
        ("שלום עולם", "שלום עולם"),
    ],
)
async def test_text_stays_the_text_it_is_without_characters_that_hide_or_turn(
    backend: Backend, typed: str, kept: str
) -> None:
    client = await backend.client_for("tic")
    answer = await client.post(URL, json=contact(backend.klok(), vraag(onderwerp=typed, inhoud=typed)))
    assert answer.json()["stand"] == "geslaagd", answer.text
    (item,) = await found(backend, "klantcontacten")
    assert (item["onderwerp"], item["inhoud"]) == (kept, kept)


async def test_a_name_of_ten_thousand_characters_is_cut_and_breaks_nothing(backend: Backend) -> None:
    client = await backend.client_for("tic")
    answer = await client.post(URL, json=contact(backend.klok(), klant=persoon(naam="x" * 10_000)))
    assert answer.json()["stand"] == "geslaagd", answer.text


async def test_what_was_registered_is_in_the_audit_trail_with_person_and_partij(backend: Backend) -> None:
    client = await backend.client_for("tic")
    auditor = await backend.client_for("auditor", naam="Auditor")
    body = {**contact(backend.klok(), klant=persoon(), namens=persoon(OTHER_BSN)), "kanaal": "telefoon"}
    outcome = (await client.post(URL, json=body)).json()
    for soort, waarde in (("bsn", BSN), ("partij", outcome["resultaat"]["partij"]), ("bsn", OTHER_BSN)):
        answer = await auditor.post("/kcs/api/v1/audit/zoeken", json={"soort": soort, "waarde": waarde})
        lines = [line for line in answer.json()["regels"] if line["handeling"] == "geregistreerd"]
        assert len(lines) == 1
        assert lines[0]["gelukt"] is True
        assert lines[0]["rollen"] == ["tic"]
        assert lines[0]["werkplek"]
        assert "telefoon" in lines[0]["doelbinding"].lower()
