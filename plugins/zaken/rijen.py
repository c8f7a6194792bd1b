"""The rows of the tab's lists, from the domain's words to what one row says. Pure: without Qt's lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import PurePath

import msgspec

from kcs_desktop.sdk import (
    Contactregel,
    SoortKlant,
    Statusstap,
    Treffer,
    Zaak,
    Zaakdocument,
    Zaakeigenschap,
    Zaakregel,
    Zaakrol,
    aligned_numbers,
    display_day,
    local,
    one_line,
    shown_value,
)
from plugins.zaken import tekst
from ui.sdk import Row, Toon, zaak_row

PLEK = "plek"  # key of the row that asks for the zaken at an address
OPNIEUW = "opnieuw"  # key of a row that did not come
_KANALEN = {"balie", "telefoon", "email", "chat", "social", "post"}
ROLLEN = {
    "initiator": "Aanvrager",
    "behandelaar": "Behandelaar",
    "belanghebbende": "Belanghebbende",
    "adviseur": "Adviseur",
    "beslisser": "Beslisser",
    "klantcontacter": "Klantcontact",
    "zaakcoordinator": "Coördinator",
    "mede_initiator": "Mede-aanvrager",
}
RELATIES = {
    "vervolg": "Aanleiding voor deze zaak",
    "onderwerp": "Onderwerp van deze zaak",
    "bijdrage": "Deze zaak draagt hieraan bij",
    "overig": "Hangt hiermee samen",
}
AANDUIDINGEN = {
    "zaakvertrouwelijk": "Zaakvertrouwelijk",
    "vertrouwelijk": "Vertrouwelijk",
    "confidentieel": "Confidentieel",
    "geheim": "Geheim",
    "zeer_geheim": "Zeer geheim",
}


def not_there_yet(place: int) -> Row:
    """A row whose page is under way."""
    return Row(key="", title=f"Zaak {tekst.grouped(place + 1)}", subtitle="Wordt opgehaald", is_off=True)


def not_fetched(place: int) -> Row:
    """A row whose page did not come; opening it asks again."""
    subtitle = "Niet opgehaald. Enter haalt hem opnieuw op."
    return Row(key=OPNIEUW, title=f"Zaak {tekst.grouped(place + 1)}", subtitle=subtitle, icon="opnieuw")


def place(adres: str) -> Row:
    """What is at an address, whoever it is of."""
    return Row(key=PLEK, title="Zaken rond dit adres", subtitle=one_line(adres, 200), icon="adres")


def customer(place: int, treffer: Treffer) -> Row:
    """Somebody whose zaken it may be, of a search."""
    vlaggen: list[tuple[str, Toon]] = [("Geheimhouding", "fout")] if treffer.geheimhouding else []
    if treffer.overleden:
        vlaggen.append(("Overleden", "let_op"))
    return Row(
        key=f"klant:{place}",
        title=one_line(treffer.klant.naam, 200),
        subtitle=one_line(treffer.omschrijving, 200),
        icon="bedrijf" if treffer.klant.sleutel.soort is SoortKlant.ORGANISATIE else "persoon",
        flags=tuple(vlaggen),
    )


def step(stap: Statusstap, now: datetime) -> Row:
    """A status that was set."""
    return Row(
        key=f"{stap.volgnummer}:{stap.gezet_op}",
        title=one_line(stap.naam, 120) or "Status",
        subtitle=one_line(stap.toelichting, 300),
        icon="tijd" if stap.is_huidig else "geslaagd",
        right=display_day(local(stap.gezet_op).date(), local(now).date()) if stap.gezet_op else "",
    )


def document(doc: Zaakdocument, today: date) -> Row:
    soort = (PurePath(doc.bestandsnaam).suffix[1:] or doc.formaat.rpartition("/")[2]).upper()
    delen = (soort if len(soort) <= 8 else "", tekst.size(doc.omvang), AANDUIDINGEN.get(doc.vertrouwelijkheid, ""))
    return Row(
        key=doc.uuid,
        title=one_line(doc.titel, 200) or "Zonder titel",
        subtitle=" · ".join(deel for deel in delen if deel),
        icon="document",
        right=display_day(doc.creatiedatum, today),
    )


def contact(regel: Contactregel, now: datetime) -> Row:
    kanaal = regel.kanaal.lower()
    inhoud = f"“{one_line(regel.inhoud, 200)}”" if regel.inhoud.strip() else ""
    delen = (one_line(regel.afdeling, 60), inhoud)
    return Row(
        key=regel.uuid or regel.opdracht,
        title=one_line(regel.onderwerp, 200) or "Zonder onderwerp",
        subtitle=" · ".join(deel for deel in delen if deel),
        icon=kanaal if kanaal in _KANALEN else "contact",
        right=display_day(local(regel.plaatsgevonden_op).date(), local(now).date()) if regel.plaatsgevonden_op else "",
    )


def linked(regel: Zaakregel, zaak: Zaak | None, today: date) -> Row:
    """Another zaak, with how it belongs to this one."""
    row = zaak_row(regel, today)
    hoe = relation(zaak, regel.verwijzing.uuid) if zaak is not None else ""
    return msgspec.structs.replace(row, subtitle=" · ".join(filter(None, (hoe, row.subtitle))))


def relation(zaak: Zaak, uuid: str) -> str:
    """How another zaak belongs to this one, in words."""
    if uuid == zaak.hoofdzaak:
        return "Hoofdzaak van deze zaak"
    if uuid in zaak.deelzaken:
        return "Deelzaak van deze zaak"
    aard = zaak.aard.get(uuid, "")
    return RELATIES.get(aard, one_line(aard, 60))


def properties(eigenschappen: Sequence[Zaakeigenschap]) -> list[tuple[str, str]]:
    """(label, value) of each; dates in words, numbers under each other at their comma."""
    waarden = [shown_value(tekst.whole(al.waarde), al.formaat) for al in eigenschappen]
    getallen = [plek for plek, al in enumerate(eigenschappen) if al.formaat == "getal"]
    for plek, waarde in zip(getallen, aligned_numbers([waarden[plek] for plek in getallen]), strict=True):
        waarden[plek] = waarde
    return [(_capital(one_line(al.naam, 60)), waarde) for al, waarde in zip(eigenschappen, waarden, strict=True)]


def _capital(naam: str) -> str:
    """The names of the standard stand in lower case; as a label they begin as every other."""
    return naam[:1].upper() + naam[1:]


def role(rol: Zaakrol) -> tuple[str, str]:
    """(label, value) of somebody who has to do with it."""
    label = one_line(rol.omschrijving, 40) or ROLLEN.get(rol.generiek, "Betrokkene")
    nummer = f"KvK {rol.kvk_nummer}" if rol.kvk_nummer else ""
    return label, " · ".join(deel for deel in (one_line(rol.naam, 200) or "Naam onbekend", nummer) if deel)
