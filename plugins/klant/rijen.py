"""The rows of the lists: contacts, callback notes, relations and recent customers, as plain values.

Pure: one function per list, from the domain's words to what one row says.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from kcs_desktop.sdk import (
    Contactregel,
    Klantbeeld,
    Relatie,
    Relatiesoort,
    SoortKlant,
    Terugbelnotitie,
    clean_lines,
    local,
    one_line,
    unbroken_numbers,
)
from plugins.klant import tekst
from plugins.klant.kop import KANALEN, WACHT_OP_BEVESTIGING, Vlagsoort

ICOON_KANAAL = {
    "balie": "balie",
    "telefoon": "telefoon",
    "email": "email",
    "chat": "chat",
    "social": "social",
    "post": "post",
}
_RESULTATEN = {
    "beantwoord": "beantwoord",
    "doorverwezen": "doorverwezen",
    "contactverzoek": "terugbelnotitie gemaakt",
    "niet_beantwoord": "niet beantwoord",
    "terugbellen_gesproken": "teruggebeld",
    "terugbellen_niet_bereikt": "niet bereikt",
    "terugbellen_ingesproken": "bericht ingesproken",
}
MAX_REGEL = 300  # characters that the second line is ever given; the whole text stands in the detail


class Rij(msgspec.Struct, frozen=True):
    """One row of a list. `rechts` may hold two lines."""

    id: str
    icoon: str
    titel: str
    regel: str
    rechts: str = ""
    vlaggen: tuple[tuple[str, Vlagsoort], ...] = ()


def kanaal_naam(kanaal: str) -> str:
    """Our own channels by their name, another client's as it wrote it."""
    return KANALEN.get(kanaal.lower(), one_line(kanaal, 50))


def facts(regel: Contactregel) -> str:
    """ "Balie · Burgerzaken · beantwoord"."""
    delen = [kanaal_naam(regel.kanaal), one_line(regel.afdeling, 60)]
    if regel.resultaat:
        delen.append(_RESULTATEN.get(regel.resultaat, one_line(regel.resultaat, 60)))
    elif regel.gelukt is False:
        delen.append("niet gelukt")
    return " · ".join(deel for deel in delen if deel)


def contact(regel: Contactregel, now: datetime) -> Rij:
    """Icon of the channel, subject, "Balie · Burgerzaken · beantwoord · “…”", and when."""
    inhoud = f"“{unbroken_numbers(one_line(regel.inhoud, MAX_REGEL))}”" if regel.inhoud.strip() else ""
    return Rij(
        id=regel.uuid or regel.opdracht,
        icoon=ICOON_KANAAL.get(regel.kanaal.lower(), "contact"),
        titel=one_line(regel.onderwerp, 200) or "Zonder onderwerp",
        regel=" · ".join(deel for deel in (facts(regel), inhoud) if deel),
        rechts=_when(regel.plaatsgevonden_op, now),
        vlaggen=_pending(regel.opdracht),
    )


def _pending(opdracht: str) -> tuple[tuple[str, Vlagsoort], ...]:
    return ((WACHT_OP_BEVESTIGING, "let_op"),) if opdracht else ()


