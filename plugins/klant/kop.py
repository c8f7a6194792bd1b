"""What stands in the header of the customer picture: name, flags, contact data, and where it came from.

Pure: from a `Klantbeeld` and the clock to what the header shows. Must not fetch and must not know Qt.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from kcs_desktop.sdk import (
    KANAALNAMEN,
    Bron,
    Bronstand,
    DigitaalAdres,
    Klantbeeld,
    Klantverwijzing,
    Relatiesoort,
    SoortDigitaalAdres,
    SoortKlant,
    display_moment,
    display_since,
    one_line,
    unbroken_numbers,
)
from plugins.klant import tekst

VERIFICATIE = "alleen ter controle van de identiteit"
WACHT_OP_BEVESTIGING = "wacht op bevestiging"
MAX_GETOOND = 3  # addresses of one kind in the header; the rest is counted, and stands in the form

KANALEN = {kanaal.value: naam for kanaal, naam in KANAALNAMEN.items()}
TALEN = {
    "nld": "Nederlands",
    "eng": "Engels",
    "deu": "Duits",
    "fra": "Frans",
    "tur": "Turks",
    "ara": "Arabisch",
    "pol": "Pools",
    "ukr": "Oekraïens",
    "spa": "Spaans",
    "fry": "Fries",
}
BRONNAMEN = {"brp": "BRP", "kvk": "KvK", "klantinteracties": "CRM", "crm": "CRM", "eigen": "Eigen opslag"}
Vlagsoort = Literal["fout", "let_op", "goed", "accent", "neutraal"]


class Vlag(msgspec.Struct, frozen=True):
    """`klant` is set when the flag opens that customer."""

    tekst: str
    soort: Vlagsoort
    icoon: str
    klant: Klantverwijzing | None = None


_VASTGEZET = Vlag("Vastgezet", "neutraal", "vastzetten")


class Waarde(msgspec.Struct, frozen=True):
    """One line of contact data; `bij` stands softly behind it. `label` is empty for a further line of the same.

    `wacht` says that the register has not confirmed it; `kan_wachten` keeps the place of that sign.
    """

    label: str
    tekst: str
    bij: str = ""
    wacht: bool = False
    kan_wachten: bool = True


class Bronregel(msgspec.Struct, frozen=True):
    """Where data came from and how old they are; `kan_opnieuw` offers another try."""

    bron: str
    naam: str
    tekst: str
    is_fout: bool = False
    kan_opnieuw: bool = False


class Kop(msgspec.Struct, frozen=True):
    """The whole header."""

    naam: str
    initialen: str
    ondertitel: str
    vlaggen: tuple[Vlag, ...]
    wacht: bool  # something of it is not confirmed yet
    waarden: tuple[Waarde, ...]
    bronregels: tuple[Bronregel, ...]
    laadt: bool


def header(beeld: Klantbeeld, now: datetime, *, vastgezet: bool = False) -> Kop:
    """The header of this picture at this moment."""
    naam = one_line(beeld.naam, 200) or "Naam onbekend"
    return Kop(
        naam=naam,
        initialen=tekst.initials(naam),
        ondertitel=tekst.joined(_subtitle(beeld)),
        wacht=bool(beeld.wachtende_wijzigingen),
        vlaggen=(*_flags(beeld), *((_VASTGEZET,) if vastgezet else ())),
        waarden=_values(beeld),
        bronregels=tuple(_source(bron, beeld, now) for bron in _in_order(beeld.bronnen) if bron.naam != "eigen"),
        laadt=any(bron.stand is Bronstand.LAADT for bron in beeld.bronnen),
    )


def _in_order(bronnen: tuple[Bron, ...]) -> list[Bron]:
    """Each source keeps its line, whichever answered first."""
    places = {naam: place for place, naam in enumerate(BRONNAMEN)}
    return sorted(bronnen, key=lambda bron: places.get(bron.naam, len(places)))


def _subtitle(beeld: Klantbeeld) -> tuple[str, ...]:
    if beeld.persoon is not None:
        persoon = beeld.persoon
        geboren = tekst.date(persoon.geboortedatum)
        leeftijd = "" if persoon.overleden else tekst.age(persoon.leeftijd)
        met_leeftijd = f"{geboren} ({leeftijd})" if geboren and leeftijd else geboren or leeftijd
        return (one_line(persoon.aanschrijfnaam), met_leeftijd, f"BSN {tekst.bsn(persoon.bsn)}")
    if beeld.bedrijf is not None:
        bedrijf = beeld.bedrijf
        return (
            one_line(bedrijf.rechtsvorm),
            f"KvK {bedrijf.kvk_nummer}",
            f"vestiging {bedrijf.vestigingsnummer}" if bedrijf.vestigingsnummer else "",
            one_line(bedrijf.hoofdactiviteit, 80),
        )
    sleutel = beeld.sleutel
    soort = {
        SoortKlant.PERSOON: "Persoon",
        SoortKlant.ORGANISATIE: "Bedrijf of organisatie",
        SoortKlant.CONTACTPERSOON: "Contactpersoon",
    }[sleutel.soort]
    return (
        soort,
        f"BSN {tekst.bsn(sleutel.bsn)}" if sleutel.bsn else "",
        f"KvK {sleutel.kvk_nummer}" if sleutel.kvk_nummer else "",
    )


def _flags(beeld: Klantbeeld) -> tuple[Vlag, ...]:
    vlaggen: list[Vlag] = []
    persoon, bedrijf = beeld.persoon, beeld.bedrijf
    if persoon is not None and persoon.overleden:
        op = tekst.date(persoon.overlijdensdatum)
        vlaggen.append(Vlag(f"Overleden op {op}" if op else "Overleden", "fout", "overleden"))
    if beeld.geheimhouding:
        vlaggen.append(Vlag("Geheimhouding: niet verstrekken aan derden", "fout", "geheimhouding"))
    if bedrijf is not None and bedrijf.beeindigd:
        vlaggen.append(Vlag("Beëindigd", "fout", "let_op"))
    if persoon is not None and persoon.in_onderzoek:
        vlaggen.append(Vlag("Gegevens in onderzoek", "let_op", "let_op"))
    if bedrijf is not None and bedrijf.vestigingsnummer and not bedrijf.hoofdvestiging:
        vlaggen.append(Vlag("Nevenvestiging", "neutraal", "bedrijf"))
    for relatie in beeld.relaties:
        wie = one_line(relatie.klant.naam, 60)
        if relatie.soort is Relatiesoort.HANDELT_NAMENS:
            vlaggen.append(Vlag(f"Handelt namens {wie}", "accent", "bedrijf", relatie.klant))
        elif relatie.soort is Relatiesoort.WERKT_VOOR:
            vlaggen.append(Vlag(f"Contactpersoon van {wie}", "accent", "bedrijf", relatie.klant))
    return tuple(vlaggen)


def is_pending(beeld: Klantbeeld, adres: DigitaalAdres) -> bool:
    """Whether the register has not confirmed this address (as it is shown) yet."""
    wachtend = beeld.wachtende_wijzigingen
    return not adres.uuid or adres.soort.value in wachtend


def _values(beeld: Klantbeeld) -> tuple[Waarde, ...]:
    waarden: list[Waarde] = []
    regels = _address_lines(beeld)
    if regels:
        waarden.append(Waarde("Adres", ", ".join(regels), kan_wachten=False))
    waarden += _digital(beeld, SoortDigitaalAdres.TELEFOONNUMMER, "Telefoon")
    waarden += _digital(beeld, SoortDigitaalAdres.EMAIL, "E-mail")
    waarden += _digital(beeld, SoortDigitaalAdres.OVERIG, "Overig")
    if beeld.voorkeurskanaal or beeld.voorkeurstaal:
        kanaal = KANALEN.get(beeld.voorkeurskanaal, one_line(beeld.voorkeurskanaal))
        taal = TALEN.get(beeld.voorkeurstaal, one_line(beeld.voorkeurstaal))
        if beeld.voorkeurstaal in ("", "nld"):
            taal = ""
        wacht = {"voorkeurskanaal", "voorkeurstaal"} & set(beeld.wachtende_wijzigingen)
        if kanaal or taal:
            getoond = " · ".join(part for part in (kanaal, taal) if part)
            waarden.append(Waarde("Voorkeur", getoond, wacht=bool(wacht)))
    return tuple(waarden)


def _address_lines(beeld: Klantbeeld) -> tuple[str, ...]:
    if beeld.persoon is not None and beeld.persoon.adresregels:
        regels = beeld.persoon.adresregels
    elif beeld.bedrijf is not None and beeld.bedrijf.adresregels:
        regels = beeld.bedrijf.adresregels
    else:
        regels = beeld.bezoekadres
    return tuple(regel for regel in (one_line(regel) for regel in regels) if regel)


def _digital(beeld: Klantbeeld, soort: SoortDigitaalAdres, label: str) -> list[Waarde]:
    adressen = sorted((a for a in beeld.digitale_adressen if a.soort is soort), key=lambda a: not a.standaard)
    waarden = []
    for index, adres in enumerate(adressen[:MAX_GETOOND]):
        getoond = (
            unbroken_numbers(tekst.phone(adres.adres))
            if soort is SoortDigitaalAdres.TELEFOONNUMMER
            else one_line(adres.adres)
        )
        bij = [one_line(adres.omschrijving)] if adres.omschrijving else []
        bij += ["voorkeur"] if adres.standaard else []
        waarden.append(Waarde("" if index else label, getoond, " · ".join(bij), is_pending(beeld, adres)))
    if len(adressen) > MAX_GETOOND:
        waarden.append(Waarde("", f"en nog {len(adressen) - MAX_GETOOND}", kan_wachten=False))
    return waarden


def _source(bron: Bron, beeld: Klantbeeld, now: datetime) -> Bronregel:
    naam = BRONNAMEN.get(bron.naam, one_line(bron.naam))
    sinds = display_since(bron.opgehaald_op, now) if bron.opgehaald_op else ""
    controle = f" · {VERIFICATIE}" if bron.naam == "brp" else ""
    if bron.stand is Bronstand.FOUT:
        wat = one_line(bron.melding).rstrip(".") or f"{naam} antwoordt niet"
        oud = f"Dit is van {sinds}." if sinds else "Deze gegevens ontbreken."
        regel = f"{wat}. {oud}" + (f"\n{VERIFICATIE.capitalize()}" if controle and sinds else "")
        return Bronregel(bron.naam, naam, regel, is_fout=True, kan_opnieuw=True)
    if bron.stand is Bronstand.NIET_GEVRAAGD:
        return Bronregel(bron.naam, naam, one_line(bron.melding) or "niet gevraagd")
    if bron.stand in (Bronstand.LAADT, Bronstand.WACHT) or bron.opgehaald_op is None:
        van = f"wordt opgehaald, dit is van {sinds}" if sinds else "wordt opgehaald"
        return Bronregel(bron.naam, naam, van + (controle if sinds else ""))
    wanneer = display_moment(bron.opgehaald_op, now)
    return Bronregel(bron.naam, naam, ("bewaard " if bron.uit_cache else "") + wanneer + controle)
