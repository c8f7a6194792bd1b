"""What is wrong when a store refuses: read from SQLite's own code, never from its words."""

from __future__ import annotations

from enum import StrEnum

from sqlcipher3 import dbapi2


class Storing(StrEnum):
    """BESCHADIGD: the content; VOL, ALLEEN_LEZEN, SCHIJF: the disk under it; BEZET: another window has it."""

    BESCHADIGD = "beschadigd"
    VOL = "vol"
    ALLEEN_LEZEN = "alleen-lezen"
    SCHIJF = "schijf"
    BEZET = "bezet"


_PRIMARY = {
    5: Storing.BEZET,  # SQLITE_BUSY
    6: Storing.BEZET,  # SQLITE_LOCKED
    8: Storing.ALLEEN_LEZEN,  # SQLITE_READONLY
    10: Storing.SCHIJF,  # SQLITE_IOERR
    11: Storing.BESCHADIGD,  # SQLITE_CORRUPT
    13: Storing.VOL,  # SQLITE_FULL
    14: Storing.SCHIJF,  # SQLITE_CANTOPEN
    26: Storing.BESCHADIGD,  # SQLITE_NOTADB
}


def storing_of(fout: BaseException) -> Storing | None:
    """None for an error that says nothing about file or disk. Looks through SQLAlchemy's wrapping."""
    oorzaak = getattr(fout, "orig", None) or fout
    if not isinstance(oorzaak, dbapi2.Error):
        return None
    return _PRIMARY.get(getattr(oorzaak, "sqlite_errorcode", 0) & 0xFF)
