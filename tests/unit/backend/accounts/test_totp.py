"""Codes of an authenticator app."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.backend.accounts.beheer import set_totp
from kcs_desktop.backend.accounts.totp import STEP, code_at, matching_counter, new_secret, provisioning_uri
from tests.harness.backend import WACHTWOORD, Backend

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
URL = "/kcs/api/v1/aanmelden"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_test_vectors_of_rfc_6238(seconds: int, code: str) -> None:
    assert code_at(RFC_SECRET, seconds // STEP) == code


@given(st.integers(100, 4_000_000_000), st.integers(-3, 3))
def test_a_code_counts_for_its_own_step_and_the_ones_beside_it(seconds: int, step: int) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    counter = seconds // STEP + step
    found = matching_counter(RFC_SECRET, code_at(RFC_SECRET, counter), now, 0)
    assert (found is not None) == (abs(step) <= 1) or code_at(RFC_SECRET, counter) in {
        code_at(RFC_SECRET, seconds // STEP + near) for near in (-1, 0, 1)
    }


def test_a_used_step_never_counts_again() -> None:
    now = datetime.fromtimestamp(3000, UTC)
    code = code_at(RFC_SECRET, 100)
    assert matching_counter(RFC_SECRET, code, now, 99) == 100
    assert matching_counter(RFC_SECRET, code, now, 100) is None


@given(st.text(max_size=20))
def test_any_text_may_be_given_as_code(code: str) -> None:
    now = datetime.fromtimestamp(3000, UTC)
    valid = {code_at(RFC_SECRET, counter): counter for counter in (99, 100, 101)}
    assert matching_counter(RFC_SECRET, code, now, 0) == valid.get("".join(code.split()))


def test_the_address_for_the_app_holds_the_secret_and_the_name() -> None:
    geheim = new_secret()
    assert f"secret={geheim}" in provisioning_uri(geheim, "a.de.vries")


async def test_signing_in_asks_for_the_code_and_refuses_its_replay(backend: Backend) -> None:
    naam = await backend.account("Kees", ["tic"])
    async with backend.db.write() as unit:
        await set_totp(unit, naam, RFC_SECRET)
    client = backend.client()
    body = {"gebruikersnaam": naam, "wachtwoord": WACHTWOORD}
    asked = await client.post(URL, json=body)
    assert (asked.status_code, asked.json()["code"]) == (401, "code-nodig")
    code = code_at(RFC_SECRET, int(backend.klok().timestamp()) // STEP)
    assert (await client.post(URL, json={**body, "code": code})).status_code == 200
    replayed = await client.post(URL, json={**body, "code": code})
    assert (replayed.status_code, replayed.json()["code"]) == (401, "aanmelden-mislukt")


async def test_without_the_right_password_nobody_learns_that_a_code_is_needed(backend: Backend) -> None:
    naam = await backend.account("Kees", ["tic"])
    async with backend.db.write() as unit:
        await set_totp(unit, naam, RFC_SECRET)
    answer = await backend.client().post(URL, json={"gebruikersnaam": naam, "wachtwoord": "niet dit"})
    assert answer.json()["code"] == "aanmelden-mislukt"
