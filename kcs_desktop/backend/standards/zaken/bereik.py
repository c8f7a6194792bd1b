"""Which zaken somebody may see, as a condition. It knows only tables, so that Documenten can ask it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select

from kcs_desktop.backend.standards.catalogi.steps import ZAAKTYPE
from kcs_desktop.backend.standards.zaken.steps import ZAAK
from kcs_desktop.backend.standards.zgw.bounds import bound
from kcs_desktop.domain.zaakrechten import Zaakrecht, Zaakrechten


def visible(rechten: Zaakrechten) -> ColumnElement[bool] | None:
    """Which zaken these rights reach, or None where that is all of them."""
    return bound(rechten, reached)


def reached(recht: Zaakrecht) -> ColumnElement[bool]:
    """The zaken that this one right reaches."""
    open_enough = ZAAK.vertrouwelijkheidaanduiding.in_(recht.aanduidingen)
    if not recht.zaaktypen:
        return open_enough
    of_types = select(ZAAKTYPE.uuid).where(ZAAKTYPE.identificatie.in_(sorted(recht.zaaktypen)))
    return and_(open_enough, ZAAK.zaaktype.in_(of_types))
