"""A private PostgreSQL for one test session: Debian's binaries, a temporary folder, a free port, nothing kept.

As root it runs as the user `postgres`, because initdb refuses root. Where PostgreSQL is absent, tests that need it are
skipped with that reason.
"""

from __future__ import annotations

import contextlib
import os
import shutil
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
}
_INITDB = ("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")


class Cluster:
    """A running server. `url(name)` addresses one of its databases; `admin()` runs one statement."""

    def __init__(self, port: int) -> None:
        self.port = port

    def url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def admin(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


def binaries() -> Path | None:
    """The folder with initdb and postgres of the newest installed version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def free_port() -> int:
    """A port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Start a cluster and stop it by its pid at the end. Skips where PostgreSQL is not installed."""
    found = binaries()
    if found is None:
        pytest.skip("PostgreSQL is not installed (Debian package postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="kcs-pg-", dir="/tmp"))
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
        options = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [*as_postgres, str(found / "postgres"), "-D", str(data), "-p", str(port), "-k", str(folder), *options],
                stdout=log,
                stderr=log,
                cwd=folder,
            )
        try:
            cluster = Cluster(port)
            _wait_until_ready(cluster, server, folder / "log")
            yield cluster
        finally:
            _stop(data, server)
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


def _stop(data: Path, server: subprocess.Popen[bytes]) -> None:
    # runuser is the child; the postmaster's own pid stands in its file.
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        os.kill(int((data / "postmaster.pid").read_text().split()[0]), 2)
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
