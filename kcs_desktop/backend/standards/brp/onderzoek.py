"""Which answered fields are under investigation, from the six-digit element codes of the source.

A code names a category (two digits), a group (two) and an element (two); zeros mean "all of it". The tables below give,
per group of the answer, the element that stands behind each field.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kcs_desktop.backend.standards.brp.datum import datum

Tabel = Mapping[str, tuple[str, ...]]

NAAM: Tabel = {
    "voornamen": ("0210",),
    "adellijkeTitelPredicaat": ("0220",),
    "voorvoegsel": ("0230",),
    "geslachtsnaam": ("0240",),
    "voorletters": ("0210",),
}
NAAM_PERSOON: Tabel = {**NAAM, "volledigeNaam": ("0210", "0220", "0230", "0240")}
NAAM_PERSOON_VOL: Tabel = {**NAAM_PERSOON, "aanduidingNaamgebruik": ("6110",)}
GEBOORTE_BEPERKT: Tabel = {"datum": ("0310",)}
GEBOORTE: Tabel = {"datum": ("0310",), "plaats": ("0320",), "land": ("0330",)}
OVERLIJDEN: Tabel = {"datum": ("0810",), "plaats": ("0820",), "land": ("0830",)}
PERSOON: Tabel = {"burgerservicenummer": ("0120",), "geslacht": ("0410",), "leeftijd": ("0310",)}
GEMEENTE: Tabel = {"gemeenteVanInschrijving": ("0910",), "datumInschrijvingInGemeente": ("0920",)}
GEZAG: Tabel = {"indicatieGezagMinderjarige": ("3210",), "indicatieCurateleRegister": ("3310",)}
NATIONALITEIT: Tabel = {"type": ("0510",), "nationaliteit": ("0510",), "redenOpname": ("6310",)}
VERBLIJFSTITEL: Tabel = {"aanduiding": ("3910",), "datumEinde": ("3920",), "datumIngang": ("3930",)}
RELATIE: Tabel = {"burgerservicenummer": ("0120",), "geslacht": ("0410",)}
KIND: Tabel = {"burgerservicenummer": ("0120",)}
OUDER: Tabel = {**RELATIE, "datumIngangFamilierechtelijkeBetrekking": ("6210",)}
PARTNER: Tabel = {**RELATIE, "soortVerbintenis": ("1510",)}
AANGAAN: Tabel = {"datum": ("0610",), "plaats": ("0620",), "land": ("0630",)}
ONTBINDING: Tabel = {"datum": ("0710",)}
IMMIGRATIE: Tabel = {
    "datumVestigingInNederland": ("1420",),
    "landVanwaarIngeschreven": ("1410",),
    "vanuitVerblijfplaatsOnbekend": ("1410",),
    "indicatieVestigingVanuitBuitenland": ("1410",),
}
ADRES: Tabel = {
    "type": ("1110", "1120", "1160", "1170", "1180", "1190"),
    "datumVan": ("1030",),
    "datumIngangGeldigheid": ("8510",),
    "nummeraanduidingIdentificatie": ("1190",),
    "adresseerbaarObjectIdentificatie": ("1180",),
    "functieAdres": ("1010",),
}
VERBLIJFADRES: Tabel = {
    "korteStraatnaam": ("1110",),
    "officieleStraatnaam": ("1115",),
    "huisnummer": ("1120",),
    "huisletter": ("1130",),
    "huisnummertoevoeging": ("1140",),
    "aanduidingBijHuisnummer": ("1150",),
    "postcode": ("1160",),
    "woonplaats": ("1170",),
}
LOCATIE: Tabel = {
    "type": ("1210",),
    "datumVan": ("1030",),
    "datumIngangGeldigheid": ("8510",),
    "functieAdres": ("1010",),
}
VERBLIJFADRES_LOCATIE: Tabel = {"locatiebeschrijving": ("1210",)}
BUITENLAND: Tabel = {"type": ("1310",), "datumVan": ("1320",), "datumIngangGeldigheid": ("8510",)}
VERBLIJFADRES_BUITENLAND: Tabel = {"land": ("1310",), "regel1": ("1330",), "regel2": ("1340",), "regel3": ("1350",)}
ONBEKEND: Tabel = {"type": ("1310",), "datumVan": ("1320",), "datumIngangGeldigheid": ("8510",)}
ADRESREGELS: Tabel = {
    "adresregel1": ("1110", "1115", "1120", "1130", "1140", "1150", "1210", "1330"),
    "adresregel2": ("1160", "1170", "1340", "0910"),
    "adresregel3": ("1350",),
    "land": ("1310",),
}
AANSCHRIJVING: Tabel = dict.fromkeys(
    ("aanhef", "aanschrijfwijze", "gebruikInLopendeTekst"), ("0210", "0220", "0230", "0240", "0410", "6110")
)
VERBLIJFT_NIET_OP_ADRES = "089999"


def onderzocht(bron: Mapping[str, Any] | None, tabel: Tabel) -> dict[str, Any]:
    """The fields of `tabel` that `bron` (aanduiding and start date) puts under investigation, each True."""
    aanduiding = str((bron or {}).get("aanduidingGegevensInOnderzoek") or "")
    if len(aanduiding) != 6:
        return {}
    if aanduiding == VERBLIJFT_NIET_OP_ADRES:
        aanduiding = "080000"
    code = aanduiding[2:]
    if code == "0000":
        return dict.fromkeys(tabel, True)
    wide = code.endswith("00")
    return {
        veld: True for veld, codes in tabel.items() if any(c == code or (wide and c[:2] == code[:2]) for c in codes)
    }


def in_onderzoek(bron: Mapping[str, Any] | None, tabel: Tabel) -> dict[str, Any] | None:
    """`inOnderzoek` of one group: its fields with the day the investigation began; None when nothing is."""
    velden = onderzocht(bron, tabel)
    if not velden or bron is None:
        return None
    velden["datumIngangOnderzoek"] = datum(bron.get("datumIngangOnderzoek"))
    return velden
