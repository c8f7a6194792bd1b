"""A zaak that may be there already: open, of the same kind, of the same customer, begun lately. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from kcs_desktop.domain.zaak import Zaakregel

BINNEN = 60  # days


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
