"""Guessing is limited, in the database."""

from __future__ import annotations

import asyncio

from tests.harness.backend import WACHTWOORD, Backend

URL = "/kcs/api/v1/aanmelden"


async def test_after_ten_wrong_passwords_even_the_right_one_waits_a_quarter_of_an_hour(backend: Backend) -> None:
    naam = await backend.account("Kees", ["tic"])
    client = backend.client()
    for _ in range(10):
        wrong = await client.post(URL, json={"gebruikersnaam": naam, "wachtwoord": "niet dit"})
        assert wrong.status_code == 401
    right = {"gebruikersnaam": naam.upper(), "wachtwoord": WACHTWOORD}
    limited = await client.post(URL, json=right)
    assert (limited.status_code, limited.json()["code"]) == (429, "te-veel-pogingen")
    backend.klok.advance(minutes=15)
    assert (await client.post(URL, json=right)).status_code == 200


async def test_parallel_guesses_count_as_much_as_guesses_in_turn(backend: Backend) -> None:
    naam = await backend.account("Kees", ["tic"])
    client = backend.client()
    body = {"gebruikersnaam": naam, "wachtwoord": "niet dit"}
    answers = await asyncio.gather(*(client.post(URL, json=body) for _ in range(16)))
    assert sorted(answer.status_code for answer in answers) == [401] * 10 + [429] * 6


async def test_a_success_clears_the_failures_before_it(backend: Backend) -> None:
    naam = await backend.account("Kees", ["tic"])
    client = backend.client()
    for _ in range(3):
        for _ in range(9):
            await client.post(URL, json={"gebruikersnaam": naam, "wachtwoord": "niet dit"})
        answer = await client.post(URL, json={"gebruikersnaam": naam, "wachtwoord": WACHTWOORD})
        assert answer.status_code == 200


async def test_an_unknown_name_is_limited_like_a_known_one(backend: Backend) -> None:
    client = backend.client()
    body = {"gebruikersnaam": "niemand", "wachtwoord": "niet dit"}
    answers = [await client.post(URL, json=body) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
