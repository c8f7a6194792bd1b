"""Who works at this seat: the signed-in employee, where and as what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import msgspec

from kcs_desktop.domain.rechten import Recht


class Medewerker(msgspec.Struct, frozen=True, omit_defaults=True):
    """`gebruikersnaam` is the account's name; `rollen` are the ones the account may sign in with."""

    gebruikersnaam: str
    naam: str
    rollen: tuple[str, ...] = ()
    afdeling: str = ""


class Werkplek(msgspec.Struct, frozen=True, omit_defaults=True):
    """A named place with its equipment: balie 3, TIC-post 2."""

    id: str
    naam: str
    soort: str = "balie"  # balie, telefoon, spreekkamer, kantoor


class Sessie(msgspec.Struct, frozen=True, omit_defaults=True):
    """A sign-in at a werkplek in one or more roles. `rechten` maps functie to the right these roles give."""

    id: str
    medewerker: Medewerker
    werkplek: Werkplek
    rollen: tuple[str, ...]
    rechten: Mapping[str, int]
    verloopt_op: datetime
    gemeenteaccount: bool = False  # signed in at the municipality's provider: there is no password here

    def mag(self, functie: str, recht: Recht = Recht.RAADPLEGEN) -> bool:
        """Whether this sign-in gives `recht` (or more) on `functie`."""
        return self.rechten.get(functie, 0) >= recht

    def is_still(self, sessie: Sessie | None) -> bool:
        """Whether this is the sign-in that runs now; what was read in another is not for it."""
        return sessie is not None and self.id == sessie.id


class Aanmelding(msgspec.Struct, frozen=True, omit_defaults=True):
    """Answer to a right password: not a session yet, only what can be chosen, and a token to choose with."""

    keuzetoken: str
    medewerker: Medewerker
    werkplekken: tuple[Werkplek, ...]


class Sessiestand(StrEnum):
    """How it stands with a session of before; ONBEKEND where the backend has none like it."""

    LOOPT = "loopt"
    BEEINDIGD = "beeindigd"
    INGETROKKEN = "ingetrokken"
    ONBEKEND = "onbekend"


class Tokens(msgspec.Struct, frozen=True):
    """`toegang` lives ≤ 10 minutes, `verversing` is single-use."""

    toegang: str
    verversing: str
    toegang_verloopt_op: datetime


class SessieAntwoord(msgspec.Struct, frozen=True):
    """A session with its tokens."""

    sessie: Sessie
    tokens: Tokens
