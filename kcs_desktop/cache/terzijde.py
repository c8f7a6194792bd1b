"""The files of a profile: how one is set aside, erased, and dropped when its term has passed. Needs no key."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import msgspec
from msgspec.structs import replace

from kcs_desktop.domain.bewaartermijnen import Bewaartermijnen

PARTS = ("", "-wal", "-shm", "-journal")
ASIDE = ".terzijde-"
CACHE, WERK, SLEUTEL = "cache-", "werk-", "sleutel-"  # how the names of the files begin
LIJST = ".lijst"  # beside a cache: whom it held last
_NOTE = ".json"
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_MOMENT = re.compile(rf"{re.escape(ASIDE)}(\d{{8}}T\d{{6}})")


class Reden(StrEnum):
    """Why a file was set aside. A wrong key and a damaged first page cannot be told apart.

    SLEUTEL_WEG: its key is gone; ONBEKEND: nobody wrote down why.
    """

    BESCHADIGD = "beschadigd"
    VREEMD = "vreemd"
    NIEUWER = "nieuwer"
    SLEUTEL_WEG = "sleutel-weg"
    ONBEKEND = "onbekend"


class Terzijde(msgspec.Struct, frozen=True):
    """A file that was set aside, and how many rows of each table went into the new one.

    It stands in a note beside the file, so that its owner is told also after a crash or a refused session;
    `gezien_op` is when that was.
    """

    reden: Reden
    naam: str
    gered: Mapping[str, int] = {}
    gezien_op: datetime | None = None


def write_note(folder: Path, terzijde: Terzijde) -> None:
    """Write down what became of a file, whole or not at all. A disk that refuses is passed over: without a note the
    file itself says that it was not told yet."""
    note = _note(folder / terzijde.naam)
    nieuw = note.with_suffix(".nieuw")
    with suppress(OSError):
        greep = os.open(nieuw, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _NO_LINK, 0o600)
        with os.fdopen(greep, "wb") as bestand:
            bestand.write(msgspec.json.encode(terzijde))
        nieuw.replace(note)


def asides_of(path: Path) -> list[Terzijde]:
    """Everything that was set aside of this store and is still there, oldest first."""
    return [_told(bestand) for bestand in sorted(path.parent.glob(f"{path.stem}{ASIDE}*{path.suffix}"))]


def mark_seen(path: Path, namen: Iterable[str], nu: datetime) -> None:
    """Its owner was told of these files: from now on their term runs."""
    for terzijde in asides_of(path):
        if terzijde.naam in namen and terzijde.gezien_op is None:
            write_note(path.parent, replace(terzijde, gezien_op=nu))


def _note(bestand: Path) -> Path:
    return bestand.with_suffix(_NOTE)


def _told(bestand: Path) -> Terzijde:
    try:
        return replace(msgspec.json.decode(_note(bestand).read_bytes(), type=Terzijde), naam=bestand.name)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return Terzijde(Reden.ONBEKEND, bestand.name)


def move_aside(path: Path, nu: datetime) -> Path:
    """Rename a store with everything that belongs to it; the new name has the moment in it."""
    stempel = nu.astimezone(UTC).strftime("%Y%m%dT%H%M%S")
    nieuw = path.with_name(f"{path.stem}{ASIDE}{stempel}{path.suffix}")
    volg = 1
    while nieuw.exists():
        volg += 1
        nieuw = path.with_name(f"{path.stem}{ASIDE}{stempel}-{volg}{path.suffix}")
    for deel in PARTS:
        oud = Path(f"{path}{deel}")
        if oud.exists():
            oud.rename(f"{nieuw}{deel}")
    return nieuw


def erase_with_asides(path: Path) -> None:
    """Erase a store, its journals, its list and what was set aside of it; raises OSError when one stays."""
    for bestand in (*(Path(f"{path}{deel}") for deel in PARTS), path.with_suffix(LIJST)):
        erase(bestand)
    for bestand in path.parent.glob(f"{path.stem}{ASIDE}*"):
        erase(bestand)


def erase(bestand: Path) -> None:
    """Overwrite a file and remove it. What an SSD keeps of it stays encrypted; a full disk does not stop it.

    Of a link only the link goes: it may point at a file that is none of ours, and administrators erase for others.
    """
    with suppress(OSError), open(bestand, "r+b", opener=_open_itself) as inhoud:
        rest = os.fstat(inhoud.fileno()).st_size
        while rest > 0:
            rest -= inhoud.write(os.urandom(min(rest, 1_000_000)))
        inhoud.flush()
        os.fsync(inhoud.fileno())
    bestand.unlink(missing_ok=True)


def _open_itself(path: str, flags: int) -> int:
    return os.open(path, flags | _NO_LINK)


def erase_caches(profile: Path) -> int:
    """Erase the cache of every employee of this profile; drafts and outbox stay. How many files went."""
    bestanden = [bestand for bestand in profile.glob(f"{CACHE}*") if bestand.is_file()]
    for bestand in bestanden:
        erase(bestand)
    return len(bestanden)


def expire_files(profile: Path, nu: datetime, termijnen: Bewaartermijnen) -> None:
    """Erase what was set aside too long ago, and the cache of whoever has not been here for so long.

    Work that was set aside stays, with its key, until its author was told of it. Passed over in silence: a file that
    cannot be removed now goes at another start.
    """
    for bestand in sorted(profile.glob(f"{WERK}*{ASIDE}*.db")):
        gezien = _told(bestand).gezien_op
        if gezien is not None and gezien + termijnen.terzijde_werk < nu:
            with suppress(OSError):
                for deel in PARTS:
                    erase(Path(f"{bestand}{deel}"))
                erase(_note(bestand))
    for bestand in sorted(profile.glob(f"{CACHE}*{ASIDE}*")):
        _erase_older(bestand, nu - termijnen.terzijde_cache)
    for bestand in sorted(profile.glob(f"{CACHE}*{LIJST}")):
        if not bestand.with_suffix(".db").exists():
            with suppress(OSError):
                erase(bestand)
    for bestand in sorted(profile.glob(f"{SLEUTEL}*{ASIDE}*")):
        winkel = bestand.name.removeprefix(SLEUTEL).split(ASIDE)[0]
        if not any(profile.glob(f"{WERK}{winkel}{ASIDE}*.db")):
            _erase_older(bestand, nu - termijnen.terzijde_werk)
    longest = max(termijnen.geopend, termijnen.vastgezet)  # what of it is past its term goes when it is opened
    for bestand in sorted(profile.glob(f"{CACHE}*.db")):
        with suppress(OSError):
            if ASIDE not in bestand.name and last_written(bestand) + longest < nu:
                erase_with_asides(bestand)


def _erase_older(bestand: Path, grens: datetime) -> None:
    moment = _MOMENT.search(bestand.name)
    if moment is not None and _utc(moment[1]) < grens:
        with suppress(OSError):
            erase(bestand)


def last_written(bestand: Path) -> datetime:
    """When a store or its journal was last written to. Raises OSError."""
    tijden = [deel.stat().st_mtime for soort in PARTS if (deel := Path(f"{bestand}{soort}")).exists()]
    return datetime.fromtimestamp(max(tijden), UTC)


def _utc(stempel: str) -> datetime:
    return datetime.strptime(stempel, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
