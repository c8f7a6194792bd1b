"""A few calls of libdbus, the D-Bus library that Qt needs on Linux anyway: just what a question on the bus takes.

A D-Bus library in Python would take turns with the thread that loads Qt; a call into this one does not hold the
interpreter. It checks every message that comes in, so that only the signature of an answer is left to compare.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from functools import cache
from typing import Any, Self

_LIBRARY = "libdbus-1.so.3"
_WAIT = 500  # milliseconds for one answer on the bus
_BUS = "org.freedesktop.DBus"
_TEXTS = tuple(map(ord, "so"))
_ARRAY, _STRUCT, _BYTE = map(ord, "ary")


class BusError(Exception):
    """No library, no bus, no answer in time, an error as answer, or an answer of another shape."""


class Variant(str):
    """A text that goes as a variant."""

    __slots__ = ()


class ObjectPath(bytes):
    """A path that came from the bus; libdbus may end a process that makes up a wrong one."""

    __slots__ = ()


class _Error(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("message", ctypes.c_char_p),
        ("bits", ctypes.c_uint),
        ("padding", ctypes.c_void_p),
    )


class _Place(ctypes.Structure):
    """Where one stands in a message: a DBusMessageIter, with room to spare."""

    _fields_ = (("opaque", ctypes.c_void_p * 16),)


_ERROR = ctypes.POINTER(_Error)
_PLACE = ctypes.POINTER(_Place)
_HANDLE, _TEXT, _INT, _BOOL = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_uint
_PROTOTYPES: tuple[tuple[str, type | None, tuple[type, ...]], ...] = (
    ("dbus_threads_init_default", _BOOL, ()),
    ("dbus_error_init", None, (_ERROR,)),
    ("dbus_error_free", None, (_ERROR,)),
    ("dbus_connection_open_private", _HANDLE, (_TEXT, _ERROR)),
    ("dbus_connection_close", None, (_HANDLE,)),
    ("dbus_connection_unref", None, (_HANDLE,)),
    ("dbus_connection_send_with_reply_and_block", _HANDLE, (_HANDLE, _HANDLE, _INT, _ERROR)),
    ("dbus_message_new_method_call", _HANDLE, (_TEXT, _TEXT, _TEXT, _TEXT)),
    ("dbus_message_unref", None, (_HANDLE,)),
    ("dbus_message_has_signature", _BOOL, (_HANDLE, _TEXT)),
    ("dbus_message_iter_init_append", None, (_HANDLE, _PLACE)),
    ("dbus_message_iter_append_basic", _BOOL, (_PLACE, _INT, ctypes.POINTER(_TEXT))),
    ("dbus_message_iter_open_container", _BOOL, (_PLACE, _INT, _TEXT, _PLACE)),
    ("dbus_message_iter_close_container", _BOOL, (_PLACE, _PLACE)),
    ("dbus_message_iter_init", _BOOL, (_HANDLE, _PLACE)),
    ("dbus_message_iter_next", _BOOL, (_PLACE,)),
    ("dbus_message_iter_get_arg_type", _INT, (_PLACE,)),
    ("dbus_message_iter_get_element_type", _INT, (_PLACE,)),
    ("dbus_message_iter_recurse", None, (_PLACE, _PLACE)),
    ("dbus_message_iter_get_basic", None, (_PLACE, ctypes.POINTER(_TEXT))),
    ("dbus_message_iter_get_fixed_array", None, (_PLACE, ctypes.POINTER(_HANDLE), ctypes.POINTER(_INT))),
)


class Bus:
    """A connection of our own to the bus at an address (Qt has its own to the same one), while the block lasts."""

    def __init__(self, address: str) -> None:
        self._lib = _library()
        self._address = address
        self._connection: int | None = None

    def __enter__(self) -> Self:
        """Connect and make ourselves known. Raises BusError."""
        error = self._error()
        self._connection = self._lib.dbus_connection_open_private(self._address.encode(), error)
        self._lib.dbus_error_free(error)
        if not self._connection:
            raise BusError("no bus")
        try:
            self.ask((_BUS, "/org/freedesktop/DBus", _BUS, "Hello"), (), "s")
        except BusError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_raised: object) -> None:
        self._lib.dbus_connection_close(self._connection)
        self._lib.dbus_connection_unref(self._connection)
        self._connection = None

    def ask(
        self,
        method: tuple[str, str | ObjectPath, str, str],
        arguments: tuple[str | ObjectPath | Mapping[str, str], ...],
        signature: str,
    ) -> list[Any]:
        """Call `method` (destination, path, interface, member); the answer, which must be of `signature`.

        Texts and arrays of bytes come back as bytes, other arrays and structures as lists, anything else as None.
        Raises BusError.
        """
        question = self._lib.dbus_message_new_method_call(*(_encoded(part) for part in method))
        if not question:
            raise BusError("no memory for a question")
        error = self._error()
        try:
            at = _Place()
            self._lib.dbus_message_iter_init_append(question, at)
            for argument in arguments:
                self._append(at, argument)
            answer = self._lib.dbus_connection_send_with_reply_and_block(self._connection, question, _WAIT, error)
        finally:
            self._lib.dbus_message_unref(question)
            self._lib.dbus_error_free(error)
        if not answer:
            raise BusError(f"no answer to {method[-1]}")
        try:
            if not self._lib.dbus_message_has_signature(answer, signature.encode()):
                raise BusError(f"{method[-1]} does not answer with {signature}")
            at = _Place()
            return self._values(at) if self._lib.dbus_message_iter_init(answer, at) else []
        finally:
            self._lib.dbus_message_unref(answer)

    def _append(self, at: _Place, argument: str | ObjectPath | Mapping[str, str]) -> None:
        if isinstance(argument, Variant):
            inner = self._opened(at, "v", b"s")
            self._append_text(inner, "s", argument)
            self._closed(at, inner)
        elif isinstance(argument, Mapping):
            entries = self._opened(at, "a", b"{ss}")
            for pair in argument.items():
                entry = self._opened(entries, "e", None)
                for text in pair:
                    self._append_text(entry, "s", text)
                self._closed(entries, entry)
            self._closed(at, entries)
        else:
            self._append_text(at, "o" if isinstance(argument, ObjectPath) else "s", argument)

    def _append_text(self, at: _Place, kind: str, text: str | bytes) -> None:
        pointer = _TEXT(_encoded(text))
        _sure(self._lib.dbus_message_iter_append_basic(at, ord(kind), pointer))

    def _opened(self, at: _Place, kind: str, signature: bytes | None) -> _Place:
        inner = _Place()
        _sure(self._lib.dbus_message_iter_open_container(at, ord(kind), signature, inner))
        return inner

    def _closed(self, at: _Place, inner: _Place) -> None:
        _sure(self._lib.dbus_message_iter_close_container(at, inner))

    def _values(self, at: _Place) -> list[Any]:
        found: list[Any] = []
        while kind := self._lib.dbus_message_iter_get_arg_type(at):
            found.append(self._value(at, kind))
            self._lib.dbus_message_iter_next(at)
        return found

    def _value(self, at: _Place, kind: int) -> Any:
        if kind in _TEXTS:
            text = _TEXT()
            self._lib.dbus_message_iter_get_basic(at, text)
            return text.value
        if kind not in (_ARRAY, _STRUCT):
            return None  # a number read as a text would end the process
        inner = _Place()
        self._lib.dbus_message_iter_recurse(at, inner)
        if kind == _STRUCT or self._lib.dbus_message_iter_get_element_type(at) != _BYTE:
            return self._values(inner)
        start, length = _HANDLE(), _INT()
        self._lib.dbus_message_iter_get_fixed_array(inner, start, length)
        return ctypes.string_at(start, length.value) if length.value else b""

    def _error(self) -> _Error:
        error = _Error()
        self._lib.dbus_error_init(error)
        return error


@cache
def _library() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(_LIBRARY)
        for name, result, arguments in _PROTOTYPES:
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
    except (OSError, AttributeError) as error:
        raise BusError(f"{_LIBRARY} cannot be used: {error}") from error
    library.dbus_threads_init_default()  # Qt's own thread for D-Bus may use the library at the same time
    return library


def _encoded(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _sure(done: int) -> None:
    if not done:
        raise BusError("no memory for a question")
