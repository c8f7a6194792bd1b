"""Reading a file that an employee hands over: judged by its bytes, copied where that fits, else known by its place.

Blocking; on a thread. A copy is what is sent, whatever becomes of the file; what was not copied must be the same file
when it is read.
"""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import msgspec

from kcs_desktop.cache.bijlagen import new_key, seal, unseal
from kcs_desktop.cache.toevoegingen import Bron
from kcs_desktop.domain.bestand import BEGIN, Oordeel, Soort, clean_naam, judge
from kcs_desktop.domain.errors import UserError
from kcs_desktop.domain.toevoeging import MAXIMUM

COPIED_AT_MOST = 50_000_000  # bytes of one file
COPIES_AT_MOST = 250_000_000  # bytes of all copies of an employee


class Ingelezen(msgspec.Struct, frozen=True):
    naam: str
    oordeel: Oordeel
    bron: Bron


def read_in(bron: Path | bytes, naam: str, kopie: Path, room: int) -> Ingelezen:
    """Judge it and copy it to `kopie` where it takes no more than `room`. Raises UserError for what cannot be taken."""
    if isinstance(bron, bytes):
        return _read_bytes(bron, naam, kopie, room)
    try:
        found = bron.stat()
        if not stat.S_ISREG(found.st_mode):
            raise UserError(f"{naam} is geen bestand.", code="geen-bestand", advice="Kies losse bestanden, geen map.")
        _check_size(found.st_size, naam)
        with bron.open("rb") as file:
            oordeel = _judged(naam, file.read(BEGIN))
            if found.st_size > min(room, COPIED_AT_MOST):
                return Ingelezen(clean_naam(naam), oordeel, _in_place(bron, found))
            file.seek(0)
            sleutel = new_key()
            try:
                length = seal(kopie, sleutel, file)
            except OSError:
                return Ingelezen(clean_naam(naam), oordeel, _in_place(bron, found))
    except OSError as fout:
        raise UserError(
            f"{clean_naam(naam)} kan niet worden gelezen: {fout.strerror or 'onbekende oorzaak'}.",
            code="bestand-onleesbaar",
            advice="Controleer of het bestand er nog is.",
        ) from fout
    if length != found.st_size:
        kopie.unlink(missing_ok=True)
        raise changed(naam)
    return Ingelezen(clean_naam(naam), oordeel, Bron(length, kopie=kopie.name, sleutel=sleutel.hex()))


def read_part(bron: Bron, folder: Path, naam: str, begin: int, length: int) -> bytes:
    """That part of the content; copies stand in `folder`. Raises UserError where the file is not what it was."""
    try:
        if bron.los:
            return bron.los[begin : begin + length]
        if bron.kopie:
            return unseal(folder / bron.kopie, bytes.fromhex(bron.sleutel), begin, length)
        with Path(bron.pad).open("rb") as file:
            _check_same(os.fstat(file.fileno()), bron, naam)
            file.seek(begin)
            part = file.read(length)
            _check_same(os.fstat(file.fileno()), bron, naam)
    except (OSError, ValueError) as fout:
        raise UserError(
            f"{naam} is er niet meer of kan niet worden gelezen.",
            code="bestand-onleesbaar",
            advice="Zet het bestand terug of sluit de schijf weer aan, en probeer het opnieuw.",
        ) from fout
    if len(part) != min(length, bron.omvang - begin):
        raise changed(naam)
    return part


def changed(naam: str) -> UserError:
    return UserError(
        f"{clean_naam(naam)} is gewijzigd terwijl het werd gelezen.",
        code="bestand-gewijzigd",
        advice="Voeg het bestand opnieuw toe.",
    )


def _read_bytes(inhoud: bytes, naam: str, kopie: Path, room: int) -> Ingelezen:
    _check_size(len(inhoud), naam)
    oordeel, sleutel = _judged(naam, inhoud[:BEGIN]), new_key()
    if len(inhoud) > room:
        return Ingelezen(clean_naam(naam), oordeel, Bron(len(inhoud), los=inhoud))
    try:
        seal(kopie, sleutel, io.BytesIO(inhoud))
    except OSError:
        return Ingelezen(clean_naam(naam), oordeel, Bron(len(inhoud), los=inhoud))
    return Ingelezen(clean_naam(naam), oordeel, Bron(len(inhoud), kopie=kopie.name, sleutel=sleutel.hex()))


def _in_place(path: Path, found: os.stat_result) -> Bron:
    return Bron(found.st_size, pad=str(path.absolute()), gewijzigd_ns=found.st_mtime_ns)


def _check_same(found: os.stat_result, bron: Bron, naam: str) -> None:
    if (found.st_size, found.st_mtime_ns) != (bron.omvang, bron.gewijzigd_ns):
        raise changed(naam)


def _check_size(omvang: int, naam: str) -> None:
    if omvang == 0:
        raise UserError(f"{clean_naam(naam)} is leeg.", code="bestand-leeg")
    if omvang > MAXIMUM:
        raise UserError(f"{clean_naam(naam)} is groter dan 4 GB.", code="bestand-te-groot")


def _judged(naam: str, begin: bytes) -> Oordeel:
    oordeel = judge(clean_naam(naam), begin)
    if oordeel.geweigerd or oordeel.soort is Soort.LEEG:
        raise UserError(f"{clean_naam(naam)}: {oordeel.melding or 'dit bestand is leeg.'}", code="bestand-geweigerd")
    return oordeel
