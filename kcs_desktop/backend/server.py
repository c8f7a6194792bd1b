"""Runs the application: one process, or several on one socket. Ends streams first, so that stopping never hangs.

The access log is off: the standards put BSNs in query strings.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.process import BaseProcess
from types import FrameType

import msgspec
import structlog
import uvicorn
from litestar import Litestar
from litestar.types import ASGIApp
from sqlalchemy.exc import SQLAlchemyError

from kcs_desktop import __version__
from kcs_desktop.backend.app import create_app
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.intake import Intake
from kcs_desktop.backend.logboek import configure_logging
from kcs_desktop.backend.opdrachten.claim import release_all
from kcs_desktop.backend.settings import Settings
from kcs_desktop.backend.zitplaats import Zitplaatswacht

_GRACE = 10  # seconds a running request gets at the end
_BACKLOG = 512
# Longer than a seat keeps a quiet connection (30 s): one that is closed here just then loses the next request on it.
_KEEP_ALIVE = 75
_YOUNG = 60  # seconds


log = structlog.get_logger(__name__)


class _Server(uvicorn.Server):
    """Uvicorn's server, with the streams ended before it waits for connections, and a word when it is ready."""

    def __init__(self, config: uvicorn.Config, app: Litestar, on_ready: Callable[[], None] | None) -> None:
        super().__init__(config)
        self._app = app
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        gc.freeze()  # what stands now stays: looking through it for garbage would hold up a request for tens of ms
        if self.started and self._on_ready is not None:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._app.state.end_streams()
        await super().shutdown(sockets)


def bind(settings: Settings) -> socket.socket:
    """The listening socket; port 0 takes a free one. Raises OSError when the port is taken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # With the protocol named: asyncio switches Nagle's algorithm off only then, and every answer would come 40 ms late.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((settings.host, settings.port))
        listener.listen(_BACKLOG)
        listener.setblocking(False)  # noqa: FBT003 -- the standard library has no name for it
    except OSError:
        listener.close()
        raise
    return listener


def run_one(settings: Settings, listener: socket.socket, *, ends_with_stdin: bool = False) -> None:
    """Serve in this process until a signal, or until stdin closes."""
    # Beside a window there is nobody who reads along, and its file must not grow with every request.
    configure_logging(level=logging.WARNING if settings.ingebed else logging.INFO)
    port: int = listener.getsockname()[1]
    litestar = create_app(settings)
    app: ASGIApp = litestar
    if settings.ingebed:
        app = Zitplaatswacht(litestar, settings.seat_secret, port)

    def announce() -> None:
        sys.stdout.write(msgspec.json.encode({"poort": port}).decode() + "\n")
        sys.stdout.flush()

    config = uvicorn.Config(
        app,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=settings.achter_proxy,
        forwarded_allow_ips="127.0.0.1,::1",
        http=Intake,
        ws="none",
        loop="asyncio",
        lifespan="on",
        interface="asgi3",
        ssl_certfile=settings.certificaat or None,
        ssl_keyfile=settings.sleutel or None,
        timeout_graceful_shutdown=_GRACE,
        timeout_keep_alive=_KEEP_ALIVE,
    )
    server = _Server(config, litestar, announce if settings.ingebed else None)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _end(server))
    if ends_with_stdin:
        threading.Thread(target=_wait_for_stdin, args=(server,), daemon=True).start()
    log.info(
        "server.started", versie=__version__, proces=os.getpid(), database=Database.dialect_of(settings.database_url)
    )
    asyncio.run(server._serve([listener]))  # the public `serve` would raise the signal again at the end
    log.info("server.stopped", proces=os.getpid())


def _end(server: uvicorn.Server) -> None:
    server.should_exit = True


def _wait_for_stdin(server: uvicorn.Server) -> None:
    while sys.stdin.buffer.readline():
        pass
    _end(server)


class EarlyDeaths:
    """Counts workers that died young one after the other: they cannot start, and going on would only spin.

    One that served for a while and died is an accident, however many there are in a year.
    """

    def __init__(self, maximum: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._maximum = maximum
        self._clock = clock
        self._born: dict[int | None, float] = {}
        self._count = 0

    @property
    def too_many(self) -> bool:
        return self._count > self._maximum

    def started(self, pid: int | None) -> None:
        self._born[pid] = self._clock()

    def is_one_too_many(self, pid: int | None) -> bool:
        """Note the death of this worker; whether to give up."""
        lived = self._clock() - self._born.pop(pid)
        self._count = self._count + 1 if lived < _YOUNG else 0
        return self.too_many


def run_many(settings: Settings, listener: socket.socket) -> int:
    """Serve with `settings.workers` processes on one socket; a worker that dies is replaced."""
    configure_logging()
    stopping = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    context = multiprocessing.get_context("spawn")

    def start(target: Callable[[Settings, socket.socket], None] = run_one) -> BaseProcess:
        worker = context.Process(target=target, args=(settings, listener))
        worker.start()
        deaths.started(worker.pid)
        return worker

    deaths = EarlyDeaths(5 * settings.workers)
    workers = [start() for _ in range(settings.workers)]
    while not stopping.wait(0.5):
        for index, worker in enumerate(workers):
            if not worker.is_alive():
                if deaths.is_one_too_many(worker.pid):
                    stopping.set()
                    break
                workers[index] = start(_replace)
    for worker in workers:
        if worker.is_alive() and worker.pid is not None:
            worker.terminate()
    for worker in workers:
        worker.join(_GRACE + 5)
        if worker.is_alive():
            worker.kill()
            worker.join()
    return 1 if deaths.too_many else 0


def _replace(settings: Settings, listener: socket.socket) -> None:
    """Serve in the place of a worker that died; what it was at need not wait for its lease."""
    asyncio.run(_give_back(settings.database_url))
    run_one(settings, listener)


async def _give_back(url: str) -> None:
    db = Database(url)
    try:
        with suppress(SQLAlchemyError):  # the database is away: the leases run out by themselves
            await release_all(db)
    finally:
        await db.close()
