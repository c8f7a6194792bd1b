"""The state of the tab's lists and the words that go with it. Pure: never silently cut, never pretending to be live."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from kcs_desktop.sdk import (
    ZAKEN,
    Bron,
    Bronstand,
    KcsError,
    Klantbeeld,
    Klantverwijzing,
    Verbinding,
    display_since,
    one_line,
)
from plugins.zaken import tekst

VERDER = "U kunt gewoon verder werken."


class Lijststand(StrEnum):
    """The five states of a list."""

    LEEG = "leeg"
    LAADT = "laadt"
    RESULTAAT = "resultaat"
    GEDEELTELIJK = "gedeeltelijk"
    FOUT = "fout"


class Lijst(msgspec.Struct, frozen=True):
    """`bijschrift` stands at the right of the card's title; `actie` is what an empty list offers to do."""

    stand: Lijststand
    bijschrift: str = ""
    melding: str = ""
    advies: str = ""
    actie: str = ""


def of_source(bron: Bron, rows: int, now: datetime, leeg: str) -> Lijst:
    """State of a list whose rows come from one source."""
    sinds = f" Dit is van {display_since(bron.opgehaald_op, now)}." if bron.opgehaald_op else ""
    if bron.stand is Bronstand.FOUT:
        wat = one_line(bron.melding).rstrip(".") or "De server antwoordt niet"
        if rows:
            return Lijst(Lijststand.GEDEELTELIJK, melding=f"{wat}.{sinds}")
        return Lijst(Lijststand.FOUT, melding=f"{wat}.", advies=VERDER)
    if bron.stand is Bronstand.NIET_GEVRAAGD and not rows:
        return Lijst(Lijststand.LEEG, melding=one_line(bron.melding) or "Niet opgevraagd.")
    if rows:
        oud = f"van {display_since(bron.opgehaald_op, now)}" if bron.uit_cache and bron.opgehaald_op else ""
        return Lijst(Lijststand.RESULTAAT, bijschrift=oud)
    if bron.stand in (Bronstand.WACHT, Bronstand.LAADT):
        return Lijst(Lijststand.LAADT)
    return Lijst(Lijststand.LEEG, melding=leeg)


def of_customer(
    klant: Klantverwijzing | None,
    beeld: Klantbeeld | None,
    fout: KcsError | None,
    verbinding: Verbinding,
    now: datetime,
) -> Lijst:
    """The zaken of the customer of this contact."""
    if klant is None:
        advies = "Zoek op zaaknummer, naam, BSN, adres of KvK-nummer."
        return Lijst(Lijststand.LEEG, melding="Nog geen klant in dit contact", advies=advies, actie="Zaak zoeken")
    if beeld is None:
        return Lijst(Lijststand.FOUT, "", fout.message, fout.advice) if fout else Lijst(Lijststand.LAADT)
    lijst = of_source(beeld.bron(ZAKEN), len(beeld.zaken), now, "Deze klant heeft geen zaken.")
    if lijst.stand is Lijststand.LAADT and verbinding is Verbinding.GEEN_VERBINDING:
        return Lijst(Lijststand.FOUT, melding="De zaken zijn niet op deze werkplek bewaard.", advies=VERDER)
    if not beeld.zaken:
        return lijst
    totaal, geladen = max(beeld.zaken_totaal, len(beeld.zaken)), len(beeld.zaken)
    lopend = sum(regel.is_open for regel in beeld.zaken)
    aantal = f"{lopend} lopend, {geladen - lopend} afgerond"
    if totaal > geladen:
        aantal = f"{geladen} van {totaal}"
    woorden = ", ".join(deel for deel in (aantal, lijst.bijschrift) if deel)
    return msgspec.structs.replace(lijst, bijschrift=woorden)


def of_search(totaal: int, fout: KcsError | None, *, zoekt: bool, has_asked: bool, is_counted: bool = True) -> Lijst:
    """What was searched in the register."""
    if fout is not None and not totaal:
        return Lijst(Lijststand.FOUT, melding=fout.message, advies=fout.advice or VERDER)
    if not has_asked or (zoekt and not totaal):
        return Lijst(Lijststand.LAADT)
    if not totaal:
        return Lijst(
            Lijststand.LEEG, melding="Geen zaken gevonden", advies="Typ minder tekens, of haal een filter weg."
        )
    gevonden = f"{tekst.grouped(totaal)} gevonden" if is_counted else f"meer dan {tekst.grouped(totaal)} gevonden"
    if fout is not None:
        return Lijst(Lijststand.GEDEELTELIJK, gevonden, "Niet alle zaken konden worden opgehaald.")
    return Lijst(Lijststand.RESULTAAT, gevonden)
