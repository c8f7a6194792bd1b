"""Repeatable chance, and the fictitious numbers of Proefdam. Nothing here is fit for secrets."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib.resources import files
from typing import TypeVar
from uuid import UUID

from kcs_desktop.domain.bsn import passes_elfproef

T = TypeVar("T")


class Lot:
    """Draws the same for the same `zaad`."""

    def __init__(self, zaad: str) -> None:
        self._random = random.Random(zaad)  # noqa: S311 -- fictitious data must be the same every time

    def number(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return self._random.randint(low, high)

    def chance(self, percent: int) -> bool:
        return self._random.randint(1, 100) <= percent

    def one(self, items: Sequence[T]) -> T:
        return self._random.choice(items)

    def some(self, items: Sequence[T], amount: int) -> list[T]:
        return self._random.sample(items, amount)

    def uuid(self, moment: datetime) -> str:
        """A UUIDv7 of that moment."""
        milliseconds = int(moment.timestamp() * 1000)
        tail = self._random.getrandbits(74)
        value = milliseconds << 80 | 0x7 << 76 | (tail >> 62) << 64 | 0b10 << 62 | (tail & ((1 << 62) - 1))
        return str(UUID(int=value))


def table(naam: str) -> list[dict[str, str]]:
    """The rows of a CSV file of resources/proefgemeente."""
    tekst = files("resources").joinpath("proefgemeente", f"{naam}.csv").read_text("utf-8")
    return list(csv.DictReader(tekst.splitlines(), delimiter=";"))


def bsns() -> Iterator[str]:
    """Numbers that pass the elfproef in 99990xxxx to 99996xxxx, which the national test set leaves free."""
    return (nummer for n in range(999900000, 999970000) if passes_elfproef(nummer := str(n)))


def rsins() -> Iterator[str]:
    """RSINs that pass the elfproef, in 8999xxxxx."""
    return (nummer for n in range(899900000, 899990000) if passes_elfproef(nummer := str(n)))
