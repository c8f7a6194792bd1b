"""The virus scanner that a municipality has: a command on this machine, or a server that speaks ICAP.

A scanner says clean or infected, or fails. A file it failed on is not taken for clean.
"""

from __future__ import annotations

import asyncio
import os
import shlex
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import suppress
from urllib.parse import urlsplit

import msgspec

from kcs_desktop.domain.errors import InvalidInput

_COMMAND = "command:"
_PASSED_ON = {"PATH", "HOME", "LANG", "TZ", "TMPDIR"}
_ICAP_PORT = 1344
_MOST_SAID = 4096  # bytes of what a command says


class Uitslag(msgspec.Struct, frozen=True):
    """What the scanner found; `reden` is the name it gives to the infection."""

    is_schoon: bool
    reden: str = ""


class ScannerFailed(Exception):
    """It did not answer, or its answer says nothing."""


class Scanner(ABC):
    """Looks at one file at a time, from its pieces."""

    @abstractmethod
    async def scan(self, omvang: int, inhoud: AsyncIterator[bytes]) -> Uitslag:
        """Raises ScannerFailed, also when it takes longer than it may."""


def read_scanner(text: str, seconds: float) -> Scanner | None:
    """The scanner of the setting `virusscanner`; None where there is none. Raises InvalidInput."""
    from kcs_desktop.backend.bestanden.icap import IcapScanner

    if not text:
        return None
    if text.startswith(_COMMAND):
        try:
            argv = shlex.split(text.removeprefix(_COMMAND))
        except ValueError as error:
            raise _wrong("de aanhalingstekens kloppen niet") from error
        if argv:
            return CommandScanner(argv, seconds)
    parts = urlsplit(text)
    try:
        port = parts.port or _ICAP_PORT
    except ValueError as error:
        raise _wrong("de poort is geen getal") from error
    if parts.scheme == "icap" and parts.hostname and not parts.query:
        return IcapScanner(parts.hostname, port, parts.path, seconds)
    raise _wrong("geef command:/pad/naar/programma of icap://server:poort/dienst op")


def _wrong(what: str) -> InvalidInput:
    return InvalidInput(f"Instelling virusscanner: {what}.", field="virusscanner", code="instelling")


def clean_reden(text: str) -> str:
    """What a scanner says, fit to show."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()[:200]


class CommandScanner(Scanner):
    """A command that reads the file on its input and ends with 0 (clean), 1 (infected) or anything else (failed).

    It handles hostile files, so nothing of the backend's settings, with passwords and keys in them, goes along.
    """

    def __init__(self, argv: list[str], seconds: float) -> None:
        self._argv = argv
        self._seconds = seconds

    async def scan(self, omvang: int, inhoud: AsyncIterator[bytes]) -> Uitslag:
        try:
            process = await asyncio.create_subprocess_exec(
                *self._argv,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={naam: value for naam, value in os.environ.items() if naam in _PASSED_ON or naam[:3] == "LC_"},
            )
        except OSError as error:
            raise ScannerFailed("het programma kan niet worden gestart") from error
        try:
            async with asyncio.timeout(self._seconds):
                said, _ = await asyncio.gather(_read_all(process), _feed(process, inhoud))
                code = await process.wait()
        except TimeoutError as error:
            raise ScannerFailed("het programma antwoordt niet op tijd") from error
        finally:
            await _end(process)
        if code not in {0, 1}:
            raise ScannerFailed(f"het programma eindigde met {code}")
        return Uitslag(code == 0, "" if code == 0 else clean_reden(said.partition("\n")[0]))


async def _feed(process: asyncio.subprocess.Process, inhoud: AsyncIterator[bytes]) -> None:
    """It may end before it has read everything: it knows enough."""
    assert process.stdin is not None  # noqa: S101 -- asked for as a pipe; this tells the type checker
    with suppress(BrokenPipeError, ConnectionResetError):
        async for stuk in inhoud:
            process.stdin.write(stuk)
            await process.stdin.drain()
    process.stdin.close()
    with suppress(BrokenPipeError, ConnectionResetError):
        await process.stdin.wait_closed()


async def _read_all(process: asyncio.subprocess.Process) -> str:
    """The beginning of what it says; the rest is read so that it can go on."""
    assert process.stdout is not None  # noqa: S101 -- as above
    kept = b""
    while said := await process.stdout.read(_MOST_SAID):
        kept = (kept + said)[:_MOST_SAID]
    return kept.decode("utf-8", "replace")


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
