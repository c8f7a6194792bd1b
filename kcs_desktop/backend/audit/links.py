"""Which keys name the same customer: a partij of the embedded register and the BSN or KvK number behind it.

Links are followed when a line is written (so that what was true then stays findable) and again when the auditor asks
(so that a look from before the link is found as well). It must not read names or addresses.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.standards.klantinteracties.tables import PartijIdentificator

Sleutel = tuple[str, str]

PARTIJ = "partij"
IDENTIFICATIES = frozenset({"bsn", "kvk_nummer", "vestigingsnummer", "rsin"})


async def linked_keys(session: AsyncSession, keys: Collection[Sleutel]) -> set[Sleutel]:
    """The other keys of the customers these keys name in the embedded register; upstream the acting code says."""
    partijen = {waarde for soort, waarde in keys if soort == PARTIJ}
    named = [
        (PartijIdentificator.code_soort_object_id == soort) & (PartijIdentificator.object_id == waarde)
        for soort, waarde in keys
        if soort in IDENTIFICATIES
    ]
    if named:
        found = await session.scalars(
            select(PartijIdentificator.partij).where(or_(*named), PartijIdentificator.partij.is_not(None))
        )
        partijen |= {partij for partij in found if partij is not None}
    if not partijen:
        return set()
    rows = await session.execute(
        select(PartijIdentificator.code_soort_object_id, PartijIdentificator.object_id).where(
            PartijIdentificator.partij.in_(partijen)
        )
    )
    return {(PARTIJ, partij) for partij in partijen} | {
        (soort, waarde) for soort, waarde in rows if soort in IDENTIFICATIES
    }
