"""Which documents somebody may see, as a condition: by their own aanduiding and by the zaken that they are in.

It knows only tables, so that Zaken can ask it.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select

from kcs_desktop.backend.standards.catalogi.steps import ZAAKTYPE
from kcs_desktop.backend.standards.documenten.steps import DOCUMENT, KOPPELING
from kcs_desktop.backend.standards.zaken.steps import ZAAK
from kcs_desktop.backend.standards.zgw.bounds import bound
from kcs_desktop.domain.zaakrechten import Zaakrechten


def visible(rechten: Zaakrechten) -> ColumnElement[bool] | None:
    """Which documents these rights reach, or None where that is all of them."""
    return bound(rechten, DOCUMENT.vertrouwelijkheidaanduiding, _of_types)


def _of_types(zaaktypen: frozenset[str]) -> ColumnElement[bool]:
    """In a zaak of these types, or in none yet."""
    linked = select(1).where(KOPPELING.informatieobject == DOCUMENT.uuid)
    such = linked.join(ZAAK.uuid.table, ZAAK.uuid == KOPPELING.object).join(
        ZAAKTYPE.uuid.table, ZAAKTYPE.uuid == ZAAK.zaaktype
    )
    return or_(
        ~exists(linked).correlate(DOCUMENT.uuid.table),
        exists(such.where(ZAAKTYPE.identificatie.in_(sorted(zaaktypen)))).correlate(DOCUMENT.uuid.table),
    )
