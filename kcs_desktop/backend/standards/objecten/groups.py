"""Fields that hold objects: groups of fields, references to other objects, and lists of references."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from operator import attrgetter
from typing import Any

from kcs_desktop.backend.standards.objecten.fields import (
    NOT_A_LIST,
    Field,
    ListOf,
    Mention,
    Named,
    Parsed,
    parse_uuid,
    read_fields,
)

NOT_AN_OBJECT = "Ongeldige data. Verwacht werd een object."
NOT_AN_ADDRESS = "Dit is geen geldig adres van een object."


class Group(Field, frozen=True, kw_only=True):
    """An object kept in columns that share a prefix. Giving the group replaces it as a whole; null empties it."""

    fields: tuple[Field, ...]

    def read(self, value: Any, path: str, parsed: Parsed) -> None:
        if value is None and not self.nullable:
            parsed.wrong(path, "null", "Dit veld mag niet leeg zijn.")
            return
        if value is not None and not isinstance(value, Mapping):
            parsed.wrong(path, "invalid", NOT_AN_OBJECT)
            return
        inner = Parsed(problems=parsed.problems)
        read_fields(self.fields, value or {}, inner, partial=value is None, path=f"{path}.")
        for field in self.fields:
            empty = None if field.nullable else field.default if field.default is not None else ""
            parsed.values[self.column + field.column] = inner.values.get(field.column, empty)
        parsed.mentions.extend(inner.mentions)

    def representer(self) -> Callable[[Any], dict[str, Any] | None]:
        """Makes the object from a row, or null when nothing in it is filled. Ask for it once: it is made for rows by
        the hundred."""
        read = attrgetter(*(self.column + field.column for field in self.fields))  # two or more: gives a tuple
        fields = tuple((field.wire, cannot_be_empty(field)) for field in self.fields)

        def represent(row: Any) -> dict[str, Any] | None:
            values: tuple[Any, ...] = read(row)
            if not any(values) and all(value is None or value == "" for value in values):
                return None
            return {
                wire: value
                for (wire, never_empty), value in zip(fields, values, strict=True)
                if not (never_empty and value == "")
            }

        return represent


def cannot_be_empty(field: Field) -> bool:
    """Whether the standard's own schema forbids an empty text here; then an empty one is left out of an answer."""
    return bool(getattr(field, "pattern", "") or getattr(field, "minimum", 0) or getattr(field, "check", None))


class JsonGroup(Group, frozen=True, kw_only=True):
    """The same, kept as one JSON value: for objects that nobody searches by their parts."""

    def read(self, value: Any, path: str, parsed: Parsed) -> None:
        inner = Parsed(problems=parsed.problems)
        super().read(value, path, inner)
        kept = {
            field.wire: inner.values.get(self.column + field.column)
            for field in self.fields
            if inner.values.get(self.column + field.column) not in ("", None) or not cannot_be_empty(field)
        }
        filled = value is not None and any(item not in ("", None) for item in kept.values())
        parsed.values[self.column] = kept if filled else None


class Reference(Field, frozen=True, kw_only=True):
    """`{"uuid": …}` of another object."""

    table: str

    def read(self, value: Any, path: str, parsed: Parsed) -> None:
        if value is None:
            self.read_null(path, parsed)
            return
        uuid = read_reference(value, path, parsed)
        if uuid is not None:
            parsed.values[self.column] = uuid
            parsed.mentions.append(Mention(self.table, uuid, f"{path}.uuid"))


class References(Field, frozen=True, kw_only=True):
    """A list of `{"uuid": …}`; the relation is stored on the other side, so it lands in `links`."""

    table: str

    def read(self, value: Any, path: str, parsed: Parsed) -> None:
        if value is None and self.nullable:
            parsed.links[self.wire] = []
            return
        if value is None:
            parsed.wrong(path, "null", "Dit veld mag niet leeg zijn.")
            return
        if not isinstance(value, list):
            parsed.wrong(path, "not_a_list", NOT_A_LIST)
            return
        uuids: list[str] = []
        for index, item in enumerate(value):
            uuid = read_reference(item, f"{path}.{index}", parsed)
            if uuid is not None:
                parsed.mentions.append(Mention(self.table, uuid, f"{path}.{index}.uuid"))
                if uuid not in uuids:
                    uuids.append(uuid)
        parsed.links[self.wire] = uuids


