"""The auditor's question and its answer: who looked at this person or company, when and why.

Pure: reading what an auditor types, and the shape of the answer. Must not know who may ask; the backend decides.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from kcs_desktop.domain.bsn import only_digits, parse_bsn
from kcs_desktop.domain.datum import Datum, parse_datum
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.handelsregister import parse_kvk_nummer, parse_vestigingsnummer
from kcs_desktop.domain.weergave import local

_UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
_LENGTHS = "Een BSN heeft 9 cijfers, een KvK-nummer 8 en een vestigingsnummer 12."
_MAX_LENGTH = 80
_YEARS_AHEAD = 20
_ALMOST_A_YEAR = timedelta(days=364)  # in which no day of the calendar is twice
_RELATIVE = {"vandaag": 0, "gisteren": 1, "eergisteren": 2}


class Auditonderwerp(msgspec.Struct, frozen=True):
    """`soort` is bsn, kvk_nummer, vestigingsnummer or partij, as the trail names it."""

    soort: str
    waarde: str


class Auditperiode(msgspec.Struct, frozen=True):
    """Aware moments; `van` is included, `tot` is not. None is open."""

    van: datetime | None = None
    tot: datetime | None = None


class Auditregel(msgspec.Struct, frozen=True):
    """One act. `reden` is a code and only there when it did not succeed; `fase` is "" for an act in this system."""

    op: datetime
    medewerker: str
    gebruikersnaam: str
    handeling: str
    rollen: tuple[str, ...] = ()
    werkplek: str = ""
    soort_account: str = ""
    bron: str = ""
    doelbinding: str = ""
    onderwerp_soort: str = ""
    onderwerp: str = ""
    gelukt: bool = True
    reden: str = ""
    fase: str = ""
    verzegeld: bool = False


class Auditantwoord(msgspec.Struct, frozen=True):
    """One page, newest line first. `aantal` counts all pages."""

    aantal: int = 0
    pagina: int = 1
    paginas: int = 1
    regels: tuple[Auditregel, ...] = ()


def parse_auditonderwerp(tekst: str, *, field: str = "waarde") -> Auditonderwerp:
    """A BSN, KvK number, establishment number or partij uuid; raises InvalidInput with what is wrong in Dutch.

    The length says which number it is meant to be, so the complaint is about that number.
    """
    getypt = tekst.strip().lower()
    if not getypt:
        raise InvalidInput("Vul in over wie u het wilt weten.", field=field, code="onderwerp-leeg", advice=_LENGTHS)
    if len(getypt) <= _MAX_LENGTH and _UUID.fullmatch(getypt):
        return Auditonderwerp("partij", str(UUID(getypt)))
    cijfers = only_digits(getypt)
    if len(getypt) > _MAX_LENGTH or not (cijfers.isascii() and cijfers.isdigit()):
        raise InvalidInput(
            "Dit is geen nummer van een persoon of bedrijf.",
            field=field,
            code="onderwerp-vorm",
            advice="Typ een BSN, KvK-nummer, vestigingsnummer of het kenmerk van de partij. Op naam zoeken kan niet.",
        )
    match len(cijfers):
        case 8:
            return Auditonderwerp("kvk_nummer", parse_kvk_nummer(cijfers, field=field))
        case 9:
            return Auditonderwerp("bsn", parse_bsn(cijfers, field=field))
        case 12:
            return Auditonderwerp("vestigingsnummer", parse_vestigingsnummer(cijfers, field=field))
    raise InvalidInput(
        f"Dit nummer heeft {len(cijfers)} cijfers.", field=field, code="onderwerp-lengte", advice=_LENGTHS
    )


def parse_auditperiode(van: str, tot_en_met: str, now: datetime) -> Auditperiode:
    """Days as the clock on the wall has them; either may be empty, and the last day counts as a whole.

    A month or a year alone means its first day, respectively its last one. A day without its year is the last one that
    was; where that lies before the begin of the period, the first one after it.
    """
    today = local(now).date()
    begin = _day(van, today, today, "van") if van.strip() else None
    last = today if begin is None else max(today, _first(begin) + _ALMOST_A_YEAR)
    eind = _day(tot_en_met, today, last, "tot") if tot_en_met.strip() else None
    start = _midnight(_first(begin)) if begin else None
    end = _midnight(_after(eind)) if eind else None
    if start is not None and end is not None and start >= end:
        raise InvalidInput("Deze datum ligt voor het begin van de periode.", field="tot", code="periode-volgorde")
    return Auditperiode(start, end)


def _day(tekst: str, today: date, jaarloos_tot: date, field: str) -> Datum:
    ago = _RELATIVE.get(tekst.strip().lower())
    if ago is not None:
        day = today - timedelta(days=ago)
        return Datum(day.year, day.month, day.day)
    datum = parse_datum(tekst, today, field=field, mag_toekomst=field == "tot", jaarloos_tot=jaarloos_tot)
    if datum.jaar > today.year + _YEARS_AHEAD:
        raise InvalidInput(f"Het jaar {datum.jaar} kan niet kloppen.", field=field, code="datum-jaar")
    return datum


def _first(datum: Datum) -> date:
    return date(datum.jaar, datum.maand or 1, datum.dag or 1)


def _after(datum: Datum) -> date:
    """The day after the last one that is meant."""
    if datum.dag:
        return _first(datum) + timedelta(days=1)
    if datum.maand:
        return date(datum.jaar + datum.maand // 12, datum.maand % 12 + 1, 1)
    return date(datum.jaar + 1, 1, 1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), _zone()).astimezone(UTC)


@cache
def _zone() -> ZoneInfo:
    return ZoneInfo("Europe/Amsterdam")
