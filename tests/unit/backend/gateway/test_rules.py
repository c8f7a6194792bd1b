"""Who may ask, what is noted before and after, what the register is told, and what stays behind us."""

from __future__ import annotations

import asyncio
import json

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from kcs_desktop.backend.audit.tables import AuditregelRow
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.gateway.instellingen import REGISTERS
from kcs_desktop.domain.rechten import Recht
from tests.doubles.upstream import Gevraagd, Upstream
from tests.harness.backend import Backend
from tests.unit.backend.gateway.conftest import TOKEN
from tests.unit.backend.gateway.test_bad_upstream import BRP, RAADPLEEG

PARTIJ = "0192d3a4-0000-7000-8000-000000000001"
ROOT = "/klantinteracties/api/v1"


async def lines(db: Database) -> list[tuple[str, str, str, bool, str]]:
    async with db.read() as session:
        rows = (await session.scalars(select(AuditregelRow).order_by(AuditregelRow.id))).all()
    return [(row.fase, row.onderwerp_soort, row.onderwerp, row.gelukt, row.reden) for row in rows if row.bron]


async def test_the_register_is_told_who_asks_why_and_under_which_id(gateway: Backend, upstream: Upstream) -> None:
    upstream.ok({"type": "RaadpleegMetBurgerservicenummer", "personen": []})
    client = await gateway.client_for("snelbalie")
    headers = {"X-KCS-Kanaal": "balie", "X-Request-ID": "stoel-1.1"}
    assert (await client.post(BRP, json=RAADPLEEG, headers=headers)).status_code == 200
    asked = upstream.asked[-1]
    assert (asked.method, asked.target) == ("POST", "/basis/personen")
    assert (asked.headers["x-api-key"], asked.headers["x-request-id"]) == (TOKEN, "stoel-1.1")
    assert asked.headers["x-gebruiker"] == "test-snelbalie"
    assert asked.headers["x-doelbinding"]
    assert asked.headers["x-verwerking"]
    assert "authorization" not in asked.headers


async def test_each_register_gets_its_own_credential_and_path(gateway: Backend, upstream: Upstream) -> None:
    client = await gateway.client_for("snelbalie")
    upstream.ok({"resultaten": []})
    await client.get("/kvk/api/v2/zoeken", params={"naam": "bakker", "type": "hoofdvestiging"})
    assert upstream.asked[-1].target == "/basis/v2/zoeken?naam=bakker&type=hoofdvestiging"
    assert upstream.asked[-1].headers["apikey"] == TOKEN
    upstream.ok({"results": []})
    await client.get(f"{ROOT}/partijen", params={"page": "2"})
    assert upstream.asked[-1].target == "/basis/partijen?page=2"
    assert upstream.asked[-1].headers["authorization"] == f"Token {TOKEN}"


async def test_addresses_in_an_answer_become_ours(gateway: Backend, upstream: Upstream) -> None:
    other = upstream.url.replace("http://127.0.0.1", "https://open-klant.intern")
    row = {"uuid": PARTIJ, "url": f"{upstream.url}/partijen/{PARTIJ}", "x": {"url": f"{other}/partijen/1"}}
    upstream.ok({"count": 3, "next": f"{other}/partijen?page=3", "previous": None, "results": [row]})
    answer = (await (await gateway.client_for("snelbalie")).get(f"{ROOT}/partijen", params={"page": "2"})).json()
    ours = f"http://127.0.0.1:8000{ROOT}/partijen"
    assert (answer["next"], answer["previous"]) == (f"{ours}?page=3", None)
    assert answer["results"][0]["url"] == f"{ours}/{PARTIJ}"
    assert answer["results"][0]["x"]["url"] == f"{ours}/1"


async def test_intent_and_outcome_name_the_customer_and_its_other_keys(gateway: Backend, upstream: Upstream) -> None:
    upstream.ok({"results": [{"uuid": PARTIJ}]})
    filters = {"partijIdentificator__codeSoortObjectId": "bsn", "partijIdentificator__objectId": "999990019"}
    await (await gateway.client_for("snelbalie")).get(f"{ROOT}/partijen", params=filters)
    assert await lines(gateway.db) == [
        ("voornemen", "bsn", "999990019", True, ""),
        ("uitkomst", "bsn", "999990019", True, ""),
    ]
    async with gateway.db.read() as session:
        keys = (await session.scalars(select(AuditregelRow.sleutels).where(AuditregelRow.fase == "uitkomst"))).one()
    assert PARTIJ in keys