class LinkedReference(Field, frozen=True, kw_only=True):
    """One `{"uuid": …}` or null whose relation is stored on the other side."""

    table: str

    def read(self, value: Any, path: str, parsed: Parsed) -> None:
        if value is None:
            if self.nullable:
                parsed.links[self.wire] = None
            else:
                parsed.wrong(path, "null", "Dit veld mag niet leeg zijn.")
            return
        uuid = read_reference(value, path, parsed)
        if uuid is not None:
            parsed.links[self.wire] = uuid
            parsed.mentions.append(Mention(self.table, uuid, f"{path}.uuid"))


class Address(Field, frozen=True, kw_only=True):
    """The address of another object, of `resource` in one of our own registers; kept as its uuid.

    Under which host it was written does not matter: the same backend is reached under several, and from inside it
    under none.
    """

    table: str
    resource: str

    def read(self, value: Any, path: str, parsed: Parsed) -> None:
        if value is None or value == "":
            self.read_null(path, parsed)
            return
        uuid = uuid_of_address(value, self.resource)
        if uuid is None:
            parsed.wrong(path, "bad-url", NOT_AN_ADDRESS)
            return
        parsed.values[self.column] = uuid
        parsed.mentions.append(Mention(self.table, uuid, path))

    def named(self, value: Any) -> Sequence[Named]:
        uuid = uuid_of_address(value, self.resource)
        return [Named(self.table, self.resource, uuid)] if uuid else []

    def held(self, stored: Any) -> Sequence[Named]:
        return [Named(self.table, self.resource, stored)] if stored else []

    def with_hidden(self, value: Any, stored: Any, hidden: Container[str]) -> Any:
        """One can be put in its place, but what was shown as none takes nothing away."""
        return f"/{self.resource}/{stored}" if value in (None, "") and stored in hidden else value


class Addresses(ListOf, frozen=True, kw_only=True):
    """A list of addresses of objects of `resource`; kept as a list of their uuids."""

    table: str
    resource: str

    def accept_items(self, items: list[Any], path: str, parsed: Parsed) -> Any:
        uuids: list[str] = []
        for index, item in enumerate(items):
            uuid = uuid_of_address(item, self.resource)
            if uuid is None:
                parsed.wrong(f"{path}.{index}", "bad-url", NOT_AN_ADDRESS)
            elif uuid not in uuids:
                uuids.append(uuid)
                parsed.mentions.append(Mention(self.table, uuid, f"{path}.{index}"))
        return uuids


class Objects(ListOf, frozen=True, kw_only=True):
    """A list of objects that nobody searches by their parts; kept as one JSON value in the standard's names. The
    addresses in it may be of another server, so that nothing need be there; `of` tells which of ours they may be."""

    fields: tuple[Field, ...]
    of: Address | None = None

    def named(self, value: Any) -> Sequence[Named]:
        if self.of is None or not isinstance(value, list):
            return []
        return [one for item in value if isinstance(item, Mapping) for one in self.of.named(item.get(self.of.wire))]

    def with_hidden(self, value: Any, stored: Any, hidden: Container[str]) -> Any:
        if not isinstance(value, list):
            return value
        given = {one.uuid for one in self.named(value)}
        untold = (item for item in stored or () if any(one.uuid in hidden for one in self.named([item])))
        return [*value, *(item for item in untold if given.isdisjoint(one.uuid for one in self.named([item])))]

    def accept_items(self, items: list[Any], path: str, parsed: Parsed) -> Any:
        made: list[dict[str, Any]] = []
        for index, item in enumerate(items):
            inner = Parsed(problems=parsed.problems)
            JsonGroup(wire="", column="it", fields=self.fields).read(item, f"{path}.{index}", inner)
            parsed.mentions.extend(inner.mentions)
            made.append(inner.values.get("it") or {})
        return made


def uuid_of_address(value: object, resource: str) -> str | None:
    """The uuid in the address of an object of this resource, or None for what is no such address."""
    if not isinstance(value, str) or not value.startswith(("http://", "https://", "/")):
        return None
    before, _, last = value.rstrip("/").rpartition("/")
    return parse_uuid(last) if before.endswith(f"/{resource}") else None


def read_reference(value: Any, path: str, parsed: Parsed) -> str | None:
    """The uuid of a reference, or None after noting what is wrong."""
    if not isinstance(value, Mapping):
        parsed.wrong(path, "invalid", NOT_AN_OBJECT)
    elif "uuid" not in value:
        parsed.wrong(f"{path}.uuid", "required", "Dit veld is vereist.")
    elif value["uuid"] is None:
        parsed.wrong(f"{path}.uuid", "null", "Dit veld mag niet leeg zijn.")
    elif (uuid := parse_uuid(value["uuid"])) is None:
        parsed.wrong(f"{path}.uuid", "invalid", "Dit is geen geldige UUID.")
    else:
        return uuid
    return None
