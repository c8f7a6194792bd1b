"""Which question each base register can answer, and the Dutch reason where it cannot. The asking itself is here too."""

from __future__ import annotations

from collections.abc import Mapping

from kcs_desktop.api.brp import Brp
from kcs_desktop.api.client import Doel
from kcs_desktop.api.kvk import Kvk
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.klant import Persoonsgegevens
from kcs_desktop.domain.naam import Naam, is_initial, parse_naam, readings
from kcs_desktop.domain.sessie import Sessie
from kcs_desktop.domain.zoeken import Soortvraag, Treffer, Zoekvraag
from kcs_desktop.services.zoektreffers import company_hits, person_hit

_NO_RIGHT = "Met uw rol kunt u de basisregistraties niet raadplegen."
_BRP_CANNOT = {
    Soortvraag.TELEFOONNUMMER: "De BRP kent geen telefoonnummers.",
    Soortvraag.EMAIL: "De BRP kent geen e-mailadressen.",
    Soortvraag.NAAM: "De BRP zoekt op naam met een geboortedatum, of op voor- en achternaam met de gemeente.",
    Soortvraag.GEBOORTEDATUM: "De BRP zoekt op geboortedatum alleen samen met een achternaam.",
    Soortvraag.POSTCODE: "De BRP zoekt op postcode alleen samen met een huisnummer.",
    Soortvraag.KVK_NUMMER: "De BRP kent geen bedrijven.",
    Soortvraag.VESTIGINGSNUMMER: "De BRP kent geen bedrijven.",
    Soortvraag.RSIN: "De BRP kent geen bedrijven.",
}
_KVK_CANNOT = {
    Soortvraag.TELEFOONNUMMER: "Het Handelsregister kan niet op telefoonnummer zoeken.",
    Soortvraag.EMAIL: "Het Handelsregister kan niet op e-mailadres zoeken.",
    Soortvraag.BSN: "Het Handelsregister kan niet op BSN zoeken.",
    Soortvraag.GEBOORTEDATUM: "Het Handelsregister kan niet op geboortedatum zoeken.",
    Soortvraag.NAAM_EN_GEBOORTEDATUM: "Het Handelsregister kan niet op geboortedatum zoeken.",
    Soortvraag.POSTCODE: "Het Handelsregister zoekt op postcode alleen samen met een huisnummer.",
    Soortvraag.ADRES: "Het Handelsregister zoekt op adres alleen met postcode en huisnummer.",
}


class Basisregistraties:
    """BRP and KvK behind one face: `reason` says why one is not asked, `ask` asks it."""

    def __init__(self, brp: Brp, kvk: Kvk) -> None:
        self._brp = brp
        self._kvk = kvk

    def reason(self, bron: str, vraag: Zoekvraag, sessie: Sessie, gemeenten: Mapping[str, str]) -> str:
        """ "" when the register can be asked this question."""
        if not sessie.mag("basisregistraties"):
            return _NO_RIGHT
        if vraag.fout:
            return vraag.fout
        if bron == "brp":
            return "" if _brp_can(vraag, gemeenten) else _brp_reason(vraag)
        return "" if _kvk_can(vraag) else _KVK_CANNOT.get(vraag.soort, "Typ eerst een naam of nummer.")

    async def ask(
        self, bron: str, vraag: Zoekvraag, gemeenten: Mapping[str, str], doel: Doel
    ) -> tuple[list[Treffer], str]:
        """Hits, and a remark where the register has more than it gave."""
        if bron == "brp":
            personen = await self._ask_brp(vraag, gemeenten, doel)
            return [person_hit(persoon, vraag) for persoon in personen], ""
        blad = await self._kvk.search(
            naam=vraag.naam if vraag.soort is Soortvraag.NAAM else "",
            kvk_nummer=vraag.kvk_nummer,
            vestigingsnummer=vraag.vestigingsnummer,
            rsin=vraag.rsin,
            postcode=vraag.postcode,
            huisnummer=vraag.huisnummer if vraag.postcode else None,
            doel=doel,
        )
        rest = blad.totaal - len(blad.bedrijven)
        melding = f"Nog {rest} bedrijven in het Handelsregister; maak de zoekvraag preciezer." if rest > 0 else ""
        return company_hits(blad.bedrijven, vraag), melding

    async def _ask_brp(self, vraag: Zoekvraag, gemeenten: Mapping[str, str], doel: Doel) -> list[Persoonsgegevens]:
        if vraag.soort is Soortvraag.BSN:
            return await self._brp.by_bsn(vraag.bsn, doel)
        if vraag.soort is Soortvraag.NAAM_EN_GEBOORTEDATUM:
            return await self._by_name(vraag, doel)
        if (bewoner := _in_gemeente(vraag, gemeenten)) is not None:
            naam, gemeente = bewoner
            return await self._brp.by_name_and_gemeente(
                naam.geslachtsnaam, naam.voornamen, gemeente, voorvoegsel=naam.voorvoegsel, doel=doel
            )
        nummer = vraag.huisnummer or 0
        if vraag.postcode:
            return await self._brp.by_postcode(
                vraag.postcode, nummer, huisletter=vraag.huisletter, toevoeging=vraag.toevoeging, doel=doel
            )
        return await self._brp.by_street(
            vraag.straat,
            nummer,
            gemeenten[vraag.plaats.casefold()],
            huisletter=vraag.huisletter,
            toevoeging=vraag.toevoeging,
            doel=doel,
        )

    async def _by_name(self, vraag: Zoekvraag, doel: Doel) -> list[Persoonsgegevens]:
        """As typed; where nobody is found, by each part of a double name, until one finds somebody."""
        voornamen = " ".join(woord for woord in vraag.voornamen.split() if not is_initial(woord))
        for naam in readings(Naam(vraag.geslachtsnaam, voornamen, vraag.voorvoegsel)):
            gevonden = await self._brp.by_name_and_birth(
                naam.geslachtsnaam,
                vraag.geboortedatum,
                voornamen=naam.voornamen,
                voorvoegsel=naam.voorvoegsel,
                doel=doel,
            )
            if gevonden:
                return gevonden
        return []


