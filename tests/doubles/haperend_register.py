"""A klantregister in this process, over our own embedded one on a database of its own, that fails at a given write.

It stands where `gateway.verbinding.Verbinding` stands: no socket, so that a test can end the caller at any call.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any

import httpx

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.gateway import fouten
from kcs_desktop.backend.gateway.antwoord import Antwoord, Ruw, check
from kcs_desktop.backend.gateway.verbinding import Verzonden
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.domain.rechten import Recht
from tests.harness.backend import running_backend
from tests.harness.klok import Klok

API = "/klantinteracties/api/v1"
_INVALID = (
    b'{"code":"invalid","title":"x","status":400,"invalidParams":[{"name":"%b","code":"max_length","reason":"x"}]}'
)
_HTML = b"<!doctype html><h1>Server Error (500)</h1>"


class Hapering(StrEnum):
    """What happens to one write."""

    CUT_BEFORE = "no answer, not carried out"
    CUT_AFTER = "no answer, carried out"
    HTML_BEFORE = "500 with html, not carried out"
    HTML_AFTER = "500 with html, carried out"
    GATEWAY_AFTER = "504 of a proxy, carried out"
    HALF_AFTER = "201 with half the json"
    UNSEEN_AFTER = "200 with half the json, and the next read gets no answer"
    LATE = "no answer in time, carried out a while later"
    RACE = "somebody was just before with the same body"
    KILLED_BEFORE = "the caller ends, not carried out"
    KILLED_AFTER = "the caller ends, carried out"


class Gedood(BaseException):
    """The worker is gone: nothing of it runs on."""


class HaperendRegister:
    """Implements `gateway.schrijven.register.Lijn`."""

    naam = "klantinteracties"
    limit = 10.0
    secrets: tuple[str, ...] = ()

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._at = 0
        self._how: Hapering | None = None
        self._refused: dict[tuple[str, str], str] = {}
        self.writes: list[tuple[str, str]] = []  # every write that was asked for
        self.reads = 0
        self.is_away = False
        self._is_deaf = False
        self.ignored: set[tuple[str, str]] = set()  # method and resource: answered with 200, and not carried out
        self.before: Callable[[str, str], Awaitable[None]] | None = None  # each write
        self._later: list[tuple[str, str, bytes | None]] = []

    def fail(self, at: int, how: Hapering) -> None:
        """At this write from now on; once."""
        self.writes.clear()
        self._at, self._how = at, how

    @property
    def has_failed(self) -> bool:
        return self._how is None

    def refuse(self, method: str, resource: str, field: str) -> None:
        """From now on this is not taken, for what stands in `field`; it does not count as a write."""
        self._refused[method, resource] = field

    async def ask(
        self,
        verzoek: Verzoek,
        method: str,
        path: str,
        *,
        query: str = "",
        content: bytes | None = None,
        array: bool = False,
    ) -> Antwoord:
        self.reads += 1
        was_deaf, self._is_deaf = self._is_deaf, False
        if self.is_away or was_deaf:
            raise fouten.unreachable(self.naam)
        answer = await self._client.request(method, f"{API}{path}{'?' + query if query else ''}", content=content)
        return check(self.naam, _ruw(answer), (), array=array)

    async def send(self, verzoek: Verzoek, method: str, path: str, *, content: bytes | None = None) -> Ruw:
        if field := self._refused.get((method, path.split("/")[1])):
            return Ruw(400, "application/problem+json", _INVALID % field.encode())
        if self.before is not None:
            await self.before(method, path)
        self.writes.append((method, path))
        if self.is_away:
            raise fouten.unreachable(self.naam)
        if (method, path.split("/")[1]) in self.ignored:
            return _ruw(await self._client.get(f"{API}{path}"))
        if len(self.writes) != self._at or self._how is None:
            return _ruw(await self._carry_out(method, path, content))
        how, self._how = self._how, None
        match how:
            case Hapering.KILLED_BEFORE:
                raise Gedood
            case Hapering.CUT_BEFORE:
                raise Verzonden(fouten.unreachable(self.naam))
            case Hapering.HTML_BEFORE:
                return Ruw(500, "text/html", _HTML)
            case Hapering.LATE:
                self._later.append((method, path, content))
                raise Verzonden(fouten.too_late(self.naam))
        ruw = _ruw(await self._carry_out(method, path, content))
        match how:
            case Hapering.KILLED_AFTER:
                raise Gedood
            case Hapering.CUT_AFTER:
                raise Verzonden(fouten.unreachable(self.naam))
            case Hapering.HTML_AFTER:
                return Ruw(500, "text/html", _HTML)
            case Hapering.GATEWAY_AFTER:
                return Ruw(504, "text/html", _HTML)
            case Hapering.HALF_AFTER | Hapering.UNSEEN_AFTER:
                self._is_deaf = how is Hapering.UNSEEN_AFTER
                return Ruw(ruw.status, ruw.media_type, ruw.body[: len(ruw.body) // 2])
            case _:
                return _ruw(await self._carry_out(method, path, content))

    async def catch_up(self) -> None:
        """What was late is carried out now."""
        for method, path, content in self._later:
            await self._carry_out(method, path, content)
        self._later.clear()

    async def all(self, resource: str, **filters: str) -> list[dict[str, Any]]:
        """What stands in it."""
        answer = await self._client.get(f"{API}/{resource}", params={**filters, "pageSize": "100"})
        found: list[dict[str, Any]] = answer.json()["results"]
        return found

    async def make(self, resource: str, body: dict[str, Any]) -> dict[str, Any]:
        """As another client of this register."""
        answer = await self._client.post(f"{API}/{resource}", json=body)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    async def patch(self, resource: str, uuid: str, body: dict[str, Any]) -> None:
        """As another client of this register."""
        answer = await self._client.patch(f"{API}/{resource}/{uuid}", json=body)
        assert answer.status_code == 200, answer.text

    async def remove(self, resource: str, uuid: str) -> None:
        """As another client of this register."""
        answer = await self._client.delete(f"{API}/{resource}/{uuid}")
        assert answer.status_code == 204, answer.text

    async def _carry_out(self, method: str, path: str, content: bytes | None) -> httpx.Response:
        headers = {"Content-Type": "application/json"} if content is not None else {}
        return await self._client.request(method, API + path, content=content, headers=headers)


def _ruw(answer: httpx.Response) -> Ruw:
    return Ruw(answer.status_code, answer.headers.get("content-type", ""), answer.content)


@asynccontextmanager
async def haperend_register(template: Path, folder: Path, klok: Klok) -> AsyncIterator[HaperendRegister]:
    """The register on a copy of the empty database `template`."""
    path = folder / "klantregister.db"
    await asyncio.to_thread(shutil.copy, template, path)
    db = Database(f"sqlite:///{path}", clock=klok)
    try:
        async with running_backend(db, klok) as behind:
            client = await behind.application("Saga", crm=Recht.WIJZIGEN, terugbelnotities=Recht.WIJZIGEN)
            yield HaperendRegister(client)
    finally:
        await db.close()
