"""Products, departments and the knip, as the backend's catalogue gives them."""

from __future__ import annotations

import msgspec


class Knipstap(msgspec.Struct, frozen=True, omit_defaults=True):
    """One of the six steps: `lijn` is "1", "2" or "" (open); `uitvoerder` names who does it."""

    nummer: int
    naam: str
    lijn: str = ""
    uitvoerder: str = ""


class Product(msgspec.Struct, frozen=True, omit_defaults=True):
    """`afhandeling`: inloop, afspraak, online, doorverwijzen … as producten.csv has it."""

    naam: str
    vakgebied: str
    afdeling: str
    afhandeling: str = ""
    kanaal_voorkeur: str = ""
    knipproces: str = ""
    knip: tuple[Knipstap, ...] = ()


class Catalogus(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything a vraag can choose from. `medewerkers` maps account name to the name to show.

    `gemeenten` maps names of municipalities and places to the code the BRP wants (four digits); only those it knows
    can be searched by street.
    """

    producten: tuple[Product, ...] = ()
    afdelingen: tuple[str, ...] = ()
    medewerkers: dict[str, str] = {}
    gemeenten: dict[str, str] = {}
