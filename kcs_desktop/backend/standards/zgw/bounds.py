"""The rights per zaaktype and vertrouwelijkheidaanduiding as a condition, so that lists leave out what is not allowed.

The rule itself is `kcs_desktop.domain.zaakrechten`.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, false, or_

from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.principal import Principal
from kcs_desktop.domain.zaakrechten import Zaakrecht, Zaakrechten, reaches_all

Reached = Callable[[Zaakrecht], ColumnElement[bool]]


def zaakrechten_of(kern: Kern, wie: Principal) -> Zaakrechten:
    """What this caller may see and change; equal for callers who may share an answer."""
    return kern.zaakrechten.van(wie.zaakrollen)


def bound(rechten: Zaakrechten, reached: Reached) -> ColumnElement[bool] | None:
    """The rows that any of these rights reaches to, as `reached` says of one; None where that is every row."""
    if reaches_all(rechten):
        return None
    return or_(false(), *map(reached, sorted(rechten, key=lambda recht: (recht.hoogste, sorted(recht.zaaktypen)))))
