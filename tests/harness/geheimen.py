"""A Secret Service of its own, so that keys are kept as on a desktop and nothing of the machine's user is touched.

In tests: the fixture `secret_service`. Elsewhere (benchmarks, pictures)::

    with private_secret_service(directory) as environment:   # {"DBUS_SESSION_BUS_ADDRESS": …}
        subprocess.run(…, env={**os.environ, **environment})
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")
_NAME = "org.freedesktop.secrets"
PASSWORD = b"alleen voor proeven"
_WAIT = 20.0  # seconds
# The machine's own service folders are left out: nothing of its user is ever started on this bus.
_BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={sockets}</listen>
  <servicedir>{services}</servicedir>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


def missing_programs() -> str:
    """Names of the programs that are not on this machine; "" when all are."""
    return ", ".join(name for name in PROGRAMS if shutil.which(name) is None)


@contextlib.contextmanager
def private_bus(directory: Path) -> Iterator[dict[str, str]]:
    """A bus with nothing on it, at home under `directory`, until the block ends; yields the environment of it."""
    directory.mkdir(parents=True, exist_ok=True)
    # Sockets have short names only; `directory` may be deep.
    with tempfile.TemporaryDirectory(prefix="kcs-", dir="/tmp") as sockets:
        config, services = directory / "bus.conf", directory / "diensten"
        services.mkdir(exist_ok=True)
        config.write_text(_BUS_CONFIG.format(sockets=sockets, services=services), encoding="utf-8")
        environment = {
            **os.environ,
            **{f"XDG_{kind}_HOME": str(directory / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE")},
            "XDG_RUNTIME_DIR": sockets,
            "HOME": str(directory),
        }
        command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address=1"]
        with _running(command, environment) as bus:
            assert bus.stdout is not None
            address = bus.stdout.readline().decode().strip()
            if not address:
                raise AssertionError("the bus did not start")
            yield {**environment, "DBUS_SESSION_BUS_ADDRESS": address}


@contextlib.contextmanager
def private_secret_service(directory: Path) -> Iterator[dict[str, str]]:
    """A bus and an unlocked keyring under `directory` until the block ends; yields the environment that leads there.

    As on a desktop the bus starts it when it is asked for, and again when it gave up.
    """
    directory.mkdir(parents=True, exist_ok=True)
    start = directory / "start-sleutelbos"
    start.write_text(
        "#!/bin/sh\n"
        f"printf %s '{PASSWORD.decode()}' | exec gnome-keyring-daemon --foreground --unlock --components=secrets"
        ' --control-directory="$XDG_RUNTIME_DIR"\n',
        encoding="utf-8",
    )
    start.chmod(0o700)
    with private_bus(directory) as environment:
        service = directory / "diensten" / f"{_NAME}.service"
        service.write_text(f"[D-BUS Service]\nName={_NAME}\nExec={start}\n", encoding="utf-8")
        address = environment["DBUS_SESSION_BUS_ADDRESS"]
        _start(address)
        yield {"DBUS_SESSION_BUS_ADDRESS": address}


@contextlib.contextmanager
def _running(command: list[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=dict(environment)
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()


def _start(address: str) -> None:
    bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
    with open_dbus_connection(bus=address) as connection:
        question = new_method_call(bus, "StartServiceByName", "su", (_NAME, 0))
        answer = connection.send_and_get_reply(question, timeout=_WAIT)
        if answer.header.message_type is not MessageType.method_return:
            raise AssertionError(f"the keyring did not start: {answer.body}")


@pytest.fixture(scope="session")
def secret_service_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """One keyring for all tests of this process; skips where the programs are absent."""
    if missing := missing_programs():
        pytest.skip(f"not on this machine: {missing}")
    with private_secret_service(tmp_path_factory.mktemp("sleutelbos")) as environment:
        yield environment


@pytest.fixture
def secret_service(secret_service_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """This test's process keeps its secrets in the private keyring; the environment, for child processes."""
    for name, value in secret_service_environment.items():
        monkeypatch.setenv(name, value)
    return secret_service_environment
