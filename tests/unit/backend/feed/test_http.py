"""The event stream over HTTP, from a real backend: arrives, resumes, starts anew after a restore, ends at sign-out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import msgspec

from kcs_desktop.backend.accounts.proef import WACHTWOORD
from kcs_desktop.backend.beheer.backup import backup, restore
from tests.harness.backend import backend_process
from tests.unit.backend.opdrachten.bouwen import URL, contact, persoon

Event = tuple[str, str, dict[str, Any]]
OWN = "/kcs/api/v1"


def signed_in(url: str) -> httpx.Client:
    client = httpx.Client(base_url=url, timeout=30)
    accounts = client.get(f"{OWN}/aanmelden").json()["accounts"]
    account = next(a for a in accounts if "tic" in a["rollen"])
    given = {"gebruikersnaam": account["gebruikersnaam"], "wachtwoord": WACHTWOORD}
    first = client.post(f"{OWN}/aanmelden", json=given).json()
    keuze = {"keuzetoken": first["keuzetoken"], "werkplek": first["werkplekken"][0]["id"], "rollen": ["tic"]}
    token = client.post(f"{OWN}/sessies", json=keuze).json()["tokens"]["toegang"]
    client.headers["Authorization"] = f"Bearer {token}"
    return client


@contextmanager
def events(client: httpx.Client, last: str = "") -> Iterator[Iterator[Event]]:
    """(event, id, data) as they come."""
    headers = {"Last-Event-ID": last} if last else {}
    with client.stream("GET", f"{OWN}/gebeurtenissen", headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield _parsed(answer.iter_lines())


def _parsed(lines: Iterator[str]) -> Iterator[Event]:
    fields: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "event" in fields:
            yield fields["event"], fields["id"], msgspec.json.decode(fields["data"])
            fields = {}


def register(client: httpx.Client) -> None:
    assert client.post(URL, json=contact(datetime.now(UTC), klant=persoon())).status_code == 201


def test_a_change_arrives_is_resumed_and_a_restore_starts_anew(database_url: str, tmp_path: Path) -> None:
    path, log = tmp_path / "een.kcsbackup", tmp_path / "log"
    with (
        backend_process(database_url, log=log, proefgemeente=True) as process,
        closing(signed_in(process.url)) as client,
    ):
        with events(client) as stream:
            beat, _, mark = next(stream)
            assert beat == "hartslag"
            register(client)
            kind, last, first = next(stream)
            assert (kind, first["vorige"]) == ("wijziging", mark["nr"])
        register(client)
        with events(client, last) as stream:
            kind, _, event = next(stream)
            assert kind == "wijziging"
            assert (event["vorige"], event["epoch"]) == (first["nr"], first["epoch"])
        backup(database_url, path)
        register(client)
        with events(client) as stream:
            last = next(stream)[1]
    restore(database_url, path)
    with (
        backend_process(database_url, log=log, proefgemeente=True) as process,
        closing(signed_in(process.url)) as client,
        events(client, last) as stream,
    ):
        kind, _, event = next(stream)
        assert kind == "opnieuw"
        assert event["epoch"] != first["epoch"]
    logged = {json.loads(line)["event"] for line in log.read_text().splitlines()}
    assert logged <= {"server.started", "server.stopped", "verzoek", "opdracht"}


def test_a_new_contact_of_who_is_shown_comes_along(database_url: str, tmp_path: Path) -> None:
    workers = ("--workers", "2") if database_url.startswith("postgresql") else ()
    with (
        backend_process(database_url, *workers, log=tmp_path / "log", proefgemeente=True) as process,
        closing(signed_in(process.url)) as client,
        closing(signed_in(process.url)) as other,
        events(client) as stream,
        events(other) as unaware,
    ):
        assert (next(stream)[0], next(unaware)[0]) == ("hartslag", "hartslag")
        register(client)
        (partij,) = next(stream)[2]["wijziging"]["onderwerpen"]
        next(unaware)
        told = {"partijen": [partij]}
        assert client.post(f"{OWN}/gebeurtenissen/getoond", json=told).status_code == 204
        register(client)
        event = next(stream)[2]
        assert event["gegevens"]["uuid"] == event["wijziging"]["id"]
        assert event["gegevens"]["onderwerp"] == "Paspoort verlengen"
        assert event["gegevens"]["url"].startswith(f"{process.url}/klantinteracties/")
        assert "gegevens" not in next(unaware)[2]


def test_a_stream_ends_at_sign_out(database_url: str, tmp_path: Path) -> None:
    with (
        backend_process(database_url, log=tmp_path / "log", proefgemeente=True) as process,
        closing(signed_in(process.url)) as client,
        events(client) as stream,
    ):
        assert next(stream)[0] == "hartslag"
        assert client.delete(f"{OWN}/sessies/huidig").status_code == 204
        assert [kind for kind, _, _ in stream] == []
        assert client.get(f"{OWN}/gebeurtenissen").status_code == 401
