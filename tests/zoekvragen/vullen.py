"""Filling an index with the whole population, in minutes: what is stored is computed on every core."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator

from sqlalchemy import Connection

from kcs_desktop.search.index import Index, Ingang, entry
from tests.zoekvragen.bevolking import BEDRIJVEN, PERSONEN, bedrijf, persoon

_PIECE = 2_000


def fill(conn: Connection, index: Index, personen: int = PERSONEN, bedrijven: int = BEDRIJVEN) -> int:
    """Add so many persons and companies to an empty index; the caller commits. Returns how many."""
    return index.add_new(conn, entries(personen, bedrijven))


def entries(personen: int, bedrijven: int) -> Iterator[Ingang]:
    """What is stored of each, the persons first."""
    pieces = [("p", begin, min(begin + _PIECE, personen)) for begin in range(0, personen, _PIECE)]
    pieces += [("b", begin, min(begin + _PIECE, bedrijven)) for begin in range(0, bedrijven, _PIECE)]
    if len(pieces) < 4:
        for piece in pieces:
            yield from _piece(piece)
        return
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        for made in pool.imap(_piece, pieces):
            yield from made


def _piece(piece: tuple[str, int, int]) -> list[Ingang]:
    soort, begin, end = piece
    make = persoon if soort == "p" else bedrijf
    return [entry(make(nr)) for nr in range(begin, end)]
