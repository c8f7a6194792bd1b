"""The first glance: the last opened customers, read before anything else is loaded.

Imports sqlcipher3, msgspec and (inside a function) ctypes, nothing more; a test holds this. It shows nothing when
the last employee signed out or was here in roles that see no customers, when the remembered session ended, or when the
seat is locked: by hand, or because nobody touched it for too long, also while it was closed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace
from sqlcipher3 import dbapi2

from kcs_desktop.cache.cachebestand import RECENT, SCHEMA, read_recent
from kcs_desktop.cache.geheimendienst import read_secret
from kcs_desktop.domain.klant import Klantbeeld
from kcs_desktop.domain.zitplaats import FILE, Zitplaats, parse_zitplaats, sleutelnaam


class FirstGlance(msgspec.Struct, frozen=True):
    """`zitplaats` says who last signed in here; `klanten` are the last opened customers, newest first."""

    zitplaats: Zitplaats
    klanten: tuple[Klantbeeld, ...]


def read_zitplaats(profile: Path) -> Zitplaats:
    """What this profile remembers of its last sign-in; an empty one for a new profile."""
    try:
        return parse_zitplaats((profile / FILE).read_bytes())
    except OSError:
        return Zitplaats()


def recent(profile: Path, now: datetime | None = None) -> FirstGlance | None:
    """The first glance, or None when nothing may or can be shown. Never raises, never changes a file."""
    zitplaats = read_zitplaats(profile)
    tot, nu = zitplaats.sessie_tot, now or datetime.now(UTC)
    if not zitplaats.winkel or tot is None or tot <= nu or zitplaats.is_locked_at(nu) or not zitplaats.mag_klanten:
        return None
    path = profile / f"cache-{zitplaats.winkel}.db"
    if not path.is_file():
        return None
    geheim = read_secret(sleutelnaam(zitplaats.winkel))
    try:
        key = bytes.fromhex(geheim)
    except ValueError:
        return None
    if len(key) != 32:
        return None
    # A disk that is full or read-only refuses what SQLite makes beside a file to read it.
    klanten = _read(path, key) or _read(path, key, is_still=True)
    if not zitplaats.mag_basisregistraties:  # another role of this employee may have kept them
        klanten = tuple(replace(beeld, persoon=None, bedrijf=None) for beeld in klanten)
    return FirstGlance(zitplaats, klanten)


def _read(path: Path, key: bytes, *, is_still: bool = False) -> tuple[Klantbeeld, ...]:
    db = None
    try:
        name = f"{path.absolute().as_uri()}?immutable=1" if is_still else str(path)
        db = dbapi2.connect(name, timeout=0.2, isolation_level=None, uri=is_still)
        db.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        if db.execute("PRAGMA application_id").fetchone()[0] != SCHEMA.kenmerk:
            return ()
        return tuple(read_recent(db, RECENT))
    except dbapi2.DatabaseError:
        return ()
    finally:
        if db is not None:
            db.close()
