"""A command has its effect exactly once, whatever happens around it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import msgspec
import pytest
from sqlalchemy import select

from kcs_desktop.backend.audit.store import write
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.feed.store import append, read_after, read_stand
from kcs_desktop.backend.opdrachten.claim import LEASE, ClaimLost, claim, find, hold, purge, release_all
from kcs_desktop.backend.opdrachten.identiteit import payload_hash
from kcs_desktop.backend.opdrachten.leven import Leven
from kcs_desktop.backend.opdrachten.router import HANDLERS
from kcs_desktop.backend.opdrachten.tables import OpdrachtRow
from kcs_desktop.backend.opdrachten.uitvoering import Uitvoerder
from kcs_desktop.backend.principal import Principal, Verzoek
from kcs_desktop.backend.standards.klantinteracties.register import EmbeddedKlantinteracties
from kcs_desktop.backend.standards.port import Resource
from kcs_desktop.domain.opdracht import Opdracht, Uitkomststand
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.uuid7 import new_id
from tests.harness.backend import Backend
from tests.harness.klok import Klok
from tests.unit.backend.opdrachten.bouwen import URL, contact, found, persoon, vraag

WIE = Principal("a1", "jan", "medewerker", {"crm": Recht.WIJZIGEN}, ("tic",), "balie-1", "s1", "Jan")
VERZOEK = Verzoek(WIE, "Klantcontact", "r1")


class Failing(EmbeddedKlantinteracties):
    """The register, breaking at the given call: with an error, or by waiting until it is cancelled."""

    def __init__(self, fail_at: int, *, hang: bool = False) -> None:
        super().__init__()
        self.left = fail_at
        self.hang = hang
        self.reached = asyncio.Event()

    async def create(self, unit: UnitOfWork, resource: str, body: Any) -> Resource:
        await self._count()
        return await super().create(unit, resource, body)

    async def add(self, unit: UnitOfWork, resource: str, body: Any) -> str:
        await self._count()
        return await super().add(unit, resource, body)

    async def _count(self) -> None:
        self.left -= 1
        if self.left == 0:
            self.reached.set()
            if self.hang:
                await asyncio.Event().wait()
            raise ConnectionResetError


@pytest.fixture
def wired(db: Database) -> Database:
    db.before_commit = [write, append]
    return db


def command(klok: Klok) -> Opdracht:
    return msgspec.convert(contact(klok(), vraag(), vraag(onderwerp="Tweede"), klant=persoon()), Opdracht)


async def contacts(db: Database) -> int:
    async with db.write() as unit:
        return len(await EmbeddedKlantinteracties().find(unit, "klantcontacten", {}))


async def test_a_repeat_gives_the_stored_outcome(backend: Backend) -> None:
    client = await backend.client_for("tic")
    body = contact(backend.klok(), klant=persoon())
    first = await client.post(URL, json=body)
    again = await client.post(URL, json=body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json() == (await client.get(f"{URL}/{body['id']}")).json()
    assert len(await found(backend, "klantcontacten")) == 1


async def test_the_clock_of_the_seat_is_no_part_of_the_payload(backend: Backend) -> None:
    client = await backend.client_for("tic")
    body = contact(backend.klok())
    await client.post(URL, json=body)
    again = await client.post(URL, json={**body, "gemaakt_op": (backend.klok() + timedelta(hours=1)).isoformat()})
    assert again.status_code == 200


async def test_the_same_id_with_another_payload_or_author_is_refused(backend: Backend) -> None:
    client = await backend.client_for("tic")
    body = contact(backend.klok())
    await client.post(URL, json=body)
    other = {**body, "gegevens": {**body["gegevens"], "kanaal": "balie"}}
    assert (await client.post(URL, json=other)).status_code == 422
    colleague = await backend.client_for("tic", naam="Kees")
    assert (await colleague.post(URL, json=body)).status_code == 422
    assert (await colleague.get(f"{URL}/{body['id']}")).status_code == 404


async def test_a_refusal_is_stored_and_audited_and_repeats_alike(backend: Backend) -> None:
    client = await backend.client_for("tic")
    body = contact(backend.klok(), vraag(onderwerp=""), klant=persoon())
    first = await client.post(URL, json=body)
    assert (first.status_code, first.json()["stand"]) == (201, "geweigerd")
    again = await client.post(URL, json=body)
    assert (again.status_code, again.json()) == (200, first.json())
    auditor = await backend.client_for("auditor", naam="Auditor")
    answer = await auditor.post("/kcs/api/v1/audit/zoeken", json={"soort": "bsn", "waarde": "999990019"})
    assert [(line["gelukt"], line["reden"]) for line in answer.json()["regels"]] == [(False, "invalid")]


async def test_what_this_role_may_not_do_is_audited_and_can_be_done_in_another(backend: Backend) -> None:
    body = contact(backend.klok(), klant=persoon())
    account = await backend.account("Sanne", ["floormanager", "snelbalie"])

    async def signed_in_as(rol: str) -> httpx.AsyncClient:
        antwoord = await backend.sign_in(account, [rol])
        return backend.client(Authorization=f"Bearer {antwoord.tokens.toegang}")

    refused = await (await signed_in_as("floormanager")).post(URL, json=body)
    assert (refused.status_code, refused.json()["code"]) == (403, "geen-recht")
    assert await found(backend, "klantcontacten") == []
    answer = await (await signed_in_as("snelbalie")).post(URL, json=body)
    assert (answer.status_code, answer.json()["stand"]) == (201, "geslaagd")
    assert len(await found(backend, "klantcontacten")) == 1
    auditor = await backend.client_for("auditor", naam="Auditor")
    lines = (await auditor.post("/kcs/api/v1/audit/zoeken", json={"soort": "bsn", "waarde": "999990019"})).json()
    assert sorted({(line["gelukt"], line["reden"]) for line in lines["regels"]}) == [(False, "geen-recht"), (True, "")]


async def test_a_callback_note_takes_its_own_right(backend: Backend) -> None:
    website = await backend.application(crm=Recht.WIJZIGEN)
    verzoek = {"afdeling": "Burgerzaken", "telefoonnummer": "0612345678"}
    plain = await website.post(URL, json=contact(backend.klok()))
    note = await website.post(URL, json=contact(backend.klok(), vraag(terugbelverzoek=verzoek)))
    assert (plain.json()["stand"], note.status_code) == ("geslaagd", 403)


@pytest.mark.parametrize(
    ("made", "status"),
    [(timedelta(days=-91), 410), (timedelta(days=-89), 201), (timedelta(hours=20), 201), (timedelta(days=2), 400)],
)
async def test_the_id_tells_how_old_a_command_is(backend: Backend, made: timedelta, status: int) -> None:
    client = await backend.client_for("tic")
    body = {**contact(backend.klok()), "id": new_id(backend.klok() + made)}
    assert (await client.post(URL, json=body)).status_code == status


@pytest.mark.parametrize("bad", ["", "1", "0" * 36, "018f0000-0000-4000-8000-000000000000", "f" * 36, "9" * 5000])
async def test_what_is_no_id_is_refused(backend: Backend, bad: str) -> None:
    client = await backend.client_for("tic")
    assert (await client.post(URL, json={**contact(backend.klok()), "id": bad})).status_code == 400


async def test_two_posts_at_once_have_one_effect(backend: Backend) -> None:
    client = await backend.client_for("tic")
    body = contact(backend.klok(), klant=persoon())
    answers = await asyncio.gather(*(client.post(URL, json=body) for _ in range(8)))
    assert sorted({answer.status_code for answer in answers} - {200, 202}) == [201]
    assert [answer.status_code for answer in answers].count(201) == 1
    assert len(await found(backend, "klantcontacten")) == 1


async def test_different_commands_at_once_make_one_partij_and_one_actor(backend: Backend) -> None:
    client = await backend.client_for("tic")
    bodies = [contact(backend.klok(), klant=persoon()) for _ in range(8)]
    answers = await asyncio.gather(*(client.post(URL, json=body) for body in bodies))
    assert [answer.json()["stand"] for answer in answers] == ["geslaagd"] * 8
    assert len(await found(backend, "partijen")) == 1
    assert len(await found(backend, "actoren")) == 1
    assert len(await found(backend, "klantcontacten")) == 8


async def test_two_workers_carry_a_command_out_once(postgres_url: str, klok: Klok) -> None:
    workers = [Database(postgres_url, clock=klok) for _ in range(2)]
    try:
        for db in workers:
            db.before_commit = [write, append]
        opdracht = command(klok)
        outcomes = await asyncio.gather(
            *(
                Uitvoerder(db, EmbeddedKlantinteracties(), HANDLERS).execute(opdracht, VERZOEK, "")
                for db in workers
                for _ in range(4)
            )
        )
        assert [is_new for is_new, _ in outcomes].count(True) == 1
        assert await contacts(workers[0]) == 2
    finally:
        for db in workers:
            await db.close()


@pytest.mark.parametrize("fail_at", [1, 2, 4, 7])
async def test_a_failure_halfway_leaves_nothing_and_a_retry_does_it_all(
    wired: Database, klok: Klok, fail_at: int
) -> None:
    opdracht = command(klok)
    with pytest.raises(ConnectionResetError):
        await Uitvoerder(wired, Failing(fail_at), HANDLERS).execute(opdracht, VERZOEK, "")
    assert await contacts(wired) == 0
    assert (await read_after(wired, 0))[1] == []
    is_new, outcome = await Uitvoerder(wired, EmbeddedKlantinteracties(), HANDLERS).execute(opdracht, VERZOEK, "")
    assert (is_new, outcome.stand) == (True, Uitkomststand.GESLAAGD)
    assert await contacts(wired) == 2


async def test_a_crash_after_the_claim_is_retried_when_the_lease_ran_out(wired: Database, klok: Klok) -> None:
    opdracht = command(klok)
    await claim(wired, opdracht, "klantcontact.registreren", WIE.id, payload_hash(opdracht, WIE.id))
    uitvoerder = Uitvoerder(wired, EmbeddedKlantinteracties(), HANDLERS)
    is_new, outcome = await uitvoerder.execute(opdracht, VERZOEK, "")
    assert (is_new, outcome.stand) == (False, Uitkomststand.BEZIG)
    assert await contacts(wired) == 0
    klok.advance(seconds=LEASE.total_seconds() + 1)
    is_new, outcome = await uitvoerder.execute(opdracht, VERZOEK, "")
    assert (is_new, outcome.stand) == (True, Uitkomststand.GESLAAGD)


async def test_the_claim_of_a_worker_that_is_gone_is_taken_over_at_once(wired: Database, klok: Klok) -> None:
    if wired.dialect == "sqlite":
        pytest.skip("SQLite has one worker")
    opdracht = command(klok)
    gone, here = Leven(wired), Leven(wired)
    await gone.start()
    await here.start()
    try:
        digest = payload_hash(opdracht, WIE.id)
        stale = await claim(wired, opdracht, "klantcontact.registreren", WIE.id, digest, mark=gone.mark)
        uitvoerder = Uitvoerder(wired, EmbeddedKlantinteracties(), HANDLERS, here)
        assert (await uitvoerder.execute(opdracht, VERZOEK, ""))[1].stand is Uitkomststand.BEZIG
        await gone.stop()
        async with wired.read() as session:
            assert await find(session, opdracht.id, WIE.id, klok()) is None  # whoever asks must hand it in again
        is_new, outcome = await uitvoerder.execute(opdracht, VERZOEK, "")
        assert (is_new, outcome.stand) == (True, Uitkomststand.GESLAAGD)
        with pytest.raises(ClaimLost):
            await _hold(wired, opdracht, stale.token)
        assert await contacts(wired) == 2
    finally:
        await gone.stop()
        await here.stop()


async def test_a_server_that_starts_ends_what_a_dead_one_was_at(wired: Database, klok: Klok) -> None:
    opdracht = command(klok)
    stale = await claim(wired, opdracht, "klantcontact.registreren", WIE.id, payload_hash(opdracht, WIE.id))
    assert await release_all(wired) == 1
    is_new, outcome = await Uitvoerder(wired, EmbeddedKlantinteracties(), HANDLERS).execute(opdracht, VERZOEK, "")
    assert (is_new, outcome.stand) == (True, Uitkomststand.GESLAAGD)
    with pytest.raises(ClaimLost):
        await _hold(wired, opdracht, stale.token)
    assert await contacts(wired) == 2
    assert await release_all(wired) == 0


async def _hold(db: Database, opdracht: Opdracht, token: str) -> None:
    async with db.write() as unit:
        await hold(unit, opdracht.id, token)


async def test_a_claim_that_could_not_be_given_back_is_taken_over_where_it_failed(
    wired: Database, klok: Klok, monkeypatch: pytest.MonkeyPatch
) -> None:
    opdracht = command(klok)
    uitvoerder = Uitvoerder(wired, Failing(2), HANDLERS)

    async def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr("kcs_desktop.backend.opdrachten.uitvoering.release", no_room)
        with pytest.raises(ConnectionResetError):
            await uitvoerder.execute(opdracht, VERZOEK, "")
    is_new, outcome = await uitvoerder.execute(opdracht, VERZOEK, "")
    assert (is_new, outcome.stand) == (True, Uitkomststand.GESLAAGD)
    assert await contacts(wired) == 2


async def test_a_cancelled_attempt_leaves_nothing_and_its_lease_runs_out(wired: Database, klok: Klok) -> None:
    opdracht = command(klok)
    register = Failing(4, hang=True)
    attempt = asyncio.create_task(Uitvoerder(wired, register, HANDLERS).execute(opdracht, VERZOEK, ""))
    await asyncio.wait_for(register.reached.wait(), 10)
    attempt.cancel()
    with pytest.raises(asyncio.CancelledError):
        await attempt
    assert await contacts(wired) == 0
    klok.advance(seconds=LEASE.total_seconds() + 1)
    await Uitvoerder(wired, EmbeddedKlantinteracties(), HANDLERS).execute(opdracht, VERZOEK, "")
    assert await contacts(wired) == 2


async def test_an_attempt_that_lost_its_claim_commits_nothing(wired: Database, klok: Klok) -> None:
    """The first attempt stalls before its effect until the lease is over and a second one has done the work."""
    opdracht = command(klok)
    digest = payload_hash(opdracht, WIE.id)
    stale = await claim(wired, opdracht, "klantcontact.registreren", WIE.id, digest)
    klok.advance(seconds=LEASE.total_seconds() + 1)
    uitvoerder = Uitvoerder(wired, EmbeddedKlantinteracties(), HANDLERS)
    await uitvoerder.execute(opdracht, VERZOEK, "")
    with pytest.raises(ClaimLost):
        await _hold(wired, opdracht, stale.token)
    assert await contacts(wired) == 2


async def test_outcomes_are_forgotten_after_ninety_days_and_then_refused(backend: Backend) -> None:
    client = await backend.client_for("tic")
    body = contact(backend.klok())
    await client.post(URL, json=body)
    backend.klok.advance(days=89)
    assert await purge(backend.db) == 0
    backend.klok.advance(days=2)
    assert await purge(backend.db) == 1
    async with backend.db.read() as session:
        assert (await session.scalars(select(OpdrachtRow.id))).all() == []
    client = backend.client(Authorization=(await _token(backend)))
    assert (await client.post(URL, json=body)).status_code == 410


async def _token(backend: Backend) -> str:
    signed_in = await backend.sign_in("test-tic", ["tic"])
    return f"Bearer {signed_in.tokens.toegang}"


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"id": 1}', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b'{"id":"\\ud800"}', "application/json", 400),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b'"' + b"x" * 3_000_000 + b'"', "application/json", 413),
    ],
)
async def test_a_body_that_is_no_command_is_a_clear_problem(
    backend: Backend, content: bytes, kind: str, status: int
) -> None:
    client = await backend.client_for("tic")
    answer = await client.post(URL, content=content, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["code"]


async def test_an_unknown_field_is_named(backend: Backend) -> None:
    client = await backend.client_for("tic")
    body = contact(backend.klok(), vraag(verzonnen=1))
    answer = await client.post(URL, json=body)
    assert answer.status_code == 400
    assert answer.json()["invalidParams"][0]["name"] == "gegevens.vragen.0.verzonnen"


async def test_who_only_asks_after_a_crash_hears_that_it_must_be_handed_in_again(backend: Backend) -> None:
    client = await backend.client_for("tic")
    body = contact(backend.klok())
    first = await client.post(URL, json=body)
    async with backend.db.write() as unit:  # as a backend leaves it that was killed between the claim and the effect
        row = await unit.session.get(OpdrachtRow, body["id"])
        assert row is not None
        row.stand, row.resultaat, row.lease_tot = Uitkomststand.BEZIG.value, None, unit.now + LEASE
    assert first.status_code == 201
    assert (await client.get(f"{URL}/{body['id']}")).status_code == 202
    backend.klok.advance(seconds=LEASE.total_seconds())
    assert (await client.get(f"{URL}/{body['id']}")).status_code == 404
    assert (await client.post(URL, json=body)).json()["stand"] == "geslaagd"


async def test_a_seat_that_has_not_heard_of_a_restored_backup_is_told_before_anything_is_done(backend: Backend) -> None:
    client = await backend.client_for("tic")
    body = contact(backend.klok())
    epoch = (await read_stand(backend.db)).epoch
    refused = await client.post(URL, json=body, headers={"X-KCS-Epoch": "een andere"})
    assert (refused.status_code, refused.json()["code"]) == (409, "andere-epoch")
    assert refused.json()["huidig"] == {"epoch": epoch}
    assert (await client.get(f"{URL}/{body['id']}")).status_code == 404
    assert (await client.post(URL, json=body, headers={"X-KCS-Epoch": epoch})).status_code == 201
