"""The rows of the overlay from what the presenter knows: groups in a fixed order, so that nothing changes places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import msgspec

from kcs_desktop.sdk import (
    Bron,
    Bronstand,
    Contact,
    Kanaal,
    Klantbeeld,
    Klantverwijzing,
    SoortKlant,
    Treffer,
    Zaaktreffers,
    Zaaktypekeuze,
    unbroken_numbers,
)
from ui.manifest import Command
from ui.widgets.flag import Toon
from ui.widgets.paint import shown_keys
from ui.widgets.row import Row
from ui.widgets.zaak_row import zaak_row
from ui.zoeken.presenter import STARTEN, ZAKEN_ZOEKEN, Stap, Zoekbeeld, klant_key

SOURCES = {
    "eigen": "Onlangs op deze werkplek",
    "crm": "Klanten en contactpersonen",
    "brp": "Basisregistratie personen",
    "kvk": "Handelsregister",
}
CHANNEL_ICONS = {
    Kanaal.BALIE: "balie",
    Kanaal.TELEFOON: "telefoon",
    Kanaal.EMAIL: "email",
    Kanaal.CHAT: "chat",
    Kanaal.SOCIAL: "social",
    Kanaal.POST: "post",
}


def rows(beeld: Zoekbeeld) -> list[Row]:
    """Everything the list shows."""
    result: list[Row] = []
    if beeld.recent:
        result += _group("Laatst geopend", (_recent(b) for b in beeld.recent))
    if beeld.stap is not Stap.LEEG:
        result += list(_klanten(beeld))
    if beeld.zaken is not None:
        result += _zaken(beeld.zaken, beeld.vandaag)
    if beeld.zaaknummer:
        result.append(Row(ZAKEN_ZOEKEN, f"{beeld.zaaknummer} zoeken in Zaken", icon="zoeken"))
    if beeld.afzender:
        result += _group("Nieuw contact", [_start(beeld)])
    result += _group("Open contacten", (_contact(c) for c in beeld.contacten))
    over = "Product voor deze vraag" if beeld.heeft_contact else "Contact starten over een product"
    result += _group(over, (_product(p.naam, p.afdeling) for p in beeld.producten))
    result += _group("Zaak aanmaken", (_zaaktype(al) for al in beeld.zaaktypen))
    result += _group("Opdrachten", (_command(c, beeld.geweigerd.get(c.id, "")) for c in beeld.commands))
    return result


def _klanten(beeld: Zoekbeeld) -> Iterator[Row]:
    treffers = beeld.resultaat.treffers if beeld.resultaat is not None else ()
    bronnen = beeld.resultaat.bronnen if beeld.resultaat is not None else ()
    known = {b.naam: b for b in bronnen}
    for naam, titel in SOURCES.items():
        hits = [t for t in treffers if t.bron == naam]
        bron = known.get(naam)
        if not hits and not _worth_a_word(naam, bron, beeld):
            continue
        elsewhere = _elsewhere(treffers) if naam == "crm" and not hits else ""
        yield Row(f"kop:{naam}", titel, _note(bron), right=_state(bron, len(hits), elsewhere), is_kop=True)
        for treffer in hits:
            yield _treffer(treffer, toont_waarom=beeld.toont_waarom)
        if bron is not None and bron.stand is Bronstand.FOUT:
            reason = bron.melding or "Er kwam geen antwoord."
            yield Row(f"opnieuw:{naam}", "Opnieuw proberen", reason, "opnieuw", tone="let_op")


def _zaken(treffers: Zaaktreffers, today: date) -> list[Row]:
    """Those with the number that was typed; a register that does not answer is named, and what is kept stays."""
    hits = [
        msgspec.structs.replace(row, key=f"zaak:{row.key}") for row in (zaak_row(al, today) for al in treffers.regels)
    ]
    has_failed = treffers.bron.stand is Bronstand.FOUT
    if not hits and not has_failed:
        return []
    note = "De eerste; typ verder voor minder." if treffers.heeft_meer else ""
    right = "antwoordt niet" if has_failed else "zoekt…" if treffers.bron.stand is Bronstand.LAADT else str(len(hits))
    return [Row("kop:zaken", "Zaken met dit nummer", note, right=right, is_kop=True), *hits]


def _worth_a_word(naam: str, bron: Bron | None, beeld: Zoekbeeld) -> bool:
    """A source without hits is named only when that says something: it failed, was not asked, cannot know
    everything, or found nothing.
    """
    if bron is None:
        return False
    if bron.stand in (Bronstand.FOUT, Bronstand.NIET_GEVRAAGD) or bron.melding:
        return True
    if naam == "eigen":
        return False
    return beeld.stap is Stap.GEVRAAGD or (naam == "crm" and not beeld.heeft_treffers)


def _note(bron: Bron | None) -> str:
    """Beside the name of the source: why it was not asked, or what it left out. Why it failed stands below it."""
    return bron.melding if bron is not None and bron.stand is not Bronstand.FOUT else ""


def _elsewhere(treffers: Sequence[Treffer]) -> str:
    """Where a known customer stands that another source showed first: "nothing found" would ask to register it anew."""
    sources = {t.bron for t in treffers if t.klant.sleutel.partij}
    if not sources:
        return ""
    return "staat hierboven" if sources == {"eigen"} else "staat hieronder"


def _state(bron: Bron | None, hits: int, elsewhere: str) -> str:
    if bron is None:
        return ""
    if bron.stand is Bronstand.LAADT:
        return "zoekt…"
    if bron.stand is Bronstand.FOUT:
        return "antwoordt niet"
    if bron.stand is Bronstand.NIET_GEVRAAGD:
        return "niet gevraagd"
    if bron.stand is Bronstand.KLAAR:
        return str(hits) if hits else elsewhere or "niets gevonden"
    return ""


def _treffer(treffer: Treffer, *, toont_waarom: bool) -> Row:
    flags: list[tuple[str, Toon]] = []
    if treffer.geheimhouding:
        flags.append(("Geheimhouding: niet verstrekken aan derden", "fout"))
    if treffer.overleden:
        flags.append(("Overleden", "let_op"))
    return Row(
        klant_key(treffer.klant),
        treffer.klant.naam,
        f"Waarom: {treffer.waarom}" if toont_waarom and treffer.waarom else treffer.omschrijving,
        _icon(treffer.klant),
        flags=tuple(flags),
        tip=f"Waarom dit resultaat: {treffer.waarom}" if treffer.waarom else "",
    )


def _recent(beeld: Klantbeeld) -> Row:
    klant = Klantverwijzing(beeld.sleutel, beeld.naam)
    flags: tuple[tuple[str, Toon], ...] = (("Geheimhouding", "fout"),) if beeld.geheimhouding else ()
    adres = beeld.persoon or beeld.bedrijf
    rest = klant_key(klant).partition(":")[2]
    return Row(f"recent:{rest}", beeld.naam, ", ".join(adres.adresregels) if adres else "", _icon(klant), flags=flags)


def _icon(klant: Klantverwijzing) -> str:
    return "bedrijf" if klant.sleutel.soort is SoortKlant.ORGANISATIE else "persoon"


def _contact(contact: Contact) -> Row:
    subject = contact.vraag.onderwerp or "nog geen onderwerp"
    return Row(f"contact:{contact.id}", contact.titel, subject, CHANNEL_ICONS[contact.kanaal])


def _start(beeld: Zoekbeeld) -> Row:
    kanaal = Kanaal.TELEFOON if beeld.vraag.beller else Kanaal.EMAIL
    titel = unbroken_numbers(f"Contact starten met {beeld.afzender}")
    return Row(STARTEN, titel, icon=CHANNEL_ICONS[kanaal], keys=shown_keys("Ctrl+Return"))


def _product(naam: str, afdeling: str) -> Row:
    return Row(f"product:{naam}", naam, afdeling, "product")


def _zaaktype(keuze: Zaaktypekeuze) -> Row:
    return Row(f"zaaktype:{keuze.uuid}", keuze.naam, keuze.kenmerk.afdeling, "zaken")


def _command(command: Command, geweigerd: str) -> Row:
    keys = shown_keys(command.sneltoets)
    return Row(
        f"opdracht:{command.id}",
        command.titel,
        geweigerd,
        icon=command.icoon,
        suffix=f"·  {command.groep}" if command.groep else "",
        keys=keys,
        is_off=bool(geweigerd),
    )


def _group(titel: str, content: Iterable[Row]) -> list[Row]:
    found = list(content)
    return [Row(f"kop:{titel}", titel, is_kop=True), *found] if found else []
