"""Who of Proefdam is known to Klantinteracties: persons, companies, contact persons, and who acts for whom."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from kcs_desktop.backend.proefgemeente.lot import Lot
from kcs_desktop.backend.proefgemeente.personen import JOHANNA, VASTE
from kcs_desktop.backend.standards.brp.naam import voorletters
from kcs_desktop.backend.standards.brp.rij import is_overleden
from kcs_desktop.backend.standards.klantinteracties import tables as t
from kcs_desktop.backend.standards.kvk.bron import Bedrijf

_NIEMAND = {"contactnaam_voorletters": "", "contactnaam_voornaam": "", "contactnaam_voorvoegsel_achternaam": ""}
Rij = dict[str, Any]


class Klanten:
    """Collects rows per table; `partij_van` maps a BSN, KvK number or establishment number to the partij's uuid."""

    def __init__(self, nu: datetime) -> None:
        self._nu = nu
        self._lot = Lot("klanten van Proefdam")
        self.rijen: dict[type[Any], list[Rij]] = defaultdict(list)
        self.partij_van: dict[str, str] = {}
        self.naam_van: dict[str, Rij] = {}
        self._telefoon = 600010000

    def add_all(self, mensen: Sequence[Mapping[str, Any]], bedrijven: Sequence[Bedrijf]) -> None:
        """Three persons out of four and every company are known."""
        for mens in mensen:
            if mens["burgerservicenummer"] in VASTE or self._lot.chance(75):
                self._persoon(mens)
        volwassen = [
            m["burgerservicenummer"]
            for m in mensen
            if m["burgerservicenummer"] in self.partij_van and m["geboorte"]["datum"] < "2005" and not is_overleden(m)
        ]
        for i, bedrijf in enumerate(bedrijven):
            self._bedrijf(bedrijf)
            kvk = bedrijf.kvkNummer
            self._acts_for(JOHANNA if i == 0 else self._lot.one(volwassen), kvk)
            if i % 3 == 0:
                self._contactpersoon(kvk, i)

    def _persoon(self, mens: Mapping[str, Any]) -> None:
        bsn, naam = mens["burgerservicenummer"], mens["naam"]
        contactnaam = {
            "contactnaam_voorletters": (voorletters(naam["voornamen"]) or "")[:10],
            "contactnaam_voornaam": naam["voornamen"],
            "contactnaam_voorvoegsel_achternaam": naam.get("voorvoegsel", "")[:10],
            "contactnaam_achternaam": naam["geslachtsnaam"],
        }
        uuid = self._partij("persoon", contactnaam, geheim="geheimhoudingPersoonsgegevens" in mens)
        self.partij_van[bsn] = uuid
        self.naam_van[uuid] = contactnaam
        self._identificator(uuid, "natuurlijk_persoon", "bsn", bsn, "brp")
        if bsn == JOHANNA:
            self._adres(uuid, "telefoonnummer", "+31612345678", voorkeur=True)
            self._adres(uuid, "email", "j.vanduinrode@voorbeeld.nl")
            return
        if bsn in VASTE or self._lot.chance(85):
            self._adres(uuid, "telefoonnummer", self._nummer(), voorkeur=self._lot.chance(50))
        if bsn in VASTE or self._lot.chance(70):
            self._adres(uuid, "email", _email(naam, bsn))

    def _bedrijf(self, bedrijf: Bedrijf) -> None:
        uuid = self._partij("organisatie", {"naam": bedrijf.naam})
        self.partij_van[bedrijf.kvkNummer] = uuid
        self.naam_van[uuid] = {"organisatienaam": bedrijf.naam}
        kvk = self._identificator(uuid, "niet_natuurlijk_persoon", "kvk_nummer", bedrijf.kvkNummer, "hr")
        if bedrijf.rsin:
            self._identificator(uuid, "niet_natuurlijk_persoon", "rsin", bedrijf.rsin, "hr")
        self._adres(uuid, "telefoonnummer", self._nummer(), voorkeur=True)
        self._adres(uuid, "email", f"info@{_plain(bedrijf.naam)}.voorbeeld.nl"[:80])
        for vestiging in bedrijf.vestigingen[1:]:
            eigen = self._partij("organisatie", {"naam": vestiging.eersteHandelsnaam})
            self.partij_van[vestiging.vestigingsnummer] = eigen
            self.naam_van[eigen] = {"organisatienaam": vestiging.eersteHandelsnaam}
            self._identificator(eigen, "vestiging", "vestigingsnummer", vestiging.vestigingsnummer, "hr", kvk)

    def _contactpersoon(self, kvk: str, i: int) -> None:
        voornaam = ("Karin", "Mark", "Nadia", "Rob", "Ellen")[i % 5]
        achternaam = ("Bruin", "Wolters", "Aziz", "Kamp", "Dekker")[i // 5 % 5]
        contactnaam = {
            "contactnaam_voorletters": f"{voornaam[0]}.",
            "contactnaam_voornaam": voornaam,
            "contactnaam_voorvoegsel_achternaam": "",
            "contactnaam_achternaam": achternaam,
        }
        uuid = self._partij("contactpersoon", {**contactnaam, "werkte_voor_partij": self.partij_van[kvk]})
        self._adres(uuid, "telefoonnummer", self._nummer(), voorkeur=True)

    def _partij(self, soort: str, eigen: Rij, *, geheim: bool = False) -> str:
        uuid = self._lot.uuid(self._nu)
        velden = {"naam": "", "werkte_voor_partij": None, **_NIEMAND, "contactnaam_achternaam": "", **eigen}
        rij = {
            "uuid": uuid,
            "nummer": f"{len(self.rijen[t.Partij]) + 1:010d}",
            "soort_partij": soort,
            "indicatie_geheimhouding": geheim,
            "voorkeurstaal": "nld",
            "indicatie_actief": True,
            **velden,
        }
        self.rijen[t.Partij].append(rij)
        return uuid

    def _identificator(
        self, partij: str, objecttype: str, soort: str, waarde: str, register: str, onder: str | None = None
    ) -> str:
        uuid = self._lot.uuid(self._nu)
        self.rijen[t.PartijIdentificator].append(
            {
                "uuid": uuid,
                "partij": partij,
                "code_objecttype": objecttype,
                "code_soort_object_id": soort,
                "object_id": waarde,
                "code_register": register,
                "sub_identificator_van": onder,
                "sub_sleutel": onder or "",
            }
        )
        return uuid

    def _adres(self, partij: str, soort: str, adres: str, *, voorkeur: bool = False) -> None:
        self.rijen[t.DigitaalAdres].append(
            {
                "uuid": self._lot.uuid(self._nu),
                "partij": partij,
                "adres": adres,
                "soort_digitaal_adres": soort,
                "is_standaard_adres": True,
                "is_voorkeur": voorkeur,
            }
        )

    def _acts_for(self, bsn: str, kvk: str) -> None:
        self.rijen[t.Vertegenwoordiging].append(
            {
                "uuid": self._lot.uuid(self._nu),
                "vertegenwoordigende_partij": self.partij_van[bsn],
                "vertegenwoordigde_partij": self.partij_van[kvk],
            }
        )

    def _nummer(self) -> str:
        """06-00…, a range that is not given out."""
        self._telefoon += 1
        return f"+31{self._telefoon}"


def _plain(tekst: str) -> str:
    kaal = unicodedata.normalize("NFKD", tekst.replace("ı", "i").replace("ø", "o")).encode("ascii", "ignore").decode()
    return "".join(c for c in kaal.lower() if c.isalnum())


def _email(naam: Mapping[str, str], bsn: str) -> str:
    achternaam = _plain(naam.get("voorvoegsel", "") + naam["geslachtsnaam"])
    return f"{_plain(naam['voornamen'])[:1]}.{achternaam}{bsn[-3:]}@voorbeeld.nl"
