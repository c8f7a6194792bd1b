"""The state of each list of the picture, and the words that go with it.

Pure. A list is never silently cut, never pretends to be live, and says what to do when it is empty or failed.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from kcs_desktop.sdk import Bronstand, KcsError, Klantbeeld, SoortKlant, display_since, one_line


class Lijststand(StrEnum):
    """The five states of a list."""

    LEEG = "leeg"
    LAADT = "laadt"
    RESULTAAT = "resultaat"
    GEDEELTELIJK = "gedeeltelijk"
    FOUT = "fout"


class Lijst(msgspec.Struct, frozen=True):
    """`bijschrift` stands at the right of the card's title; `melding` is what the state says."""

    stand: Lijststand
    bijschrift: str = ""
    melding: str = ""
    advies: str = ""
    kan_opnieuw: bool = False


def of_crm(beeld: Klantbeeld | None, rows: int, now: datetime, fout: KcsError | None, leeg: str) -> Lijst:
    """State of a list whose rows come from the CRM (Klantinteracties)."""
    if beeld is None:
        return (
            Lijst(Lijststand.FOUT, "", fout.message, fout.advice, kan_opnieuw=True) if fout else Lijst(Lijststand.LAADT)
        )
    bron = beeld.bron("klantinteracties")
    sinds = f" Dit is van {display_since(bron.opgehaald_op, now)}." if bron.opgehaald_op else ""
    if bron.stand is Bronstand.FOUT or (fout is not None and bron.stand is not Bronstand.KLAAR):
        wat = one_line(bron.melding).rstrip(".") or "Het CRM antwoordt niet"
        if rows:
            return Lijst(Lijststand.GEDEELTELIJK, melding=f"{wat}.{sinds}", kan_opnieuw=True)
        return Lijst(Lijststand.FOUT, melding=f"{wat}.", advies="U kunt gewoon verder werken.", kan_opnieuw=True)
    if bron.stand is Bronstand.NIET_GEVRAAGD and not rows:
        return Lijst(Lijststand.LEEG, melding=one_line(bron.melding) or "Niet opgevraagd.")
    if rows:
        return Lijst(Lijststand.RESULTAAT)
    if bron.stand in (Bronstand.WACHT, Bronstand.LAADT):
        return Lijst(Lijststand.LAADT)
    return Lijst(Lijststand.LEEG, melding=leeg)


def contacten(beeld: Klantbeeld | None, now: datetime, fout: KcsError | None) -> Lijst:
    rows = len(beeld.contacten) if beeld else 0
    lijst = of_crm(beeld, rows, now, fout, "Nog geen contacten. Een afgerond contact staat hier meteen.")
    if beeld is None or not rows:
        return lijst
    totaal = max(beeld.contacten_totaal, rows)
    bijschrift = f"{totaal}, nieuwste boven" if rows == totaal else f"{rows} van {totaal}, nieuwste boven"
    return msgspec.structs.replace(lijst, bijschrift=bijschrift)


def notities(beeld: Klantbeeld | None, now: datetime, fout: KcsError | None) -> Lijst:
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


def zaken(beeld: Klantbeeld | None, now: datetime, fout: KcsError | None) -> Lijst:
    """The zaken come from a register of their own, with its own state and age."""
    if beeld is None:
        return of_crm(beeld, 0, now, fout, "")
    bron, rows = beeld.bron("zaken"), len(beeld.zaken)
    sinds = f" Dit is van {display_since(bron.opgehaald_op, now)}." if bron.opgehaald_op else ""
    if bron.stand is Bronstand.FOUT:
        wat = one_line(bron.melding).rstrip(".") or "De zaken konden niet worden opgehaald"
        if rows:
            return Lijst(Lijststand.GEDEELTELIJK, melding=f"{wat}.{sinds}", kan_opnieuw=True)
        return Lijst(Lijststand.FOUT, melding=f"{wat}.", advies="U kunt gewoon verder werken.", kan_opnieuw=True)
    if rows:
        lopend = sum(regel.is_open for regel in beeld.zaken)
        aantal = f"{lopend} lopend, {rows - lopend} afgerond"
        return Lijst(Lijststand.RESULTAAT, f"{rows} van {beeld.zaken_totaal}" if beeld.zaken_totaal > rows else aantal)
    if bron.stand is Bronstand.NIET_GEVRAAGD:
        return Lijst(Lijststand.LEEG, melding=one_line(bron.melding) or "Niet opgevraagd.")
    if bron.stand in (Bronstand.WACHT, Bronstand.LAADT):
        return Lijst(Lijststand.LAADT)
    return Lijst(Lijststand.LEEG, melding="Geen zaken.")


def relaties(beeld: Klantbeeld | None, now: datetime, fout: KcsError | None) -> Lijst:
    rows = len(beeld.relaties) if beeld else 0
    is_company = beeld is not None and beeld.sleutel.soort is SoortKlant.ORGANISATIE
    leeg = "Nog niemand bekend die namens dit bedrijf handelt."
    if not is_company:
        leeg = "Geen bedrijven of personen waarvoor deze klant handelt."
    lijst = of_crm(beeld, rows, now, fout, leeg)
    lijst = msgspec.structs.replace(lijst, bijschrift=str(rows)) if rows else lijst
    return _quiet(lijst, beeld, now)


def _quiet(lijst: Lijst, beeld: Klantbeeld | None, now: datetime) -> Lijst:
    """A partial list beside the contacts, which say already that the CRM is silent: only its age, no second alarm."""
    if lijst.stand is not Lijststand.GEDEELTELIJK or beeld is None:
        return lijst
    moment = beeld.bron("klantinteracties").opgehaald_op
    oud = f"van {display_since(moment, now)}" if moment else "niet volledig"
    return Lijst(Lijststand.RESULTAAT, bijschrift=oud)
