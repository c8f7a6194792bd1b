"""Lists of several sources as one: the default's rows first, then those of the next, page by page.

Each row comes once and `count` is of all of them, so that a list can be paged to its end and to any place in it. Within
a page the rows stand in the order that was asked. A source that does not answer is left out and named; where nothing is
left of the page, that is told instead.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from kcs_desktop.backend.gateway.antwoord import Antwoord
from kcs_desktop.backend.problem import HttpProblem

Json = dict[str, Any]
B = TypeVar("B")
ONVOLLEDIG = "X-KCS-Onvolledig"
PAGE_SIZE = 100
MAX_PAGE_SIZE = 500


class Blad(msgspec.Struct, frozen=True):
    """One page of one source, or of all. `count` is the total, by which rows have their places. `fout` is the source's
    refusal of the question."""

    rows: list[Json]
    count: int
    is_last: bool
    fout: Antwoord | None = None


class _Refused(Exception):
    """A page after the first was refused by the source that has it."""

    def __init__(self, fout: Antwoord) -> None:
        super().__init__(fout.code)
        self.fout = fout


class Samen(msgspec.Struct, frozen=True):
    """A page of all sources. `ontbreekt` are the names of those that did not answer."""

    blad: Blad
    ontbreekt: tuple[str, ...] = ()


def incomplete(ontbreekt: Sequence[str]) -> dict[str, str]:
    """The header that names the sources that did not answer; the standard has no place for it."""
    return {ONVOLLEDIG: ",".join(quote(naam, safe=" ") for naam in ontbreekt)} if ontbreekt else {}


def capped(asked: Mapping[str, str]) -> dict[str, str]:
    """The same question for pages of at most what an embedded register gives, of which it says nothing either."""
    size = asked.get("pageSize", "")
    is_larger = size.isascii() and size.isdigit() and (len(size) > 9 or int(size) > MAX_PAGE_SIZE)
    return {**asked, "pageSize": str(MAX_PAGE_SIZE)} if is_larger else dict(asked)


def place_of(asked: Mapping[str, str]) -> tuple[int, int]:
    """Which page is asked, of how many rows."""
    size = _number(asked.get("pageSize", ""), PAGE_SIZE)
    return _number(asked.get("page", ""), 1), min(size, MAX_PAGE_SIZE)


def asked_for_page(asked: Mapping[str, str], number: int) -> dict[str, str]:
    """The same question for this page of it."""
    rest = {name: value for name, value in asked.items() if name != "page"}
    return {**rest, "page": str(number)} if number > 1 else rest


def blad_of(antwoord: Antwoord) -> Blad:
    """The page that a source gave, or its refusal; beyond its last page it says that there is none."""
    if antwoord.is_error:
        return Blad([], 0, is_last=True, fout=antwoord)
    rows, count = antwoord.gegevens["results"], antwoord.gegevens.get("count")
    return Blad(rows, count if isinstance(count, int) else len(rows), not antwoord.gegevens.get("next"))


def page_of(blad: Blad, asked: Mapping[str, str], address: str) -> Json:
    """The standard's page, with what comes next and before at our own address."""
    number, _ = place_of(asked)

    def at(to: int) -> str:
        query = urlencode(asked_for_page(asked, to))
        return f"{address}?{query}" if query else address

    return {
        "count": blad.count,
        "next": None if blad.is_last else at(number + 1),
        "previous": at(number - 1) if number > 1 else None,
        "results": blad.rows,
    }


async def merged(
    bronnen: Sequence[B],
    naam_of: Callable[[B], str],
    ask: Callable[[B, int], Awaitable[Blad]],
    asked: Mapping[str, str],
    *,
    paged: bool = True,
) -> Samen:
    """The page that `asked` names, or all rows of lists that have no pages. `ask` gives a page of one source; beyond
    its last an empty one.

    Raises what the default source raised, where none of them answered; its refusal of the question counts for all. What
    keeps the whole page from being shown is raised too.
    """
    number, size = place_of(asked)
    firsts = await asyncio.gather(*(ask(bron, 1) for bron in bronnen), return_exceptions=True)
    if isinstance(firsts[0], Blad) and firsts[0].fout is not None:
        return Samen(firsts[0])
    if not paged:
        number, size = 1, max(1, sum(first.count for first in firsts if isinstance(first, Blad)))
    rows: list[Json] = []
    missing: list[str] = []
    begin, total = (number - 1) * size, 0
    failed: HttpProblem | _Refused | None = None
    for bron, first in zip(bronnen, firsts, strict=True):
        if isinstance(first, Blad) and first.fout is None:
            here = max(begin - total, 0), min(begin + size - total, first.count)
            try:
                rows += await _between(bron, first, ask, size, *here)
            except (HttpProblem, _Refused) as problem:
                failed = failed or problem
                missing.append(naam_of(bron))
            total += first.count
        elif isinstance(first, BaseException) and not isinstance(first, HttpProblem):
            raise first
        else:
            missing.append(naam_of(bron))
    if len(missing) == len(bronnen) and isinstance(firsts[0], BaseException):
        raise firsts[0]
    if failed is not None and not rows:
        if isinstance(failed, HttpProblem):
            raise failed
        return Samen(Blad([], 0, is_last=True, fout=failed.fout))
    is_last = begin + size >= total
    return Samen(Blad(_ordered(rows, asked.get("ordering", "")), total, is_last), tuple(missing))


async def found_at(bronnen: Sequence[B], ask: Callable[[B], Awaitable[Antwoord]]) -> tuple[B, Antwoord]:
    """The first source that has one object, and its answer. Raises HttpProblem where one of them did not answer and no
    other has it: it may be there."""
    problem: HttpProblem | None = None
    absent = bronnen[0], Antwoord(404, {})
    for bron in bronnen:
        try:
            antwoord = await ask(bron)
        except HttpProblem as error:
            problem = problem or error
            continue
        if antwoord.status != 404:
            return bron, antwoord
        absent = bron, antwoord
    if problem is not None:
        raise problem
    return absent


async def _between(
    bron: B, first: Blad, ask: Callable[[B, int], Awaitable[Blad]], size: int, begin: int, end: int
) -> list[Json]:
    """The rows of one source from `begin` to `end` of its own list: of one page, or the end of one and the next. Raises
    HttpProblem, _Refused."""
    rows: list[Json] = []
    for number in range(begin // size + 1, (end - 1) // size + 2) if begin < end else ():
        page = first if number == 1 else await ask(bron, number)
        if page.fout is not None:
            raise _Refused(page.fout)
        before = (number - 1) * size
        rows += page.rows[max(begin - before, 0) : end - before]
    return rows


def _ordered(rows: list[Json], ordering: str) -> list[Json]:
    """By the fields of `ordering`, each descending with a minus before it; an empty value after all others. A field
    that is named again changes nothing."""
    ways: dict[str, bool] = {}
    for name in filter(None, (part.strip() for part in ordering.split(","))):
        ways.setdefault(name.removeprefix("-"), name.startswith("-"))
    for field, descending in reversed(ways.items()):
        filled = [row for row in rows if row.get(field)]
        empty = [row for row in rows if not row.get(field)]
        rows = [*sorted(filled, key=lambda row: str(row[field]), reverse=descending), *empty]
    return rows


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0 else otherwise
