"""A store with a million persons and two hundred thousand companies in its index, made once per run of benchmarks."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from tests.harness.geheimen import private_secret_service
from tests.perf.opstelling import proefdam
from tests.perf.proces import measured
from tests.zoekvragen.bevolking import BEDRIJVEN, PERSONEN

_BUILD_TIMEOUT = 3_600.0


class Grootindex(msgspec.Struct, frozen=True):
    """The file, its key, and what making it took."""

    path: Path
    key: str
    seconds: float
    megabytes: float


class Zoekplek(msgspec.Struct, frozen=True):
    """A backend, a profile whose store holds the big index, and the environment with its keys."""

    url: str
    profile: Path
    environment: dict[str, str]


@cache
def grootindex() -> Grootindex:
    """Made by the first benchmark that needs it; the folder lives as long as this process."""
    path = Path(_folder().name) / "index.db"
    key = secrets.token_hex(32)
    print(f"filling an index with {PERSONEN + BEDRIJVEN} customers", file=sys.stderr, flush=True)
    made = measured("zoekindex", str(path), key, str(PERSONEN), str(BEDRIJVEN), timeout=_BUILD_TIMEOUT)
    return Grootindex(path, key, made["seconds"], made["bytes"] / 1e6)


@contextlib.contextmanager
def zoekplek() -> Iterator[Zoekplek]:
    """A seat with the big index; its window is not open."""
    groot = grootindex()
    with proefdam() as (backend, folder), private_secret_service(folder / "geheimen") as environment:
        profile = folder / "seat"
        profile.mkdir()
        measured("aanmelden", backend.url, str(profile), environment=environment)
        winkel = measured("zoekplek", str(profile), groot.key, environment=environment)["winkel"]
        for own in profile.glob(f"*-{winkel}.db*"):
            own.unlink()
        shutil.copyfile(groot.path, profile / f"cache-{winkel}.db")
        yield Zoekplek(backend.url, profile, dict(environment))


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="kcs-grootindex-")
