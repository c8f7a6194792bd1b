"""What the doubles of Open Zaak and Open Klant share: our own embedded registers on a real socket, made to misbehave.

A double runs in a thread with a loop of its own, so that it serves this process and any other, and goes on while a
window's loop is busy. It has its own database and addresses of its own, refuses what the real server refuses, and does
wrong what a test tells it to::

    with running_open_zaak() as zaak:                       # or running_open_klant()
        zaak.environment()                                  # KCS_REGISTER_… for a backend process
        zaak.wrong(Wrong.HTML_AFTER, "POST", "/statussen")  # the next such request: carried out, then 500 with HTML
        zaak.wrong(Wrong.HELD_AFTER, "POST", "/zaken")      # carried out, its answer waits for zaak.release()
        zaak.wait_until_held()
        zaak.asked                                          # every request, with its status and whether it was done
        zaak.count("POST", "/zaken")                        # how many were carried out
        zaak.refused.add("rollen")                          # from now on 403: the right is missing
        zaak.is_away = True                                 # nobody answers
        zaak.delay = 0.05                                   # seconds before each answer
        zaak.clock_skew = 7200                              # seconds that its clock is ahead
        zaak.null_expand_fails = True                       # `expand` of a null gives 500
        zaak.draw = lambda asked: Wrong.HALF                # what goes wrong with each request from now on, or None
        zaak.get("/zaken/api/v1/zaken", status=…)           # look into it, past every misbehaviour
        zaak.database                                       # and straight into its tables
"""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, cast
from urllib.parse import parse_qsl

import httpx
import uvicorn

from kcs_desktop.backend.accounts.beheer import create_toepassing
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.domain.rechten import Recht
from tests.harness.backend import running_backend
from tests.harness.luisteraar import take_no_more
from tests.harness.proefdam import proefdam_file

HTML = b"<!doctype html><html><body><h1>Server Error (500)</h1></body></html>"
EMPTY = b'{"count":0,"next":null,"previous":null,"results":[]}'
Answer = tuple[int, str, bytes]  # status, media type, body
_PROBLEM = "application/problem+json"


class Wrong(StrEnum):
    """`AFTER`: carried out first. Each is used up by one request."""

    HTML_BEFORE = "500 with html, not carried out"
    HTML_AFTER = "500 with html, carried out"
    JSON_AFTER = "500 with json, carried out"
    CUT_BEFORE = "no answer, not carried out"
    CUT_AFTER = "no answer, carried out"
    HELD_BEFORE = "waits before it is carried out"
    HELD_AFTER = "carried out, the answer waits"
    HALF = "half the answer, then the line breaks"
    HALF_JSON = "a whole answer with half the json"
    JWT = "403, as for an expired token"
    FORBIDDEN = "403, as without the right"
    CONFLICT = "409"
    PRECONDITION = "412"
    NOT_ACCEPTABLE = "406"
    UNAVAILABLE = "503 with html"
    RACE = "somebody was just before with the same body"


_PLAIN: Mapping[Wrong, Answer] = {
    Wrong.HTML_BEFORE: (500, "text/html", HTML),
    Wrong.HTML_AFTER: (500, "text/html", HTML),
    Wrong.JSON_AFTER: (500, _PROBLEM, b'{"code":"error","title":"Er is een serverfout opgetreden.","status":500}'),
    Wrong.UNAVAILABLE: (503, "text/html", HTML),
}
_PROBLEMS: Mapping[Wrong, tuple[int, str]] = {
    Wrong.JWT: (403, "jwt-expired"),
    Wrong.FORBIDDEN: (403, "permission_denied"),
    Wrong.CONFLICT: (409, "conflict"),
    Wrong.PRECONDITION: (412, "precondition_failed"),
    Wrong.NOT_ACCEPTABLE: (406, "not_acceptable"),
}
_KEPT = ("API-version", "Content-Crs", "Content-Disposition")
_NOT_DONE = {Wrong.HTML_BEFORE, Wrong.CUT_BEFORE, Wrong.UNAVAILABLE, *_PROBLEMS}


def problem(status: int, code: str, detail: str = "", params: list[dict[str, str]] | None = None) -> Answer:
    """An error body as these servers give it."""
    body: dict[str, Any] = {"type": f"https://voorbeeld/ref/fouten/{code}/", "code": code, "title": code}
    body |= {"status": status, "detail": detail or code, "instance": "urn:uuid:0"}
    if params is not None:
        body["invalidParams"] = params
    return status, _PROBLEM, json.dumps(body).encode()


