"""Logs hold types and places, never what somebody typed."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from litestar import get

from kcs_desktop.backend.fouten import problem_of
from kcs_desktop.backend.logboek import configure_logging, log_uncaught
from tests.harness.backend import Backend

BSN = "999990019"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is logged during the test; the settings of logging are put back."""
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logging(stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def raised(text: str) -> Exception:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


def test_an_uncaught_error_is_logged_without_its_text(log: io.StringIO) -> None:
    log_uncaught(raised(f"burger {BSN}"), "verzoek-1")
    line = json.loads(log.getvalue())
    assert (line["soort"], line["verzoek"], line["level"]) == ("ValueError", "verzoek-1", "error")
    assert "test_logboek.py" in line["plaats"]
    assert BSN not in log.getvalue()


def test_a_library_that_logs_a_value_does_not_get_it_into_our_log(log: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").warning("GET %s", f"/brp?bsn={BSN}")
    logging.getLogger("sqlalchemy.engine").error(f"INSERT {BSN}")
    try:
        raise ValueError(BSN)
    except ValueError:
        logging.getLogger("asyncio").exception("task %s failed", BSN)
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [line["bron"] for line in lines] == ["uvicorn.error", "sqlalchemy.engine", "asyncio"]
    assert lines[2]["soort"] == "ValueError"
    assert BSN not in log.getvalue()


def test_the_access_log_is_off(log: io.StringIO) -> None:
    logging.getLogger("uvicorn.access").info("GET %s", BSN)
    assert log.getvalue() == ""


def test_the_answer_to_a_bug_tells_nothing_of_it() -> None:
    body = problem_of(raised(f"burger {BSN}"), instance="verzoek-1")
    assert (body["status"], body["code"]) == (500, "serverfout")
    assert BSN not in json.dumps(body)


async def test_a_bug_in_a_route_is_a_problem_and_one_line(backend: Backend, log: io.StringIO) -> None:
    @get("/stuk")
    async def broken() -> None:
        raise ValueError(BSN)

    backend.app.register(broken)
    client = await backend.client_for()
    answer = await client.get("/stuk", headers={"X-Request-ID": "verzoek-2"})
    assert (answer.status_code, answer.json()["code"]) == (500, "serverfout")
    assert answer.headers["content-type"] == "application/problem+json"
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [line["verzoek"] for line in lines if line["event"] == "onverwachte fout"] == ["verzoek-2"]
    assert BSN not in answer.text + log.getvalue()
