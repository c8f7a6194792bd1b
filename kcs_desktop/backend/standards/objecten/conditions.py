"""The standard's query parameters as conditions. Parameters about one related object must hold for the same one.

Values are checked here: a wrong one is a 400 that names its parameter. An empty value means the parameter is not used.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Boolean, ColumnElement, String, and_, cast, false, literal, or_, select, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import Column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.backend.standards.objecten.fields import check_text, parse_day, parse_moment, parse_uuid
from kcs_desktop.backend.standards.objecten.urls import uuid_in

_MOST = 500  # values of one parameter
_MOST_WORDS = 100  # each is looked for by itself, and SQLite takes no expression of more than 1000 deep
_LONGEST = 4000  # characters of one; SQLite looks for nothing of more than 50,000 bytes, and an escape makes 12 of one
_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "": operator.eq,
}


class Via(msgspec.Struct, frozen=True, eq=False):
    """A step to related rows: `local` here equals `remote` there."""

    local: Column[Any]
    remote: Column[Any]
    before: Via | None = None

    def path(self) -> tuple[Via, ...]:
        return (*(self.before.path() if self.before else ()), self)


Condition = Callable[[Any], ColumnElement[bool]]
Read = Callable[[str], Any]


class Filter(msgspec.Struct, frozen=True, eq=False):
    """`read` turns text into a value (None: refuse); `condition` makes SQL of it, on the row that `via` leads to.

    `scans`: no index answers it, it looks through all of them; where few hold it, those are found first.
    """

    read: Read
    condition: Condition
    via: Via | None = None
    code: str = "invalid"
    scans: bool = False


def _read_text(value: str) -> str | None:
    return value if len(value) <= _LONGEST and check_text(value) else None


def _read_texts(value: str) -> list[str] | None:
    texts = [_read_text(part.strip()) for part in value.split(",") if part.strip()]
    known = [text for text in texts if text is not None]
    return known if len(known) == len(texts) <= _MOST else None


def _read_words(value: str) -> list[str] | None:
    words = _read_texts(value)
    return words if words is not None and len(words) <= _MOST_WORDS else None


def _read_flag(value: str) -> bool | None:
    return {"true": True, "false": False}.get(value.lower())


def _read_url(value: str) -> str | None:
    # An address of something else is no error: nothing matches it.
    return (parse_uuid(uuid_in(value)) or "") if check_text(value) else None


def exact(column: Column[Any], via: Via | None = None, also: ColumnElement[bool] | None = None) -> Filter:
    """The text as a whole, of a row for which something else holds `also`."""
    return Filter(_read_text, lambda value: column == value if also is None else and_(column == value, also), via)


def one_of(column: Column[Any], via: Via | None = None) -> Filter:
    """Any of several texts, with commas between them."""
    return Filter(_read_texts, column.in_, via)


def any_of(column: Column[Any], read: Callable[[str], str | None], *, negated: bool = False) -> Filter:
    """Any, or with `negated` none, of several values with commas between them; each must be one that `read` knows."""

    def read_all(text: str) -> list[str] | None:
        values = [read(part.strip()) for part in text.split(",")]
        known = [value for value in values if value is not None]
        return known if len(known) == len(values) <= _MOST else None

    return Filter(read_all, column.not_in if negated else column.in_)


def among(choices: tuple[str, ...]) -> Callable[[str], str | None]:
    """Reads one of these words."""
    return lambda text: text if text in choices else None


def holds_all(column: Column[Any]) -> Filter:
    """A column with a JSON list of texts: every text asked stands in it."""
    return Filter(_read_words, lambda words: and_(true(), *_held(column, words)))


def holds_any(column: Column[Any]) -> Filter:
    """The same column: one of the texts asked stands in it."""
    return Filter(_read_words, lambda words: or_(false(), *_held(column, words)))


def _held(column: Column[Any], words: list[str]) -> list[ColumnElement[bool]]:
    return [cast(column, String).contains(json.dumps(word), autoescape=True) for word in words]


def contains(column: Column[Any], via: Via | None = None) -> Filter:
    """The text anywhere, capitals or not."""
    return Filter(_read_text, lambda value: column.icontains(value, autoescape=True), via)


def part_of_number(column: Column[Any]) -> Filter:
    """The same for a column of very many short texts, each of which is looked at: as cheap as the database has it."""

    def holds(value: str) -> ColumnElement[bool]:
        escaped = value.replace("/", "//").replace("%", "/%").replace("_", "/_")
        return _Holds(column, literal(f"%{escaped}%", String))

    return Filter(_read_text, holds, scans=True)


class _Holds(FunctionElement[bool]):
    """LIKE without regard to capitals. SQLite has it so for ASCII; with lower() around it, it takes thrice as long."""

    type = Boolean()
    inherit_cache = True


@compiles(_Holds)
def _ilike(element: _Holds, compiler: SQLCompiler, **options: Any) -> str:
    return _written(element, compiler, "ILIKE", options)


@compiles(_Holds, "sqlite")
def _like(element: _Holds, compiler: SQLCompiler, **options: Any) -> str:
    return _written(element, compiler, "LIKE", options)


def _written(element: _Holds, compiler: SQLCompiler, word: str, options: Mapping[str, Any]) -> str:
    column, pattern = (compiler.process(part, **options) for part in element.clauses)
    return f"({column} {word} {pattern} ESCAPE '/')"


def by_uuid(column: Column[Any], via: Via | None = None) -> Filter:
    return Filter(parse_uuid, lambda value: column == value, via)


def by_url(column: Column[Any], via: Via | None = None) -> Filter:
    return Filter(_read_url, lambda value: column == value if value else false(), via)


def flag(column: Column[Any], via: Via | None = None) -> Filter:
    return Filter(_read_flag, column.is_, via)


def choice(column: Column[Any], choices: tuple[str, ...], via: Via | None = None) -> Filter:
    return Filter(among(choices), lambda value: column == value, via, "invalid_choice")


def moment(column: Column[Any], compare: str = "") -> Filter:
    """A date with its time, compared as `day` does."""
    return Filter(parse_moment, partial(_COMPARE[compare], column))


def day(column: Column[Any], compare: str = "") -> Filter:
    """A date, equal or compared as `gt`, `gte`, `lt` or `lte` says."""
    return Filter(parse_day, partial(_COMPARE[compare], column))


def present(condition: ColumnElement[bool]) -> Filter:
    """Whether something holds at all: true or false."""
    return Filter(_read_flag, lambda value: condition if value else ~condition)


def identification(
    prefix: str, wire: str, columns: Mapping[str, Column[Any]], via: Via | None = None
) -> dict[str, Filter]:
    """The four parameters of an identification: `<prefix><wire>ObjectId`, `…CodeObjecttype` and so on."""
    return {f"{prefix}{wire}{part}": exact(column, via) for part, column in columns.items()}


def where(filters: Mapping[str, Filter], asked: Mapping[str, str]) -> ColumnElement[bool] | None:
    """One condition for all parameters asked. Raises InvalidBody with each wrong value."""
    problems: list[InvalidParam] = []
    tree = _Node()
    for name, text in asked.items():
        if text == "":
            continue
        wanted = filters[name]
        value = wanted.read(text)
        if value is None:
            reason = (
                "Kies een van de waarden van de standaard." if wanted.code == "invalid_choice" else "Ongeldige waarde."
            )
            problems.append(InvalidParam(name, wanted.code, reason))
            continue
        tree.at(wanted.via).conditions.append(wanted.condition(value))
    if problems:
        raise InvalidBody(problems)
    return tree.sql() if tree.conditions or tree.steps else None


class _Node:
    """Conditions on one row, and on the rows each step leads to."""

    def __init__(self) -> None:
        self.conditions: list[ColumnElement[bool]] = []
        self.steps: dict[Via, _Node] = {}

    def at(self, via: Via | None) -> _Node:
        node = self
        for step in via.path() if via else ():
            node = node.steps.setdefault(step, _Node())
        return node

    def sql(self) -> ColumnElement[bool]:
        related = [
            via.local.in_(select(via.remote).where(node.sql()).correlate(None)) for via, node in self.steps.items()
        ]
        return and_(*self.conditions, *related)