async def test_everyone_a_search_shows_stands_in_the_outcome(gateway: Backend, upstream: Upstream) -> None:
    upstream.ok({"personen": [{"burgerservicenummer": "999990019"}, {"burgerservicenummer": "999990020"}]})
    body = {"type": "ZoekMetPostcodeEnHuisnummer", "postcode": "1234AB", "huisnummer": 1, "fields": ["naam"]}
    answer = await (await gateway.client_for("snelbalie")).post(BRP, json=body)
    assert answer.json()["personen"] == [{}, {}]  # noted, and not given to who did not ask it
    found = await lines(gateway.db)
    assert [(fase, bsn) for fase, _, bsn, _, _ in found] == [
        ("voornemen", ""),
        ("uitkomst", "999990019"),
        ("uitkomst", "999990020"),
    ]


async def test_who_is_told_of_beside_the_one_asked_for_is_in_the_outcome(gateway: Backend, upstream: Upstream) -> None:
    """Asked from the register where the caller did not, and taken out again."""
    dora = {"burgerservicenummer": "999990032", "naam": {"voornamen": "Dora"}}
    partner = {"burgerservicenummer": "999990044", "naam": {"voornamen": "Piet"}}
    upstream.ok({"personen": [{"burgerservicenummer": "999990019", "kinderen": [dora], "partners": [partner]}]})
    body = {**RAADPLEEG, "fields": ["kinderen.naam", "partners"]}
    answer = await (await gateway.client_for("snelbalie")).post(BRP, json=body)
    assert json.loads(upstream.asked[-1].body)["fields"] == [
        "kinderen.naam", "partners", "burgerservicenummer", "kinderen.burgerservicenummer",
    ]  # fmt: skip
    assert answer.json()["personen"] == [{"kinderen": [{"naam": {"voornamen": "Dora"}}], "partners": [partner]}]
    async with gateway.db.read() as session:
        keys = (await session.scalars(select(AuditregelRow.sleutels).where(AuditregelRow.fase == "uitkomst"))).one()
    assert "999990032" in keys
    assert "999990044" in keys


async def _fill_disk(db: Database) -> None:
    """From now on no audit line can be written."""

    async def full_disk(_unit: UnitOfWork) -> None:
        raise OperationalError("", {}, Exception())

    if db.dialect == "postgresql":
        async with db.write() as unit:
            for statement in (
                "CREATE FUNCTION vol() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE EXCEPTION 'vol' USING ERRCODE = 'disk_full'; END $$",
                "CREATE TRIGGER vol BEFORE INSERT ON auditregel FOR EACH ROW EXECUTE FUNCTION vol()",
            ):
                await unit.session.execute(text(statement))
    else:
        db.before_commit = [full_disk]


async def test_without_intent_there_is_no_call(gateway: Backend, upstream: Upstream) -> None:
    client = await gateway.client_for("snelbalie")
    await _fill_disk(gateway.db)
    assert (await client.post(BRP, json=RAADPLEEG)).status_code == 503
    assert upstream.asked == []


