"""What one field of a body may hold, and which column it fills.

Wrong values are collected, so that all are told at once. The codes and names are Open Klant's; the reasons are Dutch.
Nothing here touches the database.
"""

from __future__ import annotations

import re
from abc import ABCMeta, abstractmethod
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from kcs_desktop.backend.problem import InvalidParam
from kcs_desktop.domain.errors import InvalidInput

NOT_A_LIST = "Ongeldige data. Verwacht werd een lijst."
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# NUL and the other control characters, except tab and line ends; lone surrogates cannot be stored as UTF-8.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


class Mention(msgspec.Struct, frozen=True):
    """A reference in a body to another object of the register, whose existence is still to be checked."""

    table: str
    uuid: str
    path: str


class Named(msgspec.Struct, frozen=True):
    """An object of one of our own registers that a body names by its address."""

    table: str
    resource: str
    uuid: str


class Parsed(msgspec.Struct):
    """A body after parsing: columns, references to check, and relations that are stored elsewhere."""

    values: dict[str, Any] = msgspec.field(default_factory=dict)
    mentions: list[Mention] = msgspec.field(default_factory=list)
    links: dict[str, Any] = msgspec.field(default_factory=dict)
    problems: list[InvalidParam] = msgspec.field(default_factory=list)

    def wrong(self, path: str, code: str, reason: str) -> None:
        self.problems.append(InvalidParam(path, code, reason))


class _AbstractStruct(msgspec.StructMeta, ABCMeta):
    """A Struct of which some methods are still to be written."""


class Field(msgspec.Struct, frozen=True, kw_only=True, metaclass=_AbstractStruct):
    """`wire` is the standard's name, `column` ours. `default` is what a new object gets when the field is absent."""

    wire: str
    column: str = ""
    required: bool = False
    nullable: bool = False
    default: Any = None

    @abstractmethod
    def read(self, value: Any, path: str, parsed: Parsed) -> None:
        """Put the value into `parsed`, or say what is wrong with it."""

    def named(self, value: Any) -> Sequence[Named]:
        """What this value names that somebody must be able to reach."""
        return ()

    def held(self, stored: Any) -> Sequence[Named]:
        """The same of what is in the column."""
        return self.named(stored)

    def with_hidden(self, value: Any, stored: Any, hidden: Container[str]) -> Any:
        """The value that was given with what its sender was not told: of what is stored, that which names these."""
        return value

    def read_null(self, path: str, parsed: Parsed) -> None:
        """The column becomes empty, where it may."""
        if self.nullable:
            parsed.values[self.column] = None
        else:
            parsed.wrong(path, "null", "Dit veld mag niet leeg zijn.")


class Value(Field, frozen=True, kw_only=True):
    """A field of which the value itself goes into the column."""

    def read(self, value: Any, path: str, parsed: Parsed) -> None:
        if value is None:
            self.read_null(path, parsed)
            return
        accepted = self.accept(value, path, parsed)
        if accepted is not None:
            parsed.values[self.column] = accepted

    @abstractmethod
    def accept(self, value: Any, path: str, parsed: Parsed) -> Any:
        """The value for the column, or None after noting what is wrong."""


def check_text(value: str) -> bool:
    """Whether a text can be stored and given back as it is."""
    return _FORBIDDEN.search(value) is None


class Text(Value, frozen=True, kw_only=True):
    """Text is data: kept as it comes, never trimmed, cleaned or rendered."""

    maximum: int
    minimum: int = 0
    blank: bool = True
    pattern: str = ""
    check: Callable[[str], str] | None = None  # an objection in Dutch, or ""

    def accept(self, value: Any, path: str, parsed: Parsed) -> Any:
        if not isinstance(value, str):
            parsed.wrong(path, "invalid", "Geen geldige tekst.")
        elif not check_text(value):
            parsed.wrong(path, "invalid", "Deze tekst bevat tekens die niet bewaard kunnen worden.")
        elif not value.strip() and not self.blank:
            parsed.wrong(path, "blank", "Dit veld mag niet leeg zijn.")
        elif len(value) > self.maximum:
            parsed.wrong(path, "max_length", f"Dit veld mag niet langer zijn dan {self.maximum} tekens.")
        elif value and len(value) < self.minimum:
            parsed.wrong(path, "min_length", f"Dit veld moet minstens {self.minimum} tekens hebben.")
        elif value and self.pattern and not re.fullmatch(self.pattern, value):
            parsed.wrong(path, "invalid", "Deze waarde heeft niet de juiste vorm.")
        elif value and self.check is not None and (objection := self.check(value)):
            parsed.wrong(path, "invalid", objection)
        else:
            return value
        return None


class Flag(Value, frozen=True, kw_only=True):
    """true or false."""

    def accept(self, value: Any, path: str, parsed: Parsed) -> Any:
        if isinstance(value, bool):
            return value
        parsed.wrong(path, "invalid", "Dit moet true of false zijn.")
        return None


class Choice(Value, frozen=True, kw_only=True):
    """One of the standard's words."""

    choices: tuple[str, ...]

    def accept(self, value: Any, path: str, parsed: Parsed) -> Any:
        if isinstance(value, str) and value in self.choices:
            return value
        parsed.wrong(path, "invalid_choice", f"Dit is geen geldige keuze. Kies uit: {', '.join(self.choices)}.")
        return None


