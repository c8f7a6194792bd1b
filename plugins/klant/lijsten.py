"""The state of each list of the picture, and the words that go with it.

Pure. A list is never silently cut, never pretends to be live, and says what to do when it is empty or failed.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from kcs_desktop.sdk import KcsError, Klantbeeld, SoortKlant, display_since
from ui.sdk import Lijstbeeld, Lijststand, of_source


def of_crm(beeld: Klantbeeld | None, rows: int, now: datetime, fout: KcsError | None, leeg: str) -> Lijstbeeld:
    """State of a list whose rows come from the CRM (Klantinteracties)."""
    if beeld is None:
        return Lijstbeeld(Lijststand.FOUT, "", fout.message, fout.advice) if fout else Lijstbeeld(Lijststand.LAADT)
    return of_source(
        beeld.bron("klantinteracties"),
        rows,
        now,
        leeg=leeg,
        stil="Het CRM antwoordt niet",
        says_age=False,
        has_failed=fout is not None,
    )


def contacten(beeld: Klantbeeld | None, now: datetime, fout: KcsError | None) -> Lijstbeeld:
    rows = len(beeld.contacten) if beeld else 0
    lijst = of_crm(beeld, rows, now, fout, "Nog geen contacten. Een afgerond contact staat hier meteen.")
    if beeld is None or not rows:
        return lijst
    totaal = max(beeld.contacten_totaal, rows)
    bijschrift = f"{totaal}, nieuwste boven" if rows == totaal else f"{rows} van {totaal}, nieuwste boven"
    return msgspec.structs.replace(lijst, bijschrift=bijschrift)


def notities(beeld: Klantbeeld | None, now: datetime, fout: KcsError | None) -> Lijstbeeld:
    rows = len(beeld.terugbelnotities) if beeld else 0
    return _quiet(of_crm(beeld, rows, now, fout, "Geen terugbelnotities."), beeld, now)


def open_notities(beeld: Klantbeeld | None, now: datetime) -> str:
    """The count flag: how many are open and how long the oldest waits; "" when none is."""
    wachtend = [note for note in beeld.terugbelnotities if note.is_open] if beeld else []
    if not wachtend:
        return ""
    sinds = min((note.toegewezen_op for note in wachtend if note.toegewezen_op), default=None)
    aantal = f"{len(wachtend)} open"
    return f"{aantal}, sinds {display_since(sinds, now)}" if sinds else aantal


def zaken(beeld: Klantbeeld | None, now: datetime, fout: KcsError | None) -> Lijstbeeld:
    """The zaken come from a register of their own, with its own state and age."""
    if beeld is None:
        return of_crm(beeld, 0, now, fout, "")
    rows = len(beeld.zaken)
    stil = "De zaken konden niet worden opgehaald"
    lijst = of_source(beeld.bron("zaken"), rows, now, leeg="Geen zaken.", stil=stil, says_age=False)
    if lijst.stand is not Lijststand.RESULTAAT:
        return lijst
    lopend = sum(regel.is_open for regel in beeld.zaken)
    aantal = f"{lopend} lopend, {rows - lopend} afgerond"
    woorden = f"{rows} van {beeld.zaken_totaal}" if beeld.zaken_totaal > rows else aantal
    return msgspec.structs.replace(lijst, bijschrift=woorden)


def relaties(beeld: Klantbeeld | None, now: datetime, fout: KcsError | None) -> Lijstbeeld:
    rows = len(beeld.relaties) if beeld else 0
    is_company = beeld is not None and beeld.sleutel.soort is SoortKlant.ORGANISATIE
    leeg = "Nog niemand bekend die namens dit bedrijf handelt."
    if not is_company:
        leeg = "Geen bedrijven of personen waarvoor deze klant handelt."
    lijst = of_crm(beeld, rows, now, fout, leeg)
    lijst = msgspec.structs.replace(lijst, bijschrift=str(rows)) if rows else lijst
    return _quiet(lijst, beeld, now)


def _quiet(lijst: Lijstbeeld, beeld: Klantbeeld | None, now: datetime) -> Lijstbeeld:
    """A partial list beside the contacts, which say already that the CRM is silent: only its age, no second alarm."""
    if lijst.stand is not Lijststand.GEDEELTELIJK or beeld is None:
        return lijst
    moment = beeld.bron("klantinteracties").opgehaald_op
    oud = f"van {display_since(moment, now)}" if moment else "niet volledig"
    return Lijstbeeld(Lijststand.RESULTAAT, bijschrift=oud)
