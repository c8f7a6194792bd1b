"""`expand` by ourselves: a real server may fall over a reference that is null; then its parts are read one by one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from kcs_desktop.backend.gateway import fouten
from kcs_desktop.backend.gateway.antwoord import Antwoord
from kcs_desktop.backend.gateway.tegelijk import each
from kcs_desktop.backend.problem import HttpProblem

Json = dict[str, Any]
Tree = Mapping[str, Any]
Read = Callable[[str], Awaitable[Json | None]]  # the object at this address; None where there is none
MOST = 500  # parts of one answer


async def asked_in_parts(
    asked: Mapping[str, str], ask: Callable[[Mapping[str, str]], Awaitable[Antwoord]], read: Read
) -> Antwoord:
    """The answer; where the server falls over `expand`, it is asked without, and its parts are read one by one."""
    try:
        return await ask(asked)
    except HttpProblem as error:
        if not asked.get("expand") or error.code != fouten.FOUT:
            raise
    antwoord = await ask({name: value for name, value in asked.items() if name != "expand"})
    rows = antwoord.gegevens.get("results", [antwoord.gegevens])
    if not antwoord.is_error and isinstance(rows, list):
        await fill_in([row for row in rows if isinstance(row, dict)], tree_of(asked["expand"]), read)
    return antwoord


def tree_of(expand: str) -> Tree:
    """`status,status.statustype` as a tree."""
    tree: dict[str, Any] = {}
    for path in filter(None, (part.strip() for part in expand.split(","))):
        node = tree
        for step in path.split("."):
            node = node.setdefault(step, {})
    return tree


async def fill_in(rows: Sequence[Json], tree: Tree, read: Read) -> None:
    """Put in `_expand` what the tree asks, in place. Beyond `MOST` parts a name is left out, as if it was not asked."""
    for name, further in tree.items():
        held = [(row, row[name]) for row in rows if name in row]
        wanted = list(dict.fromkeys(address for _, value in held for address in addresses_in(value)))
        if len(wanted) > MOST:
            continue
        found = await _read_all(wanted, read)
        if further:
            await fill_in(list(found.values()), further, read)
        for row, value in held:
            parts = [found[address] for address in addresses_in(value) if address in found]
            row.setdefault("_expand", {})[name] = parts if isinstance(value, list) else next(iter(parts), None)


def addresses_in(value: Any) -> list[str]:
    """Of a reference or a list of them: the standards write one as an address, or as an object with a `url`."""
    references = value if isinstance(value, list) else [value]
    addresses = (one.get("url") if isinstance(one, dict) else one for one in references)
    return [one for one in addresses if isinstance(one, str) and one]


async def _read_all(addresses: Sequence[str], read: Read) -> dict[str, Json]:
    made = zip(addresses, await each(read, addresses), strict=True)
    return {address: part for address, part in made if part is not None}
