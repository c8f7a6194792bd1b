"""A backup of which any byte was changed is refused, wherever that byte stands."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kcs_desktop.backend.beheer.archief import Manifest, digest, read_archive, write_archive
from kcs_desktop.domain.errors import KcsError

_GZIP_HEADER = 10  # its time and its kind of system: nothing of ours stands there


def unpacked_bytes(content: bytes) -> bytes:
    """What a gzip file holds, or nothing where it is broken."""
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        return b""


def test_each_changed_byte_is_found(tmp_path: Path) -> None:
    folder, target = tmp_path / "delen", tmp_path / "een.kcsbackup"
    folder.mkdir()
    (folder / "a.copy").write_bytes(bytes(range(256)) * 8)
    (folder / "b.copy").write_bytes(b"")
    parts = {name: digest(folder / name) for name in ("a.copy", "b.copy")}
    write_archive(target, Manifest("postgresql", "1", "0001", datetime(2026, 1, 1, tzinfo=UTC), parts), folder)
    whole = target.read_bytes()
    unpacked = tmp_path / "uit"
    unpacked.mkdir()
    assert read_archive(target, unpacked).parts == parts
    for place in range(_GZIP_HEADER, len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 0xFF
        if unpacked_bytes(bytes(changed)) == unpacked_bytes(whole):
            continue  # another spelling of the same bytes: a run of zeros has several
        target.write_bytes(changed)
        with pytest.raises(KcsError, match="niet te gebruiken"):
            read_archive(target, unpacked)
