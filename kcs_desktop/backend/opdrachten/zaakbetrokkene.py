"""The customer as the initiator of a zaak, in the words of the Zaken API."""

from __future__ import annotations

from typing import Any

import msgspec

from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.domain.errors import InvalidInput, NotFound
from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.naam import parse_naam
from kcs_desktop.domain.tekst import shorten

ONBEKEND = "klant-onbekend"
_FIELDS = {"bsn": "bsn", "kvk_nummer": "kvk_nummer", "vestigingsnummer": "vestigingsnummer", "rsin": "rsin"}


async def known(werk: Werk, klant: Klantverwijzing, field: str) -> Klantverwijzing:
    """With the numbers by which the customer register knows this customer, where the seat only had its partij.

    Raises InvalidInput with code `klant-onbekend` for a partij that is not there.
    """
    sleutel = klant.sleutel
    if not sleutel.partij or sleutel.bsn or sleutel.kvk_nummer or sleutel.vestigingsnummer or sleutel.rsin:
        return klant
    try:
        partij = await werk.register.get(werk.unit, "partijen", sleutel.partij)
    except NotFound:
        raise InvalidInput(
            f"Het klantregister kent {klant.naam or 'deze klant'} niet meer.",
            field=field,
            code=ONBEKEND,
            advice="Wat u invulde is bewaard. Zoek de klant opnieuw.",
        ) from None
    found: dict[str, str] = {}
    for item in partij.get("partijIdentificatoren") or ():
        parts = item.get("partijIdentificator") or {}
        if (naam := _FIELDS.get(str(parts.get("codeSoortObjectId")))) is not None:
            found.setdefault(naam, str(parts.get("objectId") or ""))
    soort = SoortKlant.ORGANISATIE if partij.get("soortPartij") == "organisatie" else sleutel.soort
    return msgspec.structs.replace(klant, sleutel=msgspec.structs.replace(sleutel, soort=soort, **found))


def keys_of(sleutel: KlantSleutel) -> tuple[tuple[str, str], ...]:
    """Everything the audit trail and the change feed can know this customer by."""
    named = (
        ("bsn", sleutel.bsn),
        ("kvk_nummer", sleutel.kvk_nummer),
        ("vestigingsnummer", sleutel.vestigingsnummer),
        ("rsin", sleutel.rsin),
        ("partij", sleutel.partij),
    )
    return tuple((soort, waarde) for soort, waarde in named if waarde)


def betrokkene(klant: Klantverwijzing) -> dict[str, Any]:
    """`betrokkeneType` and `betrokkeneIdentificatie`, by the narrowest number that is known."""
    sleutel = klant.sleutel
    if sleutel.vestigingsnummer:
        identificatie: dict[str, Any] = {
            "vestigingsNummer": sleutel.vestigingsnummer,
            "kvkNummer": sleutel.kvk_nummer,
            "handelsnaam": [klant.naam],
        }
        return {"betrokkeneType": "vestiging", "betrokkeneIdentificatie": identificatie}
    is_known_by_bsn = bool(sleutel.bsn) and sleutel.soort is not SoortKlant.ORGANISATIE
    if not is_known_by_bsn and (sleutel.kvk_nummer or sleutel.rsin or sleutel.soort is SoortKlant.ORGANISATIE):
        numbers = {"kvkNummer": sleutel.kvk_nummer, "innNnpId": sleutel.rsin}
        identificatie = {naam: waarde for naam, waarde in numbers.items() if waarde} | {"statutaireNaam": klant.naam}
        return {"betrokkeneType": "niet_natuurlijk_persoon", "betrokkeneIdentificatie": identificatie}
    naam = parse_naam(klant.naam)
    persoon = {
        "geslachtsnaam": shorten(naam.geslachtsnaam, 200),
        "voorvoegselGeslachtsnaam": shorten(naam.voorvoegsel, 80),
        "voornamen": shorten(naam.voornamen, 200),
    }
    own = {"inpBsn": sleutel.bsn} if sleutel.bsn else {}
    return {"betrokkeneType": "natuurlijk_persoon", "betrokkeneIdentificatie": {**own, **persoon}}
