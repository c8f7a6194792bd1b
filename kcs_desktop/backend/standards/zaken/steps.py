"""The steps from one table to another that the filters follow. Each is one object, so that filters on the same
related row find each other."""

from __future__ import annotations

from kcs_desktop.backend.standards.objecten.conditions import Via
from kcs_desktop.backend.standards.objecten.resource import table_of
from kcs_desktop.backend.standards.zaken import tables

ZAAK = table_of(tables.Zaak).c
KENMERK = table_of(tables.Zaakkenmerk).c
ROL = table_of(tables.Rol).c
STATUS = table_of(tables.Status).c
RESULTAAT = table_of(tables.Resultaat).c
EIGENSCHAP = table_of(tables.Zaakeigenschap).c
DOCUMENT = table_of(tables.Zaakinformatieobject).c
OBJECT = table_of(tables.Zaakobject).c

ZAAK_TO_ROL = Via(ZAAK.uuid, ROL.zaak)
ZAAK_TO_STATUS = Via(ZAAK.status, STATUS.uuid)
ZAAK_TO_RESULTAAT = Via(ZAAK.uuid, RESULTAAT.zaak)
ZAAK_TO_KENMERK = Via(ZAAK.uuid, KENMERK.zaak)
