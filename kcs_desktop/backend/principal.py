"""Who makes a request, and why: what the sign-in established, never what the request claims."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from kcs_desktop.domain.errors import Forbidden
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.zaakrechten import TOEPASSING


class Principal(msgspec.Struct, frozen=True):
    """An employee at a werkplek, or an application with a token of its own (a website, Open Formulieren)."""

    id: str  # account id
    naam: str  # account name
    soort: Literal["medewerker", "toepassing", "systeem"]
    rechten: Mapping[str, Recht]
    rollen: tuple[str, ...] = ()
    werkplek: str = ""
    sessie: str = ""
    weergavenaam: str = ""

    @property
    def zaakrollen(self) -> tuple[str, ...]:
        """The roles by which the zaken that it may see are known."""
        return self.rollen if self.soort == "medewerker" else (TOEPASSING,)

    def mag(self, functie: str, recht: Recht = Recht.RAADPLEGEN) -> bool:
        return self.rechten.get(functie, Recht.GEEN) >= recht

    def require(self, functie: str, recht: Recht = Recht.RAADPLEGEN) -> None:
        """Raise Forbidden unless this principal has the right."""
        if not self.mag(functie, recht):
            raise Forbidden(f"Met uw rol mag dit niet ({functie}).")


class Verzoek(msgspec.Struct, frozen=True):
    """One request: who, for what purpose, under which id.

    `verloopt_op` is when its token ends: a stream ends with it. `stand` is the change feed's epoch and its last number
    when the request was let in; None where that is not known.
    """

    wie: Principal
    doelbinding: str
    request_id: str
    verloopt_op: datetime | None = None
    stand: tuple[str, int] | None = None
