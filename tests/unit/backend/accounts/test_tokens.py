"""No token but a fresh one of ours, unchanged, for its own use, opens the door."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey
from sqlalchemy import select

from kcs_desktop.backend.accounts import tokens
from kcs_desktop.backend.accounts.sleutels import rotate, withdraw_others
from kcs_desktop.backend.accounts.tables import SleutelRij
from kcs_desktop.backend.accounts.tokens import InvalidToken
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.sessie import SessieAntwoord
from tests.harness.backend import Backend

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
KEY = b"k" * 32
HUIDIG = "/kcs/api/v1/sessies/huidig"


def access(**changes: Any) -> str:
    claims: dict[str, Any] = {
        "iss": tokens.ISSUER,
        "aud": tokens.AUDIENCE,
        "sub": "account",
        "sid": "sessie",
        "rol": ["tic"],
        "iat": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 600,
    }
    claims = {name: value for name, value in (claims | changes).items() if value is not None}
    return jwt.encode({"alg": "HS256", "kid": "sleutel"}, claims, OctKey.import_key(KEY), algorithms=["HS256"])


def part(content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def test_a_token_of_ours_tells_who_it_is() -> None:
    made = tokens.sign_access("sleutel", KEY, "account", "sessie", ("tic",), NOW)
    assert tokens.preview(made) == tokens.Preview("sleutel", "sessie")
    assert tokens.verify_access(made, KEY, NOW + timedelta(minutes=9)).rol == ("tic",)


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "een ander"},
        {"aud": "een ander"},
        {"aud": None},
        {"exp": None},
        {"sub": 5},
        {"rol": "tic"},
        {"exp": int(NOW.timestamp()) + 601},
        {"iat": int(NOW.timestamp()) + 3600, "exp": int(NOW.timestamp()) + 3700},
        {"exp": "morgen"},
    ],
)
def test_a_signed_token_with_other_claims_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(InvalidToken) as refused:
        tokens.verify_access(access(**changes), KEY, NOW)
    assert refused.value.code == "ongeldig-token"


def test_an_ended_token_says_so() -> None:
    with pytest.raises(InvalidToken) as refused:
        tokens.verify_access(access(), KEY, NOW + timedelta(minutes=10))
    assert refused.value.code == "token-verlopen"


@pytest.mark.parametrize("alg", ["none", "None", "HS512", "RS256", "", None, 5])
def test_another_algorithm_is_refused_before_anything_is_looked_up(alg: Any) -> None:
    forged = f"{part({'alg': alg, 'kid': 'sleutel'})}.{part({'sid': 'sessie'})}."
    with pytest.raises(InvalidToken):
        tokens.preview(forged)
    with pytest.raises(InvalidToken):
        tokens.verify_access(forged, KEY, NOW)


@given(st.text(max_size=200) | st.from_regex(r"[\w=-]{0,40}\.[\w=-]{0,40}\.[\w=-]{0,40}", fullmatch=True))
def test_any_text_is_refused_as_a_token_and_breaks_nothing(text: str) -> None:
    for judge in (tokens.preview, tokens.parse_refresh):
        try:
            judge(text)
        except InvalidToken:
            continue
    with pytest.raises(InvalidToken):
        tokens.verify_access(text, KEY, NOW)


@given(st.data())
def test_a_changed_character_makes_it_invalid(data: st.DataObject) -> None:
    made = access()
    place = data.draw(st.integers(0, len(made) - 2))  # the last character carries unused bits
    other = data.draw(st.sampled_from("ABCDEFabcdef0123456789-_").filter(lambda c: c != made[place]))
    with pytest.raises(InvalidToken):
        tokens.verify_access(made[:place] + other + made[place + 1 :], KEY, NOW)


@given(st.binary(min_size=32, max_size=32), st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_refresh_token_is_of_its_key_and_number_only(key: bytes, nr: int, other: int) -> None:
    made = tokens.refresh_token(key, "sessie", nr)
    assert tokens.parse_refresh(made) == ("sessie", nr)
    assert tokens.is_refresh(made, key, "sessie", nr)
    assert tokens.is_refresh(made, key, "sessie", other) == (nr == other)
    assert not tokens.is_refresh(made, KEY + b"x", "sessie", nr)


async def code_of(backend: Backend, authorization: str) -> str:
    answer = await backend.client(Authorization=authorization).get(HUIDIG)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    code: str = answer.json()["code"]
    return code


async def signed_in(backend: Backend) -> SessieAntwoord:
    return await backend.sign_in(await backend.account("Noor", ["tic", "auditor"]), ["tic"])


async def test_tokens_for_another_use_open_nothing(backend: Backend) -> None:
    antwoord = await signed_in(backend)
    for authorization in (
        f"Bearer {antwoord.tokens.verversing}",
        f"Token {antwoord.tokens.toegang}",
        f"Basic {antwoord.tokens.toegang}",
        "Bearer ",
        "Bearer a.b.c",
        "Token kcs_verzonnen",
    ):
        assert await code_of(backend, authorization) in {"ongeldig-token", "niet-aangemeld"}


async def test_a_token_that_claims_another_role_is_refused_even_when_signed(backend: Backend) -> None:
    antwoord = await signed_in(backend)
    claimed = tokens.preview(antwoord.tokens.toegang)
    async with backend.db.read() as session:
        stored = (await session.scalars(select(SleutelRij))).one()
    import hmac

    key = hmac.digest(bytes.fromhex(stored.geheim), b"kcs-ondertekening", "sha256")
    account = tokens.verify_access(antwoord.tokens.toegang, key, backend.klok()).sub
    widened = tokens.sign_access(claimed.kid, key, account, claimed.sid, ("tic", "auditor"), backend.klok())
    assert await code_of(backend, f"Bearer {widened}") == "ongeldig-token"
    elsewhere = tokens.sign_access(claimed.kid, key, "een ander", claimed.sid, ("tic",), backend.klok())
    assert await code_of(backend, f"Bearer {elsewhere}") == "ongeldig-token"


async def test_a_new_key_signs_on_while_the_old_one_still_counts_until_it_is_withdrawn(backend: Backend) -> None:
    old = await signed_in(backend)
    async with backend.db.write() as unit:
        fresh_key = (await rotate(unit)).id
    fresh = await backend.sign_in(old.sessie.medewerker.gebruikersnaam, ["tic"])
    assert tokens.preview(fresh.tokens.toegang).kid == fresh_key
    for antwoord in (old, fresh):
        client = backend.client(Authorization=f"Bearer {antwoord.tokens.toegang}")
        assert (await client.get(HUIDIG)).status_code == 200
    async with backend.db.write() as unit:
        await withdraw_others(unit, behalve=fresh_key)
    assert await code_of(backend, f"Bearer {old.tokens.toegang}") == "ongeldig-token"


async def test_an_application_has_its_own_rights_and_no_session(backend: Backend) -> None:
    website = await backend.application("Website", crm=Recht.WIJZIGEN)
    assert (await website.get(HUIDIG)).status_code == 403


async def test_no_token_is_stored_readable(backend: Backend) -> None:
    antwoord = await signed_in(backend)
    website = await backend.application("Website", crm=Recht.RAADPLEGEN)
    secrets = [antwoord.tokens.toegang, antwoord.tokens.verversing, website.headers["authorization"].split()[1]]
    async with backend.db.read() as session:
        from kcs_desktop.backend.db.models import METADATA
        from kcs_desktop.backend.zoeken.tables import ZOEKTABELLEN

        for table in METADATA.sorted_tables:
            if table is ZOEKTABELLEN.tekst and backend.db.dialect == "sqlite":
                continue  # it keeps no text, only which words are where
            stored = str((await session.execute(select(table))).all())
            assert not [secret for secret in secrets if secret in stored], table.name
