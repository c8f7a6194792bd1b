"""Signing in: a password, then a choice of werkplek and roles."""

from __future__ import annotations

from tests.harness.backend import WACHTWOORD, Backend


async def test_an_employee_signs_in_with_a_role_of_their_own_and_has_its_rights(backend: Backend) -> None:
    client = await backend.client_for("receptie")
    sessie = (await client.get("/kcs/api/v1/sessies/huidig")).json()
    assert sessie["rollen"] == ["receptie"]
    assert sessie["rechten"]["crm"] == 2
    assert sessie["rechten"]["basisregistraties"] == 0


async def test_without_a_token_nothing_is_given(backend: Backend) -> None:
    answer = await backend.client().get("/kcs/api/v1/sessies/huidig")
    assert (answer.status_code, answer.json()["code"]) == (401, "niet-aangemeld")
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_wrong_password_is_refused_in_the_same_words_as_an_unknown_name(backend: Backend) -> None:
    naam = await backend.account("Kees", ["tic"])
    client = backend.client()
    wrong = await client.post("/kcs/api/v1/aanmelden", json={"gebruikersnaam": naam, "wachtwoord": "iets anders"})
    unknown = await client.post("/kcs/api/v1/aanmelden", json={"gebruikersnaam": "niemand", "wachtwoord": WACHTWOORD})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json()["detail"] == unknown.json()["detail"] == "De gebruikersnaam of het wachtwoord klopt niet."


async def test_a_code_is_spoken_of_to_who_gave_one(backend: Backend) -> None:
    naam = await backend.account("Mies", ["tic"])
    given = {"gebruikersnaam": naam, "wachtwoord": "iets anders", "code": "123456"}
    wrong = await backend.client().post("/kcs/api/v1/aanmelden", json=given)
    assert wrong.json()["detail"] == "De gebruikersnaam, het wachtwoord of de code klopt niet."
