"""Who was looked at or changed, for the audit trail: once per customer, never once per klantcontact.

The trail itself knows which BSN or KvK number belongs to a partij; here the partij is named, or the key that was asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.schema import Column

from kcs_desktop.backend.audit.links import PARTIJ, linked_keys
from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.standards.klantinteracties import steps as s
from kcs_desktop.backend.standards.klantinteracties.identificatoren import SOORTEN
from kcs_desktop.backend.standards.objecten.related import distinct_values, portions

Subject = tuple[str, str]  # soort and value, as Auditregel names them

BRON = "klantinteracties"
NO_CUSTOMERS = frozenset({"actoren"})  # shows employees, not customers
_PARTIJ_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "partijen": ("uuid",),
    "partij-identificatoren": ("partij",),
    "betrokkenen": ("partij",),
    "digitaleadressen": ("partij",),
    "rekeningnummers": ("partij",),
    "vertegenwoordigingen": ("vertegenwoordigende_partij", "vertegenwoordigde_partij"),
}
_CONTACT_COLUMNS = {
    "klantcontacten": "uuid",
    "onderwerpobjecten": "klantcontact",
    "internetaken": "klantcontact",
    "actorklantcontacten": "klantcontact",
}


_SOORT_PARAMETERS = {
    "partijIdentificatorObjectId": "partijIdentificatorCodeSoortObjectId",
    **{
        f"{prefix}__objectId": f"{prefix}__codeSoortObjectId"
        for prefix in (
            "partijIdentificator",
            "subIdentificatorVan",
            "wasPartij__partijIdentificator",
            "hadBetrokkene__wasPartij__partijIdentificator",
            "verstrektDoorPartij__partijIdentificator",
        )
    },
}
_PARTIJ_PARAMETERS = frozenset(
    {
        "hadBetrokkene__wasPartij__uuid",
        "wasPartij__uuid",
        "verstrektDoorPartij__uuid",
        "vertegenwoordigdePartij__uuid",
        "vertegenwoordigendePartij__uuid",
    }
)
# A filter that reaches a row by another customer than the row's own, and fields that expand to whoever took part.
_FILTERS_BY_ANOTHER = ("vertegenwoordig", "subIdentificatorVan")
_FIELDS_OF_OTHERS = ("hadBetrokkenen", "verstrektDoorBetrokkene")


def asked_subject(asked: Mapping[str, str]) -> Subject | None:
    """The customer that a list was asked for by key, also when nothing was found."""
    for name, value in asked.items():
        if not value:
            continue
        soort = asked.get(_SOORT_PARAMETERS.get(name, ""), "")
        if soort in SOORTEN:
            return soort, value
        if name in _PARTIJ_PARAMETERS:
            return "partij", value.lower()
    return None


def is_by_another(asked: Mapping[str, str]) -> bool:
    """Whether the customer asked for is not the one that a row found is about: one acts for the other, or his key
    stands under the other's."""
    return any(name.startswith(_FILTERS_BY_ANOTHER) and value for name, value in asked.items())


def may_show_others(asked: Mapping[str, str]) -> bool:
    """Whether an answer about the customer asked for can show others beside him: who acts for him, for whom he acts,
    or who took part in the same contact."""
    return is_by_another(asked) or any(field in asked.get("expand", "") for field in _FIELDS_OF_OTHERS)


async def others(session: AsyncSession, subject: Subject, shown: Sequence[Subject]) -> list[Subject]:
    """Those of `shown` who are not the customer asked for under another key: he has his line already."""
    same = {subject}
    if subject[0] != PARTIJ:
        same.update(*(await linked_keys(session, [subject])).values())
    return [one for one in shown if one not in same]


async def shown_subjects(session: AsyncSession, resource: str, rows: Sequence[Row[Any]]) -> list[Subject]:
    """The customers that these rows are about."""
    partijen = {getattr(row, name) for row in rows for name in _PARTIJ_COLUMNS.get(resource, ())} - {None}
    if column := _CONTACT_COLUMNS.get(resource):
        contacts = sorted({getattr(row, column) for row in rows} - {None})
        partijen |= await _partijen_where(session, s.BETROKKENE.klantcontact, contacts)
    if resource == "digitaleadressen":
        given_by = sorted({row.betrokkene for row in rows if row.betrokkene})
        partijen |= await _partijen_where(session, s.BETROKKENE.uuid, given_by)
    return [("partij", partij) for partij in sorted(partijen)]


async def _partijen_where(session: AsyncSession, column: Column[Any], values: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in portions(values):
        found |= set(await distinct_values(session, s.BETROKKENE.partij, column.in_(some)))
    return found


async def identificatoren_of(session: AsyncSession, partij: str) -> tuple[Subject, ...]:
    """The other keys of a partij, for when it is about to go."""
    query = select(s.IDENTIFICATOR.code_soort_object_id, s.IDENTIFICATOR.object_id).where(
        s.IDENTIFICATOR.partij == partij
    )
    return tuple((soort, object_id) for soort, object_id in (await session.execute(query)).all())


def lines(
    verzoek: Verzoek,
    handeling: str,
    subjects: Iterable[Subject],
    *,
    verwant: tuple[Subject, ...] = (),
) -> list[Auditregel]:
    """One line per subject; one without subject where nobody is known by a key."""
    return [
        Auditregel(
            wie=verzoek.wie,
            handeling=handeling,
            onderwerp_soort=soort,
            onderwerp=value,
            doelbinding=verzoek.doelbinding,
            bron=BRON,
            verwant=verwant,
        )
        for soort, value in (list(subjects) or [("", "")])
    ]
