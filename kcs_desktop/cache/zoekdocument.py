"""What of a customer picture can be searched in the seat's own store."""

from __future__ import annotations

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.klant import Klantbeeld, SoortDigitaalAdres
from kcs_desktop.domain.klantidentiteit import aggregate
from kcs_desktop.domain.naam import parse_naam
from kcs_desktop.domain.postcode import split_postcode
from kcs_desktop.search.document import Document
from kcs_desktop.search.herkend_adres import split_address


def document_of(beeld: Klantbeeld) -> Document | None:
    """None for a customer without any key."""
    naam = aggregate(beeld.sleutel)
    if not naam:
        return None
    sleutel, persoon, bedrijf = beeld.sleutel, beeld.persoon, beeld.bedrijf
    regels = (persoon.adresregels if persoon else bedrijf.adresregels if bedrijf else ()) or beeld.bezoekadres
    adres = split_address(regels[0]) if regels else None
    postcode, plaats = _place(regels)
    voornamen, voorvoegsel, geslachtsnaam = _name(beeld.naam) if bedrijf is None else ("", "", "")
    return Document(
        naam,
        sleutel.soort,
        beeld.naam,
        voornamen=voornamen,
        voorvoegsel=voorvoegsel,
        geslachtsnaam=geslachtsnaam,
        handelsnamen=bedrijf.handelsnamen if bedrijf else (),
        partij=sleutel.partij,
        bsn=sleutel.bsn,
        kvk_nummer=sleutel.kvk_nummer,
        vestigingsnummer=sleutel.vestigingsnummer,
        rsin=sleutel.rsin,
        telefoonnummers=_digital(beeld, SoortDigitaalAdres.TELEFOONNUMMER),
        emails=_digital(beeld, SoortDigitaalAdres.EMAIL),
        geboortedatum=persoon.geboortedatum if persoon else "",
        straat=adres.straat if adres else "",
        huisnummer=adres.huis.nummer if adres else None,
        huisletter=adres.huis.letter if adres else "",
        toevoeging=adres.huis.toevoeging if adres else "",
        postcode=postcode,
        plaats=plaats,
        geheimhouding=beeld.geheimhouding,
        overleden=bool(persoon and persoon.overleden),
    )


def _digital(beeld: Klantbeeld, soort: SoortDigitaalAdres) -> tuple[str, ...]:
    return tuple(adres.adres for adres in beeld.digitale_adressen if adres.soort is soort)


def _place(regels: tuple[str, ...]) -> tuple[str, str]:
    for regel in regels[1:]:
        gevonden = split_postcode(regel)
        if gevonden:
            return gevonden[0].replace(" ", "").upper(), gevonden[1]
    return "", ""


def _name(naam: str) -> tuple[str, str, str]:
    try:
        delen = parse_naam(naam)
    except InvalidInput:
        return "", "", naam
    return delen.voornamen, delen.voorvoegsel, delen.geslachtsnaam
