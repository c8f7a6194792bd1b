"""Reads a JSON array of objects one object at a time, so that a file of any size takes little memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from kcs_desktop.domain.errors import UserError

CHUNK = 1 << 20
MAX_RECORD = 4 << 20  # characters; a person or company is a few thousand
_SPACE = " \t\r\n"


class LaadFout(UserError):
    """The file cannot be loaded; nothing of it was kept."""

    code = "laden-mislukt"


def records(pad: Path) -> Iterator[dict[str, Any]]:
    """Every object of the array in `pad`. Raises LaadFout that says where the file is wrong."""
    try:
        with pad.open(encoding="utf-8-sig") as bestand:
            yield from _Lezer(bestand).records()
    except FileNotFoundError:
        raise LaadFout(f"Het bestand {pad} bestaat niet.") from None
    except UnicodeDecodeError:
        raise LaadFout("Het bestand is geen UTF-8-tekst. Sla het op als JSON in UTF-8.") from None
    except OSError as fout:
        raise LaadFout(f"Het bestand {pad} is niet te lezen: {fout.strerror or fout}.") from None


class _Lezer:
    """A window on the text that grows until one whole value fits."""

    def __init__(self, bestand: TextIO) -> None:
        self._bestand = bestand
        self._tekst = ""
        self._plaats = 0
        self._decoder = json.JSONDecoder()

    def records(self) -> Iterator[dict[str, Any]]:
        if self._peek() != "[":
            raise LaadFout("Het bestand is geen JSON-lijst: het moet beginnen met [ en eindigen met ].")
        self._plaats += 1
        nummer = 0
        while (teken := self._peek()) != "]":
            if nummer:
                if teken != ",":
                    raise self._broken(nummer)
                self._plaats += 1
                self._peek()
            nummer += 1
            yield self._value(nummer)
        self._plaats += 1
        if self._peek():
            raise LaadFout(f"Na de lijst met {nummer} records staat nog iets anders in het bestand.")

    def _peek(self) -> str:
        """The next character that is no blank; empty at the end."""
        while True:
            while self._plaats < len(self._tekst) and self._tekst[self._plaats] in _SPACE:
                self._plaats += 1
            if self._plaats < len(self._tekst):
                return self._tekst[self._plaats]
            if not self._grow():
                return ""

    def _grow(self) -> bool:
        meer = self._bestand.read(CHUNK)
        self._tekst = self._tekst[self._plaats :] + meer
        self._plaats = 0
        return bool(meer)

    def _value(self, nummer: int) -> dict[str, Any]:
        if self._peek() != "{":
            raise self._broken(nummer)
        while True:
            try:
                waarde, self._plaats = self._decoder.raw_decode(self._tekst, self._plaats)
            except RecursionError:
                raise LaadFout(f"Record {nummer} is te diep genest.") from None
            except (json.JSONDecodeError, ValueError):
                if len(self._tekst) - self._plaats > MAX_RECORD:
                    raise LaadFout(f"Record {nummer} is te groot of niet goed afgesloten.") from None
                if not self._grow():
                    raise self._broken(nummer) from None
                continue
            if not isinstance(waarde, dict):
                raise self._broken(nummer)
            return waarde

    @staticmethod
    def _broken(nummer: int) -> LaadFout:
        return LaadFout(f"Het bestand is geen geldige JSON bij record {max(nummer, 1)}. Er is niets geladen.")
