"""The companies of Proefdam, as source records of the Handelsregister."""

from __future__ import annotations

from itertools import count

from kcs_desktop.backend.proefgemeente.lot import Lot, rsins, table
from kcs_desktop.backend.standards.kvk.bron import Activiteit, Adres, Bedrijf, Vestiging

PROEFDUIN = "90000001"  # Bakkerij Proefduin, for which Johanna van Duinrode acts
_ZONDER_RSIN = {"Eenmanszaak"}


def bedrijven() -> list[Bedrijf]:
    """Every company; Bakkerij Proefduin is the first."""
    lot = Lot("bedrijven van Proefdam")
    straten = [(r["straat"], r["postcode"]) for r in table("straten")]
    rsin, vestigingsnummer = rsins(), count(900000001)
    gemaakt: list[Bedrijf] = []
    for nummer, rij in enumerate(table("bedrijven"), start=int(PROEFDUIN)):
        activiteit = Activiteit(rij["sbi"], rij["activiteit"], indHoofdactiviteit=True)
        begin = f"{lot.number(1975, 2024)}{lot.number(1, 12):02d}01"
        vestigingen = []
        for i in range(int(rij["vestigingen"])):
            straat, postcode = lot.one(straten)
            naam = rij["naam"] if i == 0 else f"{rij['naam']} {straat}"
            adres = Adres(straatnaam=straat, huisnummer=lot.number(1, 180), postcode=postcode, plaats="Proefdam")
            vestigingen.append(
                Vestiging(
                    vestigingsnummer=f"{next(vestigingsnummer):012d}",
                    eersteHandelsnaam=naam,
                    adres=adres,
                    hoofdvestiging=i == 0,
                    handelsnamen=[naam],
                    sbiActiviteiten=[activiteit],
                    voltijdWerkzamePersonen=lot.number(0, 20),
                    deeltijdWerkzamePersonen=lot.number(1, 12),
                    datumAanvang=begin,
                )
            )
        rechtspersoon = rij["rechtsvorm"] not in _ZONDER_RSIN
        statutair = f"{rij['naam']} B.V." if rij["rechtsvorm"] == "Besloten Vennootschap" else rij["naam"]
        gemaakt.append(
            Bedrijf(
                kvkNummer=str(nummer),
                naam=rij["naam"],
                rechtsvorm=rij["rechtsvorm"],
                vestigingen=vestigingen,
                rsin=next(rsin) if rechtspersoon else "",
                statutaireNaam=statutair if rechtspersoon else "",
                formeleRegistratiedatum=begin,
                datumAanvang=begin,
                datumEinde="20250331" if nummer % 31 == 7 else "",
                handelsnamen=[rij["naam"]],
                sbiActiviteiten=[activiteit],
                totaalWerkzamePersonen=sum(v.voltijdWerkzamePersonen + v.deeltijdWerkzamePersonen for v in vestigingen),
            )
        )
    return gemaakt
