"""Secrets stand in the keyring of the operating system and nowhere else."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import keyring
import pytest
import secretstorage
from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection
from keyring.backends import fail, null

from kcs_desktop.cache.geheimendienst import read_secret
from kcs_desktop.security import sleutelbos
from kcs_desktop.security.sleutelbos import MAX_SECRET, KeyringFault, KeyringLocked, OsSleutelbos
from kcs_desktop.security.sleutels import obtain_key
from tests.harness.geheimen import missing_programs, private_secret_service

_BUS = "org.freedesktop.DBus"
_SECRETS = "org.freedesktop.secrets"
WINKEL = "0123456789abcdef0123"


@pytest.mark.usefixtures("secret_service")
def test_a_secret_comes_back_and_is_gone_after_erasing() -> None:
    bos = OsSleutelbos()
    bos.write("proef", "geheim met é en 🔑")
    assert OsSleutelbos().read("proef") == "geheim met é en 🔑"
    bos.write("proef", "nieuwer")
    assert bos.read("proef") == "nieuwer"
    bos.erase("proef")
    bos.erase("proef")
    assert bos.read("proef") == ""


@pytest.mark.usefixtures("secret_service")
def test_the_key_of_an_employee_stays_the_same_and_is_random() -> None:
    een, ander = obtain_key(OsSleutelbos(), WINKEL), obtain_key(OsSleutelbos(), "f" * 20)
    assert obtain_key(OsSleutelbos(), WINKEL) == een
    assert len(een) == 32
    assert een != ander


@pytest.mark.usefixtures("secret_service")
def test_the_short_way_reads_what_the_keyring_keeps() -> None:
    OsSleutelbos().write("kort", "ab" * 32)
    assert read_secret("kort") == "ab" * 32
    assert read_secret("nooit-bewaard") == ""


@pytest.mark.usefixtures("secret_service")
def test_a_secret_too_large_for_every_keyring_is_refused() -> None:
    with pytest.raises(KeyringFault, match="te groot"):
        OsSleutelbos().write("groot", "x" * (MAX_SECRET + 1))


def test_without_a_secret_service_there_is_a_fault_and_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/kcs")
    with pytest.raises(KeyringFault, match="niet beschikbaar"):
        OsSleutelbos().write("proef", "geheim")
    assert read_secret("proef") == ""


@pytest.mark.parametrize("other", [null.Keyring, fail.Keyring])
@pytest.mark.usefixtures("secret_service")
def test_a_keyring_chosen_by_configuration_is_not_used(
    other: type[null.Keyring], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"{other.__module__}.{other.__qualname__}")
    before = keyring.get_keyring()
    keyring.set_keyring(other())
    try:
        bos = OsSleutelbos()
        bos.write("proef", "blijft")
        assert OsSleutelbos().read("proef") == "blijft"
    finally:
        keyring.set_keyring(before)


def test_a_locked_keyring_is_told_at_once_and_waits_for_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sleutelbos, "PROMPT_WAIT", 0.5)  # nobody is there to answer the desktop's question
    if missing := missing_programs():
        pytest.skip(f"not on this machine: {missing}")
    with private_secret_service(tmp_path) as environment:
        for naam, waarde in environment.items():
            monkeypatch.setenv(naam, waarde)
        bos = OsSleutelbos()
        bos.write("proef", "geheim")
        with closing(secretstorage.dbus_init()) as bus:
            secretstorage.get_default_collection(bus).lock()
        with pytest.raises(KeyringLocked, match="op slot"):
            bos.read("proef")
        with pytest.raises(KeyringLocked, match="op slot"):
            OsSleutelbos().write("proef", "ander")
        with pytest.raises(KeyringLocked, match="op slot"):
            bos.unlock()


def test_a_keyring_that_gives_up_while_it_is_asked_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if missing := missing_programs():
        pytest.skip(f"not on this machine: {missing}")
    with private_secret_service(tmp_path) as environment:
        for naam, waarde in environment.items():
            monkeypatch.setenv(naam, waarde)
        OsSleutelbos().write("proef", "geheim")
        bus, monitor = (DBusAddress("/org/freedesktop/DBus", _BUS, _BUS + part) for part in ("", ".Monitoring"))
        with open_dbus_connection() as connection, ThreadPoolExecutor(1) as beside:
            question = new_method_call(bus, "GetConnectionUnixProcessID", "s", (_SECRETS,))
            daemon = int(connection.send_and_get_reply(question).body[0])
            watched = [f"type='method_call',destination='{_SECRETS}'"]
            connection.send_and_get_reply(new_method_call(monitor, "BecomeMonitor", "asu", (watched, 0)))
            os.kill(daemon, signal.SIGSTOP)
            reading = beside.submit(OsSleutelbos().read, "proef")
            while connection.receive(timeout=20).header.message_type is not MessageType.method_call:
                pass  # what the bus says to its monitor itself
            os.kill(daemon, signal.SIGKILL)
            assert reading.result(20) == "geheim"
