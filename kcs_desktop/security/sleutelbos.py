"""The OS keyring with its backend named: the Secret Service on Linux, the credential vault on Windows, nothing else.

Asking `keyring` to choose could end in a plain file (`keyrings.alt`) or in a null backend that forgets; both are worse
than keeping nothing and saying so. Blocking: call it on a worker thread.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, Protocol, TypeVar

from kcs_desktop.domain.zitplaats import SERVICE

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection
    from secretstorage import Collection

T = TypeVar("T")
PROMPT_WAIT = 60.0  # seconds for the employee to type the keyring's password
_LOCKED = "De sleutelbos van deze computer is op slot."
MAX_SECRET = 2500  # bytes; the Windows vault takes no more


class KeyringFault(Exception):
    """The keyring is absent, locked or refuses; the text is Dutch."""


class KeyringLocked(KeyringFault):
    """It is there, but somebody must unlock it first."""


class Sleutelbos(Protocol):
    """Where secrets of this OS user are kept. Every method may raise KeyringFault."""

    def read(self, naam: str) -> str:
        """The secret, or "" when there is none."""
        ...

    def write(self, naam: str, geheim: str) -> None: ...

    def erase(self, naam: str) -> None: ...

    def unlock(self) -> None:
        """Let the desktop ask for its password; raises KeyringLocked when it stays locked."""
        ...


class _Backend(Protocol):
    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


class OsSleutelbos:
    """The keyring of the operating system."""

    def __init__(self) -> None:
        self._backend: _Backend | None = None

    def read(self, naam: str) -> str:
        return self._ask(lambda backend: backend.get_password(SERVICE, naam) or "")

    def write(self, naam: str, geheim: str) -> None:
        if len(geheim.encode()) > MAX_SECRET:
            raise KeyringFault("Dit geheim is te groot voor de sleutelbos.")
        self._ask(lambda backend: backend.set_password(SERVICE, naam, geheim))

    def erase(self, naam: str) -> None:
        def ask(backend: _Backend) -> None:
            if backend.get_password(SERVICE, naam) is not None:
                backend.delete_password(SERVICE, naam)

        self._ask(ask)

    def unlock(self) -> None:
        with _faults():
            _unlock()

    def _ask(self, ask: Callable[[_Backend], T]) -> T:
        """Once more where it failed: a Secret Service that gave up is started again by the desktop."""
        with _faults():
            if self._backend is None:
                self._backend = _named_backend()
            try:
                return ask(self._backend)
            except Exception as fout:  # see `_faults`
                if not _gave_up(fout):
                    raise
            return ask(self._backend)


def _named_backend() -> _Backend:
    if sys.platform == "win32":
        from keyring.backends import Windows

        kluis: Callable[[], _Backend] = Windows.WinVaultKeyring
        return kluis()
    return _secret_service()()


@cache
def _secret_service() -> Callable[[], _Backend]:
    from keyring.backends import SecretService
    from secretstorage import dbus_init, get_default_collection

    class Geheimendienst(SecretService.Keyring):
        def get_preferred_collection(self) -> Collection:
            """Unlocked; its caller closes the connection. Asking a locked one would wait for a password that nobody may
            be there to type."""
            bus = dbus_init()
            try:
                verzameling = get_default_collection(bus)
                if verzameling.is_locked():
                    raise KeyringLocked(_LOCKED)
            except BaseException:
                bus.close()
                raise
            return verzameling

    return Geheimendienst


def _gave_up(fout: Exception) -> bool:
    """Whether the service went away, and did not say no: who closed its question must not get it again."""
    if sys.platform == "win32":
        return False
    from secretstorage.exceptions import SecretServiceNotAvailableException

    return isinstance(fout, SecretServiceNotAvailableException | OSError)


def _unlock() -> None:
    if sys.platform == "win32":
        return
    with _bus() as bus:
        verzameling = _default_collection(bus)
        if verzameling is None or not verzameling.is_locked():
            return
        with suppress(TimeoutError):
            verzameling.unlock(timeout=PROMPT_WAIT)
        if verzameling.is_locked():
            raise KeyringLocked(_LOCKED)


@contextmanager
def _bus() -> Iterator[DBusConnection]:
    from secretstorage import dbus_init

    bus = dbus_init()
    try:
        yield bus
    finally:
        bus.close()


def _default_collection(bus: DBusConnection) -> Collection | None:
    """None where there is none yet: the first secret makes it."""
    from secretstorage.collection import get_collection_by_alias
    from secretstorage.exceptions import ItemNotFoundException

    try:
        return get_collection_by_alias(bus, "default")
    except ItemNotFoundException:
        return None


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except KeyringFault:
        raise
    except Exception as fout:
        # The backends raise what lies under them: D-Bus errors, socket errors, RuntimeError. All mean one thing here.
        raise KeyringFault("De sleutelbos van deze computer is niet beschikbaar.") from fout


class Geheugenbos:
    """Secrets that live as long as the seat: what stands in where nothing may be kept."""

    def __init__(self) -> None:
        self._geheimen: dict[str, str] = {}

    def read(self, naam: str) -> str:
        return self._geheimen.get(naam, "")

    def write(self, naam: str, geheim: str) -> None:
        self._geheimen[naam] = geheim

    def erase(self, naam: str) -> None:
        self._geheimen.pop(naam, None)

    def unlock(self) -> None:
        """It is never locked."""
