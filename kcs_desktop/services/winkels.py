"""Which stores of this profile are whose: the names of before, and work of the same employee for another address.

Beside each store of work stands a small plain file with a hash of the account and the address; no secret, no customer
data. Blocking: key worker only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

import msgspec
from sqlcipher3 import dbapi2

from kcs_desktop.cache.schema import connect
from kcs_desktop.cache.terzijde import PARTS, SLEUTEL, WERK
from kcs_desktop.domain.zitplaats import (
    geweestnaam,
    normal_address,
    older_winkels,
    sessienaam,
    sleutelnaam,
    winkel_of,
)
from kcs_desktop.security.sleutelbos import KeyringFault, KeyringLocked, Sleutelbos
from kcs_desktop.security.sleutels import find_key
from kcs_desktop.services.zitplaatsbestand import NO_LINK, Zitplaatsbestand

_ADRES = "adres-"
_NAMEN = (sleutelnaam, sessienaam, geweestnaam)


class Herkomst(msgspec.Struct, frozen=True):
    """Whose work it is, and for which backend; "" where an earlier version did not write that down."""

    medewerker: str
    adres: str = ""


class Elders(msgspec.Struct, frozen=True):
    """Work of this employee that waits for another address. None: it cannot be counted, as its key is not at hand."""

    adres: str
    contacten: int | None = None
    opdrachten: int | None = None


def was_used(profile: Path, winkel: str) -> bool:
    """Whether work was ever kept on disk under this name."""
    return _note(profile, winkel).is_file()


class Winkels:
    """One per seat."""

    def __init__(self, profile: Path, bos: Sleutelbos, bestand: Zitplaatsbestand, backend: str) -> None:
        self._profile = profile
        self._bos = bos
        self._bestand = bestand
        self._backend = backend

    def name(self, gebruikersnaam: str) -> str:
        """The name of this employee's store."""
        return winkel_of(gebruikersnaam, self._backend)

    def settle(self, gebruikersnaam: str) -> str:
        """The name of this employee's store; files and keys under a name of before are given it."""
        winkel = self.name(gebruikersnaam)
        for oud in older_winkels(gebruikersnaam, self._backend):
            if any(self._profile.glob(f"*-{oud}.*")):
                with suppress(KeyringFault, OSError):
                    self._take_over(oud, winkel)
        return winkel

    def note(self, winkel: str, gebruikersnaam: str) -> None:
        """Work of this employee is kept here, for this backend."""
        self._write(winkel, Herkomst(_hash(gebruikersnaam), normal_address(self._backend)))

    def elsewhere(self, winkel: str, gebruikersnaam: str) -> Sequence[Elders]:
        """What this employee left here for other addresses, and still waits."""
        self._note_the_last(winkel)
        gevonden = []
        for path in sorted(self._profile.glob(f"{WERK}*.db")):
            ander = path.stem.removeprefix(WERK)
            herkomst = self._read(ander)
            if ander != winkel and herkomst is not None and herkomst.medewerker == _hash(gebruikersnaam):
                elders = self._count(path, ander, herkomst.adres)
                if elders.contacten != 0 or elders.opdrachten != 0:
                    gevonden.append(elders)
        return gevonden

    # inside

    def _take_over(self, oud: str, winkel: str) -> None:
        if self._path(WERK, winkel).exists():
            return  # work under both: it stays apart, and its author is told
        if self._wrapped(oud).exists() and self._wrapped(winkel).exists():
            return
        try:
            geheimen = {naam: (self._bos.read(naam(oud)), self._bos.read(naam(winkel))) for naam in _NAMEN}
        except KeyringLocked:
            return
        except KeyringFault:
            if not self._wrapped(oud).exists():
                return
            geheimen = {}
        if any(van and naar and van != naar and naam is sleutelnaam for naam, (van, naar) in geheimen.items()):
            return
        for naam, (van, naar) in geheimen.items():
            if van and not naar:
                self._bos.write(naam(winkel), van)
        # The work itself last, and its journal before it: what is cut off here goes on at the next sign-in.
        laatst = {f"{WERK}{oud}.db{deel}": plek for plek, deel in enumerate(reversed(PARTS), start=1)}
        for path in sorted(self._profile.glob(f"*-{oud}.*"), key=lambda al: laatst.get(al.name, 0)):
            doel = path.with_name(path.name.replace(oud, winkel))
            if not doel.exists():
                path.rename(doel)
        if self._bestand.value.winkel == oud:
            self._bestand.change(winkel=winkel)
        for naam, (van, _) in geheimen.items():
            if van:
                self._bos.erase(naam(oud))

    def _note_the_last(self, winkel: str) -> None:
        """Of a store made before such notes were, it is known only who last signed in here."""
        vorige = self._bestand.value
        if vorige.winkel not in {"", winkel} and self._read(vorige.winkel) is None:
            self._write(vorige.winkel, Herkomst(_hash(vorige.gebruikersnaam)))

    def _count(self, path: Path, winkel: str, adres: str) -> Elders:
        try:
            key = find_key(self._bos, winkel)
            if key is None:
                return Elders(adres)
            with tempfile.TemporaryDirectory(prefix="kcs-") as elders:
                kopie = Path(elders) / path.name
                for deel in ("", "-wal"):
                    if Path(f"{path}{deel}").exists():
                        shutil.copyfile(f"{path}{deel}", f"{kopie}{deel}")
                with closing(connect(kopie, key)) as db:
                    contacten, opdrachten = db.execute(
                        "SELECT (SELECT count(*) FROM concept),"
                        " (SELECT count(*) FROM uitgaand WHERE stand NOT IN ('geslaagd', 'geweigerd'))"
                    ).fetchone()
                    return Elders(adres, contacten, opdrachten)
        except (KeyringFault, OSError, dbapi2.Error):
            return Elders(adres)

    def _read(self, winkel: str) -> Herkomst | None:
        try:
            return msgspec.json.decode(_note(self._profile, winkel).read_bytes(), type=Herkomst)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return None

    def _write(self, winkel: str, herkomst: Herkomst) -> None:
        """A disk that refuses is passed over: the next sign-in tries again."""
        note = _note(self._profile, winkel)
        nieuw = note.with_suffix(".nieuw")
        with suppress(OSError):
            if self._read(winkel) == herkomst or not self._path(WERK, winkel).stat().st_size:
                return
            greep = os.open(nieuw, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | NO_LINK, 0o600)
            with os.fdopen(greep, "wb") as bestand:
                bestand.write(msgspec.json.encode(herkomst))
            nieuw.replace(note)

    def _path(self, soort: str, winkel: str) -> Path:
        return self._profile / f"{soort}{winkel}.db"

    def _wrapped(self, winkel: str) -> Path:
        return self._profile / f"{SLEUTEL}{winkel}.json"


def _note(profile: Path, winkel: str) -> Path:
    return profile / f"{_ADRES}{winkel}.json"


def _hash(gebruikersnaam: str) -> str:
    return hashlib.sha256(gebruikersnaam.casefold().encode()).hexdigest()[:20]
