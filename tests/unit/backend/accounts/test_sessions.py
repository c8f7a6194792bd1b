"""A session's course: refreshing, reuse, signing out, unlocking, blocking."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from kcs_desktop.backend.accounts.beheer import set_blocked, set_password, withdraw_sessions
from kcs_desktop.backend.accounts.sleutels import rotate, withdraw_others
from kcs_desktop.domain.sessie import SessieAntwoord
from kcs_desktop.security.afdruk import afdruk_of
from tests.harness.backend import WACHTWOORD, WERKPLEK, Backend

SESSIES = "/kcs/api/v1/sessies"


@pytest.fixture
async def sessie(backend: Backend) -> SessieAntwoord:
    return await backend.sign_in(await backend.account("Noor", ["snelbalie", "tic"]), ["snelbalie"])


def bearer(backend: Backend, token: str) -> httpx.AsyncClient:
    return backend.client(Authorization=f"Bearer {token}")


async def refresh(backend: Backend, token: str) -> httpx.Response:
    return await backend.client().post(f"{SESSIES}/vernieuwen", json={"verversing": token})


async def look_into(backend: Backend, token: str, *, ends: bool = False) -> str:
    """As a seat asks that kept a print of the token only."""
    bewijs = afdruk_of(token)
    body = {"kenmerk": bewijs.kenmerk, "afdruk": bewijs.afdruk, "beeindigen": ends}
    answer = await backend.client().post(f"{SESSIES}/nagaan", json=body)
    assert answer.status_code == 200
    return str(answer.json()["stand"])


async def is_signed_in(backend: Backend, token: str) -> bool:
    return (await bearer(backend, token).get(f"{SESSIES}/huidig")).status_code == 200


async def test_an_access_token_ends_after_ten_minutes_and_a_refresh_goes_on(
    backend: Backend, sessie: SessieAntwoord
) -> None:
    backend.klok.advance(minutes=10, seconds=1)
    old = await bearer(backend, sessie.tokens.toegang).get(f"{SESSIES}/huidig")
    assert (old.status_code, old.json()["code"]) == (401, "token-verlopen")
    fresh = (await refresh(backend, sessie.tokens.verversing)).json()
    assert await is_signed_in(backend, fresh["tokens"]["toegang"])
    assert fresh["sessie"]["id"] == sessie.sessie.id


async def test_a_repeated_refresh_within_thirty_seconds_gives_the_same_successor(
    backend: Backend, sessie: SessieAntwoord
) -> None:
    first = await refresh(backend, sessie.tokens.verversing)
    backend.klok.advance(29)
    second = await refresh(backend, sessie.tokens.verversing)
    assert first.json()["tokens"]["verversing"] == second.json()["tokens"]["verversing"]


async def test_refreshes_at_the_same_moment_get_the_same_successor(backend: Backend, sessie: SessieAntwoord) -> None:
    answers = await asyncio.gather(*(refresh(backend, sessie.tokens.verversing) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["tokens"]["verversing"] for answer in answers}) == 1


async def test_reuse_of_an_old_refresh_token_ends_the_whole_session(backend: Backend, sessie: SessieAntwoord) -> None:
    fresh = (await refresh(backend, sessie.tokens.verversing)).json()["tokens"]
    backend.klok.advance(31)
    reused = await refresh(backend, sessie.tokens.verversing)
    assert (reused.status_code, reused.json()["code"]) == (401, "verversing-hergebruikt")
    assert (await refresh(backend, fresh["verversing"])).json()["code"] == "sessie-beeindigd"
    assert not await is_signed_in(backend, fresh["toegang"])


async def test_a_refresh_token_two_steps_old_is_reuse_at_once(backend: Backend, sessie: SessieAntwoord) -> None:
    second = (await refresh(backend, sessie.tokens.verversing)).json()["tokens"]["verversing"]
    await refresh(backend, second)
    assert (await refresh(backend, sessie.tokens.verversing)).json()["code"] == "verversing-hergebruikt"


async def test_a_session_ends_after_twelve_hours_however_often_it_is_refreshed(
    backend: Backend, sessie: SessieAntwoord
) -> None:
    token = sessie.tokens.verversing
    for _ in range(11):
        backend.klok.advance(hours=1)
        token = (await refresh(backend, token)).json()["tokens"]["verversing"]
    backend.klok.advance(hours=1)
    assert (await refresh(backend, token)).json()["code"] == "sessie-beeindigd"


async def test_signing_out_refuses_both_tokens_at_once(backend: Backend, sessie: SessieAntwoord) -> None:
    client = bearer(backend, sessie.tokens.toegang)
    assert (await client.delete(f"{SESSIES}/huidig")).status_code == 204
    answer = await client.get(f"{SESSIES}/huidig")
    assert (answer.status_code, answer.json()["code"]) == (401, "sessie-beeindigd")
    assert (await refresh(backend, sessie.tokens.verversing)).status_code == 401


async def test_blocking_an_account_ends_its_sessions_at_once(backend: Backend, sessie: SessieAntwoord) -> None:
    naam = sessie.sessie.medewerker.gebruikersnaam
    async with backend.db.write() as unit:
        await set_blocked(unit, naam, geblokkeerd=True)
    assert not await is_signed_in(backend, sessie.tokens.toegang)
    body = {"gebruikersnaam": naam, "wachtwoord": WACHTWOORD}
    assert (await backend.client().post("/kcs/api/v1/aanmelden", json=body)).status_code == 423


async def test_only_the_holder_of_a_token_hears_that_it_was_withdrawn(backend: Backend, sessie: SessieAntwoord) -> None:
    naam = sessie.sessie.medewerker.gebruikersnaam
    signed_out = await backend.sign_in(naam, ["snelbalie"])
    await bearer(backend, signed_out.tokens.toegang).delete(f"{SESSIES}/huidig")
    async with backend.db.write() as unit:
        await withdraw_sessions(unit, naam)
    for token in (sessie.tokens.verversing, signed_out.tokens.verversing):
        answer = await refresh(backend, token)
        assert (answer.status_code, answer.json()["code"]) == (401, "sessie-ingetrokken")
    forged = sessie.tokens.verversing[:-4] + "AAAA"
    assert (await refresh(backend, forged)).json()["code"] == "ongeldig-token"
    again = await backend.sign_in(naam, ["snelbalie"])  # withdrawn is not blocked
    assert await is_signed_in(backend, again.tokens.toegang)


async def test_a_blocked_account_is_told_so_at_every_token_it_had(backend: Backend, sessie: SessieAntwoord) -> None:
    backend.klok.advance(hours=13)
    assert (await refresh(backend, sessie.tokens.verversing)).json()["code"] == "sessie-beeindigd"
    async with backend.db.write() as unit:
        await set_blocked(unit, sessie.sessie.medewerker.gebruikersnaam, geblokkeerd=True)
    assert (await refresh(backend, sessie.tokens.verversing)).json()["code"] == "sessie-ingetrokken"


async def test_a_new_password_ends_the_sessions_of_the_old_one(backend: Backend, sessie: SessieAntwoord) -> None:
    async with backend.db.write() as unit:
        await set_password(unit, sessie.sessie.medewerker.gebruikersnaam, "een heel ander geheim 9")
    assert not await is_signed_in(backend, sessie.tokens.toegang)


async def test_unlocking_asks_for_the_own_password_and_limits_guessing(
    backend: Backend, sessie: SessieAntwoord
) -> None:
    client = bearer(backend, sessie.tokens.toegang)
    url = f"{SESSIES}/ontgrendelen"
    assert (await client.post(url, json={"wachtwoord": WACHTWOORD})).status_code == 204
    for _ in range(5):
        assert (await client.post(url, json={"wachtwoord": "iets anders"})).status_code == 403
    limited = await client.post(url, json={"wachtwoord": WACHTWOORD})
    assert limited.status_code == 429
    assert int(limited.headers["retry-after"]) == limited.json()["retryAfter"] > 0


async def test_a_role_that_the_account_does_not_have_cannot_be_chosen(backend: Backend) -> None:
    naam = await backend.account("Kees", ["tic"])
    client = backend.client()
    first = await client.post("/kcs/api/v1/aanmelden", json={"gebruikersnaam": naam, "wachtwoord": WACHTWOORD})
    keuze = {"keuzetoken": first.json()["keuzetoken"], "werkplek": WERKPLEK.id}
    refused = await client.post(SESSIES, json={**keuze, "rollen": ["tic", "auditor"]})
    assert refused.status_code == 400
    assert refused.json()["invalidParams"][0]["name"] == "rollen"
    assert (await client.post(SESSIES, json={**keuze, "rollen": ["tic"]})).status_code == 201


async def test_a_choice_works_once_and_for_five_minutes(backend: Backend) -> None:
    naam = await backend.account("Kees", ["tic"])
    client = backend.client()
    tokens = []
    for _ in range(2):
        answer = await client.post("/kcs/api/v1/aanmelden", json={"gebruikersnaam": naam, "wachtwoord": WACHTWOORD})
        tokens.append(answer.json()["keuzetoken"])
    bodies = [{"keuzetoken": token, "werkplek": WERKPLEK.id, "rollen": ["tic"]} for token in tokens]
    assert (await client.post(SESSIES, json=bodies[0])).status_code == 201
    assert (await client.post(SESSIES, json=bodies[0])).json()["code"] == "keuze-verlopen"
    backend.klok.advance(minutes=5)
    assert (await client.post(SESSIES, json=bodies[1])).json()["code"] == "keuze-verlopen"


async def test_of_two_simultaneous_uses_of_a_choice_one_wins(backend: Backend) -> None:
    naam = await backend.account("Kees", ["tic"])
    client = backend.client()
    first = await client.post("/kcs/api/v1/aanmelden", json={"gebruikersnaam": naam, "wachtwoord": WACHTWOORD})
    body = {"keuzetoken": first.json()["keuzetoken"], "werkplek": WERKPLEK.id, "rollen": ["tic"]}
    answers = await asyncio.gather(*(client.post(SESSIES, json=body) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 401, 401, 401]


async def test_a_print_of_a_token_tells_whether_its_owner_was_withdrawn_also_after_a_change_of_key(
    backend: Backend, sessie: SessieAntwoord
) -> None:
    token = sessie.tokens.verversing
    assert await look_into(backend, token) == "loopt"
    async with backend.db.write() as unit:
        await withdraw_others(unit, (await rotate(unit)).id)
    assert (await refresh(backend, token)).json()["code"] == "ongeldig-token"
    assert await look_into(backend, token) == "loopt"
    async with backend.db.write() as unit:
        await set_blocked(unit, sessie.sessie.medewerker.gebruikersnaam, True)
    assert await look_into(backend, token) == "ingetrokken"


async def test_a_print_signs_out_and_opens_nothing(backend: Backend, sessie: SessieAntwoord) -> None:
    token = sessie.tokens.verversing
    bewijs = afdruk_of(token)
    assert (await refresh(backend, f"{bewijs.kenmerk}.{bewijs.afdruk}")).json()["code"] == "ongeldig-token"
    assert await is_signed_in(backend, sessie.tokens.toegang)
    assert await look_into(backend, token, ends=True) == "beeindigd"
    assert not await is_signed_in(backend, sessie.tokens.toegang)
    assert await look_into(backend, token) == "beeindigd"


async def test_a_print_that_no_token_of_the_session_gives_is_of_nobody_and_ends_nothing(
    backend: Backend, sessie: SessieAntwoord
) -> None:
    sid, nr, mac = sessie.tokens.verversing.split(".")
    for guess in (f"{sid}.{nr}.{mac[::-1]}", f"{sid}.{int(nr) + 1}.{mac}", f"{sid[::-1]}.{nr}.{mac}", "x.y.z", ".."):
        assert await look_into(backend, guess, ends=True) == "onbekend"
    assert await is_signed_in(backend, sessie.tokens.toegang)
