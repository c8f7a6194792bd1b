"""Events of the change feed: ids only, never personal data.

What changed may travel with an event to one seat that said it shows the subject; the feed itself never holds it.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

_NIETS = msgspec.Raw()


class Kring(msgspec.Struct, frozen=True, order=True, array_like=True):
    """Who may see a zaak: those whose rights reach to this zaaktype (its identificatie) with this aanduiding. Without a
    zaaktype those whose rights are not narrowed to some."""

    zaaktype: str
    aanduiding: str


class Wijziging(msgspec.Struct, frozen=True, omit_defaults=True):
    """One change of one object, as a transaction announces it.

    `soort` is the standard's resource in the singular (partij, klantcontact, internetaak, digitaaladres …);
    `onderwerpen` are the ids of what it concerns (for a klantcontact: its partijen), so that only seats that show
    a subject fetch it; `functie` is the permission a subscriber needs. Where there are `kringen` it must be in one of
    them too: those of the zaak, before the change and after it. They do not travel.
    """

    soort: str
    id: str
    handeling: str  # gemaakt, gewijzigd, verwijderd
    functie: str
    onderwerpen: tuple[str, ...] = ()
    kringen: tuple[Kring, ...] = ()


class Gebeurtenis(msgspec.Struct, frozen=True, omit_defaults=True):
    """A change as a seat receives it. `vorige` is the previous `nr` in this subscriber's own stream.

    `gegevens` is the object as its register would have answered it, in JSON; empty where the seat must ask.
    """

    epoch: str
    nr: int
    vorige: int
    op: datetime
    wijziging: Wijziging
    gegevens: msgspec.Raw = _NIETS


class Vluchtig(msgspec.Struct, frozen=True):
    """Fleeting news, outside the numbered feed: it may be lost, and whoever hears it asks how things stand now."""

    soort: str
    functie: str
    onderwerpen: tuple[str, ...]
