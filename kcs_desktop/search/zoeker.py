"""Searching: a bounded number of short ranges of the key tree, then the judge over at most some hundreds of customers.

Never sorts in the database: a prefix of one letter may hold a hundred thousand keys, of which 200 are taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations

import msgspec
from rapidfuzz.distance import OSA
from sqlalchemy import Connection, bindparam, select

from kcs_desktop.domain.zoeken import Zoekvraag
from kcs_desktop.search.document import Document, Hit
from kcs_desktop.search.klank import klank
from kcs_desktop.search.rangschikking import Vraagdelen, judge, split
from kcs_desktop.search.sleutels import Soort, house_key, variants
from kcs_desktop.search.tables import Zoektabellen
from kcs_desktop.search.vergelijk import allowed_errors

CUT = 200
_ENOUGH = 20  # strict hits with which spelling variants and typing errors are not looked for
_MAX_CANDIDATES = 600
_MAX_CORRECTIONS = 6
_END = "\U0010ffff"
_NAMES = (Soort.ACHTERNAAM, Soort.BEDRIJF, Soort.VOORNAAM)
_NUMBERS = (Soort.BSN, Soort.KVK, Soort.RSIN, Soort.TELEFOON, Soort.VESTIGING, Soort.POSTCODE)

Range = tuple[tuple[str, ...], str, str]
_decoder = msgspec.json.Decoder(Document)


class Zoeker:
    """Searches one set of tables. Holds no state but its statements, so threads may share it."""

    def __init__(self, tables: Zoektabellen) -> None:
        key, document, variant = tables.sleutel.c, tables.document.c, tables.variant.c
        self._range = (
            select(key.nr)
            .where(key.soort.in_(bindparam("kinds", expanding=True)))
            .where(key.waarde >= bindparam("low"), key.waarde < bindparam("high"))
            .limit(bindparam("cut"))
        )
        self._load = select(document.inhoud).where(document.nr.in_(bindparam("numbers", expanding=True)))
        self._words = (
            select(variant.woord)
            .where(variant.variant.in_(bindparam("variants", expanding=True)))
            .distinct()
            .limit(2000)
        )

    def search(self, conn: Connection, vraag: Zoekvraag, limit: int = 20) -> list[Hit]:
        """The best hits, best first; equal ones by name. An empty question finds nothing."""
        delen = split(vraag)
        hits: dict[str, Hit] = {}
        seen: set[int] = set()
        self._collect(conn, _strict(delen), delen, seen, hits)
        if delen.woorden and len(hits) < _ENOUGH:
            self._collect(conn, _looser(delen), delen, seen, hits)
        if len(hits) < _ENOUGH:
            self._collect(conn, self._corrected(conn, delen), delen, seen, hits)
        return sorted(hits.values(), key=_order)[:limit]

    def _collect(
        self, conn: Connection, ranges: Iterable[Range], delen: Vraagdelen, seen: set[int], hits: dict[str, Hit]
    ) -> None:
        fresh: list[int] = []
        for kinds, low, high in dict.fromkeys(ranges):
            found = conn.execute(self._range, {"kinds": kinds, "low": low, "high": high, "cut": CUT}).scalars()
            fresh += [nr for nr in dict.fromkeys(found) if nr not in seen]
            seen.update(fresh)
            if len(seen) >= _MAX_CANDIDATES:
                break
        if fresh:
            for inhoud in conn.execute(self._load, {"numbers": fresh}).scalars():
                hit = judge(_decoder.decode(inhoud), delen)
                if hit is not None:
                    hits[hit.document.id] = hit

    def _corrected(self, conn: Connection, delen: Vraagdelen) -> Iterator[Range]:
        """Ranges for the known words that are a typing error away from what was typed."""
        if delen.straat:
            huis = house_key(delen.vraag.huisnummer, "", "")
            for woord in self._corrections(conn, delen.straat):
                yield (Soort.STRAAT,), *_prefix(f"{woord} {huis}")
        if not delen.woorden:
            return
        choices = [[woord, *self._corrections(conn, woord)] for woord in delen.woorden[:3]]
        if len(choices) == 1:
            for woord in choices[0][1:]:
                yield _NAMES, *_prefix(f"{woord} ")
            return
        for first, second in permutations(range(len(choices)), 2):
            for left in choices[first]:
                for right in choices[second]:
                    yield _NAMES, *_prefix(f"{left} {right}")
        for corrected in choices:
            for woord in corrected[1:3]:
                yield _NAMES, *_prefix(f"{woord} ")

    def _corrections(self, conn: Connection, woord: str) -> list[str]:
        errors = allowed_errors(woord)
        if not errors:
            return []
        known = conn.execute(self._words, {"variants": variants(woord)}).scalars()
        measured = ((OSA.distance(woord, other, score_cutoff=errors), other) for other in known)
        near = sorted((distance, other) for distance, other in measured if 0 < distance <= errors)
        return [other for _, other in near[:_MAX_CORRECTIONS]]


def _strict(delen: Vraagdelen) -> Iterator[Range]:
    """What was typed, taken at its word."""
    vraag = delen.vraag
    for soort, waarde in (
        (Soort.BSN, vraag.bsn),
        (Soort.RSIN, vraag.rsin),
        (Soort.KVK, vraag.kvk_nummer),
        (Soort.VESTIGING, vraag.vestigingsnummer),
        (Soort.TELEFOON, delen.telefoon),
        (Soort.EMAIL, delen.email),
    ):
        if waarde:
            yield (soort,), *_prefix(waarde)
    if delen.cijfers:
        yield from (((soort,), *_prefix(delen.cijfers)) for soort in _NUMBERS)
    if vraag.postcode:
        # Up to the house number alone: 12 also begins 120, which the judge tells apart.
        begin = vraag.postcode.lower()
        huis = f" {house_key(vraag.huisnummer, '', '')}" if vraag.huisnummer else ""
        yield (Soort.POSTCODE,), *_prefix(begin + huis)
    if delen.straat:
        huis = f" {house_key(vraag.huisnummer, '', '')}" if vraag.huisnummer else ""
        yield (Soort.STRAAT,), *_prefix(delen.straat + huis)
    if vraag.geboortedatum and (len(vraag.geboortedatum) == 10 or not delen.woorden):
        yield (Soort.GEBOORTEDATUM,), *_prefix(vraag.geboortedatum)
    yield from _names(delen.woorden)
    if delen.losse_straat:
        yield (Soort.STRAAT,), *_prefix(delen.losse_straat)


def _names(woorden: tuple[str, ...]) -> Iterator[Range]:
    if len(woorden) == 1:
        # A whole word before the words that begin with it, and each part apart: none may crowd out the others.
        yield from (((soort,), *_prefix(woorden[0])) for soort in _NAMES)
        return
    for first, second in permutations(woorden[:3], 2):
        yield _NAMES, *_prefix(f"{first} {second}")


def _looser(delen: Vraagdelen) -> Iterator[Range]:
    """What sounds the same, and words that do not stand side by side in a name."""
    woorden = delen.woorden
    long = sorted((woord for woord in woorden if len(woord) > 2), key=len, reverse=True)[:3]
    for woord in long:
        others = [other for other in woorden if other != woord]
        for other in others or [""]:
            yield (Soort.KLANK,), *_prefix(f"{klank(woord)} {other}")
    if len(woorden) > 1:
        for woord in long:
            yield from (((soort,), *_prefix(f"{woord} ")) for soort in _NAMES)
            yield (Soort.KLANK,), *_prefix(f"{klank(woord)} ")


def _prefix(begin: str) -> tuple[str, str]:
    return begin, begin + _END


def _order(hit: Hit) -> tuple[float, str, str]:
    return -hit.score, hit.document.geslachtsnaam or hit.document.naam, hit.document.naam
