"""A callback note as work: the standard's internetaak together with what is kept beside it, for the worklists."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from kcs_desktop.domain.klant import Klantverwijzing
from kcs_desktop.domain.tekst import one_line
from kcs_desktop.domain.weergave import local


class Lijst(StrEnum):
    """Whose notes: of this employee, of the department and its groups, promised by this employee, escalated to this
    employee, or all."""

    EIGEN = "eigen"
    TEAM = "team"
    BELOOFD = "beloofd"
    GEMELD = "gemeld"
    ALLE = "alle"


class Taakstand(StrEnum):
    """`WEG`: another program removed the task from the register; what was kept beside it is still shown."""

    OPEN = "open"
    KLAAR = "klaar"
    WEG = "weg"


class Belresultaat(StrEnum):
    """How an attempt to reach the customer ended."""

    GESPROKEN = "gesproken"
    NIET_BEREIKT = "niet_bereikt"
    INGESPROKEN = "ingesproken"


class Escalatie(StrEnum):
    """Who was told that a promise is late."""

    GEEN = ""
    COORDINATOR = "coordinator"
    FLOORMANAGER = "floormanager"


class Poging(msgspec.Struct, frozen=True, omit_defaults=True):
    """One attempt; also registered as a klantcontact, which `klantcontact` names."""

    op: datetime
    wie: str
    resultaat: str
    notitie: str = ""
    klantcontact: str = ""


class Terugbeltaak(msgspec.Struct, frozen=True, omit_defaults=True):
    """`klant` is None where nobody is known, or with `is_afgeschermd` where this role may not see who. `door`: account
    name of who claimed it.

    Of what stands in the register: `handeling`, `toelichting`, `toegewezen_aan`, `toegewezen_op`, `stand`.
    """

    uuid: str
    stand: Taakstand
    handeling: str
    deadline: datetime
    onderwerp: str = ""
    nummer: str = ""
    toelichting: str = ""
    afdeling: str = ""  # of the receiving department, that of its group, or that of the colleague
    toegewezen_aan: tuple[str, ...] = ()
    toegewezen_op: datetime | None = None
    klant: Klantverwijzing | None = None
    telefoonnummer: str = ""
    moment: str = ""
    geheim: bool = False
    is_afgeschermd: bool = False
    klantcontact: str = ""
    hoge_prioriteit: bool = False
    door: str = ""
    door_naam: str = ""
    opgepakt_op: datetime | None = None
    beloofd_door: str = ""
    beloofd_door_naam: str = ""
    pogingen: tuple[Poging, ...] = ()
    herinnerd_op: datetime | None = None
    escalatie: Escalatie = Escalatie.GEEN
    escalatie_naar: str = ""  # name of the coordinator
    afgehandeld_op: datetime | None = None
    afgehandeld_door: str = ""
    resultaat: str = ""
    mag_overnemen: bool = False  # the one who asked is the coordinator of it

    def is_te_laat(self, nu: datetime) -> bool:
        return self.stand is Taakstand.OPEN and self.deadline < nu

    def without_customer(self) -> Terugbeltaak:
        """For a role that may not see who it is: what must be done and when stays, whatever tells of him goes."""
        pogingen = tuple(msgspec.structs.replace(poging, notitie="", klantcontact="") for poging in self.pogingen)
        return msgspec.structs.replace(
            self,
            klant=None,
            geheim=False,
            telefoonnummer="",
            toelichting="",
            pogingen=pogingen,
            is_afgeschermd=True,
        )


class Taakpagina(msgspec.Struct, frozen=True, omit_defaults=True):
    """A page of a list. For the number at the tab, `eigen_open` and `eigen_te_laat` are of the whole list `eigen`,
    `gemeld` counts the open notes of others that were escalated to this employee, and `team_vandaag` those of the team
    that nobody claimed and that are due today or were before."""

    lijst: Lijst
    totaal: int
    taken: tuple[Terugbeltaak, ...]
    pagina: int = 1
    eigen_open: int = 0
    eigen_te_laat: int = 0
    gemeld: int = 0
    team_vandaag: int = 0

    @property
    def dringend(self) -> int:
        """How many ask for somebody now."""
        return self.eigen_te_laat + self.gemeld + self.team_vandaag


class Taaklijst(msgspec.Struct, frozen=True, omit_defaults=True):
    """A list as the seat has it. `taken` with what waits in the outbox laid over it; `wacht` names the notes that do,
    `geweigerd` why the last command about a note was not carried out, or was set apart. `apart` is that command then:
    nobody knows whether it was carried out, and only the same command is never carried out twice.

    `opgehaald_op` None: never read. `uit_cache`: as it was then; `fout`: why it could not be read anew.
    """

    lijst: Lijst
    stand: Taakstand = Taakstand.OPEN
    taken: tuple[Terugbeltaak, ...] = ()
    totaal: int = 0
    opgehaald_op: datetime | None = None
    uit_cache: bool = False
    laadt: bool = False
    fout: str = ""
    wacht: tuple[str, ...] = ()
    geweigerd: dict[str, str] = {}
    apart: dict[str, str] = {}

    def find(self, uuid: str) -> Terugbeltaak | None:
        return next((taak for taak in self.taken if taak.uuid == uuid), None)

    @property
    def has_more(self) -> bool:
        return len(self.taken) < self.totaal


class Terugbelnieuws(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an employee is told of while at work: own notes that are due today, and how many more were escalated."""

    vandaag: tuple[Terugbeltaak, ...] = ()
    gemeld: int = 0

    def __add__(self, later: Terugbelnieuws) -> Terugbelnieuws:
        """Both as one, a note that is in both once."""
        known = {taak.uuid: taak for taak in (*self.vandaag, *later.vandaag)}
        return Terugbelnieuws(tuple(known.values()), self.gemeld + later.gemeld)

    @property
    def tekst(self) -> str:
        delen = []
        if len(self.vandaag) == 1:
            taak = self.vandaag[0]
            wie = taak.klant.naam if taak.klant is not None and taak.klant.naam else taak.handeling
            delen.append(f"Vandaag terugbellen: {one_line(wie, 80)}.")
        elif self.vandaag:
            delen.append(f"{len(self.vandaag)} klanten vandaag terugbellen.")
        if self.gemeld:
            wat = "1 terugbelnotitie is" if self.gemeld == 1 else f"{self.gemeld} terugbelnotities zijn"
            delen.append(f"{wat} te laat en aan u gemeld.")
        return " ".join(delen)


def news(before: Taaklijst, after: Taaklijst, gemeld: int) -> Terugbelnieuws:
    """What the guard reminded of between two readings of the list `eigen`; `gemeld` is how many more were escalated."""
    waited = {taak.uuid for taak in before.taken if taak.herinnerd_op is None}
    vandaag = (taak for taak in after.taken if taak.uuid in waited and taak.herinnerd_op is not None)
    return Terugbelnieuws(tuple(taak for taak in vandaag if taak.stand is Taakstand.OPEN), max(0, gemeld))


def news_at_first(lijst: Taaklijst, gemeld: int, today: date) -> Terugbelnieuws:
    """What whoever signs in is told of the list `eigen`: what the guard reminded of today, while nobody was there."""
    vandaag = (
        taak
        for taak in lijst.taken
        if taak.stand is Taakstand.OPEN and taak.herinnerd_op is not None and local(taak.deadline).date() == today
    )
    return Terugbelnieuws(tuple(vandaag), max(0, gemeld))
