"""No personal data in any log: whatever is asked, looked at, registered or sent wrongly."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import httpx

from kcs_desktop.backend.accounts.proef import WACHTWOORD
from kcs_desktop.domain.uuid7 import new_id
from tests.harness.backend import BackendProcess, backend_process

BSN = "999990019"
WRONG_BSN = "123456789"
NAMES = ("Duinrode", "Johanna", "Zandkasteelbouwer")
NUMBERS = (BSN, WRONG_BSN, "612345678", "0698765432", "90000001", "j.vanduinrode")
TEXTS = ("heel geheime notitie", "<script>alert", "=cmd|")
OWN = "/kcs/api/v1"
BRP = "/brp/haalcentraal/api/brp/personen"
KI = "/klantinteracties/api/v1"


def signed_in(process: BackendProcess) -> httpx.Client:
    """An employee of the proefgemeente who may do most."""
    client = httpx.Client(base_url=process.url, timeout=30)
    accounts = client.get(f"{OWN}/aanmelden").json()["accounts"]
    account = next(a for a in accounts if "tic" in a["rollen"])
    given = {"gebruikersnaam": account["gebruikersnaam"], "wachtwoord": WACHTWOORD}
    first = client.post(f"{OWN}/aanmelden", json=given).json()
    keuze = {"keuzetoken": first["keuzetoken"], "werkplek": first["werkplekken"][0]["id"], "rollen": ["tic"]}
    token = client.post(f"{OWN}/sessies", json=keuze).json()["tokens"]["toegang"]
    client.headers["Authorization"] = f"Bearer {token}"
    return client


def registration(**fields: object) -> dict[str, object]:
    now = datetime.now(UTC)
    gegevens = {
        "type": "klantcontact.registreren",
        "contact": new_id(now),
        "kanaal": "telefoon",
        "begonnen_op": now.isoformat(),
        "beeindigd_op": now.isoformat(),
        "klant": {"sleutel": {"soort": "persoon", "bsn": BSN}, "naam": "Johanna van Duinrode"},
        "vragen": [{"onderwerp": TEXTS[1], "inhoud": TEXTS[0]}],
        **fields,
    }
    return {"id": new_id(now), "gemaakt_op": now.isoformat(), "gegevens": gegevens}


def bodies() -> list[dict[str, object]]:
    adres = {"soort": "telefoonnummer", "adres": "0698765432"}
    return [
        registration(digitale_adressen=[adres]),
        registration(klant={"sleutel": {"soort": "persoon", "bsn": WRONG_BSN}, "naam": NAMES[2]}),
        registration(vragen=[{"onderwerp": TEXTS[2] * 400, "inhoud": "\u0000" + NAMES[2]}]),
        registration(onbekend=BSN),
    ]


def test_no_log_holds_a_name_a_number_or_a_note(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with backend_process(f"sqlite:///{tmp_path / 'kcs.db'}", log=log, proefgemeente=True) as process:
        with closing(signed_in(process)) as client:
            statuses = [client.post(f"{OWN}/opdrachten", json=body).status_code for body in bodies()]
            assert statuses[0] == 201
            for text in (BSN, WRONG_BSN, "van duinrode", "0612345678", NAMES[2]):
                assert client.post(f"{OWN}/zoeken", json={"tekst": text}).status_code == 200
            for bsn in (BSN, WRONG_BSN):
                vraag = {"type": "RaadpleegMetBurgerservicenummer", "burgerservicenummer": [bsn], "fields": ["naam"]}
                statuses.append(client.post(BRP, json=vraag).status_code)
            for path in (
                f"{KI}/partijen?partijIdentificator__objectId={BSN}",
                f"{KI}/partijen?naam={NAMES[2]}",
                f"{KI}/klantcontacten?hadBetrokkene__wasPartij__partijIdentificator__objectId={BSN}",
                f"{KI}/partijen/{BSN}",
                f"/kvk/api/v2/zoeken?kvkNummer=90000001&naam={quote(NAMES[1])}",
                "/kvk/api/v1/basisprofielen/90000001",
                f"/{NAMES[0]}/{BSN}",
            ):
                answer = client.get(path)
                statuses.append(answer.status_code)
            for content in (f'{{"tekst": "{BSN}', f"[{BSN}" * 2000, f'{{"tekst": {BSN}}}', f'"{NAMES[0]}\\ud800"'):
                wrong = client.post(f"{OWN}/zoeken", content=content, headers={"Content-Type": "application/json"})
                statuses.append(wrong.status_code)
            statuses.append(client.post(f"{OWN}/zoeken", content=BSN, headers={"Content-Type": BSN}).status_code)
            bad = {
                "X-Request-ID": f"{NAMES[0]} {BSN}",
                "X-KCS-Kanaal": quote(NAMES[0]),
                "Authorization": f"Bearer {BSN}",
            }
            statuses.append(client.get(f"{OWN}/catalogus", headers=bad).status_code)
            sign_in = {"gebruikersnaam": f"{NAMES[0]}-{BSN}", "wachtwoord": TEXTS[0]}
            statuses.append(client.post(f"{OWN}/aanmelden", json=sign_in).status_code)
            figures = client.get("/metrics").text
        assert max(statuses) < 500, statuses
        assert process.stop() == 0
    written = "\n".join([figures, *(path.read_text("utf-8", "replace") for path in tmp_path.rglob("*log*"))])
    lower = written.lower()
    assert [word for word in (*NAMES, *NUMBERS, *TEXTS) if word.lower() in lower] == []
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert {line["event"] for line in lines} == {"server.started", "server.stopped", "verzoek", "opdracht"}
    (outcome,) = [line for line in lines if line["event"] == "opdracht" and line["stand"] == "geslaagd"]
    (asked,) = [line for line in lines if line["event"] == "verzoek" and line["verzoek"] == outcome["verzoek"]]
    assert (asked["route"], asked["status"]) == (f"{OWN}/opdrachten", 201)
