"""The settings `KCS_REGISTER_<NAAM>_*`: which registers are upstream, where, and how we make ourselves known there.

A second source beside the first has a number: `KCS_REGISTER_ZAKEN_2_URL`, in TOML the table `[register.zaken.2]`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from kcs_desktop.domain.bsn import passes_elfproef
from kcs_desktop.domain.errors import InvalidInput

ZGW = ("zaken", "catalogi", "documenten")  # one server, so together or not at all
REGISTERS = ("brp", "kvk", "bag", "klantinteracties", *ZGW)
WITH_MORE_SOURCES = ("klantinteracties", *ZGW)
_KEY = re.compile(rf"register_(?P<naam>{'|'.join(REGISTERS)})(?:_(?P<nummer>[2-9]))?_(?P<veld>[a-z_]+)")
_SHARED = ("client_id", "secret", "bronorganisatie", "naam")  # the zaken's hold for the other two as well


class RegisterSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One register: embedded when `url` is empty, else upstream at that address."""

    url: str = ""
    token: str = ""
    timeout: float = 10.0  # seconds per call
    client_id: str = ""  # with `secret`, for registers that want a JWT
    secret: str = ""
    bronorganisatie: str = ""  # RSIN under which zaken and documents are made there
    naam: str = ""  # how employees know this source, where there are several


Registers = dict[str, RegisterSettings]  # by name; a further source as `zaken_2`


def register_key(key: str) -> tuple[str, str] | None:
    """(name of the source, field) of a setting, or None where there is no such setting."""
    found = _KEY.fullmatch(key)
    if found is None or found["veld"] not in RegisterSettings.__struct_fields__:
        return None
    if found["nummer"] is None:
        return found["naam"], found["veld"]
    if found["naam"] not in WITH_MORE_SOURCES:
        return None
    return f"{found['naam']}_{found['nummer']}", found["veld"]


def sources(registers: Mapping[str, RegisterSettings], naam: str) -> list[str]:
    """The names of the upstream sources of this register, its default first."""
    named = [naam, *(f"{naam}_{nummer}" for nummer in range(2, 10))]
    return [one for one in named if one in registers and registers[one].url]


def check(registers: Registers) -> Registers:
    """`registers`, when they hang together, with what the zaken share. Raises InvalidInput that names the key."""
    checked = dict(registers)
    for suffix in ("", *(f"_{nummer}" for nummer in range(2, 10))):
        _check_together(checked, suffix)
    _check_apart(checked)
    for bron, settings in checked.items():
        naam = bron.partition("_")[0]
        if bron != naam and settings.url and not (naam in checked and checked[naam].url):
            raise _wrong(naam, "url", f"ontbreekt; {bron} is er een naast")
        if naam not in ZGW and (settings.client_id or settings.secret):
            field = "client_id" if settings.client_id else "secret"
            raise _wrong(bron, field, "hoort alleen bij zaken, catalogi en documenten; gebruik hier een token")
        if settings.bronorganisatie and not passes_elfproef(settings.bronorganisatie):
            raise _wrong(bron, "bronorganisatie", "dit is geen RSIN")
        if not settings.timeout > 0:
            raise _wrong(bron, "timeout", "verwacht meer dan 0 seconden")
    return checked


def _check_together(registers: Registers, suffix: str) -> None:
    """Zaken, catalogi and documenten refer to each other by address, so that one server must know all three."""
    named = {naam: naam + suffix for naam in ZGW}
    given = [naam for naam in ZGW if named[naam] in registers and registers[named[naam]].url]
    if not given:
        return
    for naam, bron in named.items():
        if naam not in given:
            waarom = f"ontbreekt; zaken, catalogi en documenten staan samen op één server ({given[0]} is ingesteld)"
            raise _wrong(bron, "url", waarom)
    shared = registers[named["zaken"]]
    for bron in named.values():
        own = registers[bron]
        missing = {field: getattr(shared, field) for field in _SHARED if not getattr(own, field)}
        registers[bron] = msgspec.structs.replace(own, **missing)
        for field in ("client_id", "secret"):
            if not getattr(registers[bron], field):
                raise _wrong(bron, field, "ontbreekt; zonder laat Open Zaak deze server niet toe")


def _check_apart(registers: Registers) -> None:
    """Each number is a server of its own: of a register that two share, only one knows who may see what is in it."""
    for naam in WITH_MORE_SOURCES:
        seen: dict[str, str] = {}
        for bron in sources(registers, naam):
            other = seen.setdefault(registers[bron].url.rstrip("/").lower(), bron)
            if other != bron:
                raise _wrong(bron, "url", f"is die van {other}; elk nummer is een eigen server")


def _wrong(bron: str, field: str, what: str) -> InvalidInput:
    key = f"KCS_REGISTER_{bron}_{field}".upper()
    return InvalidInput(f"Instelling {key}: {what}.", field=key, code="instelling")
