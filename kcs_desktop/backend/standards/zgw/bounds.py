"""The rights per zaaktype and vertrouwelijkheidaanduiding as a condition, so that lists leave out what is not allowed.

The rule itself is `kcs_desktop.domain.zaakrechten`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.schema import Column

from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.principal import Principal
from kcs_desktop.domain.zaakrechten import AANDUIDINGEN, TOEPASSING, Zaakrechten

Zaaktypen = Callable[[frozenset[str]], ColumnElement[bool]]


def zaakrechten_of(kern: Kern, wie: Principal) -> Zaakrechten:
    """What this caller may see and change; equal for callers who may share an answer."""
    return kern.zaakrechten.van(wie.rollen if wie.soort == "medewerker" else (TOEPASSING,))


def bound(rechten: Zaakrechten, aanduiding: Column[Any], zaaktypen: Zaaktypen) -> ColumnElement[bool] | None:
    """The rows that these rights reach to; None where that is every row.

    `zaaktypen` makes the condition that a row is of one of these zaaktypen, named by identificatie.
    """
    if any(recht.aanduidingen == AANDUIDINGEN and not recht.zaaktypen for recht in rechten):
        return None
    parts = [
        and_(
            aanduiding.in_(recht.aanduidingen),
            *([zaaktypen(recht.zaaktypen)] if recht.zaaktypen else []),
        )
        for recht in sorted(rechten, key=lambda recht: (recht.hoogste, sorted(recht.zaaktypen)))
    ]
    return or_(false(), *parts)
