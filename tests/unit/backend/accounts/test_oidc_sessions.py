"""A session of a gemeente-account: asked after at each refresh, over when the provider says so, else never."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import msgspec
import pytest
from sqlalchemy import select, update

from kcs_desktop.backend.accounts.beheer import create_werkplek
from kcs_desktop.backend.accounts.tables import SessieRij
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.domain.sessie import SessieAntwoord
from tests.doubles.aanmelddienst import Aanmelddienst, running_aanmelddienst
from tests.harness.backend import WERKPLEK, Backend, running_backend
from tests.harness.gemeenteaccount import ROOT, Poging, settings_for, sign_in
from tests.harness.klok import Klok


@pytest.fixture
def dienst(klok: Klok) -> Iterator[Aanmelddienst]:
    with running_aanmelddienst(klok) as running:
        yield running


@pytest.fixture
async def gemeente(db: Database, klok: Klok, dienst: Aanmelddienst) -> AsyncIterator[Backend]:
    async with running_backend(db, klok, oidc=settings_for(dienst)) as backend:
        async with db.write() as unit:
            await create_werkplek(unit, WERKPLEK)
        yield backend


async def begin(backend: Backend, *rollen: str) -> SessieAntwoord:
    keuze = (await sign_in(backend)).json()["keuzetoken"]
    body = {"keuzetoken": keuze, "werkplek": WERKPLEK.id, "rollen": list(rollen or ("tic",))}
    answer = await backend.client().post(f"{ROOT}/sessies", json=body)
    assert answer.status_code == 201, answer.text
    return msgspec.json.decode(answer.content, type=SessieAntwoord)


async def refresh(backend: Backend, antwoord: SessieAntwoord) -> httpx.Response:
    return await backend.client().post(f"{ROOT}/sessies/vernieuwen", json={"verversing": antwoord.tokens.verversing})


async def refreshed(backend: Backend, antwoord: SessieAntwoord) -> SessieAntwoord:
    answer = await refresh(backend, antwoord)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=SessieAntwoord)


async def test_a_session_goes_on_while_the_provider_confirms(
    gemeente: Backend, dienst: Aanmelddienst, klok: Klok
) -> None:
    antwoord = await begin(gemeente)
    assert antwoord.sessie.gemeenteaccount
    for _ in range(4):  # the provider gives another refresh token each time, and takes none twice
        klok.advance(minutes=10)
        antwoord = await refreshed(gemeente, antwoord)
    assert [form["grant_type"] for form in dienst.forms].count("refresh_token") == 4


async def test_an_account_that_is_withdrawn_is_out_within_one_access_token(
    gemeente: Backend, dienst: Aanmelddienst, klok: Klok
) -> None:
    antwoord = await begin(gemeente)
    dienst.withdraw("sub-bakker")
    klok.advance(minutes=10)
    client = gemeente.client(Authorization=f"Bearer {antwoord.tokens.toegang}")
    assert (await client.get(f"{ROOT}/sessies/huidig")).status_code == 401
    answer = await refresh(gemeente, antwoord)
    assert (answer.status_code, answer.json()["code"]) == (401, "sessie-beeindigd")
    assert (await refresh(gemeente, antwoord)).status_code == 401
    async with gemeente.db.read() as session:
        assert (await session.scalars(select(SessieRij.idp))).all() == [None]


async def test_a_provider_that_is_away_throws_nobody_out_at_once(
    gemeente: Backend, dienst: Aanmelddienst, klok: Klok
) -> None:
    antwoord = await begin(gemeente)
    dienst.is_away = True
    for _ in range(6):
        klok.advance(minutes=10)
        antwoord = await refreshed(gemeente, antwoord)
    klok.advance(minutes=10)
    answer = await refresh(gemeente, antwoord)
    assert (answer.status_code, answer.json()["code"]) == (503, "aanmelddienst-onbereikbaar")
    dienst.is_away = False
    klok.advance(minutes=1)
    assert (await refresh(gemeente, antwoord)).status_code == 200


async def test_a_secret_that_was_changed_at_the_provider_throws_nobody_out(
    gemeente: Backend, dienst: Aanmelddienst, klok: Klok
) -> None:
    antwoord = await begin(gemeente)
    dienst.secret = "vernieuwd"
    klok.advance(minutes=10)
    assert (await refresh(gemeente, antwoord)).status_code == 200


async def test_two_refreshes_at_once_ask_the_provider_once(gemeente: Backend, dienst: Aanmelddienst) -> None:
    antwoord = await begin(gemeente)
    answers = await asyncio.gather(*(refresh(gemeente, antwoord) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert [form["grant_type"] for form in dienst.forms].count("refresh_token") == 1
    successors = {answer.json()["tokens"]["verversing"] for answer in answers}
    assert len(successors) == 1


async def _overtaken(gemeente: Backend, dienst: Aanmelddienst, antwoord: SessieAntwoord) -> tuple[httpx.Response, ...]:
    """Of two refreshes with one token, the one that asked the provider and hears it late, and the one that did not."""
    dienst.hold()
    first = asyncio.create_task(refresh(gemeente, antwoord))
    assert await asyncio.to_thread(dienst.decided.wait, 20)
    second = await refresh(gemeente, antwoord)
    dienst.go_on.set()
    return await first, second


async def test_the_token_that_the_provider_changed_is_kept_by_the_refresh_that_came_second(
    gemeente: Backend, dienst: Aanmelddienst, klok: Klok
) -> None:
    antwoord = await begin(gemeente)
    first, second = await _overtaken(gemeente, dienst, antwoord)
    assert (first.status_code, second.status_code) == (200, 200), first.text
    assert first.json()["tokens"]["verversing"] == second.json()["tokens"]["verversing"]
    klok.advance(minutes=10)
    await refreshed(gemeente, msgspec.json.decode(first.content, type=SessieAntwoord))


async def test_a_withdrawal_heard_by_the_refresh_that_came_second_ends_the_session(
    gemeente: Backend, dienst: Aanmelddienst
) -> None:
    antwoord = await begin(gemeente)
    dienst.withdraw("sub-bakker")
    first, second = await _overtaken(gemeente, dienst, antwoord)
    assert second.status_code == 200
    assert (first.status_code, first.json()["code"]) == (401, "sessie-beeindigd")
    later = msgspec.json.decode(second.content, type=SessieAntwoord)
    assert (await refresh(gemeente, later)).json()["code"] == "sessie-beeindigd"


async def test_a_role_that_is_taken_away_ends_the_session_in_it(
    gemeente: Backend, dienst: Aanmelddienst, klok: Klok
) -> None:
    antwoord = await begin(gemeente, "tic")
    dienst.person["roles"] = ["KCC-medewerkers", "KCC-beheer"]
    klok.advance(minutes=10)
    antwoord = await refreshed(gemeente, antwoord)
    assert antwoord.sessie.medewerker.rollen == ("snelbalie", "tic", "beheerder")
    dienst.person["roles"] = ["KCC-beheer"]
    klok.advance(minutes=10)
    assert (await refresh(gemeente, antwoord)).status_code == 401


async def test_an_id_token_without_the_claim_says_that_the_last_role_is_taken_away(
    gemeente: Backend, dienst: Aanmelddienst, klok: Klok
) -> None:
    antwoord = await begin(gemeente)
    del dienst.person["roles"]
    klok.advance(minutes=10)
    assert (await refresh(gemeente, antwoord)).status_code == 401


async def test_a_refresh_without_an_id_token_changes_no_roles(
    gemeente: Backend, dienst: Aanmelddienst, klok: Klok
) -> None:
    antwoord = await begin(gemeente)
    dienst.refresh_has_id_token = False
    klok.advance(minutes=10)
    assert (await refreshed(gemeente, antwoord)).sessie.medewerker.rollen == ("snelbalie", "tic")


@pytest.mark.parametrize("twist", [{"sub": "iemand-anders"}, {"nonce": "een ander"}])
async def test_a_refresh_that_answers_for_somebody_else_ends_the_session(
    gemeente: Backend, dienst: Aanmelddienst, klok: Klok, twist: dict[str, str]
) -> None:
    antwoord = await begin(gemeente)
    dienst.twist = dict(twist)
    klok.advance(minutes=10)
    assert (await refresh(gemeente, antwoord)).status_code == 401


async def test_without_a_refresh_token_the_session_is_short(
    gemeente: Backend, dienst: Aanmelddienst, klok: Klok
) -> None:
    dienst.gives_refresh = False
    antwoord = await begin(gemeente)
    assert (antwoord.sessie.verloopt_op - klok()).total_seconds() == 3600
    klok.advance(minutes=10)
    antwoord = await refreshed(gemeente, antwoord)
    klok.advance(minutes=51)
    assert (await refresh(gemeente, antwoord)).status_code == 401


async def test_a_refresh_token_that_we_did_not_make_asks_nobody(gemeente: Backend, dienst: Aanmelddienst) -> None:
    antwoord = await begin(gemeente)
    sessie, nr, _ = antwoord.tokens.verversing.split(".")
    forged = msgspec.structs.replace(
        antwoord, tokens=msgspec.structs.replace(antwoord.tokens, verversing=f"{sessie}.{nr}.{'A' * 43}")
    )
    assert (await refresh(gemeente, forged)).status_code == 401
    assert [form["grant_type"] for form in dienst.forms] == ["authorization_code"]


async def test_what_other_secrets_sealed_ends_the_session(gemeente: Backend, klok: Klok) -> None:
    antwoord = await begin(gemeente)
    async with gemeente.db.write() as unit:
        sealed = await unit.session.scalar(select(SessieRij.idp))
        assert sealed
        broken = sealed[:-8] + ("A" if sealed[-8] != "A" else "B") + sealed[-7:]
        await unit.session.execute(update(SessieRij).values(idp=broken))
    klok.advance(minutes=10)
    assert (await refresh(gemeente, antwoord)).status_code == 401


async def test_a_session_is_over_when_the_provider_is_set_up_no_more(
    db: Database, gemeente: Backend, klok: Klok
) -> None:
    antwoord = await begin(gemeente)
    klok.advance(minutes=10)
    async with running_backend(db, klok) as without:
        assert (await refresh(without, antwoord)).status_code == 401


async def unlock(backend: Backend, antwoord: SessieAntwoord, *, opnieuw: bool = True) -> httpx.Response:
    poging = Poging(backend)
    body = poging.body(await poging.browse(opnieuw=opnieuw))
    client = backend.client(Authorization=f"Bearer {antwoord.tokens.toegang}")
    return await client.post(f"{ROOT}/sessies/ontgrendelen/gemeente", json=body)


async def test_the_lock_opens_for_who_proves_it_again(gemeente: Backend) -> None:
    assert (await unlock(gemeente, await begin(gemeente))).status_code == 204


async def test_the_lock_stays_shut_for_a_browser_that_was_still_signed_in(
    gemeente: Backend, dienst: Aanmelddienst, klok: Klok
) -> None:
    antwoord = await begin(gemeente)
    klok.advance(minutes=5)
    assert (await unlock(gemeente, antwoord, opnieuw=False)).json()["code"] == "oidc-niet-opnieuw"
    dienst.ignores_prompt = True
    answer = await unlock(gemeente, antwoord)
    assert (answer.status_code, answer.json()["code"]) == (403, "oidc-niet-opnieuw")


async def test_a_provider_that_is_away_uses_up_no_attempts_at_the_lock(
    gemeente: Backend, dienst: Aanmelddienst
) -> None:
    antwoord = await begin(gemeente)
    poging = Poging(gemeente)
    body = poging.body(await poging.browse(opnieuw=True))
    client = gemeente.client(Authorization=f"Bearer {antwoord.tokens.toegang}")
    dienst.is_away = True
    for _ in range(6):
        assert (await client.post(f"{ROOT}/sessies/ontgrendelen/gemeente", json=body)).status_code == 503
    dienst.is_away = False
    assert (await unlock(gemeente, antwoord)).status_code == 204


async def test_the_lock_stays_shut_for_a_colleague(gemeente: Backend, dienst: Aanmelddienst) -> None:
    antwoord = await begin(gemeente)
    dienst.person |= {"sub": "sub-kees", "preferred_username": "kees"}
    await sign_in(gemeente)
    answer = await unlock(gemeente, antwoord)
    assert (answer.status_code, answer.json()["code"]) == (403, "oidc-ander-account")
