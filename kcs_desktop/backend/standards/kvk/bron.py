"""The source record of a company: what `laad kvk` reads, what is stored, and the search rows that follow from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec

from kcs_desktop.backend.standards.brp.zoekvorm import fold, words

Kvk = Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{8}\Z")]
Vestigingsnummer = Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{12}\Z")]
Rsin = Annotated[str, msgspec.Meta(pattern=r"\A([0-9]{9})?\Z")]
Datum = Annotated[str, msgspec.Meta(pattern=r"\A([0-9]{8})?\Z")]
Tekst = Annotated[str, msgspec.Meta(max_length=625)]
Postcode = Annotated[str, msgspec.Meta(pattern=r"\A([1-9][0-9]{3}[A-Z]{2})?\Z")]
Huisnummer = Annotated[int, msgspec.Meta(ge=0, le=99999)]


class Adres(msgspec.Struct, omit_defaults=True):
    straatnaam: Tekst = ""
    huisnummer: Huisnummer = 0
    huisletter: Tekst = ""
    huisnummerToevoeging: Tekst = ""
    postcode: Postcode = ""
    plaats: Tekst = ""


class Activiteit(msgspec.Struct, omit_defaults=True):
    sbiCode: Tekst
    sbiOmschrijving: Tekst
    indHoofdactiviteit: bool = False


class Vestiging(msgspec.Struct, omit_defaults=True):
    vestigingsnummer: Vestigingsnummer
    eersteHandelsnaam: Tekst
    adres: Adres
    hoofdvestiging: bool = False
    handelsnamen: list[Tekst] = []
    sbiActiviteiten: list[Activiteit] = []
    voltijdWerkzamePersonen: int = 0
    deeltijdWerkzamePersonen: int = 0
    websites: list[Tekst] = []
    datumAanvang: Datum = ""
    datumEinde: Datum = ""


class Bedrijf(msgspec.Struct, omit_defaults=True):
    """`rsin` and `statutaireNaam` are there for a rechtspersoon only. Dates are YYYYMMDD, as KvK writes them."""

    kvkNummer: Kvk
    naam: Tekst
    rechtsvorm: Tekst
    vestigingen: list[Vestiging]
    rsin: Rsin = ""
    statutaireNaam: Tekst = ""
    formeleRegistratiedatum: Datum = ""
    datumAanvang: Datum = ""
    datumEinde: Datum = ""
    handelsnamen: list[Tekst] = []
    sbiActiviteiten: list[Activiteit] = []
    totaalWerkzamePersonen: int = 0

    @property
    def hoofdvestiging(self) -> Vestiging | None:
        return next((v for v in self.vestigingen if v.hoofdvestiging), None)


def search_rows(bedrijf: Bedrijf) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Each hit of a company: the values of its `kvk_zoekregel` row, and the words it is found by."""
    hoofd = bedrijf.hoofdvestiging
    if bedrijf.rsin:
        naam = bedrijf.statutaireNaam or bedrijf.naam
        yield _row(bedrijf, "rechtspersoon", naam, "", hoofd.adres if hoofd else Adres(), not bedrijf.datumEinde)
    for v in bedrijf.vestigingen:
        soort = "hoofdvestiging" if v.hoofdvestiging else "nevenvestiging"
        actief = not (v.datumEinde or bedrijf.datumEinde)
        yield _row(bedrijf, soort, v.eersteHandelsnaam, v.vestigingsnummer, v.adres, actief, v.handelsnamen)


def _row(
    bedrijf: Bedrijf,
    soort: str,
    naam: str,
    vestigingsnummer: str,
    adres: Adres,
    actief: bool,
    handelsnamen: list[str] | None = None,
) -> tuple[dict[str, Any], list[str]]:
    binnenlands = {
        "type": "bezoekadres",
        "straatnaam": adres.straatnaam,
        "huisnummer": adres.huisnummer,
        "huisletter": adres.huisletter,
        "postcode": adres.postcode,
        "plaats": adres.plaats,
    }
    resultaat: dict[str, Any] = {"kvkNummer": bedrijf.kvkNummer}
    if soort == "rechtspersoon":
        resultaat["rsin"] = bedrijf.rsin
    if vestigingsnummer:
        resultaat["vestigingsnummer"] = vestigingsnummer
    resultaat |= {
        "naam": naam,
        "adres": {"binnenlandsAdres": {k: w for k, w in binnenlands.items() if w}},
        "type": soort,
        "actief": "Ja" if actief else "Nee",
    }
    rij = {
        "id": f"{bedrijf.kvkNummer}-{soort}-{vestigingsnummer}",
        "kvk_nummer": bedrijf.kvkNummer,
        "soort": soort,
        "rsin": bedrijf.rsin,
        "vestigingsnummer": vestigingsnummer,
        "naam_zoek": fold(naam),
        "straat_zoek": fold(adres.straatnaam),
        "plaats_zoek": fold(adres.plaats),
        "postcode": adres.postcode,
        "huisnummer": adres.huisnummer,
        "huisletter": adres.huisletter.upper(),
        "actief": actief,
        "resultaat": resultaat,
    }
    namen = (naam, bedrijf.naam, bedrijf.statutaireNaam, *bedrijf.handelsnamen, *(handelsnamen or ()))
    return rij, sorted({woord for n in namen for woord in words(n)})
