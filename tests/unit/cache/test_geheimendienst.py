"""The short way to a secret takes no answer for more than it is: whatever the bus says, no secret and no crash."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_call, new_method_return
from jeepney.io.blocking import open_dbus_connection

from kcs_desktop.cache.geheimendienst import read_secret
from tests.harness.geheimen import private_bus

NAME = "org.freedesktop.secrets"
SESSION = "/org/freedesktop/secrets/session/s1"
ITEM = "/org/freedesktop/secrets/collection/login/1"
LEAVE, REFUSE, SILENCE = "leave", "refuse", "silence"

Answer = tuple[str, tuple[Any, ...]] | str


def secret(value: bytes, signature: str = "(oayays)") -> Answer:
    return signature, ((SESSION, b"", value, "text/plain"),)


HONEST: dict[str, Answer] = {
    "OpenSession": ("vo", (("s", ""), SESSION)),
    "SearchItems": ("aoao", ([ITEM], [])),
    "GetSecret": secret(b"geheim"),
}
HOSTILE: dict[str, dict[str, Answer]] = {
    "no session": {"OpenSession": REFUSE},
    "a session without a path": {"OpenSession": ("vs", (("s", ""), "s1"))},
    "a session of numbers": {"OpenSession": ("uu", (1, 2))},
    "a locked collection": {"SearchItems": ("aoao", ([], [ITEM]))},
    "nothing found": {"SearchItems": ("aoao", ([], []))},
    "texts for items": {"SearchItems": ("asas", (["../x"], []))},
    "an empty answer": {"SearchItems": ("", ())},
    "no secret": {"GetSecret": REFUSE},
    "a secret without its kind": {"GetSecret": ("(oayay)", ((SESSION, b"", b"geheim"),))},
    "a secret as text": {"GetSecret": ("(oayss)", ((SESSION, b"", "geheim", "text/plain"),))},
    "a secret that is no text": {"GetSecret": secret(b"\xff\xfe")},
    "an empty secret": {"GetSecret": secret(b"")},
    "silence": {"GetSecret": SILENCE},
    "gone halfway": {"GetSecret": LEAVE},
}


@pytest.fixture(scope="module")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a bus without a Secret Service."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("not on this machine: dbus-daemon")
    with private_bus(tmp_path_factory.mktemp("bus")) as environment:
        yield environment["DBUS_SESSION_BUS_ADDRESS"]


@contextmanager
def dienst(bus: str, answers: Mapping[str, Answer]) -> Iterator[None]:
    """A Secret Service on the bus that gives these answers until the block ends."""
    connection = open_dbus_connection(bus=bus)
    names = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
    taken = connection.send_and_get_reply(new_method_call(names, "RequestName", "su", (NAME, 4)), timeout=10)
    assert taken.body == (1,)

    def serve() -> None:
        with connection:
            while True:
                question = connection.receive()
                if question.header.message_type is not MessageType.method_call:
                    continue
                answer = answers.get(question.header.fields[HeaderFields.member], LEAVE)
                if answer == LEAVE:
                    return
                if answer == REFUSE:
                    connection.send(new_error(question, "nl.voorbeeld.Nee"))
                elif not isinstance(answer, str):
                    signature, body = answer
                    connection.send(new_method_return(question, signature, body))

    service = Thread(target=serve, daemon=True)
    service.start()
    try:
        yield
    finally:
        with open_dbus_connection(bus=bus) as other:
            other.send(new_method_call(DBusAddress("/", NAME, NAME), "Leave"))
        service.join(10)
        assert not service.is_alive()


def test_an_honest_service_gives_the_secret(bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
    with dienst(bus, HONEST):
        assert read_secret("proef") == "geheim"


@pytest.mark.parametrize("answers", HOSTILE.values(), ids=HOSTILE)
def test_any_other_answer_is_no_secret(
    bus: str, monkeypatch: pytest.MonkeyPatch, answers: Mapping[str, Answer]
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
    with dienst(bus, {**HONEST, **answers}):
        assert read_secret("proef") == ""


def test_the_parameters_of_a_session_are_not_looked_at(bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
    with dienst(bus, {**HONEST, "OpenSession": ("vo", (("t", 2**63), SESSION))}):
        assert read_secret("proef") == "geheim"


def test_a_name_that_d_bus_cannot_carry_is_no_secret(bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
    with dienst(bus, HONEST):
        assert read_secret("\ud800") == ""


@pytest.mark.parametrize("address", ["", "unix:", "nonsense", "unix:path=/nonexistent/kcs", "unixexec:path=/bin/true"])
def test_without_a_bus_there_is_no_secret(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert read_secret("proef") == ""


def test_without_a_secret_service_there_is_no_secret(bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus)
    assert read_secret("proef") == ""


def test_without_the_library_there_is_no_secret() -> None:
    program = (
        "import ctypes, os\n"
        "def absent(name, *rest, **more): raise OSError(name)\n"
        "ctypes.CDLL = absent\n"
        "os.environ['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent/kcs'\n"
        "from kcs_desktop.cache.geheimendienst import read_secret\n"
        "print(repr(read_secret('proef')))\n"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert answer.stdout.strip() == "''"
