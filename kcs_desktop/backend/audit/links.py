"""Which keys name the same customer: a partij of the embedded register and the BSN or KvK number behind it.

Links are followed when a line is written (so that what was true then stays findable) and again when the auditor asks
(so that a look from before the link is found as well). It must not read names or addresses.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.standards.klantinteracties.steps import IDENTIFICATOR
from kcs_desktop.backend.standards.objecten.related import portions

Sleutel = tuple[str, str]

# Made once: building a statement takes longer than carrying it out.
_NAMED = select(IDENTIFICATOR.object_id, IDENTIFICATOR.partij).where(
    IDENTIFICATOR.code_soort_object_id == bindparam("soort"),
    IDENTIFICATOR.object_id.in_(bindparam("waarden", expanding=True)),
)
_IDENTIFICATIES = select(IDENTIFICATOR.partij, IDENTIFICATOR.code_soort_object_id, IDENTIFICATOR.object_id).where(
    IDENTIFICATOR.partij.in_(bindparam("partijen", expanding=True))
)

PARTIJ = "partij"
IDENTIFICATIES = frozenset({"bsn", "kvk_nummer", "vestigingsnummer", "rsin"})


async def linked_keys(session: AsyncSession, keys: Collection[Sleutel]) -> dict[Sleutel, set[Sleutel]]:
    """Per key, every key of the customers it names in the embedded register (upstream the acting code says).

    The number of queries does not grow with the number of keys, up to thousands of them.
    """
    partijen: dict[Sleutel, set[str]] = {key: {key[1]} for key in keys if key[0] == PARTIJ}
    asked: dict[str, list[str]] = {}
    for soort, waarde in sorted(set(keys)):
        if soort in IDENTIFICATIES:
            asked.setdefault(soort, []).append(waarde)
    for soort, waarden in asked.items():
        for some in portions(waarden):
            for waarde, partij in await session.execute(_NAMED, {"soort": soort, "waarden": some}):
                if partij is not None:
                    partijen.setdefault((soort, waarde), set()).add(partij)
    known = await _identificaties(session, sorted(set().union(*partijen.values())))
    return {
        key: {(PARTIJ, partij) for partij in those}.union(*(known.get(partij, ()) for partij in those))
        for key, those in partijen.items()
    }


async def _identificaties(session: AsyncSession, partijen: Sequence[str]) -> dict[str, set[Sleutel]]:
    found: dict[str, set[Sleutel]] = {}
    for some in portions(partijen):
        for partij, soort, waarde in await session.execute(_IDENTIFICATIES, {"partijen": some}):
            if partij is not None and soort in IDENTIFICATIES:
                found.setdefault(partij, set()).add((soort, waarde))
    return found
