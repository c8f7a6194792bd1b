"""The state of the tab's lists and the words that go with it. Pure: never silently cut, never pretending to be live."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from kcs_desktop.sdk import (
    ZAKEN,
    Bron,
    InvalidInput,
    KcsError,
    Klantbeeld,
    Klantverwijzing,
    Verbinding,
    display_moment,
)
from plugins.zaken import tekst
from ui.sdk import VERDER, Lijstbeeld, Lijststand, of_source

STIL = "De server antwoordt niet"


def of_worklist(
    rows: int, fout: str, opgehaald_op: datetime | None, now: datetime, *, laadt: bool, leeg: tuple[str, str]
) -> Lijstbeeld:
    """A list that is read as a whole and kept. `leeg`: what is said, and advised, where it has nothing."""
    if fout and rows:
        sinds = f" Dit is van {display_moment(opgehaald_op, now)}." if opgehaald_op is not None else ""
        return Lijstbeeld(Lijststand.GEDEELTELIJK, melding=f"{fout.rstrip('.')}.{sinds}")
    if fout:
        return Lijstbeeld(Lijststand.FOUT, melding=fout, advies=VERDER)
    if rows:
        return Lijstbeeld(Lijststand.RESULTAAT)
    if laadt or opgehaald_op is None:
        return Lijstbeeld(Lijststand.LAADT)
    melding, advies = leeg
    return Lijstbeeld(Lijststand.LEEG, melding=melding, advies=advies)


def of_customer(
    klant: Klantverwijzing | None,
    beeld: Klantbeeld | None,
    fout: KcsError | None,
    verbinding: Verbinding,
    now: datetime,
) -> Lijstbeeld:
    """The zaken of the customer of this contact."""
    if klant is None:
        advies = "Zoek op zaaknummer, naam, BSN, adres of KvK-nummer."
        return Lijstbeeld(Lijststand.LEEG, melding="Nog geen klant in dit contact", advies=advies, actie="Zaak zoeken")
    if beeld is None:
        return Lijstbeeld(Lijststand.FOUT, "", fout.message, fout.advice) if fout else Lijstbeeld(Lijststand.LAADT)
    lijst = of_source(beeld.bron(ZAKEN), len(beeld.zaken), now, leeg="Deze klant heeft geen zaken.", stil=STIL)
    if lijst.stand is Lijststand.LAADT and verbinding is Verbinding.GEEN_VERBINDING:
        return Lijstbeeld(Lijststand.FOUT, melding="De zaken zijn niet op deze werkplek bewaard.", advies=VERDER)
    if not beeld.zaken:
        return lijst
    totaal, geladen = max(beeld.zaken_totaal, len(beeld.zaken)), len(beeld.zaken)
    lopend = sum(regel.is_open for regel in beeld.zaken)
    aantal = f"{lopend} lopend, {geladen - lopend} afgerond"
    if totaal > geladen:
        aantal = f"{geladen} van {totaal}"
    woorden = ", ".join(deel for deel in (aantal, lijst.bijschrift) if deel)
    return msgspec.structs.replace(lijst, bijschrift=woorden)


def of_search(
    totaal: int,
    fout: KcsError | None,
    *,
    zoekt: bool,
    has_asked: bool,
    is_counted: bool = True,
    ontbreekt: Sequence[str] = (),
) -> Lijstbeeld:
    """What was searched in the register. `ontbreekt` are the sources that did not answer."""
    stil = f"{' en '.join(ontbreekt)} antwoordt niet." if ontbreekt else ""
    if fout is not None and not totaal:
        return Lijstbeeld(Lijststand.FOUT, melding=fout.message, advies=fout.advice or VERDER)
    if not has_asked or (zoekt and not totaal):
        return Lijstbeeld(Lijststand.LAADT)
    if not totaal:
        return Lijstbeeld(
            Lijststand.LEEG, melding="Geen zaken gevonden", advies=stil or "Typ minder tekens, of haal een filter weg."
        )
    gevonden = f"{tekst.grouped(totaal)} gevonden" if is_counted else f"meer dan {tekst.grouped(totaal)} gevonden"
    if fout is not None:
        return Lijstbeeld(Lijststand.GEDEELTELIJK, gevonden, "Niet alle zaken konden worden opgehaald.")
    if stil:
        return Lijstbeeld(Lijststand.GEDEELTELIJK, gevonden, f"{gevonden}. {stil}")
    return Lijstbeeld(Lijststand.RESULTAAT, gevonden)


def of_wrong_filter(fout: InvalidInput) -> Lijstbeeld:
    """Nothing was asked: what was found before is no answer to what stands in the filters."""
    return Lijstbeeld(Lijststand.LEEG, melding=fout.message, advies=fout.advice or "Pas de datum aan, of haal hem weg.")


def of_customers(
    rows: int, fout: KcsError | None, stil: Sequence[Bron], *, has_asked: bool, entered: bool
) -> Lijstbeeld:
    """Of whom the zaken may be. `stil` are the registers that did not answer, each with what it says of that."""
    mis = " ".join(dict.fromkeys(bron.melding for bron in stil if bron.melding))
    stand = of_search(rows, fout, zoekt=not has_asked, has_asked=has_asked or bool(rows))
    if stand.stand is Lijststand.LEEG and mis:
        return Lijstbeeld(Lijststand.FOUT, melding=mis, advies=VERDER)
    if stand.stand is Lijststand.LEEG:
        verder = "Enter zoekt ook in de BRP en het Handelsregister."
        meer = "Typ bij een naam ook de geboortedatum, of zoek op postcode en huisnummer."
        return Lijstbeeld(Lijststand.LEEG, melding="Niemand gevonden", advies=meer if entered else verder)
    if stand.stand is Lijststand.RESULTAAT and mis:
        return Lijstbeeld(Lijststand.GEDEELTELIJK, stand.bijschrift, mis)
    return stand
