"""Callback notes in words: when one is due, who has it, what became of it. Pure, without Qt."""

from __future__ import annotations

from datetime import datetime

from kcs_desktop.sdk import (
    Escalatie,
    Lijst,
    Poging,
    Taaklijst,
    Taakstand,
    Terugbeltaak,
    local,
    one_line,
)
from plugins.zaken.terugbellen_invoer import Actie

LIJSTEN = {
    Lijst.EIGEN: "Van mij",
    Lijst.TEAM: "Mijn team",
    Lijst.BELOOFD: "Door mij beloofd",
    Lijst.GEMELD: "Aan mij gemeld",
    Lijst.ALLE: "Alle",
}
APART = "Het is niet bekend of uw vorige handeling is uitgevoerd."
RESULTATEN = {
    "gesproken": "klant gesproken",
    "niet_bereikt": "niet bereikt",
    "ingesproken": "bericht ingesproken",
}
_NAMEN = {
    Actie.POGING: "Poging",
    Actie.AFHANDELEN: "Afhandeling",
    Actie.VERZETTEN: "Ander moment",
    Actie.DOORZETTEN: "Doorzetten",
}
_LEEG = {
    Lijst.EIGEN: ("U hebt geen terugbelnotities", "Kijk bij Mijn team of er een is die u kunt oppakken."),
    Lijst.TEAM: ("Uw team heeft geen terugbelnotities", "Nieuwe notities voor uw afdeling of groep staan hier meteen."),
    Lijst.BELOOFD: ("U hebt niets meer openstaan wat u beloofd hebt", "Wat u een klant belooft, volgt u hier."),
    Lijst.GEMELD: (
        "Er is niets te laat dat aan u gemeld is",
        "Wat te laat is, komt bij de coördinator van de afdeling en daarna bij de floormanager.",
    ),
    Lijst.ALLE: ("Er staan geen terugbelnotities open", ""),
}
_DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def title(lijst: Lijst, stand: Taakstand) -> str:
    return f"{LIJSTEN[lijst]}, afgehandeld" if stand is Taakstand.KLAAR else LIJSTEN[lijst]


def empty(lijst: Lijst, stand: Taakstand) -> tuple[str, str]:
    if stand is Taakstand.KLAAR:
        return "Nog niets afgehandeld", "Wat is afgehandeld, blijft hier te lezen."
    return _LEEG[lijst]


def klant(taak: Terugbeltaak) -> str:
    if taak.klant is not None:
        return one_line(taak.klant.naam) or "Klant zonder naam"
    return "Klantgegevens niet zichtbaar voor uw rol" if taak.is_afgeschermd else "Klant niet bekend"


def when(moment: datetime, now: datetime) -> str:
    """vandaag 17:00, morgen 17:00, vrijdag 17:00, 4-12 17:00."""
    dag, vandaag = local(moment).date(), local(now).date()
    over = (dag - vandaag).days
    names = {-1: "gisteren", 0: "vandaag", 1: "morgen"}
    if over in names:
        name = names[over]
    elif 1 < over < 7:
        name = _DAGEN[dag.weekday()]
    else:
        name = f"{dag.day}-{dag.month}" if dag.year == vandaag.year else f"{dag.day}-{dag.month}-{dag.year}"
    return f"{name} {local(moment):%H:%M}"


def late(taak: Terugbeltaak, now: datetime) -> str:
    """How long the promise is broken; "" when it is not."""
    if not taak.is_te_laat(now):
        return ""
    uren = int((now - taak.deadline).total_seconds() // 3600)
    if uren < 1:
        return "Te laat, minder dan een uur"
    if uren < 24:
        return f"Te laat, {uren} uur"
    dagen = uren // 24
    return f"Te laat, {dagen} {'dag' if dagen == 1 else 'dagen'}"


def due(taak: Terugbeltaak, now: datetime) -> str:
    """The deadline where it stands at the right of a row."""
    if taak.stand is Taakstand.KLAAR:
        return when(taak.afgehandeld_op, now) if taak.afgehandeld_op is not None else ""
    return when(taak.deadline, now)


def holder(taak: Terugbeltaak, ik: str) -> str:
    if taak.stand is Taakstand.KLAAR:
        return f"door {one_line(taak.afgehandeld_door, 40) or 'een ander programma'}"
    if not taak.door:
        return "nog niet opgepakt"
    return "door mij" if taak.door == ik else f"door {one_line(taak.door_naam or taak.door, 40)}"


def attempts(taak: Terugbeltaak) -> str:
    aantal = len(taak.pogingen)
    return "" if not aantal else "1 poging" if aantal == 1 else f"{aantal} pogingen"


def attempt(poging: Poging, now: datetime) -> str:
    """vandaag 10:05, Bilal Öztürk: niet bereikt. Geen gehoor."""
    hoe = RESULTATEN.get(poging.resultaat, "gebeld")
    notitie = one_line(poging.notitie, 300)
    gezegd = f"{when(poging.op, now)}, {one_line(poging.wie, 60)}: {hoe}"
    return f"{gezegd}. {notitie}" if notitie else gezegd


def escalation(taak: Terugbeltaak) -> str:
    if taak.escalatie is Escalatie.COORDINATOR:
        naar = one_line(taak.escalatie_naar, 40)
        return f"Gemeld aan {naar}, coördinator" if naar else "Gemeld aan de coördinator"
    return "Gemeld aan de floormanager" if taak.escalatie is Escalatie.FLOORMANAGER else ""


def belet(taak: Terugbeltaak, *, is_gone: bool, has_more: bool) -> str:
    """Why text that was typed for this note cannot be recorded now."""
    if is_gone and has_more:
        return "Deze terugbelnotitie staat niet in dit deel van de lijst."
    if is_gone:
        return "Deze terugbelnotitie staat niet meer in deze lijst."
    if taak.stand is Taakstand.KLAAR:
        return f"{one_line(taak.afgehandeld_door, 60) or 'Een ander programma'} heeft deze terugbelnotitie afgehandeld."
    if taak.stand is Taakstand.WEG:
        return "Een ander programma heeft deze terugbelnotitie weggehaald."
    return f"{one_line(taak.door_naam or taak.door, 60)} heeft deze terugbelnotitie opgepakt."


def advies(*, may_take_over: bool) -> str:
    """What can be done with such a text."""
    kopie = "kopieer de tekst als u die nog nodig hebt, of gooi die weg."
    return f"Neem de notitie over om de tekst vast te leggen, of {kopie}" if may_take_over else kopie.capitalize()


def saved(actie: Actie) -> str:
    """That this act is in the outbox."""
    return f"{_NAMEN[actie]} opgeslagen"


def not_saved(actie: Actie) -> str:
    """That what was filled in for this act was let go of."""
    return f"{_NAMEN[actie]} niet opgeslagen"


def count(lijst: Taaklijst, now: datetime) -> str:
    """What stands at the right of the list's title."""
    if not lijst.totaal:
        return ""
    laat = sum(taak.is_te_laat(now) for taak in lijst.taken)
    getoond = len(lijst.taken)
    aantal = f"{getoond} van {lijst.totaal}" if getoond < lijst.totaal else f"{lijst.totaal}"
    return f"{aantal}, {laat} te laat" if laat else aantal
