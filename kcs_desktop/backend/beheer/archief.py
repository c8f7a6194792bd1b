"""The one file of a backup: a tar with a manifest and one member per part, each with its checksum.

A backup whose bytes do not fit its manifest is refused before anything is touched.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import os
import shutil
import tarfile
import tempfile
import time
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from kcs_desktop.domain.errors import KcsError

MANIFEST = "manifest.json"
_CHUNK = 1 << 20
_PREFIX = ".kcs-werk-"
_LEFT_BEHIND = 24 * 60 * 60  # seconds


class Manifest(msgspec.Struct, frozen=True):
    """`parts` maps each member to its SHA-256; `tables` lists what a PostgreSQL dump holds, with the row counts, and
    `columns` in which order the columns stand in it."""

    soort: str  # sqlite or postgresql
    versie: str
    revisie: str
    gemaakt_op: datetime
    parts: dict[str, str]
    tables: dict[str, int] = {}
    columns: dict[str, list[str]] = {}


def damaged(reason: str) -> KcsError:
    return KcsError(
        f"Deze back-up is niet te gebruiken: {reason}.",
        code="backup-beschadigd",
        advice="Neem een andere back-up. Er is niets gewijzigd.",
    )


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


@contextlib.contextmanager
def work_folder(near: Path) -> Iterator[Path]:
    """A folder beside the target, so that the finished file moves into place in one step; for its owner only.

    What a killed command left behind holds the whole register: it goes as soon as nobody can be at it any more.
    """
    near.mkdir(parents=True, exist_ok=True)
    for left in near.glob(f"{_PREFIX}*"):
        with contextlib.suppress(FileNotFoundError):  # it was still at work, and is done
            if time.time() - left.lstat().st_mtime > _LEFT_BEHIND:
                shutil.rmtree(left, ignore_errors=True)  # which follows no link
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=near) as name:
        yield Path(name)


def write_archive(target: Path, manifest: Manifest, folder: Path) -> None:
    """Pack the parts. The file appears whole or not at all, and survives a power cut once this returns."""
    packed = folder / "pakket"
    descriptor = os.open(packed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as sink:
        with tarfile.open(fileobj=sink, mode="w:gz", compresslevel=3) as archive:
            content = msgspec.json.encode(manifest)
            header = tarfile.TarInfo(MANIFEST)
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))
            for name in manifest.parts:
                archive.add(folder / name, arcname=name)
        sink.flush()
        os.fsync(sink.fileno())
    packed.replace(target)


def read_archive(source: Path, folder: Path) -> Manifest:
    """Unpack into `folder` and check every part. Raises KcsError for anything that does not fit, and OSError for what
    is wrong with the disk: that says nothing about the backup."""
    try:
        _check_stream(source)
        with tarfile.open(source, mode="r:gz") as archive:
            manifest = _manifest(archive)
            for name in manifest.parts:
                _extract(archive, name, folder)
    except (gzip.BadGzipFile, tarfile.TarError, EOFError, zlib.error) as error:
        raise damaged("het bestand is beschadigd of is geen back-up") from error
    for name, expected in manifest.parts.items():
        if digest(folder / name) != expected:
            raise damaged(f"de controle van {name} klopt niet")
    return manifest


def _check_stream(source: Path) -> None:
    """Read to the end, where the checksum of the whole stands: reading the members alone stops before it."""
    with gzip.open(source) as stream:
        while stream.read(_CHUNK):
            pass


def _manifest(archive: tarfile.TarFile) -> Manifest:
    first = archive.next()
    reader = archive.extractfile(first) if first is not None and first.name == MANIFEST else None
    if reader is None:
        raise damaged("het overzicht ontbreekt")
    try:
        manifest = msgspec.json.decode(reader.read(_CHUNK), type=Manifest)
    except msgspec.MsgspecError as error:
        raise damaged("het overzicht is onleesbaar") from error
    # A name decides where bytes are written: plain names only.
    if any(not name.replace("_", "").replace(".", "").isalnum() or name.startswith(".") for name in manifest.parts):
        raise damaged("het overzicht noemt een vreemde bestandsnaam")
    return manifest


def _extract(archive: tarfile.TarFile, name: str, folder: Path) -> None:
    try:
        reader = archive.extractfile(archive.getmember(name))
    except KeyError:
        reader = None
    if reader is None:
        raise damaged(f"{name} ontbreekt")
    with (folder / name).open("wb") as sink:
        while chunk := reader.read(_CHUNK):
            sink.write(chunk)
