"""`serve`: refuses what cannot be right, with what to do; serves embedded, with workers, and to one seat only."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec
import psycopg
import pytest

from kcs_desktop.backend.db.migratie import stand
from kcs_desktop.backend.serve import check, embedded, prepare
from kcs_desktop.backend.server import EarlyDeaths
from kcs_desktop.backend.settings import Settings
from kcs_desktop.domain.errors import InvalidInput, KcsError
from tests.harness.backend import ROOT, BackendProcess, backend_process, create_signed_in

SECRET = "s" * 40


def settings(**changes: Any) -> Settings:
    return Settings(**({"database_url": "sqlite:///kcs.db"} | changes))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"workers": 2}, "workers"),
        ({"workers": 0}, "workers"),
        ({"host": "0.0.0.0"}, "host"),
        ({"certificaat": "a.pem"}, "certificaat"),
        ({"database_url": "mysql://x"}, "database_url"),
        ({"database_url": "geen adres"}, "database_url"),
    ],
)
def test_what_cannot_be_meant_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check(settings(**changes))
    assert refused.value.field == field


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"database_url": "postgresql://x/y", "workers": 4},
        {"host": "0.0.0.0", "achter_proxy": True},
        {"host": "0.0.0.0", "certificaat": "a.pem", "sleutel": "b.pem"},
    ],
)
def test_what_can_be_meant_is_accepted(changes: dict[str, Any]) -> None:
    meant = settings(**changes)
    check(meant)
    assert {name: getattr(meant, name) for name in changes} == changes  # it is taken as it was meant
    with pytest.raises(InvalidInput):
        check(msgspec.structs.replace(meant, workers=0))


def test_an_unmigrated_schema_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KcsError) as refused:
        prepare(settings(database_url=f"sqlite:///{tmp_path / 'leeg.db'}"))
    assert refused.value.code == "migratie-nodig"
    assert "kcs-backend migrate" in refused.value.advice


def test_an_embedded_backend_migrates_its_own_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'eigen.db'}"
    prepare(settings(database_url=url, ingebed=True))
    assert stand(url).is_current


@pytest.mark.parametrize("line", [b"", b"\n", b"{}\n", b'{"geheim": "kort"}\n', b'{"geheim": 5}\n', b"[" * 10_000])
def test_an_embedded_backend_without_a_good_secret_does_not_start(line: bytes) -> None:
    with pytest.raises(InvalidInput):
        embedded(settings(), line)


def test_an_embedded_backend_listens_to_this_computer_only() -> None:
    made = embedded(settings(host="0.0.0.0", workers=3), json.dumps({"geheim": SECRET}).encode())
    assert (made.host, made.workers, made.is_loopback) == ("127.0.0.1", 1, True)


@contextmanager
def embedded_process(url: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    command = [sys.executable, "-m", "kcs_desktop.backend", "serve", "--ingebed", "--database", url]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=dict(os.environ)
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"geheim": SECRET}).encode() + b"\n")
        process.stdin.flush()
        line = process.stdout.readline()
        try:
            yield process, json.loads(line)["poort"]
        finally:
            process.stdin.close()
            process.kill() if process.poll() is None else None


def test_an_embedded_backend_serves_its_seat_alone_and_ends_with_it(tmp_path: Path) -> None:
    with embedded_process(f"sqlite:///{tmp_path / 'eigen.db'}") as (process, port):
        url = f"http://127.0.0.1:{port}/health"
        known = {"X-KCS-Zitplaats": SECRET}
        assert httpx.get(url, headers=known).status_code == 200
        assert httpx.get(url).status_code == 403
        assert httpx.get(url, headers={"X-KCS-Zitplaats": "t" * 40}).status_code == 403
        assert httpx.get(url, headers=known | {"Host": "elders.example"}).json()["code"] == "andere-zitplaats"
        assert httpx.get(f"http://localhost:{port}/health", headers=known).status_code == 403
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(20) == 0
        assert process.stderr is not None
        assert process.stderr.read() == b""


def test_workers_share_one_postgresql(postgres_url: str, tmp_path: Path) -> None:
    with backend_process(postgres_url, "--workers", "2", log=tmp_path / "log") as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        assert len(children) >= 2
        for _ in range(10):
            assert httpx.get(f"{process.url}/health").json()["database"] == "postgresql"
        _wait(lambda: _events(process).count("server.started") == 2, process)  # one of them is enough for an answer
        assert process.stop() == 0
        assert sorted(_events(process)) == ["server.started"] * 2 + ["server.stopped"] * 2


def _events(process: BackendProcess) -> list[str]:
    whole_lines = process.log_text().rpartition("\n")[0].splitlines()
    return [json.loads(line)["event"] for line in whole_lines]


def _wait(condition: Callable[[], bool], process: BackendProcess) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, process.log_text()
        time.sleep(0.05)


def test_what_a_worker_was_at_when_it_died_is_given_back_at_once(postgres_url: str, tmp_path: Path) -> None:
    with backend_process(postgres_url, "--workers", "2", log=tmp_path / "log") as process:
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(
                "INSERT INTO opdracht (id, soort, account, payload_hash, stand, claim, lease_tot, ontvangen_op)"
                " VALUES ('een', 'x', 'a', 'h', 'bezig', 'van de dode', now() + interval '1 day', now())"
            )
            for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
                if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                    os.kill(int(child), signal.SIGKILL)
            _wait(lambda: connection.execute("SELECT claim FROM opdracht").fetchone() == ("",), process)
        assert httpx.get(f"{process.url}/health").status_code == 200


def test_only_workers_that_die_young_one_after_the_other_end_the_server() -> None:
    now = [0.0]
    deaths = EarlyDeaths(2, lambda: now[0])
    for lived, gives_up in ((1, False), (1, False), (3600, False), (1, False), (1, False), (1, True)):
        deaths.started(7)
        now[0] += lived
        assert deaths.is_one_too_many(7) is gives_up
    assert deaths.too_many


def test_the_proefgemeente_signs_in_with_what_stands_on_its_page(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'proef.db'}"
    with backend_process(url, proefgemeente=True, log=tmp_path / "log") as process:
        api = f"{process.url}/kcs/api/v1"
        page = httpx.get(f"{api}/aanmelden").json()
        assert len(page["accounts"]) >= 30
        elsewhere = httpx.get(f"{api}/aanmelden", headers={"Host": "elders.example"}).json()
        offered = {"gemeenteaccount": False, "alleen_gemeenteaccount": False}
        assert elsewhere == {"proefgemeente": True, "accounts": [], "wachtwoord": "", **offered}
        body = {"gebruikersnaam": page["accounts"][0]["gebruikersnaam"], "wachtwoord": page["wachtwoord"]}
        assert httpx.post(f"{api}/aanmelden", json=body).status_code == 200
    # The same accounts behind a proxy, where others can reach them.
    with backend_process(url, "--achter-proxy", proefgemeente=True, log=tmp_path / "log2") as process:
        api = f"{process.url}/kcs/api/v1"
        assert httpx.get(f"{api}/aanmelden").json()["accounts"] == []
        refused = httpx.post(f"{api}/aanmelden", json=body)
        assert (refused.status_code, refused.json()["code"]) == (401, "proefaccount-geweigerd")


def test_an_open_stream_does_not_keep_the_server_from_stopping(database_url: str, tmp_path: Path) -> None:
    token = create_signed_in(database_url)
    with backend_process(database_url, log=tmp_path / "log") as process:
        url = f"{process.url}/kcs/api/v1/gebeurtenissen"
        with httpx.stream("GET", url, headers={"Authorization": f"Bearer {token}"}) as stream:
            lines = stream.iter_lines()
            assert next(lines) == "retry: 1000"
            assert process.stop() == 0
            assert not [line for line in lines if line.startswith("event: wijziging")]
