"""The files of a profile: how one is set aside, erased, and dropped when its term has passed. Needs no key."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from kcs_desktop.domain.bewaartermijnen import Bewaartermijnen

PARTS = ("", "-wal", "-shm", "-journal")
ASIDE = ".terzijde-"
CACHE, WERK = "cache-", "werk-"  # how the names of the two stores begin
_MOMENT = re.compile(rf"{re.escape(ASIDE)}(\d{{8}}T\d{{6}})")


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
    """Erase a store, its journals and what was set aside of it; raises OSError when one stays."""
    for bestand in (*(Path(f"{path}{deel}") for deel in PARTS), *path.parent.glob(f"{path.stem}{ASIDE}*")):
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
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))


def erase_caches(profile: Path) -> int:
    """Erase the cache of every employee of this profile; drafts and outbox stay. How many files went."""
    bestanden = [bestand for bestand in profile.glob(f"{CACHE}*") if bestand.is_file()]
    for bestand in bestanden:
        erase(bestand)
    return len(bestanden)


def expire_files(profile: Path, nu: datetime, termijnen: Bewaartermijnen) -> None:
    """Erase what was set aside too long ago, and the cache of whoever has not been here for so long.

    Passed over in silence: a file that cannot be removed now goes at another start.
    """
    for bestand in sorted(profile.glob(f"*{ASIDE}*")):
        termijn = termijnen.terzijde_cache if bestand.name.startswith(CACHE) else termijnen.terzijde_werk
        moment = _MOMENT.search(bestand.name)
        if moment is not None and _utc(moment[1]) + termijn < nu:
            with suppress(OSError):
                erase(bestand)
    longest = max(termijnen.geopend, termijnen.vastgezet)  # what of it is past its term goes when it is opened
    for bestand in sorted(profile.glob(f"{CACHE}*.db")):
        with suppress(OSError):
            if ASIDE not in bestand.name and last_written(bestand) + longest < nu:
                erase_with_asides(bestand)


def last_written(bestand: Path) -> datetime:
    """When a store or its journal was last written to. Raises OSError."""
    tijden = [deel.stat().st_mtime for soort in PARTS if (deel := Path(f"{bestand}{soort}")).exists()]
    return datetime.fromtimestamp(max(tijden), UTC)


def _utc(stempel: str) -> datetime:
    return datetime.strptime(stempel, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
