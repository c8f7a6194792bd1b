"""What is not started here but referred, to which loket, and what that loket may be told. Pure.

Sociale Zaken and Wmo are not handled here: general information, then warm to their loket with name and number only. A
permit under the Omgevingswet is asked for at the national Omgevingsloket, by the customer.
"""

from __future__ import annotations

from collections.abc import Iterable

from kcs_desktop.domain.catalogus import Product
from kcs_desktop.domain.zaaktype import Doorverwijzing, Zaaktypekenmerk

AFHANDELING = "doorverwijzen"  # as producten.csv says it
NAAM, TELEFOONNUMMER = "naam", "telefoonnummer"
_ALLEEN = (NAAM, TELEFOONNUMMER)
_WARM = "Geef alleen algemene uitleg. Verbind warm door en geef alleen naam en telefoonnummer door."
# Executors in the knip that are no part of the municipality and with whom the customer deals directly.
_ELDERS = {
    "omgevingsloket": Doorverwijzing(
        "Omgevingsloket (omgevingsloket.nl)",
        toelichting="De klant vraagt of meldt dit zelf bij het landelijke Omgevingsloket.",
    ),
    "kadaster": Doorverwijzing("Kadaster (kadaster.nl)", toelichting="De klant vraagt dit zelf aan bij het Kadaster."),
}


def referral_of(product: Product | None, kenmerken: Iterable[Zaaktypekenmerk] = ()) -> Doorverwijzing | None:
    """Where this product goes instead; None where it is handled here. What the catalogue of zaaktypen says goes first,
    then the product itself, then its knip: who does everything after the intake."""
    for kenmerk in kenmerken:
        if kenmerk.doorverwijzen is not None:
            return kenmerk.doorverwijzen
    if product is None:
        return None
    if product.afhandeling == AFHANDELING:
        return Doorverwijzing(product.kanaal_voorkeur or product.vakgebied, _ALLEEN, _WARM)
    return _by_knip(product)


def is_warm(doorverwijzing: Doorverwijzing) -> bool:
    """Whether the customer is handed over, rather than sent on."""
    return bool(doorverwijzing.doorgeven)


def spoken(doorverwijzing: Doorverwijzing, naam: str = "", telefoonnummer: str = "") -> str:
    """What that loket may hear of the customer, on one line, and nothing else; "" where that is nothing."""
    bekend = {NAAM: naam, TELEFOONNUMMER: telefoonnummer}
    return ", ".join(waarde for wat in doorverwijzing.doorgeven if (waarde := bekend.get(wat, "")))


def _by_knip(product: Product) -> Doorverwijzing | None:
    daarna = {stap.uitvoerder.lower() for stap in product.knip if stap.nummer > 1}
    if len(daarna) != 1:
        return None
    wie = daarna.pop()
    return next((elders for woord, elders in _ELDERS.items() if woord in wie), None)
