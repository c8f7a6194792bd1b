"""Readers of the query parameters of a base register: each gives the value, and why it is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Lezer = Callable[[str], tuple[Any, str]]


def pattern(patroon: str, reden: str) -> Lezer:
    """Text that is of this form as a whole."""
    form = re.compile(patroon, re.ASCII)
    return lambda tekst: (tekst, "" if form.fullmatch(tekst) else reden)


def text(most: int) -> Lezer:
    """Text of at most so many characters, and not empty."""

    def read(tekst: str) -> tuple[str, str]:
        if not tekst.strip() or "\x00" in tekst:
            return tekst, "Vul een tekst in."
        return tekst, "" if len(tekst) <= most else f"Hooguit {most} tekens."

    return read


def number(most: int) -> Lezer:
    """A whole number from 1 on."""

    def read(tekst: str) -> tuple[int, str]:
        if not re.fullmatch(r"[0-9]{1,6}", tekst) or not 1 <= int(tekst) <= most:
            return 0, f"Kies een getal van 1 tot en met {most}."
        return int(tekst), ""

    return read
