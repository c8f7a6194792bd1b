"""Products, departments and the knip, as the backend's catalogue gives them."""

from __future__ import annotations

import msgspec

from kcs_desktop.domain.eformulier import Eformulierregels
from kcs_desktop.domain.terugbelnorm import Normen


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


class Lijstvraag(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question to ask before a note is left for a department. With `keuzes` the answer is one of them."""

    vraag: str
    keuzes: tuple[str, ...] = ()
    verplicht: bool = False


class Catalogus(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything a vraag can choose from. `medewerkers` maps account name to the name to show.

    `gemeenten` maps names of municipalities and places to the code the BRP wants (four digits); only those it knows
    can be searched by street. `groepen` maps a group that receives callback notes to its department, `coordinatoren` a
    department to the account name of who coordinates its notes, `vragensets` a department to its question list.
    `terugbelnormen` is None where the backend does not say.
    """

    producten: tuple[Product, ...] = ()
    afdelingen: tuple[str, ...] = ()
    medewerkers: dict[str, str] = {}
    gemeenten: dict[str, str] = {}
    groepen: dict[str, str] = {}
    coordinatoren: dict[str, str] = {}
    vragensets: dict[str, tuple[Lijstvraag, ...]] = {}
    eformulieren: Eformulierregels = Eformulierregels()
    terugbelnormen: Normen | None = None
