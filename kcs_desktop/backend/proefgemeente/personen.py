"""The inhabitants of Proefdam, as source records of the BRP: households of one to six, with everything a desk meets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from kcs_desktop.backend.proefgemeente.lot import Lot, bsns, table

GEMEENTE = {"code": "9999", "omschrijving": "Proefdam"}
NEDERLAND = {"code": "6030", "omschrijving": "Nederland"}
HUISHOUDENS = 190
JOHANNA = "999990019"
PERSOON_100 = "999990020"  # 100 contacts and 50 callback notes
PERSOON_20 = "999990032"  # 20 contacts and 10 callback notes
VASTE = (JOHANNA, PERSOON_100, PERSOON_20)
_NATIONALITEITEN = (("0001", "Nederlandse"), ("0064", "Poolse"), ("0339", "Turkse"), ("0063", "Marokkaanse"))
_GESLACHT = {"M": "man", "V": "vrouw", "O": "onbekend"}

Bron = dict[str, Any]


class Inwoners:
    """Makes the persons one after the other; numbers are never given twice."""

    def __init__(self) -> None:
        self._lot = Lot("inwoners van Proefdam")
        self._bsn = bsns()
        self._a_nummer = count(9900000001)
        self._voornamen = {g: [r["naam"] for r in table("voornamen") if r["geslacht"] == g] for g in "MV"}
        self._achternamen = [(r["voorvoegsel"], r["naam"]) for r in table("achternamen")]
        self._straten = [(r["straat"], r["postcode"]) for r in table("straten")]
        self._adressen = count(1)

    def all(self) -> list[Bron]:
        """Every person; the fixed ones first."""
        mensen = list(self._vaste())
        for _ in range(HUISHOUDENS):
            mensen.extend(self._huishouden())
        self._bijzonderheden(mensen[len(VASTE) + 1 :])
        return mensen

    def _vaste(self) -> Iterator[Bron]:
        thuis = self._adres("Schelpenlaan", "9999ZZ", 12)
        johanna = self._mens("V", ("van", "Duinrode"), "19710314", thuis, voornamen="Johanna", bsn=JOHANNA)
        johanna["geheimhoudingPersoonsgegevens"] = "1"
        partner = self._mens("M", ("de", "Proef"), "19690802", thuis, voornamen="Maarten Willem")
        self._trouwen(johanna, partner, "19980619")
        johanna["naam"]["aanduidingNaamgebruik"] = _naamgebruik("N")
        yield johanna
        druk = self._adres("Wulpweg", "9998XC", 100)
        yield self._mens("M", ("", "Hoekstra"), "19640509", druk, voornamen="Pieter Jan", bsn=PERSOON_100)
        gewoon = self._adres("Wulpweg", "9998XC", 20)
        yield self._mens("V", ("de", "Groot"), "19880121", gewoon, voornamen="Lotte", bsn=PERSOON_20)
        yield partner

    def _huishouden(self) -> Iterator[Bron]:
        lot = self._lot
        straat, postcode = lot.one(self._straten)
        adres = self._adres(straat, postcode, lot.number(1, 180))
        geboren = lot.number(1935, 2002)
        eerste = self._mens(lot.one("MV"), lot.one(self._achternamen), self._dag(geboren), adres)
        yield eerste
        if not lot.chance(60):
            return
        geslacht = eerste["geslacht"]["code"] if lot.chance(8) else "V" if eerste["geslacht"]["code"] == "M" else "M"
        tweede = self._mens(geslacht, lot.one(self._achternamen), self._dag(geboren + lot.number(-6, 5)), adres)
        yield tweede
        if lot.chance(80):
            self._trouwen(eerste, tweede, self._dag(min(geboren + lot.number(22, 35), 2024)))
        if geboren > 1965 and lot.chance(65):
            naam = lot.one([eerste, tweede])["naam"]
            achternaam = (naam.get("voorvoegsel", ""), naam["geslachtsnaam"])
            for _ in range(lot.number(1, 3)):
                dag = self._dag(min(max(geboren + lot.number(22, 38), 2003), 2025))
                kind = self._mens(lot.one("MV"), achternaam, dag, adres)
                for rol, ouder in (("1", eerste), ("2", tweede)):
                    kind.setdefault("ouders", []).append({**_relatie(ouder), "ouderAanduiding": rol})
                    ouder.setdefault("kinderen", []).append(_relatie(kind))
                yield kind

    def _mens(
        self, geslacht: str, achternaam: tuple[str, str], geboren: str, adres: Bron, voornamen: str = "", bsn: str = ""
    ) -> Bron:
        lot = self._lot
        while not bsn or (bsn in VASTE and not voornamen):
            bsn = next(self._bsn)
        namen = voornamen or " ".join(lot.some(self._voornamen[geslacht], lot.one((1, 1, 2, 2, 3))))
        voorvoegsel, naam = achternaam
        code, omschrijving = lot.one(_NATIONALITEITEN) if lot.chance(12) else _NATIONALITEITEN[0]
        return {
            "aNummer": str(next(self._a_nummer)),
            "burgerservicenummer": bsn,
            "datumEersteInschrijvingGBA": "19941001" if geboren < "19941001" else geboren,
            "geslacht": {"code": geslacht, "omschrijving": _GESLACHT[geslacht]},
            "naam": {
                "voornamen": namen,
                **({"voorvoegsel": voorvoegsel} if voorvoegsel else {}),
                "geslachtsnaam": naam,
                "aanduidingNaamgebruik": _naamgebruik("E"),
            },
            "geboorte": {"datum": geboren, "land": NEDERLAND, "plaats": GEMEENTE},
            "nationaliteiten": [
                {"nationaliteit": {"code": code, "omschrijving": omschrijving}, "datumIngangGeldigheid": geboren}
            ],
            "verblijfplaats": dict(adres),
            "gemeenteVanInschrijving": GEMEENTE,
            "datumInschrijvingInGemeente": adres["datumAanvangAdreshouding"],
        }

    def _adres(self, straat: str, postcode: str, huisnummer: int) -> Bron:
        lot, nummer = self._lot, next(self._adressen)
        vast = nummer <= len(VASTE)
        adres = {
            "functieAdres": {"code": "W", "omschrijving": "woonadres"},
            "straat": straat,
            "naamOpenbareRuimte": straat,
            "huisnummer": str(huisnummer),
            "postcode": postcode,
            "woonplaats": "Proefdam",
            "nummeraanduidingIdentificatie": f"9999200{nummer:09d}",
            "adresseerbaarObjectIdentificatie": f"9999010{nummer:09d}",
            "datumAanvangAdreshouding": self._dag(lot.number(1995, 2025)),
        }
        if not vast and lot.chance(10):
            adres["huisletter"] = lot.one("ABC")
        if not vast and lot.chance(6):
            adres["huisnummertoevoeging"] = lot.one(("bis", "1", "2", "rd"))
        return adres

    def _dag(self, jaar: int) -> str:
        return f"{jaar}{self._lot.number(1, 12):02d}{self._lot.number(1, 28):02d}"

    def _trouwen(self, een: Bron, ander: Bron, dag: str) -> None:
        for ik, jij in ((een, ander), (ander, een)):
            ik["partners"] = [
                {
                    **_relatie(jij),
                    "soortVerbintenis": {"code": "H", "omschrijving": "huwelijk"},
                    "aangaanHuwelijkPartnerschap": {"datum": dag, "land": NEDERLAND, "plaats": GEMEENTE},
                }
            ]
        gebruik = self._lot.one(("E", "E", "E", "P", "V", "N", "N"))
        een["naam"]["aanduidingNaamgebruik"] = _naamgebruik(gebruik)

    def _bijzonderheden(self, mensen: list[Bron]) -> None:
        """What a desk must notice, spread at fixed distances over everybody."""
        for i, mens in enumerate(mensen):
            if i % 19 == 5:
                mens["geheimhoudingPersoonsgegevens"] = "1"
            if i % 37 == 11:
                mens["verblijfplaats"]["inOnderzoek"] = _onderzoek("080000", "20260901")
            if i % 61 == 17:
                mens["persoonInOnderzoek"] = _onderzoek("010300", "20260612")
            if i % 83 == 23:
                mens["geboorte"]["datum"] = mens["geboorte"]["datum"][:4] + "0000"
            if i % 97 == 29:
                mens["geboorte"]["datum"] = mens["geboorte"]["datum"][:6] + "00"
            if i % 29 == 13 and mens["geboorte"]["datum"] < "19700101":
                _overlijden(mens, self._dag(self._lot.number(2019, 2025)))
            if i % 89 == 41:
                _vertrekken(mens)


def _relatie(mens: Bron) -> Bron:
    naam = {k: w for k, w in mens["naam"].items() if k != "aanduidingNaamgebruik"}
    return {
        "burgerservicenummer": mens["burgerservicenummer"],
        "geslacht": mens["geslacht"],
        "naam": naam,
        "geboorte": dict(mens["geboorte"]),
    }


def _naamgebruik(code: str) -> Bron:
    omschrijving = {
        "E": "eigen geslachtsnaam",
        "P": "geslachtsnaam echtgenoot/geregistreerd partner",
        "V": "geslachtsnaam echtgenoot/geregistreerd partner voor eigen geslachtsnaam",
        "N": "geslachtsnaam echtgenoot/geregistreerd partner na eigen geslachtsnaam",
    }
    return {"code": code, "omschrijving": omschrijving[code]}


def _onderzoek(aanduiding: str, dag: str) -> Bron:
    return {"aanduidingGegevensInOnderzoek": aanduiding, "datumIngangOnderzoek": dag}


def _overlijden(mens: Bron, dag: str) -> None:
    mens["overlijden"] = {"datum": dag, "land": NEDERLAND, "plaats": GEMEENTE}
    mens["opschortingBijhouding"] = {"datum": dag, "reden": {"code": "O", "omschrijving": "overlijden"}}


def _vertrekken(mens: Bron) -> None:
    belgie = {"code": "5010", "omschrijving": "België"}
    mens["verblijfplaats"] = {
        "land": belgie,
        "regel1": "Voorbeeldstraat 7",
        "regel2": "9990 Proefgem",
        "datumAanvangAdresBuitenland": "20240401",
    }
    mens["opschortingBijhouding"] = {"datum": "20240401", "reden": {"code": "E", "omschrijving": "emigratie"}}
