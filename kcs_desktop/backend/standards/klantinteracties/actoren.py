"""Actoren: who handles contacts. Not unique, as in the standard; whoever needs one actor per employee looks first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row

from kcs_desktop.backend.standards.klantinteracties import tables
from kcs_desktop.backend.standards.klantinteracties.groepen import TELEFOON, emailadres, identificator
from kcs_desktop.backend.standards.klantinteracties.steps import ACTOR
from kcs_desktop.backend.standards.objecten.conditions import Filter, choice, contains, exact, flag
from kcs_desktop.backend.standards.objecten.fields import Choice, Field, Flag, Parsed, Text, read_fields
from kcs_desktop.backend.standards.objecten.groups import NOT_AN_OBJECT, JsonGroup
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import Json, Resource, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls

SOORTEN = ("medewerker", "geautomatiseerde_actor", "organisatorische_eenheid")
_FUNCTIE = Text(wire="functie", column="functie", maximum=40, blank=False, required=True)
_OMSCHRIJVING = Text(wire="omschrijving", column="omschrijving", maximum=200)
_PER_SOORT: Mapping[str, tuple[Field, ...]] = {
    "medewerker": (
        _FUNCTIE,
        emailadres(),
        Text(wire="telefoonnummer", column="telefoonnummer", maximum=20, pattern=TELEFOON, blank=False, required=True),
    ),
    "geautomatiseerde_actor": (_FUNCTIE, _OMSCHRIJVING),
    "organisatorische_eenheid": (
        _OMSCHRIJVING,
        emailadres(),
        Text(wire="faxnummer", column="faxnummer", maximum=20),
        Text(wire="telefoonnummer", column="telefoonnummer", maximum=20, pattern=TELEFOON),
    ),
}
_ACTORIDENTIFICATOR = identificator("actoridentificator")
_represent_identificator = _ACTORIDENTIFICATOR.representer()


class Actoren(Resource):
    naam = "actoren"
    soort = "actor"
    table = table_of(tables.Actor)
    fields = (
        Text(wire="naam", column="naam", maximum=200, blank=False, required=True),
        Choice(wire="soortActor", column="soort_actor", choices=SOORTEN, required=True),
        Flag(wire="indicatieActief", column="indicatie_actief", default=True),
        _ACTORIDENTIFICATOR,
    )
    filters: ClassVar[Mapping[str, Filter]] = {
        "actoridentificatorCodeObjecttype": exact(ACTOR.actoridentificator_code_objecttype),
        "actoridentificatorCodeRegister": exact(ACTOR.actoridentificator_code_register),
        "actoridentificatorCodeSoortObjectId": exact(ACTOR.actoridentificator_code_soort_object_id),
        "actoridentificatorObjectId": exact(ACTOR.actoridentificator_object_id),
        "indicatieActief": flag(ACTOR.indicatie_actief),
        "naam": contains(ACTOR.naam),
        "soortActor": choice(ACTOR.soort_actor, SOORTEN),
    }

    def read_body(self, body: Mapping[str, Any], parsed: Parsed, current: Row[Any] | None, *, partial: bool) -> None:
        read_fields(self.fields, body, parsed, partial=partial)
        soort = parsed.values.get("soort_actor", current.soort_actor if current is not None else None)
        if current is not None and soort != current.soort_actor:
            parsed.values["actor_identificatie"] = None
        given = body.get("actorIdentificatie")
        if soort is None or given is None:
            return
        if not isinstance(given, Mapping):
            parsed.wrong("actorIdentificatie", "invalid", NOT_AN_OBJECT)
            return
        kept = current.actor_identificatie if partial and current is not None and soort == current.soort_actor else None
        group = JsonGroup(wire="actorIdentificatie", column="actor_identificatie", fields=_PER_SOORT[soort])
        group.read({**(kept or {}), **given}, "actorIdentificatie", parsed)

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        return [represent_actor(row, urls) for row in rows]


def represent_actor(row: Row[Any], urls: Urls) -> Json:
    """An actor; also inside a klantcontact."""
    item: Json = {
        "uuid": row.uuid,
        "url": urls.of("actoren", row.uuid),
        "naam": row.naam,
        "soortActor": row.soort_actor,
        "indicatieActief": row.indicatie_actief,
        "actoridentificator": _represent_identificator(row),
    }
    if row.actor_identificatie is not None:
        item["actorIdentificatie"] = row.actor_identificatie
    return item
