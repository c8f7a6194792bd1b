"""Addresses in an answer: those of the register become ours, so that paging and links stay behind this server."""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, urlsplit

import msgspec

_PAGES = frozenset({"next", "previous", "volgende", "vorige"})
_LINKS = frozenset({"url", "href"}) | _PAGES


class Adressen(msgspec.Struct, frozen=True):
    """`theirs` is the register's base from the settings, `ours` what takes its place, both without a last slash.

    `page` is our own address of this call, without its query: the next page of an answer is never anywhere else.
    """

    theirs: str
    ours: str
    page: str

    def rewrite(self, answer: dict[str, Any]) -> None:
        """Replace every address in place. Free text is left as it is."""
        base = urlsplit(self.theirs)
        waiting: list[Any] = [answer]
        while waiting:
            part = waiting.pop()
            if isinstance(part, list):
                waiting.extend(item for item in part if isinstance(item, (dict, list)))
                continue
            for key, value in part.items():
                if isinstance(value, (dict, list)):
                    waiting.append(value)
                elif isinstance(value, str) and key in _LINKS:
                    part[key] = self._ours(key, value, base)

    def _ours(self, key: str, value: str, base: SplitResult) -> str:
        if key not in _PAGES and value.startswith(f"{self.theirs}/"):
            return self.ours + value[len(self.theirs) :]
        try:
            given = urlsplit(value)
        except ValueError:
            return ""
        query = f"?{given.query}" if given.query else ""
        if key in _PAGES:
            return self.page + query
        # A register behind a proxy may call itself by another host or scheme; its path tells that it is itself.
        is_theirs = given.hostname in {None, base.hostname}
        if given.path.startswith(f"{base.path}/") and (base.path or is_theirs):
            return self.ours + given.path[len(base.path) :] + query
        return "" if is_theirs and value else value
