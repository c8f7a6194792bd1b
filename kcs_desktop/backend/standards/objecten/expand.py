"""`expand`: the objects behind the references of an answer, put in its `_expand`, one batch per step of a path.

A reference that is null expands to null; it is never an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.schema import Column

from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import NO_BOUNDS, Expansion, Json, Resource, Within
from kcs_desktop.backend.standards.objecten.urls import Urls, uuid_in

Tree = Mapping[str, Any]


def read_expand(possible: Mapping[str, Expansion], text: str) -> Tree:
    """The paths of the parameter as a tree. Raises InvalidBody for a path that the standard does not have here."""
    tree: dict[str, Any] = {}
    for path in filter(None, (part.strip() for part in text.split(","))):
        node, here = tree, possible
        for step in path.split("."):
            if step not in here:
                raise InvalidBody([InvalidParam("expand", "invalid_choice", "Deze uitbreiding bestaat hier niet.")])
            node, here = node.setdefault(step, {}), here[step].further
    return tree


def shown_whole(possible: Mapping[str, Expansion], tree: Tree) -> Iterator[Column[Any]]:
    """The columns of children that this expansion shows in full."""
    for name, further in tree.items():
        step = possible[name]
        if step.parent is not None:
            yield step.parent
        yield from shown_whole(step.further, further)


def expanded_functies(resources: Mapping[str, Resource], possible: Mapping[str, Expansion], text: str) -> set[str]:
    """The functies of what the parameter shows; a path that is none is refused elsewhere."""
    found: set[str] = set()
    for path in filter(None, (part.strip() for part in text.split(","))):
        here = possible
        for step in path.split("."):
            if step not in here:
                break
            found.add(resources[here[step].resource].functie)
            here = here[step].further
    return found


async def expand(
    related: Related,
    resources: Mapping[str, Resource],
    possible: Mapping[str, Expansion],
    items: list[Json],
    tree: Tree,
    urls: Urls,
    within: Within = NO_BOUNDS,
) -> None:
    """Add `_expand` to each item, in place; what lies outside `within` is left out as if it were not there."""
    for name, further in tree.items():
        step = possible[name]
        named = [(item, value, _uuids(value)) for item in items for value in (item[name],)]
        wanted = list(dict.fromkeys(uuid for _, _, uuids in named for uuid in uuids))
        resource = resources[step.resource]
        if step.resource in within:
            wanted = await related.those(resource.table.c.uuid, wanted, within[step.resource])
        rows = await related.rows_of(resource.table, wanted) if wanted else []
        made = await resource.represent(related, rows, urls.under(resource.prefix)) if rows else []
        if further:
            await expand(related, resources, step.further, made, further, urls, within)
        by_uuid = {uuid_in(item["url"]): item for item in made}
        for item, value, uuids in named:
            found = [by_uuid[uuid] for uuid in uuids if uuid in by_uuid]
            item.setdefault("_expand", {})[name] = found if isinstance(value, list) else next(iter(found), None)


def _uuids(value: Any) -> list[str]:
    """Of a reference or a list of them; the standards write one as an object with a uuid, or as an address."""
    if not value:
        return []
    return [_uuid(item) for item in value] if isinstance(value, list) else [_uuid(value)]


def _uuid(reference: Any) -> str:
    return uuid_in(reference) if isinstance(reference, str) else str(reference["uuid"])
