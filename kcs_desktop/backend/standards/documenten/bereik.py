"""Which documents somebody may see, as a condition: one right must reach to the document by its own aanduiding and to a
zaak that it is in. A document that is in no zaak yet has only its own; one that lost its zaak is for who may see all.

It knows only tables, so that Zaken can ask it.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.schema import Column

from kcs_desktop.backend.standards.documenten.steps import DOCUMENT, KOPPELING
from kcs_desktop.backend.standards.zaken import bereik as zaken
from kcs_desktop.backend.standards.zaken.steps import ZAAK
from kcs_desktop.backend.standards.zgw.bounds import bound
from kcs_desktop.domain.zaakrechten import Zaakrecht, Zaakrechten


def visible(rechten: Zaakrechten) -> ColumnElement[bool] | None:
    """Which documents these rights reach, or None where that is all of them."""
    is_in_none_yet = and_(~DOCUMENT.uit_zaak, ~_linked())
    return bound(rechten, lambda recht: and_(_open_enough(recht), or_(_linked(_in_reach(recht)), is_in_none_yet)))


def visible_in(rechten: Zaakrechten, zaak: str) -> ColumnElement[bool] | None:
    """Which of the documents in this zaak are seen there: whoever may not see the zaak learns of none."""
    return bound(rechten, lambda recht: and_(_open_enough(recht), _linked(KOPPELING.object == zaak, _in_reach(recht))))


def link(rechten: Zaakrechten, document: Column[str], zaak: Column[str]) -> ColumnElement[bool] | None:
    """Of a table that links documents to zaken, the rows with both in reach of one right; None where that is all."""

    def reached(recht: Zaakrecht) -> ColumnElement[bool]:
        its_zaak = exists(select(1).where(ZAAK.uuid == zaak, zaken.reached(recht))).correlate(zaak.table)
        itself = exists(select(1).where(DOCUMENT.uuid == document, _open_enough(recht))).correlate(document.table)
        return and_(its_zaak, itself)

    return bound(rechten, reached)


def _open_enough(recht: Zaakrecht) -> ColumnElement[bool]:
    return DOCUMENT.vertrouwelijkheidaanduiding.in_(recht.aanduidingen)


def _in_reach(recht: Zaakrecht) -> ColumnElement[bool]:
    return exists(select(1).where(ZAAK.uuid == KOPPELING.object, zaken.reached(recht))).correlate(KOPPELING.uuid.table)


def _linked(*such: ColumnElement[bool]) -> ColumnElement[bool]:
    """The document is in a zaak, of which this holds."""
    link = select(1).where(KOPPELING.informatieobject == DOCUMENT.uuid, *such)
    return exists(link).correlate(DOCUMENT.uuid.table)
