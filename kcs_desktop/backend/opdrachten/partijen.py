"""Find the partij of a customer in the register, or make it: by BSN, KvK number, establishment or RSIN, once."""

from __future__ import annotations

from typing import Any

from kcs_desktop.backend.opdrachten.controle import MAX_NAAM
from kcs_desktop.backend.opdrachten.namen import known
from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.backend.standards.port import Resource
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.naam import parse_naam

# codeSoortObjectId → (codeObjecttype, codeRegister), as the standard's choices are
_REGISTERS = {
    "bsn": ("natuurlijk_persoon", "brp"),
    "vestigingsnummer": ("vestiging", "hr"),
    "rsin": ("niet_natuurlijk_persoon", "hr"),
    "kvk_nummer": ("niet_natuurlijk_persoon", "hr"),
}
EMPTY: dict[str, Any] = {
    "digitaleAdressen": [],
    "voorkeursDigitaalAdres": None,
    "rekeningnummers": [],
    "voorkeursRekeningnummer": None,
    "indicatieActief": True,
    "indicatieGeheimhouding": False,
}


def audit_subject(sleutel: KlantSleutel) -> tuple[str, str]:
    """What the audit line names: the identification, else the partij."""
    soort, waarde = sleutel.identificator
    return (soort, waarde) if waarde else ("partij", sleutel.partij)


def slot_of(sleutel: KlantSleutel) -> list[str]:
    """The names to hold before this customer may be made."""
    names = [f"{soort}:{waarde}" for soort, waarde in (sleutel.identificator,) if waarde]
    if sleutel.vestigingsnummer and sleutel.kvk_nummer:
        names.append(f"kvk_nummer:{sleutel.kvk_nummer}")
    if sleutel.kvk_nummer and sleutel.rsin:
        names.append(f"rsin:{sleutel.rsin}")
    return names


async def find_or_create(werk: Werk, klant: Klantverwijzing) -> Resource:
    """The partij. Its slots must be held already. Raises NotFound for a partij uuid that is not there."""
    found = await find(werk, klant.sleutel)
    if found is not None:
        return found
    try:
        return await _create(werk, klant)
    except InvalidBody:
        # Another client of the register, which takes no slots, may have been first: then it is there now.
        made = await find(werk, klant.sleutel)
        if made is None:
            raise
        return made


async def find_or_create_all(werk: Werk, *klanten: Klantverwijzing | None) -> list[str]:
    """The uuid of each partij, "" for None. Nobody waits for who serves the same customer, unless one must be made."""
    found = ["" if klant is None else await _find_uuid(werk, klant.sleutel) for klant in klanten]
    if all(uuid or klant is None for uuid, klant in zip(found, klanten, strict=True)):
        return found
    await hold_customers(werk, *klanten)
    return ["" if klant is None else str((await find_or_create(werk, klant))["uuid"]) for klant in klanten]


async def _find_uuid(werk: Werk, sleutel: KlantSleutel) -> str:
    """As `find`, without reading the partij; "" also for a partij uuid that is not there."""
    if sleutel.partij and await werk.register.has(werk.unit, "partijen", sleutel.partij):
        return sleutel.partij.lower()
    soort, waarde = sleutel.identificator
    if not waarde:
        return ""
    found = await werk.register.uuids(werk.unit, "partijen", _filters(soort, waarde))
    if not found and soort == "kvk_nummer" and sleutel.rsin:
        found = await werk.register.uuids(werk.unit, "partijen", _filters("rsin", sleutel.rsin))
    return found[0] if found else ""


async def hold_customers(werk: Werk, *klanten: Klantverwijzing | None) -> None:
    """Take all slots of these customers at once, before looking for any of them."""
    await werk.hold(*(name for klant in klanten if klant is not None for name in slot_of(klant.sleutel)))