def _brp_can(vraag: Zoekvraag, gemeenten: Mapping[str, str]) -> bool:
    match vraag.soort:
        case Soortvraag.BSN:
            return bool(vraag.bsn)
        case Soortvraag.NAAM:
            return _in_gemeente(vraag, gemeenten) is not None
        case Soortvraag.NAAM_EN_GEBOORTEDATUM:
            return bool(vraag.geslachtsnaam) and len(vraag.geboortedatum) == 10
        case Soortvraag.POSTCODE | Soortvraag.ADRES if vraag.postcode:
            return vraag.huisnummer is not None and len(vraag.postcode) == 6
        case Soortvraag.ADRES:
            return vraag.huisnummer is not None and vraag.plaats.casefold() in gemeenten
        case _:
            return False


def _in_gemeente(vraag: Zoekvraag, gemeenten: Mapping[str, str]) -> tuple[Naam, str] | None:
    """The name and the code of the municipality in "Johanna van Duinrode Proefdam"; None where it is no such text.

    The BRP wants the first name with it.
    """
    if vraag.soort is not Soortvraag.NAAM:
        return None
    woorden = vraag.naam.split()
    for plek in range(2, len(woorden)):
        code = gemeenten.get(" ".join(woorden[plek:]).strip(",").casefold())
        if code is None:
            continue
        try:
            naam = parse_naam(" ".join(woorden[:plek]).rstrip(","))
        except InvalidInput:
            return None
        has_first_name = bool(naam.voornamen) and not any(is_initial(woord) for woord in naam.voornamen.split())
        return (naam, code) if has_first_name and naam.geslachtsnaam else None
    return None


def _brp_reason(vraag: Zoekvraag) -> str:
    if vraag.soort is Soortvraag.NAAM_EN_GEBOORTEDATUM:
        return "De BRP zoekt alleen met een achternaam en een volledige geboortedatum."
    if vraag.soort is Soortvraag.ADRES:
        return "De BRP zoekt op straat alleen met een huisnummer en de gemeente; of typ postcode en huisnummer."
    return _BRP_CANNOT.get(vraag.soort, "Typ eerst een volledige zoekvraag.")


def _kvk_can(vraag: Zoekvraag) -> bool:
    match vraag.soort:
        case Soortvraag.NAAM:
            return len(vraag.naam) >= 2
        case Soortvraag.KVK_NUMMER | Soortvraag.VESTIGINGSNUMMER | Soortvraag.RSIN:
            return bool(vraag.kvk_nummer or vraag.vestigingsnummer or vraag.rsin)
        case Soortvraag.POSTCODE | Soortvraag.ADRES:
            return len(vraag.postcode) == 6 and vraag.huisnummer is not None
        case _:
            return False
