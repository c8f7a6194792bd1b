"""The documents that are on their way into a dossier, in the store of an employee's own work. Their content stands
elsewhere (`bijlagen`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from kcs_desktop.cache.terzijde import asides_of
from kcs_desktop.cache.waarden import Waarden
from kcs_desktop.cache.werkbestand import TOEVOEGING, Onleesbaar, Werkbestand
from kcs_desktop.cache.zaakconcepten import unreadable_concepten
from kcs_desktop.domain.toevoeging import Toevoeging

_replace = msgspec.structs.replace


class Bron(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the content of a file stands: a sealed copy, the file itself, or in memory for want of a disk."""

    omvang: int
    kopie: str = ""  # file name of the copy
    sleutel: str = ""  # hex, of the copy
    pad: str = ""
    gewijzigd_ns: int = 0
    los: bytes = b""


class Onderweg(msgspec.Struct, frozen=True):
    """One row."""

    toevoeging: Toevoeging
    bron: Bron


_toevoegingen = Waarden(TOEVOEGING, Onderweg)


def read_toevoegingen(werk: Werkbestand) -> list[Onderweg]:
    """In the order they were chosen."""
    return _toevoegingen.read(werk)


def unreadable_toevoegingen(werk: Werkbestand) -> list[Onleesbaar]:
    """Those that no longer parse."""
    return _toevoegingen.unreadable(werk)


def may_speak_of_others(werk: Werkbestand) -> bool:
    """Whether there is work that cannot be read, here or in a file that was set aside: a draft or a document in it may
    be of use with content that no row speaks of."""
    path = werk.bestand.path
    if path is None or not werk.has_disk or asides_of(path):
        return True
    return bool(unreadable_toevoegingen(werk) or unreadable_concepten(werk))


def save_toevoegingen(werk: Werkbestand, onderweg: Iterable[Onderweg], weg: Collection[str]) -> None:
    """Write these, and let go of those with the ids `weg`, together. Content that is in memory stays there."""
    rows = {al.toevoeging.id: _replace(al, bron=_replace(al.bron, los=b"")) for al in onderweg}
    _toevoegingen.save(werk, rows, weg)