async def find(werk: Werk, sleutel: KlantSleutel) -> Resource | None:
    """The partij by its uuid, else by its identification; None when the register does not know it yet."""
    soort, waarde = sleutel.identificator
    if sleutel.partij:
        try:
            return await werk.register.get(werk.unit, "partijen", sleutel.partij)
        except NotFound:
            if not waarde:
                raise
    if not waarde:
        return None
    found = await _identified(werk, soort, waarde)
    if found is None and soort == "kvk_nummer" and sleutel.rsin:
        found = await _identified(werk, "rsin", sleutel.rsin)  # registered by who knew no more than that
    return found


async def _identified(werk: Werk, soort: str, waarde: str) -> Resource | None:
    found = await werk.register.find(werk.unit, "partijen", _filters(soort, waarde))
    return found[0] if found else None


def _filters(soort: str, waarde: str) -> dict[str, str]:
    return {"partijIdentificator__codeSoortObjectId": soort, "partijIdentificator__objectId": waarde}


async def _create(werk: Werk, klant: Klantverwijzing) -> Resource:
    soort, waarde = klant.sleutel.identificator
    own = _identificator(soort, waarde)
    all_own = [own]
    bekend = await known(werk.unit.session, klant.sleutel)
    if soort == "vestigingsnummer":
        if not klant.sleutel.kvk_nummer:
            raise InvalidBody(
                [InvalidParam("klant.sleutel.kvk_nummer", "required", "Bij een vestiging hoort een KvK-nummer.")],
                "Bij een vestiging hoort een KvK-nummer.",
            )
        parent = KlantSleutel(SoortKlant.ORGANISATIE, kvk_nummer=klant.sleutel.kvk_nummer, rsin=klant.sleutel.rsin)
        named = (await known(werk.unit.session, parent)).naam or klant.naam
        company = await find_or_create(werk, Klantverwijzing(parent, named))
        own["subIdentificatorVan"] = {"uuid": await _kvk_identificator(werk, company, parent.kvk_nummer)}
    rsin = klant.sleutel.rsin or bekend.rsin
    if soort == "kvk_nummer" and rsin and await _identified(werk, "rsin", rsin) is None:
        all_own.append(_identificator("rsin", rsin))
    naam = (klant.naam or bekend.naam)[:MAX_NAAM]
    return await werk.register.create(
        werk.unit, "partijen", {**EMPTY, **naming(soort, naam), "partijIdentificatoren": all_own}
    )


def naming(soort: str, naam: str) -> dict[str, Any]:
    """soortPartij and the name that goes with it. Of a person the register keeps the parts of the name."""
    if soort != "bsn":
        return {"soortPartij": "organisatie", "partijIdentificatie": {"naam": naam}}
    parts = parse_naam(naam)
    is_short = len(parts.voorvoegsel) <= 10  # the standard's limit; a longer one stays with the name
    achternaam = parts.geslachtsnaam if is_short else f"{parts.voorvoegsel} {parts.geslachtsnaam}"
    return {
        "soortPartij": "persoon",
        "partijIdentificatie": {
            "contactnaam": {
                "voorletters": "",
                "voornaam": parts.voornamen[:200],
                "voorvoegselAchternaam": parts.voorvoegsel if is_short else "",
                "achternaam": achternaam[:200],
            }
        },
    }


def _identificator(soort: str, waarde: str) -> dict[str, Any]:
    objecttype, register = _REGISTERS[soort]
    return {
        "partijIdentificator": {
            "codeObjecttype": objecttype,
            "codeSoortObjectId": soort,
            "objectId": waarde,
            "codeRegister": register,
        }
    }


async def _kvk_identificator(werk: Werk, company: Resource, kvk_nummer: str) -> str:
    """What an establishment hangs under; made where the company was registered by who knew only its RSIN."""
    found = await werk.register.find(
        werk.unit,
        "partij-identificatoren",
        {
            "partijIdentificatorCodeSoortObjectId": "kvk_nummer",
            "partijIdentificatorObjectId": kvk_nummer,
        },
    )
    if found:
        return str(found[0]["uuid"])
    made = {"identificeerdePartij": {"uuid": company["uuid"]}, **_identificator("kvk_nummer", kvk_nummer)}
    return str((await werk.register.create(werk.unit, "partij-identificatoren", made))["uuid"])
