"""E-formulieren in words: who sent one, when, and how long it waits against the norm. Pure, without Qt."""

from __future__ import annotations

from datetime import date, datetime

from kcs_desktop.sdk import (
    Eformulier,
    Eformulierlijst,
    Eformulierregels,
    SoortKlant,
    display_bsn,
    display_days,
    display_full_day,
    display_moment,
    local,
    one_line,
)
from plugins.zaken import tekst

LEEG = ("Er wacht geen formulier", "Wat iemand op de website instuurt, staat hier meteen.")
_VANUIT = {
    "klantregistratie": "uit de klantregistratie",
    "BRP": "uit de BRP",
    "Handelsregister": "uit het Handelsregister",
}


def customer(formulier: Eformulier) -> str:
    klant = formulier.klant
    if klant is None:
        return "Afzender niet bekend"
    if klant.naam.strip():
        return one_line(klant.naam, 120)
    return (
        "Bedrijf, naam nog niet bekend"
        if klant.sleutel.soort is SoortKlant.ORGANISATIE
        else "Inwoner, naam nog niet bekend"
    )


def number(formulier: Eformulier) -> tuple[str, str]:
    """(label, value) of the number that the form brought; ("", "") for none."""
    sleutel = formulier.klant.sleutel if formulier.klant is not None else None
    if sleutel is None:
        return "", ""
    for label, waarde in (
        ("BSN", display_bsn(sleutel.bsn)),
        ("KvK-nummer", sleutel.kvk_nummer),
        ("Vestigingsnummer", sleutel.vestigingsnummer),
        ("RSIN", sleutel.rsin),
    ):
        if waarde:
            return label, waarde
    return "", ""


def source(formulier: Eformulier) -> str:
    """Where the name comes from, when it is not the form's own."""
    return _VANUIT.get(formulier.vanuit, "")


def asked(formulier: Eformulier) -> str:
    """What the form is for, in its own words where it has those."""
    soort, eigen = one_line(formulier.regel.verwijzing.zaaktype, 120), one_line(formulier.regel.omschrijving, 120)
    return " · ".join(dict.fromkeys(deel for deel in (soort, eigen) if deel)) or "Zonder onderwerp"


def received(formulier: Eformulier, now: datetime) -> str:
    """vandaag 09:41; without a time where only the day is known."""
    if formulier.ontvangen is None:
        return ""
    gezegd = display_moment(formulier.ontvangen, now)
    return gezegd if formulier.heeft_tijd else gezegd.rpartition(" ")[0]


def deadline(formulier: Eformulier, regels: Eformulierregels) -> date | None:
    """The last day on which somebody should take it on."""
    return local(regels.deadline(formulier.ontvangen)).date() if formulier.ontvangen is not None else None


def days_late(formulier: Eformulier, regels: Eformulierregels, now: datetime) -> int:
    """Working days past the norm; 0 where it is within it."""
    if formulier.ontvangen is None or now <= regels.deadline(formulier.ontvangen):
        return 0
    dag = local(regels.deadline(formulier.ontvangen)).date()
    return max(1, regels.kalender.werkdagen_tussen(dag, local(now).date()))


def waits(formulier: Eformulier, regels: Eformulierregels, now: datetime) -> str:
    """How long it waits, in working days; "" where that is none yet, which the day that it came in says already."""
    if formulier.ontvangen is None:
        return ""
    dagen = regels.kalender.werkdagen_tussen(local(formulier.ontvangen).date(), local(now).date())
    return f"wacht {tekst.count(dagen, 'werkdag', 'werkdagen')}" if dagen else ""


def against_norm(formulier: Eformulier, regels: Eformulierregels, now: datetime) -> str:
    """For the detail: until when, or how far past it."""
    dag = deadline(formulier, regels)
    if dag is None:
        return ""
    today = local(now).date()
    if laat := days_late(formulier, regels, now):
        return (
            f"{tekst.count(laat, 'werkdag', 'werkdagen')} over de norm: oppakken kon tot {display_full_day(dag, today)}"
        )
    return "Vandaag oppakken" if dag == today else f"Oppakken uiterlijk {display_full_day(dag, today)}"


def term(formulier: Eformulier, now: datetime) -> str:
    """The term of the zaak itself."""
    today = local(now).date()
    return tekst.term_full(formulier.regel.termijn(today), today)


def count(lijst: Eformulierlijst, regels: Eformulierregels, now: datetime) -> str:
    aantal = len(lijst.formulieren)
    if not aantal:
        return ""
    laat = sum(bool(days_late(al, regels, now)) for al in lijst.formulieren)
    return ", ".join(deel for deel in (str(aantal), f"{laat} over de norm" if laat else "") if deel)


def remark(lijst: Eformulierlijst, regels: Eformulierregels) -> str:
    """What the list does not hold."""
    if not lijst.is_afgekapt:
        return ""
    return f"Alleen de nieuwste zaken zijn bekeken, van de laatste {display_days(regels.dagen)}."
