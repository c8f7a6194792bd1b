"""What is wrong when a store refuses: read from SQLite's own code, never from its words."""

from __future__ import annotations

import errno
import os
import tempfile
from enum import StrEnum
from pathlib import Path

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

_PROBE = 64_000  # bytes; more than SQLite makes beside a file before it can even be read
_SQL = 1  # SQLITE_ERROR: among others a table or column that is not there


def storing_of(fout: BaseException) -> Storing | None:
    """None for an error that says nothing about file or disk. Looks through SQLAlchemy's wrapping."""
    return _PRIMARY.get(_code(fout))


def may_lack_a_table(fout: BaseException) -> bool:
    """Whether the statement itself was refused: perhaps what it names is not in the file."""
    return _code(fout) == _SQL


def storing_of_disk(fout: OSError) -> Storing:
    if fout.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Storing.VOL
    return Storing.ALLEEN_LEZEN if fout.errno in {errno.EROFS, errno.EACCES, errno.EPERM} else Storing.SCHIJF


def look_at_disk(folder: Path) -> Storing:
    """Why this disk gives errors, seen by writing a little: SQLite calls a full or read-only one unreadable."""
    try:
        with tempfile.TemporaryFile(dir=folder) as proef:
            proef.write(bytes(_PROBE))
            proef.flush()
            os.fsync(proef.fileno())
    except OSError as fout:
        return storing_of_disk(fout)
    return Storing.SCHIJF


def _code(fout: BaseException) -> int:
    oorzaak = getattr(fout, "orig", None) or fout
    return getattr(oorzaak, "sqlite_errorcode", 0) & 0xFF if isinstance(oorzaak, dbapi2.Error) else 0
