"""What Open Klant does and clients rely on, beyond the shape of an answer."""

from __future__ import annotations

import asyncio

import pytest

from tests.contract.klantinteracties.spec import API
from tests.harness.backend import Backend

CONTACT = {"kanaal": "telefoon", "onderwerp": "Paspoort", "taal": "nld", "vertrouwelijk": False}


async def test_page_size_is_capped_without_a_word_and_pages_end_in_404(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    assert (await client.get(f"{API}/klantcontacten", params={"pageSize": "100000"})).status_code == 200
    assert (await client.get(f"{API}/klantcontacten", params={"page": "2"})).status_code == 404


async def test_unknown_parameters_and_expansions_are_refused(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    for query in ({"ordering": "x"}, {"expand": "alles"}):
        answer = await client.get(f"{API}/klantcontacten", params=query)
        assert answer.status_code == 400
        assert answer.json()["invalidParams"]


@pytest.mark.parametrize("text", ["=1+1", "<script>alert(1)</script>", "مرحبا 👋", "a\tb\nc"])
async def test_text_comes_back_as_it_was_given(backend: Backend, text: str) -> None:
    client = await backend.client_for("snelbalie")
    made = await client.post(f"{API}/klantcontacten", json={**CONTACT, "inhoud": text})
    assert made.json()["inhoud"] == text


@pytest.mark.parametrize("text", ["a\x00b", "\x1b[1m", "x" * 201, ""])
async def test_text_that_cannot_be_kept_is_refused_with_its_field(backend: Backend, text: str) -> None:
    client = await backend.client_for("snelbalie")
    answer = await client.post(f"{API}/klantcontacten", json={**CONTACT, "onderwerp": text})
    assert answer.status_code == 400
    assert answer.json()["invalidParams"][0]["name"] == "onderwerp"


async def test_a_race_on_one_number_gives_one_object_and_clean_refusals(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    body = {**CONTACT, "referentienummer": "1234567890"}
    answers = await asyncio.gather(*(client.post(f"{API}/klantcontacten", json=body) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201, 400, 400, 400, 400, 400]
    refused = next(answer for answer in answers if answer.status_code == 400)
    assert refused.json()["invalidParams"][0]["code"] == "unique"


async def test_maak_klantcontact_leaves_nothing_half_written(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    answer = await client.post(f"{API}/maak-klantcontact", json={"klantcontact": CONTACT, "betrokkene": {}})
    assert answer.status_code == 400
    assert answer.json()["invalidParams"][0]["name"] == "betrokkene.rol"
    assert (await client.get(f"{API}/klantcontacten")).json()["count"] == 0


async def test_the_filter_on_who_is_represented_gives_whom_the_named_one_represents(backend: Backend) -> None:
    """The reverse of what its name says; the list of vertegenwoordigingen takes the same name as it reads."""
    client = await backend.client_for("snelbalie")
    body = {"soortPartij": "organisatie", "indicatieActief": True, "partijIdentificatie": {"naam": "Proef"}}
    body |= dict.fromkeys(("digitaleAdressen", "voorkeursDigitaalAdres"))
    body |= dict.fromkeys(("rekeningnummers", "voorkeursRekeningnummer"))
    made = [(await client.post(f"{API}/partijen", json=body)).json() for _ in range(3)]
    eerste, midden, laatste = (one["uuid"] for one in made)
    for acts, other in ((eerste, midden), (midden, laatste)):
        link = {"vertegenwoordigendePartij": {"uuid": acts}, "vertegenwoordigdePartij": {"uuid": other}}
        assert (await client.post(f"{API}/vertegenwoordigingen", json=link)).status_code == 201
    for part, value in (("uuid", midden), ("url", made[1]["url"])):
        asked = {f"vertegenwoordigdePartij__{part}": value}
        (partij,) = (await client.get(f"{API}/partijen", params=asked)).json()["results"]
        assert partij["uuid"] == laatste
        (rij,) = (await client.get(f"{API}/vertegenwoordigingen", params=asked)).json()["results"]
        assert rij["vertegenwoordigendePartij"]["uuid"] == eerste
