"""The tables' columns, and the steps from one to another that the filters follow."""

from __future__ import annotations

from kcs_desktop.backend.standards.catalogi import tables
from kcs_desktop.backend.standards.objecten.conditions import Via
from kcs_desktop.backend.standards.objecten.resource import table_of

CATALOGUS = table_of(tables.Catalogus).c
ZAAKTYPE = table_of(tables.Zaaktype).c
STATUSTYPE = table_of(tables.Statustype).c
ROLTYPE = table_of(tables.Roltype).c
RESULTAATTYPE = table_of(tables.Resultaattype).c
EIGENSCHAP = table_of(tables.Eigenschap).c
INFORMATIEOBJECTTYPE = table_of(tables.Informatieobjecttype).c
KOPPELING = table_of(tables.ZaaktypeInformatieobjecttype).c

INFORMATIEOBJECTTYPE_TO_KOPPELING = Via(INFORMATIEOBJECTTYPE.uuid, KOPPELING.informatieobjecttype)
