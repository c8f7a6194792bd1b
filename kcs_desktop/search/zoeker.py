"""Searching: short ranges of the key tree, then the full text, then what is spelled otherwise; the judge orders.

Never sorts in the database and never reads an unbounded list: a prefix of one letter may hold a hundred thousand keys.
What the keys hold together (a name of two words, a postcode with its number) is cut to what is shown, because there
every key fits equally; what the judge must still sift is cut at 100, and asked of the full text as well, which
intersects whole lists, so that the right one is not cut away before it was looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
from rapidfuzz.distance import OSA

from kcs_desktop.domain.zoeken import Soortvraag, Zoekvraag
from kcs_desktop.search.bereiken import END, NAMES, Bereik, name_ranges, street_range, typed_ranges
from kcs_desktop.search.document import Document, Hit
from kcs_desktop.search.klank import klank
from kcs_desktop.search.lezer import Kandidaat, Lezer, PostgresLezer, SqliteLezer, Verbinding
from kcs_desktop.search.rangschikking import Vraagdelen, judge, split
from kcs_desktop.search.sleutels import date_terms, variants
from kcs_desktop.search.tables import Zoektabellen
from kcs_desktop.search.vergelijk import allowed_errors
from kcs_desktop.search.volletekst import SHORT, begin_term, sound_term

CUT = 100
_ENOUGH = 20  # hits with which the next, looser way is not tried
_MAX_CORRECTIONS = 6
_MAX_KNOWN = 2000
_MAX_RANGES = 24
_YEAR = 4  # digits
_decoder = msgspec.json.Decoder(Document)


class Superseded(Exception):
    """The search was given up because nobody waits for it any more."""


class Zoeker:
    """Searches one set of tables. Holds no state but its statements, so threads may share it."""

    def __init__(self, tables: Zoektabellen) -> None:
        self._lezers: dict[bool, Lezer] = {True: PostgresLezer(tables), False: SqliteLezer(tables)}

    def search(
        self, conn: Verbinding, vraag: Zoekvraag, limit: int = 20, *, is_stale: Callable[[], bool] = lambda: False
    ) -> list[Hit]:
        """The best hits, best first; equal ones by name. An empty question finds nothing.

        `is_stale` is asked between the steps; Superseded is raised once it says so.
        """
        zoektocht = _Zoektocht(conn, self._lezers[conn.dialect.name == "postgresql"], split(vraag), limit)
        return zoektocht.hits(is_stale)


class _Zoektocht:
    """One question on its way through the steps."""

    def __init__(self, conn: Verbinding, lezer: Lezer, delen: Vraagdelen, limit: int) -> None:
        self._conn = conn
        self._lezer = lezer
        self._delen = delen
        self._limit = limit

    def hits(self, is_stale: Callable[[], bool]) -> list[Hit]:
        enough = min(_ENOUGH, self._limit)
        hits: dict[str, Hit] = {}
        seen: set[int] = set()
        for step in (self._typed, self._anywhere, self._otherwise):
            if len(hits) >= enough:
                break
            for candidates in step():
                if is_stale():
                    raise Superseded
                for nr, inhoud in candidates:
                    if nr not in seen:
                        seen.add(nr)
                        hit = judge(_decoder.decode(inhoud), self._delen)
                        if hit is not None:
                            hits[hit.document.id] = hit
        return sorted(hits.values(), key=_order)[: self._limit]

    # the steps, from what was typed to what may have been meant

    def _typed(self) -> Iterator[Sequence[Kandidaat]]:
        delen = self._delen
        if not _is_sifted(delen):
            few = self._limit + 5
            yield self._in_ranges(typed_ranges(delen), few, few)
            return
        ranges = list(typed_ranges(delen))
        if len(groups := _groups(delen, _as_typed)) > 1:
            found = self._with_terms(groups, CUT)
            yield found
            if len(found) < CUT and _is_all_in_terms(delen):
                ranges = [bereik for bereik in ranges if bereik[0] not in NAMES]
        # Names that were cut are found by the full text, if their words are long enough to be in it.
        names = CUT if any(len(woord) < SHORT for woord in delen.woorden) else self._limit + 5
        yield self._in_ranges(ranges, CUT, names)

    def _anywhere(self) -> Iterator[Sequence[Kandidaat]]:
        delen = self._delen
        if not delen.woorden or _is_sifted(delen):
            return
        groups = _groups(delen, _as_typed)
        # A word and the first letters of another: the keys have such names in either order, and of a common word alone
        # the full text could only give some, after reading all.
        if len(groups) > 1 or len(delen.woorden) == 1:
            yield self._with_terms(groups, CUT if len(groups) > 1 else 2 * self._limit)

    def _otherwise(self) -> Iterator[Sequence[Kandidaat]]:
        delen = self._delen
        if delen.straat:
            near = self._corrections([delen.straat])[delen.straat]
            yield self._in_ranges((street_range(woord, delen.vraag.huisnummer) for woord in near), CUT)
        if not delen.woorden:
            return
        near_words = self._corrections(delen.woorden)
        half = max(1, self._limit // 2)
        if len(delen.woorden) == 1:
            near = near_words[delen.woorden[0]]
            ranges = [*name_ranges([[f"{woord} " for woord in near]]), *(street_range(woord, None) for woord in near)]
            yield self._in_ranges(ranges, half)
        else:
            pairs = [[woord, *near_words[woord][:2]] for woord in delen.woorden[:2]]
            yield self._in_ranges(name_ranges(pairs), half)
        groups = _groups(delen, lambda woord: _as_heard(woord, near_words[woord]))
        yield self._with_terms(groups, CUT if len(groups) > 1 else 2 * self._limit)

    # how the index is asked

    def _in_ranges(self, ranges: Iterable[Bereik], cut: int, names: int = 0) -> Sequence[Kandidaat]:
        """What lies in these ranges, at most `cut` of each, of names at most `names`; shortest completions first."""
        distinct = list(dict.fromkeys(ranges))[:_MAX_RANGES]
        if not distinct:
            return ()
        return self._lezer.in_ranges(
            self._conn,
            [
                (soort.value, begin, begin + END, names if names and soort in NAMES else cut)
                for soort, begin in distinct
            ],
        )

    def _with_terms(self, groups: Sequence[Sequence[str]], cut: int) -> Sequence[Kandidaat]:
        if not groups or not all(groups):
            return ()
        return self._lezer.with_terms(self._conn, groups, cut)

    def _corrections(self, woorden: Sequence[str]) -> dict[str, list[str]]:
        """Of each word the known words that are a typing error away, the nearest first."""
        fuzzy = [woord for woord in dict.fromkeys(woorden) if allowed_errors(woord)]
        found: dict[str, list[str]] = {woord: [] for woord in woorden}
        if not fuzzy:
            return found
        asked = list(dict.fromkeys(variant for woord in fuzzy for variant in variants(woord)))
        known = self._lezer.known_words(self._conn, asked, _MAX_KNOWN * len(fuzzy))
        for woord in fuzzy:
            errors = allowed_errors(woord)
            measured = ((OSA.distance(woord, other, score_cutoff=errors), other) for other in known)
            near = sorted((distance, other) for distance, other in measured if 0 < distance <= errors)
            found[woord] = [other for _, other in near[:_MAX_CORRECTIONS]]
        return found


def _is_sifted(delen: Vraagdelen) -> bool:
    """Whether the keys alone do not hold everything that was asked."""
    vraag = delen.vraag
    has_more = bool(vraag.postcode or vraag.geboortedatum or delen.plaats or vraag.huisletter or vraag.toevoeging)
    return len(delen.woorden) > 2 or (bool(delen.woorden) and has_more) or bool(delen.straat)


def _is_all_in_terms(delen: Vraagdelen) -> bool:
    """Whether everybody who has the words of the question as they were typed has its terms too.

    Not for a number, which may be the beginning of one, nor for a birth date, which is not known of everybody.
    """
    return not (delen.heeft_cijfer or delen.vraag.geboortedatum)


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