@dataclass
class Gevraagd:
    """One request as it came in. `path` is without the double's own prefix; header names are in lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    status: int = 0  # of the answer, also of one that never arrived
    is_done: bool = False  # it reached the register
    claims: dict[str, Any] = field(default_factory=dict)  # of its token

    @property
    def resource(self) -> str:
        """The resource of the standard: `zaken`, and `zaakeigenschappen` where that is under a zaak."""
        parts = [part for part in self.path.split("/api/v1/", 1)[-1].split("/") if part]
        return parts[2] if len(parts) > 2 else parts[0] if parts else ""

    def json(self) -> Any:
        return json.loads(self.body)


class Dubbel:
    """Build one with `running`; the subclasses say how their server checks who calls and what it answers otherwise."""

    prefix: ClassVar[str]  # in front of the standard's own paths
    rechten: ClassVar[Mapping[str, Recht]]

    def __init__(self, clock: Callable[[], datetime] | None = None) -> None:
        self._clock = clock
        self.host = ""
        self.asked: list[Gevraagd] = []
        self.refused: set[str] = set()  # resources that the credential has no right to
        self.emptied: set[str] = set()  # resources of which nothing is listed
        self.altered: dict[str, Any] = {}  # what a field of what is made becomes without a word; None where it vanishes
        self.largest_page = 0  # a larger `pageSize` is refused; 0 for as the register itself
        self.version = ""  # what it says to be, instead of what it is
        self.is_away = False
        self.delay = 0.0
        self.clock_skew = 0.0
        self.null_expand_fails = False
        self.draw: Callable[[Gevraagd], Wrong | None] = lambda _asked: None
        self.database = ""  # url of its tables
        self.gone_wrong: list[Wrong] = []  # what was used up
        self._wrong: list[tuple[Wrong, str, str]] = []
        self._lock = threading.Lock()
        self._go_on = threading.Event()
        self._held = threading.Event()
        self._token = ""
        self._app: Any = None

    @property
    def url(self) -> str:
        """Where everything of this server begins."""
        return f"http://{self.host}{self.prefix}"

    def now(self) -> datetime:
        return (self._clock() if self._clock else datetime.now(UTC)) + timedelta(seconds=self.clock_skew)

    def wrong(self, how: Wrong, method: str = "", path: str = "", *, times: int = 1) -> None:
        """What happens to the next request of this method (any) whose path holds `path`."""
        with self._lock:
            self._wrong += [(how, method, path)] * times

    def reset(self) -> None:
        """Behave from now on, and forget what was asked; what stands in the register stays."""
        with self._lock:
            self._wrong.clear()
        self.asked.clear()
        self.gone_wrong.clear()
        self.refused.clear()
        self.emptied.clear()
        self.altered.clear()
        self.largest_page = 0
        self.version = ""
        self.draw = lambda _asked: None
        self.is_away, self.null_expand_fails = False, False
        self.delay = self.clock_skew = 0.0

    def release(self) -> None:
        """Let everything go on that is held."""
        self._go_on.set()

    def wait_until_held(self, limit: float = 30.0) -> None:
        """Block until a request is held. From a loop: `await asyncio.to_thread(double.wait_until_held)`."""
        if not self._held.wait(limit):
            raise AssertionError("nothing came that had to be held")

    def requests(self, method: str = "", path: str = "") -> list[Gevraagd]:
        """The requests of this kind, in the order they came."""
        return [one for one in tuple(self.asked) if method in {"", one.method} and path in one.path]

    def count(self, method: str, path: str) -> int:
        """How many succeeded in the register, whatever the caller heard of it."""
        return sum(one.is_done and one.status < 300 for one in self.requests(method, path))

    def get(self, path: str, **query: str) -> Any:
        """What stands in it, read past every misbehaviour; not in `asked`."""
        return self.request("GET", path, query=query)

    def request(self, method: str, path: str, body: Any = None, *, query: Mapping[str, str] | None = None) -> Any:
        """As another client of this server, of which nothing goes wrong and nothing is noted."""
        headers = {"X-Voorbij": self._token, "Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
        answer = httpx.request(
            method, self.url + path, params=query, json=body, headers=headers, timeout=30, trust_env=False
        )
        assert answer.status_code < 300, f"{answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    # What differs per server.

    def check(self, asked: Gevraagd) -> Answer | None:
        """What the server refuses before it looks at the register."""
        raise NotImplementedError

    def twist(self, asked: Gevraagd, answer: Answer, headers: dict[str, str]) -> Answer:
        """What its answer has otherwise than ours; `headers` may be added to."""
        return answer

    # The ASGI application.

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        body = b""
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
        path = scope["path"].removeprefix(self.prefix)
        query = dict(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))
        asked = Gevraagd(scope["method"], path, query, headers, body)
        if headers.pop("x-voorbij", "") == self._token:
            await _answer(send, *await self._carry_out(asked, scope))
            return
        self.asked.append(asked)
        how = self._take(asked)
        if self.is_away or how is Wrong.CUT_BEFORE:
            await _cut(send, receive)
            return
        if how is Wrong.HELD_BEFORE:
            await self._hold()
        answer, extra = await self._decide(asked, how, scope)
        asked.status = answer[0]
        if self.delay:
            await asyncio.sleep(self.delay)
        if how is Wrong.HELD_AFTER:
            await self._hold()
        if how is Wrong.CUT_AFTER:
            await _cut(send, receive)
        elif how is Wrong.HALF:
            await _answer(send, answer, extra, half=True)
            await _cut(send, receive)
        elif how is Wrong.HALF_JSON:
            await _answer(send, (answer[0], answer[1], answer[2][: len(answer[2]) // 2]), extra)
        elif how is not None and how in _PLAIN:
            await _answer(send, _PLAIN[how], extra)
        else:
            await _answer(send, answer, extra)

    async def _decide(self, asked: Gevraagd, how: Wrong | None, scope: Any) -> tuple[Answer, dict[str, str]]:
        extra = {"Date": format_datetime(self.now(), usegmt=True)}
        if (refused := self.check(asked)) is not None:
            return refused, extra
        if how is not None and how in _PROBLEMS:
            return problem(*_PROBLEMS[how]), extra
        if how is not None and how in _NOT_DONE:
            return _PLAIN[how], extra
        if asked.resource in self.refused:
            return problem(403, "permission_denied", "Je hebt geen toestemming om deze actie uit te voeren."), extra
        size = asked.query.get("pageSize", "")
        if self.largest_page and size.isdigit() and int(size) > self.largest_page:
            param = {"name": "pageSize", "code": "max_value", "reason": f"Hoogstens {self.largest_page}."}
            return problem(400, "invalid", "Invalid input.", [param]), extra
        if asked.resource in self.emptied and asked.method == "GET":
            return (200, "application/json", EMPTY), extra
        if how is Wrong.RACE:
            await self._carry_out(asked, scope)
        answer, headers = await self._carry_out(asked, scope)
        asked.is_done = True
        headers |= extra | ({"API-version": self.version} if self.version else {})
        if self.null_expand_fails and asked.method == "GET" and _expands_null(answer):
            return _PLAIN[Wrong.HTML_AFTER], extra
        return self.twist(asked, answer, headers), headers

    async def _carry_out(self, asked: Gevraagd, scope: Any) -> tuple[Answer, dict[str, str]]:
        """By the register, as an application that may do everything here."""
        dropped = {b"authorization", b"content-length", b"if-match", b"if-none-match", b"x-voorbij"}
        content = self._altered(asked)
        headers = [pair for pair in scope["headers"] if pair[0].lower() not in dropped]
        headers.append((b"authorization", b"Token " + self._token.encode()))
        headers.append((b"content-length", str(len(content)).encode()))
        inner = {**scope, "headers": headers, "root_path": self.prefix, "state": {}, "extensions": {}}
        sent: list[Any] = []
        ended = asyncio.Event()
        bodies = [{"type": "http.request", "body": content, "more_body": False}]

        async def receive() -> Any:
            if bodies:
                return bodies.pop()
            await ended.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                ended.set()

        await self._app(inner, receive, send)
        told = {name.decode().lower(): value.decode("latin-1") for name, value in sent[0]["headers"]}
        extra = {name: told[name.lower()] for name in _KEPT if name.lower() in told}
        body = b"".join(message.get("body", b"") for message in sent[1:])
        return (sent[0]["status"], told.get("content-type", "application/json"), body), extra

    def _altered(self, asked: Gevraagd) -> bytes:
        if asked.method != "POST" or not self.altered or not asked.body:
            return asked.body
        body = {**json.loads(asked.body), **self.altered}
        return json.dumps({name: value for name, value in body.items() if value is not None}).encode()

    def _take(self, asked: Gevraagd) -> Wrong | None:
        with self._lock:
            for one in self._wrong:
                how, method, path = one
                if method in {"", asked.method} and path in asked.path:
                    self._wrong.remove(one)
                    break
            else:
                found = self.draw(asked)
                if found is None:
                    return None
                how = found
            self.gone_wrong.append(how)
            if how in {Wrong.HELD_BEFORE, Wrong.HELD_AFTER}:
                self._go_on.clear()
            return how

    async def _hold(self) -> None:
        self._held.set()
        await asyncio.to_thread(self._go_on.wait, 60)
        self._held.clear()

    # Running it.

    async def _serve(self, path: Path, started: threading.Event, ended: asyncio.Event) -> None:
        db = Database(f"sqlite:///{path}", **({"clock": self._clock} if self._clock else {}))
        try:
            async with running_backend(db, cast(Any, self._clock)) as behind:
                async with db.write() as unit:
                    self._token = await create_toepassing(unit, "Dubbel", self.rechten)
                self._app = behind.app
                config = uvicorn.Config(
                    self,
                    host="127.0.0.1",
                    port=0,
                    lifespan="off",
                    log_config=None,
                    access_log=False,
                    ws="none",
                    date_header=False,
                )
                server = uvicorn.Server(config)
                serving = asyncio.create_task(server.serve())
                while not server.started and not serving.done():  # noqa: ASYNC110 -- uvicorn tells nobody
                    await asyncio.sleep(0.005)
                self.host = f"127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
                started.set()
                await ended.wait()
                await take_no_more(*server.servers)
                server.should_exit = True
                server.force_exit = True
                await serving
        finally:
            await db.close()


@contextmanager
def running(
    double: Dubbel, clock: Callable[[], datetime] | None = None, template: Path | None = None
) -> Iterator[None]:
    """Serve until the block ends, from a database with the proefgemeente: a copy of `template`, or one of its own."""
    folder = Path(tempfile.mkdtemp(prefix="dubbel-"))
    shutil.copy(template or proefdam_file(clock() if clock else None), folder / "register.db")
    double.database = f"sqlite:///{folder / 'register.db'}"
    started, failed = threading.Event(), list[Exception]()
    running_in: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def live() -> None:
        running_in.append((asyncio.get_running_loop(), asyncio.Event()))
        await double._serve(folder / "register.db", started, running_in[0][1])

    def work() -> None:
        try:
            asyncio.run(live())
        except Exception as error:  # noqa: BLE001 -- told to the test below
            failed.append(error)
        finally:
            started.set()

    thread = threading.Thread(target=work, name=f"dubbel {double.prefix}")
    thread.start()
    try:
        if not started.wait(60) or failed:
            raise AssertionError(f"the double did not start: {failed}")
        yield
    finally:
        double.release()
        if running_in:
            loop, ended = running_in[0]
            if not loop.is_closed():
                loop.call_soon_threadsafe(ended.set)
        thread.join(30)
        shutil.rmtree(folder, ignore_errors=True)
        if failed:
            raise failed[0]


def _expands_null(answer: Answer) -> bool:
    if answer[0] != 200 or b'"_expand"' not in answer[2]:
        return False
    waiting: list[Any] = [json.loads(answer[2])]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting.extend(part)
        elif isinstance(part, dict):
            expanded = part.get("_expand")
            if isinstance(expanded, dict) and None in expanded.values():
                return True
            waiting.extend(part.values())
    return False


async def _answer(send: Any, answer: Answer, extra: dict[str, str], *, half: bool = False) -> None:
    status, media_type, body = answer
    headers = {"Content-Type": media_type, "Content-Length": str(len(body)), **extra}
    if status == 204:
        del headers["Content-Type"], headers["Content-Length"]
    named = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": named})
    if half:
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
    else:
        await send({"type": "http.response.body", "body": body})


async def _cut(send: Any, receive: Any) -> None:
    """Close the connection under the request: uvicorn's cycle holds its transport."""
    send.__self__.transport.close()
    while (await receive())["type"] != "http.disconnect":
        pass
