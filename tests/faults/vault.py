"""A keyring that is locked and unlocked while it runs, as a desktop's is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection

from tests.harness.geheimen import PASSWORD, private_secret_service

_NAME = "org.freedesktop.secrets"
_PATH = "/org/freedesktop/secrets"
_SERVICE = DBusAddress(_PATH, _NAME, "org.freedesktop.Secret.Service")
# GNOME's own way to open a keyring without asking anybody.
_UNASKED = DBusAddress(_PATH, _NAME, "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface")
_WAIT = 20.0  # seconds


class Vault:
    """`environment` leads to it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment

    @classmethod
    @contextmanager
    def opened(cls, directory: Path) -> Iterator[Vault]:
        """Unlocked, until the block ends."""
        with private_secret_service(directory) as environment:
            yield cls(environment)

    def lock(self) -> None:
        """As after a while without anybody."""
        with self._bus() as bus:
            bus.ask(_SERVICE, "Lock", "ao", ([bus.default()],))

    def unlock(self) -> None:
        """As when the employee gave the password."""
        with self._bus() as bus:
            _, session = bus.ask(_SERVICE, "OpenSession", "sv", ("plain", ("s", "")))
            secret = (session, b"", PASSWORD, "text/plain")
            bus.ask(_UNASKED, "UnlockWithMasterPassword", "o(oayays)", (bus.default(), secret))

    @contextmanager
    def _bus(self) -> Iterator[_Bus]:
        with open_dbus_connection(bus=self.environment["DBUS_SESSION_BUS_ADDRESS"]) as connection:
            yield _Bus(connection)


@asynccontextmanager
async def beside(opened: AbstractContextManager[Vault]) -> AsyncIterator[Vault]:
    """The same on another thread: the rounds beside it go on. One that is ended while it opens is closed as well."""
    opening = asyncio.create_task(asyncio.to_thread(opened.__enter__))
    try:
        yield await asyncio.shield(opening)
    finally:
        await opening
        await asyncio.to_thread(opened.__exit__, None, None, None)


class _Bus:
    """Questions to the keyring."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def ask(self, to: DBusAddress, method: str, kinds: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """The answer's values. Raises AssertionError when it refuses."""
        answer = self._connection.send_and_get_reply(new_method_call(to, method, kinds, values), timeout=_WAIT)
        if "error" in str(answer.header.message_type).casefold():
            raise AssertionError(f"the keyring refused {method}: {answer.body}")
        return tuple(answer.body)

    def default(self) -> str:
        """The collection in which secrets are kept."""
        return str(self.ask(_SERVICE, "ReadAlias", "s", ("default",))[0])