def _when(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return ""
    dag = tekst.day(moment, now)
    return f"{dag}\n{tekst.clock(moment)}" if dag in ("vandaag", "gisteren") else dag


def notitie(note: Terugbelnotitie, now: datetime) -> Rij:
    """What was promised, who has it, and since when. For whom it was, where it is done: the register keeps no who."""
    wie = has_it(note)
    delen = [wie if note.is_open else f"afgehandeld · voor {wie}" if note.toegewezen_aan else "afgehandeld"]
    if note.toelichting.strip():
        delen.append(f"“{unbroken_numbers(one_line(note.toelichting, MAX_REGEL))}”")
    moment = note.toegewezen_op if note.is_open else note.afgehandeld_op or note.toegewezen_op
    return Rij(
        id=note.uuid or note.opdracht,
        icoon="terugbellen" if note.is_open else "geslaagd",
        titel=one_line(note.gevraagde_handeling, 200) or "Terugbellen",
        regel=" · ".join(delen),
        rechts=_when(moment, now),
        vlaggen=_pending(note.opdracht),
    )


def has_it(note: Terugbelnotitie) -> str:
    """Who has the note; that it was given to somebody where the register does not say (yet) to whom."""
    namen = ", ".join(one_line(naam, 60) for naam in note.toegewezen_aan)
    return namen or ("toegewezen" if note.actoren else "nog niet toegewezen")


def notitie_feiten(note: Terugbelnotitie) -> str:
    """ "Te verwerken · toegewezen aan Burgerzaken · sinds 12-03-2026 14:05 · nummer 12"."""
    wie = has_it(note)
    afgehandeld = f"afgehandeld op {local(note.afgehandeld_op):%d-%m-%Y %H:%M}" if note.afgehandeld_op else ""
    delen = (
        WACHT_OP_BEVESTIGING if note.opdracht else "",
        "Te verwerken" if note.is_open else afgehandeld.capitalize() or "Afgehandeld",
        f"toegewezen aan {wie}" if note.toegewezen_aan else wie,
        f"sinds {local(note.toegewezen_op):%d-%m-%Y %H:%M}" if note.toegewezen_op else "",
        f"nummer {one_line(note.nummer, 40)}" if note.nummer else "",
    )
    return " · ".join(deel for deel in delen if deel)


def notitie_tekst(note: Terugbelnotitie) -> str:
    """What must be done, then number, moment and explanation as they were written, each on a line of its own."""
    handeling = one_line(note.gevraagde_handeling, 400) or "Terugbellen"
    regels = [f"Wat moet de collega doen: {handeling}"]
    for regel in clean_lines(note.toelichting).splitlines():
        naam, streep, nummer = regel.partition(": ")
        is_nummer = naam == "Telefoonnummer" and bool(streep)
        regels.append(f"{naam}: {tekst.phone(nummer)}" if is_nummer else regel)
    return unbroken_numbers("\n".join(regels))


def sorted_notities(notities: tuple[Terugbelnotitie, ...]) -> tuple[Terugbelnotitie, ...]:
    """Open first, the longest waiting on top; then the done ones, newest first."""

    def key(note: Terugbelnotitie) -> tuple[bool, float]:
        moment = note.toegewezen_op if note.is_open else note.afgehandeld_op
        stamp = moment.timestamp() if moment else 0.0
        return (not note.is_open, stamp if note.is_open else -stamp)

    return tuple(sorted(notities, key=key))


_RELATIES = {
    Relatiesoort.HANDELT_NAMENS: "Handelt namens",
    Relatiesoort.VERTEGENWOORDIGD_DOOR: "Vertegenwoordigd door",
    Relatiesoort.WERKT_VOOR: "Contactpersoon van",
    Relatiesoort.CONTACTPERSOON: "Contactpersoon",
}


def relatie(relation: Relatie, is_namens: bool) -> Rij:
    """The other customer and how it stands to this one; `is_namens` marks the one of the active contact."""
    soort = _RELATIES[relation.soort]
    sleutel = relation.klant.sleutel
    return Rij(
        id=relatie_id(relation),
        icoon="bedrijf" if sleutel.soort is SoortKlant.ORGANISATIE else "persoon",
        titel=one_line(relation.klant.naam, 200),
        regel=f"{soort} · KvK {sleutel.kvk_nummer}" if sleutel.kvk_nummer else soort,
        rechts="namens\ndit contact" if is_namens else "",
    )


def relatie_id(relation: Relatie) -> str:
    sleutel = relation.klant.sleutel
    return f"{relation.soort}:{sleutel.partij or sleutel.bsn or sleutel.kvk_nummer + '/' + sleutel.vestigingsnummer}"


def recent(beeld: Klantbeeld, now: datetime) -> Rij:
    """A recently opened customer: birth date and address tell namesakes apart, the BSN is not needed for that."""
    delen: tuple[str, ...]
    if beeld.persoon is not None:
        delen = (tekst.date(beeld.persoon.geboortedatum), ", ".join(beeld.persoon.adresregels))
    elif beeld.bedrijf is not None:
        delen = (f"KvK {beeld.bedrijf.kvk_nummer}", ", ".join(beeld.bedrijf.adresregels))
    else:
        delen = (
            "Contactpersoon" if beeld.sleutel.soort is SoortKlant.CONTACTPERSOON else "",
            ", ".join(beeld.bezoekadres),
        )
    vlaggen: list[tuple[str, Vlagsoort]] = []
    if beeld.persoon is not None and beeld.persoon.overleden:
        vlaggen.append(("Overleden", "fout"))
    if beeld.geheimhouding:
        vlaggen.append(("Geheimhouding", "fout"))
    sleutel = beeld.sleutel
    nothing = "" if beeld.bronnen else "Nog geen gegevens bewaard"
    return Rij(
        id=sleutel.partij or sleutel.bsn or f"{sleutel.kvk_nummer}/{sleutel.vestigingsnummer}",
        icoon="bedrijf" if sleutel.soort is SoortKlant.ORGANISATIE else "persoon",
        titel=one_line(beeld.naam, 200),
        regel=" · ".join(one_line(deel, 120) for deel in delen if deel) or nothing,
        rechts=_when(beeld.bijgewerkt_op, now),
        vlaggen=tuple(vlaggen),
    )
