"""The zaken of Proefdam: what residents and companies asked for in the two years before now, and how far it is.

They are of the zaaktypen that are in the catalogue; without any there are none. BSN 999990020 has 25 zaken, 999990032
has 10, and Johanna van Duinrode 5: one past its term, one opgeschort, one finished, one running, one just begun.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import insert, select

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.proefgemeente.adressen import straten
from kcs_desktop.backend.proefgemeente.lot import Lot, table
from kcs_desktop.backend.proefgemeente.personen import JOHANNA, PERSOON_20, PERSOON_100, VASTE, Bron
from kcs_desktop.backend.standards.catalogi import tables as cat
from kcs_desktop.backend.standards.kvk.bron import Bedrijf
from kcs_desktop.backend.standards.objecten.fields import AMSTERDAM
from kcs_desktop.backend.standards.zaken import tables as t
from kcs_desktop.backend.standards.zaken.betrokkene import KEYS
from kcs_desktop.backend.standards.zaken.zaaknummers import format_number
from kcs_desktop.domain.rijksdriehoek import to_degrees
from kcs_desktop.domain.termijn import parse_duur

AANTAL = 300  # beside those of the fixed customers
_BEDRIJVEN = 20  # percent
_LANG = 20  # days: long enough to be half way
_KANALEN = ("telefoon", "telefoon", "website", "website", "website", "balie", "email")
# In an order in which every row finds what it refers to.
_TABELLEN = (
    t.Zaak, t.Rol, t.Status, t.Resultaat, t.Zaakeigenschap, t.Zaakobject, t.Zaaknummer,
)  # fmt: skip
Rij = dict[str, Any]


class Type(msgspec.Struct, frozen=True):
    """A published zaaktype with its parts, each in a fixed order; `dagen` is its legal term."""

    zaaktype: Any
    rsin: str
    dagen: int
    statustypen: Sequence[Any]
    rollen: Mapping[str, Any]
    resultaattypen: Sequence[Any]
    eigenschappen: Sequence[Any]


class Klant(msgspec.Struct, frozen=True):
    """Who asks: the kind of betrokkene and what the register knows of one."""

    soort: str
    identificatie: dict[str, Any]
    adres: dict[str, Any] | None = None


async def store(unit: UnitOfWork, mensen: Sequence[Bron], bedrijven: Sequence[Bedrijf]) -> None:
    """Write them all."""
    types = await read_types(unit)
    if not types:
        return
    zaken = Zaken(unit.now, types, _on_the_map(mensen))
    zaken.add_all([_person(mens) for mens in mensen], [_company(bedrijf) for bedrijf in bedrijven])
    for tabel in _TABELLEN:
        if rijen := zaken.rijen.get(tabel):
            await unit.session.execute(insert(tabel), rijen)


async def read_types(unit: UnitOfWork) -> list[Type]:
    """Every published zaaktype of which a zaak can begin and end, by identificatie."""

    async def parts(tabel: type[Any], volgorde: str) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        for rij in (await unit.session.scalars(select(tabel).order_by(getattr(tabel, volgorde)))).all():
            found[rij.zaaktype].append(rij)
        return found

    statustypen = await parts(cat.Statustype, "volgnummer")
    roltypen = await parts(cat.Roltype, "omschrijving")
    resultaattypen = await parts(cat.Resultaattype, "omschrijving")
    eigenschappen = await parts(cat.Eigenschap, "naam")
    rsins = {rij.uuid: rij.rsin for rij in (await unit.session.scalars(select(cat.Catalogus))).all()}
    zaaktypen = select(cat.Zaaktype).where(~cat.Zaaktype.concept).order_by(cat.Zaaktype.identificatie)
    made = []
    for zaaktype in (await unit.session.scalars(zaaktypen)).all():
        duur = parse_duur(zaaktype.doorlooptijd)
        rollen = {rol.omschrijving_generiek: rol for rol in reversed(roltypen[zaaktype.uuid])}
        resultaten, stappen = resultaattypen[zaaktype.uuid], statustypen[zaaktype.uuid]
        if duur is not None and "initiator" in rollen and resultaten and len(stappen) > 1:
            dagen = (duur.after(unit.now.date()) - unit.now.date()).days
            eigen = eigenschappen[zaaktype.uuid]
            made.append(Type(zaaktype, rsins[zaaktype.catalogus], dagen, stappen, rollen, resultaten, eigen))
    return made


class Zaken:
    """Collects rows per table."""

    def __init__(
        self, nu: datetime, types: Sequence[Type], plekken: Mapping[tuple[str, int], tuple[float, float]]
    ) -> None:
        self._nu = nu
        self._plekken = plekken
        self._types = types
        self._lot = Lot("zaken van Proefdam")
        self._mensen = [m for m in table("medewerkers") if m["afdeling"] != "Publiekscentrum"]
        self._nummers: dict[tuple[str, int], int] = defaultdict(int)
        self.rijen: dict[type[Any], list[Rij]] = defaultdict(list)

    def add_all(self, personen: Sequence[Klant], bedrijven: Sequence[Klant]) -> None:
        """Those of the fixed customers are exact; the others fall as they fall."""
        bekend = {klant.identificatie["inpBsn"]: klant for klant in personen}
        self._johanna(bekend[JOHANNA])
        for bsn, aantal in ((PERSOON_100, 25), (PERSOON_20, 10)):
            for i in range(aantal):
                self._zaak(bekend[bsn], self._types[i % len(self._types)], 2 + i * 700 // aantal)
        anderen = [klant for klant in personen if klant.identificatie["inpBsn"] not in VASTE]
        for i in range(AANTAL):
            klant = self._lot.one(bedrijven if self._lot.chance(_BEDRIJVEN) else anderen)
            self._zaak(klant, self._types[i % len(self._types)], self._lot.number(0, 720))
        self.rijen[t.Zaaknummer] = [
            {"bronorganisatie": rsin, "jaar": jaar, "laatste": laatste}
            for (rsin, jaar), laatste in self._nummers.items()
        ]

    def _johanna(self, klant: Klant) -> None:
        lang = [soort for soort in self._types if soort.dagen >= _LANG] or self._types
        soorten = [lang[i * len(lang) // 5] for i in range(5)]
        self._zaak(klant, soorten[0], soorten[0].dagen + 9, is_open=True)
        opgeschort = self._zaak(klant, soorten[1], max(3, soorten[1].dagen // 2), is_open=True)
        opgeschort |= {"opschorting_indicatie": True, "opschorting_reden": "Wij wachten op aanvullende stukken."}
        self._zaak(klant, soorten[2], soorten[2].dagen + 40, is_open=False)
        hoofd = self._zaak(klant, soorten[3], max(2, soorten[3].dagen // 3), is_open=True)
        deel = self._zaak(klant, soorten[4], 1, is_open=True)
        deel |= {"hoofdzaak": hoofd["uuid"]}

    def _zaak(self, klant: Klant, soort: Type, dagen: int, *, is_open: bool | None = None) -> Rij:
        lot, begin = self._lot, self._moment(dagen)
        if is_open is None:
            is_open = dagen < soort.dagen if lot.chance(97) else not dagen < soort.dagen // 2
        dag = begin.astimezone(AMSTERDAM).date()
        self._nummers[soort.rsin, dag.year] += 1
        rij: Rij = {
            "uuid": lot.uuid(begin),
            "identificatie": format_number(dag.year, self._nummers[soort.rsin, dag.year]),
            "bronorganisatie": soort.rsin,
            "verantwoordelijke_organisatie": soort.rsin,
            "omschrijving": soort.zaaktype.omschrijving[:80],
            "zaaktype": soort.zaaktype.uuid,
            "registratiedatum": dag,
            "startdatum": dag,
            "einddatum": None,
            "uiterlijke_einddatum_afdoening": dag + timedelta(days=soort.dagen),
            "laatst_gemuteerd": begin,
            "communicatiekanaal_naam": lot.one(_KANALEN),
            "vertrouwelijkheidaanduiding": soort.zaaktype.vertrouwelijkheidaanduiding,
            "opschorting_indicatie": False,
            "opschorting_reden": "",
            "archiefnominatie": None,
            "archiefactiedatum": None,
            "startdatum_bewaartermijn": None,
            "status": None,
            "hoofdzaak": None,
            "zaakgeometrie": None,
            "geometrie_lengte": None,
            "geometrie_breedte": None,
        }
        self.rijen[t.Zaak].append(rij)
        self._rol(rij, soort.rollen["initiator"], klant, begin)
        if "behandelaar" in soort.rollen and (not is_open or dagen > 2):
            self._rol(rij, soort.rollen["behandelaar"], self._behandelaar(), begin)
        self._statussen(rij, soort, begin, is_open=is_open)
        self._eigenschappen(rij, soort, begin)
        if klant.adres is not None and lot.chance(40):
            self._add(t.Zaakobject, begin, zaak=rij["uuid"], object_type="adres", object_identificatie=klant.adres)
            rij |= self._geometrie(klant.adres)
        return rij

    def _geometrie(self, adres: Mapping[str, Any]) -> Rij:
        punt = self._plekken.get((adres["gorOpenbareRuimteNaam"], adres["huisnummer"]))
        if punt is None:
            return {}
        geometrie = {"type": "Point", "coordinates": list(punt)}
        return {"zaakgeometrie": geometrie, "geometrie_lengte": punt[0], "geometrie_breedte": punt[1]}

    def _statussen(self, rij: Rij, soort: Type, begin: datetime, *, is_open: bool) -> None:
        """A step every so many days, the last one only of a finished zaak."""
        stappen = soort.statustypen if not is_open else soort.statustypen[:-1]
        looptijd = min(self._nu - begin, timedelta(days=max(1, soort.dagen * self._lot.number(40, 110) // 100)))
        gedaan = max(1, self._lot.number(1, len(stappen))) if is_open else len(stappen)
        if is_open and looptijd < timedelta(days=2):
            gedaan = 1
        op = begin
        for nummer, stap in enumerate(stappen[:gedaan]):
            op = begin + looptijd * nummer / max(1, len(stappen) - (0 if is_open else 1))
            op = op.replace(microsecond=0)
            gezet = self._add(t.Status, op, zaak=rij["uuid"], statustype=stap.uuid, datum_status_gezet=op)
            rij |= {"status": gezet["uuid"], "laatst_gemuteerd": op}
        if not is_open:
            self._end(rij, soort, op)

    def _end(self, rij: Rij, soort: Type, op: datetime) -> None:
        einde = op.astimezone(AMSTERDAM).date()
        resultaat = self._lot.one(soort.resultaattypen)
        self._add(t.Resultaat, op, zaak=rij["uuid"], resultaattype=resultaat.uuid)
        bewaren = parse_duur(resultaat.archiefactietermijn or "")
        rij |= {
            "einddatum": einde,
            "startdatum_bewaartermijn": einde,
            "archiefnominatie": resultaat.archiefnominatie or None,
            "archiefactiedatum": None if bewaren is None else bewaren.after(einde),
        }

    def _rol(self, rij: Rij, roltype: Any, klant: Klant, op: datetime) -> None:
        self._add(
            t.Rol,
            op,
            zaak=rij["uuid"],
            betrokkene_type=klant.soort,
            roltype=roltype.uuid,
            omschrijving=roltype.omschrijving,
            omschrijving_generiek=roltype.omschrijving_generiek,
            registratiedatum=op,
            betrokkene_identificatie=klant.identificatie,
            **{column: klant.identificatie.get(wire, "") for wire, column in KEYS.items()},
        )

    def _behandelaar(self) -> Klant:
        mens = self._lot.one(self._mensen)
        voornaam, _, achternaam = mens["naam"].partition(" ")
        return Klant(
            "medewerker",
            {
                "identificatie": mens["gebruikersnaam"],
                "achternaam": achternaam,
                "voorletters": f"{voornaam[:1]}.",
                "voorvoegselAchternaam": "",
            },
        )

    def _eigenschappen(self, rij: Rij, soort: Type, op: datetime) -> None:
        for eigenschap in soort.eigenschappen:
            self._add(
                t.Zaakeigenschap,
                op,
                zaak=rij["uuid"],
                eigenschap=eigenschap.uuid,
                naam=eigenschap.naam,
                waarde=self._waarde(eigenschap, rij["startdatum"]),
            )

    def _waarde(self, eigenschap: Any, dag: date) -> str:
        """One that fits the format."""
        if keuzes := eigenschap.specificatie_waardenverzameling:
            return str(self._lot.one(keuzes))
        match eigenschap.specificatie_formaat:
            case "getal":
                return str(self._lot.number(1, 9))
            case "datum":
                return (dag + timedelta(days=self._lot.number(0, 30))).strftime("%Y%m%d")
            case "datum_tijd":
                return f"{dag:%Y%m%d}120000"
        lengte = eigenschap.specificatie_lengte
        return "zie aanvraag"[: int(lengte) if lengte.isdigit() else 12]

    def _add(self, tabel: type[Any], op: datetime, **velden: Any) -> Rij:
        rij = {"uuid": self._lot.uuid(op), **velden}
        self.rijen[tabel].append(rij)
        return rij

    def _moment(self, dagen: int) -> datetime:
        """In office hours that many days ago, never in the future; at a weekend the Friday before."""
        dag = self._nu - timedelta(days=dagen)
        dag -= timedelta(days=max(0, dag.weekday() - 4))
        moment = dag.replace(hour=self._lot.number(8, 15), minute=self._lot.number(0, 59), second=0, microsecond=0)
        return moment if moment < self._nu else self._nu - timedelta(minutes=self._lot.number(5, 120))


def _on_the_map(mensen: Sequence[Bron]) -> dict[tuple[str, int], tuple[float, float]]:
    """Longitude and latitude by street and number."""
    plekken = (
        (straat.naam, adres.huisnummer, to_degrees(adres.x, adres.y))
        for straat in straten(mensen)
        for adres in straat.adressen
    )
    return {(naam, nummer): punt for naam, nummer, punt in plekken if punt is not None}


def _person(mens: Bron) -> Klant:
    naam, verblijf = mens["naam"], mens.get("verblijfplaats") or {}
    identificatie = {
        "inpBsn": mens["burgerservicenummer"],
        "anpIdentificatie": "",
        "geslachtsnaam": naam.get("geslachtsnaam", ""),
        "voorvoegselGeslachtsnaam": naam.get("voorvoegsel", ""),
        "voorletters": "",
        "voornamen": naam.get("voornamen", ""),
        "geslachtsaanduiding": "",
        "geboortedatum": "",
        "verblijfsadres": None,
        "subVerblijfBuitenland": None,
    }
    return Klant("natuurlijk_persoon", identificatie, _adres(verblijf))


def _adres(verblijf: Mapping[str, Any]) -> dict[str, Any] | None:
    straat, huisnummer = verblijf.get("straat"), verblijf.get("huisnummer")
    if not straat or not huisnummer:
        return None
    return {
        "identificatie": "",
        "wplWoonplaatsNaam": "Proefdam",
        "gorOpenbareRuimteNaam": straat,
        "huisnummer": int(huisnummer),
        "huisletter": "",
        "huisnummertoevoeging": "",
        "postcode": verblijf.get("postcode", ""),
    }


def _company(bedrijf: Bedrijf) -> Klant:
    identificatie: dict[str, Any] = {
        "annIdentificatie": "",
        "kvkNummer": bedrijf.kvkNummer,
        "vestigingsNummer": "",
        "statutaireNaam": bedrijf.statutaireNaam or bedrijf.naam,
        "innRechtsvorm": "",
        "bezoekadres": "",
        "verblijfsadres": None,
        "subVerblijfBuitenland": None,
    }
    if bedrijf.rsin:
        identificatie["innNnpId"] = bedrijf.rsin
    return Klant("niet_natuurlijk_persoon", identificatie)
