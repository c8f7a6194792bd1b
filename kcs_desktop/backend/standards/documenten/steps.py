"""The tables' columns, and the step that the filters follow."""

from __future__ import annotations

from kcs_desktop.backend.standards.documenten import tables
from kcs_desktop.backend.standards.objecten.conditions import Via
from kcs_desktop.backend.standards.objecten.resource import table_of

DOCUMENT = table_of(tables.Informatieobject).c
VERSIE = table_of(tables.Versie).c
DEEL = table_of(tables.Bestandsdeel).c
KOPPELING = table_of(tables.Objectinformatieobject).c
GEBRUIKSRECHT = table_of(tables.Gebruiksrecht).c

DOCUMENT_TO_KOPPELING = Via(DOCUMENT.uuid, KOPPELING.informatieobject)
