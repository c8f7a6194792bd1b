"""Who of those that have to do with a zaak is a customer, and which one asked for it."""

from __future__ import annotations

from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.zaak import Zaak, Zaakrol


def customer_of(rol: Zaakrol) -> Klantverwijzing | None:
    """As a customer; None for one without a name and a number."""
    is_company = bool(rol.kvk_nummer or rol.vestigingsnummer or rol.rsin) or rol.soort != "natuurlijk_persoon"
    sleutel = KlantSleutel(
        SoortKlant.ORGANISATIE if is_company and not rol.bsn else SoortKlant.PERSOON,
        bsn=rol.bsn,
        kvk_nummer=rol.kvk_nummer,
        vestigingsnummer=rol.vestigingsnummer,
        rsin=rol.rsin,
    )
    return Klantverwijzing(sleutel, rol.naam) if _has_number(rol) or rol.naam else None


def aanvrager_of(zaak: Zaak) -> Klantverwijzing | None:
    """The customer who asked for it; None where that is nobody, several, or somebody without a number."""
    aanvragers = [rol for rol in zaak.rollen if rol.generiek == "initiator"]
    return customer_of(aanvragers[0]) if len(aanvragers) == 1 and _has_number(aanvragers[0]) else None


def _has_number(rol: Zaakrol) -> bool:
    return any((rol.bsn, rol.kvk_nummer, rol.vestigingsnummer, rol.rsin))
