"""A file of the employee while it is written: beside its place, so that what stands there is whole or not at all."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO


def half_of(path: Path) -> Path:
    """Where it is written first. Its own name may be as long as a name can be, so this one is not made of it."""
    mark = hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16]
    return path.with_name(f".{mark}.half")


def begin(half: Path) -> BinaryIO:
    """Empty, in the place of one that was left, and for its owner alone. Raises OSError."""
    half.unlink(missing_ok=True)
    return os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
