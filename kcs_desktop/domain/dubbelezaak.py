"""A zaak that may be there already: open, of the same kind, begun lately, of the same customer or at the same place.
Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from math import cos, hypot, radians

from kcs_desktop.domain.tekst import fold
from kcs_desktop.domain.zaak import Zaakregel
from kcs_desktop.domain.zaakgegevens import Locatie

BINNEN = 60  # days
DICHTBIJ = 40.0  # metres
METRES_PER_DEGREE = 111_320.0  # of latitude


def suspected(zaken: Iterable[Zaakregel], zaaktype: str, vandaag: date, binnen: int = BINNEN) -> tuple[Zaakregel, ...]:
    """Of these zaken of one customer those that the new one may repeat, latest first. `zaaktype` is its omschrijving,
    as lists name it. One that waits to be made counts; one without a start date is of nobody knows when."""
    vanaf = vandaag - timedelta(days=binnen)
    gevonden = [
        (zaak.startdatum, zaak)
        for zaak in zaken
        if zaak.is_open
        and zaak.verwijzing.zaaktype.casefold() == zaaktype.casefold()
        and zaak.startdatum is not None
        and zaak.startdatum >= vanaf
    ]
    return tuple(zaak for _, zaak in sorted(gevonden, key=lambda paar: paar[0], reverse=True))


def same_place(een: Locatie, ander: Locatie) -> bool:
    """The same address, points within a few steps of each other, or the same words where there is neither."""
    if een.is_leeg or ander.is_leeg:
        return False
    if een.bag and een.bag == ander.bag:
        return True
    if een.straat and een.huisnummer and ander.straat and ander.huisnummer and _door(een) == _door(ander):
        return _together(een.woonplaats, ander.woonplaats) and _together(een.postcode, ander.postcode)
    if een.lon is not None and een.lat is not None and ander.lon is not None and ander.lat is not None:
        oost = (een.lon - ander.lon) * cos(radians(een.lat))
        return hypot(oost, een.lat - ander.lat) * METRES_PER_DEGREE <= DICHTBIJ
    return bool(een.tekst) and fold(een.tekst) == fold(ander.tekst)


def _door(locatie: Locatie) -> tuple[str, int]:
    return fold(locatie.straat), locatie.huisnummer


def _together(een: str, ander: str) -> bool:
    """What one of the two does not say is no difference."""
    return not een or not ander or fold(een).replace(" ", "") == fold(ander).replace(" ", "")