class Whole(Value, frozen=True, kw_only=True):
    """A whole number within bounds."""

    minimum: int
    maximum: int

    def accept(self, value: Any, path: str, parsed: Parsed) -> Any:
        if not isinstance(value, int) or isinstance(value, bool):
            parsed.wrong(path, "invalid", "Dit moet een geheel getal zijn.")
        elif value < self.minimum:
            parsed.wrong(path, "min_value", f"Dit getal moet minstens {self.minimum} zijn.")
        elif value > self.maximum:
            parsed.wrong(path, "max_value", f"Dit getal mag hoogstens {self.maximum} zijn.")
        else:
            return value
        return None


class Moment(Value, frozen=True, kw_only=True):
    """A date and time; without a zone it is meant in Amsterdam."""

    def accept(self, value: Any, path: str, parsed: Parsed) -> Any:
        moment = parse_moment(value) if isinstance(value, str) else None
        if moment is None:
            parsed.wrong(path, "invalid", "Dit is geen geldige datum met tijd, zoals 2026-11-24T14:05:00Z.")
        return moment


class Day(Value, frozen=True, kw_only=True):
    """A date."""

    def accept(self, value: Any, path: str, parsed: Parsed) -> Any:
        day = parse_day(value) if isinstance(value, str) else None
        if day is None:
            parsed.wrong(path, "invalid", "Dit is geen geldige datum, zoals 2026-11-24.")
        return day


class TextMap(Value, frozen=True, kw_only=True):
    """An object whose values are short texts, none of them empty.

    The standard bounds the values only; the bounds on keys keep one object from filling the register. They are
    checked first, so that a refusal never lists more keys than that, nor a longer one.
    """

    maximum: int
    max_keys: int = 100
    max_key: int = 100

    def accept(self, value: Any, path: str, parsed: Parsed) -> Any:
        if not isinstance(value, Mapping):
            parsed.wrong(path, "invalid", "Dit moet een object met teksten zijn.")
            return None
        if len(value) > self.max_keys:
            parsed.wrong(path, "max_length", f"Dit object mag niet meer dan {self.max_keys} sleutels hebben.")
            return None
        before = len(parsed.problems)
        inner = Text(wire="", column="", maximum=self.maximum, blank=False)
        for key, text in value.items():
            if len(key) > self.max_key:
                parsed.wrong(path, "max_length", f"Een sleutel mag niet langer zijn dan {self.max_key} tekens.")
            elif not check_text(key):
                parsed.wrong(path, "invalid", "Een sleutel bevat tekens die niet bewaard kunnen worden.")
            else:
                inner.accept(text, f"{path}.{key}", parsed)
        return dict(value) if len(parsed.problems) == before else None


class ListOf(Value, frozen=True, kw_only=True):
    """A list of at most `most` items."""

    most: int = 100

    def accept(self, value: Any, path: str, parsed: Parsed) -> Any:
        if not isinstance(value, list):
            parsed.wrong(path, "not_a_list", NOT_A_LIST)
        elif len(value) > self.most:
            parsed.wrong(path, "max_length", f"Deze lijst mag niet langer zijn dan {self.most}.")
        else:
            return self.accept_items(value, path, parsed)
        return None

    @abstractmethod
    def accept_items(self, items: list[Any], path: str, parsed: Parsed) -> Any:
        """The value for the column, or None after noting what is wrong in it."""


class Texts(ListOf, frozen=True, kw_only=True):
    """A list of texts that are not empty, each of at most `maximum` characters."""

    maximum: int
    check: Callable[[str], str] | None = None

    def accept_items(self, items: list[Any], path: str, parsed: Parsed) -> Any:
        before = len(parsed.problems)
        inner = Text(wire="", maximum=self.maximum, blank=False, check=self.check)
        for index, text in enumerate(items):
            inner.accept(text, f"{path}.{index}", parsed)
        return items if len(parsed.problems) == before else None


def parse_moment(value: str) -> datetime | None:
    """An ISO 8601 moment in UTC, or None."""
    if len(value) < 16:
        return None
    try:
        moment = datetime.fromisoformat(value.replace("z", "Z"))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=AMSTERDAM)
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if 1 < moment.year < 9999 else None


def parse_day(value: str) -> date | None:
    """An ISO 8601 date, or None."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def parse_uuid(value: object) -> str | None:
    """The canonical spelling of a uuid, or None."""
    if not isinstance(value, str) or len(value) not in (32, 36):
        return None
    try:
        return str(UUID(value))
    except ValueError:
        return None


def objection_of(parse: Callable[[str], object]) -> Callable[[str], str]:
    """A domain parser as a check: what it objects to, in its own words."""

    def check(value: str) -> str:
        try:
            parse(value)
        except InvalidInput as error:
            return error.message
        return ""

    return check


def read_fields(
    fields: Sequence[Field], body: Mapping[str, Any], parsed: Parsed, *, partial: bool, path: str = ""
) -> None:
    """Read the known fields of an object; unknown ones vanish. Unless `partial`, required ones must be there."""
    for field in fields:
        if field.wire in body:
            field.read(body[field.wire], path + field.wire, parsed)
        elif field.required and not partial:
            parsed.wrong(path + field.wire, "required", "Dit veld is vereist.")