async def test_the_intent_is_committed_when_the_register_is_asked(gateway: Backend, upstream: Upstream) -> None:
    """Of several questions at once, each."""
    found: list[int] = []

    async def look(_asked: Gevraagd) -> None:
        intents = [line for line in await lines(gateway.db) if line[0] == "voornemen"]
        found.append(len(intents))

    upstream.ok({"type": "RaadpleegMetBurgerservicenummer", "personen": []})
    upstream.on_asked = look
    client = await gateway.client_for("snelbalie")
    answers = await asyncio.gather(*(client.post(BRP, json=RAADPLEEG) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len(found) == 8
    assert all(count >= place for place, count in enumerate(sorted(found), start=1))
    assert len(await lines(gateway.db)) == 16


async def test_a_role_without_the_right_is_refused_audited_and_never_passed_on(
    gateway: Backend, upstream: Upstream
) -> None:
    client = await gateway.application(crm=Recht.RAADPLEGEN)
    assert (await client.post(BRP, json=RAADPLEEG)).status_code == 403
    assert (await client.get("/kvk/api/v1/basisprofielen/90000013")).status_code == 403
    assert (await (await gateway.application("B")).get(f"{ROOT}/partijen/{PARTIJ}")).status_code == 403
    assert upstream.asked == []
    assert [(waarde, gelukt) for _, _, waarde, gelukt, _ in await lines(gateway.db)] == [
        ("999990019", False),
        ("90000013", False),
        (PARTIJ, False),
    ]


async def test_callback_notes_tell_of_customers_and_are_for_who_may_see_those(
    gateway: Backend, upstream: Upstream
) -> None:
    floor = await gateway.client_for("floormanager")
    for path in ("internetaken", f"internetaken/{PARTIJ}"):
        assert (await floor.get(f"{ROOT}/{path}")).status_code == 403
    assert upstream.asked == []


@pytest.mark.parametrize("path", ["/onbekend", "/partijen/..%2Fadmin", "/partijen/1"])
async def test_what_is_no_address_of_the_standard_is_never_passed_on(
    gateway: Backend, upstream: Upstream, path: str
) -> None:
    assert (await (await gateway.client_for("snelbalie")).get(f"{ROOT}{path}")).status_code == 404
    assert upstream.asked == []


async def test_of_a_repeated_parameter_the_register_gets_the_one_that_is_noted(
    gateway: Backend, upstream: Upstream
) -> None:
    upstream.ok({"results": []})
    client = await gateway.client_for("snelbalie")
    await client.get(f"{ROOT}/klantcontacten?hadBetrokkene__wasPartij__uuid=1&hadBetrokkene__wasPartij__uuid={PARTIJ}")
    assert upstream.asked[-1].target.endswith(f"klantcontacten?hadBetrokkene__wasPartij__uuid={PARTIJ}")
    assert (await lines(gateway.db))[0][1:3] == ("partij", PARTIJ)


async def test_a_write_is_refused_clearly_and_audited(gateway: Backend, upstream: Upstream) -> None:
    client = await gateway.application(crm=Recht.WIJZIGEN)
    for method, path in (("POST", "/partijen"), ("POST", "/maak-klantcontact"), ("PATCH", f"/partijen/{PARTIJ}")):
        answer = await client.request(method, f"{ROOT}{path}", json={})
        assert (answer.status_code, answer.json()["code"]) == (405, "register-alleen-lezen"), answer.text
    assert upstream.asked == []
    assert {reden for *_, reden in await lines(gateway.db)} == {"register-alleen-lezen"}


async def test_health_tells_which_registers_are_upstream(gateway: Backend) -> None:
    states = (await gateway.client().get("/health")).json()["registers"]
    upstream = {"brp", "kvk", "klantinteracties", "bag"}
    assert states == {naam: "upstream" if naam in upstream else "embedded" for naam in REGISTERS}


async def test_the_search_index_says_that_it_does_not_know_the_customers_elsewhere(gateway: Backend) -> None:
    client = await gateway.client_for("snelbalie")
    answer = (await client.post("/kcs/api/v1/zoeken", json={"tekst": "jansen"})).json()
    assert answer["treffers"] == []
    assert "elders" in answer["melding"]


async def test_an_address_is_asked_at_the_bag_and_nothing_of_it_stands_in_the_audit(
    gateway: Backend, upstream: Upstream, db: Database
) -> None:
    client = await gateway.client_for("snelbalie")
    links = {"adres": {"href": f"{upstream.url}/adressen?zoekresultaatIdentificatie=abc"}}
    rij = {"omschrijving": "Straat 1, Plaats", "identificatie": "abc", "_links": links}
    upstream.ok({"_embedded": {"zoekresultaten": [rij]}, "_links": {}}, media_type="application/hal+json")
    answer = await client.get("/bag/api/v2/adressen/zoek", params={"zoek": "straat 1"})
    assert upstream.asked[-1].target == "/basis/adressen/zoek?zoek=straat+1"
    assert upstream.asked[-1].headers["x-api-key"] == TOKEN
    (found,) = answer.json()["_embedded"]["zoekresultaten"]
    assert "/bag/api/v2/adressen?zoekresultaatIdentificatie=abc" in found["_links"]["adres"]["href"]
    assert upstream.url not in answer.text
    upstream.ok({"code": "notFound", "title": "Niets"}, status=404, media_type="application/problem+json")
    answer = await client.get("/bag/api/v2/adressen", params={"postcode": "9999ZZ", "huisnummer": "1"})
    assert (answer.status_code, answer.json()["_embedded"]) == (200, {})
    upstream.behaviour = "html"
    answer = await client.get("/bag/api/v2/adressen", params={"postcode": "9999ZZ", "huisnummer": "1"})
    assert answer.status_code == 502
    asked = len(upstream.asked)
    assert (await client.get("/bag/api/v2/adressen/zoek")).status_code == 400
    assert len(upstream.asked) == asked
    assert await lines(db) == []
