"""The backend for tests, in this process or as a real one.

In this process, on both databases::

    async def test_x(backend: Backend) -> None:
        client = await backend.client_for("snelbalie")             # an employee, signed in through the real API
        answer = await client.get("/klantinteracties/api/v1/partijen")
        colleague = await backend.client_for("tic", naam="Kees")   # another employee, at another seat
        website = await backend.application(crm=Recht.WIJZIGEN)    # an application with a token
        nobody = backend.client()                                  # no sign-in
        backend.klok.advance(minutes=11)                           # time passes (tokens expire)
        async with backend.db.read() as session: ...               # look into the tables

A real process (`kcs-backend serve` with uvicorn on a free port)::

    with backend_process(url, proefgemeente=True) as process:
        process.url, process.log_text(), process.pid

Everything is closed at the end of the test; nothing outlives it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, cast

import httpx
import msgspec
import pytest
from litestar import Litestar

from kcs_desktop.backend.accounts.beheer import create_account, create_toepassing, create_werkplek
from kcs_desktop.backend.app import create_app
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.settings import Settings
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.sessie import Aanmelding, SessieAntwoord, Werkplek
from tests.harness import loopklok
from tests.harness.klok import Klok
from tests.harness.loopklok import Loopklok
from tests.harness.postgres import free_port

ROOT = Path(__file__).parents[2]
WACHTWOORD = "regen op dinsdag 7"
WERKPLEK = Werkplek("balie-1", "Balie 1", "balie")
BASE = "http://127.0.0.1:8000"


class Backend:
    """The application in this process with its lifespan running. Build it with `running_backend`."""

    def __init__(self, app: Litestar, db: Database, klok: Klok, stack: AsyncExitStack) -> None:
        self.app = app
        self.db = db
        self.klok = klok
        self.kern: Kern = app.state.kern
        self._stack = stack
        self._clients: dict[tuple[str, tuple[str, ...]], httpx.AsyncClient] = {}

    def client(self, **headers: str) -> httpx.AsyncClient:
        """A client without sign-in; closed at the end of the test. Header names: `X_KCS_Kanaal` → X-KCS-Kanaal."""
        transport = httpx.ASGITransport(cast(Any, self.app), client=("127.0.0.1", 50000))
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        made = httpx.AsyncClient(transport=transport, base_url=BASE, headers=named)
        self._stack.push_async_callback(made.aclose)
        return made

    async def client_for(self, *rollen: str, naam: str = "Test", afdeling: str = "Publiekszaken") -> httpx.AsyncClient:
        """A client of an employee with these roles (default snelbalie), signed in at balie 1 through the real API.

        The account's name is `naam` in lower case plus the roles; asking twice gives the same client.
        """
        chosen = rollen or ("snelbalie",)
        key = (naam, chosen)
        if key not in self._clients:
            antwoord = await self.sign_in(await self.account(naam, chosen, afdeling), chosen)
            self._clients[key] = self.client(Authorization=f"Bearer {antwoord.tokens.toegang}")
        return self._clients[key]

    async def account(self, naam: str, rollen: Sequence[str], afdeling: str = "Publiekszaken") -> str:
        """Make an account (password `WACHTWOORD`) and werkplek balie-1; returns the account's name."""
        gebruikersnaam = "-".join([naam.lower().replace(" ", "."), *rollen])
        async with self.db.write() as unit:
            await create_werkplek(unit, WERKPLEK)
            await create_account(unit, gebruikersnaam, naam, WACHTWOORD, rollen, afdeling)
        return gebruikersnaam

    async def sign_in(self, gebruikersnaam: str, rollen: Sequence[str]) -> SessieAntwoord:
        """Both steps of signing in; the answer holds the session and its tokens."""
        client = self.client()
        body: dict[str, Any] = {"gebruikersnaam": gebruikersnaam, "wachtwoord": WACHTWOORD}
        first = await client.post("/kcs/api/v1/aanmelden", json=body)
        assert first.status_code == 200, first.text
        keuze = msgspec.json.decode(first.content, type=Aanmelding).keuzetoken
        body = {"keuzetoken": keuze, "werkplek": WERKPLEK.id, "rollen": list(rollen)}
        second = await client.post("/kcs/api/v1/sessies", json=body)
        assert second.status_code == 201, second.text
        return msgspec.json.decode(second.content, type=SessieAntwoord)

    async def application(self, naam: str = "Website", **rechten: Recht) -> httpx.AsyncClient:
        """A client of an application with these rights (`crm=Recht.WIJZIGEN`)."""
        async with self.db.write() as unit:
            token = await create_toepassing(unit, naam, rechten)
        return self.client(Authorization=f"Token {token}")


