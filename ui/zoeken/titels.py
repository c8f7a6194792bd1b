"""Which titles of commands, products and contacts have what was typed. All of them are looked at with every key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

_REMEMBERED = 1024  # titles


def needle_of(typed: str) -> Sequence[str]:
    """What `matches` looks for."""
    return tuple(f" {word}" for word in typed.split())


def matches(needle: Sequence[str], title: str) -> bool:
    """Every typed word starts a word of the title."""
    words = _words(title)
    if len(needle) == 1:
        return needle[0] in words  # the common case, for two hundred titles with every key
    return all(typed in words for typed in needle)


@lru_cache(maxsize=_REMEMBERED)
def _words(title: str) -> str:
    """The words, each with a blank before it."""
    return " ".join(("", *title.casefold().replace("-", " ").split()))
