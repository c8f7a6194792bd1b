"""What Open Zaak does and clients rely on, beyond the shape of an answer."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.contract.catalogi import fixtures as catalogi
from tests.contract.zaken import fixtures as f
from tests.contract.zaken.spec import API, CRS
from tests.harness.backend import Backend

STRANGE = "http://127.0.0.1:8000/catalogi/api/v1/zaaktypen/019ac000-0000-7000-8000-000000000001"


async def found(client: httpx.AsyncClient, **asked: str) -> list[str]:
    """The numbers of the zaken of a list."""
    answer = await client.get(f"{API}/zaken", params=asked)
    assert answer.status_code == 200, answer.text
    return [item["identificatie"] for item in answer.json()["results"]]


async def test_the_system_of_co_ordinates_must_be_said_and_be_ours(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    assert (await client.get(f"{API}/zaken")).status_code == 412
    assert (await client.get(f"{API}/zaken", headers={"Accept-Crs": "EPSG:28992"})).status_code == 406
    assert (await client.post(f"{API}/zaken", json={}, headers={"Accept-Crs": "EPSG:4326"})).status_code == 412
    for path in ("zaken/_zoek", "zaak_registreren"):
        assert (await client.post(f"{API}/{path}", json={})).status_code == 412
    answer = await client.get(f"{API}/zaken", headers=CRS)
    assert (answer.status_code, answer.headers["Content-Crs"]) == (200, "EPSG:4326")
    assert (await client.get(f"{API}/rollen")).status_code == 200


async def test_a_zaak_follows_its_zaaktype_where_nobody_says_otherwise(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    zaak = await f.make_zaak(client, types)
    assert zaak["identificatie"] == "ZAAK-2026-0000000001"
    assert zaak["vertrouwelijkheidaanduiding"] == "zaakvertrouwelijk"
    assert zaak["uiterlijkeEinddatumAfdoening"] == "2026-12-28"  # 8 weeks
    assert (zaak["registratiedatum"], zaak["einddatum"]) == ("2026-11-24", None)
    own = await f.make_zaak(
        client,
        types,
        identificatie="EIGEN-1",
        vertrouwelijkheidaanduiding="openbaar",
        uiterlijkeEinddatumAfdoening="2027-01-01",
    )
    assert (own["identificatie"], own["vertrouwelijkheidaanduiding"]) == ("EIGEN-1", "openbaar")
    assert own["uiterlijkeEinddatumAfdoening"] == "2027-01-01"


async def test_a_number_is_given_once_reserved_or_drawn(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    reserved = await client.post(f"{API}/zaaknummer_reserveren", json={"bronorganisatie": f.RSIN})
    assert (reserved.status_code, reserved.json()) == (201, {"zaaknummer": "ZAAK-2026-0000000001"})
    more = await client.post(f"{API}/reserveer_zaaknummer", json={"bronorganisatie": f.RSIN, "aantal": 2})
    assert [one["zaaknummer"][-1] for one in more.json()] == ["2", "3"]
    await f.make_zaak(client, types, identificatie="ZAAK-2026-0000000004")  # by hand, in the way
    drawn = await f.make_zaak(client, types)
    assert drawn["identificatie"] == "ZAAK-2026-0000000005"
    used = await f.make_zaak(client, types, identificatie="ZAAK-2026-0000000001")
    assert used["identificatie"] == "ZAAK-2026-0000000001"
    again = await client.post(f"{API}/zaken", json=f.zaak_body(types, identificatie="ZAAK-2026-0000000001"))
    assert f.codes(again) == {"identificatie": "unique"}
    other = await f.make_zaak(client, types, identificatie="ZAAK-2026-0000000001", bronorganisatie="999990639")
    assert other["bronorganisatie"] == "999990639"
    wrong = await client.post(f"{API}/zaaknummer_reserveren", json={"bronorganisatie": "1", "aantal": 10**9})
    assert f.codes(wrong) == {"bronorganisatie": "min_length", "aantal": "max_value"}


async def test_of_ten_who_use_one_number_at_once_one_gets_it(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    body = f.zaak_body(types, identificatie="ZAAK-2026-0000000077")
    answers = await asyncio.gather(*(client.post(f"{API}/zaken", json=body) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [201] + [400] * 9
    refused = [answer for answer in answers if answer.status_code == 400]
    assert all(f.codes(answer) == {"identificatie": "unique"} for answer in refused)
    drawn = await asyncio.gather(*(client.post(f"{API}/zaken", json=f.zaak_body(types)) for _ in range(10)))
    assert len({answer.json()["identificatie"] for answer in drawn}) == 10


async def test_what_is_wrong_in_a_zaak_is_told_by_field(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)

    async def refused(**fields: Any) -> dict[str, str]:
        return f.codes(await client.post(f"{API}/zaken", json=f.zaak_body(types, **fields)))

    assert await refused(omschrijving="x" * 10_000, toelichting="x" * 10_000) == {
        "omschrijving": "max_length",
        "toelichting": "max_length",
    }
    assert await refused(zaaktype=STRANGE) == {"zaaktype": "does_not_exist"}
    assert await refused(zaaktype="https://voorbeeld.nl/iets") == {"zaaktype": "bad-url"}
    assert await refused(bronorganisatie="123456789") == {"bronorganisatie": "invalid"}
    assert await refused(startdatum="24-11-2026") == {"startdatum": "invalid"}
    assert await refused(registratiedatum="2026-11-25") == {"registratiedatum": "date-in-future"}
    assert await refused(laatsteBetaaldatum="2026-11-25T00:00:00Z") == {"laatsteBetaaldatum": "future_not_allowed"}
    assert await refused(verlenging={"reden": "", "duur": "twee weken"}) == {
        "verlenging.reden": "blank",
        "verlenging.duur": "invalid",
    }
    assert await refused(zaakgeometrie={"type": "Point", "coordinates": [155000, 463000]}) == {
        "zaakgeometrie": "invalid"
    }
    assert await refused(omschrijving="\x00") == {"omschrijving": "invalid"}
    assert await refused(kenmerken="geen lijst") == {"kenmerken": "not_a_list"}
    missing = await client.post(f"{API}/zaken", json={})
    assert set(f.codes(missing)) == {"bronorganisatie", "zaaktype", "verantwoordelijkeOrganisatie", "startdatum"}
    assert await found(client) == []


async def test_a_zaaktype_that_is_no_longer_there_or_not_yet_is_refused(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    concept = await catalogi.make_zaaktype(client, await catalogi.make_catalogus(client, "NIEUW"), "nieuw")
    answer = await client.post(f"{API}/zaken", json=f.zaak_body(concept))
    assert f.codes(answer) == {"zaaktype": "not-published"}
    zaak = await f.make_zaak(client, types)
    moved = await client.patch(zaak["url"], json={"zaaktype": concept["zaaktypen"]["url"]})
    assert f.codes(moved) == {"zaaktype": "wijzigen-niet-toegelaten"}
    renamed = await client.patch(zaak["url"], json={"identificatie": "ANDERS"})
    assert f.codes(renamed) == {"identificatie": "wijzigen-niet-toegelaten"}
    for resource, body in (
        ("rollen", f.initiator(concept, zaak)),
        ("statussen", f.status(concept, "statustypen", zaak)),
        ("resultaten", {"zaak": zaak["url"], "resultaattype": concept["resultaattypen"]["url"]}),
        (
            f"zaken/{zaak['uuid']}/zaakeigenschappen",
            {"zaak": zaak["url"], "eigenschap": concept["eigenschappen"]["url"], "waarde": "x"},
        ),
    ):
        answer = await client.post(f"{API}/{resource}", json=body)
        assert set(f.codes(answer).values()) == {"zaaktype-mismatch"}, resource


async def test_a_suspension_leaves_its_mark(backend: Backend) -> None:
    client = await f.client_of(backend)
    zaak = await f.make_zaak(client, await f.make_types(client), opschorting={"indicatie": True, "reden": "Stukken"})
    assert zaak["opschorting"] == {"indicatie": True, "eerdereOpschorting": False, "reden": "Stukken"}
    resumed = await client.patch(zaak["url"], json={"opschorting": {"indicatie": False, "reden": ""}})
    assert resumed.json()["opschorting"] == {"indicatie": False, "eerdereOpschorting": True, "reden": ""}
    assert resumed.json()["kenmerken"] == []


async def test_a_zaak_is_found_by_each_of_its_people_and_features(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    one = await f.make_zaak(
        client,
        types,
        identificatie="EEN",
        kenmerken=[{"kenmerk": "OF-1", "bron": "formulieren"}],
        omschrijving="Uitrit",
    )
    two = await f.make_zaak(client, types, identificatie="TWEE", startdatum="2026-11-20")
    await f.post(client, "rollen", f.initiator(types, one))
    await f.post(client, "rollen", f.behandelaar(types, two, "tic"))
    set_status = await f.post(client, "statussen", f.status(types, "statustypen", two))
    rol = "rol__betrokkeneIdentificatie__"
    asked: list[tuple[dict[str, str], list[str]]] = [
        ({f"{rol}natuurlijkPersoon__inpBsn": f.BSN}, ["EEN"]),
        ({f"{rol}medewerker__identificatie": "tic"}, ["TWEE"]),
        ({f"{rol}organisatorischeEenheid__identificatie": "tic"}, []),
        ({f"{rol}natuurlijkPersoon__inpBsn": f.BSN, "rol__omschrijvingGeneriek": "behandelaar"}, []),
        ({f"{rol}natuurlijkPersoon__inpBsn": f.BSN, "rol__omschrijvingGeneriek": "initiator"}, ["EEN"]),
        ({"rol__betrokkeneType": "medewerker"}, ["TWEE"]),
        ({"rol__machtiging": "eigen"}, ["TWEE", "EEN"]),
        ({"identificatie": "een"}, []),
        ({"identificatie__icontains": "wE"}, ["TWEE"]),
        ({"identificatie__icontains": "%"}, []),
        ({"omschrijving": "uitr"}, ["EEN"]),
        ({"startdatum": "2026-11-20"}, ["TWEE"]),
        ({"startdatum__lt": "2026-11-20"}, ["EEN"]),
        ({"startdatum__gte": "2026-11-20"}, ["TWEE"]),
        ({"einddatum__isnull": "true"}, ["TWEE", "EEN"]),
        ({"einddatum__isnull": "false"}, []),
        ({"zaaktype": types["zaaktypen"]["url"]}, ["TWEE", "EEN"]),
        ({"zaaktype": STRANGE}, []),
        ({"zaaktype__omschrijving": "parkeer"}, ["TWEE", "EEN"]),
        ({"status__statustype": types["statustypen"]["url"]}, ["TWEE"]),
        ({"archiefstatus__in": "nog_te_archiveren,overgedragen"}, ["TWEE", "EEN"]),
        ({"bronorganisatie__in": "1,2"}, []),
        ({"kenmerk": "formulieren:OF-1"}, ["EEN"]),
        ({"kenmerk__bron": "elders"}, []),
        ({"maximaleVertrouwelijkheidaanduiding": "openbaar"}, []),
        ({"maximaleVertrouwelijkheidaanduiding": "zeer_geheim"}, ["TWEE", "EEN"]),
        ({"ordering": "startdatum"}, ["EEN", "TWEE"]),
        ({"ordering": "-identificatie"}, ["TWEE", "EEN"]),
    ]
    for query, numbers in asked:
        assert await found(client, **query) == numbers, query
    latest = await client.get(f"{API}/statussen", params={"zaak": two["url"], "indicatieLaatstGezetteStatus": "true"})
    assert [item["uuid"] for item in latest.json()["results"]] == [set_status["uuid"]]
    people = await client.get(f"{API}/rollen", params={"betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": f.BSN})
    assert people.json()["count"] == 1
    for query, numbers in asked[:1]:
        wrong = await client.get(f"{API}/zaken", params={**query, "startdatum": "morgen", "archiefstatus": "weg"})
        assert set(f.codes(wrong)) == {"startdatum", "archiefstatus"}, numbers


async def test_an_order_holds_over_all_pages(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    for day in (5, 3, 3, 9, 1):
        await f.make_zaak(
            client, types, startdatum=f"2026-11-0{day}", publicatiedatum=None if day == 9 else "2026-11-01"
        )
    for ordering in ("startdatum", "-startdatum", "publicatiedatum", "-publicatiedatum", "einddatum"):
        whole = await found(client, ordering=ordering)
        paged: list[str] = []
        address: str | None = f"{API}/zaken?ordering={ordering}&pageSize=2"
        while address:
            page = (await client.get(address)).json()
            paged += [item["identificatie"] for item in page["results"]]
            address = page["next"]
        assert paged == whole, ordering
        assert len(set(paged)) == 5
    assert (await client.get(f"{API}/zaken?page=9")).status_code == 404
    assert f.codes(await client.get(f"{API}/zaken?ordering=omschrijving")) == {"ordering": "invalid_choice"}


async def test_a_search_by_body_takes_uuids_types_and_an_area(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    here = await f.make_zaak(client, types, zaakgeometrie=f.POINT)
    there = await f.make_zaak(client, types, zaakgeometrie={"type": "Point", "coordinates": [4.2, 52.9]})
    triangle = [[4.0, 52.0], [5.0, 52.0], [5.0, 53.0], [4.0, 52.0]]  # its bounds hold both, it holds one

    async def search(body: Any, **asked: str) -> Any:
        answer = await client.post(f"{API}/zaken/_zoek", json=body, params=asked)
        assert answer.status_code == 200, answer.text
        return answer.json()

    both = await search({"uuid__in": [here["uuid"], there["uuid"], "019ac000-0000-7000-8000-000000000001"]})
    assert both["count"] == 2
    area = {"zaakgeometrie": {"within": {"type": "Polygon", "coordinates": [triangle]}}}
    assert [item["uuid"] for item in (await search(area))["results"]] == [here["uuid"]]
    assert (await search({"zaaktype__in": [STRANGE]}))["count"] == 0
    assert (await search({"zaaktype__not_in": [STRANGE], "ordering": ["-startdatum"]}))["count"] == 2
    expanded = await search({"uuid__in": [here["uuid"]], "expand": ["zaaktype"]})
    assert expanded["results"][0]["_expand"]["zaaktype"]["identificatie"] == "parkeren"
    first = await search({"zaaktype__in": [types["zaaktypen"]["url"]]}, pageSize="1")
    assert first["next"].endswith("/zaken/_zoek?pageSize=1&page=2")
    wrong: list[Any] = [{}, {"uuid__in": ["x"]}, [], {"zaakgeometrie": {"within": f.POINT}}, {"uuid__in": [1]}]
    for body in wrong:
        assert (await client.post(f"{API}/zaken/_zoek", json=body)).status_code == 400, body
    assert (await client.post(f"{API}/zaken/{here['uuid']}", json={})).status_code == 404


async def test_a_question_that_no_database_can_carry_out_is_refused(backend: Backend) -> None:
    client = await f.client_of(backend)
    await f.make_zaak(client, await f.make_types(client))
    for question, code in (
        ({"ordering": ["startdatum", "einddatum", "-startdatum"]}, "unique"),
        ({"ordering": ["startdatum"] * 50_000}, "unique"),
        ({"bronorganisatie__in": [f.RSIN] * 501}, "invalid"),
        ({"omschrijving": "x" * 60_000}, "invalid"),
        ({"identificatie__icontains": "x" * 60_000}, "invalid"),
    ):
        answer = await client.post(f"{API}/zaken/_zoek", json={"startdatum__gte": "2000-01-01", **question})
        assert (answer.status_code, f.codes(answer)) == (400, dict.fromkeys(question, code))
    for sign in ("x", "%", "\U0001f600"):
        answer = await client.post(f"{API}/zaken/_zoek", json={"omschrijving": sign * 4000})
        assert (answer.status_code, answer.json()["count"]) == (200, 0)
    twice = await client.get(f"{API}/zaken", params={"ordering": "startdatum,startdatum"})
    assert f.codes(twice) == {"ordering": "unique"}


async def test_a_status_is_of_now_or_before_and_of_its_own_moment(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    zaak = await f.make_zaak(client, types)
    future = (backend.klok() + timedelta(seconds=1)).isoformat()
    answer = await client.post(f"{API}/statussen", json=f.status(types, "statustypen", zaak, future))
    assert f.codes(answer) == {"datumStatusGezet": "date-in-future"}
    body = f.status(types, "statustypen", zaak)
    answers = await asyncio.gather(*(client.post(f"{API}/statussen", json=body) for _ in range(4)))
    assert sorted(one.status_code for one in answers) == [201, 400, 400, 400]
    assert {tuple(f.codes(one).items()) for one in answers if one.status_code == 400} == {
        (("nonFieldErrors", "unique"),)
    }
    later = await f.post(client, "statussen", f.status(types, "In behandeling", zaak, "2026-11-05T09:00:00Z"))
    earlier = await f.post(client, "statussen", f.status(types, "statustypen", zaak, "2026-11-04T09:00:00Z"))
    assert (later["indicatieLaatstGezetteStatus"], earlier["indicatieLaatstGezetteStatus"]) == (True, False)
    assert (await client.get(zaak["url"])).json()["status"] == later["url"]


async def test_the_last_step_closes_a_zaak_with_a_result_and_an_earlier_one_opens_it(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    zaak = await f.make_zaak(client, types)
    end = f.status(types, "Afgehandeld", zaak, "2026-11-10T23:30:00Z")
    assert f.codes(await client.post(f"{API}/statussen", json=end)) == {"nonFieldErrors": "resultaat-does-not-exist"}
    result = {"zaak": zaak["url"], "resultaattype": types["resultaattypen"]["url"]}
    await f.post(client, "resultaten", result)
    assert f.codes(await client.post(f"{API}/resultaten", json=result)) == {"zaak": "unique"}
    await f.post(client, "statussen", end)
    closed = (await client.get(zaak["url"])).json()
    assert closed["einddatum"] == "2026-11-11"  # in Amsterdam
    assert (closed["archiefnominatie"], closed["archiefactiedatum"]) == ("vernietigen", "2031-11-11")
    assert await found(client, einddatum__isnull="false") == [zaak["identificatie"]]
    await f.post(client, "statussen", f.status(types, "In behandeling", zaak, "2026-11-12T09:00:00Z"))
    opened = (await client.get(zaak["url"])).json()
    assert (opened["einddatum"], opened["archiefactiedatum"]) == (None, None)


async def test_a_property_must_have_the_form_that_the_catalogue_gives_it(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    zaak = await f.make_zaak(client, types)
    place = f"{API}/zaken/{zaak['uuid']}/zaakeigenschappen"

    async def give(name: str, value: Any) -> httpx.Response:
        return await client.post(place, json={"zaak": zaak["url"], "eigenschap": types[name]["url"], "waarde": value})

    assert f.codes(await give("eigenschappen", "x" * 10_000)) == {"waarde": "waarde-incorrect-format"}
    assert f.codes(await give("eigenschappen", "x" * 200_000)) == {"waarde": "max_length"}
    assert f.codes(await give("breedte", "breed")) == {"waarde": "waarde-incorrect-format"}
    assert f.codes(await give("breedte", "")) == {"waarde": "blank"}
    made = (await give("breedte", "3,5")).json()
    assert (made["naam"], made["waarde"]) == ("breedte", "3,5")
    changed = await client.patch(made["url"], json={"waarde": "4"})
    assert changed.json()["waarde"] == "4"
    assert f.codes(await client.patch(made["url"], json={"waarde": "vier"})) == {"waarde": "waarde-incorrect-format"}
    other = await f.make_zaak(client, types)
    elsewhere = made["url"].replace(zaak["uuid"], other["uuid"])
    for answer in (
        await client.get(elsewhere),
        await client.patch(elsewhere, json={"waarde": "5"}),
        await client.delete(elsewhere),
        await client.get(place.replace("/zaken/api/v1/zaken/", "/zaken/api/v1/rollen/")),
        await client.get(f"{API}/zaken/019ac000-0000-7000-8000-000000000001/zaakeigenschappen"),
    ):
        assert answer.status_code == 404, answer.text


async def test_a_zaak_with_all_its_parts_is_registered_at_once_or_not_at_all(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    whole = {
        "zaak": f.zaak_body(types),
        "rollen": [f.initiator(types)],
        "status": f.status(types, "statustypen"),
        "zaakobjecten": [
            {
                "objectType": "adres",
                "objectIdentificatie": {
                    "wplWoonplaatsNaam": "Proefdam",
                    "gorOpenbareRuimteNaam": "Wulpweg",
                    "huisnummer": 1,
                },
            }
        ],
    }
    broken = {**whole, "rollen": [f.initiator(types), f.initiator(types, bsn="123456789")]}
    answer = await client.post(f"{API}/zaak_registreren", json=broken)
    assert f.codes(answer) == {"rollen.1.betrokkeneIdentificatie.inpBsn": "invalid"}
    late = {**whole, "status": f.status(types, "statustypen", moment="2027-01-01T00:00:00Z")}
    answer = await client.post(f"{API}/zaak_registreren", json=late)
    assert f.codes(answer) == {"status.datumStatusGezet": "date-in-future"}
    assert f.codes(await client.post(f"{API}/zaak_registreren", json={"zaak": {}})) == {
        "rollen": "required",
        "status": "required",
    }
    assert await found(client) == []
    made = await client.post(f"{API}/zaak_registreren", json=whole)
    assert made.status_code == 201, made.text
    assert made.json()["zaak"]["status"] == made.json()["status"]["url"]
    assert made.json()["zaak"]["rollen"] == [made.json()["rollen"][0]["url"]]
    assert made.json()["zaakobjecten"][0]["objectIdentificatie"]["huisnummer"] == 1


async def test_a_rol_is_complete_and_an_initiator_is_one(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    zaak = await f.make_zaak(client, types)
    body = f.initiator(types, zaak)
    nobody = {name: value for name, value in body.items() if name != "betrokkeneIdentificatie"}
    assert f.codes(await client.post(f"{API}/rollen", json=nobody)) == {"nonFieldErrors": "invalid-betrokkene"}
    rol = await f.post(client, "rollen", body)
    assert f.codes(await client.post(f"{API}/rollen", json=body)) == {"roltype": "max-occurences"}
    unknown = {**f.behandelaar(types, zaak), "betrokkeneType": "buurman"}
    assert f.codes(await client.post(f"{API}/rollen", json=unknown)) == {"betrokkeneType": "invalid_choice"}
    long = {**f.behandelaar(types, zaak), "betrokkeneIdentificatie": {"identificatie": "x" * 10_000}}
    assert f.codes(await client.post(f"{API}/rollen", json=long)) == {
        "betrokkeneIdentificatie.identificatie": "max_length"
    }
    changed = await client.put(rol["url"], json={**body, "roltoelichting": "Anders"})
    assert (changed.status_code, changed.json()["roltoelichting"]) == (200, "Anders")


@pytest.mark.parametrize("resource", ["rollen", "statussen", "resultaten", "zaakobjecten", "zaakinformatieobjecten"])
async def test_a_part_of_a_zaak_that_is_not_there_is_refused(backend: Backend, resource: str) -> None:
    client = await f.client_of(backend)
    answer = await client.post(f"{API}/{resource}", json={"zaak": f"{API}/zaken/019ac000-0000-7000-8000-000000000001"})
    assert answer.status_code == 400
    assert answer.json()["invalidParams"]


async def test_a_deelzaak_has_one_level(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    hoofd = await f.make_zaak(client, types)
    deel = await f.make_zaak(client, types, hoofdzaak=hoofd["url"])
    assert (await client.get(hoofd["url"])).json()["deelzaken"] == [deel["url"]]
    deeper = await client.post(f"{API}/zaken", json=f.zaak_body(types, hoofdzaak=deel["url"]))
    assert f.codes(deeper) == {"hoofdzaak": "deelzaak-als-hoofdzaak"}
    assert f.codes(await client.patch(deel["url"], json={"hoofdzaak": deel["url"]})) == {"hoofdzaak": "self-relation"}
    assert (await (await f.keeper_of(backend)).delete(hoofd["url"])).status_code == 204
    assert (await client.get(deel["url"])).status_code == 404


async def test_a_zaak_does_not_become_hoofdzaak_and_deelzaak_at_one_moment(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_types(client)
    for _ in range(5):
        low, middle, high = [await f.make_zaak(client, types) for _ in range(3)]
        both = await asyncio.gather(
            client.patch(low["url"], json={"hoofdzaak": middle["url"]}),
            client.patch(middle["url"], json={"hoofdzaak": high["url"]}),
        )
        assert sorted(answer.status_code for answer in both) == [200, 400]
