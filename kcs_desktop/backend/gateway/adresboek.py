"""The addresses of one server for zaakgericht werken, and ours in their place: its registers name each other's objects.

A server behind a proxy may call itself otherwise than we call it. What it calls itself stands in its answers, and is
what it wants to hear back: in a filter it knows no other address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

_MAX_ADDRESS = 1000


class Adresboek:
    """`theirs` are the bases of the settings and `prefixes` our own paths, per register and without a last slash."""

    def __init__(self, theirs: Mapping[str, str], prefixes: Mapping[str, str]) -> None:
        self._theirs = dict(theirs)
        self._prefixes = dict(prefixes)
        self._self: dict[str, str] = {}  # what the server calls them itself
        self.is_learned = False

    def learn(self, register: str, address: object, path: str) -> None:
        """From the address of one object in the answer to what was asked at this path: the object itself, or a list
        or search that holds it. That address is `<base>/<resource>/<uuid>`, or two parts deeper under another object.
        """
        parts = path.count("/") + path.count("/") % 2
        if self.is_learned or not isinstance(address, str) or address.count("/") < parts + 2:
            return
        named, asked = address.rsplit("/", parts)[0], self._theirs[register]
        self.is_learned = True
        if named == asked:
            return
        same = _common_end(named, asked)
        start, wanted = asked[: len(asked) - same], named[: len(named) - same]
        self._self = {
            naam: wanted + base[len(start) :] for naam, base in self._theirs.items() if base.startswith(start)
        }

    def to_theirs(self, value: str) -> str:
        """An address of ours, under whichever host it was written, as the server knows it. Other text stays."""
        if len(value) > _MAX_ADDRESS or not value.startswith(("http://", "https://", "/")):
            return value
        try:
            path = urlsplit(value).path
        except ValueError:
            return value
        for naam, prefix in self._prefixes.items():
            if path.startswith(f"{prefix}/"):
                return self._self.get(naam, self._theirs[naam]) + path[len(prefix) :]
        return value

    def is_ours(self, value: str) -> bool:
        return self.to_theirs(value) != value

    def locate(self, address: object) -> tuple[str, str] | None:
        """(register, path) of an address of this server, to ask it ourselves."""
        if not isinstance(address, str):
            return None
        for naam, base in self._bases():
            if address.startswith(f"{base}/"):
                return naam, address[len(base) :]
        return None

    def rewrite(self, answer: Any, host: str) -> None:
        """Every address of this server, in place, becomes ours under this host. Addresses elsewhere are left."""
        waiting: list[Any] = [answer]
        while waiting:
            part = waiting.pop()
            if isinstance(part, dict):
                pairs: Iterator[tuple[Any, Any]] = iter(list(part.items()))
            else:
                pairs = iter(list(enumerate(part)))
            for key, value in pairs:
                if isinstance(value, (dict, list)):
                    waiting.append(value)
                elif isinstance(value, str) and value.startswith("http"):
                    part[key] = self._to_ours(value, host)

    def _to_ours(self, value: str, host: str) -> str:
        found = self.locate(value)
        return value if found is None else host + self._prefixes[found[0]] + found[1]

    def _bases(self) -> Iterator[tuple[str, str]]:
        yield from self._self.items()
        yield from self._theirs.items()


def _common_end(one: str, other: str) -> int:
    """Length of the longest common end that begins at a slash."""
    length = 0
    for index in range(1, min(len(one), len(other)) + 1):
        if one[-index] != other[-index]:
            break
        if one[-index] == "/":
            length = index
    return length
