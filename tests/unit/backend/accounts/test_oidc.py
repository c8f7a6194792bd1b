"""Signing in at the municipality's provider: who comes in, as what, and what is refused."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from sqlalchemy import select

from kcs_desktop.backend.accounts.oidc.instellingen import OidcSettings
from kcs_desktop.backend.accounts.oidc.persoon import account_of
from kcs_desktop.backend.accounts.tables import AanmeldpogingRij, AccountRij, KeuzeRij
from kcs_desktop.backend.db.unit import Database
from tests.doubles.aanmelddienst import BAKKER, Aanmelddienst, running_aanmelddienst
from tests.harness.backend import WACHTWOORD, Backend, running_backend
from tests.harness.gemeenteaccount import ROOT, Poging, settings_for, sign_in
from tests.harness.klok import Klok


@pytest.fixture
def dienst(klok: Klok) -> Iterator[Aanmelddienst]:
    with running_aanmelddienst(klok) as running:
        yield running


@pytest.fixture
async def gemeente(db: Database, klok: Klok, dienst: Aanmelddienst) -> AsyncIterator[Backend]:
    async with running_backend(db, klok, oidc=settings_for(dienst)) as backend:
        yield backend


async def test_an_employee_of_the_municipality_is_made_known_with_the_mapped_roles(gemeente: Backend) -> None:
    answer = await sign_in(gemeente)
    assert answer.status_code == 200, answer.text
    assert answer.json()["medewerker"] == {
        "gebruikersnaam": "s.bakker",
        "naam": "S. Bakker",
        "rollen": ["snelbalie", "tic"],
        "afdeling": "Publiekszaken",
    }


async def test_the_identity_is_issuer_and_sub_whatever_the_names_become(
    gemeente: Backend, dienst: Aanmelddienst
) -> None:
    await sign_in(gemeente)
    dienst.person |= {"name": "S. de Vries", "preferred_username": "s.devries", "roles": ["KCC-beheer"]}
    medewerker = (await sign_in(gemeente)).json()["medewerker"]
    assert (medewerker["gebruikersnaam"], medewerker["naam"]) == ("s.bakker", "S. de Vries")
    assert medewerker["rollen"] == ["beheerder"]
    async with gemeente.db.read() as session:
        assert len((await session.scalars(select(AccountRij))).all()) == 1


async def test_people_of_one_name_who_sign_in_for_the_first_time_at_once_get_a_name_each(db: Database) -> None:
    settings = OidcSettings(rolmap={"KCC": ("tic",)})

    async def first_time(sub: str) -> str:
        claims = {"iss": "https://gemeente", "sub": sub, "preferred_username": "s.bakker", "roles": ["KCC"]}
        async with db.write() as unit:
            return (await account_of(unit, claims, settings)).gebruikersnaam

    names = await asyncio.gather(*(first_time(f"persoon-{nr}") for nr in range(6)))
    assert "s.bakker" in names
    assert len(set(names)) == len(names)


async def test_a_name_never_links_to_the_local_account_that_has_it(gemeente: Backend, dienst: Aanmelddienst) -> None:
    local = await gemeente.account("Kees", ["tic"])
    dienst.person["preferred_username"] = local
    name = (await sign_in(gemeente)).json()["medewerker"]["gebruikersnaam"]
    assert name.startswith(f"{local}-")


@pytest.mark.parametrize("given", ["", "日本", "../../etc", "A" * 300, 7])
async def test_any_name_at_the_provider_gives_a_name_here(
    gemeente: Backend, dienst: Aanmelddienst, given: object
) -> None:
    dienst.person |= {"preferred_username": given, "name": given}
    medewerker = (await sign_in(gemeente)).json()["medewerker"]
    assert 2 <= len(medewerker["gebruikersnaam"]) <= 100
    assert medewerker["naam"]


async def test_without_a_mapped_role_the_refusal_says_whom_to_ask(gemeente: Backend, dienst: Aanmelddienst) -> None:
    for roles in (["iets-anders"], [], None, {"a": 1}):
        dienst.person["roles"] = roles
        answer = await sign_in(gemeente)
        assert (answer.status_code, answer.json()["code"]) == (403, "geen-rol")
    assert "Vraag uw leidinggevende of beheerder" in answer.json()["detail"]
    async with gemeente.db.read() as session:
        assert (await session.scalars(select(AccountRij))).all() == []


async def test_a_blocked_account_stays_out(gemeente: Backend) -> None:
    await sign_in(gemeente)
    async with gemeente.db.write() as unit:
        for account in await unit.session.scalars(select(AccountRij)):
            account.geblokkeerd = True
    assert (await sign_in(gemeente)).status_code == 423


async def test_the_account_has_no_password_at_all(gemeente: Backend) -> None:
    await sign_in(gemeente)
    for wachtwoord in ("", " ", WACHTWOORD):
        given = {"gebruikersnaam": "s.bakker", "wachtwoord": wachtwoord}
        assert (await gemeente.client().post(f"{ROOT}/aanmelden", json=given)).status_code == 401


async def test_the_refresh_token_of_the_provider_is_not_readable_in_the_database(
    gemeente: Backend, dienst: Aanmelddienst
) -> None:
    await sign_in(gemeente)
    async with gemeente.db.read() as session:
        sealed = await session.scalar(select(KeuzeRij.idp))
    assert sealed
    assert dienst._refresh
    assert not any(token in sealed for token in dienst._refresh)


@pytest.mark.parametrize(
    ("twist", "code"),
    [
        ({"nonce": "een ander"}, "oidc-geweigerd"),
        ({"nonce": None}, "oidc-geweigerd"),
        ({"aud": "een-ander"}, "oidc-geweigerd"),
        ({"aud": ["kcs-desktop", "een-ander"]}, "oidc-geweigerd"),
        ({"azp": "een-ander"}, "oidc-geweigerd"),
        ({"iss": "https://elders.example"}, "oidc-geweigerd"),
        ({"sub": ""}, "oidc-geweigerd"),
        ({"sub": "a" * 256}, "oidc-geweigerd"),
        ({"exp": None}, "oidc-geweigerd"),
        ({"exp": 1}, "oidc-verlopen"),
        ({"iat": 1}, "oidc-verlopen"),
        ({"iat": 4102444800}, "oidc-klok"),
    ],
)
async def test_a_token_that_does_not_hold_is_refused(
    gemeente: Backend, dienst: Aanmelddienst, twist: dict[str, Any], code: str
) -> None:
    dienst.twist = twist
    answer = await sign_in(gemeente)
    assert (answer.status_code, answer.json()["code"]) == (401, code)


async def test_more_audiences_hold_when_the_token_was_issued_to_us(gemeente: Backend, dienst: Aanmelddienst) -> None:
    dienst.twist = {"aud": ["kcs-desktop", "een-ander"], "azp": "kcs-desktop"}
    assert (await sign_in(gemeente)).status_code == 200


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "HS256"}, {"kid": "onbekend"}, {"alg": "none", "kid": 3}])
async def test_a_signature_that_proves_nothing_is_refused(
    gemeente: Backend, dienst: Aanmelddienst, header: dict[str, Any]
) -> None:
    dienst.header = header
    assert (await sign_in(gemeente)).json()["code"] == "oidc-geweigerd"


async def test_keys_are_kept_and_fetched_anew_when_the_provider_changes_them(
    gemeente: Backend, dienst: Aanmelddienst, klok: Klok
) -> None:
    await sign_in(gemeente)
    await sign_in(gemeente)
    assert dienst.asked.count("/keys") == 1
    klok.advance(30)
    dienst.change_keys(to="ES256")
    assert (await sign_in(gemeente)).status_code == 200
    assert dienst.asked.count("/keys") == 2


async def test_a_code_serves_once_and_only_the_seat_that_began(gemeente: Backend) -> None:
    poging, other = Poging(gemeente), Poging(gemeente)
    back = await poging.browse()
    client = gemeente.client()
    stolen = await client.post(f"{ROOT}/aanmelden/gemeente", json=poging.body(back, bewijs=other.bewijs))
    assert (stolen.status_code, stolen.json()["code"]) == (401, "oidc-geweigerd")
    back = await poging.browse()
    assert (await client.post(f"{ROOT}/aanmelden/gemeente", json=poging.body(back))).status_code == 200
    assert (await client.post(f"{ROOT}/aanmelden/gemeente", json=poging.body(back))).status_code == 401


async def test_a_sign_in_that_took_too_long_is_over(gemeente: Backend, klok: Klok) -> None:
    poging = Poging(gemeente)
    back = await poging.browse()
    klok.advance(minutes=11)
    answer = await gemeente.client().post(f"{ROOT}/aanmelden/gemeente", json=poging.body(back))
    assert answer.status_code == 401


async def test_an_answer_of_another_provider_is_not_exchanged(gemeente: Backend, dienst: Aanmelddienst) -> None:
    poging = Poging(gemeente)
    back = await poging.browse()
    for uitgever in ("https://elders.example", ""):
        body = poging.body(back, uitgever=uitgever)
        assert (await gemeente.client().post(f"{ROOT}/aanmelden/gemeente", json=body)).status_code == 401
    assert dienst.forms == []


@pytest.mark.parametrize(
    "terugkeer",
    [
        "http://localhost:50123/aangemeld",
        "http://127.0.0.1:50123/elders",
        "http://127.0.0.1:99999/aangemeld",
        "http://127.0.0.1/aangemeld",
        "https://kwaad.example/aangemeld",
        "http://127.0.0.1:80@kwaad.example/aangemeld",
    ],
)
async def test_the_browser_comes_back_to_the_seat_itself_only(gemeente: Backend, terugkeer: str) -> None:
    poging = Poging(gemeente)
    body = {"terugkeer": terugkeer, "state": poging.state, "uitdaging": poging.uitdaging}
    answer = await gemeente.client().post(f"{ROOT}/aanmelden/gemeente/begin", json=body)
    assert answer.status_code == 400


async def test_a_provider_that_is_away_is_named_and_comes_back(
    gemeente: Backend, dienst: Aanmelddienst, klok: Klok
) -> None:
    dienst.is_away = True
    answer = await Poging(gemeente).begin()
    assert (answer.status_code, answer.json()["code"]) == (503, "aanmelddienst-onbereikbaar")
    dienst.is_away = False
    klok.advance(11)
    assert (await sign_in(gemeente)).status_code == 200


async def test_a_provider_that_is_away_uses_up_no_attempts_of_the_address(
    gemeente: Backend, dienst: Aanmelddienst, klok: Klok
) -> None:
    poging = Poging(gemeente)
    body = poging.body(await poging.browse())
    dienst.is_away = True
    for _ in range(3):
        answer = await gemeente.client().post(f"{ROOT}/aanmelden/gemeente", json=body)
        assert answer.status_code == 503, answer.text
    async with gemeente.db.read() as session:
        assert (await session.scalars(select(AanmeldpogingRij))).all() == []
    wrong = await gemeente.client().post(f"{ROOT}/aanmelden/gemeente", json={**body, "uitgever": "https://elders"})
    assert wrong.status_code == 401, wrong.text
    async with gemeente.db.read() as session:
        assert len((await session.scalars(select(AanmeldpogingRij))).all()) == 1


@pytest.mark.parametrize(
    "twist",
    [
        {"issuer": "https://elders.example"},
        {"token_endpoint": "http://elders.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"code_challenge_methods_supported": ["plain"]},
        {"authorization_endpoint": None},
    ],
)
async def test_a_discovery_that_does_not_fit_is_not_followed(
    gemeente: Backend, dienst: Aanmelddienst, twist: dict[str, Any]
) -> None:
    dienst.metadata_twist = twist
    assert (await Poging(gemeente).begin()).status_code == 503


async def test_a_wrong_client_secret_is_no_fault_of_the_employee(gemeente: Backend, dienst: Aanmelddienst) -> None:
    dienst.secret = "vernieuwd"
    assert (await sign_in(gemeente)).status_code == 503


async def test_the_sign_in_page_says_what_is_offered(db: Database, klok: Klok, dienst: Aanmelddienst) -> None:
    async with running_backend(db, klok) as without:
        page = (await without.client().get(f"{ROOT}/aanmelden")).json()
        assert (page["gemeenteaccount"], page["alleen_gemeenteaccount"]) == (False, False)
        assert (await Poging(without).begin()).status_code == 404
    async with running_backend(db, klok, oidc=settings_for(dienst, alleen=True)) as only:
        page = (await only.client().get(f"{ROOT}/aanmelden")).json()
        assert (page["gemeenteaccount"], page["alleen_gemeenteaccount"]) == (True, True)
        given = {"gebruikersnaam": await only.account("Kees", ["tic"]), "wachtwoord": WACHTWOORD}
        answer = await only.client().post(f"{ROOT}/aanmelden", json=given)
        assert (answer.status_code, answer.json()["code"]) == (403, "alleen-gemeenteaccount")


async def test_a_claim_within_a_claim_gives_roles(db: Database, klok: Klok, dienst: Aanmelddienst) -> None:
    dienst.person = {**BAKKER, "roles": None, "realm_access": {"roles": ["KCC-beheer"]}}
    async with running_backend(db, klok, oidc=settings_for(dienst, rolclaim="realm_access.roles")) as backend:
        assert (await sign_in(backend)).json()["medewerker"]["rollen"] == ["beheerder"]
