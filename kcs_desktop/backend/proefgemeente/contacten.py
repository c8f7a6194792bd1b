"""The history: contacts over all channels during two years before now, who handled them, and callback notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from kcs_desktop.backend.proefgemeente.lot import Lot, table
from kcs_desktop.backend.proefgemeente.personen import JOHANNA, PERSOON_20, PERSOON_100, VASTE
from kcs_desktop.backend.standards.klantinteracties import tables as t

AANTAL = 1500
ANONIEM = 150
_KANALEN = (*("telefoon",) * 9, *("balie",) * 6, *("email",) * 3, "chat", "chat", "social", "post")
# The contacts of Johanna van Duinrode: days ago, channel, subject, product, department.
_JOHANNA = (
    (1, "telefoon", "Vraag over de termijn van de uitrit", "Uitrit aanleggen", "APV"),
    (7, "email", "Bewijs van betaling toegestuurd", "Aanslag gemeentelijke belastingen", "Belastingen"),
    (21, "balie", "Afspraak paspoort, opgehaald", "Paspoort", "Burgerzaken"),
    (33, "chat", "Openingstijden milieustraat", "Milieustraat", "Groen en Reiniging"),
    (46, "social", "Losse stoeptegel Schelpenlaan", "Losse stoeptegel melden", "Groen en Reiniging"),
    (84, "telefoon", "Adreswijziging doorgegeven", "Verhuizing binnen de gemeente", "Burgerzaken"),
    (120, "balie", "Paspoort aanvragen", "Paspoort", "Burgerzaken"),
    (180, "telefoon", "Rolemmer niet geleegd", "Rolemmer niet geleegd", "Groen en Reiniging"),
    (224, "post", "Bezwaar WOZ ontvangen", "Bezwaar WOZ-waarde", "Belastingen"),
    (263, "email", "Kwijtschelding aangevraagd", "Kwijtschelding belastingen", "Belastingen"),
    (330, "telefoon", "Parkeervergunning bezoekers", "Parkeervergunning bezoekers", "Verkeer"),
    (401, "balie", "Uittreksel aanvragen", "Uittreksel basisregistratie personen", "Burgerzaken"),
)
_HANDELING = "Betalingsregeling bespreken"
Rij = dict[str, Any]


class Geschiedenis:
    """Collects rows per table. `partij_van` and `naam_van` come from the customers."""

    def __init__(self, nu: datetime, partij_van: Mapping[str, str], naam_van: Mapping[str, Rij]) -> None:
        self._nu = nu
        self._lot = Lot("geschiedenis van Proefdam")
        self._partij_van = partij_van
        self._naam_van = naam_van
        self._gesprekken = table("gesprekken")
        self._mensen = table("medewerkers")
        self._eerste_lijn = [m for m in self._mensen if m["afdeling"] == "Publiekscentrum"][:5]
        self.rijen: dict[type[Any], list[Rij]] = defaultdict(list)
        self._actor = {sleutel: self._make_actor(sleutel, naam, soort) for sleutel, naam, soort in self._actoren()}

    def add_all(self) -> None:
        """Write everything; the number of contacts of the fixed customers is exact."""
        for dagen, kanaal, onderwerp, product, afdeling in _JOHANNA:
            gesprek = {"onderwerp": onderwerp, "product": product, "afdeling": afdeling, "vraag": "", "antwoord": ""}
            contact = self._contact(self._partij_van[JOHANNA], gesprek, dagen, kanaal)
            if dagen == 7:
                self._taak(contact, _HANDELING, dagen, is_open=True, medewerker="m.zandstra")
        for bsn, contacten, taken in ((PERSOON_100, 100, 50), (PERSOON_20, 20, 10)):
            for i in range(contacten):
                gesprek = self._lot.one(self._gesprekken)
                contact = self._contact(self._partij_van[bsn], gesprek, 1 + i * 700 // contacten)
                if i % 2 == 0 and i // 2 < taken:
                    self._taak(contact, gesprek["onderwerp"], 1 + i * 700 // contacten, is_open=i % 6 == 0)
        klanten = [uuid for sleutel, uuid in self._partij_van.items() if sleutel not in VASTE]
        for i in range(AANTAL):
            gesprek = self._lot.one(self._gesprekken)
            dagen = self._lot.number(0, 730)
            contact = self._contact("" if i < ANONIEM else self._lot.one(klanten), gesprek, dagen)
            if i >= ANONIEM and self._lot.chance(14):
                self._taak(contact, gesprek["onderwerp"], dagen, is_open=dagen < 5 or self._lot.chance(8))

    def _contact(self, partij: str, gesprek: Mapping[str, str], dagen: int, kanaal: str = "") -> Rij:
        lot = self._lot
        begin = self._moment(dagen)
        medewerker = lot.one(self._eerste_lijn)
        verwezen = gesprek["afdeling"] == "Sociale Zaken"
        resultaat = "doorverwezen" if verwezen else lot.one(("beantwoord",) * 9 + ("niet_beantwoord",))
        contact: Rij = {
            "uuid": lot.uuid(begin),
            "nummer": f"{len(self.rijen[t.Klantcontact]) + 1:010d}",
            "kanaal": kanaal or lot.one(_KANALEN),
            "onderwerp": gesprek["onderwerp"],
            "inhoud": f"{gesprek['vraag']} {gesprek['antwoord']}".strip(),
            "indicatie_contact_gelukt": True,
            "taal": "nld",
            "vertrouwelijk": False,
            "plaatsgevonden_op": begin,
            "gegevens": {
                "resultaat": resultaat,
                "product": gesprek["product"],
                "afdeling": gesprek["afdeling"],
                "medewerker": medewerker["naam"],
            },
        }
        self.rijen[t.Klantcontact].append(contact)
        naam = {"contactnaam_voorletters": "", "contactnaam_voornaam": "", "contactnaam_voorvoegsel_achternaam": ""}
        self.rijen[t.Betrokkene].append(
            {
                "uuid": lot.uuid(begin),
                "partij": partij or None,
                "klantcontact": contact["uuid"],
                "rol": "klant",
                "initiator": True,
                **naam,
                "contactnaam_achternaam": "",
                "organisatienaam": "",
                **self._naam_van.get(partij, {}),
            }
        )
        self.rijen[t.ActorKlantcontact].append(
            {
                "uuid": lot.uuid(begin),
                "actor": self._actor[medewerker["gebruikersnaam"]],
                "klantcontact": contact["uuid"],
            }
        )
        return contact

    def _taak(self, contact: Rij, handeling: str, dagen: int, *, is_open: bool, medewerker: str = "") -> None:
        lot, begin = self._lot, contact["plaatsgevonden_op"]
        afdeling = contact["gegevens"]["afdeling"]
        contact["gegevens"]["resultaat"] = "contactverzoek"
        klaar = min(begin + timedelta(hours=lot.number(2, 60)), self._nu)
        taak = {
            "uuid": lot.uuid(begin),
            "nummer": f"{len(self.rijen[t.InterneTaak]) + 1:010d}",
            "gevraagde_handeling": handeling,
            "klantcontact": contact["uuid"],
            "toelichting": f"Graag terugbellen over: {contact['onderwerp'].lower()}.",
            "status": "te_verwerken" if is_open else "verwerkt",
            "toegewezen_op": begin,
            "afgehandeld_op": None if is_open else klaar,
        }
        self.rijen[t.InterneTaak].append(taak)
        collegas = [m["gebruikersnaam"] for m in self._mensen if m["afdeling"] == afdeling]
        sleutel = medewerker or (lot.one(collegas) if collegas and lot.chance(40) else afdeling)
        self.rijen[t.InterneTaakActor].append({"internetaak": taak["uuid"], "actor": self._actor[sleutel]})

    def _moment(self, dagen: int) -> datetime:
        """A moment in office hours that many days ago, never in the future; at a weekend the Friday before."""
        dag = self._nu - timedelta(days=dagen)
        dag -= timedelta(days=max(0, dag.weekday() - 4))
        moment = dag.replace(hour=self._lot.number(8, 15), minute=self._lot.number(0, 59), second=0, microsecond=0)
        return moment if moment < self._nu else self._nu - timedelta(minutes=self._lot.number(5, 120))

    def _actoren(self) -> Iterator[tuple[str, str, str]]:
        for m in self._mensen:
            yield m["gebruikersnaam"], m["naam"], "medewerker"
        for afdeling in sorted({m["afdeling"] for m in self._mensen}):
            yield afdeling, afdeling, "organisatorische_eenheid"

    def _make_actor(self, sleutel: str, naam: str, soort: str) -> str:
        """With the identification by which a command finds the same actor again."""
        eenheid = soort == "organisatorische_eenheid"
        details = {"omschrijving": "", "emailadres": "", "faxnummer": "", "telefoonnummer": ""}
        uuid = self._lot.uuid(self._nu)
        self.rijen[t.Actor].append(
            {
                "uuid": uuid,
                "naam": naam,
                "soort_actor": soort,
                "indicatie_actief": True,
                "actoridentificator_object_id": sleutel,
                "actoridentificator_code_objecttype": "afd" if eenheid else "mdw",
                "actoridentificator_code_register": "obj" if eenheid else "msei",
                "actoridentificator_code_soort_object_id": "idf",
                "actor_identificatie": details if eenheid else {"functie": "", "emailadres": "", "telefoonnummer": ""},
            }
        )
        return uuid
