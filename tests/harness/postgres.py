"""A private PostgreSQL for one test session: Debian's binaries, a temporary folder, a free port, nothing kept.

As root it runs as the user `postgres`, because initdb refuses root. Where PostgreSQL is absent, tests that need it are
skipped with that reason.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
}
_MEMORY, _ROOM = Path("/dev/shm"), 4 * 2**30  # bytes # noqa: S108 -- a name of its own is made in it
_INITDB = ("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")


class Cluster:
    """A server on a folder. `url(name)` addresses one of its databases; `admin()` runs one statement."""

    def __init__(self, folder: Path, command: list[str], port: int) -> None:
        self.port = port
        self._folder = folder
        self._command = command
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers."""
        with (self._folder / "log").open("ab") as log:
            self._server = subprocess.Popen(self._command, stdout=log, stderr=log, cwd=self._folder)
        _wait_until_ready(self, self._server, self._folder / "log")

    def stop(self, *, at_once: bool = False) -> None:
        """End it, its connections too; `at_once`: as if it crashed."""
        if self._server is None:
            return
        # runuser is the child; the postmaster's own pid stands in its file.
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            os.kill(self.pid, signal.SIGQUIT if at_once else signal.SIGINT)
        try:
            self._server.wait(20)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        self._server = None

    @property
    def pid(self) -> int:
        """Of the server itself; as root its parent is runuser."""
        return int((self._folder / "data" / "postmaster.pid").read_text().split()[0])

    def restart(self, *, at_once: bool = False) -> None:
        """Down and up again, at the same port."""
        self.stop(at_once=at_once)
        self.start()

    def url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, template: str) -> None:
        """A copy of the files, which is twice as quick as through the log; before version 15 there was nothing else."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            copied = " STRATEGY FILE_COPY" if connection.info.server_version >= 150000 else ""
            connection.execute(f"CREATE DATABASE {database} TEMPLATE {template}{copied}".encode())

    def admin(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


def binaries() -> Path | None:
    """The folder with initdb and postgres of the newest installed version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def _place() -> str:
    """In memory, where there is room enough: a database per test is then made and dropped without a disk."""
    with contextlib.suppress(OSError):
        if shutil.disk_usage(_MEMORY).free > _ROOM:
            return str(_MEMORY)
    return "/tmp"  # noqa: S108 -- the path of its socket must be short


def free_port() -> int:
    """A port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running_cluster(**settings: str) -> Iterator[Cluster]:
    """Start a cluster and stop it by its pid at the end; `settings` go over those for speed.

    Skips where PostgreSQL is not installed.
    """
    found = binaries()
    if found is None:
        pytest.skip("PostgreSQL is not installed (Debian package postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="kcs-pg-", dir=_place()))
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    try:
        if as_postgres:
            shutil.chown(folder, "postgres", "postgres")
        data = folder / "data"
        subprocess.run(
            [*as_postgres, str(found / "initdb"), "-D", str(data), "--auth=trust", "--username=postgres", *_INITDB],
            check=True,
            capture_output=True,
            cwd=folder,
        )
        port = free_port()
        chosen = {**_SETTINGS, **settings}
        options = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        command = [str(found / "postgres"), "-D", str(data), "-p", str(port), "-k", str(folder), *options]
        cluster = Cluster(folder, [*as_postgres, *command], port)
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(cluster: Cluster, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            cluster.admin("SELECT 1")
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}") from None
            time.sleep(0.05)
        else:
            return