@contextlib.asynccontextmanager
async def running_backend(db: Database, klok: Klok, **settings: Any) -> AsyncIterator[Backend]:
    """The application over `db` with its lifespan running; `settings` go to Settings (registers=…, proefgemeente=…)."""
    url = db.url.render_as_string(hide_password=False)
    app = create_app(Settings(database_url=url, **settings), db)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(_lifespan(app))
        yield Backend(app, db, klok, stack)


@contextlib.asynccontextmanager
async def _lifespan(app: Litestar) -> AsyncIterator[None]:
    """Run the lifespan in a task of its own: a fixture is torn down in another task than it was set up in."""
    started, ended = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with app.lifespan():
            started.set()
            await ended.wait()

    task = asyncio.create_task(live())
    waiter = asyncio.create_task(started.wait())
    await asyncio.wait([task, waiter], return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        waiter.cancel()
        task.result()
    try:
        yield
    finally:
        ended.set()
        await task


@pytest.fixture
async def backend(db: Database, klok: Klok) -> AsyncIterator[Backend]:
    """The application on an empty database, SQLite and PostgreSQL in turn."""
    async with running_backend(db, klok) as made:
        yield made


@pytest.fixture
def kern(backend: Backend) -> Kern:
    """The context of the running application."""
    return backend.kern


def create_signed_in(database_url: str, *rollen: str) -> str:
    """An access token of a new employee, for a real process on this database; made without a server."""

    async def make() -> str:
        db = Database(database_url)
        try:
            async with running_backend(db, Klok(db.clock())) as backend:
                chosen = rollen or ("snelbalie",)
                return (await backend.sign_in(await backend.account("Proces", chosen), chosen)).tokens.toegang
        finally:
            await db.close()

    return asyncio.run(make())


def create_application(database_url: str, naam: str, **rechten: Recht) -> str:
    """The token of a new application, for a real process on this database."""

    async def make() -> str:
        db = Database(database_url)
        try:
            async with db.write() as unit:
                return await create_toepassing(unit, naam, rechten)
        finally:
            await db.close()

    return asyncio.run(make())


class BackendProcess:
    """A running `kcs-backend serve`."""

    def __init__(self, process: subprocess.Popen[bytes], url: str, log: Path) -> None:
        self._process = process
        self.url = url
        self.log = log

    @property
    def pid(self) -> int:
        return self._process.pid

    def log_text(self) -> str:
        """Everything it wrote so far to stdout and stderr."""
        return self.log.read_text("utf-8", "replace")

    def kill(self) -> None:
        """As a power cut: no chance to tidy up."""
        self._process.kill()
        self._process.wait(20)

    def stop(self) -> int:
        """Ask it to end, wait, and return its exit code."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            return self._process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"the backend did not stop by itself: {self.log_text()}") from None


@contextlib.contextmanager
def backend_process(
    database_url: str,
    *arguments: str,
    log: Path,
    proefgemeente: bool = False,
    environment: Mapping[str, str] | None = None,
    port: int = 0,
    klok: Loopklok | None = None,
) -> Iterator[BackendProcess]:
    """A real backend on a free port (or `port`, to come back at the same address); its output goes to the file `log`.

    With `klok` it goes by that clock. `database_url` needs the schema (fixtures `sqlite_url`, `postgres_url`), except
    with `proefgemeente`, when serve makes it. Waits until /health answers.
    """
    chosen = port or free_port()
    module = "kcs_desktop.backend" if klok is None else loopklok.__name__
    command = [sys.executable, "-m", module, "serve", "--database", database_url, "--port", str(chosen)]
    command += [*(["--proefgemeente"] if proefgemeente else []), *arguments]
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=ROOT,
            env={**os.environ, **(environment or {}), **(klok.environment if klok is not None else {})},
        )
    running = BackendProcess(process, f"http://127.0.0.1:{chosen}", log)
    try:
        _wait_for_health(running, process)
        yield running
    finally:
        running.stop()


def _wait_for_health(running: BackendProcess, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            if httpx.get(f"{running.url}/health", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            pass
        if process.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"the backend did not start: {running.log_text()}")
        time.sleep(0.05)
