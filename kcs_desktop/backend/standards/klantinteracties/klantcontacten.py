"""Klantcontacten: one per question of a contact, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.klantinteracties import concerned, tables
from kcs_desktop.backend.standards.klantinteracties import steps as s
from kcs_desktop.backend.standards.klantinteracties.actoren import represent_actor
from kcs_desktop.backend.standards.objecten.conditions import (
    Filter,
    by_url,
    by_uuid,
    contains,
    exact,
    flag,
    identification,
    moment,
    present,
)
from kcs_desktop.backend.standards.objecten.fields import Flag, Moment, Parsed, Text, TextMap
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.represent import moment as wire_moment
from kcs_desktop.backend.standards.objecten.resource import Expansion, Json, Resource, Unique, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls

_AT = "onderwerpobject__onderwerpobjectidentificator"
_WAS = "wasOnderwerpobject__onderwerpobjectidentificator"


class Klantcontacten(Resource):
    naam = "klantcontacten"
    soort = "klantcontact"
    table = table_of(tables.Klantcontact)
    newest_first = ("plaatsgevonden_op", "uuid")
    fields = (
        Text(wire="nummer", column="nummer", maximum=10, pattern="[0-9]+", blank=False, nullable=True),
        Text(
            wire="referentienummer", column="referentienummer", maximum=10, pattern="[0-9]+", blank=False, nullable=True
        ),
        Text(wire="kanaal", column="kanaal", maximum=50, blank=False, required=True),
        Text(wire="onderwerp", column="onderwerp", maximum=200, blank=False, required=True),
        Text(wire="inhoud", column="inhoud", maximum=1000),
        Text(wire="reactie", column="reactie", maximum=4000),
        Flag(wire="indicatieContactGelukt", column="indicatie_contact_gelukt", nullable=True),
        Text(wire="hoofdOnderwerpType", column="hoofd_onderwerp_type", maximum=200, pattern=r"https?://[!-~]+"),
        Flag(wire="verdereActieOndernomen", column="verdere_actie_ondernomen", default=False),
        Text(wire="taal", column="taal", maximum=3, blank=False, required=True),
        Flag(wire="vertrouwelijk", column="vertrouwelijk", required=True),
        Moment(wire="plaatsgevondenOp", column="plaatsgevonden_op"),
        TextMap(wire="metadata", column="metadata", maximum=255),
    )
    uniques = (
        Unique(("nummer",), "nummer", "Dit nummer is al in gebruik."),
        Unique(("referentienummer",), "referentienummer", "Dit referentienummer is al in gebruik.", drawn=True),
    )
    filters: ClassVar[Mapping[str, Filter]] = {
        "hadBetrokkene__uuid": by_uuid(s.BETROKKENE.uuid, s.KLANTCONTACT_TO_BETROKKENE),
        "hadBetrokkene__url": by_url(s.BETROKKENE.uuid, s.KLANTCONTACT_TO_BETROKKENE),
        "hadBetrokkene__digitaaladres__adres__icontains": contains(s.ADRES.adres, s.KLANTCONTACT_TO_ADRES),
        "hadBetrokkene__wasPartij": present(
            exists(
                select(1).where(s.BETROKKENE.klantcontact == s.KLANTCONTACT.uuid, s.BETROKKENE.partij.is_not(None))
            ).correlate(table_of(tables.Klantcontact))
        ),
        "hadBetrokkene__wasPartij__uuid": by_uuid(s.BETROKKENE.partij, s.KLANTCONTACT_TO_BETROKKENE),
        "hadBetrokkene__wasPartij__url": by_url(s.BETROKKENE.partij, s.KLANTCONTACT_TO_BETROKKENE),
        **identification(
            "hadBetrokkene__wasPartij__",
            "partijIdentificator__",
            s.IDENTIFICATOR_PARTS,
            s.KLANTCONTACT_TO_IDENTIFICATOR,
        ),
        "indicatieContactGelukt": flag(s.KLANTCONTACT.indicatie_contact_gelukt),
        "inhoud": contains(s.KLANTCONTACT.inhoud),
        "kanaal": exact(s.KLANTCONTACT.kanaal),
        "leiddeTotInterneTaken": present(
            exists(select(1).where(s.TAAK.klantcontact == s.KLANTCONTACT.uuid)).correlate(table_of(tables.Klantcontact))
        ),
        "nummer": exact(s.KLANTCONTACT.nummer),
        "onderwerp": contains(s.KLANTCONTACT.onderwerp),
        "onderwerpobject__url": by_url(s.ONDERWERPOBJECT.uuid, s.KLANTCONTACT_TO_ONDERWERP),
        "onderwerpobject__uuid": by_uuid(s.ONDERWERPOBJECT.uuid, s.KLANTCONTACT_TO_ONDERWERP),
        **identification(_AT, "", s.ONDERWERP_PARTS, s.KLANTCONTACT_TO_ONDERWERP),
        "plaatsgevondenOp": moment(s.KLANTCONTACT.plaatsgevonden_op),
        "reactie": contains(s.KLANTCONTACT.reactie),
        "referentienummer": exact(s.KLANTCONTACT.referentienummer),
        "vertrouwelijk": flag(s.KLANTCONTACT.vertrouwelijk),
        "wasOnderwerpobject__url": by_url(s.ONDERWERPOBJECT.uuid, s.KLANTCONTACT_WAS_ONDERWERP),
        "wasOnderwerpobject__uuid": by_uuid(s.ONDERWERPOBJECT.uuid, s.KLANTCONTACT_WAS_ONDERWERP),
        **identification(_WAS, "", s.ONDERWERP_PARTS, s.KLANTCONTACT_WAS_ONDERWERP),
    }
    expansions: ClassVar[Mapping[str, Expansion]] = {
        "gingOverOnderwerpobjecten": Expansion("onderwerpobjecten", parent=s.ONDERWERPOBJECT.klantcontact),
        "hadBetrokkenen": Expansion(
            "betrokkenen",
            {
                "digitaleAdressen": Expansion("digitaleadressen", parent=s.ADRES.betrokkene),
                "wasPartij": Expansion("partijen"),
            },
            parent=s.BETROKKENE.klantcontact,
        ),
        "leiddeTotInterneTaken": Expansion("internetaken", parent=s.TAAK.klantcontact),
        "omvatteBijlagen": Expansion("onderwerpobjecten"),  # always empty: this register keeps no bijlagen
    }

    async def apply_rules(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None) -> None:
        if current is None:
            parsed.values.setdefault("plaatsgevonden_op", unit.now)

    async def concerned(self, session: AsyncSession, row: Row[Any]) -> tuple[str, ...]:
        return await concerned.of_klantcontact(session, row.uuid)

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        keys = [row.uuid for row in rows]
        betrokkenen = await related.child_ids(s.BETROKKENE.klantcontact, keys)
        onderwerpen = await related.child_ids(s.ONDERWERPOBJECT.klantcontact, keys)
        taken = await related.child_ids(s.TAAK.klantcontact, keys)
        actoren = await _actoren(related, keys, urls)
        made = []
        for row in rows:
            item: Json = {
                "uuid": row.uuid,
                "url": urls.of("klantcontacten", row.uuid),
                "gingOverOnderwerpobjecten": urls.references("onderwerpobjecten", onderwerpen.get(row.uuid, [])),
                "hadBetrokkenActoren": actoren.get(row.uuid, []),
                "omvatteBijlagen": [],
                "hadBetrokkenen": urls.references("betrokkenen", betrokkenen.get(row.uuid, [])),
                "leiddeTotInterneTaken": urls.references("internetaken", taken.get(row.uuid, [])),
                "nummer": row.nummer,
                "referentienummer": row.referentienummer,
                "kanaal": row.kanaal,
                "onderwerp": row.onderwerp,
                "inhoud": row.inhoud,
                "reactie": row.reactie,
                "indicatieContactGelukt": row.indicatie_contact_gelukt,
                "verdereActieOndernomen": row.verdere_actie_ondernomen,
                "taal": row.taal,
                "vertrouwelijk": row.vertrouwelijk,
                "plaatsgevondenOp": wire_moment(row.plaatsgevonden_op),
                "metadata": row.metadata,
            }
            if row.hoofd_onderwerp_type:
                item["hoofdOnderwerpType"] = row.hoofd_onderwerp_type
            made.append(item)
        return made


async def _actoren(related: Related, keys: Sequence[str], urls: Urls) -> dict[str, list[Json]]:
    """The actoren of each klantcontact, in the order in which they were linked. A few employees handle many contacts,
    so each is read and represented once."""
    links = await related.children(s.ACTOR_KLANTCONTACT.klantcontact, keys, (s.ACTOR_KLANTCONTACT.actor,))
    uuids = list(dict.fromkeys(link.actor for some in links.values() for link in some))
    actoren = await related.rows_of(table_of(tables.Actor), uuids)
    made = {row.uuid: represent_actor(row, urls) for row in actoren}
    return {key: [made[link.actor] for link in some] for key, some in links.items()}
