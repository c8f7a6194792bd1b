"""The double refuses what Open Klant refuses and keeps no number that was not given."""

from __future__ import annotations

import uuid

import httpx

from tests.doubles.openklant import TOKEN, OpenKlant
from tests.doubles.register import Wrong

ROOT = "/klantinteracties/api/v1"
CONTACT = {
    "kanaal": "telefoon",
    "onderwerp": "Vraag",
    "inhoud": "",
    "indicatieContactGelukt": True,
    "taal": "nld",
    "vertrouwelijk": False,
}


def test_it_wants_its_token(open_klant: OpenKlant) -> None:
    for value, status in (("", 401), ("Token een-ander", 401), (f"Token {TOKEN}", 200)):
        headers = {"Authorization": value}
        answer = httpx.get(f"{open_klant.base}/partijen", headers=headers, trust_env=False)
        assert answer.status_code == status


def test_it_has_no_ordering_and_no_expand_on_internetaken(open_klant: OpenKlant) -> None:
    headers = {"Authorization": f"Token {TOKEN}"}
    for path in ("/klantcontacten?ordering=nummer", "/internetaken?expand=toegewezenAanActoren"):
        assert httpx.get(open_klant.base + path, headers=headers, trust_env=False).status_code == 400


def test_a_number_that_is_left_out_stays_null(open_klant: OpenKlant) -> None:
    made = open_klant.request("POST", f"{ROOT}/klantcontacten", CONTACT)
    headers = {"Authorization": f"Token {TOKEN}"}
    with httpx.Client(base_url=open_klant.base, headers=headers, trust_env=False) as client:
        own = client.post("/klantcontacten", json=CONTACT).json()
        assert own["referentienummer"] is None
        assert client.get(f"/klantcontacten/{own['uuid']}").json()["referentienummer"] is None
        given = str(uuid.uuid4().int)[:10]
        kept = client.post("/klantcontacten", json={**CONTACT, "referentienummer": given}).json()
        assert kept["referentienummer"] == given
        again = client.post("/klantcontacten", json={**CONTACT, "referentienummer": given})
        assert (again.status_code, again.json()["invalidParams"][0]["code"]) == (400, "unique")
    assert made["referentienummer"]  # somebody else's is what the register made of it


def test_what_goes_wrong_can_be_drawn_for_each_request(open_klant: OpenKlant) -> None:
    open_klant.draw = lambda asked: Wrong.JSON_AFTER if asked.method == "POST" else None
    headers = {"Authorization": f"Token {TOKEN}"}
    before = open_klant.get(f"{ROOT}/klantcontacten")["count"]
    with httpx.Client(base_url=open_klant.base, headers=headers, trust_env=False) as client:
        assert client.post("/klantcontacten", json=CONTACT).status_code == 500
        assert client.get("/klantcontacten").json()["count"] == before + 1
        assert open_klant.gone_wrong == [Wrong.JSON_AFTER]
        open_klant.reset()
        assert client.post("/klantcontacten", json=CONTACT).status_code == 201
