"""Whatever a server answers, the employee gets one of our errors in Dutch, and nothing of the answer's own text."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kcs_desktop.api.client import Client, check_address
from kcs_desktop.domain.errors import (
    Conflict,
    Forbidden,
    InvalidInput,
    KcsError,
    NeverSent,
    NotFound,
    OwnFault,
    OwnRefusal,
    ServerFault,
    SignedOut,
    TimedOut,
    Unreachable,
)
from kcs_desktop.domain.sessie import Medewerker, Sessie, SessieAntwoord, Tokens, Werkplek
from kcs_desktop.security.sessie import OnthoudenSessie, Sessiehouder
from tests.doubles.stoel_server import Asked, broken_server, http
from tests.harness.postgres import free_port

HTML = b"<html><script>alert(1)</script><h1>Internal Server Error at /srv/app.py</h1></html>"
IN_BETWEEN = "Iets tussen dit programma en de server antwoordt in plaats van de server."
CASES: list[tuple[bytes | None, type[KcsError], str]] = [
    (http(500, HTML, "text/html"), ServerFault, "De server gaf een onleesbaar of foutief antwoord."),
    (http(500, b'{"code": "serverfout"}'), OwnFault, "De server gaf een onleesbaar of foutief antwoord."),
    (http(502, b'{"code": "bron-faalt", "detail": "BRP faalt."}'), OwnFault, "BRP faalt."),
    (http(502, b""), Unreachable, "De server is tijdelijk niet beschikbaar."),
    (http(503, HTML, "text/html"), Unreachable, "De server is tijdelijk niet beschikbaar."),
    (http(504, HTML, "text/html"), TimedOut, "De server gaf niet op tijd antwoord."),
    (http(429, b""), TimedOut, "Er zijn te veel pogingen gedaan."),
    *(
        (http(status, HTML, "text/html"), Unreachable, IN_BETWEEN)  # which is no verdict about what was asked
        for status in (400, 401, 403, 404, 409, 412, 413)
    ),
    (http(404, b"{}"), NotFound, "Dit is niet gevonden."),
    (http(403, b"[]"), Forbidden, "Met uw rol mag dit niet."),
    (http(403, b'{"code": "geen-recht", "detail": "Dat mag niet."}'), OwnRefusal, "Dat mag niet."),
    (http(401, b"null"), SignedOut, "U bent afgemeld."),
    (http(409, b"{}"), Conflict, "Een collega heeft dit intussen gewijzigd."),
    (http(400, b"{}"), InvalidInput, "De server kon met deze vraag niet overweg."),
    (http(302, b""), ServerFault, "De server gaf een onleesbaar of foutief antwoord."),
    (http(200, HTML, "text/html"), ServerFault, "De server gaf een onleesbaar of foutief antwoord."),
    (http(200, b'{"naam": "half'), ServerFault, "De server gaf een onleesbaar of foutief antwoord."),
    (http(200, b"\xff\xfe{"), ServerFault, "De server gaf een onleesbaar of foutief antwoord."),
    (
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{",
        Unreachable,
        "De verbinding viel weg.",
    ),
    (b"dit is geen http\r\n\r\n", ServerFault, "De server gaf een onleesbaar of foutief antwoord."),
    (b"", Unreachable, "De verbinding viel weg."),
    (None, TimedOut, "De server gaf niet op tijd antwoord."),
]


@pytest.mark.parametrize(("answer", "kind", "message"), CASES)
async def test_a_broken_answer_is_said_in_our_words(answer: bytes | None, kind: type[KcsError], message: str) -> None:
    async with broken_server(lambda _: answer) as server:
        client = Client()
        client.aim(server.url)
        try:
            with pytest.raises(KcsError) as caught:
                (await client.call("GET", "/x", limit=0.3 if answer is None else 5.0)).decode(dict[str, Any])
        finally:
            await client.close()
    assert type(caught.value) is kind
    assert caught.value.message == message


async def test_where_nothing_listens_the_server_is_unreachable() -> None:
    client = Client()
    client.aim(f"http://127.0.0.1:{free_port()}")
    try:
        with pytest.raises(NeverSent, match="niet bereikbaar"):
            await client.call("GET", "/x")
    finally:
        await client.close()


async def test_a_problem_names_its_field_and_keeps_its_own_dutch() -> None:
    body = (
        b'{"code":"invalid","title":"Invalid input.","invalidParams":[{"name":"bsn","code":"x","reason":"Geen BSN."}]}'
    )
    async with broken_server(lambda _: http(400, body, "application/problem+json")) as server:
        client = Client()
        client.aim(server.url)
        try:
            with pytest.raises(InvalidInput) as caught:
                await client.call("GET", "/x")
        finally:
            await client.close()
    assert (caught.value.field, caught.value.message) == ("bsn", "Geen BSN.")


@pytest.mark.parametrize("url", ["http://kcs.example.nl", "ftp://127.0.0.1", "https://", "127.0.0.1:80"])
def test_an_address_without_tls_is_refused_except_on_this_machine(url: str) -> None:
    with pytest.raises(InvalidInput, match="https://"):
        check_address(url)
    assert check_address("http://127.0.0.1:8000/") == "http://127.0.0.1:8000"


class _Renewals:
    """Gives tokens t1, t2, …; slowly enough for others to ask meanwhile."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def renew_session(self, verversing: str) -> SessieAntwoord:
        self.asked.append(verversing)
        await asyncio.sleep(0)
        return _session(f"t{len(self.asked) + 1}", f"v{len(self.asked) + 1}")


