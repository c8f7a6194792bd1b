"""What documents are found by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.schema import Column

from kcs_desktop.backend.standards.documenten import steps as s
from kcs_desktop.backend.standards.objecten.conditions import (
    Filter,
    by_url,
    choice,
    contains,
    day,
    exact,
    holds_all,
    holds_any,
    present,
)
from kcs_desktop.domain.zaakrechten import AANDUIDINGEN

STATUSSEN = ("in_bewerking", "ter_vaststelling", "definitief", "gearchiveerd")
OBJECTTYPEN = ("besluit", "verzoek", "zaak")

FILTERS: Mapping[str, Filter] = {
    "auteur": contains(s.DOCUMENT.auteur),
    "beschrijving": contains(s.DOCUMENT.beschrijving),
    "bronorganisatie": exact(s.DOCUMENT.bronorganisatie),
    "creatiedatum__gte": day(s.DOCUMENT.creatiedatum, "gte"),
    "creatiedatum__lte": day(s.DOCUMENT.creatiedatum, "lte"),
    "identificatie": exact(s.DOCUMENT.identificatie),
    "informatieobjecttype": by_url(s.DOCUMENT.informatieobjecttype),
    "locked": present(s.DOCUMENT.lock != ""),
    "objectinformatieobjecten__object": by_url(s.KOPPELING.object, s.DOCUMENT_TO_KOPPELING),
    "objectinformatieobjecten__objectType": choice(s.KOPPELING.object_type, OBJECTTYPEN, s.DOCUMENT_TO_KOPPELING),
    "titel": contains(s.DOCUMENT.titel),
    "trefwoorden": holds_all(s.DOCUMENT.trefwoorden),
    "trefwoorden__overlap": holds_any(s.DOCUMENT.trefwoorden),
    "vertrouwelijkheidaanduiding": choice(s.DOCUMENT.vertrouwelijkheidaanduiding, AANDUIDINGEN),
}
ORDERINGS: Mapping[str, Column[Any]] = {
    "auteur": s.DOCUMENT.auteur,
    "bestandsomvang": s.DOCUMENT.bestandsomvang,
    "creatiedatum": s.DOCUMENT.creatiedatum,
    "formaat": s.DOCUMENT.formaat,
    "status": s.DOCUMENT.status,
    "titel": s.DOCUMENT.titel,
    "vertrouwelijkheidaanduiding": s.DOCUMENT.vertrouwelijkheidaanduiding,
}
