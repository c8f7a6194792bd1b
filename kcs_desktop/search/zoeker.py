"""Searching: short ranges of the key tree, then the full text, then what is spelled otherwise; the judge orders.

Never sorts in the database and never reads an unbounded list: a prefix of one letter may hold a hundred thousand keys.
What the keys hold together (a name of two words, a postcode with its number) is cut to what is shown, because there
every key fits equally; what the judge must still sift is cut at 200, and asked of the full text as well, which
intersects whole lists, so that the right one is not cut away before it was looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from rapidfuzz.distance import OSA
from sqlalchemy import Connection, Select, bindparam, select, text, union_all

from kcs_desktop.domain.zoeken import Soortvraag, Zoekvraag
from kcs_desktop.search.bereiken import END, NAMES, Bereik, name_ranges, street_range, typed_ranges
from kcs_desktop.search.document import Document, Hit
from kcs_desktop.search.klank import klank
from kcs_desktop.search.rangschikking import Vraagdelen, judge, split
from kcs_desktop.search.sleutels import date_terms, variants
from kcs_desktop.search.tables import Zoektabellen
from kcs_desktop.search.vergelijk import allowed_errors
from kcs_desktop.search.volletekst import SHORT, Volletekst, begin_term, sound_term

CUT = 200
_ENOUGH = 20  # hits with which the next, looser way is not tried
_MAX_CORRECTIONS = 6
_MAX_KNOWN = 2000
_MAX_RANGES = 24
_YEAR = 4  # digits
# PostgreSQL guesses how many customers bear two words together; where it guesses high it reads the whole table.
_BY_INDEX = text("SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)")
_decoder = msgspec.json.Decoder(Document)


class Superseded(Exception):
    """The search was given up because nobody waits for it any more."""


class Zoeker:
    """Searches one set of tables. Holds no state but its statements, so threads may share it."""

    def __init__(self, tables: Zoektabellen) -> None:
        document, variant = tables.document.c, tables.variant.c
        self._sleutel = tables.sleutel
        self._tekst = Volletekst(tables.tekst)
        self._load = select(document.inhoud).where(document.nr.in_(bindparam("numbers", expanding=True)))
        self._words = (
            select(variant.woord)
            .where(variant.variant.in_(bindparam("variants", expanding=True)))
            .distinct()
            .limit(_MAX_KNOWN)
        )
        self._ranges = lru_cache(maxsize=_MAX_RANGES)(self._select_ranges)

    def search(
        self, conn: Connection, vraag: Zoekvraag, limit: int = 20, *, is_stale: Callable[[], bool] = lambda: False
    ) -> list[Hit]:
        """The best hits, best first; equal ones by name. An empty question finds nothing.

        `is_stale` is asked between the steps; Superseded is raised once it says so.
        """
        if conn.dialect.name == "postgresql":
            conn.execute(_BY_INDEX)
        delen = split(vraag)
        enough = min(_ENOUGH, limit)
        hits: dict[str, Hit] = {}
        seen: set[int] = set()
        for step in (self._typed, self._anywhere, self._otherwise):
            if len(hits) >= enough:
                break
            for numbers in step(conn, delen, limit):
                if is_stale():
                    raise Superseded
                fresh = [nr for nr in dict.fromkeys(numbers) if nr not in seen]
                seen.update(fresh)
                hits.update(self._judged(conn, delen, fresh))
        return sorted(hits.values(), key=_order)[:limit]

    def _judged(self, conn: Connection, delen: Vraagdelen, numbers: Sequence[int]) -> Iterator[tuple[str, Hit]]:
        if numbers:
            for inhoud in conn.execute(self._load, {"numbers": numbers}).scalars():
                hit = judge(_decoder.decode(inhoud), delen)
                if hit is not None:
                    yield hit.document.id, hit

    # the steps, from what was typed to what may have been meant

    def _typed(self, conn: Connection, delen: Vraagdelen, limit: int) -> Iterator[list[int]]:
        sifts = _is_sifted(delen)
        few = limit + 5
        # Names that were cut are found by the full text, if their words are long enough to be in it.
        names = CUT if sifts and any(len(woord) < SHORT for woord in delen.woorden) else few
        yield self._in_ranges(conn, typed_ranges(delen), CUT if sifts else few, names)
        if sifts and len(groups := _groups(delen, _as_typed)) > 1:
            yield self._tekst.find(conn, groups, CUT)

    def _anywhere(self, conn: Connection, delen: Vraagdelen, limit: int) -> Iterator[list[int]]:
        if delen.woorden and not _is_sifted(delen):
            yield self._tekst.find(conn, _groups(delen, _as_typed), CUT if len(delen.woorden) > 1 else 2 * limit)

    def _otherwise(self, conn: Connection, delen: Vraagdelen, limit: int) -> Iterator[list[int]]:
        if delen.straat:
            near = self._corrections(conn, delen.straat)
            yield self._in_ranges(conn, (street_range(woord, delen.vraag.huisnummer) for woord in near), CUT)
        if not delen.woorden:
            return
        near_words = {woord: self._corrections(conn, woord) for woord in delen.woorden}
        half = max(1, limit // 2)
        if len(delen.woorden) == 1:
            near = near_words[delen.woorden[0]]
            ranges = [*name_ranges([[f"{woord} " for woord in near]]), *(street_range(woord, None) for woord in near)]
            yield self._in_ranges(conn, ranges, half)
        else:
            pairs = [[woord, *near_words[woord][:2]] for woord in delen.woorden[:2]]
            yield self._in_ranges(conn, name_ranges(pairs), half)
        groups = _groups(delen, lambda woord: _as_heard(woord, near_words[woord]))
        yield self._tekst.find(conn, groups, CUT if len(groups) > 1 else 2 * limit)

    # how the database is asked

    def _in_ranges(self, conn: Connection, ranges: Iterable[Bereik], cut: int, names: int = 0) -> list[int]:
        """The documents whose keys lie in these ranges, at most `cut` of each, of names at most `names`.

        The shortest completions come first.
        """
        distinct = list(dict.fromkeys(ranges))[:_MAX_RANGES]
        if not distinct:
            return []
        values: dict[str, Any] = {}
        for nr, (soort, begin) in enumerate(distinct):
            most = names if names and soort in NAMES else cut
            values |= {f"s{nr}": soort, f"l{nr}": begin, f"h{nr}": begin + END, f"c{nr}": most}
        return list(conn.execute(self._ranges(len(distinct)), values).scalars())

    def _select_ranges(self, aantal: int) -> Select[Any] | Any:
        key = self._sleutel.c
        parts = [
            select(
                select(key.nr)
                .where(key.soort == bindparam(f"s{nr}"))
                .where(key.waarde >= bindparam(f"l{nr}"), key.waarde < bindparam(f"h{nr}"))
                .order_by(key.soort, key.waarde, key.nr)
                .limit(bindparam(f"c{nr}"))
                .subquery(f"r{nr}")
            )
            for nr in range(aantal)
        ]
        return parts[0] if len(parts) == 1 else union_all(*parts)

    def _corrections(self, conn: Connection, woord: str) -> list[str]:
        """Known words that are a typing error away, the nearest first."""
        errors = allowed_errors(woord)
        if not errors:
            return []
        known = conn.execute(self._words, {"variants": variants(woord)}).scalars()
        measured = ((OSA.distance(woord, other, score_cutoff=errors), other) for other in known)
        near = sorted((distance, other) for distance, other in measured if 0 < distance <= errors)
        return [other for _, other in near[:_MAX_CORRECTIONS]]


def _is_sifted(delen: Vraagdelen) -> bool:
    """Whether the keys alone do not hold everything that was asked."""
    vraag = delen.vraag
    has_more = bool(vraag.postcode or vraag.geboortedatum or delen.plaats or vraag.huisletter or vraag.toevoeging)
    return len(delen.woorden) > 2 or (bool(delen.woorden) and has_more) or bool(delen.straat)


def _groups(delen: Vraagdelen, terms: Callable[[str], list[str]]) -> list[list[str]]:
    """What must stand together: each word in one of its forms, and what else was asked."""
    vraag = delen.vraag
    groups = [found for woord in dict.fromkeys(delen.woorden) if (found := terms(woord))]
    if groups and vraag.geboortedatum and vraag.soort is not Soortvraag.KVK_NUMMER:
        groups.append(date_terms(vraag.geboortedatum)[-1:])
    if groups and len(vraag.postcode) == 6:
        groups.append([vraag.postcode.lower()])
    return groups


def _as_typed(woord: str) -> list[str]:
    if woord.isdigit():
        return [woord, *date_terms(woord)] if len(woord) == _YEAR else [woord]
    return [begin_term(woord)] if len(woord) >= SHORT else []


def _as_heard(woord: str, near: Sequence[str]) -> list[str]:
    found = _as_typed(woord)
    if found and not woord.isdigit():
        found.append(sound_term(klank(woord)))
        found += [begin_term(other) for other in near]
    return list(dict.fromkeys(found))


def _order(hit: Hit) -> tuple[float, str, str]:
    return -hit.score, hit.document.geslachtsnaam or hit.document.naam, hit.document.naam