def _session(toegang: str, verversing: str) -> SessieAntwoord:
    later = datetime.now(UTC) + timedelta(minutes=9)
    sessie = Sessie("s", Medewerker("aaf", "Aaf"), Werkplek("b", "Balie"), ("tic",), {}, later)
    return SessieAntwoord(sessie, Tokens(toegang, verversing, later))


async def _forget(_: OnthoudenSessie) -> None:
    """Nothing is remembered here."""


@asynccontextmanager
async def _with_an_ended_token() -> AsyncIterator[tuple[Client, _Renewals]]:
    """A client that holds a token which the server does not take any more."""

    def answer(asked: Asked) -> bytes:
        return http(401, b"{}") if asked.headers["authorization"] == "Bearer t1" else http(200, b"{}")

    renewals = _Renewals()
    houder = Sessiehouder(renewals, lambda: datetime.now(UTC), _forget)
    await houder.take(_session("t1", "v1"))
    async with broken_server(answer) as server:
        client = Client()
        client.toegang = houder
        client.aim(server.url)
        try:
            yield client, renewals
        finally:
            await client.close()


async def test_many_calls_with_an_ended_token_renew_it_once_and_all_succeed() -> None:
    async with _with_an_ended_token() as (client, renewals):
        answers = await asyncio.gather(*(client.call("GET", f"/{nr}") for nr in range(8)))
    assert [one.status for one in answers] == [200] * 8
    assert renewals.asked == ["v1"]


async def test_a_stream_whose_token_just_ended_is_opened_with_a_new_one() -> None:
    async with _with_an_ended_token() as (client, renewals), client.stream("/x") as response:
        assert response.status_code == 200
    assert renewals.asked == ["v1"]


async def test_a_token_that_stays_refused_ends_in_signed_out_without_a_loop() -> None:
    renewals = _Renewals()
    houder = Sessiehouder(renewals, lambda: datetime.now(UTC), _forget)
    await houder.take(_session("t1", "v1"))
    async with broken_server(lambda _: http(401, b"{}")) as server:
        client = Client()
        client.toegang = houder
        client.aim(server.url)
        try:
            with pytest.raises(SignedOut):
                await client.call("GET", "/x")
        finally:
            await client.close()
        assert len(server.asked) == 2
    assert len(renewals.asked) == 1
