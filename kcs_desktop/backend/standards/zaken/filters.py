"""What zaken are found by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.schema import Column

from kcs_desktop.backend.standards.catalogi.steps import ZAAKTYPE
from kcs_desktop.backend.standards.objecten.conditions import (
    Filter,
    Via,
    among,
    any_of,
    by_url,
    choice,
    contains,
    day,
    exact,
    one_of,
    part_of_number,
    present,
)
from kcs_desktop.backend.standards.objecten.fields import check_text, parse_uuid
from kcs_desktop.backend.standards.objecten.urls import uuid_in
from kcs_desktop.backend.standards.zaken import steps as s
from kcs_desktop.backend.standards.zaken.rollen import betrokkene_filters
from kcs_desktop.backend.standards.zgw.waarden import ARCHIEFNOMINATIES
from kcs_desktop.domain.zaakrechten import AANDUIDINGEN

ARCHIEFSTATUSSEN = ("nog_te_archiveren", "gearchiveerd", "gearchiveerd_procestermijn_onbekend", "overgedragen")


def _dates(name: str, column: Column[Any], *compare: str, absent: bool = False) -> dict[str, Filter]:
    """The date itself and its comparisons; `absent`: also whether there is one at all."""
    made = {name: day(column), **{f"{name}__{way}": day(column, way) for way in compare}}
    if absent:
        made[f"{name}__isnull"] = present(column.is_(None))
    return made


def _uuid_of(text: str) -> str | None:
    return parse_uuid(uuid_in(text))


def _read_kenmerk(text: str) -> tuple[str, str] | None:
    bron, colon, kenmerk = text.partition(":")
    return (bron, kenmerk) if colon and check_text(text) else None


_TO_ZAAKTYPE = Via(s.ZAAK.zaaktype, ZAAKTYPE.uuid)

FILTERS: Mapping[str, Filter] = {
    **_dates("archiefactiedatum", s.ZAAK.archiefactiedatum, "gt", "lt", absent=True),
    "archiefnominatie": choice(s.ZAAK.archiefnominatie, ARCHIEFNOMINATIES),
    "archiefnominatie__in": any_of(s.ZAAK.archiefnominatie, among(ARCHIEFNOMINATIES)),
    "archiefstatus": choice(s.ZAAK.archiefstatus, ARCHIEFSTATUSSEN),
    "archiefstatus__in": any_of(s.ZAAK.archiefstatus, among(ARCHIEFSTATUSSEN)),
    "bronorganisatie": exact(s.ZAAK.bronorganisatie),
    "bronorganisatie__in": one_of(s.ZAAK.bronorganisatie),
    **_dates("einddatum", s.ZAAK.einddatum, "gt", "lt", absent=True),
    **_dates("einddatumGepland", s.ZAAK.einddatum_gepland, "gt", "lt"),
    "identificatie": exact(s.ZAAK.identificatie),
    "identificatie__icontains": part_of_number(s.ZAAK.identificatie),
    "kenmerk": Filter(
        _read_kenmerk,
        lambda value: (s.KENMERK.bron == value[0]) & (s.KENMERK.kenmerk == value[1]),
        s.ZAAK_TO_KENMERK,
    ),
    "kenmerk__bron": exact(s.KENMERK.bron, s.ZAAK_TO_KENMERK),
    "maximaleVertrouwelijkheidaanduiding": Filter(
        lambda value: AANDUIDINGEN[: AANDUIDINGEN.index(value) + 1] if value in AANDUIDINGEN else None,
        s.ZAAK.vertrouwelijkheidaanduiding.in_,
        code="invalid_choice",
    ),
    "omschrijving": contains(s.ZAAK.omschrijving),
    **_dates("registratiedatum", s.ZAAK.registratiedatum, "gt", "lt"),
    "resultaat__resultaattype": by_url(s.RESULTAAT.resultaattype, s.ZAAK_TO_RESULTAAT),
    **betrokkene_filters("rol__", s.ZAAK_TO_ROL),
    **_dates("startdatum", s.ZAAK.startdatum, "gt", "gte", "lt", "lte"),
    "status__statustype": by_url(s.STATUS.statustype, s.ZAAK_TO_STATUS),
    **_dates("uiterlijkeEinddatumAfdoening", s.ZAAK.uiterlijke_einddatum_afdoening, "gt", "lt"),
    "zaaktype": by_url(s.ZAAK.zaaktype),
    "zaaktype__omschrijving": contains(ZAAKTYPE.omschrijving, _TO_ZAAKTYPE),
}
# What only a search by body knows.
MORE_FILTERS: Mapping[str, Filter] = {
    "uuid__in": any_of(s.ZAAK.uuid, parse_uuid),
    "zaaktype__in": any_of(s.ZAAK.zaaktype, _uuid_of),
    "zaaktype__not_in": any_of(s.ZAAK.zaaktype, _uuid_of, negated=True),
}
ORDERINGS: Mapping[str, Column[Any]] = {
    "archiefactiedatum": s.ZAAK.archiefactiedatum,
    "einddatum": s.ZAAK.einddatum,
    "identificatie": s.ZAAK.identificatie,
    "publicatiedatum": s.ZAAK.publicatiedatum,
    "registratiedatum": s.ZAAK.registratiedatum,
    "startdatum": s.ZAAK.startdatum,
}
