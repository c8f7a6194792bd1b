"""The settings of a seat: typed TOML, the municipality's managed file first, the employee's file over it.

Environment variables bear the same names: `KCS_WEERGAVE_THEMA` is `weergave.thema`. Must not know Qt.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

FILE = "instellingen.toml"


class SettingsError(ValueError):
    """A settings file that cannot be used; the message names the file and the key."""


class Weergave(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the window looks to this employee."""

    thema: Literal["systeem", "licht", "donker", "contrast"] = "systeem"
    tekst: Annotated[int, msgspec.Meta(ge=100, le=200)] = 100
    dichtheid: Literal["ruim", "compact"] = "ruim"
    beweging: Literal["systeem", "minder"] = "systeem"


class Thema(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The municipality's own token file; empty for the shipped tokens."""

    bestand: str = ""


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The automatic lock. At most 10 minutes: the rule of the sign-in, not a taste."""

    minuten: Annotated[int, msgspec.Meta(ge=1, le=10)] = 10


class Bewaren(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long this seat keeps customers and a sign-in; a municipality can shorten it."""

    klantbeeld_dagen: Annotated[int, msgspec.Meta(ge=1, le=30)] = 30
    sessie_uren: Annotated[int, msgspec.Meta(ge=1, le=12)] = 12


class Backend(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the backend is; empty starts an embedded one."""

    url: str = ""


class Zaaksysteem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The zaaksysteem of the municipality. `adres` holds {nummer} or {uuid} of the zaak; empty offers no link."""

    adres: Annotated[str, msgspec.Meta(pattern=r"^(https://[^\s]+)?$")] = ""


class Dossier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where documents come from. `scanmap` is the folder that the scanner writes to; empty watches none."""

    scanmap: str = ""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that can be set; a missing key has its default."""

    weergave: Weergave = Weergave()
    thema: Thema = Thema()
    slot: Slot = Slot()
    bewaren: Bewaren = Bewaren()
    backend: Backend = Backend()
    zaaksysteem: Zaaksysteem = Zaaksysteem()
    dossier: Dossier = Dossier()


def managed_file() -> Path:
    """Where an administrator puts what holds for every employee of this machine."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "kcs-desktop" / FILE
    return Path("/etc/kcs-desktop") / FILE


def load_settings(managed: Path, own: Path, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this seat; absent files count as empty.

    Raises SettingsError for a file that is no TOML, an unknown key, or a value that cannot be.
    """
    merged: dict[str, Any] = {}
    for path in (managed, own):
        merged = _merged(merged, _checked(path))
    merged = _merged(merged, _from_environment(os.environ if environ is None else environ))
    return _convert(merged, "KCS_*")


def save_setting(own: Path, section: str, key: str, value: str | int) -> None:
    """Write one key to the employee's file and leave the others as they are. Raises OSError when it cannot."""
    kept = _checked(own)
    kept.setdefault(section, {})[key] = value
    _convert(kept, str(own))
    lines: list[str] = []
    for name, keys in kept.items():
        lines.append(f"[{name}]")
        lines += [f"{k} = {_literal(v)}" for k, v in keys.items()]
        lines.append("")
    own.parent.mkdir(parents=True, exist_ok=True)
    fresh = own.with_suffix(".nieuw")
    fresh.write_text("\n".join(lines), encoding="utf-8")
    fresh.replace(own)


def _checked(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    _convert(data, str(path))
    return data


def _convert(data: Mapping[str, Any], where: str) -> Settings:
    _refuse_unknown(data, where)
    try:
        return msgspec.convert(data, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{where}: {error}") from error


def _refuse_unknown(data: Mapping[str, Any], where: str) -> None:
    sections: dict[str, Any] = {f: type(getattr(Settings(), f)) for f in Settings.__struct_fields__}
    for section, keys in data.items():
        if section not in sections:
            raise SettingsError(f"{where}: onbekende sleutel {section}")
        for key in keys if isinstance(keys, dict) else ():
            if key not in sections[section].__struct_fields__:
                raise SettingsError(f"{where}: onbekende sleutel {section}.{key}")


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    defaults = Settings()
    for section in Settings.__struct_fields__:
        for key in getattr(defaults, section).__struct_fields__:
            text = environ.get(f"KCS_{section}_{key}".upper())
            if text is not None:
                is_number = isinstance(getattr(getattr(defaults, section), key), int) and text.isdecimal()
                result.setdefault(section, {})[key] = int(text) if is_number else text
    return result


def _literal(value: Any) -> str:
    return msgspec.json.encode(value).decode()  # strings, numbers and booleans are written alike in TOML and JSON


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for section, keys in over.items():
        result[section] = {**result.get(section, {}), **keys}
    return result
