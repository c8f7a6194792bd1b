"""How an object that may have been made is found again: by its natural key, or by its parent and its content.

The standards have few keys. A `nummer` that we give is drawn from the command, so that a repeat gives the same one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

Filters = dict[str, str]


class Sleutel(msgspec.Struct, frozen=True):
    """`nummer` is the field that we fill with a number of ten digits, which no two objects share.

    `filters` lists the candidates for a body, the number already in it; None where it has nothing to go by. Of those,
    one with `is_identiteit` is the object whatever else it says: an actor, or the customer with this BSN. `is_eigen`:
    the parent was made by the same command, so that what stands twice under it was made twice by us. `is_deel`: it
    goes when its parent is taken away. `is_vrij`: made twice it harms nobody, as a number that is reserved. `is_uniek`:
    the register itself refuses a second one with the same content. `anders`: what it never shows as it was sent, or
    what a repeat or somebody else may have set otherwise since. `kern`: with our number, what tells that it is ours,
    whatever was changed in it since. `is_gemerkt`: it carries a kenmerk of its command. `delen`: what somebody else may
    have put in it; then it is not taken away.

    `onder` is the reference to the object in whose address this one lies; `is_array`: its list has no pages.
    """

    filters: Callable[[Mapping[str, Any]], Filters | None]
    nummer: str = ""
    is_identiteit: bool = False
    is_eigen: bool = False
    is_deel: bool = False
    is_vrij: bool = False
    is_uniek: bool = False
    anders: frozenset[str] = frozenset()
    is_array: bool = False
    onder: str = ""
    kern: frozenset[str] = frozenset()
    is_gemerkt: bool = False
    delen: tuple[str, ...] = ()


def number(opdracht: str, plek: str, poging: int) -> str:
    """Ten digits, the first one no zero. `plek` is the place of the object among those of its kind in the command: that
    stays the same where a customer or an actor need not be made any more."""
    digest = hashlib.sha256(f"{opdracht}:{plek}:{poging}".encode()).digest()
    return str(1_000_000_000 + int.from_bytes(digest[:8], "big") % 9_000_000_000)


def _by(**names: str) -> Callable[[Mapping[str, Any]], Filters | None]:
    """Filters by the uuids of these references; the first one must be there."""

    def filters(body: Mapping[str, Any]) -> Filters | None:
        made = {name: _uuid(body.get(field)) for name, field in names.items()}
        return {name: uuid for name, uuid in made.items() if uuid} if next(iter(made.values())) else None

    return filters


def _uuid(reference: Any) -> str:
    return str(reference.get("uuid") or "") if isinstance(reference, Mapping) else ""


def uuid_in(address: Any) -> str:
    """The last part of an object's address."""
    return str(address or "").rstrip("/").rpartition("/")[2].lower()


def _by_address(*names: str) -> Callable[[Mapping[str, Any]], Filters | None]:
    """Filters by the addresses in these fields."""

    def filters(body: Mapping[str, Any]) -> Filters | None:
        return {name: str(body[name]) for name in names} if all(body.get(name) for name in names) else None

    return filters


def _by_identificatie(body: Mapping[str, Any]) -> Filters | None:
    if not body.get("identificatie"):
        return None
    return {"bronorganisatie": str(body["bronorganisatie"]), "identificatie": str(body["identificatie"])}


def _nothing(_body: Mapping[str, Any]) -> Filters | None:
    return None


def _all_under(_body: Mapping[str, Any]) -> Filters | None:
    """The address says under what."""
    return {}


def _by_number(body: Mapping[str, Any]) -> Filters | None:
    return {"referentienummer": str(body["referentienummer"])}


def _partij(body: Mapping[str, Any]) -> Filters | None:
    for item in body.get("partijIdentificatoren") or ():
        key = item["partijIdentificator"]
        return {
            "partijIdentificator__codeSoortObjectId": str(key["codeSoortObjectId"]),
            "partijIdentificator__objectId": str(key["objectId"]),
        }
    return {"nummer": str(body["nummer"])} if body.get("nummer") else None


def _identificator(body: Mapping[str, Any]) -> Filters | None:
    key = body["partijIdentificator"]
    return {
        "partijIdentificatorCodeSoortObjectId": str(key["codeSoortObjectId"]),
        "partijIdentificatorObjectId": str(key["objectId"]),
    }


def _actor(body: Mapping[str, Any]) -> Filters | None:
    key = body["actoridentificator"]
    return {
        "actoridentificatorObjectId": str(key["objectId"]),
        "actoridentificatorCodeObjecttype": str(key["codeObjecttype"]),
        "actoridentificatorCodeRegister": str(key["codeRegister"]),
    }


def _adres(body: Mapping[str, Any]) -> Filters | None:
    for name in ("verstrektDoorBetrokkene", "verstrektDoorPartij"):
        if uuid := _uuid(body.get(name)):
            return {f"{name}__uuid": uuid}
    return None


NO_KEY = Sleutel(_nothing)
KLANTINTERACTIES: Mapping[str, Sleutel] = {
    "klantcontacten": Sleutel(_by_number, nummer="referentienummer", kern=frozenset({"plaatsgevondenOp"})),
    "internetaken": Sleutel(_by_number, nummer="referentienummer", kern=frozenset({"aanleidinggevendKlantcontact"})),
    "partijen": Sleutel(_partij, nummer="nummer"),
    "partij-identificatoren": Sleutel(_identificator, is_identiteit=True),
    "actoren": Sleutel(_actor, is_identiteit=True),
    "betrokkenen": Sleutel(_by(hadKlantcontact__uuid="hadKlantcontact"), is_eigen=True),
    "digitaleadressen": Sleutel(_adres),
    "onderwerpobjecten": Sleutel(_by(klantcontact__uuid="klantcontact"), is_eigen=True),
    "actorklantcontacten": Sleutel(_by(klantcontact__uuid="klantcontact", actor__uuid="actor"), is_eigen=True),
    "vertegenwoordigingen": Sleutel(
        _by(
            vertegenwoordigendePartij__uuid="vertegenwoordigendePartij",
            vertegenwoordigdePartij__uuid="vertegenwoordigdePartij",
        )
    ),
}

_OF_ZAAK = Sleutel(_by_address("zaak"), is_eigen=True, is_deel=True)
ZAKEN: Mapping[str, Sleutel] = {
    "zaaknummer_reserveren": Sleutel(_nothing, is_vrij=True),
    "zaken": Sleutel(
        _by_identificatie, is_gemerkt=True, delen=("statussen", "rollen", "resultaten", "zaakinformatieobjecten")
    ),
    "statussen": msgspec.structs.replace(_OF_ZAAK, anders=frozenset({"datumStatusGezet"})),
    "rollen": _OF_ZAAK,
    "resultaten": _OF_ZAAK,
    "zaakobjecten": _OF_ZAAK,
    "zaakeigenschappen": Sleutel(
        _all_under, is_eigen=True, is_deel=True, is_array=True, onder="zaak", anders=frozenset({"waarde"})
    ),
    "zaakinformatieobjecten": Sleutel(_by_address("zaak", "informatieobject"), is_array=True, is_uniek=True),
}
DOCUMENTEN: Mapping[str, Sleutel] = {
    "enkelvoudiginformatieobjecten": Sleutel(
        _by_identificatie,
        nummer="identificatie",
        anders=frozenset({"inhoud"}),
        # By what a register cannot make otherwise: one of ours that came out differently is still ours.
        kern=frozenset({"bestandsomvang", "creatiedatum", "informatieobjecttype"}),
    ),
}
